import { minimum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Bucket } from "../model/bucket.js";
import type { OrderLine } from "../model/order-line.js";

/** Part of a line's waiting quantity, by the bucket in which it waits. */
export interface WaitingPart {
  /** Bucket. */
  readonly bucket: Extract<Bucket, "open" | "backfill" | "deferred">;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/**
 * The parts of what a line waits for, those that were promised first in front: what went short before, then what is
 * open. Shortages that are to go with the customer's next order wait until there is one.
 *
 * @param batch `hasNextOrder`: whether it holds another order of the same customer
 */
export function waitingParts(line: OrderLine, { hasNextOrder }: { readonly hasNextOrder: boolean }): WaitingPart[] {
  const { deferred, backfill, open } = line.quantities;
  const parts: WaitingPart[] = [];
  if (deferred !== ZERO) parts.push({ bucket: "deferred", quantity: deferred });
  if (backfill !== ZERO) {
    const quantity = hasNextOrder ? backfill : subtract(backfill, waitingForNextOrder(line));
    if (quantity !== ZERO) parts.push({ bucket: "backfill", quantity });
  }
  if (open !== ZERO) parts.push({ bucket: "open", quantity: open });
  return parts;
}

function waitingForNextOrder({ shortages }: OrderLine): Decimal {
  return sum(
    shortages
      .filter(({ bucket, mode }) => bucket === "backfill" && mode === "withNextOrder")
      .map(({ quantity }) => quantity),
  );
}

/** Sums the parts. */
export function waitingTotal(parts: readonly WaitingPart[]): Decimal {
  return parts.length === 1 ? (parts[0] as WaitingPart).quantity : sum(parts.map(({ quantity }) => quantity));
}

/** Takes a quantity out of the waiting parts, from the front. */
export function takeFromParts(
  parts: readonly WaitingPart[],
  quantity: Decimal,
): { readonly taken: readonly WaitingPart[]; readonly left: readonly WaitingPart[] } {
  const [first] = parts;
  // Nearly every line waits in one bucket, and most of those are served at one go.
  if (first !== undefined && parts.length === 1 && first.quantity === quantity) return { taken: parts, left: [] };
  const taken: WaitingPart[] = [];
  const left: WaitingPart[] = [];
  let wanted = quantity;
  for (const { bucket, quantity: waiting } of parts) {
    const share = minimum(wanted, waiting);
    if (share !== ZERO) taken.push({ bucket, quantity: share });
    if (share !== waiting) left.push({ bucket, quantity: subtract(waiting, share) });
    wanted = subtract(wanted, share);
  }
  return { taken, left };
}
