import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ViewAnswer, ViewFrame } from "../src/api/contract";
import { Problem } from "../src/api/problem";
import { backoffMs } from "../src/live/backoff";
import { LiveView, type LivePorts } from "../src/live/LiveView";

const columns = [{ name: "window_start", type: "TIMESTAMP" }, { name: "orders", type: "BIGINT" }];
const answer: ViewAnswer = { consistency: "fresh", checkpoint_id: 1, as_of: null, columns, rows: [["t1", 1]] };
const frame = (sequence: number, orders: number, more: Partial<ViewFrame> = {}): ViewFrame => ({ sequence, consistency: "fresh", checkpoint_id: 1, as_of: null, latency_ms: null, rows: [["t1", orders]], ...more });

class FakeSource extends EventTarget {
  static all: FakeSource[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly path: string) {
    super();
    FakeSource.all.push(this);
  }
  close(): void {
    this.closed = true;
  }
  push(data: ViewFrame): void {
    this.dispatchEvent(new MessageEvent("rows", { data: JSON.stringify(data) }));
  }
}

const newest = (): FakeSource => FakeSource.all.at(-1)!;
const openNow = (): number => FakeSource.all.filter((source) => !source.closed).length;

function make(snapshot: LivePorts["snapshot"] = () => Promise.resolve(answer)): { live: LiveView; snapshot: ReturnType<typeof vi.fn<LivePorts["snapshot"]>> } {
  const spy = vi.fn(snapshot);
  return { live: new LiveView("orders", 10, { open: (path) => new FakeSource(path) as unknown as EventSource, snapshot: spy, now: () => 0, jitter: () => 0 }), snapshot: spy };
}

const leave: (() => void)[] = [];
const listen = (live: LiveView, listener = (): void => {}): void => void leave.push(live.subscribe(listener));

beforeEach(() => {
  FakeSource.all = [];
  vi.useFakeTimers();
});
afterEach(() => {
  leave.splice(0).forEach((end) => end());
  vi.useRealTimers();
});

describe("LiveView", () => {
  it("connects with the first listener and lets go with the last", () => {
    const { live } = make();
    const first = live.subscribe(() => {});
    const second = live.subscribe(() => {});
    expect(FakeSource.all.map((source) => source.path)).toEqual(["/v1/views/orders/live?limit=10"]);
    first();
    expect(openNow()).toBe(1);
    second();
    expect(openNow()).toBe(0);
  });

  it("shows the first frame at once when it holds the view, and reads nothing besides", async () => {
    const { live, snapshot } = make();
    listen(live);
    newest().push(frame(0, 4, { snapshot: true, columns }));
    expect(live.current()).toMatchObject({ phase: "live" });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(snapshot).not.toHaveBeenCalled();
  });

  it("reads the rows itself when no first frame comes, and keeps frames that were faster", async () => {
    const { live } = make();
    listen(live);
    newest().onopen?.();
    newest().push(frame(1, 9));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([...live.current().rows.values()]).toEqual([["t1", 9]]);
  });

  it("tells listeners once for frames that come together", async () => {
    const { live } = make();
    listen(live);
    newest().push(frame(0, 1, { snapshot: true, columns }));
    const told = vi.fn();
    listen(live, told);
    for (let sequence = 1; sequence <= 20; sequence++) newest().push(frame(sequence, sequence));
    await vi.advanceTimersByTimeAsync(200);
    expect(told).toHaveBeenCalledTimes(1);
    expect([...live.current().rows.values()]).toEqual([["t1", 20]]);
  });

  it("starts over when a frame is missing", () => {
    const { live } = make();
    listen(live);
    newest().push(frame(0, 1, { snapshot: true, columns }));
    newest().push(frame(1, 2));
    newest().push(frame(3, 4));
    expect(FakeSource.all).toHaveLength(2);
    expect(openNow()).toBe(1);
  });

  it("comes back after a broken connection, waiting longer each time, and keeps what it showed", async () => {
    const { live } = make(() => Promise.reject(new Problem("UNREACHABLE", "away", "/", "wait", 0)));
    listen(live);
    newest().push(frame(0, 1, { snapshot: true, columns }));
    newest().onopen?.();
    newest().onerror?.();
    expect(live.current()).toMatchObject({ phase: "waiting", retryAt: 500 });
    expect(live.current().rows.size).toBe(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(FakeSource.all).toHaveLength(2);
    newest().onerror?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.current()).toMatchObject({ phase: "waiting", retryAt: 1_000 });
  });

  it("asks why when the channel is refused, and says the server's own words", async () => {
    const missing = new Problem("LEAT6030", "view 'orders' is not known", "/v1/views/orders", "start the job", 404);
    const { live } = make(() => Promise.reject(missing));
    listen(live);
    newest().onerror?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(live.current()).toMatchObject({ phase: "waiting", problem: missing });
  });

  it("gives its connection back while the tab is hidden", () => {
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(false);
    const { live } = make();
    listen(live);
    hidden.mockReturnValue(true);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(openNow()).toBe(0);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event("visibilitychange"));
    expect(openNow()).toBe(1);
  });

  it("stops while paused and goes on afterwards", () => {
    const { live } = make();
    listen(live);
    live.setPaused(true);
    expect([openNow(), live.current().phase]).toEqual([0, "paused"]);
    live.setPaused(false);
    expect(openNow()).toBe(1);
  });
});

describe("backoffMs", () => {
  it("doubles from half a second and stops at 15 s", () => expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => backoffMs(attempt, 0))).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]));
  it("takes off at most a quarter", () => expect(backoffMs(3, 1)).toBe(1500));
});
