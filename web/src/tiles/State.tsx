import type { ReactNode } from "react";

const Good = new Set(["running", "succeeded", "completed", "success", "done", "ok"]);
const Bad = new Set(["failed", "error", "cancelled", "canceled", "timed_out"]);
const Busy = new Set(["starting", "started", "progressed", "queued", "retrying", "stopping"]);

/** How a state is coloured; the word beside it always says the same. */
export function toneOf(state: string): "good" | "bad" | "busy" | "calm" {
  const name = state.toLowerCase();
  if (Good.has(name)) return "good";
  if (Bad.has(name)) return "bad";
  return Busy.has(name) ? "busy" : "calm";
}

/** A state as dot and word. */
export function State({ name }: { readonly name: string }): ReactNode {
  return <span className={`state state-${toneOf(name)}`}>{name.toLowerCase()}</span>;
}
