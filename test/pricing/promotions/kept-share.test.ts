import { describe, expect, test } from "vitest";
import { checkMoney, anyContext, anyOrder } from "../../../src/testing/index.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { granted } from "../../lifecycle/answers.js";
import { compiled, percentOff, pricing, promotion } from "../promoted.js";

describe("what is kept of a line is not worth more than the whole line (mission 6.8, 6.6)", () => {
  test.each([
    ["0.3", "26.371", "100", "0.2", "0"],
    ["0.3", "26.371", "100", "0.15", "0"],
    ["7", "0.333", "100", "5", "0"],
    ["7", "0.333", "99.6", "5", "0.01"],
    ["10", "2.5", "0", "4", "25"],
  ])("%s at %s less %s percent, %s cancelled", (orderedQty, unitPrice, percent, cancelled, amount) => {
    const line = {
      orderedQty,
      unitPrice,
      discount: { kind: "percent", percent } as const,
      quantities: { cancelled },
    };
    const plain = anyOrder({ stage: "confirmed", lines: [line] });
    expect(plain.lines[0]?.lineAmount).toBe(amount);
    const order = { ...plain, promotions: { asOf: anyContext().at, applied: [], charges: [] } };
    const all = compiled(promotion(percentOff("100")));
    const { order: after } = granted(
      revisePromotions(order, { cause: "cancel" }, { ...pricing(all), promotions: { compiled: all } }),
    );
    expect(checkMoney(after)).toEqual([]);
  });
});
