import type { AllocationColumns } from "../allocation-columns.js";
import type { NearnessTable } from "../nearness-table.js";
import type { RowId } from "./allocation-rows.js";
import type { LotsRead } from "./read-lot-rows.js";
import type { OrdersRead } from "./read-order-rows.js";
import type { RowReport } from "./row-report.js";
import { wideUnits } from "../wide-units.js";

/** Rows as columns for the engine: each item in its finest decimals. */
export function rowColumns(
  orders: OrdersRead,
  lots: LotsRead,
  sequence: Int32Array,
  { warehouses, nearness }: Pick<NearnessTable, "warehouses" | "nearness">,
  report: RowReport,
): AllocationColumns {
  const { lineItem, lineArea, lineDecimals, lineQuantum, lineAllOrNothing } = orders;
  const { itemNumbers, itemDecimals, lotItem, lotWarehouse, lotDecimals, lotQueue } = lots;
  let { lineUnits } = orders;
  let { lotUnits } = lots;
  const tooLong = new Set<number>();
  if (lineDecimals !== undefined || lotDecimals !== undefined) {
    lotUnits = wideUnits(lotUnits);
    lineUnits = wideUnits(lineUnits);
    bringToItem(lotUnits, lotItem, lotDecimals, itemDecimals, tooLong);
    bringToItem(lineUnits, lineItem, lineDecimals, itemDecimals, tooLong);
    if (lineQuantum !== undefined) bringToItem(lineQuantum, lineItem, lineDecimals, itemDecimals, tooLong);
  }
  const totals = new Float64Array(itemNumbers.size);
  for (let lot = 0; lot < lotItem.length; lot++) {
    const item = lotItem[lot] as number;
    const total = (totals[item] as number) + (lotUnits[lot] as number);
    totals[item] = total;
    if (!(total <= Number.MAX_SAFE_INTEGER)) tooLong.add(item);
  }
  if (tooLong.size > 0) {
    const items = [...itemNumbers.keys()];
    for (const item of tooLong) report.add("rows.out_of_range", ["lots"], { itemCode: items[item] as RowId });
  }
  return {
    items: itemNumbers.size,
    warehouses,
    sequence,
    lineItem,
    lineUnits,
    lineArea,
    ...(lineQuantum === undefined ? {} : { lineQuantum }),
    ...(lineAllOrNothing === undefined ? {} : { lineAllOrNothing }),
    lotItem,
    lotWarehouse,
    lotUnits,
    lotQueue,
    nearness,
  };
}

/** Brings units of own decimals to those of the item. */
function bringToItem(
  units: Float64Array,
  items: Int32Array,
  decimals: Uint8Array | undefined,
  itemDecimals: Uint8Array,
  tooLong: Set<number>,
): void {
  for (let place = 0; place < units.length; place++) {
    const item = items[place] as number;
    if (item < 0) continue;
    const finer = (itemDecimals[item] as number) - (decimals?.[place] ?? 0);
    if (finer === 0) continue;
    const all = (units[place] as number) * 10 ** finer;
    units[place] = all;
    if (!Number.isSafeInteger(all)) tooLong.add(item);
  }
}
