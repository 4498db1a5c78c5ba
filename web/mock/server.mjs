// Serves web/dist and the mock of the contract on one loopback port: `node mock/server.mjs [--port 0] [--time replay|live] [--without view,view] [--empty]`.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createMock } from "./routes.mjs";

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, time: { type: "string", default: "replay" }, without: { type: "string", default: "" }, empty: { type: "boolean", default: false } },
});
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const types = /** @type {Record<string, string>} */ ({ ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" });
const mock = createMock({ time: values.time === "live" ? "live" : "replay", without: values.without.split(",").filter(Boolean), empty: values.empty });

const server = createServer((request, response) => {
  if (!mock.handle(request, response))
    file(request, response).catch((/** @type {Error} */ error) => {
      response.writeHead(500, { "content-type": "text/plain" });
      response.end(error.message);
    });
});

/** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
async function file(request, response) {
  const path = normalize(new URL(request.url ?? "/", "http://mock").pathname).replace(/^(\.\.[/\\])+/, "");
  const asked = join(dist, path);
  const found = extname(path) && existsSync(asked) ? asked : join(dist, "index.html");
  const brotli = String(request.headers["accept-encoding"]).includes("br") && existsSync(`${found}.br`);
  response.writeHead(200, {
    "content-type": types[extname(found)] ?? "application/octet-stream",
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    ...(brotli ? { "content-encoding": "br" } : {}),
  });
  response.end(await readFile(brotli ? `${found}.br` : found));
}

server.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`listening on http://127.0.0.1:${address.port}`);
});
process.on("SIGTERM", () => {
  mock.close();
  server.close();
  process.exit(0);
});
