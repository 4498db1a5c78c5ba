import type { ReactNode } from "react";
import type { Polled } from "../api/polled";
import { Mark } from "../tiles/Mark";
import { ProblemBox } from "../tiles/ProblemBox";

interface PageFrameProps<T> { readonly title: string; readonly lead: string; readonly polled: Polled<readonly T[]>; readonly empty: ReactNode; readonly controls?: ReactNode; readonly children: (items: readonly T[]) => ReactNode }

/** A page over one list: title, how old it is, and the list or the reason why there is none. */
export function PageFrame<T>({ title, lead, polled, empty, controls, children }: PageFrameProps<T>): ReactNode {
  const { data, problem, at } = polled;
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          <p className="muted">{lead}</p>
        </div>
        <div className="controls">{controls}<Mark asOf={at} /></div>
      </div>
      {problem && <ProblemBox problem={problem} />}
      {data === null ? !problem && <div className="skeleton" role="status" aria-label="Loading" /> : data.length === 0 ? <div className="card">{empty}</div> : children(data)}
    </div>
  );
}
