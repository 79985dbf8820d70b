import {
  ceilToMultiple,
  compare,
  divide,
  fromUnits,
  isPositive,
  ONE,
  subtract,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { instant } from "../../core/instant.js";
import { minorUnitOf } from "../../core/money.js";
import type { Currency } from "../../model/ids.js";
import type { Tiers } from "../../model/promotion/promotion-effect.js";
import { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "../../model/promotion/promotion-policy.js";
import { openCart } from "./cart-state.js";
import { tiers } from "./effects/tiers.js";
import { amountOf, type ProposeEffect } from "./proposal.js";

/** A step at which more goods cost less. */
export interface TierDip {
  /** The step. */
  readonly from: Decimal;
  /** Greatest quantity below it. */
  readonly quantityBelow: Decimal;
  /** What that quantity costs. */
  readonly totalBelow: Decimal;
  /** Least quantity at which the step is reached. */
  readonly quantityAt: Decimal;
  /** What that quantity costs: less. */
  readonly totalAt: Decimal;
}

/** An item that a tier is tried on. */
export interface TierSample {
  /** Money for one unit. */
  readonly unitPrice: Decimal;
  /** Currency of the price. */
  readonly currency: Currency;
  /** Step in which the item is ordered; 1 when absent. */
  readonly quantum?: Decimal;
}

/**
 * Finds the steps of a tier at which the total falls as the quantity rises: a customer who is told so orders more, one who
 * is not complains.
 *
 * **Rules**
 * 1. For each step, the greatest quantity that does not reach it is compared with the least that does, on one line.
 * 2. Totals are those that `pricePromotions` gives.
 *
 * @param effect a tier
 * @param sample item that it is tried on
 * @param policy how promotions are worked out
 * @returns the dips, by step; empty for a tier whose totals only rise
 *
 * **Source:** mission 6.5
 * @example
 * ```ts
 * import { decimal, tierDips } from "ordercycle";
 * const steps = [{ from: decimal("10"), value: decimal("20") }];
 * const effect = { kind: "tiers", which: { kind: "every" }, measure: "quantity", per: "line", mode: "allUnits", reward: "percent", steps } as const;
 * const dips = tierDips(effect, { unitPrice: decimal("5"), currency: "EUR" });
 * dips.map(({ quantityBelow, totalBelow, totalAt }) => [quantityBelow, totalBelow, totalAt]); // => [["9", "45", "40"]]
 * ```
 */
export function tierDips(
  effect: Tiers,
  sample: TierSample,
  policy: PromotionPolicy = USUAL_PROMOTION_POLICY,
): TierDip[] {
  const { unitPrice, currency, quantum = ONE } = sample;
  const decimals = policy.decimals ?? minorUnitOf(currency) ?? 2;
  const propose = tiers(effect, { decimals, prices: policy.prices, promotionId: "" });
  return effect.steps.flatMap(({ from }): TierDip[] => {
    const quantityAt = firstQuantity(effect, from, unitPrice, quantum);
    if (quantityAt === undefined) return [];
    const quantityBelow = subtract(quantityAt, quantum);
    if (!isPositive(quantityBelow)) return [];
    const totalBelow = totalOf(propose, quantityBelow, sample, policy);
    const totalAt = totalOf(propose, quantityAt, sample, policy);
    return compare(totalAt, totalBelow) < 0 ? [{ from, quantityBelow, totalBelow, quantityAt, totalAt }] : [];
  });
}

/** The least quantity at which a step is reached; undefined where goods that cost nothing never reach an amount. */
function firstQuantity({ measure }: Tiers, from: Decimal, unitPrice: Decimal, quantum: Decimal): Decimal | undefined {
  if (measure === "quantity") return ceilToMultiple(from, quantum);
  return isPositive(unitPrice) ? ceilToMultiple(divide(from, unitPrice, 6, "ceiling"), quantum) : undefined;
}

function totalOf(
  propose: ProposeEffect,
  quantity: Decimal,
  { unitPrice, currency }: TierSample,
  policy: PromotionPolicy,
): Decimal {
  const lines = [{ lineId: "", itemCode: "", quantity, unitPrice }];
  const opened = openCart({ at: ANY_TIME, currency, lines }, policy);
  if (!opened.ok) throw new RangeError(`A tier cannot be tried on ${quantity} at ${unitPrice} ${currency}.`);
  const state = opened.value;
  const run = { state, base: state.start, lines: [0], getLines: [], unavailableItems: undefined, tell: undefined };
  const proposal = propose(run);
  const gross = fromUnits(state.gross[0] ?? 0, state.decimals);
  return subtract(gross, proposal === undefined ? ZERO : fromUnits(amountOf(proposal), state.decimals));
}

const ANY_TIME = /* @__PURE__ */ instant("2000-01-01T00:00:00Z");
