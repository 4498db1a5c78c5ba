import { useSyncExternalStore, type ReactNode } from "react";
import type { OperatorInfo } from "../api/contract";
import { bytes, short } from "../format/numbers";
import { BoxHeight, BoxWidth, layoutOf, type Placed } from "./layout";

const Narrow = "(max-width: 760px)";
const MostLetters = 23;
const Pad = 11;

/** A job's operators as boxes with live figures, joined by the ways of the rows. The table beside it says the same to screen readers. */
export function Graph({ job, operators }: { readonly job: string; readonly operators: readonly OperatorInfo[] }): ReactNode {
  const narrow = useSyncExternalStore(subscribe, () => matchMedia(Narrow).matches);
  const { width, height, boxes, edges } = layoutOf(operators, narrow);
  return (
    <div className="graph" role="region" aria-label={`Graph of ${job}`} tabIndex={0}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${operators.length} operators: ${operators.map((o) => o.kind).join(", ")}`}>
        {edges.map((edge) => <path key={edge.key} className="graph-edge" d={edge.path} />)}
        {boxes.map((box) => <Box key={box.operator.id} {...box} />)}
      </svg>
    </div>
  );
}

function Box({ operator, x, y }: Placed): ReactNode {
  const [first, second, third] = linesOf(operator);
  return (
    <g className={`graph-box graph-${roleOf(operator)}`} transform={`translate(${x} ${y})`}>
      <title>{`${operator.kind} ${operator.detail}`}</title>
      <rect width={BoxWidth} height={BoxHeight} rx="8" />
      <text x={Pad} y="20" className="graph-kind">{cut(operator.name ? `${operator.kind} ${operator.name}` : operator.kind)}</text>
      <text x={BoxWidth - Pad} y="20" className="graph-id" textAnchor="end">{operator.id}</text>
      <text x={Pad} y="37" className="graph-detail">{cut(first)}</text>
      <text x={Pad} y="55">{cut(second)}</text>
      <text x={Pad} y="71" className="graph-detail">{cut(third)}</text>
    </g>
  );
}

/** What it does, its rows, and what it keeps or holds back. */
export function linesOf(operator: OperatorInfo): readonly [string, string, string] {
  const { kind, detail, state, waiting } = operator;
  const last = state ? `${bytes(state.size_bytes)}, ${short(state.keys)} keys` : waiting !== null ? `${short(waiting)} wait` : operator.rows_left_out ? `${short(operator.rows_left_out)} left out` : "";
  return [detail.startsWith(`${kind} `) ? detail.slice(kind.length + 1) : detail, `${short(operator.rows_out)} rows, ${short(Math.round(operator.rows_out_per_second))}/s${operator.late_rows > 0 ? `, ${short(operator.late_rows)} late` : ""}`, last];
}

const roleOf = (operator: OperatorInfo): string => (operator.kind === "sink" ? "sink" : operator.inputs.length === 0 ? "source" : operator.state ? "state" : "plain");
const cut = (text: string): string => (text.length > MostLetters ? `${text.slice(0, MostLetters - 1)}…` : text);

function subscribe(listener: () => void): () => void {
  const query = matchMedia(Narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
