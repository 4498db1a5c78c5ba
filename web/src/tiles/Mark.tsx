import type { ReactNode } from "react";
import type { Consistency } from "../api/contract";
import { clock, dateTime } from "../format/times";

interface MarkProps { readonly asOf: string | number | null; readonly consistency?: Consistency | null; readonly checkpointId?: number | null; readonly stale?: boolean; readonly brief?: boolean }

const Meaning: Record<Consistency, string> = {
  fresh: "Fresh: newest rows; may go back a little after a crash",
  committed: "Committed: part of a checkpoint; never goes back",
};

/** "as of" (brief: the time of day, the date on hover) and whether the numbers are fresh or committed. */
export function Mark({ asOf, consistency = null, checkpointId = null, stale = false, brief = false }: MarkProps): ReactNode {
  if (asOf === null && consistency === null) return null;
  return (
    <p className="as-of">
      {asOf !== null && <span>as of <time title={`${dateTime(asOf)} UTC`} dateTime={typeof asOf === "number" ? new Date(asOf).toISOString() : asOf}>{brief ? clock(asOf) : dateTime(asOf)}</time></span>}
      {consistency && (
        <span className={`mark-${stale ? "stale" : consistency}`} title={`${Meaning[consistency]}${checkpointId === null ? "" : ` (checkpoint ${checkpointId})`}`}>
          {stale ? "stale" : consistency}
          {!stale && !brief && consistency === "committed" && checkpointId !== null ? ` #${checkpointId}` : ""}
        </span>
      )}
    </p>
  );
}
