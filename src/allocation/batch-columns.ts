import { daysBetween, type CalendarDay } from "../core/calendar-day.js";
import { scaleOf, toSafeUnits, ZERO, type Decimal } from "../core/decimal.js";
import { heldLines } from "../lifecycle/held-lines.js";
import type { CustomerCode, ItemCode, WarehouseId } from "../model/ids.js";
import { holds } from "../model/status-of.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationColumns } from "./allocation-columns.js";
import { progressOf, type HearProgress } from "./allocation-progress.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { binBook, type BinBook } from "./bin-order.js";
import { itemStocks, stockOf, type ItemStock } from "./item-stock.js";
import { askedWarehouses, nearnessTable } from "./nearness-table.js";
import { waitingParts, waitingTotal, type WaitingPart } from "./waiting-quantity.js";

/** A line that takes part in the batch. */
export interface Demand {
  /** Position of its order in the batch. */
  readonly order: number;
  /** The line. */
  readonly line: OrderLine;
  /** What it asks for, in the base unit, and where that waits. */
  readonly parts: readonly WaitingPart[];
  /** Sum of the parts. */
  readonly wanted: Decimal;
  /** What is known of its item's stock; undefined when there is no position at all. */
  readonly stock: ItemStock | undefined;
  /** Row of the table of nearness. */
  readonly area: number;
  /** Whether a hold on the line keeps it out. */
  readonly isHeld: boolean;
}

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
  /** What the bins mean for picking. */
  readonly bins: BinBook;
  /** Warehouses that each area asks, nearest first. */
  readonly warehousesOf: (area: number) => readonly WarehouseId[];
  /** Items that cannot be counted exactly in one batch, by position of an order that wants them. */
  readonly outOfRange: ReadonlyMap<number, readonly ItemCode[]>;
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
  const demands = collectDemands(orders, stocks, near.areaOf, onProgress);
  const scales = scalesOf(demands, bins);

  const lots: StockPosition[] = [];
  const lotItem: number[] = [];
  const lotWarehouse: number[] = [];
  const lotUnits: number[] = [];
  const outOfRangeItems = new Set<ItemStock>();
  let items = 0;
  const columnOf = new Map<ItemStock, number>();
  for (const [itemStock, scale] of scales) {
    const units = itemStock.lots.map(({ free }) => toSafeUnits(free, scale));
    const total = units.reduce<number>((sum, unit) => sum + (unit ?? Number.NaN), 0);
    if (!Number.isSafeInteger(total)) {
      outOfRangeItems.add(itemStock);
      continue;
    }
    columnOf.set(itemStock, items);
    for (const [place, { position, warehouse }] of itemStock.lots.entries()) {
      lots.push(position);
      lotItem.push(items);
      lotWarehouse.push(warehouse);
      lotUnits.push(units[place] as number);
    }
    items++;
  }

  const count = demands.length;
  const lineItem = new Int32Array(count).fill(-1);
  const lineUnits = new Float64Array(count);
  const lineArea = new Int32Array(count);
  const lineQuantum = new Float64Array(count);
  const lineAllOrNothing = new Uint8Array(count);
  const lineScale = new Uint8Array(count);
  const outOfRange = new Map<number, ItemCode[]>();
  for (const [position, { order, line, wanted, stock: itemStock, area, isHeld }] of demands.entries()) {
    const scale = itemStock === undefined ? 0 : (scales.get(itemStock) as number);
    const units = itemStock === undefined ? 0 : toSafeUnits(wanted, scale);
    const quantum = line.quantum === undefined || itemStock === undefined ? 0 : toSafeUnits(line.quantum, scale);
    if (units === undefined || quantum === undefined || (itemStock !== undefined && outOfRangeItems.has(itemStock))) {
      const known = outOfRange.get(order);
      if (known === undefined) outOfRange.set(order, [line.itemCode]);
      else known.push(line.itemCode);
      continue;
    }
    if (itemStock === undefined || isHeld) continue;
    lineItem[position] = columnOf.get(itemStock) as number;
    lineUnits[position] = units;
    lineScale[position] = scale;
    lineArea[position] = area;
    lineQuantum[position] = quantum;
    lineAllOrNothing[position] = line.partialAllowed ? 0 : 1;
  }
  // An order is served as a whole or not at all when it cannot be counted: none of its lines takes part.
  for (const [position, { order }] of demands.entries()) if (outOfRange.has(order)) lineItem[position] = -1;

  const columns: AllocationColumns = {
    items,
    warehouses: near.warehouses,
    sequence: countedUp(count),
    lineItem,
    lineUnits,
    lineArea,
    lineQuantum,
    lineAllOrNothing,
    lotItem: Int32Array.from(lotItem),
    lotWarehouse: Int32Array.from(lotWarehouse),
    lotUnits: Float64Array.from(lotUnits),
    lotQueue: countedUp(lots.length),
    nearness: near.nearness,
    ...expiryColumns(orders, demands, lots, today),
  };
  return { columns, demands, lots, lineScale, bins, warehousesOf: near.warehousesOf, outOfRange };
}

