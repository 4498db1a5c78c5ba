const Whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const Two = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const Short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const None = "–";

export type Maybe = number | null | undefined;
const known = (value: Maybe): value is number => value !== null && value !== undefined && Number.isFinite(value);

/** 12,345 */
export const whole = (value: Maybe): string => (known(value) ? Whole.format(value) : None);
/** 12.3K; small numbers whole */
export const short = (value: Maybe): string => (known(value) ? (Math.abs(value) < 10_000 ? Whole.format(value) : Short.format(value)) : None);
/** £1,234.50; from 100,000 on without pence */
export const money = (value: Maybe, currency: string): string => (known(value) ? `${value < 0 ? "−" : ""}${currency}${(Math.abs(value) < 100_000 ? Two : Whole).format(Math.abs(value))}` : None);
/** £1.2K, for axes and bars; below a thousand whole */
export const shortMoney = (value: Maybe, currency: string): string => (known(value) ? `${value < 0 ? "−" : ""}${currency}${(Math.abs(value) < 1000 ? Whole : Short).format(Math.abs(value))}` : None);
/** 1.27 % from 0.0127 */
export const percent = (ratio: Maybe): string => (known(ratio) ? `${Two.format(ratio * 100)} %` : None);
/** 12 % from 0.12 */
export const share = (ratio: Maybe): string => (known(ratio) ? `${Whole.format(ratio * 100)} %` : None);
/** 8.4 ms, 120 ms, 1.2 s */
export function milliseconds(value: Maybe): string {
  if (!known(value)) return None;
  if (value >= 1000) return `${(value / 1000).toFixed(1)} s`;
  return value < 100 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}
/** 1.4 MB; powers of 1,000 */
export function bytes(value: Maybe): string {
  if (!known(value)) return None;
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  return `${step === 0 ? Whole.format(value) : (value / 1000 ** step).toFixed(1)} ${units[step]}`;
}
/** 0.2 s, 21 s, 4 min 12 s, 2 h 5 min */
export function duration(ms: Maybe): string {
  if (!known(ms) || ms < 0) return None;
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
