/** Shapes of Leat's HTTP answers (DESIGN section 7). Times are ISO 8601 in UTC, decimals are strings. */

export type Consistency = "fresh" | "committed";
export type Cell = string | number | boolean | null | Cell[] | { [name: string]: Cell };
export type Row = readonly Cell[];
export interface ColumnInfo { readonly name: string; readonly type: string }

export interface ViewAnswer { readonly consistency: Consistency; readonly checkpoint_id: number; readonly as_of: string | null; readonly columns: readonly ColumnInfo[]; readonly rows: readonly Row[] }
export interface ViewFrame {
  readonly sequence: number;
  /** The first frame of a connection holds the rows there are, not only changed ones. */
  readonly snapshot?: boolean;
  readonly consistency: Consistency;
  readonly checkpoint_id: number;
  readonly as_of: string | null;
  readonly latency_ms: number | null;
  readonly columns?: readonly ColumnInfo[];
  readonly rows: readonly Row[];
  /** Rows that are no more, because their window became part of another: key and window_start of each. */
  readonly removed?: readonly Row[];
}

export interface ProjectInfo { readonly name: string; readonly version: string; readonly target: string }
export interface StreamInfo {
  readonly name: string;
  readonly state: string;
  readonly error: string | null;
  readonly events_read: number;
  readonly events_per_second: number;
  readonly late_events: number;
  readonly dead_events: number;
  readonly lag: number;
  readonly watermark: string | null;
  readonly checkpoint_id: number;
  readonly checkpoint_ms: number;
  readonly latency_p50_ms: number | null;
  readonly latency_p99_ms: number | null;
}
export interface OperatorState { readonly keys: number; readonly size_bytes: number; readonly largest_shard_share: number | null; readonly largest_key_share: number | null; readonly spilled_bytes?: number }
/** An operator of a job's graph; inputs are ids of operators before it. */
export interface OperatorInfo {
  readonly id: number;
  readonly kind: string;
  readonly detail: string;
  readonly inputs: readonly number[];
  readonly name: string | null;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly rows_in_per_second: number;
  readonly rows_out_per_second: number;
  readonly waiting: number | null;
  readonly watermark: string | null;
  readonly late_rows: number;
  readonly rows_left_out: number | null;
  readonly state: OperatorState | null;
}
export interface StreamDescription extends StreamInfo {
  readonly diagnosis: string;
  readonly operators: readonly OperatorInfo[];
  readonly busy_share: number | null;
  readonly held_share: number;
  readonly gc_share: number;
  readonly checkpoints: { readonly last_ms: number; readonly longest_ms: number; readonly last_bytes: number; readonly state_bytes: number };
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}
export interface FlowRun { readonly id: string; readonly state: string; readonly started_at: string | null; readonly ended_at: string | null }
export interface FlowInfo { readonly name: string; readonly schedule: string | null; readonly last_run: FlowRun | null }
export interface LakeTable { readonly name: string; readonly version: number; readonly rows: number | null; readonly files: number; readonly size_bytes: number | null }
export interface RunInfo {
  readonly kind: string;
  readonly job: string;
  readonly run_id: string;
  readonly at: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly detail: Readonly<Record<string, string>>;
}
export interface SqlAnswer { readonly columns: readonly ColumnInfo[]; readonly rows: readonly Row[]; readonly truncated: boolean; readonly error?: { readonly code: string; readonly detail: string; readonly where: string; readonly fix: string } }
