import { compare, isNegative } from "../../core/decimal.js";
import { stockKey, type StockPosition } from "../../model/stock.js";
import { mustHold, type LawViolation } from "./law-violation.js";

const FIGURES = ["onHand", "reserved", "picked", "inTransit", "inbound", "onOrder"] as const;

/**
 * Checks that stock positions are sound in themselves.
 *
 * **Rules**
 * 1. On hand ≥ reserved ≥ picked.
 * 2. No figure is negative.
 * 3. Each place is listed once.
 *
 * @param stock positions
 * @returns every violation; empty when the laws hold
 *
 * **Source:** mission 5.11
 * @example
 * ```ts
 * import { anyStock, checkStockLaws } from "ordercycle/testing";
 * checkStockLaws([...anyStock(), ...anyStock()])[0]?.law; // => "each place is listed once"
 * ```
 */
export function checkStockLaws(stock: readonly StockPosition[]): LawViolation[] {
  const seen = new Set<string>();
  return stock.flatMap((position) => {
    const { itemCode, warehouseId, onHand, reserved, picked } = position;
    const at = `${itemCode} at ${warehouseId}`;
    const key = stockKey(itemCode, position);
    const isFirst = !seen.has(key);
    seen.add(key);
    return [
      ...mustHold({
        law: "on hand ≥ reserved",
        at,
        found: `${onHand} < ${reserved}`,
        holds: compare(onHand, reserved) >= 0,
      }),
      ...mustHold({
        law: "reserved ≥ picked",
        at,
        found: `${reserved} < ${picked}`,
        holds: compare(reserved, picked) >= 0,
      }),
      ...FIGURES.flatMap((figure) =>
        mustHold({
          law: "no figure is negative",
          at: `${at} ${figure}`,
          found: position[figure],
          holds: !isNegative(position[figure]),
        }),
      ),
      ...mustHold({ law: "each place is listed once", at, found: "listed again", holds: isFirst }),
    ];
  });
}
