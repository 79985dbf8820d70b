import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "../../src/core/instant.js";
import { applyMovements, indexStock } from "../../src/model/apply-movements.js";
import { MOVEMENT_ACCOUNTS, type MovementKind, type StockMovement } from "../../src/model/movement.js";
import type { StockPosition } from "../../src/model/stock.js";
import { ARBITRARY_ITEMS } from "../../src/testing/arbitraries/arbitrary-item.js";
import {
  arbitraryQuantity,
  arbitrarySource,
  arbitraryStock,
  checkMovementBalance,
  checkPlainData,
  checkStockLaws,
  deepFreeze,
} from "../../src/testing/index.js";

const at = instant("2026-03-05T09:00:00.000Z");

const movement: fc.Arbitrary<StockMovement> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(MOVEMENT_ACCOUNTS) as MovementKind[])),
    fc.constantFrom(...ARBITRARY_ITEMS),
    arbitrarySource(),
    arbitraryQuantity({ max: "80", decimals: 1 }),
  )
  .map(([kind, { itemCode }, source, quantity]) => ({ kind, itemCode, ...source, quantity, at }));

/** The movements of a list that stock allows, each tried on what the earlier ones leave. */
function allowed(stock: readonly StockPosition[], movements: readonly StockMovement[]): StockMovement[] {
  let current = stock;
  return movements.filter((candidate) => {
    try {
      current = applyMovements(current, [candidate]);
      return true;
    } catch (cause) {
      expect(cause).toBeInstanceOf(RangeError);
      return false;
    }
  });
}

const stockWithMovements = fc
  .tuple(arbitraryStock(), fc.array(movement, { maxLength: 30 }))
  .map(([stock, movements]) => ({ stock: deepFreeze(stock), movements: deepFreeze(allowed(stock, movements)) }));

describe("laws of stock (mission 5.11)", () => {
  it("whatever stock allows leaves it sound, balanced and plain", () => {
    fc.assert(
      fc.property(stockWithMovements, ({ stock, movements }) => {
        const after = applyMovements(stock, movements);
        expect([
          ...checkStockLaws(after),
          ...checkMovementBalance(stock, after, movements),
          ...checkPlainData(after),
        ]).toEqual([]);
      }),
    );
  });

  it("an index built before changes nothing, and neither do movements one by one", () => {
    fc.assert(
      fc.property(stockWithMovements, ({ stock, movements }) => {
        const after = applyMovements(stock, movements);
        expect(applyMovements(stock, movements, indexStock(stock))).toEqual(after);
        expect(movements.reduce((current, one) => applyMovements(current, [one]), [...stock])).toEqual(after);
      }),
    );
  });

  it("a movement that stock does not allow is refused and leaves nothing behind", () => {
    fc.assert(
      fc.property(stockWithMovements, movement, ({ stock, movements }, last) => {
        const after = deepFreeze(applyMovements(stock, movements));
        const text = JSON.stringify(after);
        const isAllowed = allowed(after, [last]).length === 1;
        const tooMuch = { ...last, kind: "reserve", quantity: "1000000" as never } as const;
        expect(() => applyMovements(after, isAllowed ? [last, tooMuch] : [last])).toThrow(RangeError);
        expect(JSON.stringify(after)).toBe(text);
      }),
    );
  });

  it("movements at different places may be posted in any order", () => {
    fc.assert(
      fc.property(stockWithMovements, ({ stock, movements }) => {
        const key = ({ itemCode, warehouseId, binId, lotNo, owner }: StockMovement) =>
          JSON.stringify([itemCode, warehouseId, binId, lotNo, owner]);
        // A stable sort by place keeps the order in which each place saw its movements.
        const sorted = movements.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
        const known = new Set(applyMovements(stock, movements).map((position) => JSON.stringify(position)));
        const found = applyMovements(stock, sorted).map((position) => JSON.stringify(position));
        expect(new Set(found)).toEqual(known);
      }),
    );
  });
});
