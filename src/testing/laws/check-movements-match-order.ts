import { add, negate, ZERO, type Decimal } from "../../core/decimal.js";
import type { SourcedBucket } from "../../model/bucket.js";
import { MOVEMENT_ACCOUNTS, type StockAccount, type StockMovement } from "../../model/movement.js";
import type { Order } from "../../model/order.js";
import { stockKey } from "../../model/stock.js";
import { mustEqual, type LawViolation } from "./law-violation.js";

/** The account in which stock keeps what a line holds in a bucket. */
const ACCOUNT_OF: Readonly<Partial<Record<SourcedBucket, StockAccount>>> = {
  allocated: "reserved",
  picked: "picked",
  shipped: "inTransit",
};
const ACCOUNTS: readonly StockAccount[] = ["reserved", "picked", "inTransit"];

/**
 * Checks that the movements of a decision say to stock what its order says: read off the order before and after, without
 * looking at the changes.
 *
 * **Rules**
 * 1. At every place, what the order gained as allocated, picked and shipped is what the movements brought to stock's
 *    accounts reserved, picked and in transit.
 *
 * @param before the order that was decided on; undefined for an order that begins
 * @param after the order as it is now
 * @param movements of the decision
 * @returns every violation; empty when the law holds
 *
 * **Source:** mission 5.11, 11.3
 * @example
 * ```ts
 * import { anyOrderHistory, checkMovementsMatchOrder } from "ordercycle/testing";
 * const { order, movements } = anyOrderHistory("order_picked");
 * checkMovementsMatchOrder(undefined, order, movements); // => []
 * checkMovementsMatchOrder(undefined, order, movements.slice(1))[0]?.law; // => "movements follow the order: reserved"
 * ```
 */
export function checkMovementsMatchOrder(
  before: Order | undefined,
  after: Order,
  movements: readonly StockMovement[],
): LawViolation[] {
  const held = new Map<string, Decimal>();
  enter(held, after, (quantity) => quantity);
  if (before !== undefined) enter(held, before, negate);
  const moved = new Map<string, Decimal>();
  for (const movement of movements) {
    const { from, to } = MOVEMENT_ACCOUNTS[movement.kind];
    for (const [account, change] of [
      [from, negate(movement.quantity)],
      [to, movement.quantity],
    ] as const) {
      if (ACCOUNTS.includes(account)) gain(moved, `${stockKey(movement.itemCode, movement)}\n${account}`, change);
    }
  }
  return [...new Set([...held.keys(), ...moved.keys()])].flatMap((key) => {
    const parts = key.split("\n").filter(Boolean);
    const law = `movements follow the order: ${parts.at(-1) ?? ""}`;
    return mustEqual(law, parts.slice(0, -1).join(" "), held.get(key) ?? ZERO, moved.get(key) ?? ZERO);
  });
}

function enter(held: Map<string, Decimal>, order: Order, sign: (quantity: Decimal) => Decimal): void {
  for (const { itemCode, reservations } of order.lines) {
    for (const reservation of reservations) {
      for (const [bucket, quantity] of Object.entries(reservation.quantities) as [SourcedBucket, Decimal][]) {
        const account = ACCOUNT_OF[bucket];
        if (account !== undefined) gain(held, `${stockKey(itemCode, reservation)}\n${account}`, sign(quantity));
      }
    }
  }
}

function gain(balances: Map<string, Decimal>, key: string, change: Decimal): void {
  balances.set(key, add(balances.get(key) ?? ZERO, change));
}
