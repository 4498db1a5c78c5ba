const Day = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const Clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/** ISO text to milliseconds; text without an offset counts as UTC. Null when it is no time. */
export function parseUtc(text: string | null | undefined): number | null {
  if (!text) return null;
  const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text.replace(" ", "T")}Z`);
  return Number.isNaN(at) ? null : at;
}

const asMs = (at: string | number | null | undefined): number | null => (typeof at === "number" ? at : parseUtc(at));

/** 1 Dec 2010 12:41:10, in UTC */
export function dateTime(at: string | number | null | undefined): string {
  const ms = asMs(at);
  return ms === null ? "–" : `${Day.format(ms).replace("Sept", "Sep")} ${Clock.format(ms)}`;
}

/** 12:41:10, in UTC */
export function clock(at: string | number | null | undefined): string {
  const ms = asMs(at);
  return ms === null ? "–" : Clock.format(ms);
}

/** "now", "12 s ago", "4 min ago", "3 h ago", "2 d ago" */
export function ago(at: string | number | null | undefined, now: number): string {
  const ms = asMs(at);
  if (ms === null) return "–";
  const seconds = Math.max(0, Math.round((now - ms) / 1000));
  if (seconds < 2) return "now";
  if (seconds < 90) return `${seconds} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86_400)} d ago`;
}
