import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { ViewAnswer } from "../api/contract";
import { usePolled } from "../api/polled";
import { LiveView } from "./LiveView";
import { Nothing, reduceView, type ViewState } from "./viewState";

/** A view pushed by the server. Share the object between tiles: all of them use one connection. */
export function useLiveView(view: string, limit: number, paused: boolean): LiveView {
  const live = useMemo(() => new LiveView(view, limit), [view, limit]);
  useEffect(() => live.setPaused(paused), [live, paused]);
  return live;
}

/** The state of a pushed view; re-renders when it changes. */
export function useViewState(live: LiveView): ViewState {
  return useSyncExternalStore(live.subscribe, live.current);
}

/** A view read every few seconds: for slow numbers, so that connections stay free for the fast ones. */
export function usePolledView(view: string, limit: number, everyMs: number, paused: boolean): ViewState {
  const polled = usePolled<ViewAnswer>(`/v1/views/${encodeURIComponent(view)}?limit=${limit}`, paused ? PausedMs : everyMs);
  return useMemo(() => {
    const read = polled.data ? reduceView(Nothing, { kind: "snapshot", answer: polled.data, keep: limit }) : Nothing;
    return polled.problem ? reduceView(read, { kind: "failed", problem: polled.problem, retryAt: 0 }) : read;
  }, [polled, limit]);
}

const PausedMs = 3_600_000;
