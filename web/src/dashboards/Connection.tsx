import { useEffect, useState, type ReactNode } from "react";
import type { LiveView } from "../live/LiveView";
import { useViewState } from "../live/useLiveView";
import { dateTime } from "../format/times";

/** Whether numbers flow, and the event time they have reached. */
export function Connection({ live }: { readonly live: LiveView }): ReactNode {
  const state = useViewState(live);
  const wait = useCountdown(state.phase === "waiting" ? state.retryAt : null);
  const text = { loading: "Connecting", live: "Live", waiting: wait > 0 ? `Reconnecting in ${wait} s` : "Reconnecting", paused: "Paused" }[state.phase];
  return (
    <p className="connection">
      <span className={`pulse pulse-${state.phase}`} role="status">{text}</span>
      <span className="muted">{state.asOf ? `event time ${dateTime(state.asOf)} UTC` : "no events yet"}</span>
    </p>
  );
}

/** Whole seconds until a moment; 0 when it has come or there is none. */
function useCountdown(until: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (until === null) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until === null ? 0 : Math.max(0, Math.ceil((until - now) / 1000));
}
