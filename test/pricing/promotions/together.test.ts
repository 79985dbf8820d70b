import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { anyCoupon } from "../../../src/testing/index.js";
import { byLine, explained, off, priced } from "../carts.js";
import { every, items, moneyOff, percentOff, promotion } from "../promoted.js";

const d = decimal;
const usual = promotion(percentOff("10")).combination;
/** A promotion with a priority and other words on combination. */
function named(
  promotionId: string,
  effect: Promotion["effect"],
  combination: Partial<Promotion["combination"]> = {},
  part: Partial<Promotion> = {},
): Promotion {
  return promotion(effect, { promotionId, combination: { ...usual, base: "running", ...combination }, ...part });
}

describe("the best of a lane for each line, where some rule each other out (mission 6.7)", () => {
  const policy = { lanes: [{ lane: "shelf", mode: "bestPerLine" }] } as const;
  const lines = ["TEA 1 100", "CUP 1 100"];
  const all = named("ALL", percentOff("10"), { priority: 1 });
  const tea = named("TEA", percentOff("20", items("TEA")), { priority: 2 });

  test.each<readonly [what: string, promotions: readonly Promotion[], expected: readonly string[]]>([
    ["nothing rules anything out", [all, tea], ["ALL 2 10", "TEA 1 20"]],
    [
      "the later one wants to be alone and is too late: its line goes to the next best",
      [all, { ...tea, combination: { ...tea.combination, exclusive: "order" } }],
      ["ALL 1 10", "ALL 2 10"],
    ],
    [
      "the first one wants to be alone: it takes every line that it means",
      [{ ...all, combination: { ...all.combination, exclusive: "order" } }, tea],
      ["ALL 1 10", "ALL 2 10"],
    ],
    [
      "after the first one nothing else is looked at",
      [{ ...all, combination: { ...all.combination, stop: true } }, tea],
      ["ALL 1 10", "ALL 2 10"],
    ],
    [
      "two classes that do not go together",
      [
        { ...all, combination: { ...all.combination, classes: { own: "a", combinesWith: [] } } },
        { ...tea, combination: { ...tea.combination, classes: { own: "b", combinesWith: ["a"] } } },
      ],
      ["ALL 1 10", "ALL 2 10"],
    ],
    [
      "the one that wants to be alone wins every line: there is no other",
      [
        named("ALL", percentOff("10"), { priority: 1 }),
        named("MORE", percentOff("30"), { priority: 2, exclusive: "order" }),
        named("CUP", percentOff("5", items("CUP")), { priority: 3 }),
      ],
      ["MORE 1 30", "MORE 2 30"],
    ],
    [
      "the line of the one that is left out goes to another that is left out as well, then to the third",
      [
        named("ALL", percentOff("10"), { priority: 1 }),
        named("B", percentOff("20", items("TEA")), { priority: 2, exclusive: "order" }),
        named("C", percentOff("30", items("TEA")), { priority: 3, exclusive: "order" }),
      ],
      ["ALL 1 10", "ALL 2 10"],
    ],
    [
      "one that stops others gives a line most of those before it: who comes after it does not bid, though it gives more",
      [
        all,
        { ...tea, combination: { ...tea.combination, stop: true } },
        named("MORE", percentOff("50"), { priority: 3 }),
      ],
      ["ALL 2 10", "TEA 1 20"],
    ],
    [
      "one that would stop others gives no line most: the lane goes on",
      [
        named("HALF", percentOff("50", items("TEA")), { priority: 1 }),
        { ...tea, combination: { ...tea.combination, stop: true } },
        named("MORE", percentOff("60"), { priority: 3 }),
      ],
      ["MORE 1 60", "MORE 2 60"],
    ],
    [
      "what is outbid wholly stands against nobody",
      [
        named("A", percentOff("10", items("TEA")), { priority: 1, classes: { own: "a", combinesWith: [] } }),
        named("B", percentOff("20", items("TEA")), { priority: 2, classes: { own: "b", combinesWith: ["b"] } }),
        named("C", percentOff("5", items("CUP")), { priority: 3, classes: { own: "b", combinesWith: ["b"] } }),
      ],
      ["B 1 20", "C 2 5"],
    ],
  ])("%s", (_what, promotions, expected) => {
    expect(byLine({ promotions, lines, policy })).toEqual(expected);
  });

  it("a charge that an earlier one has taken off wholly makes the next give nothing, and so rules nothing out", () => {
    const freight = (promotionId: string, priority: number, part: Partial<Promotion["combination"]> = {}): Promotion =>
      named(
        promotionId,
        { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: d("100") } },
        { priority, ...part },
      );
    const asked = {
      promotions: [freight("A", 1), freight("B", 2, { stop: true }), named("C", percentOff("5"), { priority: 3 })],
      lines: ["TEA 1 100"],
      cart: { charges: [{ kind: "freight", amount: d("5") } as const] },
      policy,
    };
    expect(priced(asked).charges.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([["A", "5"]]);
    expect(byLine(asked)).toEqual(["C 1 5"]);
  });

  it("says why the one that is left out is, and nothing of lines that it would have won", () => {
    const late = { ...tea, combination: { ...tea.combination, exclusive: "order" as const } };
    const { promotions } = explained({ promotions: [all, late], lines, policy });
    expect(promotions.map(({ promotionId, reasons, cuts }) => [promotionId, reasons, cuts])).toEqual([
      ["ALL", [], []],
      ["TEA", [{ code: "exclusive", params: { by: "ALL" } }], []],
    ]);
  });
});

