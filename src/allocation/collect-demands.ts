import { scaleOf, toSafeUnits, ZERO, type Decimal } from "../core/decimal.js";
import { heldLines } from "../lifecycle/held-lines.js";
import type { ItemCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import type { SupplyRule } from "../model/supply-rule.js";
import { linesOf, progressOf, type HearProgress } from "./allocation-progress.js";
import type { BinBook } from "./bin-order.js";
import { stockOf, type ItemStock } from "./item-stock.js";
import { nextOrders, waitingParts, waitingTotal, type WaitingPart } from "../lifecycle/waiting-quantity.js";
import { waitsAsWhole, waitsForNextOrder } from "../lifecycle/together-in.js";
import { roomFor, type UnitsColumn } from "./wide-units.js";

/**
 * What the lines of a batch say, as columns by the order in which they were read: one pass over orders as they come, since
 * their objects are far apart in memory and looking them up again is the cost.
 */
export interface CollectedDemands {
  /** Where the demands of each order begin, by its position; one entry more than orders. */
  readonly firstOf: Int32Array;
  /** Lines that wait for something. */
  readonly lines: readonly OrderLine[];
  /** What each asks for in all, in the base unit. */
  readonly wanted: readonly Decimal[];
  /** The same in units of its own decimals; NaN where a safe integer cannot hold it. */
  readonly units: UnitsColumn;
  /** Its own decimals. */
  readonly scale: Uint8Array;
  /** Where that waits, for those of which not all is open: few. */
  readonly parts: ReadonlyMap<number, readonly WaitingPart[]>;
  /** What is known of its item's stock; undefined when there is no position at all. */
  readonly stock: readonly (ItemStock | undefined)[];
  /** Marks of each: {@link DEMAND_MARKS}. */
  readonly marks: Uint8Array;
  /** Days of life that each asks for, where any does. */
  readonly lifeDays: Float64Array | undefined;
  /** Row of the table of nearness, by order. */
  readonly areas: Int32Array;
  /** Stock that is asked for, each with the finest decimals in which it and the wishes for it are written. */
  readonly asked: readonly ItemStock[];
  /** Positions of orders that were deferred as a whole. */
  readonly wholeOrders: readonly number[];
  /** Whether each line may be served without regard to the others of its order, and from any lots. */
  readonly isEachAlone: boolean;
}

/** Bits of {@link CollectedDemands.marks}. */
export const DEMAND_MARKS = { held: 1, allOrNothing: 2, stepped: 4 } as const;

/**
 * Collects the lines of a batch that wait for something.
 *
 * @param rules caps and minimums of customer groups, which are counted as exactly as all else
 * @param onOrder reads what else is wanted of each order, while it is at hand
 * @param leastDecimals in which every item is counted at least
 */
export function collectDemands(
  orders: readonly Order[],
  stocks: ReadonlyMap<string, ItemStock>,
  { unitOf }: BinBook,
  rules: readonly SupplyRule[],
  areaOf: (path: readonly string[]) => number,
  onProgress: HearProgress | undefined,
  onOrder: ((order: Order) => void) | undefined,
  leastDecimals: number,
): CollectedDemands {
  const capacity = linesOf(orders);
  const count = progressOf(onProgress, "read", capacity);
  const hasNextOrder = nextOrders(orders);
  const decimalsOf = decimalsOfRules(rules);
  const firstOf = new Int32Array(orders.length + 1);
  const lines: OrderLine[] = [];
  const wanted: Decimal[] = [];
  const stock: (ItemStock | undefined)[] = [];
  let units: UnitsColumn = new Int32Array(capacity);
  const scale = new Uint8Array(capacity);
  const marks = new Uint8Array(capacity);
  const areas = new Int32Array(orders.length);
  const parts = new Map<number, readonly WaitingPart[]>();
  const asked: ItemStock[] = [];
  const wholeOrders: number[] = [];
  let lifeDays: Float64Array | undefined;
  let isEachAlone = true;
  for (let position = 0; position < orders.length; position++) {
    const order = orders[position] as Order;
    const { deliveryAreaPath, shipComplete } = order.header;
    areas[position] = areaOf(deliveryAreaPath);
    onOrder?.(order);
    count(order.lines.length);
    const held = order.holds.length === 0 ? undefined : heldLines(order, "allocate");
    if (waitsForNextOrder(order)) {
      firstOf[position + 1] = lines.length;
      continue;
    }
    if (shipComplete === true) isEachAlone = false;
    let isAnyShort = false;
    for (const line of order.lines) {
      const { open, backfill, deferred } = line.quantities;
      if (line.shortages.length > 0) isAnyShort = true;
      const isOpen = backfill === ZERO && deferred === ZERO;
      if (isOpen && open === ZERO) continue;
      const number = lines.length;
      let all = open;
      if (!isOpen) {
        const own = waitingParts(line, { hasNextOrder: backfill !== ZERO && hasNextOrder(position) });
        if (own.length === 0) continue;
        parts.set(number, own);
        all = waitingTotal(own);
      }
      const digits = scaleOf(all);
      const { quantum, minimumRemainingLifeDays } = line;
      const known = stockOf(stocks, line.itemCode, stockOwnerOf(order.header, line));
      if (known !== undefined) {
        if (known.scale < 0) {
          asked.push(known);
          known.scale = Math.max(scaleOfLots(known, unitOf), decimalsOf.get(line.itemCode) ?? 0, leastDecimals);
        }
        if (digits > known.scale) known.scale = digits;
        if (quantum !== undefined) known.scale = Math.max(known.scale, scaleOf(quantum));
      }
      lines.push(line);
      wanted.push(all);
      stock.push(known);
      const own = toSafeUnits(all, digits) ?? Number.NaN;
      units = roomFor(own, units);
      units[number] = own;
      scale[number] = digits;
      marks[number] =
        (held?.has(line.lineId) === true ? DEMAND_MARKS.held : 0) |
        (line.partialAllowed ? 0 : DEMAND_MARKS.allOrNothing) |
        (quantum === undefined ? 0 : DEMAND_MARKS.stepped);
      if (minimumRemainingLifeDays !== undefined) {
        lifeDays ??= new Float64Array(capacity);
        lifeDays[number] = minimumRemainingLifeDays;
      }
      if (line.deliveryGroup !== undefined || line.lotNo !== undefined || line.oneLotOnly === true) isEachAlone = false;
    }
    if (isAnyShort && waitsAsWhole(order)) {
      wholeOrders.push(position);
      if (isEachAlone && hasLivesOfOneItem(order.lines)) isEachAlone = false;
    }
    firstOf[position + 1] = lines.length;
  }
  return {
    firstOf,
    lines,
    wanted,
    units,
    scale,
    parts,
    stock,
    marks,
    lifeDays,
    areas,
    asked,
    wholeOrders,
    isEachAlone,
  };
}

/** Whether lines of one item differ in the life that they ask for, so that they could take each other's lots. */
function hasLivesOfOneItem(lines: readonly OrderLine[]): boolean {
  const lives = new Map<ItemCode, number>();
  return lines.some(({ itemCode, minimumRemainingLifeDays: own = 0 }) => {
    const known = lives.get(itemCode);
    lives.set(itemCode, own);
    return known !== undefined && known !== own;
  });
}

/** The finest decimals in which the rules for each item are written. */
function decimalsOfRules(rules: readonly SupplyRule[]): ReadonlyMap<ItemCode, number> {
  const decimals = new Map<ItemCode, number>();
  for (const { itemCode, quantity, consumed = ZERO } of rules) {
    const finest = Math.max(scaleOf(quantity), scaleOf(consumed));
    decimals.set(itemCode, Math.max(decimals.get(itemCode) ?? 0, finest));
  }
  return decimals;
}

/** The finest decimals in which an item's stock and handling units are written. */
function scaleOfLots({ lots }: ItemStock, unitOf: BinBook["unitOf"]): number {
  let finest = 0;
  for (const { scale, position } of lots) finest = Math.max(finest, scale, scaleOf(unitOf(position) ?? ZERO));
  return finest;
}
