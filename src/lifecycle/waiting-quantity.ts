import { minimum, subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { Bucket, ShortBucket } from "../model/bucket.js";
import type { CustomerCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { LineShortage, OrderLine } from "../model/order-line.js";
import { holds } from "../model/status-of.js";
import { waitsForNextOrder } from "./together-in.js";

/** Part of a line's waiting quantity, by the bucket in which it waits. */
export interface WaitingPart {
  /** Bucket. */
  readonly bucket: Extract<Bucket, "open" | "backfill" | "deferred">;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** Records of this mode alone; absent for all of the bucket. */
  readonly mode?: LineShortage["mode"];
}

/**
 * The parts of what a line waits for, those that were promised first in front: what went short before, then what is
 * open.
 *
 * **Rules**
 * 1. Back-fill that is to go with the customer's next order waits until there is one.
 * 2. Deferred quantity that is to be merged into the next order is not served where it stands; nor is anything else of its
 *    order, which who asks looks at first (`waitsForNextOrder`).
 *
 * @param batch `hasNextOrder`: whether it holds another order of the same customer
 */
export function waitingParts(line: OrderLine, { hasNextOrder }: { readonly hasNextOrder: boolean }): WaitingPart[] {
  const { deferred, backfill, open } = line.quantities;
  const parts: WaitingPart[] = [];
  if (deferred !== ZERO) parts.push(...servable(line, "deferred", deferred));
  if (backfill !== ZERO) {
    parts.push(
      ...(hasNextOrder ? [{ bucket: "backfill", quantity: backfill } as const] : servable(line, "backfill", backfill)),
    );
  }
  if (open !== ZERO) parts.push({ bucket: "open", quantity: open });
  return parts;
}

/** A short bucket without the records that wait for the customer's next order; by mode where it holds some. */
function servable({ shortages }: OrderLine, bucket: ShortBucket, quantity: Decimal): WaitingPart[] {
  const own = shortages.filter((shortage) => shortage.bucket === bucket);
  if (own.every(({ mode }) => mode !== "withNextOrder")) return [{ bucket, quantity }];
  return (["wholeOrder", "onArrival"] as const).flatMap((mode): WaitingPart[] => {
    const quantities = own.filter((shortage) => shortage.mode === mode).map((shortage) => shortage.quantity);
    return quantities.length === 0 ? [] : [{ bucket, quantity: sum(quantities), mode }];
  });
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
  for (const part of parts) {
    const waiting = part.quantity;
    const share = minimum(wanted, waiting);
    if (share !== ZERO) taken.push({ ...part, quantity: share });
    if (share !== waiting) left.push({ ...part, quantity: subtract(waiting, share) });
    wanted = subtract(wanted, share);
  }
  return { taken, left };
}

/**
 * Says of an order, by its place in a batch, whether that holds another open one of the same customer, which does not wait for
 * a next order itself; counted when first asked.
 */
export function nextOrders(orders: readonly Order[]): (position: number) => boolean {
  let counted: ReadonlyMap<CustomerCode, number> | undefined;
  const isOpen = (order: Order): boolean => holds(order.lines, "open") && !waitsForNextOrder(order);
  const countOpen = (): ReadonlyMap<CustomerCode, number> => {
    const open = new Map<CustomerCode, number>();
    for (const order of orders) {
      const { customerCode } = order.header;
      if (isOpen(order)) open.set(customerCode, (open.get(customerCode) ?? 0) + 1);
    }
    return open;
  };
  return (position) => {
    counted ??= countOpen();
    const order = orders[position] as Order;
    return (counted.get(order.header.customerCode) ?? 0) > (isOpen(order) ? 1 : 0);
  };
}
