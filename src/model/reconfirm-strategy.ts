/**
 * What a re-confirmation run may do with what a demand has.
 *
 * | strategy | the demand … | served |
 * |---|---|---|
 * | `skip` | stays as it is | before all |
 * | `win` | gets all it asks for, else it is an exception | first |
 * | `gain` | keeps at least what it has and may get more, else it is an exception | second |
 * | `improve` | should keep what it has and may get more | third |
 * | `redistribute` | may get more or less, as its turn comes | fourth |
 * | `fill` | never gets more; keeps what is left for it | fifth |
 * | `lose` | gives up all it has | – |
 *
 * **Source:** mission 9.18; definition B8
 */
export type ReconfirmStrategy = "skip" | "win" | "gain" | "improve" | "redistribute" | "fill" | "lose";

/** All strategies, in the order in which they are served; `lose` is served last, that is not at all. */
export const RECONFIRM_STRATEGIES: readonly ReconfirmStrategy[] = [
  "skip",
  "win",
  "gain",
  "improve",
  "redistribute",
  "fill",
  "lose",
];
