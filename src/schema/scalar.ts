import * as z from "zod";

/**
 * Builds the schema of a value that the core reads. A check that sets the value costs a third of a transformation, and
 * records consist mostly of such values.
 *
 * @param read looks at the value, and puts what it reads in its place or reports why it cannot
 * @returns a schema that gives what was put there
 */
export function scalar<T>(read: (context: z.core.ParsePayload) => void): z.ZodType<T> {
  return z.unknown().check(read) as z.ZodType as z.ZodType<T>;
}
