import type { WarehouseId } from "../../model/ids.js";
import type { LotRule } from "../../model/lot-order.js";
import { sortedByColumns, type KeyColumn } from "../key-columns.js";
import type { RowId, RowNames, RowPolicy } from "./allocation-rows.js";
import { dayRank, NO_DAY } from "./row-day.js";
import { NO_QUANTITY, unitsOf } from "./row-quantity.js";
import { roomFor, type UnitsColumn } from "../wide-units.js";
import { foundText, idColumn, isIdNoted, isRow, type IdKinds, type RowReport } from "./row-report.js";

/** Lot rows that may be given, as columns. */
export interface LotsRead {
  /** Number of each item that any lot has. */
  readonly itemNumbers: ReadonlyMap<RowId, number>;
  /** Decimals in which each item is counted, as the lots write them. */
  readonly itemDecimals: Uint8Array;
  /** Id of each lot. */
  readonly lotIds: readonly RowId[];
  /** Item of each lot. */
  readonly lotItem: Int32Array;
  /** Warehouse of each lot. */
  readonly lotWarehouse: Int32Array;
  /** Free units of each lot, in its own decimals. */
  readonly lotUnits: UnitsColumn;
  /** Own decimals of each lot; absent where all are whole. */
  readonly lotDecimals: Uint8Array | undefined;
  /** Place of each lot in the queue of its item and warehouse. */
  readonly lotQueue: Float64Array | Int32Array;
}

/**
 * Reads the lots, each once and as they come. Those in warehouses that nobody asks, those that do not live long enough and
 * empty ones are checked like all others, and left out.
 */
export function readLotRows(
  rows: readonly unknown[],
  { lots: rule, mustOutlive, names }: RowPolicy,
  warehouseNumbers: ReadonlyMap<WarehouseId, number>,
  kinds: IdKinds,
  report: RowReport,
): LotsRead {
  const { lotId, itemCode, warehouseId, quantity, receivedOn, expiresOn } = { ...LOT_NAMES, ...names?.lot };
  const lastDay = dayRank(mustOutlive);
  const column = idColumn(rows, "lots", lotId, report);
  const itemNumbers = new Map<RowId, number>();
  const lotIds: RowId[] = [];
  const lotItem = new Int32Array(rows.length);
  const lotWarehouse = new Int32Array(rows.length);
  let lotUnits: UnitsColumn = new Int32Array(rows.length);
  const received = new Int32Array(rows.length);
  // Kept only where it decides.
  const expires = rule === "fefo" ? new Int32Array(rows.length) : undefined;
  let lotDecimals: Uint8Array | undefined;
  const read = { decimals: 0 };
  let count = 0;
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place];
    if (!isRow(row)) {
      report.add("rows.bad_row", ["lots", place], { found: foundText(row) });
      column.skip();
      continue;
    }
    const id = row[lotId];
    column.take(id, place);
    const units = unitsOf(row[quantity], read);
    if (units === NO_QUANTITY) {
      const found = foundText(row[quantity]);
      report.add("rows.bad_quantity", ["lots", place, quantity], { column: quantity, found });
    }
    const item = row[itemCode];
    if (!isIdNoted(item, kinds)) {
      report.add("rows.bad_id", ["lots", place, itemCode], { column: itemCode, found: foundText(item) });
      continue;
    }
    const day = dayRank(row[receivedOn]);
    const end = dayRank(row[expiresOn]);
    if (Number.isNaN(day)) {
      const found = foundText(row[receivedOn]);
      report.add("rows.bad_day", ["lots", place, receivedOn], { column: receivedOn, found });
    }
    if (Number.isNaN(end)) {
      const found = foundText(row[expiresOn]);
      report.add("rows.bad_day", ["lots", place, expiresOn], { column: expiresOn, found });
    }
    const site = row[warehouseId];
    if (typeof site !== "string") {
      report.add("rows.bad_id", ["lots", place, warehouseId], { column: warehouseId, found: foundText(site) });
      continue;
    }
    const warehouse = warehouseNumbers.get(site);
    if (warehouse === undefined || end <= lastDay || units === 0) continue;
    if (Number.isNaN(units)) {
      report.add("rows.out_of_range", ["lots", place, quantity], { itemCode: item });
      continue;
    }
    let number = itemNumbers.get(item);
    if (number === undefined) {
      number = itemNumbers.size;
      itemNumbers.set(item, number);
    }
    if (read.decimals > 0) (lotDecimals ??= new Uint8Array(rows.length))[count] = read.decimals;
    lotIds.push(id as RowId);
    lotItem[count] = number;
    lotWarehouse[count] = warehouse;
    lotUnits = roomFor(units, lotUnits);
    lotUnits[count] = units;
    if (expires !== undefined) expires[count] = end;
    received[count++] = day;
  }
  column.end();
  const itemDecimals = new Uint8Array(itemNumbers.size);
  if (lotDecimals !== undefined) {
    for (let lot = 0; lot < count; lot++) {
      const decimals = lotDecimals[lot] as number;
      if (decimals > (itemDecimals[lotItem[lot] as number] as number)) itemDecimals[lotItem[lot] as number] = decimals;
    }
  }
  const lotQueue = queuePlaces(rule, received.subarray(0, count), expires);
  const found: LotsRead = {
    itemNumbers,
    itemDecimals,
    lotIds,
    lotItem: lotItem.subarray(0, count),
    lotWarehouse: lotWarehouse.subarray(0, count),
    lotUnits: lotUnits.subarray(0, count),
    lotDecimals,
    lotQueue,
  };
  return column.isAscending() || report.issues.length > 0 ? found : { ...found, lotQueue: placesById(found) };
}

const LOT_NAMES = {
  lotId: "lotId",
  itemCode: "itemCode",
  warehouseId: "warehouseId",
  quantity: "quantity",
  receivedOn: "receivedOn",
  expiresOn: "expiresOn",
} as const satisfies Required<NonNullable<RowNames["lot"]>>;

/** Numbers that rank lots as the rule does; the ids decide between equal ones. */
function queuePlaces(rule: LotRule, received: Int32Array, expires: Int32Array | undefined): Float64Array | Int32Array {
  if (expires !== undefined)
    return Float64Array.from(received, (day, lot) => (expires[lot] as number) * (NO_DAY + 1) + day);
  return rule === "lifo" ? received.map((day) => (day === NO_DAY ? NO_DAY : NO_DAY - 1 - day)) : received;
}

/** Places of lots whose rows are not in the order of their ids. */
function placesById({ lotItem, lotWarehouse, lotQueue, lotIds }: LotsRead): Float64Array {
  const ascending = (values: Iterable<RowId>): KeyColumn => ({ values: [...values], direction: "ascending" });
  const sorted = sortedByColumns(
    lotItem.length,
    [ascending(lotItem), ascending(lotWarehouse), ascending(lotQueue)],
    (lots) => [ascending(lots.map((lot) => lotIds[lot] as RowId))],
  );
  const places = new Float64Array(sorted.length);
  for (const [place, lot] of sorted.entries()) places[lot] = place;
  return places;
}
