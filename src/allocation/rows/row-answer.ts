import { fromUnits, type Decimal } from "../../core/decimal.js";
import type { AllocationColumns, AllocationTakes } from "../allocation-columns.js";
import type { RowAllocation, RowId, RowShortage, RowTake } from "./allocation-rows.js";
import type { LotsRead } from "./read-lot-rows.js";
import type { OrdersRead } from "./read-order-rows.js";

/**
 * Writes what the engine gave, in rows.
 *
 * @param service orders in the order of service: lines were served in this order, and so are their takes
 */
export function rowAnswer(
  { sequence, lineItem, lineUnits }: AllocationColumns,
  { count, line, lot, units, lineTaken }: AllocationTakes,
  { orderNos, lineIds, firstLine, lineDecimals }: OrdersRead,
  { itemDecimals, lotIds }: LotsRead,
  service: readonly number[],
): RowAllocation {
  const textOf = quantityTexts();
  const areWhole = itemDecimals.every((decimals) => decimals === 0);
  const takes = new Array<RowTake>(count);
  const shortages: RowShortage[] = [];
  let take = 0;
  let place = 0;
  for (const order of service) {
    const orderNo = orderNos[order] as RowId;
    const end = place + (firstLine[order + 1] as number) - (firstLine[order] as number);
    for (; place < end; place++) {
      const current = sequence[place] as number;
      const lineId = lineIds[current] as RowId;
      const item = lineItem[current] as number;
      const decimals = areWhole || item < 0 ? 0 : (itemDecimals[item] as number);
      for (; take < count && line[take] === current; take++) {
        const lotId = lotIds[lot[take] as number] as RowId;
        takes[take] = { orderNo, lineId, lotId, quantity: textOf(units[take] as number, decimals) };
      }
      const short = (lineUnits[current] as number) - (lineTaken[current] as number);
      if (short <= 0) continue;
      const quantity = textOf(short, item < 0 ? (lineDecimals?.[current] ?? 0) : decimals);
      shortages.push({ orderNo, lineId, quantity });
    }
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
