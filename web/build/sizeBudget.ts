import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** Fails the build when the script that the first page needs (the entry and what it imports at once) is larger than promised. */
export function sizeBudget(options: { initialGzipBytes: number }): Plugin {
  return {
    name: "leat-size-budget",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output): output is Rollup.OutputChunk => output.type === "chunk");
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const initial = new Set<string>();
      const visit = (name: string): void => {
        if (initial.has(name)) return;
        initial.add(name);
        byName.get(name)?.imports.forEach(visit);
      };
      chunks.filter((chunk) => chunk.isEntry).forEach((chunk) => visit(chunk.fileName));

      const bytes = [...initial].reduce((sum, name) => sum + gzipSync(byName.get(name)?.code ?? "").length, 0);
      if (bytes > options.initialGzipBytes)
        this.error(`initial script is ${bytes} bytes gzip, the budget is ${options.initialGzipBytes}: load by route or when visible (${[...initial].join(", ")})`);
      this.info(`initial script: ${(bytes / 1024).toFixed(1)} kB gzip of ${(options.initialGzipBytes / 1024).toFixed(0)} kB`);
    },
  };
}
