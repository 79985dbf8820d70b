import { describe, expect, it, test } from "vitest";
import { decimal as d } from "../../../src/core/decimal.js";
import type { BuyGet } from "../../../src/model/promotion/promotion-effect.js";
import { byLine, explained, off } from "../carts.js";
import { cheapest, every, items, promotion } from "../promoted.js";

/** For each full 20 that is spent, two cups come free. */
const offer = (part: Partial<BuyGet> = {}): BuyGet => ({
  kind: "buyGet",
  buy: { which: items("TEA"), amount: d("20") },
  get: { which: items("CUP"), units: 2 },
  reward: { kind: "percent", percent: d("100") },
  buyFirst: cheapest,
  getFirst: cheapest,
  repeat: "everyTime",
  partly: "allowed",
  ...part,
});

describe("units got for an amount that is spent (mission 6.1, 6.2; definition B18)", () => {
  test.each<readonly [string, Partial<BuyGet>, readonly string[], string]>([
    ["each full amount gives its units", {}, ["TEA 5 10", "CUP 9 3"], "12"],
    ["once is once", { repeat: "once" }, ["TEA 5 10", "CUP 9 3"], "6"],
    ["an amount not reached gives nothing", {}, ["TEA 1 19.99", "CUP 9 3"], "0"],
    ["one reached to the cent gives", {}, ["TEA 1 20", "CUP 9 3"], "6"],
    ["a last time may give fewer", {}, ["TEA 4 10", "CUP 3 3"], "9"],
    ["or may not, and the full times before it stay", { partly: "refused" }, ["TEA 4 10", "CUP 3 3"], "6"],
    ["nor does one unit for one time", { partly: "refused" }, ["TEA 2 10", "CUP 1 3"], "0"],
    ["the most of an order hold", { maxUnits: 3 }, ["TEA 4 10", "CUP 9 3"], "9"],
    ["and full times only", { maxUnits: 3, partly: "refused" }, ["TEA 4 10", "CUP 9 3"], "6"],
  ])("%s", (_, part, lines, amount) => {
    expect(off({ promotions: [promotion(offer(part))], lines })).toBe(amount);
  });

  it("takes the cheapest units of several lines first", () => {
    const lines = ["TEA 4 10", "CUP 3 5", "CUP 2 3"];
    expect(byLine({ promotions: [promotion(offer())], lines })).toEqual(["P-1 2 10", "P-1 3 6"]);
  });

  test.each<readonly [string, Partial<BuyGet>, readonly string[], readonly unknown[]]>([
    ["what is lacking to the next time", {}, ["TEA 3 10", "CUP 9 3"], ["amount", "10"]],
    ["more cups where they are what is lacking", {}, ["TEA 3 10", "CUP 1 3"], ["quantity", "1"]],
    ["nothing where once is all", { repeat: "once" }, ["TEA 3 10", "CUP 9 3"], []],
    ["nothing where the most is reached", { maxUnits: 2 }, ["TEA 3 10", "CUP 9 3"], []],
  ])("tells %s", (_, part, lines, expected) => {
    const [told] = explained({ promotions: [promotion(offer(part))], lines }).promotions;
    const next = told?.next;
    expect(next === undefined ? [] : [next.measure, next.missing]).toEqual(expected);
  });

  it("says of a cart without such a line that there is none", () => {
    const [told] = explained({ promotions: [promotion(offer())], lines: ["SOAP 3 10", "CUP 9 3"] }).promotions;
    expect(told?.reasons).toEqual([{ code: "no_line", params: {} }]);
  });

  it("counts all lines where every line is meant", () => {
    const effect = offer({ buy: { which: every, amount: d("20") } });
    // 2 cups of 3 and tea of 14 are 20: the cups that are got count as spent, as they do at the till.
    expect(off({ promotions: [promotion(effect)], lines: ["TEA 1 14", "CUP 2 3"] })).toBe("6");
  });
});
