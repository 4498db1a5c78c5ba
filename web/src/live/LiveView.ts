import { getJson } from "../api/client";
import type { ViewAnswer, ViewFrame } from "../api/contract";
import { asProblem, unreachable, type Problem } from "../api/problem";
import { backoffMs } from "./backoff";
import { Nothing, reduceView, type ViewAction, type ViewState } from "./viewState";

/** The outside world of a live view; tests pass their own. */
export interface LivePorts {
  readonly open: (path: string) => EventSource;
  readonly snapshot: (path: string, signal: AbortSignal) => Promise<ViewAnswer>;
  readonly now: () => number;
  readonly jitter: () => number;
}

export const BrowserPorts: LivePorts = {
  open: (path) => new EventSource(path),
  snapshot: (path, signal) => getJson<ViewAnswer>(path, signal),
  now: () => Date.now(),
  jitter: () => Math.random(),
};

/** Frames are gathered this long before the page is told; event to pixel stays far below 2 s. */
const GatherMs = 150;
const SnapshotWaitMs = 400;

/**
 * One view of the server, kept up to date: opens the push channel, whose first frame holds the rows there are (where it does not, they are read), then merges frames by key and window.
 * Reconnects with backoff and reads all rows anew then, since fresh rows may have been rolled back. Holds a connection only while someone listens.
 */
export class LiveView {
  private state: ViewState = Nothing;
  private readonly listeners = new Set<() => void>();
  private source: EventSource | null = null;
  private abort: AbortController | null = null;
  private late: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private gather: ReturnType<typeof setTimeout> | undefined;
  private frames: ViewFrame[] = [];
  private attempt = 0;
  private paused = false;

  constructor(
    readonly view: string,
    private readonly limit: number,
    private readonly ports: LivePorts = BrowserPorts,
  ) {}

  /** The state now; the same object until something changes. */
  readonly current = (): ViewState => this.state;

  /** Calls back after each change; the first listener opens the connection, the last one closes it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  };

  /** Stops the flow at what is shown, or lets it run on. */
  setPaused(paused: boolean): void {
    if (this.paused === paused) return;
    this.paused = paused;
    if (this.listeners.size === 0) return;
    if (paused) {
      this.close();
      this.dispatch({ kind: "paused" });
    } else this.connect();
  }

  private start(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    this.connect();
  }

  private stop(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.close();
  }

  /** A browser allows six connections to one server: hidden tabs give theirs back. */
  private readonly onVisibility = (): void => {
    if (document.hidden) this.close();
    else this.connect();
  };

  private connect(): void {
    if (this.paused || document.hidden) return;
    this.close();
    const path = `/v1/views/${encodeURIComponent(this.view)}`;
    const source = this.ports.open(`${path}/live?limit=${this.limit}`);
    this.source = source;
    this.abort = new AbortController();
    this.dispatch({ kind: "opened" });

    let opened = false;
    this.late = setTimeout(() => void this.read(path), SnapshotWaitMs);
    source.onopen = () => (opened = true);
    source.onerror = () => {
      clearTimeout(this.late);
      source.close();
      if (opened) this.fail(unreachable(`${path}/live`));
      else void this.read(path).then((read) => read && this.fail(unreachable(`${path}/live`)));
    };
    source.addEventListener("rows", (event) => this.take(event));
  }

  /** Reads the rows there are; false when that failed or is no longer wanted. */
  private async read(path: string): Promise<boolean> {
    const signal = this.abort?.signal;
    if (!signal) return false;
    try {
      const answer = await this.ports.snapshot(`${path}?limit=${this.limit}`, signal);
      if (signal.aborted) return false;
      this.attempt = 0;
      this.dispatch({ kind: "snapshot", answer, keep: this.limit });
      this.flush();
      return true;
    } catch (thrown) {
      if (!signal.aborted) this.fail(asProblem(thrown, path));
      return false;
    }
  }

  private take(event: MessageEvent<string>): void {
    const frame = JSON.parse(event.data) as ViewFrame;
    if (frame.snapshot) {
      clearTimeout(this.late);
      this.attempt = 0;
      this.frames = [frame];
      this.flush();
      return;
    }
    const last = this.frames.at(-1)?.sequence ?? this.state.sequence;
    if (frame.sequence > last + 1 && last > 0) {
      this.connect();
      return;
    }
    this.frames.push(frame);
    this.gather ??= setTimeout(() => this.flush(), GatherMs);
  }

  private flush(): void {
    clearTimeout(this.gather);
    this.gather = undefined;
    const known = this.state.columns.length > 0 || this.frames.some((frame) => frame.columns);
    if (!known || this.frames.length === 0) return;
    const frames = this.frames;
    this.frames = [];
    this.dispatch({ kind: "frames", frames, keep: this.limit });
  }

  private fail(problem: Problem): void {
    this.close();
    this.attempt++;
    const wait = backoffMs(this.attempt, this.ports.jitter());
    this.dispatch({ kind: "failed", problem, retryAt: this.ports.now() + wait });
    this.retry = setTimeout(() => this.connect(), wait);
  }

  private close(): void {
    clearTimeout(this.retry);
    clearTimeout(this.late);
    clearTimeout(this.gather);
    this.gather = undefined;
    this.frames = [];
    this.source?.close();
    this.source = null;
    this.abort?.abort();
    this.abort = null;
  }

  private dispatch(action: ViewAction): void {
    this.state = reduceView(this.state, action);
    this.listeners.forEach((listener) => listener());
  }
}
