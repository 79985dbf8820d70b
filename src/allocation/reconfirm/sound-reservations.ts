import {
  add,
  compare,
  floorToMultiple,
  isPositive,
  isZero,
  maximum,
  minimum,
  subtract,
  sum,
  ZERO,
} from "../../core/decimal.js";
import type { Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { heldLines } from "../../lifecycle/held-lines.js";
import { togetherIn } from "../../lifecycle/together-in.js";
import type { ItemCode, LineId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { stockKey, stockSource, type StockPosition, type StockSource } from "../../model/stock.js";
import { withReleased } from "../released-moves.js";
import { ruleFor, type HeldQuantity } from "./order-demands.js";
import type { MissingGoods, ReconfirmOrdersContext, UncoveredPlace } from "./reconfirm-orders-policy.js";

/** Orders and stock as they stand when every reservation is given up that its place cannot carry. @internal */
export interface SoundReservations {
  /** The orders, in their order; what is not there is open again. */
  readonly orders: readonly Order[];
  /** The positions; what nobody has reserved is free, and nothing is below zero. */
  readonly stock: readonly StockPosition[];
  /** What each line gives up for it, by its id. */
  readonly lost: ReadonlyMap<LineId, readonly HeldQuantity[]>;
  /** What was reserved and is not there. */
  readonly missing: readonly MissingGoods[];
  /** How much of that a line had. */
  readonly missingOf: (lineId: LineId) => Decimal;
  /** Places whose goods are short also of what others than these lines have reserved. */
  readonly uncovered: readonly UncoveredPlace[];
}

/** A line with what it has reserved and not picked. */
interface Holder {
  readonly order: number;
  readonly line: OrderLine;
  /** What it comes together with. */
  readonly unit: string | undefined;
  readonly places: readonly HeldQuantity[];
}

/**
 * Finds what reservations the places of stock can really carry.
 *
 * **Rules**
 * 1. A place carries what is on hand there; where it is held or has expired nothing, unless the policy keeps what is reserved
 *    of such goods.
 * 2. What others have there – picked goods, lines on hold, orders that take no part – comes first: it cannot be moved here.
 * 3. The rest is carried for those that are served first: who skips, who was set back too often, then by strategy and order
 *    of service. Of a line that takes no parts a reservation is carried whole or not at all; of one with a step, whole steps.
 *
 * @param served orders that take part, by strategy and then in the order of service
 * @param all orders of the run
 * @param stock positions as they really are
 * @param context policy, day, and how often orders were set back
 * @param broken names of what comes together and cannot, since goods are missing: all that it has is given up
 * @returns orders and stock without what is not there. Linear in lines and positions, n log n where goods are missing.
 * @internal
 */
export function soundReservations(
  served: readonly Order[],
  all: readonly Order[],
  stock: readonly StockPosition[],
  context: Pick<ReconfirmOrdersContext, "policy" | "today" | "timesDisplaced">,
  broken: ReadonlySet<string>,
): SoundReservations {
  const holders = served.flatMap(holdersOf);
  const asked = new Map<string, Decimal>();
  for (const { places } of holders) for (const { key, quantity } of places) addAt(asked, key, quantity);
  const others = othersAt(all, stock, asked);
  const usable = new Map(
    stock
      .filter((position) => carries(position, context))
      .map((position) => [stockKey(position.itemCode, position), maximum(ZERO, position.onHand)]),
  );
  const room = new Map(
    [...asked.keys()].map((key) => [
      key,
      maximum(ZERO, subtract(usable.get(key) ?? ZERO, others.get(key)?.quantity ?? ZERO)),
    ]),
  );
  const lost = new Map<LineId, readonly HeldQuantity[]>();
  const missing: MissingGoods[] = [];
  if ([...asked].some(([key, quantity]) => compare(quantity, room.get(key)!) > 0)) {
    for (const holder of inTurnAtPlaces(holders, served, context)) carry(holder);
  }
  const missingOfLine = groupedBy(missing, ({ lineId }) => lineId);
  return {
    orders: served.map((order) => withReleased(order, lost)),
    stock: stock.map(asReserved),
    lost,
    missingOf: (lineId) => sum((missingOfLine.get(lineId) ?? []).map(({ quantity }) => quantity)),
    missing: missing.sort((a, b) => (a.lineId < b.lineId ? -1 : a.lineId > b.lineId ? 1 : 0)),
    uncovered: uncoveredOf(),
  };

  function carry({ order, line, unit, places }: Holder): void {
    const { lineId, itemCode, quantum } = line;
    const parts = places.map(({ key, quantity }) => {
      const here = room.get(key)!;
      if (compare(here, quantity) >= 0) return quantity;
      return unit === undefined ? here : ZERO;
    });
    const { orderNo } = served[order]!;
    for (const [index, { source, quantity }] of places.entries()) {
      const lack = subtract(quantity, parts[index]!);
      if (isPositive(lack)) missing.push({ orderNo, lineId, itemCode, source, quantity: lack });
    }
    if (unit !== undefined && broken.has(unit)) parts.fill(ZERO);
    const kept = sum(parts);
    const isShort = compare(kept, sum(places.map(({ quantity }) => quantity))) < 0;
    let spare = isShort && quantum !== undefined ? subtract(kept, floorToMultiple(kept, quantum)) : ZERO;
    // A step is broken up first where goods are missing, and then at the place that was reserved last.
    const isFull = (index: number): boolean => parts[index] === places[index]!.quantity;
    const turns = [...places.keys()].reverse();
    for (const index of [...turns.filter((at) => !isFull(at)), ...turns.filter(isFull)]) {
      const less = minimum(spare, parts[index]!);
      parts[index] = subtract(parts[index]!, less);
      spare = subtract(spare, less);
    }
    const gone = places.flatMap((place, index): HeldQuantity[] => {
      room.set(place.key, subtract(room.get(place.key)!, parts[index]!));
      const quantity = subtract(place.quantity, parts[index]!);
      return isZero(quantity) ? [] : [{ ...place, quantity }];
    });
    if (gone.length > 0) lost.set(lineId, gone);
  }

  function asReserved(position: StockPosition): StockPosition {
    const key = stockKey(position.itemCode, position);
    const wanted = asked.get(key);
    if (wanted === undefined && compare(position.reserved, position.onHand) <= 0) return position;
    const here = usable.get(key);
    const carried = here === undefined || wanted === undefined ? ZERO : carriedAt(key, here);
    const reserved = maximum(ZERO, minimum(position.onHand, add(others.get(key)?.quantity ?? ZERO, carried)));
    return reserved === position.reserved ? position : { ...position, reserved };
  }

  /** What a place carries for the lines of the run. */
  function carriedAt(key: string, here: Decimal): Decimal {
    const before = maximum(ZERO, subtract(here, others.get(key)?.quantity ?? ZERO));
    return lost.size === 0 ? asked.get(key)! : subtract(before, room.get(key)!);
  }

  function uncoveredOf(): UncoveredPlace[] {
    const items = new Set(all.flatMap(({ lines }) => lines.map(({ itemCode }) => itemCode)));
    return [...others]
      .flatMap(([key, { itemCode, source, quantity }]): UncoveredPlace[] => {
        const here = usable.get(key) ?? ZERO;
        if (!items.has(itemCode) || compare(quantity, here) <= 0) return [];
        return [{ itemCode, source, reserved: quantity, usable: here }];
      })
      .sort((a, b) => (stockKey(a.itemCode, a.source) < stockKey(b.itemCode, b.source) ? -1 : 1));
  }
}

/** What a place has reserved for others. */
interface OthersPlace {
  readonly itemCode: ItemCode;
  readonly source: StockSource;
  readonly quantity: Decimal;
}

/** What is reserved at each place for whoever cannot be moved: as the books have it, and at least as the orders have it. */
function othersAt(
  all: readonly Order[],
  stock: readonly StockPosition[],
  asked: ReadonlyMap<string, Decimal>,
): Map<string, OthersPlace> {
  const known = new Map<string, OthersPlace>();
  for (const { lines } of all) {
    for (const { itemCode, reservations } of lines) {
      for (const reservation of reservations) {
        const key = stockKey(itemCode, reservation);
        const { allocated = ZERO, picked = ZERO } = reservation.quantities;
        const quantity = add(known.get(key)?.quantity ?? ZERO, add(allocated, picked));
        known.set(key, { itemCode, source: stockSource(reservation), quantity });
      }
    }
  }
  const others = new Map<string, OthersPlace>();
  for (const [key, place] of known) {
    const quantity = subtract(place.quantity, asked.get(key) ?? ZERO);
    if (isPositive(quantity)) others.set(key, { ...place, quantity });
  }
  for (const position of stock) {
    const { itemCode, reserved, picked } = position;
    const key = stockKey(itemCode, position);
    const inBooks = maximum(picked, subtract(reserved, asked.get(key) ?? ZERO));
    const quantity = maximum(inBooks, others.get(key)?.quantity ?? ZERO);
    if (isPositive(quantity)) others.set(key, { itemCode, source: stockSource(position), quantity });
  }
  return others;
}

/** Whether what is reserved at a place stays there as far as goods are on hand. */
function carries(
  position: StockPosition,
  { policy: { keepsUnusable = [] }, today }: Pick<ReconfirmOrdersContext, "policy" | "today">,
): boolean {
  const isExpired = position.expiresOn !== undefined && position.expiresOn <= today;
  return (
    (position.condition !== "held" || keepsUnusable.includes("held")) &&
    (!isExpired || keepsUnusable.includes("expired"))
  );
}

function holdersOf(order: Order, place: number): Holder[] {
  const onHold = heldLines(order, "allocate");
  const unitOf = togetherIn(order);
  return order.lines.flatMap((line): Holder[] => {
    if (onHold.has(line.lineId)) return [];
    const places = line.reservations.flatMap((reservation): HeldQuantity[] => {
      const quantity = reservation.quantities.allocated ?? ZERO;
      const source = stockSource(reservation);
      return isZero(quantity) ? [] : [{ source, key: stockKey(line.itemCode, source), quantity }];
    });
    return places.length === 0 ? [] : [{ order: place, line, unit: unitOf(line), places }];
  });
}

function inTurnAtPlaces(
  holders: readonly Holder[],
  served: readonly Order[],
  { policy, timesDisplaced }: Pick<ReconfirmOrdersContext, "policy" | "timesDisplaced">,
): Holder[] {
  const { maxTimesDisplaced = Number.POSITIVE_INFINITY } = policy;
  const turns = served.map((order) => {
    if (ruleFor(order, policy).strategy === "skip") return 0;
    return (timesDisplaced?.get(order.orderNo) ?? 0) >= maxTimesDisplaced ? 1 : 2;
  });
  return [...holders].sort((a, b) => turns[a.order]! - turns[b.order]!);
}

function addAt(sums: Map<string, Decimal>, key: string, quantity: Decimal): void {
  sums.set(key, add(sums.get(key) ?? ZERO, quantity));
}
