// Leat's HTTP contract (DESIGN section 7), answered from a seeded world. For `npm run dev` and tests; never part of a build.
import { describe, flows, lake, runs, runsOf, streams } from "./parts.mjs";
import { Products, Views, rowsOf } from "./world.mjs";

const ReplayStart = Date.UTC(2010, 11, 1, 11, 30);
const FrameMs = 500;

/**
 * @typedef {object} MockOptions
 * @property {number} [seed] same seed, same numbers
 * @property {"replay" | "live"} [time] replay: event time starts in December 2010 and runs 20 times faster; live: event time is now
 * @property {string[]} [without] views that are not there
 * @property {boolean} [empty] views without rows, nothing run yet
 */

/** @param {MockOptions} options */
export function createMock({ seed = 4711, time = "replay", without = [], empty = false }) {
  const started = Date.now();
  const eventNow = () => (time === "replay" ? ReplayStart + (Date.now() - started) * 20 : Date.now());
  const views = Views.filter((view) => !without.includes(view.name));
  const sse = new Set();

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response @returns {boolean} whether the path is one of the contract */
  function handle(request, response) {
    const url = new URL(request.url ?? "/", "http://mock");
    const [root, room, name, verb] = url.pathname.split("/").filter(Boolean);
    if (root !== "v1") return false;
    if (room === "views" && name) view(name, verb, url, request, response);
    else if (room === "sql" && request.method === "POST") readBody(request).then((body) => sql(body, response), () => problem(response, 400, "LEAT6003", "the body is not JSON", "body", "send {\"sql\": \"...\"}"));
    else plain(room, name, verb, response);
    return true;
  }

  /** @param {string | undefined} room @param {string | undefined} name @param {string | undefined} verb @param {import("node:http").ServerResponse} response */
  function plain(room, name, verb, response) {
    const now = Date.now();
    if (room === "project") return json(response, { name: "storefront", version: "0.1.0", target: "dev", started: new Date(started).toISOString(), now: new Date(now).toISOString(), links: {} });
    if (room === "views") return json(response, { views: views.map((v) => ({ view: v.name, columns: columnsOf(v), key_columns: v.columns.findIndex(([column]) => column === "window_start"), windowed: true, checkpoint_id: 4_120 })) });
    if (room === "streams" && name) return one(decodeURIComponent(name), now, response);
    if (room === "streams") return json(response, { streams: empty ? [] : streams(seed, now, eventNow(), now - started) });
    if (room === "flows" && name && verb === "runs") return json(response, { runs: empty ? [] : runsOf(seed, decodeURIComponent(name), now) });
    if (room === "flows") return json(response, { flows: empty ? [] : flows(seed, now) });
    if (room === "lake") return json(response, { tables: empty ? [] : lake(now) });
    if (room === "runs") return json(response, { runs: empty ? [] : runs(seed, now) });
    return problem(response, 404, "LEAT6001", `no such address: /v1/${room}`, `/v1/${room}`, "see /openapi.json");
  }

  /** @param {string} name @param {number} now @param {import("node:http").ServerResponse} response */
  function one(name, now, response) {
    const job = streams(seed, now, eventNow(), now - started).find((candidate) => candidate.name === name);
    return job ? json(response, describe(job)) : problem(response, 404, "LEAT6031", `stream '${name}' is not known`, `/v1/streams/${name}`, "see /v1/streams");
  }

  /** @param {string} name @param {string | undefined} verb @param {URL} url @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  function view(name, verb, url, request, response) {
    const found = views.find((candidate) => candidate.name === name);
    if (!found) return problem(response, 404, "LEAT6010", `view '${name}' is not known; views are ${views.map((v) => v.name).join(", ")}`, `/v1/views/${name}`, `start the stream job that fills it, or add .ToView("${name}") to one`);
    if (verb === "live") return live(found, url, request, response);
    return json(response, { view: name, ...head(found), columns: columnsOf(found), rows: newest(found, limitOf(url)) });
  }

  /** @param {typeof Views[number]} found @param {number} limit */
  const newest = (found, limit) => (empty ? [] : rowsOf(found, seed, eventNow() - found.size * found.windows, eventNow(), limit));

  /** @param {typeof Views[number]} found @param {URL} url @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  function live(found, url, request, response) {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    let sequence = 0;
    let last = eventNow();
    /** @param {object} frame */
    const send = (frame) => response.write(`event: rows\nid: ${sequence}\ndata: ${JSON.stringify({ sequence, ...head(found), ...frame })}\n\n`);
    send({ snapshot: true, columns: columnsOf(found), latency_ms: null, rows: newest(found, limitOf(url)) });
    const timer = setInterval(() => {
      sequence++;
      const rows = empty ? [] : rowsOf(found, seed, last, eventNow(), 500);
      last = eventNow();
      send({ snapshot: false, latency_ms: 8 + (sequence % 7), rows });
    }, FrameMs);
    sse.add(response);
    request.on("close", () => {
      clearInterval(timer);
      sse.delete(response);
    });
  }

  /** @param {typeof Views[number]} found */
  function head(found) {
    return { consistency: found.name === "revenue_per_country" ? "committed" : "fresh", checkpoint_id: 4_120 + Math.floor((Date.now() - started) / 10_000), as_of: empty ? null : new Date(eventNow() - 2_000).toISOString() };
  }

  return { handle, close: () => sse.forEach((/** @type {any} */ response) => response.end()) };
}

/** @param {URL} url */
const limitOf = (url) => Math.min(10_000, Number(url.searchParams.get("limit") ?? 1000));
/** @param {typeof Views[number]} view */
const columnsOf = (view) => view.columns.map(([name, type]) => ({ name, type }));

/** @param {any} body @param {import("node:http").ServerResponse} response */
function sql(body, response) {
  const text = String(body.sql ?? "").trim();
  const table = /from\s+([\w.]+)/i.exec(text)?.[1];
  if (table && !/product|fct_orders|raw\./i.test(table))
    return problem(response, 400, "LEAT1504", `table '${table}' does not exist; did you mean 'marts.fct_orders'?`, `line 1, column ${text.indexOf(table) + 1}`, "use one of the tables at /lake or the views at /v1/views");
  if (!/^(select|with|from|describe|show|summarize|explain)\b/i.test(text))
    return problem(response, 400, "LEAT1502", "only reading statements run here", "line 1, column 1", "use SELECT; writes belong in models and jobs");
  const rows = Products.map(([code, product, price], index) => [code, product, String(price), 420 - index * 31, index % 5 === 4 ? null : true]);
  const limit = Number(body.limit ?? 1000);
  const columns = [["stock_code", "VARCHAR"], ["product", "VARCHAR"], ["price", "DECIMAL(9,2)"], ["sold", "BIGINT"], ["in_stock", "BOOLEAN"]].map(([name, type]) => ({ name, type }));
  return json(response, { columns, rows: rows.slice(0, limit), truncated: rows.length > limit });
}

/** @param {import("node:http").IncomingMessage} request */
async function readBody(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

/** @param {import("node:http").ServerResponse} response @param {unknown} value */
function json(response, value) {
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(value));
}

/** @param {import("node:http").ServerResponse} response @param {number} status @param {string} code @param {string} title @param {string} where @param {string} fix */
function problem(response, status, code, title, where, fix) {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: `urn:leat:error:${code}`, code, title, detail: title, where, fix, status }));
}
