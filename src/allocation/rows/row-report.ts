import { issue } from "../../core/issue.js";
import type { AllocateRowsIssue, RowId, RowIssue } from "./allocation-rows.js";

/** A table of a thousand faulty rows says all that a table of a million would. */
const MOST_ISSUES = 1000;

/** A row of the host, whose fields are not known yet. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Collects what is wrong with rows. */
export interface RowReport {
  /** What was found so far, at most a thousand issues. */
  readonly issues: AllocateRowsIssue[];
  /** Adds an issue. */
  readonly add: <Code extends RowIssue["code"]>(
    code: Code,
    path: readonly (string | number)[],
    params: Extract<RowIssue, { readonly code: Code }>["params"],
  ) => void;
}

/** Begins a report. */
export function rowReport(): RowReport {
  const issues: AllocateRowsIssue[] = [];
  return {
    issues,
    add: (code, path, params) => {
      if (issues.length < MOST_ISSUES) issues.push(issue(code, path, params) as AllocateRowsIssue);
    },
  };
}

/** A value as it may stand in an issue. */
export function foundText(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "undefined":
      return String(value).slice(0, 60);
    case "bigint":
      return `${String(value).slice(0, 60)}n`;
    default:
      if (value === null) return "null";
      return Object.prototype.toString.call(value) === "[object Date]" ? "Date" : typeof value;
  }
}

/** Says whether a value is a row at all. */
export function isRow(value: unknown): value is RawRow {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The lists of rows, which a host may have left out. */
export function listOf(value: unknown, path: string, report: RowReport): readonly unknown[] {
  if (Array.isArray(value)) return value;
  report.add("rows.bad_row", [path], { found: foundText(value) });
  return [];
}

/** Says whether a value can be an id. */
export function isId(value: unknown): value is RowId {
  return (typeof value === "string" && value !== "") || Number.isSafeInteger(value);
}

/**
 * Sees to it that the ids of a field are ids, of one kind and each there once. Ids in ascending order, as a primary key
 * gives them, need no look back.
 */
export interface IdColumn {
  /** Takes the id of the next row. */
  readonly take: (value: unknown, place: number) => void;
  /** Passes over what is no row. */
  readonly skip: () => void;
  /** Ends the column. */
  readonly end: () => void;
  /** Whether every id is greater than the one before. */
  readonly isAscending: () => boolean;
}

/** Begins a column of ids of the rows of a list. */
export function idColumn(rows: readonly unknown[], list: string, column: string, report: RowReport): IdColumn {
  let before: RowId | undefined;
  let isAscending = true;
  const kinds: IdKinds = { hasText: false, hasNumber: false };
  const skip = (): void => {
    isAscending = false;
  };
  return {
    skip,
    isAscending: () => isAscending,
    take: (value, place) => {
      if (!isIdNoted(value, kinds)) {
        report.add("rows.bad_id", [list, place, column], { column, found: foundText(value) });
        skip();
        return;
      }
      if (isAscending && before !== undefined) isAscending = isAfter(value, before);
      before = value;
    },
    end: () => {
      if (isMixed(kinds)) report.add("rows.mixed_ids", [list], { column });
      if (isAscending) return;
      const seen = new Set<RowId>();
      for (const [place, row] of rows.entries()) {
        const id = isRow(row) ? row[column] : undefined;
        if (!isId(id)) continue;
        if (seen.has(id)) report.add("rows.listed_twice", [list, place, column], { column, id });
        seen.add(id);
      }
    },
  };
}

/** Says whether an id comes after another of its kind. */
export function isAfter(id: RowId, before: RowId): boolean {
  return typeof id === typeof before && id > before;
}

/** What kinds of ids a field holds. */
export interface IdKinds {
  /** Whether there is a text. */
  hasText: boolean;
  /** Whether there is a number. */
  hasNumber: boolean;
}

/** Says whether a value can be an id, and notes of what kind it is. */
export function isIdNoted(value: unknown, kinds: IdKinds): value is RowId {
  if (!isId(value)) return false;
  if (typeof value === "string") kinds.hasText = true;
  else kinds.hasNumber = true;
  return true;
}

/** Says whether a field holds ids of both kinds. */
export function isMixed({ hasText, hasNumber }: IdKinds): boolean {
  return hasText && hasNumber;
}
