import { minorUnitOf } from "../core/money.js";
import { ok, type Result } from "../core/result.js";
import { applyChanges } from "../model/apply-changes.js";
import type { Change, PriceSet } from "../model/change.js";
import type { LineId } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { Order } from "../model/order.js";
import { amendedPrices, type AmendedPriceIssue } from "../model/amended-prices.js";
import { priceLines, type PriceLineIssue, type PricePolicy } from "../pricing/price-lines.js";

/** What pricing an amendment needs to know. */
export interface AmendmentPricing {
  /** Prices, for lines without an agreed one. */
  readonly masters: Pick<Masters, "prices">;
  /** How amounts are rounded; what was agreed stands. */
  readonly pricing: Omit<PricePolicy, "givenPrice">;
}

/** Why an amendment has no price. */
export type PriceAmendmentIssue = PriceLineIssue | AmendedPriceIssue;

/**
 * Prices the lines of an amendment; an order that was never priced waits for its first pricing.
 *
 * @param changes of the amendment so far
 * @param lineIds lines that cost something else than before
 * @returns at most one change, or every reason why a line has no price
 */
export function priceAmendment(
  order: Order,
  changes: readonly Change[],
  lineIds: readonly LineId[],
  { masters, pricing }: AmendmentPricing,
): Result<readonly PriceSet[], PriceAmendmentIssue> {
  if (order.totals === undefined || lineIds.length === 0) return ok([]);
  const after = applyChanges(order, changes);
  const touched = new Set(lineIds);
  const lines = after.lines.filter(({ lineId }) => touched.has(lineId));
  const decimals = pricing.decimals ?? minorUnitOf(order.header.currency) ?? 2;
  const priced = priceLines({ ...after, lines }, masters, { ...pricing, givenPrice: "honour" }, decimals);
  if (!priced.ok) return priced;
  const set = amendedPrices(order, after.lines, priced.value);
  return set.ok ? ok([set.value]) : set;
}
