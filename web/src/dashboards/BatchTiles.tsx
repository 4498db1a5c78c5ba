import type { ReactNode } from "react";
import type { FlowInfo, RunInfo } from "../api/contract";
import { usePolled } from "../api/polled";
import { readFlows, readRuns, readTables } from "../api/rooms";
import { duration, whole } from "../format/numbers";
import { ago, parseUtc } from "../format/times";
import { Icon, type IconName } from "../shell/icons";
import { Link } from "../shell/router";
import { DataTable, type TableColumn } from "../tiles/DataTable";
import { Empty } from "../tiles/ProblemBox";
import { State } from "../tiles/State";
import { Tile } from "../tiles/Tile";
import { fromPolled } from "./sources";
import type { StreamHistory } from "./streamHistory";

interface BatchLine { readonly name: string; readonly kind: string; readonly state: string | null; readonly at: string | null; readonly took: number | null; readonly href: string }

const Columns: readonly TableColumn<BatchLine>[] = [
  { head: "Run", cell: (line) => <Link href={line.href}>{line.name}</Link> },
  { head: "Kind", cell: (line) => line.kind },
  { head: "State", cell: (line) => (line.state ? <State name={line.state} /> : <span className="muted">not run yet</span>) },
  { head: "Started", numeric: true, cell: (line) => (line.at ? <time dateTime={line.at}>{ago(line.at, Date.now())}</time> : "–") },
  { head: "Took", numeric: true, cell: (line) => duration(line.took) },
];

/** The last run of each flow, and the newest end of a model build. */
export function BatchTile({ paused }: { readonly paused: boolean }): ReactNode {
  const every = paused ? 3_600_000 : 5_000;
  const flows = usePolled("/v1/flows", every, readFlows);
  const runs = usePolled("/v1/runs", every, readRuns);
  const lines = [...(flows.data ?? []).map(flowLine), ...modelLine(runs.data ?? [])];
  return (
    <Tile title="Last batch runs" area="wide" source={fromPolled(flows)} empty={<Empty what="Nothing has run yet" todo={<>Run <code>leat build</code>, or <code>leat flow run NAME</code>.</>} />}>
      {() => (lines.length > 0 ? <DataTable label="Last batch runs" columns={Columns} items={lines} keyOf={(line) => line.kind + line.name} /> : null)}
    </Tile>
  );
}

function flowLine(flow: FlowInfo): BatchLine {
  const run = flow.last_run;
  const started = parseUtc(run?.started_at);
  const ended = parseUtc(run?.ended_at);
  return {
    name: flow.name, kind: "flow", state: run?.state ?? null, at: run?.started_at ?? null,
    took: started !== null ? (ended ?? Date.now()) - started : null, href: `/flows?flow=${encodeURIComponent(flow.name)}`,
  };
}

/** The newest model that ended or failed. */
export function modelLine(runs: readonly RunInfo[]): BatchLine[] {
  const ends = runs.filter((run) => run.job.startsWith("models/") && ["completed", "failed"].includes(run.kind));
  const newest = ends.reduce<RunInfo | null>((best, run) => (best === null || run.at > best.at ? run : best), null);
  if (!newest) return [];
  const seconds = Number(newest.detail["seconds"]);
  return [{ name: newest.job.slice("models/".length), kind: "model", state: newest.kind, at: newest.at, took: Number.isFinite(seconds) ? seconds * 1000 : null, href: "/runs" }];
}

interface Part { readonly href: string; readonly name: string; readonly icon: IconName; readonly figure: string }

/** The way to each part, with one figure of it. */
export function PartsTile({ history }: { readonly history: StreamHistory }): ReactNode {
  const lake = usePolled("/v1/lake", 15_000, readTables);
  const jobs = history.polled.data;
  const running = jobs?.filter((job) => job.state.toLowerCase() === "running").length ?? 0;
  const parts: readonly Part[] = [
    { href: "/streams", name: "Streams", icon: "streams", figure: jobs ? `${running} of ${jobs.length} running` : "–" },
    { href: "/lake", name: "Lake", icon: "lake", figure: lake.data ? `${whole(lake.data.length)} tables` : "–" },
    { href: "/flows", name: "Flows", icon: "flows", figure: "schedules and runs" },
    { href: "/sql", name: "SQL", icon: "sql", figure: "ask anything" },
    { href: "/runs", name: "Runs", icon: "runs", figure: "what happened" },
  ];
  return (
    <Tile title="Parts" area="third" source={fromPolled(history.polled)} empty={null}>
      {() => (
        <ul className="parts">
          {parts.map((part) => (
            <li key={part.href}>
              <Link href={part.href}><Icon name={part.icon} /><span>{part.name}</span><span className="muted">{part.figure}</span><Icon name="arrow" size={14} /></Link>
            </li>
          ))}
        </ul>
      )}
    </Tile>
  );
}
