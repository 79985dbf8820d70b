import { compare, isZero, subtract, ZERO, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Order } from "../model/order.js";
import type { AppliedPromotion } from "../model/promotion/price-adjustment.js";
import type { PromotionUsageEntry } from "../model/promotion/promotion-usage.js";
import { takenBy } from "../model/promotion/taken-by.js";

/** What an order has of one promotion's limits, and in which way: reserved before it is confirmed, used afterwards. */
interface Holding {
  readonly hold: "reserved" | "used";
  readonly applied: AppliedPromotion;
  readonly order: Order;
}

/** Figures of an entry. */
type Figures = Pick<PromotionUsageEntry, "uses" | "amount" | "units">;

/**
 * Derives what an event changes in the ledger of promotions. Whatever an operation does to an order, the entries follow
 * from the order before and after it, so that none can be forgotten.
 *
 * **Rules**
 * 1. An order that is not confirmed reserves what its promotions gave; a confirmed one uses it.
 * 2. An order that is rejected or cancelled gives everything back; only what a confirmed order has of a promotion whose
 *    uses are `spent` stays used.
 * 3. Only differences are written.
 * 4. Goods given count with what they are worth. A promotion of which nothing is left on the order is not used by it.
 *
 * @param before the order before the event
 * @param after the order after it
 * @param eventId id of the event
 * @param at instant of the event
 * @returns the entries; empty when nothing changes
 *
 * **Source:** mission 6.3, 6.7, 6.8
 */
export function promotionUsageOf(before: Order, after: Order, eventId: string, at: Instant): PromotionUsageEntry[] {
  // Most orders have no promotions.
  if (before.promotions === undefined && after.promotions === undefined) return [];
  const old = holdingsOf(before);
  const now = holdingsOf(after);
  const entries: PromotionUsageEntry[] = [];
  const write = (kind: PromotionUsageEntry["kind"], { order, applied }: Holding, figures: Figures): void => {
    if (figures.uses === 0 && isZero(figures.amount) && isZero(figures.units)) return;
    const { promotionId, code } = applied;
    entries.push({
      entryId: `${eventId}/${entries.length + 1}`,
      kind,
      promotionId,
      ...(code === undefined ? {} : { code }),
      customerCode: order.header.customerCode,
      orderNo: order.orderNo,
      ...figures,
      at,
    });
  };
  for (const [key, holding] of old) {
    const kind = holding.hold === "used" ? "giveBack" : "release";
    write(kind, holding, beyond(holding, now.get(key)));
  }
  for (const [key, holding] of now) {
    const kind = holding.hold === "used" ? "use" : "reserve";
    write(kind, holding, beyond(holding, old.get(key)));
  }
  return entries;
}

function holdingsOf(order: Order): Map<string, Holding> {
  const { promotions, stage, status, version } = order;
  const holdings = new Map<string, Holding>();
  // An order that begins has had nothing before.
  if (promotions === undefined || version === 0) return holdings;
  const isConfirmed = stage === "confirmed" || stage === "closed";
  for (const applied of promotions.applied) {
    const isGone = status === "rejected" || (status === "cancelled" && !(isConfirmed && applied.uses === "spent"));
    if (isGone) continue;
    const key = JSON.stringify([applied.promotionId, applied.code, order.header.customerCode]);
    holdings.set(key, { hold: isConfirmed ? "used" : "reserved", applied, order });
  }
  return holdings;
}

/** What a holding has beyond its counterpart; all of it where there is none of the same kind. */
function beyond({ hold, applied }: Holding, other: Holding | undefined): Figures {
  const taken = takenBy(applied);
  if (other?.hold !== hold) return taken;
  const theirs = takenBy(other.applied);
  return {
    uses: Math.max(0, taken.uses - theirs.uses),
    amount: excess(taken.amount, theirs.amount),
    units: excess(taken.units, theirs.units),
  };
}

function excess(one: Decimal, other: Decimal): Decimal {
  return compare(one, other) > 0 ? subtract(one, other) : ZERO;
}
