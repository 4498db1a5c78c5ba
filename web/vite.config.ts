import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockServer } from "./build/mockServer.ts";
import { precompress } from "./build/precompress.ts";
import { sizeBudget } from "./build/sizeBudget.ts";

export default defineConfig({
  plugins: [react(), mockServer(), sizeBudget({ initialGzipBytes: 120 * 1024 }), precompress()],
  build: {
    target: "es2022",
    // Data URIs would need a wider content security policy than default-src 'self'.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
