import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import { heldLines } from "../lifecycle/held-lines.js";
import { unitsTogether, waitsForNextOrder } from "../lifecycle/together-in.js";
import { nextOrders, waitingParts, waitingTotal } from "../lifecycle/waiting-quantity.js";
import type { LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import { ENDED_STATUSES, type Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import { laterOf, unitsOf } from "./available-to-promise.js";
import { shelfFor, type AskingOrder, type PromiseBook } from "./promise-book.js";
import type { LineWish, Granted } from "./line-wish.js";
import type { OrderToPromise, PromisedLine } from "./promised-line.js";
import { promiseGroup } from "./promise-group.js";
import { promiseParts } from "./promise-parts.js";

/** An order that asks, with what promising looks at besides. @internal */
export interface OrderThatAsks extends AskingOrder {
  readonly group: string | undefined;
  /** What waits on each line. */
  readonly waiting: ReadonlyMap<LineId, Decimal>;
  /** Lines that a hold keeps out. */
  readonly held: ReadonlySet<LineId>;
  readonly neededOn: CalendarDay | undefined;
}

/**
 * Finds what waits on the lines of orders, by the rules by which an allocation asks for it.
 *
 * @param nextOrderOf whose next order is counted on, besides the orders themselves
 * @internal
 */
export function ordersThatAsk(
  orders: readonly OrderToPromise[],
  today: CalendarDay,
  nextOrderOf?: Order["header"]["customerCode"],
): OrderThatAsks[] {
  const able = orders.filter(({ order }) => !ENDED_STATUSES.includes(order.status));
  const free = able.filter(({ order }) => !isHeldAsWhole(order));
  const placeOf = new Map(free.map(({ order }, place) => [order, place]));
  const hasNextOrder = nextOrders(free.map(({ order }) => order));
  return able.map(({ order, neededOn, group }) => {
    const { customerCode, requestedDeliveryDate, customerClass } = order.header;
    const place = placeOf.get(order);
    const day = neededOn ?? requestedDeliveryDate;
    const waiting = new Map<LineId, Decimal>();
    for (const line of waitsForNextOrder(order) ? [] : order.lines) {
      const isNext = (): boolean => customerCode === nextOrderOf || (place !== undefined && hasNextOrder(place));
      const parts = waitingParts(line, { hasNextOrder: line.quantities.backfill !== "0" && isNext() });
      if (parts.length > 0) waiting.set(line.lineId, waitingTotal(parts));
    }
    const lines = order.lines.filter(({ lineId }) => waiting.has(lineId));
    return {
      order,
      from: laterOf(today, day),
      neededOn: day,
      group: group ?? customerClass,
      waiting,
      lines,
      held: place === undefined ? new Set(waiting.keys()) : heldLines(order, "allocate"),
    };
  });
}

function isHeldAsWhole({ holds }: Order): boolean {
  return holds.some((hold) => hold.lineId === undefined && isInForce(hold) && hold.blocks.includes("allocate"));
}

/** Promises the lines of one order and takes what they ask for. @internal */
export function promiseLines(book: PromiseBook, asking: OrderThatAsks): PromisedLine[] {
  const { order, lines } = asking;
  const granted = new Map<LineId, Granted>();
  for (const [together, members] of unitsTogether(order, lines)) {
    const wishes = members.map((line) => wishOf(book, asking, line));
    if (typeof together !== "string") granted.set(members[0].lineId, promiseParts(wishes[0]!));
    else for (const [lineId, answer] of promiseGroup(wishes)) granted.set(lineId, answer);
  }
  return lines.map((line) => ({
    orderNo: order.orderNo,
    lineId: line.lineId,
    itemCode: line.itemCode,
    requested: asking.waiting.get(line.lineId)!,
    ...granted.get(line.lineId)!,
  }));
}

function wishOf(book: PromiseBook, asking: OrderThatAsks, line: OrderLine): LineWish {
  const { order, from, neededOn, group, waiting, held } = asking;
  const { customerCode, deliveryAreaPath, vehicleRestriction, requestedDeliveryDate } = order.header;
  const units = unitsOf(waiting.get(line.lineId)!);
  const quantum = line.quantum === undefined ? 1n : unitsOf(line.quantum);
  const found = shelfFor(book, {
    itemCode: line.itemCode,
    lotNo: line.lotNo,
    minimumRemainingLifeDays: line.minimumRemainingLifeDays,
    temperatureClass: line.temperatureClass,
    customerCode,
    deliveryAreaPath,
    vehicleRestriction,
    owner: stockOwnerOf(order.header, line),
    deliveredOn:
      requestedDeliveryDate !== undefined && requestedDeliveryDate > from ? requestedDeliveryDate : undefined,
  });
  return {
    line,
    ...found,
    units,
    quantum,
    whole: units - (units % quantum),
    group,
    from,
    neededOn,
    isHeld: held.has(line.lineId),
    isKnown: book.knownItems.has(line.itemCode),
  };
}
