import fc from "fast-check";

/**
 * Property tests draw from the one seed that vitest.config.ts chose and printed; FC_RUNS asks for more cases,
 * FC_SHRINK=no for the first failure as it is.
 */
const runs = process.env.FC_RUNS;
fc.configureGlobal({
  seed: Number(process.env.FC_SEED),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
  endOnFailure: process.env.FC_SHRINK === "no",
});
