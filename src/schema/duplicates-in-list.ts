import { shortened, type SchemaIssue } from "./schema-issue.js";

/**
 * Finds the records of a list whose key an earlier record has.
 *
 * @param records well-formed records
 * @param of name of the key, for the issues
 * @param keyOf gives the key of a record
 * @returns one issue per record that stands twice
 */
export function duplicatesInList<T>(
  records: readonly T[],
  of: string,
  keyOf: (record: T) => string,
): readonly SchemaIssue[] {
  const seen = new Map<string, number>();
  const issues: SchemaIssue[] = [];
  records.forEach((record, index) => {
    const key = keyOf(record);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      issues.push({
        code: "schema.duplicate",
        path: [index],
        params: { of, received: shortened(namedParts(key)), first },
      });
  });
  return issues;
}

/** Keys are joined with line feeds, and the parts that a record leaves open are empty. */
function namedParts(key: string): string {
  return key
    .split("\n")
    .filter((part) => part !== "")
    .join(" ");
}
