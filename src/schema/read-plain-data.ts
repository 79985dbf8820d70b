import { shortened, type SchemaIssue, type SchemaIssueCode, type SchemaIssueParams } from "./schema-issue.js";
import type { ParseLimits } from "./parse-options.js";

/** What reading found: a copy of all that is plain data, and what is wrong with the rest. */
export interface PlainData {
  /** A fresh copy; what was refused is replaced by null or left out. */
  readonly value: unknown;
  /** What was refused; empty when all is plain data. */
  readonly issues: readonly SchemaIssue[];
}

interface Reading {
  readonly limits: ParseLimits;
  readonly issues: SchemaIssue[];
  readonly path: (string | number)[];
  readonly ancestors: object[];
  values: number;
}

/** What stands in the copy for a value that was refused. */
const REFUSED = null;

/**
 * Reads a value of unknown origin once, and copies from it what JSON could carry.
 *
 * **Rules**
 * 1. Lists longer, objects wider, texts longer and nesting deeper than the limits are not read further.
 * 2. A value that contains itself is refused; one that merely stands in two places is copied twice.
 * 3. Dates, maps, instances of classes, functions, symbols and big integers are not plain data; NaN and Infinity are not
 *    numbers of JSON.
 * 4. `__proto__`, `constructor` and `prototype` are no names of fields.
 * 5. Text must be well formed: half of a surrogate pair cannot be stored or sent.
 * 6. A field with the value undefined is absent.
 * 7. A value that throws when it is read is refused, not passed on.
 *
 * @param input anything
 * @param limits how much is read
 * @param path where the input stands, for the issues
 * @returns the copy and the issues; time and space are linear in what the limits let in
 *
 * **Source:** mission 4.13
 */
export function readPlainData(input: unknown, limits: ParseLimits, path: readonly (string | number)[] = []): PlainData {
  const reading: Reading = { limits, issues: [], path: [...path], ancestors: [], values: 0 };
  const value = read(reading, input, undefined);
  return { value, issues: reading.issues };
}

function read(reading: Reading, input: unknown, name: string | undefined): unknown {
  reading.values += 1;
  switch (typeof input) {
    case "string":
      return readText(reading, input);
    case "number":
      if (!Number.isFinite(input)) return refuse(reading, "schema.not_finite", { received: String(input) });
      // JSON has no negative zero; kept, it would differ from what is read back.
      return input === 0 ? 0 : input;
    case "boolean":
    case "undefined":
      return input;
    case "object":
      return input === null ? null : readContainer(reading, input, name);
    default:
      return refuse(reading, "schema.wrong_type", { expected: "plain data", received: typeof input });
  }
}

function readText(reading: Reading, text: string): unknown {
  const limit = reading.limits.maxTextLength;
  if (text.length > limit) return refuse(reading, "schema.too_long", { limit, length: text.length });
  return isWellFormed(text) ? text : refuse(reading, "schema.lone_surrogate", {});
}

/** Most text is short and has no surrogates at all; only the rest is worth the slower question. */
function isWellFormed(text: string): boolean {
  if (text.length > 64) return !/\p{Surrogate}/u.test(text);
  for (let index = 0; index < text.length; index++) {
    if ((text.charCodeAt(index) & 0xf800) === 0xd800) return !/\p{Surrogate}/u.test(text);
  }
  return true;
}

function readContainer(reading: Reading, input: object, name: string | undefined): unknown {
  if (reading.ancestors.includes(input)) return refuse(reading, "schema.cycle", {});
  const limit = reading.limits.maxDepth;
  if (reading.ancestors.length >= limit) return refuse(reading, "schema.too_deep", { limit });
  const depth = reading.path.length;
  reading.ancestors.push(input);
  let copy: unknown;
  // Getters and proxies run code of the input; whatever it throws is the input's fault, not the caller's.
  try {
    copy = Array.isArray(input) ? readList(reading, input, name) : readObject(reading, input);
  } catch {
    reading.path.length = depth;
    copy = refuse(reading, "schema.unreadable", {});
  }
  reading.ancestors.pop();
  return copy;
}

function readList(reading: Reading, list: readonly unknown[], name: string | undefined): unknown {
  const limit = name === "lines" ? reading.limits.maxLines : reading.limits.maxItems;
  const count = list.length;
  if (count > limit) return refuse(reading, "schema.too_many", { limit, count });
  if (reading.values + count > reading.limits.maxValues) return refuseRest(reading, count);
  const copy: unknown[] = [];
  for (let index = 0; index < count; index++) {
    reading.path.push(index);
    copy.push(read(reading, list[index], undefined));
    reading.path.pop();
  }
  return copy;
}

function readObject(reading: Reading, input: object): unknown {
  if (!isPlainObject(input))
    return refuse(reading, "schema.wrong_type", { expected: "plain data", received: "instance of a class" });
  const names = Object.keys(input);
  const { maxFields: limit } = reading.limits;
  if (names.length > limit) return refuse(reading, "schema.too_many", { limit, count: names.length });
  if (reading.values + names.length > reading.limits.maxValues) return refuseRest(reading, names.length);
  const copy: Record<string, unknown> = {};
  for (const name of names) {
    reading.path.push(name);
    if (isFieldName(reading, name)) {
      const value = read(reading, (input as Record<string, unknown>)[name], name);
      if (value !== undefined) copy[name] = value;
    }
    reading.path.pop();
  }
  return copy;
}

/** Refuses a name that no field may have; the issue shows no more of it than it must. */
function isFieldName(reading: Reading, name: string): boolean {
  const limit = reading.limits.maxNameLength;
  const isForbidden = name === "__proto__" || name === "constructor" || name === "prototype";
  if (!isForbidden && name.length <= limit && isWellFormed(name)) return true;
  reading.path[reading.path.length - 1] = shortened(name);
  if (isForbidden) refuse(reading, "schema.forbidden_field", { field: name });
  else if (name.length > limit) refuse(reading, "schema.too_long", { limit, length: name.length });
  else refuse(reading, "schema.lone_surrogate", {});
  return false;
}

/** The prototype may come from another realm (a frame, a test runner), so it is known by having none itself. */
function isPlainObject(input: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(input);
  return (
    prototype === null ||
    (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "hasOwnProperty"))
  );
}

function refuseRest(reading: Reading, count: number): unknown {
  return refuse(reading, "schema.too_many", { limit: reading.limits.maxValues, count: reading.values + count });
}

function refuse<Code extends SchemaIssueCode>(reading: Reading, code: Code, params: SchemaIssueParams[Code]): unknown {
  // More than the limit are never shown, but one more tells that there are more.
  if (reading.issues.length <= reading.limits.maxIssues) {
    reading.issues.push({ code, path: [...reading.path], params } as SchemaIssue);
  }
  return REFUSED;
}
