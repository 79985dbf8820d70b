import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vitest.config.js";

/**
 * For `npm run mutation`: only the tests that run src itself, since a mutant never reaches the built package, and always
 * the same cases, since a mutant must be caught by the test and not by luck.
 */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      exclude: ["test/*.test.ts", "test/package/**", "test/bench/**", "examples/**"],
      env: { FC_SEED: "20261124" },
    },
  }),
);
