import { describe, expect, it } from "vitest";
import { freeStockByItem } from "../../src/allocation/usable-stock.js";
import { anyStock } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

describe("freeStockByItem (mission 4.5, 5.12, 8.1)", () => {
  it("sums what is free of our own usable stock, over warehouses and lots", () => {
    const stock = anyStock(
      { onHand: "40", reserved: "15" },
      { warehouseId: "SOUTH", onHand: "0.5" },
      { warehouseId: "EAST", onHand: "7", condition: "held" },
      { lotNo: "A", onHand: "7", owner: "C-100" },
      { lotNo: "B", onHand: "7", expiresOn: "2026-03-02" },
      { lotNo: "C", onHand: "7", expiresOn: "2026-03-03" },
      { itemCode: "SALT", onHand: "5", reserved: "5" },
      { itemCode: "OIL", onHand: "5", condition: "available" },
    );
    expect([...freeStockByItem(stock, TODAY)]).toEqual([
      ["TEA", "32.5"],
      ["OIL", "5"],
    ]);
  });

  it("of no stock knows no item", () => {
    expect(freeStockByItem([], TODAY).size).toBe(0);
  });
});
