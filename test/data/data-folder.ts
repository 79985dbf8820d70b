import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { csvRecords } from "../../src/interchange/csv-records.js";
import type { CsvRecord } from "../../src/interchange/csv-table.js";
import { parseCsv } from "../../src/interchange/parse-csv.js";

const folder = path.resolve(import.meta.dirname, "../..", process.env.ORDERCYCLE_DATA ?? "../shared/data");

/** A data set that lies outside the repository: where it is, and whether it is there. */
export interface DataSet {
  /** The folder. */
  readonly folder: string;
  /** Whether its tests must be skipped. */
  readonly isAbsent: boolean;
  /** Title of its tests, which says what to do when they are skipped. */
  readonly title: (what: string) => string;
}

/** Finds a data set under the folder that ORDERCYCLE_DATA names. */
export function dataSet(name: string): DataSet {
  const own = path.join(folder, name);
  const isAbsent = !existsSync(own);
  const hint = isAbsent ? ` [skipped: no ${own}; set ORDERCYCLE_DATA to the folder of the data sets]` : "";
  return { folder: own, isAbsent, title: (what) => `${name}: ${what}${hint}` };
}

/** Reads a text file, compressed or not. */
export function readText(file: string): string {
  const content = readFileSync(file);
  return (file.endsWith(".gz") ? gunzipSync(content) : content).toString("utf8");
}

/** Reads a CSV file that must not have a single bad row. */
export function readRecords(file: string): CsvRecord[] {
  const parsed = parseCsv(readText(file));
  if (!parsed.ok || parsed.value.rejected.length > 0) throw new Error(`${file} is damaged: ${JSON.stringify(parsed)}`);
  return csvRecords(parsed.value);
}
