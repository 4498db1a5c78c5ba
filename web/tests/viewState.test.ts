import { describe, expect, it } from "vitest";
import type { Row, ViewAnswer, ViewFrame } from "../src/api/contract";
import { Problem } from "../src/api/problem";
import { identityOf, Nothing, reduceView, type ViewState } from "../src/live/viewState";

const columns = [{ name: "campaign", type: "VARCHAR" }, { name: "window_start", type: "TIMESTAMP" }, { name: "clicks", type: "BIGINT" }];
const answer = (rows: readonly Row[]): ViewAnswer => ({ consistency: "fresh", checkpoint_id: 1, as_of: "2010-12-01T08:00:00Z", columns, rows });
const frame = (sequence: number, rows: readonly Row[], more: Partial<ViewFrame> = {}): ViewFrame => ({ sequence, consistency: "fresh", checkpoint_id: 2, as_of: "2010-12-01T08:00:10Z", latency_ms: 5, rows, ...more });
const rowsOf = (state: ViewState): readonly Row[] => [...state.rows.values()];
const snapshot = (rows: readonly Row[], keep = 100): ViewState => reduceView(Nothing, { kind: "snapshot", answer: answer(rows), keep });

describe("reduceView", () => {
  it("replaces a row of the same key and window, and keeps others", () => {
    const before = snapshot([["a", "08:00:00", 1], ["a", "08:00:10", 2], ["b", "08:00:10", 3]]);
    const after = reduceView(before, { kind: "frames", frames: [frame(1, [["a", "08:00:10", 7]])], keep: 100 });
    expect(rowsOf(after)).toEqual([["a", "08:00:00", 1], ["a", "08:00:10", 7], ["b", "08:00:10", 3]]);
    expect(after).toMatchObject({ asOf: "2010-12-01T08:00:10Z", checkpointId: 2, latencyMs: 5 });
  });

  it("drops rows that became part of another", () => {
    const before = snapshot([["a", "08:00:00", 1], ["a", "08:00:10", 2], ["b", "08:00:10", 3]]);
    const after = reduceView(before, { kind: "frames", frames: [frame(1, [["a", "08:00:00", 3]], { removed: [["a", "08:00:10"]] })], keep: 100 });
    expect(rowsOf(after)).toEqual([["a", "08:00:00", 3], ["b", "08:00:10", 3]]);
  });

  it("ignores a frame that came before", () => {
    const once = reduceView(snapshot([["a", "t", 1]]), { kind: "frames", frames: [frame(2, [["a", "t", 5]])], keep: 100 });
    expect(reduceView(once, { kind: "frames", frames: [frame(2, [["a", "t", 99]]), frame(1, [["a", "t", 98]])], keep: 100 })).toEqual(once);
  });

  it("lets a frame win over a snapshot that was asked for earlier", () => {
    const early = reduceView({ ...Nothing, columns }, { kind: "frames", frames: [frame(1, [["a", "t", 5]])], keep: 100 });
    const both = reduceView(early, { kind: "snapshot", answer: answer([["a", "t", 4], ["b", "t", 1]]), keep: 100 });
    expect(rowsOf(both)).toEqual([["a", "t", 5], ["b", "t", 1]]);
    expect(both.asOf).toBe("2010-12-01T08:00:10Z");
  });

  it("forgets rows that a reconnect no longer gives: fresh rows may be rolled back", () => {
    const opened = reduceView(snapshot([["a", "t", 5], ["ghost", "t", 1]]), { kind: "opened" });
    expect(rowsOf(reduceView(opened, { kind: "snapshot", answer: answer([["a", "t", 4]]), keep: 100 }))).toEqual([["a", "t", 4]]);
  });

  it("takes a first frame that holds the whole view", () => {
    const before = snapshot([["ghost", "t", 1]]);
    const after = reduceView(before, { kind: "frames", frames: [frame(0, [["a", "t", 1]], { snapshot: true, columns })], keep: 100 });
    expect(rowsOf(after)).toEqual([["a", "t", 1]]);
    expect(after).toMatchObject({ phase: "live", sequence: 0, problem: null });
  });

  it("keeps the newest windows only", () => {
    const before = snapshot([["a", "3", 1], ["a", "2", 1]], 2);
    const after = reduceView(before, { kind: "frames", frames: [frame(1, [["a", "4", 1]])], keep: 2 });
    expect(rowsOf(after).map((row) => row[1])).toEqual(["4", "3"]);
  });

  it("keeps what is shown while the connection is away, and says why", () => {
    const problem = new Problem("UNREACHABLE", "away", "/v1", "wait", 0);
    const failed = reduceView(snapshot([["a", "t", 1]]), { kind: "failed", problem, retryAt: 7 });
    expect(failed).toMatchObject({ phase: "waiting", problem, retryAt: 7 });
    expect(failed.rows.size).toBe(1);
    expect(reduceView(failed, { kind: "snapshot", answer: answer([]), keep: 9 })).toMatchObject({ phase: "live", problem: null, retryAt: null });
  });

  it("tells keys apart that only look alike when joined", () => {
    const identity = identityOf(columns);
    expect(identity(["a|b", "c", 1])).not.toBe(identity(["a", "b|c", 1]));
  });
});
