import type { ReactNode } from "react";

const Width = 120;
const Height = 26;

/** A small line from 0 to the largest value, without axes; the label says what it shows. */
export function Sparkline({ values, label }: { readonly values: readonly number[]; readonly label: string }): ReactNode {
  const top = Math.max(...values, 1);
  const step = values.length > 1 ? Width / (values.length - 1) : 0;
  const points = values.map((value, index) => `${(index * step).toFixed(1)} ${(Height - 2 - (value / top) * (Height - 4)).toFixed(1)}`);
  return (
    <svg className="spark" viewBox={`0 0 ${Width} ${Height}`} width={Width} height={Height} preserveAspectRatio="none" role="img" aria-label={label}>
      <path className="spark-area" d={`M0 ${Height}L${points.join("L")}L${Width} ${Height}z`} />
      <path className="spark-line" d={`M${points.join("L")}`} />
    </svg>
  );
}
