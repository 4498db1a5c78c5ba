import { lazy, Suspense, useMemo, type ReactNode } from "react";
import { milliseconds, short } from "../format/numbers";
import { Empty } from "../tiles/ProblemBox";
import { Tile } from "../tiles/Tile";
import { fromPolled } from "./sources";
import type { Sample, StreamHistory } from "./streamHistory";

const TimeSeries = lazy(() => import("../charts/TimeSeries"));
const NoJobs = <Empty what="No stream job runs" todo={<>Start the project with <code>leat up</code>; jobs are the classes in <code>streams/</code>.</>} />;

interface HistoryTile { readonly history: StreamHistory }
type Pick = (sample: Sample) => number | null;

/** Events a second over all jobs, since the page was opened. */
export function RateTile({ history }: HistoryTile): ReactNode {
  return <SampleTile history={history} title="Event rate" picks={Rate} format={(value) => (value === null ? "–" : `${short(Math.round(value))}/s`)} axis={short} />;
}

/** Milliseconds from the durable append to the view, of the slowest job. */
export function LatencyTile({ history }: HistoryTile): ReactNode {
  return <SampleTile history={history} title="Latency, event to view" picks={Latency} format={milliseconds} axis={(value) => milliseconds(value).replace(".0 ", " ")} />;
}

const Rate: readonly (readonly [string, Pick])[] = [["Events a second", (sample) => sample.eventsPerSecond]];
const Latency: readonly (readonly [string, Pick])[] = [["p50", (sample) => sample.p50], ["p99", (sample) => sample.p99]];

interface SampleTileProps extends HistoryTile {
  readonly title: string;
  readonly picks: readonly (readonly [string, Pick])[];
  readonly format: (value: number | null) => string;
  readonly axis: (value: number) => string;
}

function SampleTile({ history, title, picks, format, axis }: SampleTileProps): ReactNode {
  const { samples, polled } = history;
  const times = useMemo(() => samples.map((sample) => sample.at / 1000), [samples]);
  const lines = useMemo(() => picks.map(([name, pick]) => ({ name, values: samples.map(pick) })), [samples, picks]);
  const label = `${title} since the page was opened: ${lines.map((line) => `${line.name} ${format(line.values.at(-1) ?? null)}`).join(", ")}`;
  return (
    <Tile title={title} note="clock time, since opened" area="third" source={fromPolled(polled)} empty={NoJobs}>
      {() =>
        polled.data && polled.data.length > 0 && times.length > 0 ? (
          <Suspense fallback={<div className="chart-wait" />}>
            <TimeSeries times={times} lines={lines} format={format} axis={axis} label={label} height={200} />
          </Suspense>
        ) : null
      }
    </Tile>
  );
}
