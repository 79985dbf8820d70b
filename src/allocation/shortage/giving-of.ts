import { comesAsWhole, togetherIn } from "../../lifecycle/together-in.js";
import { sum, ZERO } from "../../core/decimal.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";

/**
 * What a line may be asked for: parts of what it holds; all of it or nothing; or nothing, since it is complete together
 * with other lines, which would be left behind with goods that they cannot use.
 */
export type Giving = "parts" | "all" | "nothing";

/** What the lines of an order may be asked for. */
export interface OrderGiving {
  /**
   * The answer for a line.
   *
   * @param isWaitingNow whether something of its unit went to others in the meantime
   */
  readonly of: (line: OrderLine, isWaitingNow?: "waits") => Giving;
  /** Name of the lines that it comes together with, or its own. */
  readonly unitOf: (line: OrderLine) => string;
}

/**
 * Says what each line of an order may be asked for.
 *
 * **Rules**
 * 1. A line that takes all or nothing gives all or nothing.
 * 2. Lines that come together – of an order shipped complete or deferred as a whole, of a delivery group – give nothing while
 *    none of them waits for anything: what one gave would keep all of them back. Where one waits already, each gives as it
 *    would by itself.
 * 3. What is shipped, delivered, cancelled or gone over into another order comes together with nothing any more.
 *
 * @param order order that could give
 * @returns the answer for its lines. Linear, asked once for an order.
 * @internal
 */
export function givingOf(order: Order): OrderGiving {
  const isWhole = comesAsWhole(order);
  const nameOf = togetherIn(order);
  const unitOf = (line: OrderLine): string => nameOf(line) ?? line.lineId;
  const units = new Map<string, { lines: number; isWaiting: boolean }>();
  for (const line of order.lines) {
    const { open, allocated, picked, backfill, deferred } = line.quantities;
    const waiting = sum([open, backfill, deferred]);
    if (waiting === ZERO && allocated === ZERO && picked === ZERO) continue;
    const unit = units.get(unitOf(line));
    const isWaiting = waiting !== ZERO || unit?.isWaiting === true;
    units.set(unitOf(line), { lines: (unit?.lines ?? 0) + 1, isWaiting });
  }
  const of: OrderGiving["of"] = (line, isWaitingNow) => {
    const { lines = 1, isWaiting = false } = units.get(unitOf(line)) ?? {};
    const isTogether = isWhole || line.deliveryGroup !== undefined;
    if (isTogether && !isWaiting && isWaitingNow === undefined) return lines === 1 ? "all" : "nothing";
    return line.partialAllowed ? "parts" : "all";
  };
  return { of, unitOf };
}
