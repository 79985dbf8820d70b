import type { Decimal } from "../core/decimal.js";
import type { QuantityMoved, ShortageNote } from "./change.js";
import type { ShortagePolicy } from "./customer.js";
import type { OrderLine } from "./order-line.js";
import type { StockSource } from "./stock.js";

/** The bucket into which short quantity goes, with the record that it needs there. */
export type ShortageTarget =
  | { readonly to: "open" | "cancelled" }
  | {
      readonly to: "backfill";
      /** Record of the shortage. */
      readonly shortage: ShortageNote;
    };

/**
 * Says where quantity that proved short goes by itself: the one place that reads a line's policy.
 *
 * **Rules**
 * 1. Back-fill is recorded with its cause, its date and its mode; `cancelRemainder` gives it up.
 * 2. `leaveOpen` leaves it open, and so do `deferWholeOrder` and `mergeIntoNextOrder`: these concern the whole order, and
 *    `decideShortages` follows them when every line is known.
 *
 * @param note where, when and why it was found
 *
 * **Source:** mission 9.15, 9.16, 9.17, 12.2a; definition B6
 */
export function shortageTarget(policy: ShortagePolicy, note: Omit<ShortageNote, "mode">): ShortageTarget {
  switch (policy) {
    case "leaveOpen":
    case "deferWholeOrder":
    case "mergeIntoNextOrder":
      return { to: "open" };
    case "cancelRemainder":
      return { to: "cancelled" };
    case "backfillOnArrival":
      return { to: "backfill", shortage: { ...note, mode: "onArrival" } };
    case "backfillWithNextOrder":
      return { to: "backfill", shortage: { ...note, mode: "withNextOrder" } };
  }
}

/**
 * Moves quantity that proved missing out of its bucket, where the line's shortage policy says: at the bin, at the vehicle,
 * on the way, at the door and after signing alike.
 *
 * @param from bucket that the goods should have been in
 * @param note where, when and why they were missed
 */
export function shortageMove(
  { lineId, shortagePolicy }: Pick<OrderLine, "lineId" | "shortagePolicy">,
  from: "allocated" | "picked" | "shipped" | "delivered",
  source: StockSource,
  quantity: Decimal,
  note: Omit<ShortageNote, "mode">,
): QuantityMoved {
  return { kind: "quantity_moved", lineId, from, quantity, source, ...shortageTarget(shortagePolicy, note) };
}
