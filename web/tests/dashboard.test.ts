import { describe, expect, it } from "vitest";
import type { ColumnInfo, Row, RunInfo, StreamInfo } from "../src/api/contract";
import { modelLine } from "../src/dashboards/BatchTiles";
import { campaignTable, clickRate } from "../src/dashboards/campaigns";
import { ranking } from "../src/dashboards/ranking";
import { isGrowing, minuteSeries } from "../src/dashboards/series";
import { sampleOf } from "../src/dashboards/streamHistory";
import { Nothing, reduceView, type ViewState } from "../src/live/viewState";

function stateOf(names: readonly string[], rows: readonly Row[], asOf: string | null = null): ViewState {
  const columns: ColumnInfo[] = names.map((name) => ({ name, type: "VARCHAR" }));
  return reduceView(Nothing, { kind: "snapshot", answer: { consistency: "fresh", checkpoint_id: 1, as_of: asOf, columns, rows }, keep: 100_000 });
}
const minute = (text: string): string => `2010-12-01T${text}:00Z`;
const at = (text: string): number => Date.parse(minute(text)) / 1000;

describe("minuteSeries", () => {
  const shop = stateOf(["window_start", "revenue", "orders"], [[minute("08:03"), "0.1", 1], [minute("08:00"), "0.2", 2], [minute("07:00"), "500.000", 9]]);

  it("fills minutes without orders with 0 and adds exactly, inside the range only", () => {
    const series = minuteSeries(shop, "v", [["revenue"], ["orders"]], { minutes: 4, points: 4 });
    expect(series).toEqual({ times: [at("08:00"), at("08:01"), at("08:02"), at("08:03")], values: [[0.2, 0, 0, 0.1], [2, 0, 0, 1]], bucketMinutes: 1, totals: ["0.3", "3"] });
  });

  it("gathers into means per minute, also in a bucket that the range cuts", () => {
    const series = minuteSeries(shop, "v", [["orders"]], { minutes: 64, points: 7 });
    expect(series?.bucketMinutes).toBe(10);
    expect(series?.times[0]).toBe(at("07:00"));
    expect(series?.values[0]).toEqual([0.9, 0, 0, 0, 0, 0, 0.75]);
  });

  it("knows that the newest minute grows until the watermark has passed it", () => {
    const series = minuteSeries(shop, "v", [["orders"]], { minutes: 4, points: 4 });
    expect(["2010-12-01T08:03:59Z", "2010-12-01T08:04:00Z", null].map((asOf) => series && isGrowing(series, asOf))).toEqual([true, false, false]);
  });

  it("is null without rows", () => expect(minuteSeries(Nothing, "v", [["orders"]], { minutes: 4, points: 4 })).toBeNull());

  it("names both sides when a column is missing", () =>
    expect(() => minuteSeries(shop, "revenue_per_minute", [["turnover"]], { minutes: 4, points: 4 })).toThrow("COLUMN: view 'revenue_per_minute' has no column 'turnover'; it has window_start, revenue, orders"));
});

describe("ranking", () => {
  const sales = stateOf(["product", "window_start", "revenue"], [["cup", "2", "0.1"], ["cup", "1", "0.2"], ["bag", "2", "5.0"], ["hat", "2", "0.0"]]);

  it("adds by key, largest first", () => {
    const found = ranking(sales, "v", ["product"], ["revenue"], { most: 2, asked: 100 });
    expect(found?.top.map(({ name, exact }) => [name, exact])).toEqual([["bag", "5.0"], ["cup", "0.3"]]);
    expect(found).toMatchObject({ names: 3, from: "1", to: "2", partial: false });
  });

  it("leaves the oldest window out when the answer was cut there", () => {
    const found = ranking(sales, "v", ["product"], ["revenue"], { most: 3, asked: 4 });
    expect(found?.top.map(({ name, exact }) => [name, exact])).toEqual([["bag", "5.0"], ["cup", "0.1"], ["hat", "0.0"]]);
  });
});

describe("ranking of an answer cut inside its only window", () => {
  const cut = stateOf(["product", "window_start", "revenue"], [["cup", "1", "1"], ["bag", "1", "2"]]);
  it("says that keys are missing", () => expect(ranking(cut, "v", ["product"], ["revenue"], { most: 2, asked: 2 })?.partial).toBe(true));
});

describe("campaignTable", () => {
  const names = ["campaign", "window_start", "impressions", "clicks", "spend"];
  const ads = (asOf: string): ViewState =>
    stateOf(names, [["a", "2010-12-01T08:00:00Z", 100, 2, "1.5"], ["a", "2010-12-01T08:00:10Z", 7, 0, "0.1"], ["b", "2010-12-01T08:00:00Z", 0, 0, "0"]], asOf);

  it("shows the newest window that the watermark has passed", () => {
    const table = campaignTable(ads("2010-12-01T08:00:12Z"));
    expect(table?.windowStart).toBe(Date.parse("2010-12-01T08:00:00Z"));
    expect(table?.lines.map((line) => [line.name, line.last.impressions])).toEqual([["a", 100], ["b", 0]]);
    expect(table?.lines[0]?.trend).toHaveLength(30);
  });

  it("moves on when the watermark does", () => expect(campaignTable(ads("2010-12-01T08:00:20Z"))?.lines[0]?.last).toEqual({ impressions: 7, clicks: 0, spend: 0.1 }));
  it("has no click rate without impressions", () => expect([clickRate({ impressions: 0, clicks: 0, spend: 0 }), clickRate({ impressions: 200, clicks: 3, spend: 0 })]).toEqual([null, 0.015]));
});

describe("sampleOf", () => {
  const job = (rate: number, p99: number | null): StreamInfo => ({ name: "j", state: "running", error: null, events_read: 0, events_per_second: rate, late_events: 0, dead_events: 0, lag: 0, watermark: null, checkpoint_id: 0, checkpoint_ms: 0, latency_p50_ms: p99, latency_p99_ms: p99 });
  it("adds rates and takes the slowest latency", () => expect(sampleOf([job(10, 5), job(20, null), job(1, 9)], 1)).toEqual({ at: 1, eventsPerSecond: 31, p50: 9, p99: 9 }));
  it("has no latency without data", () => expect(sampleOf([job(0, null)], 1).p99).toBeNull());
});

describe("modelLine", () => {
  const run = (kind: string, job: string, time: string): RunInfo => ({ kind, job, run_id: "r", at: time, inputs: [], outputs: [], detail: { seconds: "1.5" } });
  it("takes the newest model that ended", () =>
    expect(modelLine([run("completed", "models/a", "1"), run("failed", "models/b", "3"), run("started", "models/c", "4"), run("completed", "streams/x", "5")])).toMatchObject([{ name: "b", state: "failed", took: 1500 }]));
  it("is empty when no model ran", () => expect(modelLine([])).toEqual([]));
});
