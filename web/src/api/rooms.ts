import type { FlowInfo, FlowRun, LakeTable, RunInfo, StreamDescription, StreamInfo } from "./contract";

/** The lists of the rooms, as the page uses them; an answer is either the list itself or an object that holds it by name. */

type Given = Readonly<Record<string, unknown>>;

export const readStreams = (answer: unknown): readonly StreamInfo[] => listIn(answer, "streams") as unknown as readonly StreamInfo[];
/** Null when the server knows the job but not its graph. */
export const readStream = (answer: unknown): StreamDescription | null => (Array.isArray((answer as Given | null)?.["operators"]) ? (answer as StreamDescription) : null);
export const readRuns = (answer: unknown): readonly RunInfo[] => listIn(answer, "runs").map(runOf);
export const readTables = (answer: unknown): readonly LakeTable[] => listIn(answer, "tables").map(tableOf);
export const readViewNames = (answer: unknown): readonly string[] => listIn(answer, "views").map((view) => text(view["view"] ?? view["name"]));
export const readFlows = (answer: unknown): readonly FlowInfo[] => listIn(answer, "flows").map(flowOf);
export const readFlowRuns = (answer: unknown): readonly FlowRun[] => listIn(answer, "runs").map(flowRunOf);

function listIn(answer: unknown, name: string): readonly Given[] {
  const list = Array.isArray(answer) ? answer : (answer as Given | null)?.[name];
  if (!Array.isArray(list)) throw new Error(`the answer holds no list '${name}'`);
  return list as readonly Given[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : String(value ?? ""));
const textOrNull = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const numberOrNull = (value: unknown): number | null => (typeof value === "number" ? value : null);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(text) : []);

function runOf(run: Given): RunInfo {
  const detail = Object.entries((run["detail"] ?? {}) as Given).map(([name, value]) => [name, text(value)] as const);
  return { kind: text(run["kind"]).toLowerCase(), job: text(run["job"]), run_id: text(run["run_id"]), at: text(run["at"]), inputs: texts(run["inputs"]), outputs: texts(run["outputs"]), detail: Object.fromEntries(detail) };
}

function tableOf(table: Given): LakeTable {
  return { name: text(table["name"] ?? table["table"]), version: Number(table["version"] ?? 0), rows: numberOrNull(table["rows"]), files: Number(table["files"] ?? 0), size_bytes: numberOrNull(table["size_bytes"] ?? table["bytes"]) };
}

function flowOf(flow: Given): FlowInfo {
  const last = flow["last_run"];
  return { name: text(flow["name"]), schedule: textOrNull(flow["schedule"]), last_run: last ? flowRunOf(last as Given) : null };
}

function flowRunOf(run: Given): FlowRun {
  return { id: text(run["id"] ?? run["run_id"]), state: text(run["state"]).toLowerCase(), started_at: textOrNull(run["started_at"] ?? run["started"]), ended_at: textOrNull(run["ended_at"] ?? run["ended"]) };
}
