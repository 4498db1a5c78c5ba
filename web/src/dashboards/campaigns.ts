import type { Row } from "../api/contract";
import type { ViewState } from "../live/viewState";
import { parseUtc } from "../format/times";
import { numberOf, reader } from "./columns";
import { Storefront } from "./storefront";

const WindowMs = 10_000;

export interface CampaignWindow { readonly impressions: number; readonly clicks: number; readonly spend: number }
export interface CampaignLine {
  readonly name: string;
  /** The newest window that is over. */
  readonly last: CampaignWindow;
  /** Sums over the windows of the trend. */
  readonly recent: CampaignWindow;
  /** Impressions by window, oldest first; windows without a row are 0. */
  readonly trend: readonly number[];
}
export interface CampaignTable { readonly lines: readonly CampaignLine[]; readonly windowStart: number; readonly windows: number }

/** Clicks over impressions; null without impressions. */
export const clickRate = (window: CampaignWindow): number | null => (window.impressions > 0 ? window.clicks / window.impressions : null);

const Zero: CampaignWindow = { impressions: 0, clicks: 0, spend: 0 };
const add = (left: CampaignWindow, right: CampaignWindow): CampaignWindow => ({ impressions: left.impressions + right.impressions, clicks: left.clicks + right.clicks, spend: left.spend + right.spend });

/** One line a campaign from the rows of the 10-second view; null when there are none. */
export function campaignTable(state: ViewState): CampaignTable | null {
  const { view, key, impressions, clicks, spend, windows } = Storefront.campaigns;
  if (state.rows.size === 0) return null;
  const read = {
    key: reader(state.columns, key, view), start: reader(state.columns, ["window_start"], view), impressions: reader(state.columns, impressions, view),
    clicks: reader(state.columns, clicks, view), spend: reader(state.columns, spend, view),
  };
  const numbers = (row: Row): CampaignWindow => ({ impressions: numberOf(read.impressions(row)), clicks: numberOf(read.clicks(row)), spend: numberOf(read.spend(row)) });

  const byCampaign = new Map<string, Map<number, CampaignWindow>>();
  let newest = 0;
  for (const row of state.rows.values()) {
    const name = String(read.key(row) ?? "(none)");
    const window = Math.floor((parseUtc(String(read.start(row))) ?? 0) / WindowMs);
    newest = Math.max(newest, window);
    const own = byCampaign.get(name) ?? new Map<number, CampaignWindow>();
    byCampaign.set(name, own.set(window, numbers(row)));
  }
  const shown = lastComplete(newest, state.asOf);
  const lines = [...byCampaign].map(([name, own]) => {
    const span = Array.from({ length: windows }, (_, index) => own.get(shown - windows + 1 + index) ?? Zero);
    return { name, last: own.get(shown) ?? Zero, recent: span.reduce(add, Zero), trend: span.map((window) => window.impressions) };
  });
  lines.sort((left, right) => right.recent.impressions - left.recent.impressions || left.name.localeCompare(right.name));
  return { lines, windowStart: shown * WindowMs, windows };
}

/** The newest window that the watermark has passed; without a watermark the newest there is. */
function lastComplete(newest: number, asOf: string | null): number {
  const watermark = parseUtc(asOf);
  return watermark === null ? newest : Math.min(newest, Math.floor(watermark / WindowMs) - 1);
}
