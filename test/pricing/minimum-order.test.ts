import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compare, decimal, fromUnits, multiply } from "../../src/core/decimal.js";
import { minimumOrder, type MinimumOrderRule } from "../../src/pricing/minimum-order.js";
import { anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { cups, percentOff, promoted, promotion } from "./promoted.js";

const rule = (amount: string, part: Partial<MinimumOrderRule> = {}): MinimumOrderRule => ({
  deliveryAreaPath: [],
  amount: decimal(amount),
  below: { kind: "charge", charge: decimal("4.5") },
  ...part,
});
const find = (part: AnyOrder, ...rules: readonly MinimumOrderRule[]) => minimumOrder(anyOrder(part), rules);

describe("minimumOrder (mission 2.4, 2.5)", () => {
  it("rule 2: an order exactly at the minimum reaches it, one cent below it does not", () => {
    expect(find({}, rule("25"))).toEqual({ kind: "reached" });
    expect(find({}, rule("25.01"))).toEqual({
      kind: "charged",
      minimum: "25.01",
      amount: "25",
      missing: "0.01",
      charge: { kind: "smallOrder", amount: "4.5" },
      topUps: [{ lineId: "SO-1-1", quantity: "1" }],
    });
  });

  it("rule 3: below it the order is charged or refused", () => {
    const refused = find({}, rule("30", { below: { kind: "refuse" } }));
    expect(refused).toMatchObject({ kind: "refused", missing: "5", topUps: [{ quantity: "2" }] });
    expect("charge" in refused).toBe(false);
  });

  it("rule 1: without a rule that fits, every order will do", () => {
    expect(find({})).toEqual({ kind: "reached" });
    expect(find({}, rule("99", { deliveryAreaPath: ["bremen"] }))).toEqual({ kind: "reached" });
    expect(find({}, rule("99", { deliveryAreaPath: ["hamburg", "harbour", "pier"] }))).toEqual({ kind: "reached" });
  });

  test.each([
    [["hamburg", "harbour"], "30"],
    [["hamburg", "altona"], "40"],
    [["bremen"], "50"],
  ])("rule 1: the longest path that fits counts: %j must reach %s", (deliveryAreaPath, minimum) => {
    const rules = [
      rule("40", { deliveryAreaPath: ["hamburg"] }),
      rule("50"),
      rule("30", { deliveryAreaPath: ["hamburg", "harbour"] }),
    ];
    expect(find({ header: { deliveryAreaPath } }, ...rules)).toMatchObject({ minimum });
  });

  it("looks at goods after discounts, without charges", () => {
    const header = { charges: [{ kind: "freight", amount: "50" }] } as const;
    expect(find({ header }, rule("30"))).toMatchObject({ amount: "25" });
    const order = promoted({}, promotion(percentOff("20")));
    expect(minimumOrder(order, [rule("25")])).toMatchObject({
      amount: "20",
      missing: "5",
      topUps: [{ quantity: "2" }],
    });
  });

  it("rule 3: says what of each line would do, in the steps in which it is ordered; gifts and free lines never", () => {
    const lines = [
      { unitPrice: "3", quantum: "4" },
      { unitPrice: "0.7", orderedQty: "1", quantum: "0.5" },
      { unitPrice: "9", orderedQty: "1", uom: "CS", unitFactor: { numerator: "12", denominator: "1" }, quantum: "4" },
      { unitPrice: "0" },
      { transactionCategory: "sample" as const, unitPrice: "0" },
    ];
    expect(find({ lines }, rule("50"))).toMatchObject({
      missing: "10.3",
      topUps: [
        { lineId: "SO-1-1", quantity: "4" },
        { lineId: "SO-1-2", quantity: "15" },
        { lineId: "SO-1-3", quantity: "2" },
      ],
    });
    const order = promoted({}, promotion(cups()));
    expect(minimumOrder(order, [rule("30")])).toMatchObject({ topUps: [{ lineId: "SO-1-1" }] });
  });

  it("throws for an order that has not been priced", () => {
    expect(() => find({ totals: null }, rule("1"))).toThrow(RangeError);
  });

  it("rule 3: every top-up suffices, and one step less does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 99_999 }), (price, minimum) => {
        const unitPrice = fromUnits(price, 2);
        const found = find({ lines: [{ orderedQty: "1", unitPrice }] }, rule(fromUnits(minimum, 2)));
        if (found.kind === "reached") return;
        const [topUp] = found.topUps;
        const steps = BigInt(topUp?.quantity ?? "0");
        expect(compare(multiply(fromUnits(steps, 0), unitPrice), found.missing)).toBeGreaterThanOrEqual(0);
        expect(compare(multiply(fromUnits(steps - 1n, 0), unitPrice), found.missing)).toBe(-1);
      }),
    );
  });
});
