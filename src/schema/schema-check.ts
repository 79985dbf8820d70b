import type * as z from "zod";
import type { SchemaIssue, SchemaIssueCode, SchemaIssueParams } from "./schema-issue.js";

/** An issue on its way through zod: zod adds the path in front. */
export interface CarriedIssue {
  /** Code of the issue. */
  readonly code: SchemaIssueCode;
  /** Its parameters. */
  readonly params: SchemaIssue["params"];
}

/** What zod hands to a check or a transformation: the place where issues are put. */
interface IssueSink {
  readonly issues: z.core.$ZodRawIssue[];
}

/**
 * Reports an issue of ours through zod.
 *
 * @param sink context of a check or transformation
 * @param input the value that is at fault
 * @param code code of the issue
 * @param params its parameters
 * @param path from the value that is checked to the field at fault
 */
export function report<Code extends SchemaIssueCode>(
  sink: IssueSink,
  input: unknown,
  code: Code,
  params: SchemaIssueParams[Code],
  path: readonly (string | number)[] = [],
): void {
  const carried: CarriedIssue = { code, params };
  sink.issues.push({ code: "custom", input, path: [...path], message: code, params: { carried } });
}
