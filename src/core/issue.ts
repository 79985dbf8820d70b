/**
 * One reason why something was refused: a stable code for programs, the place it concerns, and the facts a sentence needs.
 *
 * Sentences are made late, from code and params, in the reader's language.
 */
export interface Issue<Code extends string = string, Params = Readonly<Record<string, unknown>>> {
  /** Stable code of the form `step.reason`, for example `"cancel.already_picked"`. */
  readonly code: Code;
  /** Where in the input the reason lies, from the outside in: property names and list positions; empty for the whole. */
  readonly path: readonly (string | number)[];
  /** The facts of this case (ids, limits, amounts) as plain data; their shape belongs to the code. */
  readonly params: Params;
}

/**
 * The union of issues described by a map from code to the shape of its params.
 *
 * @example
 * ```ts
 * import { issue, type IssueOf } from "ordercycle";
 *
 * type CountIssue = IssueOf<{ "count.too_many": { readonly limit: number } }>;
 * const found: CountIssue = issue("count.too_many", ["rows"], { limit: 10 });
 * found.params.limit; // => 10
 * ```
 */
export type IssueOf<Map extends object> = {
  [Code in keyof Map & string]: Issue<Code, Map[Code]>;
}[keyof Map & string];

/**
 * Builds an issue whose params are typed by its code.
 *
 * @param code - stable code of the form `step.reason`
 * @param path - where in the input the reason lies, from the outside in; `[]` for the whole
 * @param params - the facts of this case as plain data
 * @returns the issue
 *
 * @example
 * ```ts
 * import { issue } from "ordercycle";
 *
 * issue("count.too_many", ["rows", 3], { limit: 10 });
 * // => {"code":"count.too_many","path":["rows",3],"params":{"limit":10}}
 * ```
 */
export function issue<const Code extends string, Params>(
  code: Code,
  path: readonly (string | number)[],
  params: Params,
): Issue<Code, Params> {
  return { code, path, params };
}
