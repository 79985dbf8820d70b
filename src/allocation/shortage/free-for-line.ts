import { compare, isPositive, maximum, minimum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { FreeLeft, KeyedQuantity } from "./goods-left.js";
import type { OfferBook } from "./offer-book.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import { shortOf } from "./propose-substitutes.js";
import { inOwnLot, usablePlaces, wantsOneLot, type MayUse, type ShortLine } from "./usable-lots.js";

/** What lies free for a line, and where. */
interface FreeGoods {
  /** What nobody need be asked for, in the base unit. */
  readonly quantity: Decimal;
  /** What lies there at all: more than that where it may not be had for reasons that a proposal does not look at. */
  readonly seen: Decimal;
  /** Places that the line may use. */
  readonly places: readonly KeyedQuantity[];
}

/**
 * What of a shortage lies free, so that nobody need be asked for it: a line that comes in full or not at all took nothing
 * though some was there. What the lines of its order before it want of the item is theirs; so is what earlier lines of the
 * same call have claimed, where a call looks at several.
 *
 * Nothing is said to lie free where it may not be had for other reasons that a proposal does not look at: one lot for the
 * line, limits to the warehouses, caps and minimums of the item.
 *
 * @internal
 */
export function freeForLine(
  { order, line }: ShortLine,
  mayUse: MayUse,
  { policy }: Pick<ProposeReallocationContext, "policy">,
  { goods, indexOf }: OfferBook,
  left?: FreeLeft,
): FreeGoods {
  const { itemCode, lineId } = line;
  const { sourcing } = policy;
  const { unitOf, aheadOf } = indexOf(order);
  if (unitOf(line) === undefined) return { quantity: ZERO, seen: ZERO, places: [] };
  const { free, rules } = goods.of(itemCode);
  const isOneLot = wantsOneLot(line, { policy });
  const isLimited = sourcing.kind === "wholeOrderFromOne" || (sourcing.kind === "chosen" && sourcing.limits.length > 0);
  const places = free.flatMap(({ key, position, quantity: there }): KeyedQuantity[] => {
    if (!mayUse(position)) return [];
    const quantity = subtract(there, left?.claimedAt(key) ?? ZERO);
    return isPositive(quantity) ? [{ key, quantity }] : [];
  });
  // Lines of units have claimed theirs where a call looks at all of them.
  const before = aheadOf(lineId)[left === undefined ? "all" : "loose"];
  const own = maximum(ZERO, subtract(sum(places.map(({ quantity }) => quantity)), before));
  const seen = left === undefined || isDepositDraw(line) ? own : minimum(own, left.freeOf(itemCode));
  return { quantity: isOneLot || isLimited || rules.length > 0 ? ZERO : seen, seen, places };
}

/** Whether all that a line is short of lies free for it. @internal */
export function isAllFree(
  short: ShortLine,
  context: ProposeReallocationContext,
  book: OfferBook,
  left?: FreeLeft,
): boolean {
  if (book.indexOf(short.order).unitOf(short.line) === undefined) return false;
  return compare(freeOf(short, context, book, left).quantity, shortOf(short.line)) >= 0;
}

/** What lies free for a line. @internal */
export function freeOf(
  short: ShortLine,
  context: ProposeReallocationContext,
  book: OfferBook,
  left?: FreeLeft,
): FreeGoods {
  const mayUse = inOwnLot(short.line, usablePlaces(short, book.goods, context), context);
  return freeForLine(short, mayUse, context, book, left);
}
