import type { ReactNode } from "react";
import type { OperatorInfo, OperatorState, StreamDescription } from "../api/contract";
import { usePolled } from "../api/polled";
import { readStream } from "../api/rooms";
import { bytes, milliseconds, share, short, whole } from "../format/numbers";
import { clock, dateTime } from "../format/times";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Mark } from "../tiles/Mark";
import { Empty, ProblemBox } from "../tiles/ProblemBox";
import { Graph } from "./Graph";

const Columns: readonly TableColumn<OperatorInfo>[] = [
  { head: "Operator", cell: (o) => <>{o.id} {o.kind} {o.name && <b>{o.name}</b>}</> },
  { head: "What", cell: (o) => <span className="detail" title={o.detail}>{o.detail}</span> },
  { head: "From", cell: (o) => o.inputs.join(", ") },
  { head: "In", numeric: true, hint: "Rows since start", cell: (o) => short(o.rows_in) },
  { head: "In/s", numeric: true, cell: (o) => whole(o.rows_in_per_second) },
  { head: "Out", numeric: true, hint: "Rows since start; of a window, final results", cell: (o) => short(o.rows_out) },
  { head: "Out/s", numeric: true, cell: (o) => whole(o.rows_out_per_second) },
  { head: "Waiting", numeric: true, hint: "Records not yet read", cell: (o) => (o.waiting === null ? "" : whole(o.waiting)) },
  { head: "Watermark, UTC", numeric: true, hint: "Rows out are at least of this event time", cell: (o) => dateTime(o.watermark) },
  { head: "Late", numeric: true, cell: (o) => (o.late_rows > 0 ? <span className="tone-warn">{whole(o.late_rows)}</span> : "") },
  { head: "Keys", numeric: true, hint: "Of windows: pairs of key and window", cell: (o) => (o.state ? short(o.state.keys) : "") },
  { head: "State", numeric: true, hint: "Memory, and what went to disk over the budget", cell: (o) => (o.state ? stateSize(o.state) : "") },
  { head: "Largest key", numeric: true, hint: "Share of the rows that the most frequent key had lately", cell: (o) => (o.state?.largest_key_share == null ? "" : share(o.state.largest_key_share)) },
];

const stateSize = (state: OperatorState): string => (state.spilled_bytes ? `${bytes(state.size_bytes)} + ${bytes(state.spilled_bytes)} on disk` : bytes(state.size_bytes));

/** One job: what holds it back, its graph, and each operator in figures. */
export function StreamGraph({ job }: { readonly job: string }): ReactNode {
  const { data, problem, at } = usePolled(`/v1/streams/${encodeURIComponent(job)}`, 1_000, readStream);
  return (
    <section className="stream-job" aria-label={`Job ${job}`}>
      <div className="page-head"><h2>Job {job}</h2><Mark asOf={at} /></div>
      {problem && <ProblemBox problem={problem} />}
      {at === null ? !problem && <div className="skeleton" role="status" aria-label="Loading" /> : data ? <Description job={data} /> : <div className="card"><Empty what="The server tells no graph of this job" todo={<>Update the server; <code>leat stream describe {job}</code> tells it too.</>} /></div>}
    </section>
  );
}

function Description({ job }: { readonly job: StreamDescription }): ReactNode {
  return (
    <>
      <p className="diagnosis"><b>Diagnosis</b> {job.diagnosis}</p>
      <Figures job={job} />
      <div className="card"><Graph job={job.name} operators={job.operators} /></div>
      <div className="card"><DataTable label={`Operators of ${job.name}`} columns={Columns} items={job.operators} keyOf={(operator) => String(operator.id)} /></div>
      <p className="note">Settings: {Object.entries(job.settings).map(([name, value]) => `${name} ${String(value)}`).join(", ")}</p>
    </>
  );
}

function Figures({ job }: { readonly job: StreamDescription }): ReactNode {
  const kept = job.operators.reduce((sum, operator) => sum + (operator.state?.size_bytes ?? 0), 0);
  return (
    <div className="headline">
      <Figure title="Workers busy" value={share(job.busy_share)} more={`held ${share(job.held_share)}, GC ${share(job.gc_share)}`} />
      <Figure title="Events" value={`${whole(job.events_per_second)}/s`} more={`${short(job.lag)} wait`} />
      <Figure title="Late, dead" value={`${short(job.late_events)}, ${short(job.dead_events)}`} more={`of ${short(job.events_read)} read`} />
      <Figure title="Watermark, UTC" value={clock(job.watermark)} more={dateTime(job.watermark)} />
      <Figure title="Checkpoint" value={milliseconds(job.checkpoints.last_ms)} more={`longest ${milliseconds(job.checkpoints.longest_ms)}, ${bytes(job.checkpoints.last_bytes)}`} />
      <Figure title="State" value={bytes(kept)} more={`${bytes(job.checkpoints.state_bytes)} on disk`} />
    </div>
  );
}

function Figure({ title, value, more }: { readonly title: string; readonly value: string; readonly more: string }): ReactNode {
  return <div className="figure"><h3>{title}</h3><p className="figure-value">{value}</p><p className="figure-more">{more}</p></div>;
}
