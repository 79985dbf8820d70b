import { compare, isPositive, maximum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { togetherWith } from "../../lifecycle/together-with.js";
import { freeQuantity } from "../usable-stock.js";
import type { ProposeReallocationContext } from "./reallocation-proposal.js";
import { shortOf } from "./propose-substitutes.js";
import { usableLots, type MayUse, type ShortLine } from "./usable-lots.js";

/**
 * What of a shortage lies free, so that nobody need be asked for it: a line that comes in full or not at all took nothing
 * though some was there. What the lines of its order before it want of the item is theirs.
 *
 * Nothing is said to lie free where it may not be had for other reasons that a proposal does not look at: one lot for the
 * line, limits to the warehouses, caps and minimums of the item.
 *
 * @returns quantity in the base unit
 * @internal
 */
export function freeForLine(
  { order, line }: ShortLine,
  mayUse: MayUse,
  { policy, stock }: ProposeReallocationContext,
): Decimal {
  const { itemCode, oneLotOnly } = line;
  const { sourcing, protection = [], oneLotPerLine } = policy;
  const isOneLot = oneLotOnly === true || oneLotPerLine === true;
  const isLimited = sourcing.kind === "wholeOrderFromOne" || (sourcing.kind === "chosen" && sourcing.limits.length > 0);
  const isGuarded = protection.some((rule) => rule.itemCode === itemCode);
  if (togetherWith(order, line) === undefined || isOneLot || isLimited || isGuarded) return ZERO;
  const free = stock.flatMap((position) => {
    const quantity = freeQuantity(position);
    return position.itemCode === itemCode && isPositive(quantity) && mayUse(position) ? [quantity] : [];
  });
  const before = order.lines
    .slice(
      0,
      order.lines.findIndex(({ lineId }) => lineId === line.lineId),
    )
    .filter((other) => other.itemCode === itemCode)
    .flatMap(({ quantities: { open, backfill, deferred } }) => [open, backfill, deferred]);
  return maximum(ZERO, subtract(sum(free), sum(before)));
}

/** Whether all that a line is short of lies free for it. @internal */
export function isAllFree(short: ShortLine, context: ProposeReallocationContext): boolean {
  if (togetherWith(short.order, short.line) === undefined) return false;
  const [mayUse] = usableLots(short, [], context);
  return compare(freeForLine(short, mayUse!, context), shortOf(short.line)) >= 0;
}
