import { compare, isPositive, maximum, minimum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { togetherIn } from "../../lifecycle/together-with.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import { stockKey } from "../../model/stock.js";
import { freeQuantity } from "../usable-stock.js";
import type { FreeLeft, KeyedQuantity } from "./goods-left.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import { shortOf } from "./propose-substitutes.js";
import { usableLots, type MayUse, type ShortLine } from "./usable-lots.js";

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
  { policy, stock }: ProposeReallocationContext,
  left?: FreeLeft,
): FreeGoods {
  const { itemCode, oneLotOnly } = line;
  const { sourcing, protection = [], oneLotPerLine } = policy;
  const unitOf = togetherIn(order);
  const isOneLot = oneLotOnly === true || oneLotPerLine === true;
  const isLimited = sourcing.kind === "wholeOrderFromOne" || (sourcing.kind === "chosen" && sourcing.limits.length > 0);
  const isGuarded = protection.some((rule) => rule.itemCode === itemCode);
  if (unitOf(line) === undefined) return { quantity: ZERO, seen: ZERO, places: [] };
  const places = stock.flatMap((position): KeyedQuantity[] => {
    if (position.itemCode !== itemCode || !mayUse(position)) return [];
    const key = stockKey(itemCode, position);
    const quantity = subtract(freeQuantity(position), left?.claimedAt(key) ?? ZERO);
    return isPositive(quantity) ? [{ key, quantity }] : [];
  });
  const before = order.lines
    .slice(
      0,
      order.lines.findIndex(({ lineId }) => lineId === line.lineId),
    )
    // Lines of units have claimed theirs where a call looks at all of them.
    .filter((other) => other.itemCode === itemCode && (left === undefined || unitOf(other) === undefined))
    .flatMap(({ quantities: { open, backfill, deferred } }) => [open, backfill, deferred]);
  const own = maximum(ZERO, subtract(sum(places.map(({ quantity }) => quantity)), sum(before)));
  const seen = left === undefined || isDepositDraw(line) ? own : minimum(own, left.freeOf(itemCode));
  return { quantity: isOneLot || isLimited || isGuarded ? ZERO : seen, seen, places };
}

/** Whether all that a line is short of lies free for it. @internal */
export function isAllFree(short: ShortLine, context: ProposeReallocationContext, left?: FreeLeft): boolean {
  if (togetherIn(short.order)(short.line) === undefined) return false;
  return compare(freeOf(short, context, left).quantity, shortOf(short.line)) >= 0;
}

/** What lies free for a line. @internal */
export function freeOf(short: ShortLine, context: ProposeReallocationContext, left?: FreeLeft): FreeGoods {
  const [mayUse] = usableLots(short, [], context);
  return freeForLine(short, mayUse!, context, left);
}
