import type * as z from "zod";
import { ok, refuse, type Result } from "../core/result.js";
import { issuesFromZod } from "./issues-from-zod.js";
import { limitsOf, type ParseLimits, type ParseOptions } from "./parse-options.js";
import { readPlainData } from "./read-plain-data.js";
import { kindOf, type SchemaIssue } from "./schema-issue.js";

type Path = readonly (string | number)[];

/**
 * Parses one record: reads it as plain data, then holds it against its schema.
 *
 * **Rules**
 * 1. All issues are told at once, in the order of the input; beyond the limit, one more tells that there are more.
 * 2. The value is fresh: it shares nothing with the input.
 * 3. Nothing that the input does makes the parser throw.
 *
 * @param schema of the record
 * @param input anything
 * @param options unknown fields and limits
 * @returns the record, or why it is none
 * @throws RangeError for limits that are no limits
 *
 * **Source:** mission 4.13
 */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, options: ParseOptions): Result<T, SchemaIssue> {
  const limits = limitsOf(options);
  const issues: SchemaIssue[] = [];
  const parsed = parseRecord(schema, input, options, limits, [], issues);
  return parsed === undefined ? refuse(closed<SchemaIssue>(issues, limits)) : ok(parsed.value);
}

/**
 * Parses a list of records one by one, so that it costs no more than its records, and a million faults no more than the
 * first thousand.
 *
 * @param schema of one record
 * @param input anything
 * @param options unknown fields and limits
 * @param duplicatesOf finds what is wrong between well-formed records
 * @returns the records, or why they are none
 * @throws RangeError for limits that are no limits
 */
export function parseListWith<T>(
  schema: z.ZodType<T>,
  input: unknown,
  options: ParseOptions,
  duplicatesOf: (records: readonly T[]) => readonly SchemaIssue[] = () => [],
): Result<readonly T[], SchemaIssue> {
  const limits = limitsOf(options);
  const list = listOf(input, limits);
  if (!Array.isArray(list)) return refuse([list as SchemaIssue]);
  const issues: SchemaIssue[] = [];
  const records: T[] = [];
  for (let index = 0; index < list.length && issues.length <= limits.maxIssues; index++) {
    const parsed = parseRecord(schema, list[index], options, limits, [index], issues);
    if (parsed !== undefined) records.push(parsed.value);
  }
  if (issues.length === 0) issues.push(...duplicatesOf(records).slice(0, limits.maxIssues + 1));
  return issues.length === 0 ? ok(records) : refuse(closed<SchemaIssue>(issues, limits));
}

function parseRecord<T>(
  schema: z.ZodType<T>,
  input: unknown,
  options: ParseOptions,
  limits: ParseLimits,
  prefix: Path,
  issues: SchemaIssue[],
): { readonly value: T } | undefined {
  const plain = readPlainData(input, limits, prefix);
  issues.push(...plain.issues);
  let result = schema.safeParse(plain.value);
  // What zod does not know is taken out of our own copy until nothing unknown is left.
  while (options.unknownFields === "drop" && !result.success && dropUnknownFields(plain.value, result.error.issues)) {
    result = schema.safeParse(plain.value);
  }
  if (result.success) return plain.issues.length === 0 ? { value: result.data } : undefined;
  const refused = new Set(plain.issues.map(({ path }) => JSON.stringify(path)));
  for (const issue of issuesFromZod(result.error.issues, plain.value, prefix)) {
    if (refused.size === 0 || !isWithin(issue.path, refused)) issues.push(issue);
  }
  return undefined;
}

/** What reading has refused stands as null in the copy; the schema's complaint about that null would mislead. */
function isWithin(path: Path, refused: ReadonlySet<string>): boolean {
  for (let length = 0; length <= path.length; length++) {
    if (refused.has(JSON.stringify(path.slice(0, length)))) return true;
  }
  return false;
}

function dropUnknownFields(value: unknown, found: readonly z.core.$ZodIssue[]): boolean {
  let dropped = false;
  for (const issue of found) {
    if (issue.code !== "unrecognized_keys") continue;
    const owner = issue.path.reduce<unknown>((parent, step) => (parent as Record<PropertyKey, unknown>)[step], value);
    for (const field of issue.keys) Reflect.deleteProperty(owner as object, field);
    dropped = true;
  }
  return dropped;
}

/** A copy of the list itself, its members unread; or the issue that it is none. */
function listOf(input: unknown, limits: ParseLimits): readonly unknown[] | SchemaIssue {
  try {
    if (input === undefined) return { code: "schema.required", path: [], params: {} };
    if (!Array.isArray(input)) {
      return { code: "schema.wrong_type", path: [], params: { expected: "array", received: kindOf(input) } };
    }
    const { maxRecords: limit } = limits;
    const count = input.length;
    if (count > limit) return { code: "schema.too_many", path: [], params: { limit, count } };
    return Array.from({ length: count }, (_, index) => (input as readonly unknown[])[index]);
  } catch {
    return { code: "schema.unreadable", path: [], params: {} };
  }
}

/** No more issues than are listed, and one that tells that there are more. */
export function closed<Found>(
  issues: readonly Found[],
  { maxIssues: limit }: ParseLimits,
): readonly (Found | SchemaIssue)[] {
  if (issues.length <= limit) return issues;
  return [...issues.slice(0, limit), { code: "schema.more_issues", path: [], params: { limit } }];
}
