import type { HttpProxy, Plugin } from "vite";
import { createMock } from "../mock/routes.mjs";

/** Answers `/v1` in `npm run dev` with the mock; set LEAT_SERVER=http://127.0.0.1:4310 to use a running Leat instead. Never part of a build. */
export function mockServer(): Plugin {
  return {
    name: "leat-mock-server",
    apply: "serve",
    config() {
      const target = process.env["LEAT_SERVER"];
      if (!target) return {};
      // Leat checks Host and Origin; the development server stands in for the page it serves itself.
      const configure = (proxy: HttpProxy.ProxyServer): void => void proxy.on("proxyReq", (request) => request.removeHeader("origin"));
      return { server: { proxy: { "/v1": { target, changeOrigin: true, configure } } } };
    },
    configureServer(server) {
      if (process.env["LEAT_SERVER"] || process.env["VITEST"]) return;
      const mock = createMock({});
      server.middlewares.use((request, response, next) => {
        if (!mock.handle(request, response)) next();
      });
    },
  };
}
