import type * as z from "zod";
import { kindOf, shortened, type SchemaIssue, type SchemaIssueCode, type SchemaIssueParams } from "./schema-issue.js";
import type { CarriedIssue } from "./schema-check.js";

type ZodIssue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** Kinds as zod calls them, in our words. */
const KINDS: Readonly<Record<string, string>> = { string: "text", record: "object", int: "whole number" };

/**
 * Turns what zod found into issues of ours.
 *
 * @param found issues of zod
 * @param value the value that was parsed, to tell a missing field from a wrong one
 * @param prefix path from what the host gave to the value
 * @returns one issue or more per issue of zod
 */
export function issuesFromZod(found: readonly ZodIssue[], value: unknown, prefix: Path): SchemaIssue[] {
  return found.flatMap((issue) => translate(issue, issue.path as Path, value, prefix));
}

function translate(issue: ZodIssue, path: Path, root: unknown, prefix: Path): SchemaIssue[] {
  const at = [...prefix, ...path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((field) => made("schema.unknown_field", [...at, field], { field: shortened(field) }));
  }
  const value = valueAt(root, path);
  if (value === undefined) return [made("schema.required", at, {})];
  switch (issue.code) {
    case "custom": {
      const { carried } = issue.params as { readonly carried: CarriedIssue };
      return [{ code: carried.code, path: at, params: carried.params } as SchemaIssue];
    }
    case "invalid_type":
      if (issue.expected === "int" && typeof value === "number") {
        return [made("schema.not_an_integer", at, { received: shortened(value) })];
      }
      return [wrongType(at, KINDS[issue.expected] ?? issue.expected, value)];
    case "invalid_value":
      return [notAllowed(at, issue.values, value)];
    case "invalid_union": {
      // zod lists the values of a discriminator without declaring them.
      const { options } = issue as { readonly options?: readonly unknown[] };
      return [options === undefined ? wrongType(at, "text or number", value) : notAllowed(at, options, value)];
    }
    case "too_small":
      if (issue.origin === "array")
        return [made("schema.too_few", at, { limit: issue.minimum as number, count: lengthOf(value) })];
      return [made("schema.out_of_range", at, { received: shortened(value), minimum: String(issue.minimum) })];
    case "too_big":
      if (issue.origin === "array")
        return [made("schema.too_many", at, { limit: issue.maximum as number, count: lengthOf(value) })];
      return [made("schema.out_of_range", at, { received: shortened(value), maximum: String(issue.maximum) })];
    case "invalid_key":
      // The name of a field in a record is at fault; its value is there, so the issue lands on the field.
      return issue.issues.flatMap((inner) => translate(inner, [], value, at));
    default:
      return [wrongType(at, issue.code, value)];
  }
}

function made<Code extends SchemaIssueCode>(code: Code, path: Path, params: SchemaIssueParams[Code]): SchemaIssue {
  return { code, path, params } as SchemaIssue;
}

function wrongType(path: Path, expected: string, value: unknown): SchemaIssue {
  return made("schema.wrong_type", path, { expected, received: kindOf(value) });
}

function notAllowed(path: Path, values: readonly unknown[], value: unknown): SchemaIssue {
  if (values.every((allowed) => typeof allowed === "string") && typeof value !== "string")
    return wrongType(path, "text", value);
  return made("schema.not_allowed", path, { received: shortened(value), allowed: values.map(String) });
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
