import fc from "fast-check";

/** Property tests draw from the one seed that vitest.config.ts chose and printed; FC_RUNS asks for more cases. */
const runs = process.env.FC_RUNS;
fc.configureGlobal({
  seed: Number(process.env.FC_SEED),
  ...(runs === undefined ? {} : { numRuns: Number(runs) }),
});
