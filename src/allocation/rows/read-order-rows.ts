import type { RowId, RowNames, RowPolicy } from "./allocation-rows.js";
import type { LotsRead } from "./read-lot-rows.js";
import { NO_QUANTITY, unitsOf } from "./row-quantity.js";
import { roomFor, type UnitsColumn } from "../wide-units.js";
import {
  foundText,
  idColumn,
  isAfter,
  isId,
  isIdNoted,
  isRow,
  type IdKinds,
  type RawRow,
  type RowReport,
} from "./row-report.js";

/** Order rows with their lines, as columns in the order in which they came. */
export interface OrdersRead {
  /** Ids of the orders. */
  readonly orderNos: readonly RowId[];
  /** First line of each order; one entry more than orders. */
  readonly firstLine: Int32Array;
  /** Lines of orders that are not served as they stand, in the order in which they are. */
  readonly servedLines: ReadonlyMap<number, Int32Array>;
  /** Ids of the lines. */
  readonly lineIds: readonly RowId[];
  /** Item of each line; -1 for an item without any lot. */
  readonly lineItem: Int32Array;
  /** Row of nearness of each line. */
  readonly lineArea: Int32Array;
  /** Wanted units of each line, in its own decimals. */
  readonly lineUnits: UnitsColumn;
  /** Own decimals of each line; absent where all are whole. */
  readonly lineDecimals: Uint8Array | undefined;
  /** Step of each line in units of its own decimals; absent where none has one. */
  readonly lineQuantum: Float64Array | undefined;
  /** 1 for a line that is served in full or not at all; absent where there is none. */
  readonly lineAllOrNothing: Uint8Array | undefined;
}

/** Reads the orders and their lines, each once and as they come: their objects are far apart in memory. */
export function readOrderRows(
  rows: readonly unknown[],
  { names }: RowPolicy,
  areaNumbers: ReadonlyMap<string, number>,
  otherwise: number,
  { itemNumbers, itemDecimals }: LotsRead,
  kinds: IdKinds,
  report: RowReport,
): OrdersRead {
  const { orderNo, area, lines: listName } = { ...ORDER_NAMES, ...names?.order };
  const lineNames = { ...LINE_NAMES, ...names?.line };
  const { lineId, lineNo, itemCode, quantity, quantum, partialAllowed } = lineNames;
  const column = idColumn(rows, "orders", orderNo, report);
  const firstLine = new Int32Array(rows.length + 1);
  const servedLines = new Map<number, Int32Array>();
  const orderNos: RowId[] = [];
  const capacity = countLines(rows, listName);
  const lineIds = new Array<RowId>(capacity);
  const lineItem = new Int32Array(capacity);
  const lineArea = new Int32Array(capacity);
  let lineUnits: UnitsColumn = new Int32Array(capacity);
  let lineDecimals: Uint8Array | undefined;
  let lineQuantum: Float64Array | undefined;
  let lineAllOrNothing: Uint8Array | undefined;
  const read = { decimals: 0 };
  let count = 0;
  for (let place = 0; place < rows.length; place++) {
    firstLine[place] = count;
    const row = rows[place];
    if (!isRow(row)) {
      report.add("rows.bad_row", ["orders", place], { found: foundText(row) });
      column.skip();
      orderNos.push(Number.NaN);
      continue;
    }
    const ownNo = row[orderNo];
    column.take(ownNo, place);
    orderNos.push(ownNo as RowId);
    const ownArea = row[area];
    const areaNumber = (typeof ownArea === "string" ? areaNumbers.get(ownArea) : undefined) ?? otherwise;
    if (areaNumber < 0) report.add("rows.unknown_area", ["orders", place, area], { area: foundText(ownArea) });
    const lines = row[listName];
    if (!Array.isArray(lines)) {
      report.add("rows.bad_row", ["orders", place, listName], { found: foundText(lines) });
      continue;
    }
    const begin = count;
    const end = begin + lines.length;
    let before: RowId = -Infinity;
    let numberBefore = -Infinity;
    let areIdsAscending = true;
    let areNumbersAscending = true;
    for (let at = 0; at < lines.length; at++) {
      const current = count++;
      lineItem[current] = -1;
      lineArea[current] = areaNumber;
      const line: unknown = lines[at];
      if (!isRow(line)) {
        report.add("rows.bad_row", ["orders", place, listName, at], { found: foundText(line) });
        lineIds[current] = Number.NaN;
        continue;
      }
      const id = line[lineId];
      if (isId(id)) {
        if (at > 0 && !isAfter(id, before)) areIdsAscending = false;
        before = id;
        lineIds[current] = id;
      } else {
        report.add("rows.bad_id", ["orders", place, listName, at, lineId], { column: lineId, found: foundText(id) });
        lineIds[current] = Number.NaN;
      }
      const number = line[lineNo];
      if (number !== undefined && number !== null) {
        if (!Number.isSafeInteger(number)) {
          const found = foundText(number);
          report.add("rows.bad_id", ["orders", place, listName, at, lineNo], { column: lineNo, found });
        } else {
          if ((number as number) <= numberBefore) areNumbersAscending = false;
          numberBefore = number as number;
        }
      } else {
        // Lines without a number come after those with one, and stay as they stand.
        numberBefore = Infinity;
      }
      const units = unitsOf(line[quantity], read);
      if (units === NO_QUANTITY) {
        const found = foundText(line[quantity]);
        report.add("rows.bad_quantity", ["orders", place, listName, at, quantity], { column: quantity, found });
      }
      const item = line[itemCode];
      if (!isIdNoted(item, kinds)) {
        const found = foundText(item);
        report.add("rows.bad_id", ["orders", place, listName, at, itemCode], { column: itemCode, found });
        continue;
      }
      const itemNumber = itemNumbers.get(item);
      if (itemNumber !== undefined) lineItem[current] = itemNumber;
      if (Number.isNaN(units))
        report.add("rows.out_of_range", ["orders", place, listName, at, quantity], { itemCode: item });
      lineUnits = roomFor(units, lineUnits);
      lineUnits[current] = units;
      const step = line[quantum];
      if (step !== undefined && step !== null) {
        const own = read.decimals;
        const stepUnits = unitsOf(step, read);
        if (stepUnits === NO_QUANTITY || stepUnits === 0) {
          const found = foundText(step);
          report.add("rows.bad_quantity", ["orders", place, listName, at, quantum], { column: quantum, found });
        }
        const finest = Math.max(own, read.decimals);
        const wanted = units * 10 ** (finest - own);
        const whole = stepUnits * 10 ** (finest - read.decimals);
        if (!Number.isSafeInteger(wanted) || !Number.isSafeInteger(whole))
          report.add("rows.out_of_range", ["orders", place, listName, at, quantum], { itemCode: item });
        lineUnits = roomFor(wanted, lineUnits);
        lineUnits[current] = wanted;
        (lineQuantum ??= new Float64Array(capacity))[current] = whole;
        read.decimals = finest;
      }
      if (read.decimals > 0) {
        (lineDecimals ??= new Uint8Array(capacity))[current] = read.decimals;
        if (itemNumber !== undefined && read.decimals > (itemDecimals[itemNumber] as number))
          itemDecimals[itemNumber] = read.decimals;
      }
      const isPartial = line[partialAllowed];
      if (isPartial === false || isPartial === 0) (lineAllOrNothing ??= new Uint8Array(capacity))[current] = 1;
      else if (isPartial !== undefined && isPartial !== null && isPartial !== true && isPartial !== 1) {
        const found = foundText(isPartial);
        report.add("rows.bad_flag", ["orders", place, listName, at, partialAllowed], { column: partialAllowed, found });
      }
    }
    const path = ["orders", place, listName] as const;
    if (!areIdsAscending) reportTwice(lineIds.slice(begin, end), path, lineId, report);
    if (!areNumbersAscending) servedLines.set(place, byNumber(lines as RawRow[], begin, path, lineNo, report));
  }
  firstLine[rows.length] = count;
  column.end();
  return {
    orderNos,
    firstLine,
    servedLines,
    lineIds,
    lineItem: lineItem.subarray(0, count),
    lineArea: lineArea.subarray(0, count),
    lineUnits: lineUnits.subarray(0, count),
    lineDecimals: lineDecimals?.subarray(0, count),
    lineQuantum: lineQuantum?.subarray(0, count),
    lineAllOrNothing: lineAllOrNothing?.subarray(0, count),
  };
}

