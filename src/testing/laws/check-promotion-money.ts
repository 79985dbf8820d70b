import {
  add,
  compare,
  isNegative,
  isPositive,
  ONE,
  scaleOf,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { minorUnitOf } from "../../core/money.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { LineAdjustment } from "../../model/promotion/price-adjustment.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

/**
 * Checks that what promotions gave an order adds up to the single unit.
 *
 * **Rules**
 * 1. The shares of an adjustment sum to it, and their quantities to the ordered quantity; nothing is negative.
 * 2. The units of a run bear the same: its amount is a whole number of minor units for each of its whole units.
 * 3. The adjustments of a line are part of its allowance.
 * 4. What a promotion gave in all is what it took off lines and charges; nothing is given by a promotion that has not
 *    applied.
 * 5. No charge falls below zero.
 *
 * @param order any order
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 6.6
 * @example
 * ```ts
 * import { anyOrder, checkPromotionMoney } from "ordercycle/testing";
 * checkPromotionMoney(anyOrder()); // => []
 * ```
 */
export function checkPromotionMoney(order: Order): LawViolation[] {
  return [...order.lines.flatMap((line) => checkLine(order, line)), ...checkApplied(order), ...checkCharges(order)];
}

function checkLine({ header }: Order, line: OrderLine): LawViolation[] {
  const { lineId, adjustments = [], allowance, orderedQty } = line;
  const taken = sum(adjustments.map(({ amount }) => amount));
  const decimals = minorUnitOf(header.currency);
  return [
    ...mustHold({
      law: "adjustments are part of the allowance",
      at: lineId,
      found: `${taken} of ${allowance}`,
      holds: compare(taken, allowance) <= 0,
    }),
    ...adjustments.flatMap((adjustment) => checkAdjustment(lineId, adjustment, orderedQty, decimals)),
  ];
}

function checkAdjustment(
  lineId: string,
  { promotionId, amount, shares }: LineAdjustment,
  orderedQty: Decimal,
  decimals: number | undefined,
): LawViolation[] {
  const at = `${lineId} ${promotionId}`;
  return [
    ...mustHold({ law: "an adjustment takes something off", at, found: amount, holds: isPositive(amount) }),
    ...mustEqual("adjustment = Σ shares", at, amount, sum(shares.map((share) => share.amount))),
    ...mustEqual("ordered quantity = Σ quantity of shares", at, orderedQty, sum(shares.map((share) => share.quantity))),
    ...shares.flatMap((share) => [
      ...mustHold({ law: "a share is not negative", at, found: share.amount, holds: !isNegative(share.amount) }),
      ...mustHold({
        law: "the units of a run bear the same",
        at,
        found: `${share.amount} for ${share.quantity}`,
        holds: decimals === undefined || isEven(share.quantity, share.amount, decimals),
      }),
    ]),
  ];
}

/** Whether each whole unit of a run bears a whole number of minor units; a run of units that are no whole ones is one unit. */
function isEven(quantity: Decimal, amount: Decimal, decimals: number): boolean {
  if (scaleOf(quantity) > 0 || compare(quantity, ONE) <= 0) return true;
  return toUnits(amount, Math.max(decimals, scaleOf(amount))) % BigInt(quantity) === 0n;
}

function checkApplied({ orderNo, lines, promotions }: Order): LawViolation[] {
  const given = new Map<string, Decimal>();
  const keyOf = (one: { readonly promotionId: string; readonly code?: string }): string =>
    JSON.stringify([one.promotionId, one.code]);
  const all = [...lines.flatMap(({ adjustments = [] }) => adjustments), ...(promotions?.charges ?? [])];
  for (const one of all) given.set(keyOf(one), add(given.get(keyOf(one)) ?? ZERO, one.amount));
  const violations = (promotions?.applied ?? []).flatMap((applied) => {
    const found = given.get(keyOf(applied)) ?? ZERO;
    given.delete(keyOf(applied));
    return mustEqual("applied = Σ adjustments", `${orderNo} ${applied.promotionId}`, applied.amount, found);
  });
  return [
    ...violations,
    ...mustEqual("every adjustment is of an applied promotion", orderNo, "", [...given.keys()].join()),
  ];
}

function checkCharges({ orderNo, header, promotions }: Order): LawViolation[] {
  return header.charges.flatMap(({ amount }, place) => {
    const own = (promotions?.charges ?? []).filter(({ charge }) => charge === place);
    const left = subtract(amount, sum(own.map((one) => one.amount)));
    return mustHold({
      law: "a charge is not negative",
      at: `${orderNo} ${place}`,
      found: left,
      holds: !isNegative(left),
    });
  });
}
