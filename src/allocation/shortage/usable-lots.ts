import { groupedBy } from "../../core/grouped-by.js";
import type { Order } from "../../model/order.js";
import type { LineReservation, OrderLine } from "../../model/order-line.js";
import { stockOwnerOf } from "../../model/stock-owner.js";
import { stockKey, type StockSource } from "../../model/stock.js";
import { isCovered, isUsable, livesLongEnough } from "../usable-stock.js";
import type { Holding } from "./donor-book.js";
import type { GoodsBook } from "./item-goods.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";

/** A line that is short, with its order. */
export interface ShortLine {
  /** Order. */
  readonly order: Order;
  /** Line. */
  readonly line: OrderLine;
}

/** Whether the short line may use goods in a place. */
export type MayUse = (place: StockSource) => boolean;

/** What a line has where the short line may use it. */
export interface UsableHolding {
  /** Who has it. */
  readonly holding: Holding;
  /** The line as it is now. */
  readonly line: OrderLine;
  /** Its reservations there. */
  readonly places: readonly LineReservation[];
  /** Whether stock has all that it may use there as the orders have it; nobody is asked for what stock has not. */
  readonly isBooked: boolean;
}

/** Whether all of a line must come from one lot. */
export function wantsOneLot(
  { oneLotOnly }: Pick<OrderLine, "oneLotOnly">,
  { policy }: Pick<ProposeReallocationContext, "policy">,
): boolean {
  return oneLotOnly === true || policy.oneLotPerLine === true;
}

/**
 * What others have that could go to a short line: all of it as one; or, where all of the line must come from one lot, by the
 * lots – in one warehouse – that it could be.
 *
 * @param usable what others have where the line may use it
 * @returns at least one choice, in an order that the input does not change. n log n in the reservations.
 */
export function choicesOf(
  { line }: ShortLine,
  usable: readonly UsableHolding[],
  context: Pick<ProposeReallocationContext, "policy">,
): readonly (readonly UsableHolding[])[] {
  if (!wantsOneLot(line, context)) return [usable];
  const byLot = new Map<string, UsableHolding[]>();
  for (const own of usable) {
    for (const [name, places] of groupedBy(own.places, lotName)) {
      const known = byLot.get(name);
      if (known === undefined) byLot.set(name, [{ ...own, places }]);
      else known.push({ ...own, places });
    }
  }
  // What the line holds already says which lot it is.
  const held = new Set(line.reservations.map(lotName));
  const names = [...byLot.keys()].filter((name) => held.size === 0 || held.has(name)).sort();
  return names.length === 0 ? [[]] : names.map((name) => byLot.get(name)!);
}

function lotName({ warehouseId, lotNo = "" }: StockSource): string {
  return `${warehouseId}\n${lotNo}`;
}

/** The places that a line may use where what it holds already says which lot it is. */
export function inOwnLot(line: OrderLine, mayUse: MayUse, context: Pick<ProposeReallocationContext, "policy">): MayUse {
  if (line.reservations.length === 0 || !wantsOneLot(line, context)) return mayUse;
  const own = new Set(line.reservations.map(lotName));
  return (place) => own.has(lotName(place)) && mayUse(place);
}

/**
 * Which goods that others hold a short line may use, as an allocation would give them to it: warehouse, owner, condition,
 * life, and a lot that is for it and that it names.
 */
export function usablePlaces(
  { order, line }: ShortLine,
  { near, eligibility, of }: GoodsBook,
  { today }: Pick<ProposeReallocationContext, "today">,
): MayUse {
  const { header } = order;
  const warehouses = new Set(
    near
      .warehousesOf(near.areaOf(header.deliveryAreaPath))
      .filter((warehouseId) => eligibility?.barOf(order, line, warehouseId) === undefined),
  );
  const barred = new Set(eligibility?.barredLots(order, line.itemCode).map(({ lotNo }) => lotNo));
  const owner = stockOwnerOf(header, line);
  const { positions } = of(line.itemCode);
  return (place) => {
    const position = positions.get(stockKey(line.itemCode, place));
    if (position === undefined || !warehouses.has(place.warehouseId) || place.owner !== owner) return false;
    if (!isUsable(position, today) || !isCovered(position) || eligibility?.isKeptAt(line, position) === false)
      return false;
    if (line.lotNo !== undefined && place.lotNo !== line.lotNo) return false;
    if (place.lotNo !== undefined && barred.has(place.lotNo)) return false;
    return position.expiresOn === undefined || livesLongEnough(header, line, position.expiresOn, today);
  };
}
