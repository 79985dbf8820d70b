import { add, isPositive, negate, subtract, sum, ZERO, type Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import { MOVEMENT_ACCOUNTS, type StockAccount, type StockMovement } from "../../model/movement.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import { mustEqual, mustHold, type LawViolation } from "./law-violation.js";

type Balances = Map<string, Decimal>;
const OUTSIDE: readonly StockAccount[] = ["supplier", "customer", "lost"];

/**
 * Checks by double entry that movements, and nothing else, turned one stock into the other. The six accounts of a
 * position are read off its figures (free = on hand − reserved, and so on) without looking at how movements are posted.
 *
 * **Rules**
 * 1. Every movement has a positive quantity.
 * 2. At every place, each account changes by what the movements bring to it less what they take from it.
 * 3. For every item, what the accounts gain over all places comes from outside (supplier, customer, lost).
 *
 * @param before stock before the movements
 * @param after stock after them
 * @param movements in any order
 * @returns every violation; empty when the laws hold. Linear in positions and movements.
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import { anyOrderHistory, checkMovementBalance } from "ordercycle/testing";
 * const { stockBefore, stock, movements } = anyOrderHistory();
 * checkMovementBalance(stockBefore, stock, movements); // => []
 * ```
 */
export function checkMovementBalance(
  before: readonly StockPosition[],
  after: readonly StockPosition[],
  movements: readonly StockMovement[],
): LawViolation[] {
  const expected: Balances = new Map();
  const outside = new Map<ItemCode, Decimal>();
  for (const movement of movements) {
    const { itemCode, quantity, kind } = movement;
    const { from, to } = MOVEMENT_ACCOUNTS[kind];
    const place = stockKey(itemCode, movement);
    for (const [account, change] of [
      [from, negate(quantity)],
      [to, quantity],
    ] as const) {
      if (OUTSIDE.includes(account)) outside.set(itemCode, subtract(outside.get(itemCode) ?? ZERO, change));
      else gain(expected, `${place}\n${account}`, change);
    }
  }
  const found: Balances = new Map();
  const [kept, old] = [new Set(before), new Set(after)];
  // A position that is the very same before and after has gained nothing.
  for (const position of after) if (!kept.has(position)) enter(found, position, (quantity) => quantity);
  for (const position of before) if (!old.has(position)) enter(found, position, negate);
  return [
    ...movements.flatMap(({ kind, itemCode, quantity }) =>
      mustHold({
        law: "a movement is positive",
        at: `${kind} ${itemCode}`,
        found: quantity,
        holds: isPositive(quantity),
      }),
    ),
    ...[...new Set([...expected.keys(), ...found.keys()])].flatMap((key) =>
      mustEqual(
        "an account changes by its movements",
        key.split("\n").filter(Boolean).join(" "),
        expected.get(key) ?? ZERO,
        found.get(key) ?? ZERO,
      ),
    ),
    ...checkItems(found, outside),
  ];
}

function checkItems(found: Balances, outside: ReadonlyMap<ItemCode, Decimal>): LawViolation[] {
  const gained = new Map<ItemCode, Decimal[]>();
  for (const [key, change] of found) {
    const itemCode = key.slice(0, key.indexOf("\n"));
    gained.set(itemCode, [...(gained.get(itemCode) ?? []), change]);
  }
  return [...new Set([...gained.keys(), ...outside.keys()])].flatMap((itemCode) =>
    mustEqual(
      "an item gains what comes from outside",
      itemCode,
      outside.get(itemCode) ?? ZERO,
      sum(gained.get(itemCode) ?? []),
    ),
  );
}

function enter(balances: Balances, position: StockPosition, sign: (quantity: Decimal) => Decimal): void {
  const { onHand, reserved, picked, inTransit, inbound, onOrder } = position;
  const place = stockKey(position.itemCode, position);
  const accounts = {
    free: subtract(onHand, reserved),
    reserved: subtract(reserved, picked),
    picked,
    inTransit,
    inbound,
    onOrder,
  };
  for (const [account, quantity] of Object.entries(accounts)) gain(balances, `${place}\n${account}`, sign(quantity));
}

function gain(balances: Balances, key: string, change: Decimal): void {
  balances.set(key, add(balances.get(key) ?? ZERO, change));
}
