import type { Issue } from "./issue.js";

/**
 * The answer to a request that may be refused: either the value, or every reason why not.
 *
 * A refusal always carries at least one issue.
 */
export type Result<T, I extends Issue = Issue> =
  | {
      /** The request was granted. */
      readonly ok: true;
      /** What was asked for. */
      readonly value: T;
    }
  | {
      /** The request was refused. */
      readonly ok: false;
      /** All reasons found, never empty. */
      readonly issues: readonly I[];
    };

/**
 * Grants a request.
 *
 * @param value - what was asked for
 * @returns the granted result
 *
 * @example
 * ```ts
 * import { ok } from "ordercycle";
 *
 * ok(7); // => {"ok":true,"value":7}
 * ```
 */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/**
 * Refuses a request with its reasons.
 *
 * **Rules**
 * 1. A refusal names at least one reason; an empty list is a bug of the calling program.
 *
 * @param issues - all reasons found, at least one
 * @returns the refused result
 * @throws TypeError when the list is empty
 *
 * @example
 * ```ts
 * import { issue, refuse } from "ordercycle";
 *
 * refuse([issue("count.too_many", [], { limit: 10 })]).ok; // => false
 * ```
 */
export function refuse<I extends Issue>(issues: readonly I[]): { readonly ok: false; readonly issues: readonly I[] } {
  if (issues.length === 0) throw new TypeError("A refusal needs at least one issue.");
  return { ok: false, issues };
}
