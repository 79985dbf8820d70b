import { add, compare, isPositive, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { MOVEMENT_ACCOUNTS, type StockAccount, type StockMovement } from "./movement.js";
import { stockOnce } from "./stock-once.js";
import { stockKey, stockSource, type StockPosition } from "./stock.js";

/** Where each stock position stands in a list, by its key. Built once, it serves many calls. */
export type StockIndex = ReadonlyMap<string, number>;

/** What each account adds to the figures kept on a position. Outside accounts add nothing. */
const FIGURES: Readonly<Record<StockAccount, readonly StockFigure[]>> = {
  supplier: [],
  customer: [],
  lost: [],
  onOrder: ["onOrder"],
  inbound: ["inbound"],
  free: ["onHand"],
  reserved: ["onHand", "reserved"],
  picked: ["onHand", "reserved", "picked"],
  inTransit: ["inTransit"],
};
type StockFigure = "onHand" | "reserved" | "picked" | "inTransit" | "inbound" | "onOrder";

/**
 * Builds the index of a list of stock positions.
 *
 * @param stock positions, each place once
 * @returns key of a place → its position in the list
 * @throws RangeError when a place is listed twice
 * @example
 * ```ts
 * import { indexStock, stockKey } from "ordercycle";
 * import { anyStock } from "ordercycle/testing";
 * const stock = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "40" });
 * indexStock(stock).get(stockKey("TEA", { warehouseId: "NORTH" })); // => 0
 * ```
 */
export function indexStock(stock: readonly StockPosition[]): StockIndex {
  const index = new Map<string, number>();
  stock.forEach((position, place) => index.set(stockKey(position.itemCode, position), place));
  if (index.size !== stock.length) stockOnce(stock);
  return index;
}

/**
 * Posts movements to stock: the only code that writes it.
 *
 * **Rules**
 * 1. Every movement takes its quantity from one account and gives it to another; nothing appears or vanishes.
 * 2. On hand ≥ reserved ≥ picked ≥ 0 after every movement, and no figure falls below zero. A place that came in with more
 *    reserved than on hand – a count found less – must have no more too much after it than before.
 * 3. What arrives at a place that has no position yet opens one.
 *
 * @param stock positions, each place once; a host need load only those that the movements name
 * @param movements in the order in which they happened
 * @param index of `stock`, when it is kept from call to call; without it, it is built. A list that has gained positions
 * needs a new one.
 * @returns the positions after the movements, new ones last; the given list is not touched. With an index the work is
 * linear in the movements, but for one copy of the list.
 * @throws RangeError for a movement that stock does not allow: a bug of the caller, since decisions check first
 *
 * **Source:** mission 5.11, 14.1
 * @example
 * ```ts
 * import { applyMovements, decimal, instant } from "ordercycle";
 * import { anyStock } from "ordercycle/testing";
 * const stock = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "40" });
 * const at = instant("2026-03-02T09:00:00Z");
 * const after = applyMovements(stock, [{ kind: "reserve", itemCode: "TEA", warehouseId: "NORTH", quantity: decimal("15"), at }]);
 * [after[0]!.onHand, after[0]!.reserved]; // => ["40", "15"]
 * ```
 */
export function applyMovements(
  stock: readonly StockPosition[],
  movements: readonly StockMovement[],
  index: StockIndex = indexStock(stock),
): StockPosition[] {
  if (index.size !== stock.length) throw new RangeError("The index belongs to another list of stock positions.");
  const positions = [...stock];
  const opened = new Map<string, number>();
  for (const movement of movements) {
    const key = stockKey(movement.itemCode, movement);
    let place = index.get(key) ?? opened.get(key);
    if (place === undefined) {
      place = positions.length;
      opened.set(key, place);
      positions.push(emptyPosition(movement));
    }
    if (positions[place]?.itemCode !== movement.itemCode)
      throw new RangeError("The index is of another list of stock.");
    positions[place] = post(positions[place] as StockPosition, movement);
  }
  return positions;
}

function post(position: StockPosition, movement: StockMovement): StockPosition {
  const { kind, quantity, itemCode } = movement;
  if (!isPositive(quantity))
    throw new RangeError(`Item ${itemCode}: a movement needs a positive quantity, not ${quantity}.`);
  const { from, to } = MOVEMENT_ACCOUNTS[kind];
  const figures: Partial<Record<StockFigure, Decimal>> = {};
  for (const figure of FIGURES[from]) figures[figure] = subtract(position[figure], quantity);
  for (const figure of FIGURES[to]) figures[figure] = add(figures[figure] ?? position[figure], quantity);
  const next = { ...position, ...figures };
  if (!isSound(next, position)) {
    throw new RangeError(
      `Item ${itemCode} at ${movement.warehouseId}: ${kind} of ${quantity} is more than ${from} holds.`,
    );
  }
  return next;
}

function isSound(next: StockPosition, before: StockPosition): boolean {
  const { onHand, reserved, picked, inTransit, inbound, onOrder } = next;
  return (
    (compare(onHand, reserved) >= 0 || isNoFurtherShort(next, before)) &&
    compare(reserved, picked) >= 0 &&
    [picked, inTransit, inbound, onOrder].every((figure) => compare(figure, ZERO) >= 0)
  );
}

/** Whether a place that had more reserved than on hand has no more too much than before. */
function isNoFurtherShort(next: StockPosition, before: StockPosition): boolean {
  return compare(subtract(next.onHand, next.reserved), subtract(before.onHand, before.reserved)) >= 0;
}

function emptyPosition(movement: StockMovement): StockPosition {
  return {
    itemCode: movement.itemCode,
    ...stockSource(movement),
    onHand: ZERO,
    reserved: ZERO,
    picked: ZERO,
    inTransit: ZERO,
    inbound: ZERO,
    onOrder: ZERO,
    ...(movement.receivedOn === undefined ? {} : { receivedOn: movement.receivedOn }),
    ...(movement.expiresOn === undefined ? {} : { expiresOn: movement.expiresOn }),
  };
}
