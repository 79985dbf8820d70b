import { compare, isNegative } from "../core/decimal.js";
import type { StockPosition } from "../model/stock.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

const FIGURES = ["onHand", "reserved", "picked", "inTransit", "inbound", "onOrder"] as const;

/**
 * Stock positions: each `TEA` in warehouse `NORTH` with 100 on hand and nothing reserved, unless the test says
 * otherwise. Without an argument, one such position.
 *
 * @param parts what the test cares about, by position; quantities in the base unit; the rest is filled in
 * @returns one position for each part, or one when none is given
 * @throws RangeError when the figures contradict each other (on hand ≥ reserved ≥ picked ≥ 0)
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import { anyStock } from "ordercycle/testing";
 * const stock = anyStock({ onHand: "40" }, { warehouseId: "SOUTH", reserved: "5" });
 * stock.map((position) => [position.warehouseId, position.onHand, position.reserved]);
 * // => [["NORTH", "40", "0"], ["SOUTH", "100", "5"]]
 * ```
 */
export function anyStock(...parts: readonly PlainPart<StockPosition>[]): StockPosition[] {
  return (parts.length === 0 ? [{}] : parts).map(anyPosition);
}

function anyPosition(part: PlainPart<StockPosition>): StockPosition {
  const plain = {
    itemCode: "TEA",
    warehouseId: "NORTH",
    onHand: "100",
    reserved: "0",
    picked: "0",
    inTransit: "0",
    inbound: "0",
    onOrder: "0",
    ...part,
  };
  const position = complete<StockPosition>(withDecimals(plain, FIGURES));
  if (
    FIGURES.some((figure) => isNegative(position[figure])) ||
    compare(position.onHand, position.reserved) < 0 ||
    compare(position.reserved, position.picked) < 0
  ) {
    throw new RangeError(`Item ${position.itemCode} at ${position.warehouseId}: these figures contradict each other.`);
  }
  return position;
}
