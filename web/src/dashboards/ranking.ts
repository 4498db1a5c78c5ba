import type { ViewState } from "../live/viewState";
import { sumDecimals } from "../format/decimal";
import { decimalOf, reader } from "./columns";

export interface Ranked { readonly name: string; readonly value: number; readonly exact: string }
export interface Ranking { readonly top: readonly Ranked[]; readonly names: number; readonly from: string; readonly to: string; /** The answer was cut inside its only window: keys are missing. */ readonly partial: boolean }

/** Exact sums by key over all whole windows that the view gave, largest first. Null when there are no rows. */
export function ranking(state: ViewState, view: string, keys: readonly string[], value: readonly string[], limits: { most: number; asked: number }): Ranking | null {
  if (state.rows.size === 0) return null;
  const key = reader(state.columns, keys, view);
  const read = reader(state.columns, value, view);
  const start = reader(state.columns, ["window_start"], view);
  const parts = new Map<string, string[]>();
  let from = "";
  let to = "";
  const cut = state.rows.size >= limits.asked ? oldest([...state.rows.values()].map((row) => String(start(row)))) : null;
  for (const row of state.rows.values()) {
    if (String(start(row)) === cut) continue;
    const name = String(key(row) ?? "(none)");
    const own = parts.get(name);
    if (own) own.push(decimalOf(read(row)));
    else parts.set(name, [decimalOf(read(row))]);
    const at = String(start(row));
    if (from === "" || at < from) from = at;
    if (at > to) to = at;
  }
  const all = [...parts].map(([name, values]) => ({ name, exact: sumDecimals(values) })).map((sum) => ({ ...sum, value: Number(sum.exact) }));
  all.sort((left, right) => right.value - left.value);
  return { top: all.slice(0, limits.most), names: all.length, from, to, partial: state.rows.size >= limits.asked && cut === null };
}

/** The oldest of several windows: where the answer hit its limit, that one is not whole. Null when there is only one. */
function oldest(starts: readonly string[]): string | null {
  const distinct = [...new Set(starts)].sort();
  return distinct.length > 1 ? (distinct[0] ?? null) : null;
}
