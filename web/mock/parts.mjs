// The rooms behind the page: jobs, flows, tables and runs of the mock.
import { chance, iso } from "./world.mjs";

const Jobs = ["campaign-stats", "product-sales", "revenue"];
const Flows = [
  { name: "build-marts", schedule: "*/15 * * * *", every: 15 * 60_000, takes: 21_400 },
  { name: "nightly-checks", schedule: "30 2 * * *", every: 86_400_000, takes: 64_000 },
  { name: "reload-reference", schedule: null, every: 7 * 3_600_000, takes: 3_100 },
];
const Tables = [
  ["raw.invoice_lines", 541_909, 42, 38_912_334], ["raw.ad_events", 2_310_442, 118, 96_210_443], ["staging.quarantine", 1_204, 3, 91_220],
  ["marts.fct_orders", 25_900, 6, 2_410_220], ["marts.dim_customers", 4_372, 1, 188_204], ["marts.campaign_views_10s", 88_310, 24, 5_902_118],
];
const Models = ["stg_invoices", "int_order_lines", "fct_orders", "dim_customers", "fct_campaign_day"];

/** @param {number} seed @param {number} now wall clock @param {number} eventNow @param {number} upMs */
export function streams(seed, now, eventNow, upMs) {
  return Jobs.map((name, index) => {
    const wave = chance(`${seed}s${name}${Math.floor(now / 1000)}`);
    return {
      name, state: "running", error: null,
      events_read: Math.round((upMs / 1000 + 3_600) * (1_450 - index * 420)), events_per_second: Math.round((1_450 - index * 420) * (0.88 + 0.24 * wave)),
      late_events: index === 0 ? 37 : index * 4, dead_events: index === 2 ? 11 : 0, lag: Math.round(wave * wave * 900),
      watermark: iso(eventNow - 2_000), checkpoint_id: 4_120 + Math.floor(upMs / 10_000), checkpoint_ms: 14 + Math.round(wave * 90) / 10,
      latency_p50_ms: 6 + Math.round(wave * 50) / 10, latency_p99_ms: 31 + Math.round(wave * wave * 420) / 10,
    };
  });
}

/**
 * A job with its graph: a filter and a deduplication, then a window with two sinks beside a lake table of all rows.
 * @param {ReturnType<typeof streams>[number]} job
 */
export function describe(job) {
  const { events_read: read, events_per_second: rate, watermark } = job;
  /** @param {number} id @param {string} kind @param {string} detail @param {number[]} inputs @param {object} more */
  const operator = (id, kind, detail, inputs, more) => ({
    id, kind, detail, inputs, name: null, rows_in: read, rows_out: read, rows_in_per_second: rate, rows_out_per_second: rate,
    waiting: null, watermark, late_rows: 0, rows_left_out: null, state: null, ...more,
  });
  const valid = Math.round(read * 0.97);
  const first = Math.round(read * 0.94);
  const results = Math.round(read / 600);
  return {
    ...job,
    diagnosis: `source-bound: workers 12 % busy, ${job.lag} records wait`,
    operators: [
      operator(0, "source", "topic ad_events", [], { waiting: job.lag }),
      operator(1, "where", "", [0], { rows_out: valid, rows_left_out: read - valid }),
      operator(2, "deduplicate", "within 00:10:00", [1], { rows_in: valid, rows_out: first, rows_left_out: valid - first, state: { keys: 184_220, size_bytes: 9_412_004, largest_shard_share: 0.26, largest_key_share: 0.01 } }),
      operator(3, "lookup", "campaigns", [2], { rows_in: first, rows_out: first, rows_left_out: 0 }),
      operator(4, "window", "tumbling 00:00:10", [3], { name: job.name, rows_in: first, rows_out: results, rows_out_per_second: rate / 600, late_rows: job.late_events, state: { keys: 88_310, size_bytes: 6_220_118, largest_shard_share: 0.27, largest_key_share: 0.31 } }),
      operator(5, "sink", "lake table raw.ad_events", [3], { rows_in: first, rows_out: first }),
      operator(6, "sink", `view ${job.name.replaceAll("-", "_")}_10s`, [4], { rows_in: results, rows_out: results, rows_in_per_second: rate / 600, rows_out_per_second: rate / 600 }),
      operator(7, "sink", "lake table marts.campaign_views_10s", [4], { rows_in: results, rows_out: results, rows_in_per_second: rate / 600, rows_out_per_second: rate / 600 }),
    ],
    partitions: [{ source: "ad_events", partition: 0, waiting: job.lag, watermark, is_idle: false, is_caught_up: job.lag === 0 }],
    busy_shares: [0.13, 0.11], busy_share: 0.12, held_share: 0, gc_share: 0.004,
    checkpoints: { last_ms: job.checkpoint_ms, longest_ms: 61.5, last_bytes: 48_220, state_bytes: 18_204_118 },
    settings: { workers: 0, checkpoint_interval: "00:00:01", lake_commit_interval: "00:01:00", idle_after: "00:00:05", retained_checkpoints: 3 },
  };
}

/** @param {number} seed @param {number} now */
export function flows(seed, now) {
  return Flows.map((flow) => ({ name: flow.name, schedule: flow.schedule, last_run: runsOf(seed, flow.name, now)[0] ?? null }));
}

/** @param {number} seed @param {string} name @param {number} now */
export function runsOf(seed, name, now) {
  const flow = Flows.find((candidate) => candidate.name === name);
  if (!flow) return [];
  return Array.from({ length: 12 }, (_, back) => {
    const started = Math.floor(now / flow.every - back) * flow.every;
    const failed = back > 0 && chance(`${seed}f${name}${started}`) > 0.9;
    const ended = started + flow.takes * (0.8 + 0.5 * chance(`${seed}d${started}`));
    const running = ended > now;
    return { id: `r-${(started / 1000).toString(36)}`, state: running ? "running" : failed ? "failed" : "succeeded", started_at: iso(started), ended_at: running ? null : iso(ended) };
  });
}

/** @param {number} now */
export function lake(now) {
  return Tables.map(([name, rows, files, size], index) => ({ table: name, version: 40 + index * 17 + Math.floor((now / 60_000) % 1000), rows, files, bytes: size }));
}

/** @param {number} seed @param {number} now */
export function runs(seed, now) {
  const start = Math.floor(now / 60_000) * 60_000;
  return Array.from({ length: 40 }, (_, back) => {
    const model = Models[back % Models.length] ?? "";
    const at = start - back * 41_000;
    const failed = chance(`${seed}r${at}`) > 0.94;
    const kind = failed ? "Failed" : back % 7 === 6 ? "Skipped" : back % 2 ? "Started" : "Completed";
    return {
      kind, job: back % 4 === 3 ? `streams/${Jobs[back % 3]}` : `models/${model}`, run_id: `r-${(at / 1000).toString(36)}`, at: iso(at),
      inputs: [`staging.${model}`], outputs: [`marts.${model}`],
      detail: failed ? { code: "LEAT4012", message: "test not_null failed on customer_id: 3 rows" } : { rows: String(1000 + Math.round(chance(`${seed}n${at}`) * 90_000)), seconds: (0.2 + chance(`${at}`) * 4).toFixed(2) },
    };
  });
}
