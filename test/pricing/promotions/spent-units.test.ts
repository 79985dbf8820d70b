import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import type { BuyGet, PromotionEffect } from "../../../src/model/promotion/promotion-effect.js";
import { byLine, explained, priced } from "../carts.js";
import { cheapest, cups, every, items, percentOff, promotion, THREE_FOR_TWO } from "../promoted.js";

const d = decimal;
const usual = { base: "running", discountedLines: "include" } as const;
const at = (priority: number, promotionId: string, effect: PromotionEffect): Promotion =>
  promotion(effect, { promotionId, combination: { ...usual, priority } });

/** Buy two, get the cheapest free. */
const twoAndOne = (part: Partial<BuyGet> = {}): BuyGet => ({
  kind: "buyGet",
  buy: { which: every, units: 2 },
  get: { which: every, units: 1 },
  reward: { kind: "percent", percent: d("100") },
  buyFirst: { by: "unitPrice", first: "dearest" },
  getFirst: cheapest,
  repeat: "everyTime",
  partly: "refused",
  ...part,
});
const freeSoap = at(1, "SOAP", percentOff("100", items("SOAP")));
const lines = ["SOAP 1 2", "TEA 1 5", "RICE 1 6", "OIL 1 7"];

describe("units that cost nothing any more (mission 6.1, 6.6)", () => {
  test.each<readonly [what: string, effect: PromotionEffect, lines: readonly string[], expected: readonly string[]]>([
    ["two bought and one got: the cheapest that costs something", twoAndOne(), lines, ["SOAP 1 2", "OFFER 2 5"]],
    ["nor are they bought: two that cost something earn no third", twoAndOne(), lines.slice(0, 3), ["SOAP 1 2"]],
    [
      "unless what was got may count as bought",
      twoAndOne({ blocked: "sameRole" }),
      lines.slice(0, 3),
      ["SOAP 1 2", "OFFER 2 5"],
    ],
    ["three for two: of those that cost something", THREE_FOR_TWO, lines, ["SOAP 1 2", "OFFER 2 5"]],
    ["three for two: two that cost something are no three", THREE_FOR_TWO, lines.slice(0, 3), ["SOAP 1 2"]],
    [
      "another item, got for money spent: the one that still costs something",
      twoAndOne({ buy: { which: items("OIL"), amount: d("7") }, get: { which: items("SOAP", "TEA"), units: 1 } }),
      lines,
      ["SOAP 1 2", "OFFER 2 5"],
    ],
  ])("%s", (_what, effect, some, expected) => {
    expect(byLine({ promotions: [freeSoap, at(2, "OFFER", effect)], lines: some })).toEqual(expected);
  });

  it("a gift is earned by what costs something", () => {
    const gift = at(2, "OFFER", cups({ buy: { which: every, units: 4 } }));
    expect(priced({ promotions: [gift], lines }).gifts).toHaveLength(1);
    expect(priced({ promotions: [freeSoap, gift], lines }).gifts).toEqual([]);
  });

  it("goods that were agreed to be free are as free as those that a promotion made so", () => {
    const offer = at(2, "OFFER", twoAndOne());
    const cart = {
      lines: [
        { lineId: "1", itemCode: "SOAP", quantity: d("1"), unitPrice: d("2"), agreedDiscount: d("2") },
        { lineId: "2", itemCode: "TEA", quantity: d("3"), unitPrice: d("5") },
      ],
    };
    expect(byLine({ promotions: [offer], lines: [], cart })).toEqual(["OFFER 2 5"]);
  });

  it("a line of which something is left is chosen as before, by its price", () => {
    const half = at(1, "HALF", percentOff("50", items("SOAP")));
    expect(byLine({ promotions: [half, at(2, "OFFER", twoAndOne())], lines })).toEqual(["HALF 1 1", "OFFER 1 1"]);
  });

  it("says what is lacking, and nothing of units that were free already", () => {
    const told = (effect: PromotionEffect, some: readonly string[]) => {
      const { promotions } = explained({ promotions: [freeSoap, at(2, "OFFER", effect)], lines: some });
      const offer = promotions.find(({ promotionId }) => promotionId === "OFFER");
      return [offer?.applied, offer?.reasons, offer?.cuts];
    };
    expect(told(twoAndOne(), lines)).toEqual([true, [], []]);
    expect(told(THREE_FOR_TWO, lines)).toEqual([true, [], []]);
    expect(told(twoAndOne(), ["SOAP 3 2"])).toEqual([false, [{ code: "nothing_left", params: {} }], []]);
    expect(told(THREE_FOR_TWO, ["SOAP 3 2"])).toEqual([false, [{ code: "nothing_left", params: {} }], []]);
    const onSoap = twoAndOne({ buy: { which: items("TEA"), units: 1 }, get: { which: items("SOAP"), units: 1 } });
    expect(told(onSoap, lines)).toEqual([false, [{ code: "nothing_left", params: {} }], []]);
  });
});
