import { describe, expect, it, test } from "vitest";
import { rational } from "../../../src/core/unit-conversion.js";
import { anyItem } from "../../../src/testing/index.js";
import { codesOf, findingsOf } from "../review-facts.js";

describe("the check of quantities (mission 2.4, 5.10)", () => {
  const facts = (part: Parameters<typeof anyItem>[0]) => ({ lists: { items: [anyItem(part)] } });
  test.each([
    ["12", "6", true],
    ["10", "6", false],
    ["6", "6", true],
    ["3", "6", false],
  ])("%s of a multiple of %s pass: %s", (orderedQty, orderMultiple, passes) => {
    expect(findingsOf({ lines: [{ orderedQty }] }, facts({ orderMultiple }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.not_a_multiple",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: orderedQty, multiple: orderMultiple },
              severity: "error",
            },
          ],
    );
  });

  test.each([
    ["12", true],
    ["12.001", true],
    ["11.999", false],
  ])("%s of at least 12 pass: %s", (orderedQty, passes) => {
    expect(findingsOf({ lines: [{ orderedQty }] }, facts({ minOrderQty: "12" }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.below_minimum",
              path: ["lines", 0, "orderedQty"],
              params: { itemCode: "TEA", quantity: orderedQty, minimum: "12" },
              severity: "error",
            },
          ],
    );
  });

  it("counts in the base unit", () => {
    const lines = [{ orderedQty: "2", uom: "CS", unitFactor: rational(12), unitPrice: null }];
    expect(codesOf({ lines }, facts({ orderMultiple: "24", minOrderQty: "24" }))).toEqual([]);
  });

  test.each([
    ["active", true],
    ["discontinued", true],
    ["planned", false],
    ["obsolete", false],
  ] as const)("an item that is %s can be ordered: %s", (lifeStatus, passes) => {
    expect(findingsOf({}, facts({ lifeStatus }))).toEqual(
      passes
        ? []
        : [
            {
              code: "review.item_not_orderable",
              path: ["lines", 0, "itemCode"],
              params: { itemCode: "TEA", lifeStatus },
              severity: "error",
            },
          ],
    );
  });
});
