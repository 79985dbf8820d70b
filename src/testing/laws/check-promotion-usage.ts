import { add, isNegative, negate, ZERO, type Decimal } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import { takenBy } from "../../model/promotion/taken-by.js";
import type { HostRequest } from "../../model/request.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

/**
 * Checks that the ledger of promotions follows the orders: after every outcome, what the entries say an order has reserved
 * and used is what its promotions gave.
 *
 * **Rules**
 * 1. Σ reserve − Σ release is what an unconfirmed order's promotions gave, Σ use − Σ giveBack what a confirmed one's gave;
 *    of an order that came to nothing only what is spent is left.
 * 2. No entry is negative.
 *
 * @param before the order before the decision; undefined for an order that begins
 * @param after the order afterwards
 * @param requests of the outcome
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 6.3, 6.7, 6.8
 * @example
 * ```ts
 * import { anyOrder, checkPromotionUsage } from "ordercycle/testing";
 * checkPromotionUsage(undefined, anyOrder(), []); // => []
 * ```
 */
export function checkPromotionUsage(
  before: Order | undefined,
  after: Order,
  requests: readonly HostRequest[],
): LawViolation[] {
  const expected = new Map<string, Decimal>();
  const told = new Map<string, Decimal>();
  const violations: LawViolation[] = [];
  const put = (sums: Map<string, Decimal>, key: string, value: Decimal): void => {
    sums.set(key, add(sums.get(key) ?? ZERO, value));
  };
  for (const [order, sign] of [
    [after, (value: Decimal) => value],
    [before, negate],
  ] as const) {
    for (const [key, value] of order === undefined ? [] : holdings(order)) put(expected, key, sign(value));
  }
  for (const request of requests) {
    if (request.type !== "post_promotion_usage") continue;
    for (const { entryId, kind, promotionId, code, customerCode, uses, amount, units } of request.entries) {
      const holds = uses >= 0 && !isNegative(amount) && !isNegative(units);
      const found = `${uses}, ${amount}, ${units}`;
      violations.push(...mustHold({ law: "no entry is negative", at: entryId, found, holds }));
      const account = kind === "reserve" || kind === "release" ? "reserved" : "used";
      const sign = kind === "reserve" || kind === "use" ? (value: Decimal): Decimal => value : negate;
      const key = [promotionId, code ?? "", customerCode, account].join(" ");
      put(told, `${key} uses`, sign(String(uses) as Decimal));
      put(told, `${key} amount`, sign(amount));
      put(told, `${key} units`, sign(units));
    }
  }
  const keys = [...new Set([...expected.keys(), ...told.keys()])].sort();
  const different = keys.flatMap((key) =>
    mustEqual(
      "the ledger follows the order",
      `${after.orderNo} ${key}`,
      expected.get(key) ?? ZERO,
      told.get(key) ?? ZERO,
    ),
  );
  return [...violations, ...different];
}

function holdings({ promotions, header, stage, status, version }: Order): [string, Decimal][] {
  const isConfirmed = stage === "confirmed" || stage === "closed";
  return (promotions?.applied ?? []).flatMap((applied): [string, Decimal][] => {
    const { promotionId, code, uses } = applied;
    const isGone =
      version === 0 || status === "rejected" || (status === "cancelled" && !(isConfirmed && uses === "spent"));
    if (isGone) return [];
    const taken = takenBy(applied);
    const key = [promotionId, code ?? "", header.customerCode, isConfirmed ? "used" : "reserved"].join(" ");
    return [
      [`${key} uses`, String(taken.uses) as Decimal],
      [`${key} amount`, taken.amount],
      [`${key} units`, taken.units],
    ];
  });
}
