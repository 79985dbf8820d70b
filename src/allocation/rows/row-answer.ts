import { fromUnits, type Decimal } from "../../core/decimal.js";
import type { AllocationColumns, AllocationTakes } from "../allocation-columns.js";
import type { RowAllocation, RowId, RowShortage, RowTake } from "./allocation-rows.js";
import type { LotsRead } from "./read-lot-rows.js";
import type { OrdersRead } from "./read-order-rows.js";

/** Writes what the engine gave, in rows. */
export function rowAnswer(
  { sequence, lineItem, lineUnits }: AllocationColumns,
  { count, line, lot, units, lineTaken }: AllocationTakes,
  { orderNos, lineIds, lineOrder, lineDecimals }: OrdersRead,
  { itemDecimals, lotIds }: LotsRead,
): RowAllocation {
  const textOf = quantityTexts();
  const areWhole = itemDecimals.every((decimals) => decimals === 0);
  const takes = new Array<RowTake>(count);
  for (let take = 0; take < count; take++) {
    const current = line[take] as number;
    takes[take] = {
      orderNo: orderNos[lineOrder[current] as number] as RowId,
      lineId: lineIds[current] as RowId,
      lotId: lotIds[lot[take] as number] as RowId,
      quantity: textOf(units[take] as number, areWhole ? 0 : (itemDecimals[lineItem[current] as number] as number)),
    };
  }
  const shortages: RowShortage[] = [];
  for (let place = 0; place < sequence.length; place++) {
    const current = sequence[place] as number;
    const short = (lineUnits[current] as number) - (lineTaken[current] as number);
    if (short <= 0) continue;
    const item = lineItem[current] as number;
    shortages.push({
      orderNo: orderNos[lineOrder[current] as number] as RowId,
      lineId: lineIds[current] as RowId,
      quantity: textOf(short, item < 0 ? (lineDecimals?.[current] ?? 0) : (itemDecimals[item] as number)),
    });
  }
  return { takes, shortages };
}

/** Few quantities are large, and most of them occur over and over. */
const SMALL = 1024;

/** Writes units as text; whole ones that are small are written once. */
function quantityTexts(): (units: number, decimals: number) => Decimal {
  const small: (Decimal | undefined)[] = [];
  for (let units = 0; units < SMALL; units++) small.push(undefined);
  return (units, decimals) => {
    if (decimals > 0 || units >= SMALL) return fromUnits(units, decimals);
    const known = small[units] ?? fromUnits(units, 0);
    small[units] = known;
    return known;
  };
}
