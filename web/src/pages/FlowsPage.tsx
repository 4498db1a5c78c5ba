import type { ReactNode } from "react";
import type { FlowInfo, FlowRun } from "../api/contract";
import { usePolled } from "../api/polled";
import { readFlowRuns, readFlows } from "../api/rooms";
import { duration } from "../format/numbers";
import { dateTime, parseUtc } from "../format/times";
import { Link, useAddress } from "../shell/router";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty, ProblemBox } from "../tiles/ProblemBox";
import { State, toneOf } from "../tiles/State";
import { PageFrame } from "./PageFrame";

const Columns: readonly TableColumn<FlowInfo>[] = [
  { head: "Flow", cell: (flow) => <Link href={`/flows?flow=${encodeURIComponent(flow.name)}`}>{flow.name}</Link> },
  { head: "Schedule", cell: (flow) => (flow.schedule ? <code>{flow.schedule}</code> : <span className="muted">by hand</span>) },
  { head: "Last run", cell: (flow) => (flow.last_run ? <State name={flow.last_run.state} /> : <span className="muted">not run yet</span>) },
  { head: "Started, UTC", numeric: true, cell: (flow) => dateTime(flow.last_run?.started_at) },
  { head: "Took", numeric: true, cell: (flow) => (flow.last_run ? took(flow.last_run) : "–") },
  { head: "Recent runs", cell: (flow) => <RunStrip flow={flow.name} /> },
];

const RunColumns: readonly TableColumn<FlowRun>[] = [
  { head: "Run", cell: (run) => <code>{run.id}</code> },
  { head: "State", cell: (run) => <State name={run.state} /> },
  { head: "Started, UTC", numeric: true, cell: (run) => dateTime(run.started_at) },
  { head: "Ended, UTC", numeric: true, cell: (run) => dateTime(run.ended_at) },
  { head: "Took", numeric: true, cell: took },
];

/** Every flow, and the runs of the one in the address. */
export default function FlowsPage(): ReactNode {
  const polled = usePolled("/v1/flows", 3_000, readFlows);
  const asked = useAddress().searchParams.get("flow");
  return (
    <PageFrame title="Flows" lead="Task graphs, by schedule or by hand" polled={polled} empty={<Empty what="No flow is defined" todo={<>Put one into <code>flows/</code>; then <code>leat flow list</code> shows it.</>} />}>
      {(flows) => {
        const chosen = asked ?? flows[0]?.name;
        return (
          <>
            <div className="card"><DataTable label="Flows" columns={Columns} items={flows} keyOf={(flow) => flow.name} /></div>
            {chosen && <FlowRuns flow={chosen} />}
          </>
        );
      }}
    </PageFrame>
  );
}

function FlowRuns({ flow }: { readonly flow: string }): ReactNode {
  const runs = usePolled(`/v1/flows/${encodeURIComponent(flow)}/runs`, 3_000, readFlowRuns);
  return (
    <section className="card" aria-label={`Runs of ${flow}`}>
      <h2>Runs of {flow}</h2>
      {runs.problem && <ProblemBox problem={runs.problem} />}
      {runs.data?.length === 0 && <Empty what="Not run yet" todo={<>Run <code>leat flow run {flow}</code>.</>} />}
      {runs.data && runs.data.length > 0 && <DataTable label={`Runs of ${flow}`} columns={RunColumns} items={runs.data} keyOf={(run) => run.id} />}
    </section>
  );
}

/** The last runs, oldest first: height and colour tell the state, the label says it. */
function RunStrip({ flow }: { readonly flow: string }): ReactNode {
  const runs = usePolled(`/v1/flows/${encodeURIComponent(flow)}/runs`, 10_000, readFlowRuns).data ?? [];
  const shown = runs.slice(0, 12).reverse();
  const failed = shown.filter((run) => toneOf(run.state) === "bad").length;
  if (shown.length === 0) return <span className="muted">–</span>;
  return (
    <span className="strip" role="img" aria-label={`${failed} of the last ${shown.length} runs failed`}>
      {shown.map((run) => <i key={run.id} className={`strip-${toneOf(run.state)}`} title={`${dateTime(run.started_at)}: ${run.state}`} />)}
    </span>
  );
}

function took(run: FlowRun): string {
  const started = parseUtc(run.started_at);
  return started === null ? "–" : duration((parseUtc(run.ended_at) ?? Date.now()) - started);
}
