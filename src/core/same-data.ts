/**
 * Says whether two pieces of plain data are the same, whatever the sequence of the fields in their records: data bases
 * and message queues do not keep it.
 *
 * @returns true when both would be read alike
 */
export function isSameData(a: unknown, b: unknown): boolean {
  return a === b || inOneOrder(a) === inOneOrder(b);
}

function inOneOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
