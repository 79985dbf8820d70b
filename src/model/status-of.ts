import { compare, isPositive } from "../core/decimal.js";
import type { Bucket } from "./bucket.js";
import type { Order, OrderStatus } from "./order.js";
import type { OrderLine } from "./order-line.js";

/**
 * Derives an order's status from its stage, its buckets and its money.
 *
 * **Rules**
 * 1. Papers rule before goods do: a rejected or closed order has the status of its stage.
 * 2. An order that will never bring anything – all of it cancelled or merged – is `cancelled`; otherwise one that went back
 *    to the customer is returned for correction, and one that is not confirmed yet is `entered`, reviewed or not.
 * 3. Otherwise the least advanced quantity decides: open → `confirmed`, allocated → `allocated`, picked → `picked`,
 *    shipped or delivered → `shipped`. Recorded shortages wait in files of their own and do not hold the order back,
 *    unless nothing else is left.
 * 4. When all of that has been delivered or has come back, has been invoiced and is paid, it is `collected`.
 *
 * @param order stage, lines and billing of an order
 * @returns the status; `applyChanges` writes it, nothing else may
 *
 * **Source:** mission 11.1, 11.3; definition B19
 * @example
 * ```ts
 * import { statusOf } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * statusOf(anyOrder({ stage: "confirmed" })); // => "confirmed"
 * ```
 */
export function statusOf(order: Pick<Order, "stage" | "lines" | "billing">): OrderStatus {
  const { stage, lines } = order;
  if (stage === "rejected" || stage === "closed") return stage;
  if (lines.every(isGivenUp)) return "cancelled";
  if (stage === "returnedForCorrection") return stage;
  if (stage === "entered" || stage === "reviewed") return "entered";
  if (holds(lines, "open")) return "confirmed";
  if (holds(lines, "allocated")) return "allocated";
  if (holds(lines, "picked")) return "picked";
  if (holds(lines, "shipped")) return "shipped";
  if (!holds(lines, "delivered") && !holds(lines, "returned")) return "confirmed";
  return isBilledAndPaid(order) ? "collected" : "shipped";
}

/** Says whether any line has quantity in the bucket. */
export function holds(lines: readonly OrderLine[], bucket: Bucket): boolean {
  return lines.some((line) => line.quantities[bucket] !== "0");
}

function isGivenUp({ quantities }: OrderLine): boolean {
  return (Object.keys(quantities) as Bucket[]).every(
    (bucket) => bucket === "cancelled" || bucket === "merged" || !isPositive(quantities[bucket]),
  );
}

function isBilledAndPaid({ lines, billing }: Pick<Order, "lines" | "billing">): boolean {
  return (
    lines.every((line) => compare(line.invoicedQty, line.quantities.delivered) >= 0) &&
    compare(billing.collectedAmount, billing.invoicedAmount) >= 0
  );
}
