const FirstMs = 500;
const LongestMs = 15_000;

/** Wait before the n-th try after a failure (n from 1): doubling, capped, with up to a quarter of jitter so that tabs do not return together. */
export function backoffMs(attempt: number, jitter: number): number {
  const base = Math.min(LongestMs, FirstMs * 2 ** Math.min(attempt - 1, 10));
  return Math.round(base * (1 - 0.25 * jitter));
}
