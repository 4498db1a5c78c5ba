import { useMemo, type ReactNode } from "react";
import { asProblem, type Problem } from "../api/problem";
import { milliseconds, money, short, whole } from "../format/numbers";
import type { LiveView } from "../live/LiveView";
import { useViewState } from "../live/useLiveView";
import { Mark } from "../tiles/Mark";
import type { TileSource } from "../tiles/Tile";
import type { RangeOfTime } from "./RevenueTiles";
import { minuteSeries, type MinuteSeries } from "./series";
import { fromPolled, fromView } from "./sources";
import { Storefront } from "./storefront";
import type { StreamHistory } from "./streamHistory";

const { revenue, currency } = Storefront;

interface Figure { readonly name: string; readonly value: string; readonly more?: string | undefined; readonly tone?: "warn" | undefined; readonly source: TileSource }
interface HeadlineProps { readonly live: LiveView; readonly range: RangeOfTime; readonly history: StreamHistory }

/** The six numbers that say whether the shop and its platform are well. */
export function Headline({ live, range, history }: HeadlineProps): ReactNode {
  const state = useViewState(live);
  const read = useMemo(() => trySeries(() => minuteSeries(state, revenue.view, [revenue.revenue, revenue.orders], { minutes: range.minutes, points: range.minutes })), [state, range.minutes]);
  const shop: TileSource = read.problem ? { ...fromView(state), problem: read.problem } : fromView(state);
  const figures = [...shopFigures(read.series, range, shop), ...streamFigures(history)];
  return (
    <section className="headline" aria-label="Key figures">
      {figures.map((figure) => <FigureCell key={figure.name} figure={figure} />)}
    </section>
  );
}

function FigureCell({ figure }: { readonly figure: Figure }): ReactNode {
  const { source } = figure;
  return (
    <div className="figure">
      <h2>{figure.name}</h2>
      <p className={figure.tone ? `figure-value tone-${figure.tone}` : "figure-value"}>{source.loading ? <span className="skeleton-text" /> : figure.value}</p>
      <p className="figure-more">{source.problem ? <span title={`${source.problem.title}. Fix: ${source.problem.fix}`}><code>{source.problem.code}</code> {source.problem.title}</span> : figure.more}</p>
      <Mark asOf={source.asOf} consistency={source.consistency ?? null} checkpointId={source.checkpointId ?? null} brief stale={source.problem !== null} />
    </div>
  );
}

function shopFigures(series: MinuteSeries | null, range: RangeOfTime, source: TileSource): Figure[] {
  const sums = (series?.totals ?? []).map(Number);
  const [sum = null, orders = null] = sums;
  const newest = series?.values.map((values) => values.at(-1) ?? null) ?? [];
  return [
    { name: `Revenue, ${range.label}`, value: money(sum, currency), more: series ? `${money(newest[0], currency)} this minute` : "no orders yet", source },
    { name: `Orders, ${range.label}`, value: whole(orders), more: series ? `${whole(newest[1])} this minute` : "no orders yet", source },
    { name: "Average order", value: money(sum !== null && orders ? sum / orders : null, currency), more: "revenue by orders", source },
  ];
}

function streamFigures(history: StreamHistory): Figure[] {
  const source = fromPolled(history.polled);
  const jobs = history.polled.data ?? [];
  const now = history.samples.at(-1);
  const sum = (pick: (job: (typeof jobs)[number]) => number): number | null => (jobs.length > 0 ? jobs.reduce((total, job) => total + pick(job), 0) : null);
  const late = sum((job) => job.late_events);
  const dead = sum((job) => job.dead_events);
  const none = jobs.length === 0 ? "no stream jobs" : undefined;
  return [
    { name: "Events a second", value: short(now && jobs.length > 0 ? Math.round(now.eventsPerSecond) : null), more: none ?? `lag ${short(sum((job) => job.lag))} · ${jobs.length} jobs`, source },
    { name: "Event to view, p99", value: milliseconds(now?.p99), more: none ?? `p50 ${milliseconds(now?.p50)}`, source },
    { name: "Late / rejected", value: jobs.length > 0 ? `${short(late)} / ${short(dead)}` : "–", more: none ?? "too late / dead letters", tone: (dead ?? 0) > 0 ? "warn" : undefined, source },
  ];
}

function trySeries(read: () => MinuteSeries | null): { series: MinuteSeries | null; problem: Problem | null } {
  try {
    return { series: read(), problem: null };
  } catch (thrown) {
    return { series: null, problem: asProblem(thrown, "page") };
  }
}
