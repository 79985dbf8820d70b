import { ZERO } from "../core/decimal.js";
import type { Order } from "../model/order.js";

/** What the key `promisedClass` compares: what was promised before comes first. */
const PROMISED = { preBooked: 0, deferred: 1, backfill: 2, none: 3 } as const;

/** Class of an order: its own word, or the best of its lines. */
export function promisedClassOf({ header, lines }: Order): number {
  if (header.preBooked === true) return PROMISED.preBooked;
  let promised: number = PROMISED.none;
  for (const { quantities } of lines) {
    if (quantities.deferred !== ZERO) return PROMISED.deferred;
    if (quantities.backfill !== ZERO) promised = PROMISED.backfill;
  }
  return promised;
}
