import type * as z from "zod";
import { report } from "./schema-check.js";
import { shortened } from "./schema-issue.js";

/**
 * Reports every member of a list whose key an earlier member has.
 *
 * @param context of the check
 * @param list members
 * @param of name of the key, for the issue
 * @param keyOf gives the key of a member, undefined when it has none
 * @param path from the checked value to the list
 * @param field field of the member that holds the key, when it is one field
 */
export function reportDuplicates<T>(
  context: z.core.ParsePayload,
  list: readonly T[],
  of: string,
  keyOf: (member: T) => string | number | undefined,
  path: readonly (string | number)[],
  field?: string,
): void {
  const seen = new Map<string | number, number>();
  list.forEach((member, index) => {
    const key = keyOf(member);
    if (key === undefined) return;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return;
    }
    const received = shortened(String(key).trim().replaceAll(/\n+/g, " "));
    report(context, member, "schema.duplicate", { of, received, first }, [
      ...path,
      index,
      ...(field === undefined ? [] : [field]),
    ]);
  });
}
