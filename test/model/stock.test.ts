import { describe, expect, it } from "vitest";
import { isSameSource, stockKey, stockSource, type StockSource } from "../../src/model/stock.js";

const sources: readonly StockSource[] = [
  { warehouseId: "NORTH" },
  { warehouseId: "SOUTH" },
  { warehouseId: "NORTH", binId: "X" },
  { warehouseId: "NORTH", lotNo: "X" },
  { warehouseId: "NORTH", owner: "X" },
  { warehouseId: "NORTH", binId: "X", lotNo: "X" },
  { warehouseId: "NORTH", binId: "X", lotNo: "X", owner: "X" },
];

describe("places of stock (mission 5.11)", () => {
  it("have equal keys exactly when they are the same place", () => {
    for (const a of sources) {
      for (const b of sources) {
        expect([a, b, stockKey("TEA", a) === stockKey("TEA", { ...b })]).toEqual([a, b, a === b]);
        expect([a, b, isSameSource(a, { ...b })]).toEqual([a, b, a === b]);
      }
    }
  });

  it("differ by item", () => {
    expect(stockKey("TEA", { warehouseId: "NORTH" })).not.toBe(stockKey("SALT", { warehouseId: "NORTH" }));
  });

  it("are reduced to the source's own fields, absent ones left absent", () => {
    for (const source of sources) {
      const reduced = stockSource({ ...source, itemCode: "TEA" } as StockSource);
      expect(reduced).toStrictEqual(source);
    }
  });
});
