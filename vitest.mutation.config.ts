import { defineConfig } from "vitest/config";
import base from "./vitest.config.js";

/**
 * For `npm run mutation`: only the tests of the mutated folders, since a mutant in a decimal concerns every test there
 * is, and always the same cases, since a mutant must be caught by the test and not by luck. A caught mutant is not made
 * smaller: nobody reads the counterexample.
 */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["test/{core,model,lifecycle,allocation,pricing,exceptions,messages}/**/*.test.ts"],
    // Whatever they could catch, the grid and the plain interpreter catch sooner, and the small cases of their folder.
    exclude: ["test/pricing/promotions/promotion-laws.prop.test.ts", "test/lifecycle/many-holds.test.ts"],
    env: { ...base.test?.env, FC_SEED: "20261124", FC_RUNS: "200", FC_SHRINK: "no" },
  },
});
