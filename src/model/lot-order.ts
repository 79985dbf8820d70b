import type { StockPosition } from "./stock.js";

/**
 * Which lot goes first inside a warehouse.
 *
 * | value | order |
 * |---|---|
 * | `fifo` | day of receipt, lot number, bin; lots without a day last |
 * | `fefo` | expiry, then as `fifo`; lots without an expiry last |
 * | `lifo` | day of receipt from the latest on, then lot number and bin; lots without a day last |
 *
 * **Source:** mission 9.8, 9.9; definition B5
 */
export type LotRule = "fifo" | "fefo" | "lifo";

/** What the rules for lots look at. @internal */
export type LotFacts = Pick<StockPosition, "lotNo" | "binId" | "receivedOn" | "expiresOn">;

/**
 * Compares two positions of one item in one warehouse by the rule for lots. Lot number and bin end every chain, so the
 * order does not depend on the order of the input.
 */
export const LOT_ORDERS: Readonly<Record<LotRule, (a: LotFacts, b: LotFacts) => number>> = {
  fifo: (a, b) => dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  fefo: (a, b) => dayOrder(a.expiresOn, b.expiresOn) || dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  lifo: (a, b) => latestFirst(a.receivedOn, b.receivedOn) || placeOrder(a, b),
};

function placeOrder(a: LotFacts, b: LotFacts): number {
  return textOrder(a.lotNo ?? "", b.lotNo ?? "") || textOrder(a.binId ?? "", b.binId ?? "");
}

function dayOrder(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return textOrder(a, b);
}

function latestFirst(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return dayOrder(a, b);
  return textOrder(b, a);
}

function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