describe("several codes of one promotion (mission 6.3)", () => {
  it("of codes that stand in a promotion the first counts, and the others are told so", () => {
    const spring = named("SPRING", percentOff("10"), {}, { coupons: { kind: "codes", codes: ["A", "B"] } });
    const asked = { promotions: [spring], lines: ["TEA 1 100"], cart: { couponCodes: ["B", "A"] } };
    expect(off(asked)).toBe("10");
    expect(explained(asked).codes).toEqual([
      { code: "B", accepted: true, reasons: [] },
      { code: "A", accepted: false, reasons: [{ code: "other_code_counts", params: { other: "B" } }] },
    ]);
  });

  it("what stands against a promotion stands against each of its codes", () => {
    const spring = named(
      "SPRING",
      percentOff("10", items("OIL")),
      {},
      { coupons: { kind: "codes", codes: ["A", "B"] } },
    );
    const { codes } = explained({ promotions: [spring], lines: ["TEA 1 100"], cart: { couponCodes: ["B", "A"] } });
    expect(codes.map(({ reasons }) => reasons)).toEqual([
      [{ code: "no_line", params: {} }],
      [{ code: "no_line", params: {} }],
    ]);
  });

  it("of two coupons of a batch in a group of the best one applies, and the other is told why", () => {
    const batch = named("B", percentOff("10"), { bestOf: "SALE" }, { coupons: { kind: "batch", batchId: "B-1" } });
    const coupons = new Map(["A", "B"].map((code) => [code, anyCoupon({ code })]));
    const asked = {
      promotions: [batch],
      lines: ["TEA 1 100"],
      cart: { couponCodes: ["A", "B"] },
      facts: { coupons },
    };
    expect(off(asked)).toBe("10");
    expect(explained(asked).codes[1]).toEqual({
      code: "B",
      accepted: false,
      reasons: [{ code: "lost_in_group", params: { group: "SALE", by: "B" } }],
    });
  });

  it("a ledger that does not know an order yet lets it use no more coupons than there are uses", () => {
    const once = named(
      "P-1",
      percentOff("10"),
      {},
      {
        coupons: { kind: "batch", batchId: "B-1" },
        limits: { uses: 1 },
      },
    );
    const own = [
      { promotionId: "P-1", version: 1, name: "", code: "A", amount: d("10"), units: d("1"), uses: "giveBack" },
    ] as const;
    const coupons = new Map(["A", "B"].map((code) => [code, anyCoupon({ code })]));
    const asked = { promotions: [once], lines: ["TEA 1 100"], cart: { couponCodes: ["A", "B"] } };
    expect(byLine({ ...asked, facts: { coupons, own } })).toEqual(["P-1 1 10"]);
    const limits = { usesPerCustomer: 1 };
    const perCustomer = { ...asked, promotions: [{ ...once, limits }] };
    const customer = { customerCode: "C-100" };
    expect(byLine({ ...perCustomer, cart: { ...asked.cart, customer }, facts: { coupons, own } })).toEqual([
      "P-1 1 10",
    ]);
  });
});

describe("the best choice for the customer (mission 6.7; definition B18)", () => {
  const search = (steps: number) => ({ search: { kind: "bestForCustomer", steps } }) as const;

  it("leaves out also a promotion that applies only after another, and so stands in the way of a third", () => {
    const promotions = [
      named("A", moneyOff("10"), { priority: 1 }),
      named(
        "B",
        moneyOff("1"),
        { priority: 2, stop: true },
        {
          condition: { kind: "lines", which: every, measure: "discountedAmount", atMost: d("90") },
        },
      ),
      named("C", moneyOff("50"), { priority: 3 }),
    ];
    const lines = ["TEA 1 100"];
    expect(byLine({ promotions, lines })).toEqual(["A 1 10", "B 1 1"]);
    expect(byLine({ promotions, lines, policy: search(8) })).toEqual(["A 1 10", "C 1 50"]);
    expect(priced({ promotions, lines, policy: search(8) }).optimal).toBe(true);
    // Four choices of two that apply alone; with the third that turns up there are eight, more than the steps.
    expect(priced({ promotions, lines, policy: search(7) })).toMatchObject({ discount: "50", optimal: false });
    expect(priced({ promotions, lines, policy: search(4) }).optimal).toBe(false);
  });

  const alone = (promotionId: string, amount: string, priority: number): Promotion =>
    named(promotionId, moneyOff(amount), { priority, exclusive: "order" });

  test.each<readonly [what: string, promotions: readonly Promotion[], expected: readonly string[]]>([
    [
      "of equal choices that leave out as many, the one that keeps the earlier promotion",
      [alone("A", "10", 1), alone("B", "10", 2)],
      ["A 1 10"],
    ],
    [
      "two later ones together give more than the first alone",
      [alone("A", "10", 1), named("B", moneyOff("6"), { priority: 2 }), named("C", moneyOff("6"), { priority: 3 })],
      ["B 1 6", "C 1 6"],
    ],
    [
      "of three that stand alone, the best is last: both before it are left out",
      [alone("A", "10", 1), alone("B", "11", 2), alone("C", "12", 3)],
      ["C 1 12"],
    ],
    [
      "one of two must go for a third, whichever: the later one goes",
      [
        named("A", moneyOff("5"), { priority: 1, classes: { own: "a", combinesWith: ["c"] } }),
        named("B", moneyOff("5"), { priority: 2, classes: { own: "b", combinesWith: ["c"] } }),
        named("C", moneyOff("5"), { priority: 3, classes: { own: "c", combinesWith: ["a", "b"] } }),
      ],
      ["A 1 5", "C 1 5"],
    ],
  ])("%s", (_what, promotions, expected) => {
    expect(byLine({ promotions, lines: ["TEA 1 100"], policy: search(64) })).toEqual(expected);
  });
});
