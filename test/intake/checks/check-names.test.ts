import { describe, expect, it, test } from "vitest";
import { anyCustomer } from "../../../src/testing/index.js";
import { codesOf, findingsOf } from "../review-facts.js";

describe("the check of names (mission 4.5)", () => {
  it("finds a name that is not the master's", () => {
    expect(findingsOf({ header: { customerName: "Corner Ship" }, lines: [{}, { itemName: "Black tea" }] })).toEqual([
      {
        code: "review.customer_name_differs",
        path: ["header", "customerName"],
        params: { customerCode: "C-100", given: "Corner Ship", expected: "Corner Shop" },
        severity: "error",
      },
      {
        code: "review.item_name_differs",
        path: ["lines", 1, "itemName"],
        params: { itemCode: "TEA", given: "Black tea", expected: "Green tea" },
        severity: "error",
      },
    ]);
  });

  test.each([
    ["Café Nord", "  CAFÉ   nord "],
    ["Café Nord", "Cafe\u0301 Nord"],
    ["ABC", "ＡＢＣ"],
  ])("takes %s and %s for one name", (name, customerName) => {
    expect(codesOf({ header: { customerName } }, { lists: { customers: [anyCustomer({ name })] } })).toEqual([]);
  });

  it("takes an accent that is missing for another name", () => {
    const facts = { lists: { customers: [anyCustomer({ name: "Café Nord" })] } };
    expect(codesOf({ header: { customerName: "Cafe Nord" } }, facts)).toEqual(["review.customer_name_differs"]);
  });

  it("says nothing of customers and items that the master no longer has", () => {
    expect(
      codesOf({ header: { customerName: "x" }, lines: [{ itemName: "y" }] }, { lists: { customers: [], items: [] } }),
    ).toEqual([]);
  });
});
