import type * as z from "zod";
import { scalar } from "./scalar.js";
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
 * Builds the schema of a text that the core reads.
 *
 * @param code of the issue when the text is no such value
 * @param parse gives the value, or undefined
 * @returns a schema that gives the value
 */
export function readText<T>(code: ReceivedCode, parse: (text: string) => T | undefined): z.ZodType<T> {
  return scalar<T>((context) => {
    const input = context.value;
    if (typeof input !== "string") {
      report(context, input, "schema.wrong_type", { expected: "text", received: kindOf(input) });
      return;
    }
    const value = parse(input);
    if (value === undefined) report(context, input, code, { received: shortened(input) });
    else context.value = value;
  });
}
