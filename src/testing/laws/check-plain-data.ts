import type { LawViolation } from "./law-violation.js";

/**
 * Checks that a value is plain data: that JSON carries it there and back unchanged. Found are, with their path:
 * undefined, functions, symbols, bigints, NaN, infinities, minus zero, holes, circles, and every object that is neither
 * a list nor a plain record.
 *
 * @param value any value
 * @param path of the value, for the report
 * @returns every violation; empty when the value is plain
 * @example
 * ```ts
 * import { anyOrder, checkPlainData } from "ordercycle/testing";
 * checkPlainData(anyOrder()); // => []
 * checkPlainData({ lines: [{ note: undefined }] })[0]?.at; // => "$.lines[0].note"
 * ```
 */
export function checkPlainData(value: unknown, path = "$"): LawViolation[] {
  return plainness(value, path, new Set());
}

const LAW = "plain data survives JSON";

/** `above` holds the records and lists around the value; it is the same again afterwards. */
function plainness(value: unknown, path: string, above: Set<unknown>): LawViolation[] {
  const oddity = oddityOf(value, above);
  if (oddity !== undefined) return [{ law: LAW, at: path, expected: "plain data", found: oddity }];
  if (typeof value !== "object" || value === null) return [];
  above.add(value);
  const found = Array.isArray(value)
    ? Array.from(value as readonly unknown[], (element, place) => plainness(element, `${path}[${place}]`, above)).flat()
    : Object.entries(value).flatMap(([key, field]) => plainness(field, `${path}.${key}`, above));
  above.delete(value);
  return found;
}

/** What JSON would lose or refuse of a value, its own fields left aside. */
function oddityOf(value: unknown, above: ReadonlySet<unknown>): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "-0";
    return Number.isFinite(value) ? undefined : String(value);
  }
  if (typeof value !== "object") return typeof value;
  if (above.has(value)) return "a circle";
  if (Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return "an instance";
  return Reflect.ownKeys(value).length > Object.keys(value).length ? "a hidden field" : undefined;
}
