// A small seeded shop: every number is a pure function of (seed, window), so that two runs show the same page.

const Minute = 60_000;
const TenSeconds = 10_000;
const Hour = 60 * Minute;
const Day = 24 * Hour;

export const Products = [
  ["85123A", "WHITE HANGING HEART T-LIGHT HOLDER", 2.55], ["22423", "REGENCY CAKESTAND 3 TIER", 12.75], ["85099B", "JUMBO BAG RED RETROSPOT", 1.95],
  ["47566", "PARTY BUNTING", 4.95], ["84879", "ASSORTED COLOUR BIRD ORNAMENT", 1.69], ["22197", "POPCORN HOLDER", 0.85],
  ["22086", "PAPER CHAIN KIT 50'S CHRISTMAS", 2.95], ["84077", "WORLD WAR 2 GLIDERS ASSTD DESIGNS", 0.29], ["79321", "CHILLI LIGHTS", 5.75],
  ["22720", "SET OF 3 CAKE TINS PANTRY DESIGN", 4.95], ["23084", "RABBIT NIGHT LIGHT", 2.08], ["21137", "BLACK RECORD COVER FRAME", 3.75],
];
export const Countries = ["United Kingdom", "Netherlands", "EIRE", "Germany", "France", "Australia", "Spain", "Switzerland", "Belgium", "Norway"];
export const Campaigns = ["autumn-brand", "bags-retargeting", "cakestand-search", "christmas-early", "newsletter-social", "price-drop-video"];

/** @param {string} text @returns {number} in [0, 1) */
export function chance(text) {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822507);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 4294967296;
}

/** @param {number} at milliseconds @returns {number} how busy the shop is, 0.05 to 1 */
function busy(at) {
  const hour = (at % Day) / Hour;
  return Math.max(0.05, Math.exp(-(((hour - 12.5) / 4.2) ** 2)) * (0.85 + 0.15 * Math.sin(at / (17 * Minute))));
}

/** @param {number} at @param {number} size */
const floor = (at, size) => Math.floor(at / size) * size;
/** @param {number} at */
export const iso = (at) => new Date(at).toISOString();
/** @param {number} start @param {number} size @param {number} now how much of the window has passed */
const passed = (start, size, now) => Math.min(1, Math.max(0, (now - start) / size));

/**
 * @param {{ name: string, size: number, keys: string[], columns: [string, string][], windows: number, row: (seed: number, key: string, start: number, part: number) => unknown[] | null }} view
 */
const defined = (view) => view;

export const Views = [
  defined({
    name: "revenue_per_minute", size: Minute, keys: [""], windows: 1440,
    columns: [["window_start", "TIMESTAMP"], ["window_end", "TIMESTAMP"], ["revenue", "DECIMAL(18,3)"], ["orders", "BIGINT"], ["lines", "BIGINT"]],
    row(seed, _key, start, part) {
      const orders = Math.round(busy(start) * 14 * (0.55 + 0.9 * chance(`${seed}m${start}`)) * part);
      if (orders === 0) return null;
      const value = 14 + 13 * chance(`${seed}v${start}`) + (chance(`${seed}x${start}`) > 0.985 ? 60 : 0);
      return [iso(start), iso(start + Minute), (orders * value).toFixed(3), orders, orders * 3 + Math.round(chance(`${seed}l${start}`) * 9)];
    },
  }),
  defined({
    name: "revenue_per_country", size: Day, keys: Countries, windows: 7,
    columns: [["country", "VARCHAR"], ["window_start", "TIMESTAMP"], ["window_end", "TIMESTAMP"], ["revenue", "DECIMAL(18,3)"]],
    row(seed, key, start, part) {
      const rank = Countries.indexOf(key);
      const share = rank === 0 ? 1 : 0.16 / (rank * 0.6 + 0.8);
      return [key, iso(start), iso(start + Day), (31_000 * share * (0.8 + 0.4 * chance(`${seed}c${key}${start}`)) * part).toFixed(3)];
    },
  }),
  defined({
    name: "product_sales", size: Hour, keys: Products.map((product) => String(product[0])), windows: 12,
    columns: [["stock_code", "VARCHAR"], ["product", "VARCHAR"], ["window_start", "TIMESTAMP"], ["window_end", "TIMESTAMP"], ["revenue", "DECIMAL(18,3)"], ["quantity", "BIGINT"]],
    row(seed, key, start, part) {
      const index = Products.findIndex((product) => product[0] === key);
      const price = Number(Products[index]?.[2]);
      const quantity = Math.round((420 / (index + 2) / Math.sqrt(price)) * busy(start) * (0.6 + 0.8 * chance(`${seed}p${key}${start}`)) * part);
      return quantity === 0 ? null : [key, Products[index]?.[1], iso(start), iso(start + Hour), (quantity * price).toFixed(3), quantity];
    },
  }),
  defined({
    name: "campaign_stats_10s", size: TenSeconds, keys: Campaigns, windows: 60,
    columns: [["campaign", "VARCHAR"], ["window_start", "TIMESTAMP"], ["window_end", "TIMESTAMP"], ["impressions", "BIGINT"], ["clicks", "BIGINT"], ["spend", "DECIMAL(18,6)"]],
    row(seed, key, start, part) {
      const index = Campaigns.indexOf(key);
      const impressions = Math.round((1900 / (index + 1.4)) * (0.7 + 0.3 * Math.sin(start / 70_000 + index)) * (0.75 + 0.5 * chance(`${seed}i${key}${start}`)) * part);
      const clicks = Math.round(impressions * (0.006 + 0.004 * index) * (0.6 + 0.8 * chance(`${seed}k${key}${start}`)));
      return [key, iso(start), iso(start + TenSeconds), impressions, clicks, (impressions * 0.0021 + clicks * 0.04).toFixed(6)];
    },
  }),
];

/**
 * Rows of one view, newest window first.
 * @param {typeof Views[number]} view @param {number} seed @param {number} from @param {number} now @param {number} limit
 */
export function rowsOf(view, seed, from, now, limit) {
  const rows = [];
  for (let start = floor(now, view.size); start >= floor(from, view.size) && rows.length < limit; start -= view.size)
    for (const key of view.keys) {
      const row = view.row(seed, key, start, passed(start, view.size, now));
      if (row && rows.length < limit) rows.push(row);
    }
  return rows;
}
