import { describe, expect, it, test } from "vitest";
import { indexMasters, type MasterLists } from "../../src/model/masters.js";
import { anyCustomer, anyItem, anyPriceEntry, anyWarehouse } from "../../src/testing/index.js";

describe("indexMasters (mission 4.3)", () => {
  it("finds every entry by its code, and the prices of an item in the order of the list", () => {
    const lists = {
      customers: [anyCustomer(), anyCustomer({ customerCode: "C-2" })],
      items: [anyItem(), anyItem({ itemCode: "SALT" })],
      prices: [
        anyPriceEntry(),
        anyPriceEntry({ itemCode: "SALT" }),
        anyPriceEntry({ minQuantity: "100", unitPrice: "2" }),
      ],
      warehouses: [anyWarehouse()],
    };
    const masters = indexMasters(lists);
    expect(masters.customers.get("C-2")).toBe(lists.customers[1]);
    expect(masters.items.get("SALT")).toBe(lists.items[1]);
    expect(masters.prices.get("TEA")).toEqual([lists.prices[0], lists.prices[2]]);
    expect(masters.warehouses.get("NORTH")).toBe(lists.warehouses[0]);
    expect([masters.items.get("constructor"), masters.deliveryWaves.size]).toEqual([undefined, 0]);
  });

  it("is empty for no lists", () => {
    const { customers, items, prices, warehouses, deliveryWaves } = indexMasters({});
    expect([customers, items, prices, warehouses, deliveryWaves].map(({ size }) => size)).toEqual([0, 0, 0, 0, 0]);
  });

  test.each([
    ["customer", { customers: [anyCustomer(), anyCustomer()] }, "C-100 is listed twice"],
    ["item", { items: [anyItem(), anyItem()] }, "TEA is listed twice"],
    ["warehouse", { warehouses: [anyWarehouse(), anyWarehouse()] }, "NORTH is listed twice"],
  ] as readonly (readonly [string, MasterLists, string])[])(
    "refuses a %s that is listed twice",
    (_kind, lists, message) => {
      expect(() => indexMasters(lists)).toThrow(message);
    },
  );
});
