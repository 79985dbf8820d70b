import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import type { Order } from "../model/order.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationColumns } from "./allocation-columns.js";

const FIRST_DAY = "0001-01-01" as CalendarDay;
const NEVER = 2 ** 31 - 1;

/** Day numbers for expiry; left out when every lot will do for every line, since the engine is faster without them. */
export function expiryColumns(
  orders: readonly Order[],
  lineOrder: Int32Array,
  readLine: Int32Array,
  lifeDays: Float64Array | undefined,
  lots: readonly StockPosition[],
  today: CalendarDay,
): Pick<AllocationColumns, "lineExpiry" | "lotExpiry"> {
  if (lots.every(({ expiresOn }) => expiresOn === undefined)) return {};
  const numbers = new Map<CalendarDay, number>();
  const numberOf = (day: CalendarDay): number => {
    const known = numbers.get(day);
    if (known !== undefined) return known;
    const number = daysBetween(FIRST_DAY, day) + 1;
    numbers.set(day, number);
    return number;
  };
  const lotExpiry = Int32Array.from(lots, ({ expiresOn }) => (expiresOn === undefined ? NEVER : numberOf(expiresOn)));
  const lineExpiry = new Int32Array(lineOrder.length);
  let current = -1;
  let delivery = 0;
  let latestNeed = 0;
  for (let place = 0; place < lineOrder.length; place++) {
    const order = lineOrder[place] as number;
    if (order !== current) {
      const wanted = orders[order]?.header.requestedDeliveryDate ?? today;
      delivery = numberOf(wanted < today ? today : wanted);
      current = order;
    }
    const life = lifeDays === undefined ? 0 : (lifeDays[readLine[place] as number] as number);
    const need = Math.min(delivery + Math.max(1, life), NEVER);
    lineExpiry[place] = need;
    latestNeed = Math.max(latestNeed, need);
  }
  return lotExpiry.every((day) => day >= latestNeed) ? {} : { lineExpiry, lotExpiry };
}
