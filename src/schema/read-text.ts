import * as z from "zod";
import { report } from "./schema-check.js";
import { kindOf, shortened, type SchemaIssueCode, type SchemaIssueParams } from "./schema-issue.js";

/** Codes that tell no more than the text that came. */
type ReceivedCode = {
  [Code in SchemaIssueCode]: SchemaIssueParams[Code] extends { readonly received: string }
    ? { readonly received: string } extends SchemaIssueParams[Code]
      ? Code
      : never
    : never;
}[SchemaIssueCode];

/**
 * Builds the transformation of a text into a value of the core.
 *
 * @param code of the issue when the text is no such value
 * @param parse gives the value, or undefined
 * @returns a transformation for zod
 */
export function readText<T>(
  code: ReceivedCode,
  parse: (text: string) => T | undefined,
): (input: unknown, context: z.core.$RefinementCtx) => T {
  return (input, context) => {
    if (typeof input === "string") {
      const value = parse(input);
      if (value !== undefined) return value;
      report(context, input, code, { received: shortened(input) });
    } else {
      report(context, input, "schema.wrong_type", { expected: "text", received: kindOf(input) });
    }
    return z.NEVER;
  };
}
