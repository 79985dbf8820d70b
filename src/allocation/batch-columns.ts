import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { toSafeUnits, type Decimal } from "../core/decimal.js";
import type { ItemCode, WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationColumns } from "./allocation-columns.js";
import type { HearProgress } from "./allocation-progress.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { binBook, type BinBook } from "./bin-order.js";
import { collectDemands, type CollectedDemands, type Demand } from "./collect-demands.js";
import { itemStocks, type ItemStock } from "./item-stock.js";
import { askedWarehouses, nearnessTable } from "./nearness-table.js";
import { batchEligibility, type BatchEligibility } from "./sourcing/eligibility.js";

/** A batch turned into columns, with the way back. */
export interface BatchColumns {
  /** What the engine works on. */
  readonly columns: AllocationColumns;
  /** Lines of the columns. */
  readonly demands: readonly Demand[];
  /** Positions of stock that the lots of the columns are. */
  readonly lots: readonly StockPosition[];
  /** Decimals in which each line is counted. */
  readonly lineScale: Uint8Array;
  /** What warehouses and bins may serve; absent where the policy says nothing of it. */
  readonly eligibility: BatchEligibility | undefined;
  /** What the bins mean for picking. */
  readonly bins: BinBook;
  /** Warehouses that each area asks, nearest first. */
  readonly warehousesOf: (area: number) => readonly WarehouseId[];
  /** Items that cannot be counted exactly in one batch, by position of an order that wants them. */
  readonly outOfRange: ReadonlyMap<number, readonly ItemCode[]>;
  /** Positions of orders that were deferred as a whole. */
  readonly wholeOrders: readonly number[];
  /** Whether each line may be served without regard to the others of its order, and from any lots. */
  readonly isEachAlone: boolean;
}

/**
 * Turns orders and stock into columns of whole units. Each item is counted in its own finest decimals, so the engine
 * never rounds; an item whose figures are too long for that is reported, never approximated.
 *
 * @param orders in the order of service
 */
export function batchColumns(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
  today: CalendarDay,
  onProgress?: HearProgress,
): BatchColumns {
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const bins = binBook(policy);
  const stocks = itemStocks(stock, bins, near.warehouseNumbers, today);
  const collected = collectDemands(orders, stocks, bins, near.areaOf, onProgress);
  const { demands, allOrNothing, stepped, wholeOrders, isEachAlone } = collected;
  const shelf = lotColumns(collected.stocks);

  const count = demands.length;
  const lineItem = new Int32Array(count).fill(-1);
  const lineUnits = new Float64Array(count);
  const lineArea = new Int32Array(count);
  const lineQuantum = new Float64Array(count);
  const lineAllOrNothing = new Uint8Array(count);
  const lineScale = new Uint8Array(count);
  const outOfRange = new Map<number, ItemCode[]>();
  const leaveOut = ({ order, line }: Demand): void => {
    const known = outOfRange.get(order);
    if (known === undefined) outOfRange.set(order, [line.itemCode]);
    else known.push(line.itemCode);
  };
  const steps = new Map(stepped.map((position) => [position, (demands[position] as Demand).line.quantum as Decimal]));
  for (let position = 0; position < count; position++) {
    const demand = demands[position] as Demand;
    const { stock: itemStock } = demand;
    if (itemStock === undefined) continue;
    const { scale, column } = itemStock;
    const units = toSafeUnits(demand.wanted, scale);
    const step = steps.size === 0 ? undefined : steps.get(position);
    const quantum = step === undefined ? 0 : toSafeUnits(step, scale);
    if (units === undefined || quantum === undefined || column < 0) {
      leaveOut(demand);
      continue;
    }
    if (demand.isHeld) continue;
    lineItem[position] = column;
    lineUnits[position] = units;
    lineScale[position] = scale;
    lineArea[position] = demand.area;
    lineQuantum[position] = quantum;
    lineAllOrNothing[position] = allOrNothing[position] as number;
  }
  if (outOfRange.size > 0) {
    // An order is served as a whole or not at all when it cannot be counted: none of its lines takes part.
    for (const [position, { order }] of demands.entries()) if (outOfRange.has(order)) lineItem[position] = -1;
  }

  const columns: AllocationColumns = {
    items: shelf.items,
    warehouses: near.warehouses,
    sequence: countedUp(count),
    lineItem,
    lineUnits,
    lineArea,
    lineQuantum,
    lineAllOrNothing,
    lotItem: shelf.lotItem,
    lotWarehouse: shelf.lotWarehouse,
    lotUnits: shelf.lotUnits,
    lotQueue: countedUp(shelf.lots.length),
    nearness: near.nearness,
    ...expiryColumns(orders, collected, shelf.lots, today),
  };
  const { lots } = shelf;
  const { warehousesOf } = near;
  const eligibility = batchEligibility(policy, demands, orders, [...near.warehouseNumbers.keys()]);
  return { columns, demands, lots, lineScale, eligibility, bins, warehousesOf, outOfRange, wholeOrders, isEachAlone };
}

/** Lots of the stock that is asked for, item by item. Stock that cannot be counted exactly gets no column. */
function lotColumns(stocks: readonly ItemStock[]) {
  const capacity = stocks.reduce((count, { lots }) => count + lots.length, 0);
  const lots: StockPosition[] = [];
  const lotItem = new Int32Array(capacity);
  const lotWarehouse = new Int32Array(capacity);
  const lotUnits = new Float64Array(capacity);
  let items = 0;
  for (const itemStock of stocks) {
    const first = lots.length;
    let total = 0;
    for (const [place, { free }] of itemStock.lots.entries()) {
      const units = toSafeUnits(free, itemStock.scale) ?? Number.NaN;
      total += units;
      lotUnits[first + place] = units;
    }
    if (!Number.isSafeInteger(total)) continue;
    itemStock.column = items;
    for (const { position, warehouse } of itemStock.lots) {
      lotItem[lots.length] = items;
      lotWarehouse[lots.length] = warehouse;
      lots.push(position);
    }
    items++;
  }
  const count = lots.length;
  return {
    items,
    lots,
    lotItem: lotItem.subarray(0, count),
    lotWarehouse: lotWarehouse.subarray(0, count),
    lotUnits: lotUnits.subarray(0, count),
  };
}

function countedUp(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let place = 0; place < count; place++) numbers[place] = place;
  return numbers;
}

const FIRST_DAY = "0001-01-01" as CalendarDay;
const NEVER = 2 ** 31 - 1;

/** Day numbers for expiry; left out when every lot will do for every line, since the engine is faster without them. */
function expiryColumns(
  orders: readonly Order[],
  { demands, lifeDays }: CollectedDemands,
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
  const lineExpiry = new Int32Array(demands.length);
  let current = -1;
  let delivery = 0;
  let latestNeed = 0;
  for (let position = 0; position < demands.length; position++) {
    const { order } = demands[position] as Demand;
    if (order !== current) {
      const wanted = orders[order]?.header.requestedDeliveryDate ?? today;
      delivery = numberOf(wanted < today ? today : wanted);
      current = order;
    }
    const need = Math.min(delivery + Math.max(1, lifeDays[position] as number), NEVER);
    lineExpiry[position] = need;
    latestNeed = Math.max(latestNeed, need);
  }
  return lotExpiry.every((day) => day >= latestNeed) ? {} : { lineExpiry, lotExpiry };
}
