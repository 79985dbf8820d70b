import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";

/** What was granted; a refusal fails the test and shows its reasons. */
export function granted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`Refused: ${JSON.stringify(result.issues)}`);
  return result.value;
}

/** The reasons of a refusal; a grant fails the test. */
export function reasonsOf<Reason extends Issue>(result: Result<unknown, Reason>): readonly Reason[] {
  if (result.ok) throw new Error("Granted, although a refusal was expected.");
  return result.issues;
}

/** Code and place of each reason, for tests that do not look at the facts. */
export function whereOf(result: Result<unknown>): string[] {
  return reasonsOf(result).map(({ code, path }) => `${code} at ${path.join(".")}`);
}
