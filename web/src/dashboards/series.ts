import type { ViewState } from "../live/viewState";
import { sumDecimals } from "../format/decimal";
import { parseUtc } from "../format/times";
import { decimalOf, numberOf, reader } from "./columns";

const MinuteMs = 60_000;

/** Values per minute over the last minutes of event time; a minute without a row had nothing in it and counts as 0. */
export interface MinuteSeries {
  /** Seconds since 1970, one for each bucket. */
  readonly times: readonly number[];
  /** Mean per minute in the bucket, in the order of the columns asked for. */
  readonly values: readonly (readonly number[])[];
  readonly bucketMinutes: number;
  /** Exact sums over the range, in the order of the columns asked for. */
  readonly totals: readonly string[];
}

/** How far back, and into how many points at most. */
export interface Span { readonly minutes: number; readonly points: number }

/** Minutes that one point stands for. */
export const bucketOf = (span: Span): number => Math.ceil(span.minutes / span.points);

/** The newest minutes of a per-minute view, gathered into buckets. Null when there are no rows. */
export function minuteSeries(state: ViewState, view: string, columns: readonly (readonly string[])[], span: Span): MinuteSeries | null {
  if (state.rows.size === 0) return null;
  const start = reader(state.columns, ["window_start"], view);
  const readers = columns.map((names) => reader(state.columns, names, view));
  const rows = [...state.rows.values()].map((row) => ({ row, minute: Math.floor((parseUtc(String(start(row))) ?? 0) / MinuteMs) }));
  const { first, last } = rows.reduce((ends, { minute }) => ({ first: Math.min(ends.first, minute), last: Math.max(ends.last, minute) }), { first: Infinity, last: -Infinity });

  const bucketMinutes = bucketOf(span);
  const from = Math.max(first, last - span.minutes + 1);
  const inRange = rows.filter(({ minute }) => minute >= from);
  const firstBucket = Math.floor(from / bucketMinutes);
  const buckets = Math.floor(last / bucketMinutes) - firstBucket + 1;
  const times = Array.from({ length: buckets }, (_, index) => (firstBucket + index) * bucketMinutes * 60);
  const values = readers.map((read) => {
    const sums = new Array<number>(buckets).fill(0);
    for (const { row, minute } of inRange) {
      const bucket = Math.floor(minute / bucketMinutes) - firstBucket;
      sums[bucket] = (sums[bucket] ?? 0) + numberOf(read(row));
    }
    return sums.map((sum, bucket) => sum / minutesIn(bucket + firstBucket, bucketMinutes, from, last));
  });
  return { times, values, bucketMinutes, totals: readers.map((read) => sumDecimals(inRange.map(({ row }) => decimalOf(read(row))))) };
}

/** The first and the last bucket may be cut by the range. */
function minutesIn(bucket: number, bucketMinutes: number, first: number, last: number): number {
  return Math.min(last, (bucket + 1) * bucketMinutes - 1) - Math.max(first, bucket * bucketMinutes) + 1;
}

/** Whether the newest bucket is not over yet: its end lies beyond the watermark. */
export function isGrowing(series: MinuteSeries, asOf: string | null): boolean {
  const watermark = parseUtc(asOf);
  const end = ((series.times.at(-1) ?? 0) + series.bucketMinutes * 60) * 1000;
  return watermark !== null && series.times.length > 1 && end > watermark;
}
