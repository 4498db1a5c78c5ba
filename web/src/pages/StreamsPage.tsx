import type { ReactNode } from "react";
import type { StreamInfo } from "../api/contract";
import { usePolled } from "../api/polled";
import { readStreams } from "../api/rooms";
import { milliseconds, short, whole } from "../format/numbers";
import { dateTime } from "../format/times";
import { Link, useAddress } from "../shell/router";
import { StreamGraph } from "../streams/StreamGraph";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty } from "../tiles/ProblemBox";
import { State } from "../tiles/State";
import { PageFrame } from "./PageFrame";

const Columns: readonly TableColumn<StreamInfo>[] = [
  { head: "Job", cell: (job) => <Link href={`/streams?job=${encodeURIComponent(job.name)}`}>{job.name}</Link> },
  { head: "State", cell: (job) => <State name={job.state} /> },
  { head: "Events/s", numeric: true, cell: (job) => whole(job.events_per_second) },
  { head: "Read", numeric: true, hint: "Events read since start", cell: (job) => short(job.events_read) },
  { head: "Lag", numeric: true, hint: "Appended but not yet read", cell: (job) => whole(job.lag) },
  { head: "Watermark, UTC", numeric: true, hint: "Event time reached", cell: (job) => dateTime(job.watermark) },
  { head: "Late", numeric: true, hint: "Came after their window was final", cell: (job) => whole(job.late_events) },
  { head: "Dead", numeric: true, hint: "Sent to the dead-letter topic", cell: (job) => <span className={job.dead_events > 0 ? "tone-warn" : undefined}>{whole(job.dead_events)}</span> },
  { head: "p50", numeric: true, hint: "Append to view, median of the last minute", cell: (job) => milliseconds(job.latency_p50_ms) },
  { head: "p99", numeric: true, hint: "Append to view, 99th percentile of the last minute", cell: (job) => milliseconds(job.latency_p99_ms) },
  { head: "Checkpoint", numeric: true, cell: (job) => <>#{job.checkpoint_id} <span className="muted">{milliseconds(job.checkpoint_ms)}</span></> },
];

/** Every stream job in figures, and the graph of the one in the address. */
export default function StreamsPage(): ReactNode {
  const polled = usePolled("/v1/streams", 1_000, readStreams);
  const asked = useAddress().searchParams.get("job");
  return (
    <PageFrame title="Streams" lead="Jobs that turn events into views and tables" polled={polled} empty={<Empty what="No stream job runs" todo={<>Put a class that derives from <code>StreamJob</code> into <code>streams/</code> and start <code>leat up</code>.</>} />}>
      {(jobs) => (
        <>
          <div className="card"><DataTable label="Stream jobs" columns={Columns} items={jobs} keyOf={(job) => job.name} /></div>
          {jobs.filter((job) => job.error).map((job) => <p key={job.name} className="problem" role="alert"><b>{job.name}</b>: {job.error}</p>)}
          <StreamGraph job={asked ?? jobs[0]?.name ?? ""} />
        </>
      )}
    </PageFrame>
  );
}
