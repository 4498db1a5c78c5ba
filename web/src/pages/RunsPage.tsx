import { useMemo, useState, type ReactNode } from "react";
import type { RunInfo } from "../api/contract";
import { usePolled } from "../api/polled";
import { readRuns } from "../api/rooms";
import { dateTime } from "../format/times";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty } from "../tiles/ProblemBox";
import { State } from "../tiles/State";
import { PageFrame } from "./PageFrame";

const Columns: readonly TableColumn<RunInfo>[] = [
  { head: "Job", cell: (run) => run.job },
  { head: "What", cell: (run) => <State name={run.kind} /> },
  { head: "At, UTC", numeric: true, cell: (run) => dateTime(run.at) },
  { head: "Wrote", cell: (run) => run.outputs.join(", ") || "–" },
  { head: "Detail", cell: (run) => <span className="detail">{Object.entries(run.detail).map(([name, value]) => `${name} ${value}`).join(" · ") || "–"}</span> },
  { head: "Run", cell: (run) => <code>{run.run_id}</code> },
];

/** What started, ended and failed lately, newest first. */
export default function RunsPage(): ReactNode {
  const polled = usePolled("/v1/runs", 2_000, readRuns);
  const [wanted, setWanted] = useState("");
  const [onlyFailed, setOnlyFailed] = useState(false);
  const shown = useMemo(() => newestFirst(polled.data ?? []).filter((run) => (!onlyFailed || run.kind === "failed") && run.job.includes(wanted.trim())), [polled.data, wanted, onlyFailed]);
  const controls = (
    <>
      <label className="check"><input type="checkbox" checked={onlyFailed} onChange={(event) => setOnlyFailed(event.target.checked)} /> failed only</label>
      <input type="search" className="input" placeholder="Job contains" aria-label="Job contains" value={wanted} onChange={(event) => setWanted(event.target.value)} />
    </>
  );
  return (
    <PageFrame title="Runs" lead="What started, ended and failed lately" polled={polled} controls={controls} empty={<Empty what="Nothing has run yet" todo={<>Run <code>leat build</code> or <code>leat flow run NAME</code>.</>} />}>
      {() => (
        <div className="card">
          {shown.length > 0 ? <DataTable label="Run events" columns={Columns} items={shown} keyOf={(run, index) => `${run.run_id}${run.job}${run.kind}${run.at}${index}`} /> : <Empty what="No run fits" todo="Change the filter above." />}
        </div>
      )}
    </PageFrame>
  );
}

const newestFirst = (runs: readonly RunInfo[]): RunInfo[] => [...runs].sort((left, right) => (left.at < right.at ? 1 : left.at > right.at ? -1 : 0));
