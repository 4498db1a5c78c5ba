import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../src/App";
import type { OperatorInfo } from "../src/api/contract";
import { linesOf } from "../src/streams/Graph";
import { BoxWidth, layoutOf } from "../src/streams/layout";
import { describe as describeJob, streams } from "../mock/parts.mjs";

const operator = (id: number, inputs: readonly number[], more: Partial<OperatorInfo> = {}): OperatorInfo => ({
  id, kind: "where", detail: "", inputs, name: null, rows_in: 0, rows_out: 0, rows_in_per_second: 0, rows_out_per_second: 0,
  waiting: null, watermark: null, late_rows: 0, rows_left_out: null, state: null, ...more,
});

describe("layoutOf", () => {
  it("puts every operator behind all of its inputs", () => {
    const { boxes, edges } = layoutOf([operator(0, []), operator(1, [0]), operator(2, [0, 1]), operator(3, [])], false);
    const x = boxes.toSorted((a, b) => a.operator.id - b.operator.id).map((box) => box.x);
    expect([x[1]! > x[0]! + BoxWidth, x[2]! > x[1]! + BoxWidth, x[3] === x[0]]).toEqual([true, true, true]);
    expect(edges.map((edge) => edge.key)).toEqual(["0-1", "0-2", "1-2"]);
  });

  it("goes down in narrow windows", () => {
    const { boxes, width, height } = layoutOf([operator(0, []), operator(1, [0])], true);
    expect(boxes[0]!.x).toBe(boxes[1]!.x);
    expect(boxes[1]!.y).toBeGreaterThan(boxes[0]!.y);
    expect([width < 260, height > 160]).toEqual([true, true]);
  });

  it("has no overlapping boxes", () => {
    const { boxes } = layoutOf([operator(0, []), operator(1, [0]), operator(2, [0]), operator(3, [0]), operator(4, [1, 3])], false);
    expect(new Set(boxes.map((box) => `${box.x} ${box.y}`)).size).toBe(5);
  });

  it("is empty without operators", () => {
    expect(layoutOf([], false)).toMatchObject({ boxes: [], edges: [] });
  });
});

describe("linesOf", () => {
  it("tells rows, and what an operator keeps or what waits", () => {
    expect(linesOf(operator(0, [], { kind: "source", detail: "topic a", rows_out: 12_300, rows_out_per_second: 40.4, waiting: 7 }))).toEqual(["topic a", "12.3K rows, 40/s", "7 wait"]);
    expect(linesOf(operator(1, [0], { kind: "window", late_rows: 3, state: { keys: 20, size_bytes: 1_400, largest_shard_share: null, largest_key_share: null } }))).toEqual(["", "0 rows, 0/s, 3 late", "1.4 kB, 20 keys"]);
    expect(linesOf(operator(1, [0], { rows_left_out: 5 }))[2]).toBe("5 left out");
  });
});

describe("Streams page", () => {
  beforeEach(() => {
    const job = streams(1, 0, 0, 60_000)[0]!;
    vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    vi.stubGlobal("scrollTo", () => {});
    vi.stubGlobal("fetch", (path: string) => Promise.resolve(
      path === "/v1/streams" ? Response.json({ streams: [job] })
        : path === `/v1/streams/${job.name}` ? Response.json(describeJob(job))
          : Response.json({ code: "LEAT6031", detail: "stream 'x' is not known" }, { status: 404 })));
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  const show = (path: string): void => {
    history.replaceState(null, "", path);
    render(<App />);
  };

  it("shows the graph of the first job, its diagnosis and its operators", async () => {
    show("/streams");
    const graph = await screen.findByRole("img", { name: /^8 operators: source, where, deduplicate/ });
    expect(graph.querySelectorAll("path.graph-edge")).toHaveLength(7);
    expect(screen.getByText(/source-bound: workers 12 % busy/)).toBeTruthy();
    expect(within(screen.getByRole("region", { name: "Operators of campaign-stats" })).getAllByRole("row")).toHaveLength(9);
  });

  it("shows the server's problem for a job that is not there", async () => {
    show("/streams?job=x");
    expect((await screen.findByRole("alert")).textContent).toContain("LEAT6031");
  });
});
