import type { CalendarDay } from "../core/calendar-day.js";
import { toSafeUnits, type Decimal } from "../core/decimal.js";
import type { ItemCode, WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { StockPosition } from "../model/stock.js";
import type { AllocationColumns } from "./allocation-columns.js";
import type { HearProgress } from "./allocation-progress.js";
import type { AllocationPolicy } from "./allocation-policy.js";
import { binBook, type BinBook } from "./bin-order.js";
import { collectDemands, DEMAND_MARKS, type CollectedDemands } from "./collect-demands.js";
import { expiryColumns } from "./expiry-columns.js";
import { itemStocks, lotsInOrder, type ItemStock, type UsableLot } from "./item-stock.js";
import { askedWarehouses, nearnessTable, type NearnessTable } from "./nearness-table.js";
import { livesLongEnough } from "./usable-stock.js";
import { batchEligibility, type BatchEligibility } from "./sourcing/eligibility.js";
import type { WaitingPart } from "../lifecycle/waiting-quantity.js";
import { roomFor, type UnitsColumn } from "./wide-units.js";

/** A batch turned into columns, with the way back. */
export interface BatchColumns {
  /** What the engine works on: lines in the order of service. */
  readonly columns: AllocationColumns;
  /** Line of each line of the columns. */
  readonly lines: readonly OrderLine[];
  /** Position of its order in the order of service. */
  readonly lineOrder: Int32Array;
  /** What it asks for in all, in the base unit. */
  readonly wanted: readonly Decimal[];
  /** Where that waits. */
  readonly partsOf: (line: number) => readonly WaitingPart[];
  /** What is known of its item's stock; undefined when there is no position at all. */
  readonly lineStock: readonly (ItemStock | undefined)[];
  /** 1 for a line that a hold keeps out. */
  readonly lineHeld: Uint8Array;
  /** Decimals in which it is counted. */
  readonly lineScale: Uint8Array;
  /** Positions of stock that the lots of the columns are. */
  readonly lots: readonly StockPosition[];
  /** What warehouses, bins and lots may serve; absent where the policy says nothing of it. */
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
  /** Whether what expires on a day lives long enough for a line. */
  readonly hasLifeFor: (line: number, expiresOn: CalendarDay) => boolean;
}

/** Orders and stock as read, before the order of service is known. */
export interface ReadBatch extends Pick<BatchColumns, "bins"> {
  /** How stock is given to orders. */
  readonly policy: AllocationPolicy;
  /** What the lines say. */
  readonly demands: CollectedDemands;
  /** The table of nearness. */
  readonly near: NearnessTable;
}

/**
 * Reads orders and stock, each once and as they come.
 *
 * @param onOrder reads what else is wanted of each order, while it is at hand
 * @param leastDecimals in which every item is counted at least
 */
export function readBatch(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
  today: CalendarDay,
  onProgress?: HearProgress,
  onOrder?: (order: Order) => void,
  leastDecimals = 0,
): ReadBatch {
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const bins = binBook(policy);
  const stocks = itemStocks(stock, near.warehouseNumbers, today);
  const rules = policy.protection ?? [];
  const demands = collectDemands(orders, stocks, bins, rules, near.areaOf, onProgress, onOrder, leastDecimals);
  return { policy, near, bins, demands };
}

/**
 * Turns orders and stock into columns of whole units. Each item is counted in its own finest decimals, so the engine
 * never rounds; an item whose figures are too long for that is reported, never approximated.
 *
 * @param orders in the order of service
 * @param leastDecimals in which every item is counted at least
 */
export function batchColumns(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
  today: CalendarDay,
  leastDecimals = 0,
): BatchColumns {
  const read = readBatch(orders, stock, policy, today, undefined, undefined, leastDecimals);
  return columnsInOrder(
    read,
    orders,
    orders.map((_, position) => position),
    today,
  );
}

/**
 * Puts what was read into columns in the order of service.
 *
 * @param orders in the order of service
 * @param readAt where each of them was read
 */
export function columnsInOrder(
  { policy, demands, near, bins }: ReadBatch,
  orders: readonly Order[],
  readAt: readonly number[],
  today: CalendarDay,
): BatchColumns {
  const { firstOf, areas, parts, marks, isEachAlone } = demands;
  const shelf = lotColumns(demands.asked, bins);
  const count = demands.lines.length;
  const lines: OrderLine[] = [];
  const wanted: Decimal[] = [];
  const lineStock: (ItemStock | undefined)[] = [];
  const readLine = new Int32Array(count);
  const lineOrder = new Int32Array(count);
  const lineHeld = new Uint8Array(count);
  const lineItem = new Int32Array(count).fill(-1);
  let lineUnits: UnitsColumn = new Int32Array(count);
  const lineArea = new Int32Array(count);
  const lineScale = new Uint8Array(count);
  let lineQuantum: Float64Array | undefined;
  let lineAllOrNothing: Uint8Array | undefined;
  const outOfRange = new Map<number, ItemCode[]>();
  for (let order = 0; order < readAt.length; order++) {
    const read = readAt[order] as number;
    const end = firstOf[read + 1] as number;
    const area = areas[read] as number;
    for (let at = firstOf[read] as number; at < end; at++) {
      const place = lines.length;
      const line = demands.lines[at] as OrderLine;
      const itemStock = demands.stock[at];
      const mark = marks[at] as number;
      lines.push(line);
      wanted.push(demands.wanted[at] as Decimal);
      lineStock.push(itemStock);
      readLine[place] = at;
      lineOrder[place] = order;
      lineArea[place] = area;
      if ((mark & DEMAND_MARKS.held) !== 0) lineHeld[place] = 1;
      if (itemStock === undefined) continue;
      const { scale, column } = itemStock;
      lineScale[place] = scale;
      const units = inUnits(demands.units[at] as number, scale - (demands.scale[at] as number));
      const isStepped = (mark & DEMAND_MARKS.stepped) !== 0;
      const quantum = isStepped ? toSafeUnits(line.quantum as Decimal, scale) : 0;
      if (Number.isNaN(units) || quantum === undefined || column < 0) {
        const known = outOfRange.get(order);
        if (known === undefined) outOfRange.set(order, [line.itemCode]);
        else known.push(line.itemCode);
        continue;
      }
      if ((mark & DEMAND_MARKS.held) !== 0) continue;
      lineItem[place] = column;
      lineUnits = roomFor(units, lineUnits);
      lineUnits[place] = units;
      if (isStepped) (lineQuantum ??= new Float64Array(count))[place] = quantum;
      if ((mark & DEMAND_MARKS.allOrNothing) !== 0) (lineAllOrNothing ??= new Uint8Array(count))[place] = 1;
    }
  }
  if (outOfRange.size > 0) {
    // An order is served as a whole or not at all when it cannot be counted: none of its lines takes part.
    for (let place = 0; place < count; place++) if (outOfRange.has(lineOrder[place] as number)) lineItem[place] = -1;
  }
  const columns: AllocationColumns = {
    items: shelf.items,
    warehouses: near.warehouses,
    sequence: countedUp(count),
    lineItem,
    lineUnits,
    lineArea,
    ...(lineQuantum === undefined ? {} : { lineQuantum }),
    ...(lineAllOrNothing === undefined ? {} : { lineAllOrNothing }),
    lotItem: shelf.lotItem,
    lotWarehouse: shelf.lotWarehouse,
    lotUnits: shelf.lotUnits,
    lotQueue: countedUp(shelf.lots.length),
    nearness: near.nearness,
    ...expiryColumns(orders, lineOrder, readLine, demands.lifeDays, shelf.lots, today),
  };
  const isWhole = new Set(demands.wholeOrders);
  return {
    columns,
    lines,
    lineOrder,
    wanted,
    partsOf: (line) => parts.get(readLine[line] as number) ?? [{ bucket: "open", quantity: wanted[line] as Decimal }],
    lineStock,
    lineHeld,
    lineScale,
    lots: shelf.lots,
    eligibility: batchEligibility(policy, { lines, lineOrder, lots: shelf.lots }, orders, [
      ...near.warehouseNumbers.keys(),
    ]),
    bins,
    warehousesOf: near.warehousesOf,
    outOfRange,
    wholeOrders: isWhole.size === 0 ? [] : [...readAt.keys()].filter((order) => isWhole.has(readAt[order] as number)),
    isEachAlone,
    hasLifeFor: (line, expiresOn) =>
      livesLongEnough((orders[lineOrder[line]!] as Order).header, lines[line] as OrderLine, expiresOn, today),
  };
}

/** Units of some decimals in units of finer ones; NaN where a safe integer cannot hold them. */
function inUnits(units: number, finer: number): number {
  if (finer === 0) return units;
  const all = units * 10 ** finer;
  return Number.isSafeInteger(all) ? all : Number.NaN;
}

/** Lots of the stock that is asked for, item by item. Stock that cannot be counted exactly gets no column. */
function lotColumns(asked: readonly ItemStock[], bins: BinBook) {
  const capacity = asked.reduce((count, { lots }) => count + lots.length, 0);
  const lots: StockPosition[] = [];
  const lotItem = new Int32Array(capacity);
  const lotWarehouse = new Int32Array(capacity);
  let lotUnits: UnitsColumn = new Int32Array(capacity);
  let items = 0;
  for (const itemStock of asked) {
    const { scale } = itemStock;
    const first = lots.length;
    const own = lotsInOrder(itemStock, bins);
    let total = 0;
    for (let place = 0; place < own.length; place++) {
      const lot = own[place] as UsableLot;
      const units = inUnits(lot.units, scale - lot.scale);
      total += units;
      lotUnits = roomFor(units, lotUnits);
      lotUnits[first + place] = units;
    }
    if (!Number.isSafeInteger(total)) continue;
    itemStock.column = items;
    for (const { position, warehouse } of own) {
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
