import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { compare, decimal, fromUnits, ROUNDING_MODES, type Decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { lineAmountUpTo } from "../../src/model/line-amount-up-to.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { unitShares } from "../../src/pricing/promotions/unit-shares.js";
import { anyOrderLine } from "../../src/testing/index.js";

/** A line of an amount in cents before promotions, with what each took off how many units. */
function lineOf(
  quantity: string,
  amount: number,
  parts: readonly (readonly [number, string])[] = [],
  unit: Pick<OrderLine, "unitFactor"> = { unitFactor: rational(1) },
): OrderLine {
  const orderedQty = decimal(quantity);
  const discounts = parts.map(([money, units]) => ({ amount: money, units: decimal(units) }));
  const taken = discounts.reduce((total, discount) => total + discount.amount, 0);
  const adjustments = unitShares(orderedQty, amount, discounts, 2).map((shares, place) => ({
    promotionId: `P-${place}`,
    version: 1,
    amount: fromUnits(parts[place]?.[0] ?? 0, 2),
    shares,
  }));
  const line = anyOrderLine({ orderedQty: quantity, unitPrice: "1", allowance: "0", unitFactor: unit.unitFactor });
  return { ...line, lineAmount: fromUnits(amount - taken, 2), ...(parts.length === 0 ? {} : { adjustments }) };
}

/** What the first 0, 1, 2 … units cost. */
const costs = (line: OrderLine, upTo: readonly string[]) =>
  upTo.map((quantity) => lineAmountUpTo(line, decimal(quantity), 2, "halfUp"));

describe("lineAmountUpTo (mission 6.6, 15.1)", () => {
  const units = ["0", "1", "2", "3"];
  test.each([
    ["rule 1: the share of the amount without promotions", lineOf("3", 1000), ["0", "3.33", "6.67", "10"]],
    ["rule 2: three for two, the last free", lineOf("3", 900, [[300, "1"]]), ["0", "3", "6", "6"]],
    ["rule 2: all units alike", lineOf("3", 900, [[90, "3"]]), ["0", "2.7", "5.4", "8.1"]],
    [
      "rule 2: two offers",
      lineOf("3", 900, [
        [300, "1"],
        [100, "1"],
      ]),
      ["0", "3", "5", "5"],
    ],
    ["rule 3: a free line costs nothing at any place", lineOf("3", 1000, [[1000, "3"]]), ["0", "0", "0", "0"]],
    [
      "rule 4: more never costs less, though the free unit is the dearer one",
      lineOf("3", 1000, [[334, "1"]]),
      ["0", "0", "3.33", "6.66"],
    ],
    ["rule 4: nor where it is in the middle", lineOf("3", 1001, [[334, "1"]]), ["0", "3.33", "3.33", "6.67"]],
  ] as readonly (readonly [string, OrderLine, readonly string[]])[])("%s", (_what, line, expected) => {
    expect(costs(line, units)).toEqual(expected);
  });

  it("rule 2: of a unit that is asked for in part, that part", () => {
    const dozens = lineOf("2", 600, [[300, "1"]], { unitFactor: rational(12) });
    expect(costs(dozens, ["6", "12", "18", "24"])).toEqual(["1.5", "3", "3", "3"]);
    expect(costs(lineOf("3", 900, [[300, "3"]]), ["0.5", "2.5"])).toEqual(["1", "5"]);
  });

  it("rule 2: units of the order that are a fraction of a base unit", () => {
    const thirds = lineOf("3", 900, [[300, "1"]], { unitFactor: rational(1, 3) });
    expect(costs(thirds, ["0.5", "1"])).toEqual(["4.5", "6"]);
  });

  test.each([
    ["halfUp", "0.13"],
    ["halfEven", "0.12"],
    ["up", "0.13"],
    ["down", "0.12"],
  ] as const)("rule 3: rounds once, %s", (rounding, expected) => {
    const line = lineOf("2", 125, [[100, "2"]]);
    expect(lineAmountUpTo(line, decimal("1"), 2, rounding)).toBe(expected);
  });

  it("rule 4: a hundred units at one and a half cents, all free, never cost less than nothing", () => {
    const line = lineOf("100", 150, [[150, "100"]]);
    expect(costs(line, ["25", "50", "75", "100"])).toEqual(["0", "0", "0", "0"]);
  });

  it("rules 3 and 4: for any line the first units cost from nothing to the line amount, and more never cost less", () => {
    const anyLine = fc
      .record({
        quantity: fc.integer({ min: 1, max: 5_000 }),
        scale: fc.constantFrom(0, 0, 0, 1, 3),
        amount: fc.nat({ max: 20_000 }),
        wishes: fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 1000 })), { maxLength: 4 }),
        factor: fc.constantFrom(rational(1), rational(12), rational(1, 4)),
      })
      .map(({ quantity, scale, amount, wishes, factor }) => {
        let left = amount;
        const parts = wishes.map(([share, some]) => {
          const money = share > 900 ? left : Math.floor((left * share) / 1000);
          left -= money;
          return [money, fromUnits(Math.max(1, Math.ceil((quantity * some) / 1000)), scale)] as const;
        });
        return lineOf(fromUnits(quantity, scale), amount, parts, { unitFactor: factor });
      });
    fc.assert(
      fc.property(
        anyLine,
        fc.constantFrom(...ROUNDING_MODES),
        fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 12 }),
        (line, rounding, places) => {
          const ordered = line.quantities.open;
          const thousandth = Number(ordered) / 1000;
          const upTo = [...places].sort((a, b) => a - b).map((place) => decimal((thousandth * place).toFixed(6)));
          let before: Decimal = decimal("0");
          for (const quantity of [...upTo, ordered]) {
            const cost = lineAmountUpTo(line, quantity, 2, rounding);
            expect(compare(cost, before)).toBeGreaterThanOrEqual(0);
            before = cost;
          }
          expect(before).toBe(line.lineAmount);
        },
      ),
    );
  });
});
