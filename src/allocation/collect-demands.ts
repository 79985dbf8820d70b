import { scaleOf, ZERO, type Decimal } from "../core/decimal.js";
import { heldLines } from "../lifecycle/held-lines.js";
import type { CustomerCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { holds } from "../model/status-of.js";
import { progressOf, type HearProgress } from "./allocation-progress.js";
import type { BinBook } from "./bin-order.js";
import { stockOf, type ItemStock } from "./item-stock.js";
import { waitingParts, waitingTotal, type WaitingPart } from "./waiting-quantity.js";
import { waitsAsWhole } from "./whole-orders.js";

/** A line that takes part in the batch. */
export interface Demand {
  /** Position of its order in the batch. */
  readonly order: number;
  /** The line. */
  readonly line: OrderLine;
  /** What it asks for in all, in the base unit. */
  readonly wanted: Decimal;
  /** Where that waits; undefined when all of it is open, as for nearly every line. */
  readonly parts: readonly WaitingPart[] | undefined;
  /** What is known of its item's stock; undefined when there is no position at all. */
  readonly stock: ItemStock | undefined;
  /** Row of the table of nearness. */
  readonly area: number;
  /** Whether a hold on the line keeps it out. */
  readonly isHeld: boolean;
}

/** What the lines of a batch say, read in one pass: the objects are far apart in memory, and looking them up is the cost. */
export interface CollectedDemands {
  /** Lines that wait for something, in the order of service. */
  readonly demands: readonly Demand[];
  /** Stock that they ask for, each with the finest decimals in which it and the wishes for it are written. */
  readonly stocks: readonly ItemStock[];
  /** By position of the demand: 1 for a line that may not come in parts. */
  readonly allOrNothing: Uint8Array;
  /** By position of the demand: days of life that the line asks for. */
  readonly lifeDays: Float64Array;
  /** Positions of demands with a step. */
  readonly stepped: readonly number[];
  /** Positions of orders that were deferred as a whole. */
  readonly wholeOrders: readonly number[];
  /** Whether each line may be served without regard to the others of its order, and from any lots. */
  readonly isEachAlone: boolean;
}

/** The parts of what a demand waits for. */
export function partsOf({ parts, wanted }: Demand): readonly WaitingPart[] {
  return parts ?? [{ bucket: "open", quantity: wanted }];
}

/**
 * Collects the lines of a batch that wait for something.
 *
 * @param orders in the order of service
 */
export function collectDemands(
  orders: readonly Order[],
  stocks: ReadonlyMap<string, ItemStock>,
  { unitOf }: BinBook,
  areaOf: (path: readonly string[]) => number,
  onProgress: HearProgress | undefined,
): CollectedDemands {
  const capacity = orders.reduce((lines, order) => lines + order.lines.length, 0);
  const count = progressOf(onProgress, "read", capacity);
  const hasNextOrder = nextOrders(orders);
  const demands: Demand[] = [];
  const asked: ItemStock[] = [];
  const allOrNothing = new Uint8Array(capacity);
  const lifeDays = new Float64Array(capacity);
  const stepped: number[] = [];
  const wholeOrders: number[] = [];
  let isEachAlone = true;
  for (const [position, order] of orders.entries()) {
    const { customerCode, deliveryAreaPath, shipComplete } = order.header;
    const area = areaOf(deliveryAreaPath);
    count(order.lines.length);
    const held = order.holds.length === 0 ? undefined : heldLines(order, "allocate");
    if (shipComplete === true) isEachAlone = false;
    if (order.lines.some(({ shortages }) => shortages.length > 0) && waitsAsWhole(order)) wholeOrders.push(position);
    for (const line of order.lines) {
      const { open, backfill, deferred } = line.quantities;
      const isOpen = backfill === ZERO && deferred === ZERO;
      if (isOpen && open === ZERO) continue;
      const parts = isOpen
        ? undefined
        : waitingParts(line, { hasNextOrder: backfill !== ZERO && hasNextOrder(position) });
      if (parts?.length === 0) continue;
      const wanted = parts === undefined ? open : waitingTotal(parts);
      const owner = line.transactionCategory === "depositDraw" ? customerCode : undefined;
      const stock = stockOf(stocks, line.itemCode, owner);
      if (stock !== undefined) {
        if (stock.scale < 0) {
          asked.push(stock);
          stock.scale = scaleOfLots(stock, unitOf);
        }
        stock.scale = Math.max(stock.scale, scaleOf(wanted), line.quantum === undefined ? 0 : scaleOf(line.quantum));
      }
      const isHeld = held?.has(line.lineId) ?? false;
      const number = demands.length;
      demands.push({ order: position, line, wanted, parts, stock, area, isHeld });
      if (!line.partialAllowed) allOrNothing[number] = 1;
      if (line.minimumRemainingLifeDays !== undefined) lifeDays[number] = line.minimumRemainingLifeDays;
      if (line.quantum !== undefined) stepped.push(number);
      if (line.deliveryGroup !== undefined || line.lotNo !== undefined || line.oneLotOnly === true) isEachAlone = false;
    }
  }
  return { demands, stocks: asked, allOrNothing, lifeDays, stepped, wholeOrders, isEachAlone };
}

/** Says of an order whether the batch holds another open one of the same customer; counted when first asked. */
function nextOrders(orders: readonly Order[]): (position: number) => boolean {
  let counted: ReadonlyMap<CustomerCode, number> | undefined;
  const isOpen = ({ lines }: Order): boolean => holds(lines, "open");
  const countOpen = (): ReadonlyMap<CustomerCode, number> => {
    const open = new Map<CustomerCode, number>();
    for (const order of orders) {
      const { customerCode } = order.header;
      if (isOpen(order)) open.set(customerCode, (open.get(customerCode) ?? 0) + 1);
    }
    return open;
  };
  return (position) => {
    counted ??= countOpen();
    const order = orders[position] as Order;
    return (counted.get(order.header.customerCode) ?? 0) > (isOpen(order) ? 1 : 0);
  };
}

/** The finest decimals in which an item's stock and handling units are written. */
function scaleOfLots({ lots }: ItemStock, unitOf: BinBook["unitOf"]): number {
  let finest = 0;
  for (const { free, position } of lots) finest = Math.max(finest, scaleOf(free), scaleOf(unitOf(position) ?? ZERO));
  return finest;
}
