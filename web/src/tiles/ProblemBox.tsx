import type { ReactNode } from "react";
import type { Problem } from "../api/problem";
import { Icon } from "../shell/icons";

/** An error in full: code, what, where, what to do. */
export function ProblemBox({ problem }: { readonly problem: Problem }): ReactNode {
  return (
    <div className="problem" role="alert">
      <p className="problem-title">
        <Icon name="alert" size={16} />
        <code>{problem.code}</code> <span>{problem.title}</span>
      </p>
      <dl>
        <div><dt>Where</dt><dd>{problem.where}</dd></div>
        <div><dt>Fix</dt><dd>{problem.fix}</dd></div>
      </dl>
    </div>
  );
}

/** Nothing to show yet, and what to do about it. */
export function Empty({ what, todo }: { readonly what: string; readonly todo: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <p>{what}</p>
      <p className="muted">{todo}</p>
    </div>
  );
}
