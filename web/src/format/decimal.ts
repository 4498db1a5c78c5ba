/** Exact sum of decimal strings; the answer has the largest scale among them. Empty: "0". */
export function sumDecimals(values: readonly string[]): string {
  let scale = 0;
  for (const value of values) scale = Math.max(scale, scaleOf(value));
  let sum = 0n;
  for (const value of values) sum += BigInt(value.replace(".", "") + "0".repeat(scale - scaleOf(value)));
  return place(sum, scale);
}

function scaleOf(value: string): number {
  const point = value.indexOf(".");
  return point < 0 ? 0 : value.length - point - 1;
}

function place(units: bigint, scale: number): string {
  if (scale === 0) return units.toString();
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