function countedUp(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let place = 0; place < count; place++) numbers[place] = place;
  return numbers;
}

function collectDemands(
  orders: readonly Order[],
  stocks: ReadonlyMap<string, ItemStock>,
  areaOf: (path: readonly string[]) => number,
  onProgress: HearProgress | undefined,
): Demand[] {
  const count = progressOf(
    onProgress,
    "read",
    orders.reduce((lines, order) => lines + order.lines.length, 0),
  );
  const openOrders = new Map<CustomerCode, number>();
  const hasOpen = orders.map(({ lines }) => holds(lines, "open"));
  for (const [position, { header }] of orders.entries()) {
    if (hasOpen[position] === true) openOrders.set(header.customerCode, (openOrders.get(header.customerCode) ?? 0) + 1);
  }
  const demands: Demand[] = [];
  for (const [position, order] of orders.entries()) {
    const { customerCode } = order.header;
    const hasNextOrder = (openOrders.get(customerCode) ?? 0) > (hasOpen[position] === true ? 1 : 0);
    const area = areaOf(order.header.deliveryAreaPath);
    count(order.lines.length);
    const held = heldLines(order, "allocate");
    for (const line of order.lines) {
      const parts = waitingParts(line, { hasNextOrder });
      if (parts.length === 0) continue;
      const owner = line.transactionCategory === "depositDraw" ? customerCode : undefined;
      demands.push({
        order: position,
        line,
        parts,
        wanted: waitingTotal(parts),
        stock: stockOf(stocks, line.itemCode, owner),
        area,
        isHeld: held.has(line.lineId),
      });
    }
  }
  return demands;
}

/** The finest decimals in which an item's stock, handling units, wishes and steps are written. */
function scalesOf(demands: readonly Demand[], { unitOf }: BinBook): Map<ItemStock, number> {
  const scales = new Map<ItemStock, number>();
  for (const { stock, wanted, line } of demands) {
    if (stock === undefined) continue;
    const known = scales.get(stock);
    const before =
      known ??
      stock.lots.reduce(
        (finest, { free, position }) => Math.max(finest, scaleOf(free), scaleOf(unitOf(position) ?? ZERO)),
        0,
      );
    const scale = Math.max(before, scaleOf(wanted), scaleOf(line.quantum ?? ZERO));
    if (scale !== known) scales.set(stock, scale);
  }
  return scales;
}

const FIRST_DAY = "0001-01-01" as CalendarDay;
const NEVER = 2 ** 31 - 1;

/** Day numbers for expiry; left out when every lot will do for every line, since the engine is faster without them. */
function expiryColumns(
  orders: readonly Order[],
  demands: readonly Demand[],
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
  const lineExpiry = Int32Array.from(demands, ({ order, line }) => {
    const wanted = orders[order]?.header.requestedDeliveryDate ?? today;
    const deliveryDay = wanted < today ? today : wanted;
    return Math.min(numberOf(deliveryDay) + Math.max(1, line.minimumRemainingLifeDays ?? 0), NEVER);
  });
  const latestNeed = lineExpiry.reduce((latest, day) => Math.max(latest, day), 0);
  return lotExpiry.every((day) => day >= latestNeed) ? {} : { lineExpiry, lotExpiry };
}
