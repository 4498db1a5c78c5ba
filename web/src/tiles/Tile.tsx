import { useId, type ReactNode } from "react";
import type { Problem } from "../api/problem";
import { asProblem } from "../api/problem";
import { Mark } from "./Mark";
import { ProblemBox } from "./ProblemBox";
import type { Consistency } from "../api/contract";

/** What a tile knows of its data: enough to say how old it is and what went wrong. */
export interface TileSource {
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly asOf: string | number | null;
  readonly consistency?: Consistency | null;
  readonly checkpointId?: number | null;
}

interface TileProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly area: string;
  readonly source: TileSource;
  readonly empty: ReactNode;
  /** Null: there is nothing to show, so that the tile says why. May throw a Problem. */
  readonly children: () => ReactNode;
}

/** One panel of a dashboard: title, content or the reason why there is none, and how old it is. */
export function Tile({ title, note, area, source, empty, children }: TileProps): ReactNode {
  const heading = useId();
  const { content, problem } = attempt(children, source);
  const stale = content !== null && problem !== null;
  return (
    <section className={`tile ${area}`} aria-labelledby={heading} aria-busy={source.loading}>
      <header>
        <h2 id={heading}>{title}</h2>
        {note && <p className="note">{note}</p>}
      </header>
      <div className={stale ? "tile-body is-stale" : "tile-body"}>{content ?? explain(source.loading, problem, empty)}</div>
      <footer>
        <Mark asOf={source.asOf} consistency={source.consistency ?? null} checkpointId={source.checkpointId ?? null} stale={stale} />
        {stale && <p className="stale-reason" role="status">{problem.title} <code>{problem.code}</code></p>}
      </footer>
    </section>
  );
}

function attempt(children: () => ReactNode, source: TileSource): { content: ReactNode; problem: Problem | null } {
  try {
    return { content: children(), problem: source.problem };
  } catch (thrown) {
    return { content: null, problem: asProblem(thrown, "page") };
  }
}

function explain(loading: boolean, problem: Problem | null, empty: ReactNode): ReactNode {
  if (problem) return <ProblemBox problem={problem} />;
  if (loading) return <div className="skeleton" role="status" aria-label="Loading" />;
  return empty;
}