const ORDER_NAMES = { orderNo: "orderNo", area: "area", lines: "lines" } as const satisfies Required<
  NonNullable<RowNames["order"]>
>;
const LINE_NAMES = {
  lineId: "lineId",
  lineNo: "lineNo",
  itemCode: "itemCode",
  quantity: "quantity",
  quantum: "quantum",
  partialAllowed: "partialAllowed",
} as const satisfies Required<NonNullable<RowNames["line"]>>;

/** Lines of all orders, so that no column must grow: columns that are thrown away cost the collector of garbage most. */
function countLines(rows: readonly unknown[], listName: string): number {
  let count = 0;
  for (const row of rows) {
    const lines = isRow(row) ? row[listName] : undefined;
    if (Array.isArray(lines)) count += lines.length;
  }
  return count;
}

function reportTwice(
  ids: readonly RowId[],
  path: readonly (string | number)[],
  column: string,
  report: RowReport,
): void {
  const seen = new Set<RowId>();
  for (const [at, id] of ids.entries()) {
    if (Number.isNaN(id)) continue;
    if (seen.has(id)) report.add("rows.listed_twice", [...path, at, column], { column, id });
    seen.add(id);
  }
}

/** Positions of the lines of an order by their numbers; those without one last. */
function byNumber(
  lines: readonly RawRow[],
  begin: number,
  path: readonly (string | number)[],
  column: string,
  report: RowReport,
): Int32Array {
  const numberOf = (at: number): number => {
    const number = (lines[at] as RawRow | null | undefined)?.[column];
    return typeof number === "number" ? number : Infinity;
  };
  const sorted = [...lines.keys()].sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : numberOf(a) > numberOf(b) ? 1 : 0));
  for (const [place, at] of sorted.entries()) {
    const id = numberOf(at);
    if (place > 0 && Number.isFinite(id) && id === numberOf(sorted[place - 1] as number))
      report.add("rows.listed_twice", [...path, at, column], { column, id });
  }
  return Int32Array.from(sorted, (at) => begin + at);
}
