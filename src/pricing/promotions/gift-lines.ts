import { add, isPositive, isZero, minimum, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { convertQuantity, toExactDecimal } from "../../core/unit-conversion.js";
import type { Bucket } from "../../model/bucket.js";
import type { Change, QuantityMoved } from "../../model/change.js";
import type { ItemCode, LineId, Uom } from "../../model/ids.js";
import { inUnitOfOrder, keptInBaseUnit } from "../../model/kept-quantity.js";
import type { Masters } from "../../model/masters.js";
import { baseQuantityOf, newOrderLine } from "../../model/new-order-line.js";
import { nextLineNo } from "../../model/next-line-no.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { PromotionId } from "../../model/promotion/promotion.js";
import { stockSource } from "../../model/stock.js";
import type { PricedGift } from "./price-promotions.js";

/** Why a gift cannot be put on the order. */
export type GiftLineIssue = IssueOf<{
  "gift.unknown_item": { readonly promotionId: PromotionId; readonly itemCode: ItemCode };
  "gift.unit_not_possible": {
    readonly promotionId: PromotionId;
    readonly itemCode: ItemCode;
    readonly quantity: Decimal;
    readonly uom: Uom;
  };
}>;

/** What becomes of the gift lines of an order. */
export interface GiftLines {
  /** Lines added, quantity added, quantity cancelled. */
  readonly changes: readonly Change[];
  /** Lines as they are added. */
  readonly added: readonly OrderLine[];
  /** What has left the house and is no longer earned, by line, in the base unit. */
  readonly unearned: readonly { readonly lineId: LineId; readonly quantity: Decimal }[];
}

/** Promotions whose gift lines do not simply follow what is earned. */
export interface GiftRules {
  /** Their lines are left alone. */
  readonly untouched: ReadonlySet<PromotionId>;
  /** Their lines may grow, but are never cancelled. */
  readonly notReduced: ReadonlySet<PromotionId>;
}

/** Gift lines follow what is earned. */
const FOLLOW_WHAT_IS_EARNED: GiftRules = { untouched: new Set(), notReduced: new Set() };

/** Where quantity of a gift is given up, first things first. */
const GIVE_UP: readonly Bucket[] = ["open", "deferred", "backfill", "allocated", "picked"];

/**
 * Brings the gift lines of an order to what is earned.
 *
 * **Rules**
 * 1. A gift that is new becomes a line of its own, at the end, open: it takes part in allocation and all that follows.
 * 2. More of a gift is added to its line; less is cancelled, what is furthest from leaving first.
 * 3. What has left already and is not earned any more is told.
 *
 * @param earned gifts as worked out now
 * @param rules promotions whose gifts do not simply follow
 */
export function giftLines(
  order: Order,
  earned: readonly PricedGift[],
  items: Masters["items"] | undefined,
  { untouched, notReduced }: GiftRules = FOLLOW_WHAT_IS_EARNED,
): Result<GiftLines, GiftLineIssue> {
  const issues: GiftLineIssue[] = [];
  const added: OrderLine[] = [];
  const unearned: { lineId: LineId; quantity: Decimal }[] = [];
  const wanted = new Map<LineId, Decimal>();
  for (const [place, whole] of together(earned).entries()) {
    const gift = lessGivenOtherwise(order, whole);
    if (gift === undefined) continue;
    const line = order.lines.find((one) => isOf(one, gift));
    if (line === undefined) {
      const opened = openGift(order, gift, items, added.length, place);
      if (opened.ok) added.push(opened.value);
      else issues.push(...opened.issues);
    } else {
      const base = baseOf(line, gift, place);
      if (base.ok) wanted.set(line.lineId, base.value);
      else issues.push(...base.issues);
    }
  }
  if (issues.length > 0) return refuse(issues);
  const changes: Change[] = added.map((line) => ({ kind: "line_added", line }));
  for (const line of order.lines) {
    const { giftOf, lineId } = line;
    if (giftOf === undefined || untouched.has(giftOf.promotionId)) continue;
    const difference = subtract(wanted.get(lineId) ?? ZERO, keptInBaseUnit(line));
    if (isPositive(difference)) changes.push({ kind: "quantity_added", lineId, quantity: difference });
    else if (!isZero(difference) && !notReduced.has(giftOf.promotionId)) {
      const { moves, left } = giveUp(line, subtract(ZERO, difference));
      changes.push(...moves);
      if (isPositive(left)) unearned.push({ lineId, quantity: left });
    }
  }
  return ok({ changes, added, unearned });
}

/** Gifts of one promotion, item and unit are one line, however many coupons earned them. */
function together(earned: readonly PricedGift[]): PricedGift[] {
  const sums = new Map<string, PricedGift>();
  for (const gift of earned) {
    const key = JSON.stringify([gift.promotionId, gift.itemCode, gift.uom, gift.category]);
    const before = sums.get(key);
    const triggers = [...new Set([...(before?.triggers ?? []), ...gift.triggers])];
    sums.set(key, { ...gift, triggers, quantity: add(before?.quantity ?? ZERO, gift.quantity) });
  }
  return [...sums.values()];
}

/** What is still to be given where a part has left already as another item, since the gift was replaced. */
function lessGivenOtherwise(order: Order, gift: PricedGift): PricedGift | undefined {
  const gone = order.lines
    .filter((line) => line.giftOf?.promotionId === gift.promotionId && !isOf(line, gift))
    .map((line) => inUnitOfOrder(line, add(line.quantities.shipped, line.quantities.delivered)))
    .reduce(add, ZERO);
  const quantity = subtract(gift.quantity, gone);
  return isPositive(quantity) ? { ...gift, quantity } : undefined;
}

function isOf(line: OrderLine, gift: PricedGift): boolean {
  return (
    line.giftOf?.promotionId === gift.promotionId &&
    line.itemCode === gift.itemCode &&
    line.uom === (gift.uom ?? line.baseUom) &&
    line.transactionCategory === gift.category
  );
}

/** A gift's quantity in the base unit of the line that it is on. */
function baseOf(line: OrderLine, gift: PricedGift, place: number): Result<Decimal, GiftLineIssue> {
  // What is there may be a third of a case, which no decimal says exactly.
  const kept = keptInBaseUnit(line);
  if (inUnitOfOrder(line, kept) === gift.quantity) return ok(kept);
  const base = toExactDecimal(convertQuantity(gift.quantity, line.unitFactor));
  return base === undefined ? refuse([notPossible(gift, line.uom, place)]) : ok(base);
}

function notPossible(gift: PricedGift, uom: Uom, place: number): GiftLineIssue {
  const { promotionId, itemCode, quantity } = gift;
  return issue("gift.unit_not_possible", ["gifts", place], { promotionId, itemCode, quantity, uom });
}

function openGift(
  order: Order,
  gift: PricedGift,
  items: Masters["items"] | undefined,
  before: number,
  place: number,
): Result<OrderLine, GiftLineIssue> {
  const { promotionId, version, itemCode, quantity, category, triggers, whenShort } = gift;
  const item = items?.get(itemCode);
  if (item === undefined) return refuse([issue("gift.unknown_item", ["gifts", place], { promotionId, itemCode })]);
  const uom = gift.uom ?? item.baseUom;
  const base = baseQuantityOf(item, quantity, uom);
  if (base.kind !== "exact") return refuse([notPossible(gift, uom, place)]);
  const lineNo = nextLineNo(order) + before;
  const minimumRemainingLifeDays = order.lines[0]?.minimumRemainingLifeDays;
  return ok(
    newOrderLine(item, base, {
      lineId: `${order.orderNo}-${lineNo}`,
      lineNo,
      transactionCategory: category,
      orderedQty: quantity,
      uom,
      unitPrice: ZERO,
      giftOf: { promotionId, version, triggers },
      partialAllowed: order.lines[0]?.partialAllowed ?? true,
      shortagePolicy: SHORTAGE_POLICIES[whenShort],
      ...(minimumRemainingLifeDays === undefined ? {} : { minimumRemainingLifeDays }),
    }),
  );
}

const SHORTAGE_POLICIES = { backfill: "backfillOnArrival", drop: "cancelRemainder", replace: "leaveOpen" } as const;

/**
 * What of the gifts that were not earned after all is new: what goes beyond the gifts that the order's promotions gave when
 * they were last worked out was asked back, or charged, then.
 */
export function newlyUnearned({ lines, promotions }: Order, unearned: GiftLines["unearned"]): GiftLines["unearned"] {
  const told = new Map<PromotionId, Decimal>();
  for (const line of lines) {
    const id = line.giftOf?.promotionId;
    if (id === undefined) continue;
    const given = (promotions?.applied ?? []).filter(({ promotionId }) => promotionId === id);
    const before = told.get(id) ?? subtract(ZERO, sum(given.map(({ units }) => units)));
    told.set(id, add(before, inUnitOfOrder(line, keptInBaseUnit(line))));
  }
  return unearned.flatMap(({ lineId, quantity }) => {
    const line = lines.find((one) => one.lineId === lineId);
    const id = line?.giftOf?.promotionId;
    const before = id === undefined ? ZERO : (told.get(id) ?? ZERO);
    if (line === undefined || id === undefined || !isPositive(before)) return [{ lineId, quantity }];
    const units = inUnitOfOrder(line, quantity);
    const known = minimum(units, before);
    told.set(id, subtract(before, known));
    const rest = toExactDecimal(convertQuantity(subtract(units, known), line.unitFactor)) ?? ZERO;
    return isPositive(rest) ? [{ lineId, quantity: rest }] : [];
  });
}

/** Cancels quantity of a line that has not left the house. */
function giveUp(line: OrderLine, quantity: Decimal): { readonly moves: QuantityMoved[]; readonly left: Decimal } {
  const { lineId, quantities, reservations } = line;
  const moves: QuantityMoved[] = [];
  let left = quantity;
  for (const from of GIVE_UP) {
    if (from === "allocated" || from === "picked") {
      for (const reservation of reservations) {
        const part = minimum(left, reservation.quantities[from] ?? ZERO);
        if (!isPositive(part)) continue;
        left = subtract(left, part);
        moves.push({
          kind: "quantity_moved",
          lineId,
          from,
          to: "cancelled",
          quantity: part,
          source: stockSource(reservation),
        });
      }
      continue;
    }
    const part = minimum(left, quantities[from]);
    if (!isPositive(part)) continue;
    left = subtract(left, part);
    moves.push({ kind: "quantity_moved", lineId, from, to: "cancelled", quantity: part });
  }
  return { moves, left };
}
