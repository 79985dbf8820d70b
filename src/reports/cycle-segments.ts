import { divide, fromUnits, type Decimal } from "../core/decimal.js";
import { millisecondsBetween, type Instant } from "../core/instant.js";
import type { OrderEvent, OrderEventType } from "../model/event.js";
import type { OrderNo } from "../model/ids.js";

/** A part of the order cycle, as the customer lives through it. */
export type CycleSegmentName = "transmission" | "processing" | "preparation" | "delivery";

/** One of the four segments of the order cycle. */
export interface CycleSegment {
  /** Name. */
  readonly name: CycleSegmentName;
  /** When it began. */
  readonly from: Instant;
  /** When it ended. */
  readonly to: Instant;
  /** Milliseconds. */
  readonly ms: number;
  /** Part of the whole cycle, rounded to four decimals; 0 when the cycle took no time. */
  readonly share: Decimal;
}

/** The order cycle of one order: from its receipt to the last delivery. **Source:** mission 19.1 */
export interface CycleSegments {
  /** Order. */
  readonly orderNo: OrderNo;
  /** The four segments, one after the other. */
  readonly segments: readonly CycleSegment[];
  /** Milliseconds of all four. */
  readonly ms: number;
}

const ENDS: readonly (readonly [CycleSegmentName, OrderEventType])[] = [
  ["transmission", "order_entered"],
  ["processing", "order_allocated"],
  ["preparation", "order_shipped"],
  ["delivery", "order_delivered"],
];

/**
 * Cuts the cycle of a delivered order into transmission, processing, preparation and delivery.
 *
 * **Rules**
 * 1. Transmission runs from the receipt of the order (its first event, where the event does not carry the order) to its
 *    entry, processing to the first allocation, preparation to the first shipment, delivery to the last delivery.
 * 2. A segment never ends before it begins: what was done out of turn has length 0.
 * 3. The four segments follow each other without a gap, so they sum to the cycle.
 *
 * @param events events of one order, in any order
 * @returns the segments, or undefined when the order has not been entered, allocated, shipped and delivered
 *
 * **Source:** mission 19.1
 * @example
 * ```ts
 * import { cycleSegments } from "ordercycle/reports";
 * import { anyOrderHistory } from "ordercycle/testing";
 * const cycle = cycleSegments(anyOrderHistory().events);
 * cycle!.segments.map(({ name, ms }) => [name, ms / 3_600_000]); // => [["transmission", 1], ["processing", 3], ["preparation", 3], ["delivery", 1]]
 * ```
 */
export function cycleSegments(events: readonly OrderEvent[]): CycleSegments | undefined {
  const inTime = [...events].sort((a, b) => a.version - b.version);
  const [first] = inTime;
  if (first === undefined) return undefined;
  const [opening] = first.changes;
  const received = opening?.kind === "order_opened" ? opening.order.header.receivedAt : first.at;
  const spans: { readonly name: CycleSegmentName; readonly from: Instant; readonly to: Instant }[] = [];
  let from = received;
  for (const [name, type] of ENDS) {
    const done = inTime.filter((event) => event.type === type);
    const end = type === "order_delivered" ? done.at(-1) : done[0];
    if (end === undefined) return undefined;
    const to = end.at > from ? end.at : from;
    spans.push({ name, from, to });
    from = to;
  }
  const ms = millisecondsBetween(received, from);
  const segments = spans.map((span) => {
    const own = millisecondsBetween(span.from, span.to);
    return { ...span, ms: own, share: divide(fromUnits(own, 0), fromUnits(Math.max(ms, 1), 0), 4, "halfUp") };
  });
  return { orderNo: first.orderNo, segments, ms };
}
