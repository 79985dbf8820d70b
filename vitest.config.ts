import { defineConfig } from "vitest/config";

/** In CI the same cases every time; at a desk new ones every time, with the seed printed so that a failure can be repeated. */
const seed = process.env.FC_SEED ?? (process.env.CI ? "20261124" : String(Date.now() % 2 ** 31));
console.log(`fast-check seed ${seed} (repeat with FC_SEED=${seed})`);

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    env: { FC_SEED: seed, ORDERCYCLE_DATA: process.env.ORDERCYCLE_DATA ?? "../shared/data" },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
      thresholds: { lines: 99, statements: 99, functions: 99, branches: 95 },
    },
  },
});
