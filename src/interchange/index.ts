export { csvRecords } from "./csv-records.js";
export { importCsv, type CsvImportOutcome } from "./import-csv.js";
export { importRows, type ImportOutcome } from "./import-rows.js";
export { joinLines, type JoinedHeader, type JoinedLines, type JoinKeys, type UnjoinedRow } from "./join-lines.js";
export { parseCsv, type ParsedCsv } from "./parse-csv.js";
export { toCsv, type ToCsvOptions } from "./to-csv.js";

export {
  DEFAULT_CSV_LIMITS,
  type CsvIssue,
  type CsvLimits,
  type CsvOptions,
  type CsvRecord,
  type CsvRowIssue,
  type CsvSeparator,
  type CsvTable,
  type RejectedCsvRow,
  type RejectedRow,
} from "./csv-table.js";
