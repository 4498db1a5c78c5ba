import { useEffect, useState } from "react";
import { getJson } from "./client";
import { asProblem, type Problem } from "./problem";

/** What is known of a polled address: the last good answer stays visible while later ones fail. */
export interface Polled<T> { readonly data: T | null; readonly problem: Problem | null; readonly at: number | null }

const SlowestMs = 30_000;

const asIs = (answer: unknown): unknown => answer;

/** Reads an address again and again while the tab is visible; waits longer after failures. Null path: nothing is read. `read` must be the same function at each render. */
export function usePolled<T>(path: string | null, everyMs: number, read: (answer: unknown) => T = asIs as (answer: unknown) => T): Polled<T> {
  const [state, setState] = useState<Polled<T> & { path: string | null }>({ path, data: null, problem: null, at: null });

  useEffect(() => {
    if (path === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const poll = async (): Promise<void> => {
      try {
        const data = read(await getJson<unknown>(path, abort.signal));
        failures = 0;
        setState({ path, data, problem: null, at: Date.now() });
      } catch (thrown) {
        if (abort.signal.aborted) return;
        failures++;
        setState((before) => ({ path, data: before.path === path ? before.data : null, problem: asProblem(thrown, path), at: before.at }));
      }
      if (!abort.signal.aborted && !document.hidden) timer = setTimeout(() => void poll(), Math.min(SlowestMs, everyMs * 2 ** Math.min(failures, 5)));
    };
    const onVisible = (): void => {
      clearTimeout(timer);
      if (!document.hidden) void poll();
    };

    void poll();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onVisible);
    };
  }, [path, everyMs, read]);

  return state.path === path ? state : { data: null, problem: null, at: null };
}
