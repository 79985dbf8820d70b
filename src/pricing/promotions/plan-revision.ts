import {
  add,
  compare,
  isPositive,
  isZero,
  multiply,
  multiplyDivide,
  subtract,
  sum,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { minorUnitOf } from "../../core/money.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { PriceSet } from "../../model/change.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import { keptInBaseUnit } from "../../model/kept-quantity.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { PromotionId, RevisionCause } from "../../model/promotion/promotion.js";
import {
  goodsOf,
  priceLines,
  priceSetOf,
  type PriceLineIssue,
  type PriceMasters,
  type PricePolicy,
} from "../price-lines.js";
import type { PromotionCartIssue } from "./cart-state.js";
import { giftLines, newlyUnearned, type GiftLineIssue, type GiftLines } from "./gift-lines.js";
import { givePromotions, type OrderPromotionFacts } from "./give-promotions.js";
import { billedTooMuch, revisedLine, type RevisedLine } from "./revised-line.js";
import { standingOf, type DefinitionIssue } from "./standing-promotions.js";

/** What revising promotions needs to know. */
export interface RevisionContext {
  /** Master files, for floors, categories and gifts. */
  readonly masters: PriceMasters;
  /** How amounts are rounded; as when the order was priced. */
  readonly policy: Pick<PricePolicy, "rounding" | "decimals">;
  /** Promotions, with the versions that the order was priced with. */
  readonly promotions: OrderPromotionFacts;
}

/** Quantity that is about to leave an order, or to come on top (below zero), in the base unit of the line. */
export interface LeavingQuantity {
  /** Line. */
  readonly lineId: LineId;
  /** Quantity. */
  readonly quantity: Decimal;
}

/** Why promotions cannot be worked out again. */
export type RevisionIssue =
  | PriceLineIssue
  | PromotionCartIssue
  | GiftLineIssue
  | DefinitionIssue
  | IssueOf<{
      "revise.no_promotions": { readonly orderNo: OrderNo };
      "revise.unknown_line": { readonly lineId: LineId };
      "revise.more_than_kept": { readonly lineId: LineId; readonly quantity: Decimal; readonly kept: Decimal };
    }>;

/** What a change of an order means for its promotions. **Source:** mission 6.8 */
export interface PromotionRevisionPlan {
  /** Cause. */ readonly cause: RevisionCause;
  /** Lines of goods whose kept quantity costs more or less than before. */
  readonly lines: readonly RevisedLine[];
  /** Discounts of promotions on what is kept, before and after; their difference is what the customer gains or loses. */
  readonly discountBefore: Decimal;
  /** See above. */
  readonly discountAfter: Decimal;
  /** Gift quantity cancelled, added, and out of the house though no longer earned, by line, base unit. */
  readonly gifts: {
    /** Cancelled. */ readonly cancelled: readonly LeavingQuantity[];
    /** Added to lines that are there. */ readonly added: readonly LeavingQuantity[];
    /** Lines that are added. */ readonly newLines: readonly OrderLine[];
    /** To come back. */ readonly takeBack: readonly LeavingQuantity[];
    /** To be charged: money. */ readonly charge: Decimal;
  };
  /** Money to credit for what was billed at a higher price. */
  readonly credit: Decimal;
  /** Money to charge for what was billed at a lower price, and for gifts that were not earned. */
  readonly charge: Decimal;
  /** The change of prices. */
  readonly prices: PriceSet;
  /** The changes of gift lines. */
  readonly giftChanges: GiftLines["changes"];
}

/**
 * Works out what a change of an order means for its promotions, before or after the change is made: the preview of
 * `revisePromotions`.
 *
 * **Rules**
 * 1. Each promotion follows its own policy for the cause: `keep`, `proRate`, `reEvaluate` or `clawBack`.
 * 2. Definitions are those of the instant at which the order was priced; one that is not there is a reason to refuse.
 * 3. What is kept of a line is what was ordered less what was cancelled, merged and returned, and less what is about to go.
 * 4. What was billed already is corrected by a credit or a charge; goods that came back are credited by their return.
 * 5. Gifts follow: those that have not left are cancelled or added, those that have are to come back or are charged, as
 *    the promotion says, once.
 *
 * @param leaving what is about to go or to come, where the order does not show it yet
 * @returns the plan, or every reason why there is none
 *
 * **Source:** mission 6.8
 * @example
 * ```ts
 * import { compilePromotions, decimal, indexMasters, planRevision, priceOrder } from "ordercycle";
 * import { anyContext, anyItem, anyOrder, anyPromotion } from "ordercycle/testing";
 * const compiled = compilePromotions([anyPromotion()]);
 * if (!compiled.ok) throw new Error("refused");
 * const context = { ...anyContext(), masters: indexMasters({ items: [anyItem()] }), policy: { rounding: "halfUp", givenPrice: "honour" } as const, promotions: { compiled: compiled.value } };
 * const priced = priceOrder(anyOrder(), context);
 * if (!priced.ok) throw new Error("refused");
 * const plan = planRevision(priced.value.order, "cancel", [{ lineId: "SO-1-1", quantity: decimal("4") }], context);
 * plan.ok && [plan.value.discountBefore, plan.value.discountAfter]; // => ["1.5", "1.5"]
 * ```
 */
export function planRevision(
  order: Order,
  cause: RevisionCause,
  leaving: readonly LeavingQuantity[],
  context: RevisionContext,
): Result<PromotionRevisionPlan, RevisionIssue> {
  const { masters, policy, promotions: facts } = context;
  const { promotions, orderNo, header } = order;
  if (promotions === undefined) return refuse([issue("revise.no_promotions", ["promotions"], { orderNo })]);
  const left = afterLeaving(order, leaving);
  if (!left.ok) return refuse(left.issues);
  const changed = left.value;
  const decimals = policy.decimals ?? minorUnitOf(header.currency) ?? 2;
  const { rounding } = policy;
  const priced = priceLines(changed, masters, { ...policy, givenPrice: "honour" }, decimals);
  if (!priced.ok) return refuse(priced.issues);
  const setting = { at: promotions.asOf, masters, decimals, rounding };
  const plain = goodsOf(priced.value, decimals, rounding);
  const standing = standingOf(changed, cause, plain, facts, setting);
  if (!standing.ok) return refuse(standing.issues);
  const { ofLines, ...rest } = standing.value;
  const goods = plain.map((one) => ({ ...one, standing: ofLines.get(one.line.lineId) ?? [] }));
  const given = givePromotions(changed, goods, facts, { ...setting, standing: rest });
  if (!given.ok) return refuse(given.issues);
  const followed = giftLines(changed, given.value.gifts, masters.items, rest.giftRules);
  if (!followed.ok) return refuse(followed.issues);
  const gifts = { ...followed.value, unearned: newlyUnearned(changed, followed.value.unearned) };
  const prices = priceSetOf(changed, priced.value, gifts.added, given.value);
  const lines = goods.map(({ line }) => revisedLine(line, prices, decimals, rounding));
  const giftCharge = chargeOf(order, gifts, rest.chargedGifts, decimals);
  const correction = sum(goods.map(({ line }) => billedTooMuch(line, prices, decimals, rounding)));
  const balance = subtract(correction, giftCharge);
  return ok({
    cause,
    lines: lines.flatMap(({ lineId, kept, amountBefore, amountAfter }) =>
      amountBefore === amountAfter ? [] : [{ lineId, kept, amountBefore, amountAfter }],
    ),
    discountBefore: sum(lines.map((one) => one.discountBefore)),
    discountAfter: sum(lines.map((one) => one.discountAfter)),
    gifts: giftPlan(changed, gifts, rest.chargedGifts, giftCharge),
    credit: isPositive(balance) ? balance : ZERO,
    charge: isPositive(balance) ? ZERO : subtract(ZERO, balance),
    prices,
    giftChanges: gifts.changes,
  });
}

/** The order as it would be with the quantity gone, or with more of it. */
function afterLeaving(order: Order, leaving: readonly LeavingQuantity[]): Result<Order, RevisionIssue> {
  const issues: RevisionIssue[] = [];
  const byLine = new Map<LineId, Decimal>();
  for (const [position, { lineId, quantity }] of leaving.entries()) {
    if (order.lines.some((line) => line.lineId === lineId)) {
      byLine.set(lineId, add(byLine.get(lineId) ?? ZERO, quantity));
    } else issues.push(issue("revise.unknown_line", ["leaving", position, "lineId"], { lineId }));
  }
  const lines = order.lines.map((line): OrderLine => {
    const { lineId, quantities, orderedQty } = line;
    const quantity = byLine.get(lineId) ?? ZERO;
    const kept = keptInBaseUnit(line);
    if (compare(quantity, kept) > 0) {
      issues.push(issue("revise.more_than_kept", ["leaving"], { lineId, quantity, kept }));
    }
    if (isPositive(quantity)) {
      // Only what is kept matters here, not from which bucket the rest goes.
      return {
        ...line,
        quantities: {
          ...quantities,
          open: subtract(quantities.open, quantity),
          cancelled: add(quantities.cancelled, quantity),
        },
      };
    }
    if (isZero(quantity)) return line;
    const more = subtract(ZERO, quantity);
    const { numerator, denominator } = line.unitFactor;
    const inUnits = multiplyDivide(more, denominator, numerator, 6, "down");
    return {
      ...line,
      orderedQty: add(orderedQty, inUnits),
      quantities: { ...quantities, open: add(quantities.open, more) },
    };
  });
  return issues.length > 0 ? refuse(issues) : ok({ ...order, lines });
}

/** Money for gifts that have left, are not earned any more and are to be charged. */
function chargeOf(
  { lines }: Order,
  { unearned }: GiftLines,
  charged: ReadonlyMap<PromotionId, (line: OrderLine) => Decimal | undefined>,
  decimals: number,
): Decimal {
  return sum(
    unearned.map(({ lineId, quantity }) => {
      const line = lines.find((one) => one.lineId === lineId);
      const value = line?.giftOf === undefined ? undefined : charged.get(line.giftOf.promotionId)?.(line);
      if (line === undefined || value === undefined) return ZERO;
      const { numerator, denominator } = line.unitFactor;
      return multiplyDivide(multiply(value, quantity), denominator, numerator, decimals, "halfUp");
    }),
  );
}

function giftPlan(
  order: Order,
  { changes, added, unearned }: GiftLines,
  charged: ReadonlyMap<PromotionId, (line: OrderLine) => Decimal | undefined>,
  charge: Decimal,
): PromotionRevisionPlan["gifts"] {
  const isCharged = (lineId: LineId): boolean => {
    const line = order.lines.find((one) => one.lineId === lineId);
    return line?.giftOf !== undefined && charged.get(line.giftOf.promotionId)?.(line) !== undefined;
  };
  return {
    cancelled: changes.flatMap((change) => (change.kind === "quantity_moved" ? [leavingOf(change)] : [])),
    added: changes.flatMap((change) => (change.kind === "quantity_added" ? [leavingOf(change)] : [])),
    newLines: added,
    takeBack: unearned.filter(({ lineId }) => !isCharged(lineId)),
    charge,
  };
}

function leavingOf({ lineId, quantity }: LeavingQuantity): LeavingQuantity {
  return { lineId, quantity };
}
