import type { ColumnInfo, Consistency, Row, ViewAnswer, ViewFrame } from "../api/contract";
import type { Problem } from "../api/problem";

/** loading: no answer yet. live: rows flow. waiting: the connection broke and will be tried again. paused: stopped by the reader. */
export type Phase = "loading" | "live" | "waiting" | "paused";

/** All that a tile needs of one view. Rows are unique by key and window. */
export interface ViewState {
  readonly phase: Phase;
  readonly columns: readonly ColumnInfo[];
  readonly rows: ReadonlyMap<string, Row>;
  readonly asOf: string | null;
  readonly consistency: Consistency | null;
  readonly checkpointId: number | null;
  readonly latencyMs: number | null;
  readonly problem: Problem | null;
  readonly retryAt: number | null;
  /** Keys that frames changed since the connection opened; a snapshot asked for earlier must not undo them. */
  readonly touched: ReadonlySet<string>;
  readonly sequence: number;
}

export type ViewAction =
  | { readonly kind: "opened" }
  | { readonly kind: "snapshot"; readonly answer: ViewAnswer; readonly keep: number }
  | { readonly kind: "frames"; readonly frames: readonly ViewFrame[]; readonly keep: number }
  | { readonly kind: "failed"; readonly problem: Problem; readonly retryAt: number }
  | { readonly kind: "paused" };

export const Nothing: ViewState = {
  phase: "loading", columns: [], rows: new Map(), asOf: null, consistency: null, checkpointId: null, latencyMs: null, problem: null, retryAt: null, touched: new Set(), sequence: 0,
};

/** The next state; pure. */
export function reduceView(state: ViewState, action: ViewAction): ViewState {
  switch (action.kind) {
    case "opened":
      return { ...state, touched: new Set(), sequence: 0 };
    case "snapshot":
      return withSnapshot(state, action.answer, action.keep);
    case "frames":
      return action.frames.reduce((before, frame) => withFrame(before, frame, action.keep), state);
    case "failed":
      return { ...state, phase: "waiting", problem: action.problem, retryAt: action.retryAt };
    case "paused":
      return { ...state, phase: "paused", retryAt: null };
  }
}

function withSnapshot(state: ViewState, answer: ViewAnswer, keep: number): ViewState {
  const rows = new Map<string, Row>();
  const identity = identityOf(answer.columns);
  for (const row of answer.rows) rows.set(identity(row), row);
  for (const key of state.touched) {
    const newer = state.rows.get(key);
    if (newer) rows.set(key, newer);
  }
  const frameIsNewer = state.touched.size > 0;
  return {
    ...state,
    phase: "live",
    columns: answer.columns,
    rows: newest(rows, answer.columns, keep),
    asOf: frameIsNewer ? state.asOf : answer.as_of,
    consistency: answer.consistency,
    checkpointId: frameIsNewer ? state.checkpointId : answer.checkpoint_id,
    problem: null,
    retryAt: null,
  };
}

function withFrame(state: ViewState, frame: ViewFrame, keep: number): ViewState {
  if (frame.snapshot && frame.columns) {
    const whole = { consistency: frame.consistency, checkpoint_id: frame.checkpoint_id, as_of: frame.as_of, columns: frame.columns, rows: frame.rows };
    return { ...withSnapshot({ ...state, touched: new Set() }, whole, keep), sequence: frame.sequence };
  }
  if (frame.sequence <= state.sequence) return state;
  const columns = frame.columns ?? state.columns;
  if (columns.length === 0 && frame.rows.length > 0) return state;
  const rows = new Map(state.rows);
  const touched = new Set(state.touched);
  const identity = identityOf(columns);
  for (const row of frame.removed ?? []) {
    rows.delete(identity(row));
    touched.delete(identity(row));
  }
  for (const row of frame.rows) {
    const key = identity(row);
    rows.set(key, row);
    touched.add(key);
  }
  return {
    ...state,
    columns,
    rows: newest(rows, columns, keep),
    touched,
    sequence: frame.sequence,
    asOf: frame.as_of ?? state.asOf,
    consistency: frame.consistency,
    checkpointId: frame.checkpoint_id,
    latencyMs: frame.latency_ms ?? state.latencyMs,
  };
}

/** What makes a row of a view the same row: its key columns and its window's start; keys stand before the window. */
export function identityOf(columns: readonly ColumnInfo[]): (row: Row) => string {
  const window = columns.findIndex((column) => column.name === "window_start");
  const parts = window < 0 ? 1 : window + 1;
  return (row) => row.slice(0, parts).join("\u001f");
}

function newest(rows: Map<string, Row>, columns: readonly ColumnInfo[], keep: number): Map<string, Row> {
  if (rows.size <= keep) return rows;
  const window = columns.findIndex((column) => column.name === "window_start");
  if (window < 0) return rows;
  const sorted = [...rows].sort((left, right) => (String(left[1][window]) < String(right[1][window]) ? 1 : -1));
  return new Map(sorted.slice(0, keep));
}
