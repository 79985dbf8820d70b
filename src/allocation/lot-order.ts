import type { StockPosition } from "../model/stock.js";
import type { LotRule } from "./allocation-policy.js";

/**
 * Compares two positions of one item in one warehouse by the rule for lots. Lot number and bin end every chain, so the
 * order does not depend on the order of the input.
 */
export const LOT_ORDERS: Readonly<Record<LotRule, (a: StockPosition, b: StockPosition) => number>> = {
  fifo: (a, b) => dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  fefo: (a, b) => dayOrder(a.expiresOn, b.expiresOn) || dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  lifo: (a, b) => latestFirst(a.receivedOn, b.receivedOn) || placeOrder(a, b),
};

function placeOrder(a: StockPosition, b: StockPosition): number {
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
