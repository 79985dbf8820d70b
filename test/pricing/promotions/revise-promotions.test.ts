import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { Promotion, RevisionCause, RevisionPolicy } from "../../../src/model/promotion/promotion.js";
import type { Gift, PromotionEffect } from "../../../src/model/promotion/promotion-effect.js";
import { planRevision, type PromotionRevisionPlan } from "../../../src/pricing/promotions/plan-revision.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import { anyCoupon, anyOrder, checkOutcome, deepFreeze, type AnyOrder } from "../../../src/testing/index.js";
import { granted, reasonsOf } from "../../lifecycle/answers.js";
import {
  billed,
  compiled,
  confirmed,
  cups,
  delivered,
  every,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promotion,
  returned,
  revision,
  THREE_FOR_TWO,
} from "../promoted.js";

const POLICIES: readonly RevisionPolicy[] = ["keep", "proRate", "reEvaluate", "clawBack"];
const TWO_LINES: AnyOrder = { lines: [{}, { itemCode: "RICE" }] };

/** Revises with these promotions; every law is held against the outcome, and a second time nothing changes. */
function revise(
  order: Order,
  cause: RevisionCause,
  promotions: readonly Promotion[],
  unavailable: readonly string[] = [],
) {
  const facts = { compiled: compiled(...promotions), unavailableItems: new Set(unavailable) };
  const context = { ...pricing(facts), promotions: facts };
  const outcome = granted(revisePromotions(deepFreeze(order), { cause }, context));
  expect(checkOutcome(order, outcome)).toEqual([]);
  return outcome;
}

function plan(
  order: Order,
  cause: RevisionCause,
  leaving: readonly (readonly [string, string])[],
  promotions: readonly Promotion[],
) {
  const facts = { compiled: compiled(...promotions) };
  const quantities = leaving.map(([lineId, quantity]) => ({ lineId, quantity: decimal(quantity) }));
  return planRevision(deepFreeze(order), cause, quantities, { ...pricing(facts), promotions: facts });
}

const money = ({ discountBefore, discountAfter, lines, credit, charge }: PromotionRevisionPlan) => ({
  discounts: `${discountBefore} → ${discountAfter}`,
  lines: lines.map(({ lineId, amountBefore, amountAfter }) => `${lineId} ${amountBefore} → ${amountAfter}`),
  correction: `${credit} / ${charge}`,
});

/** An effect under each policy: the discounts on what is kept, before and after. */
function byPolicy(
  effect: PromotionEffect,
  part: AnyOrder,
  change: (order: Order) => Order,
  cause: RevisionCause,
  more: Partial<Promotion> = {},
) {
  return POLICIES.map((policy) => {
    const one = promotion(effect, { ...more, revision: revision(policy) });
    const { plan: found } = revise(change(confirmed(part, one)), cause, [one]);
    return `${policy}: ${found.discountBefore} → ${found.discountAfter}`;
  });
}

const cancel =
  (lineId: string, quantity: string) =>
  (order: Order): Order =>
    moved(order, lineId, quantity, "open", "cancelled");

describe("revisePromotions, policy by policy (mission 6.8)", () => {
  const shirts: AnyOrder = { lines: [{ orderedQty: "3", unitPrice: "10" }] };
  const six: AnyOrder = { lines: [{ orderedQty: "6", unitPrice: "10" }] };
  const atLeast = (amount: string): Partial<Promotion> => ({
    condition: { kind: "lines", which: every, measure: "amount", atLeast: decimal(amount) },
  });

  test.each([
    ["10 % off, four of ten go", percentOff("10"), {}, "4", {}, ["1.5 → 2.5", "1.5 → 1.5", "1.5 → 1.5", "1.5 → 1.5"]],
    [
      "10 % off from 25.00 on",
      percentOff("10"),
      {},
      "4",
      atLeast("25"),
      ["1.5 → 2.5", "1.5 → 1.5", "1.5 → 0", "1.5 → 0"],
    ],
    ["three shirts for two, one goes", THREE_FOR_TWO, shirts, "1", {}, ["0 → 10", "0 → 0", "0 → 0", "0 → 0"]],
    ["six shirts for four, two go", THREE_FOR_TWO, six, "2", {}, ["0 → 20", "0 → 0", "0 → 10", "0 → 0"]],
    ["six shirts for four, one goes", THREE_FOR_TWO, six, "1", {}, ["10 → 20", "10 → 10", "10 → 10", "10 → 10"]],
    ["20.00 off, more than what is left", moneyOff("20"), {}, "6", {}, ["8 → 10", "8 → 8", "8 → 10", "8 → 8"]],
  ] as const)("%s", (_what, effect, part, quantity, more, expected) => {
    const found = byPolicy(effect, part, cancel("SO-1-1", quantity), "cancel", more);
    expect(found).toEqual(POLICIES.map((policy, place) => `${policy}: ${expected[place]}`));
  });

  test.each([
    ["without conditions", {}, ["3 → 6", "3 → 3", "3 → 6", "3 → 3"]],
    ["from 40.00 on", atLeast("40"), ["3 → 6", "3 → 3", "3 → 0", "3 → 0"]],
  ])("6.00 off the order, when a whole line goes: %s", (_what, more, expected) => {
    const found = byPolicy(moneyOff("6"), TWO_LINES, cancel("SO-1-2", "10"), "cancel", more);
    expect(found).toEqual(POLICIES.map((policy, place) => `${policy}: ${expected[place]}`));
  });

  test.each(["cancel", "short", "return", "amend"] as const)("each cause has its own policy: %s", (cause) => {
    const one = promotion(THREE_FOR_TWO, { revision: { ...revision("proRate"), [cause]: "keep" } });
    const order = cancel("SO-1-1", "1")(confirmed(shirts, one));
    const found = (asked: RevisionCause) => revise(order, asked, [one]).plan.discountAfter;
    expect((["cancel", "short", "return", "amend"] as const).map((asked) => found(asked))).toEqual(
      (["cancel", "short", "return", "amend"] as const).map((asked) => (asked === cause ? "10" : "0")),
    );
  });

  it("writes prices, the event and what the ledger gets back", () => {
    const one = promotion(percentOff("10"));
    const { order, events, requests, plan: found } = revise(cancel("SO-1-1", "4")(confirmed({}, one)), "cancel", [one]);
    expect(events.map(({ type, details }) => [type, details])).toEqual([
      ["promotions_revised", { cause: "cancel", payable: "23.5" }],
    ]);
    expect(order.lines[0]).toMatchObject({ allowance: "1.5", lineAmount: "23.5" });
    expect(order.lines[0]?.adjustments?.[0]?.shares).toEqual([
      { quantity: "6", amount: "1.5" },
      { quantity: "4", amount: "0" },
    ]);
    expect(order.promotions?.applied[0]).toMatchObject({ amount: "1.5", units: "6" });
    expect(requests.map(({ type }) => type)).toEqual(["post_promotion_usage"]);
    expect(money(found)).toEqual({ discounts: "1.5 → 1.5", lines: [], correction: "0 / 0" });
  });

  it("what stands is looked at before what is worked out anew, and rules it out as it did", () => {
    const alone = promotion(moneyOff("6"), {
      promotionId: "A",
      combination: { priority: 1, base: "running", discountedLines: "include", exclusive: "order" },
      revision: revision("keep"),
    });
    const other = promotion(percentOff("50"), { promotionId: "B" });
    const { order } = revise(cancel("SO-1-2", "10")(confirmed(TWO_LINES, alone, other)), "cancel", [alone, other]);
    expect(order.promotions?.applied.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([["A", "6"]]);
  });

  it("a discount that stands leaves what is worked out anew its part, in the order in which they came", () => {
    const fixed = promotion(moneyOff("6"), {
      promotionId: "A",
      combination: { priority: 1, base: "running", discountedLines: "include" },
      revision: revision("keep"),
    });
    const ten = promotion(percentOff("10"), { promotionId: "B" });
    const { order } = revise(cancel("SO-1-2", "10")(confirmed(TWO_LINES, fixed, ten)), "cancel", [fixed, ten]);
    expect(order.promotions?.applied.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([
      ["A", "6"],
      ["B", "1.9"],
    ]);
  });

  it("pro rata, one after the other: the free shirt goes with its unit, whatever went before", () => {
    const one = promotion(THREE_FOR_TWO, { revision: revision("proRate") });
    const first = revise(cancel("SO-1-1", "1")(confirmed(six, one)), "cancel", [one]);
    expect(first.order.lines[0]?.adjustments?.[0]?.shares).toEqual([
      { quantity: "4", amount: "0" },
      { quantity: "1", amount: "10" },
      { quantity: "1", amount: "0" },
    ]);
    expect(first.order.promotions?.applied[0]).toMatchObject({ amount: "10", units: "1" });
    const second = revise(cancel("SO-1-1", "1")(first.order), "cancel", [one]);
    expect([second.plan.discountAfter, second.order.promotions?.applied]).toEqual(["0", []]);
  });

  it("pro rata, two on one line: each unit that goes takes its part of both along", () => {
    const both = ["20", "10"].map((percent, place) =>
      promotion(percentOff(percent), { promotionId: `P-${place + 1}`, revision: revision("proRate") }),
    );
    const { order } = revise(moved(confirmed({}, ...both), "SO-1-1", "4", "open", "cancelled"), "cancel", both);
    expect(order.lines[0]?.adjustments?.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([
      ["P-2", "1.5"],
      ["P-1", "2.7"],
    ]);
    expect(order.promotions?.applied.map(({ amount, units }) => [amount, units])).toEqual([
      ["1.5", "6"],
      ["2.7", "6"],
    ]);
  });

  describe("lines on which something stands", () => {
    const three: AnyOrder = { lines: [{}, { itemCode: "RICE" }, { itemCode: "CUP" }] };
    const at = (priority: number, exclusive?: "lines"): Promotion["combination"] => ({
      priority,
      base: "initial",
      discountedLines: "include",
      ...(exclusive === undefined ? {} : { exclusive }),
    });
    const stands = (promotionId: string, itemCode: string, combination: Promotion["combination"]): Promotion =>
      promotion(percentOff("10", { kind: "items", in: [itemCode] }), {
        promotionId,
        combination,
        revision: revision("proRate"),
      });
    const anew = (combination: Promotion["combination"]): Promotion =>
      promotion(percentOff("20"), { promotionId: "Z", combination, revision: revision("reEvaluate") });
    const byPromotion = (order: Order): string[] =>
      order.lines.flatMap(({ lineId, adjustments = [] }) =>
        adjustments.map(({ promotionId, amount }) => `${promotionId} ${lineId} ${amount}`),
      );

    test.each([
      [
        "one that wants its lines for itself gets only those on which nothing stands",
        [stands("A", "TEA", at(1)), stands("B", "RICE", at(1)), anew(at(2, "lines"))],
        ["A SO-1-1 1.5", "B SO-1-2 2.5", "Z SO-1-3 5"],
      ],
      [
        "what stands and wants its lines for itself closes them",
        [stands("A", "TEA", at(1, "lines")), stands("B", "RICE", at(1)), anew(at(2))],
        ["A SO-1-1 1.5", "B SO-1-2 2.5", "Z SO-1-2 5", "Z SO-1-3 5"],
      ],
    ])("%s", (_what, promotions, expected) => {
      const order = moved(confirmed(three, ...promotions), "SO-1-1", "4", "open", "cancelled");
      expect(byPromotion(revise(order, "cancel", promotions).order)).toEqual(expected);
    });
  });

  it("a discount of less than a cent for each unit is still one on all of them", () => {
    const one = promotion(moneyOff("0.1"), { revision: revision("proRate") });
    const order = confirmed({ lines: [{ orderedQty: "1000", unitPrice: "1" }] }, one);
    expect(revise(order, "cancel", [one]).events).toEqual([]);
    const { promotions } = revise(cancel("SO-1-1", "995")(order), "cancel", [one]).order;
    expect(promotions?.applied[0]).toMatchObject({ amount: "0.05", units: "5" });
  });

  it("no more is taken off than what remains costs, nor below its floor", () => {
    const keep = promotion(moneyOff("20"), { revision: revision("keep") });
    const order = cancel("SO-1-1", "9")(confirmed({}, keep));
    expect(revise(order, "cancel", [keep]).plan.discountAfter).toBe("2.5");
    const facts = { compiled: compiled(keep) };
    const prices = [
      { itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: decimal("2.5"), floorPrice: decimal("2") },
    ];
    const context = { ...pricing(facts, { masters: { prices } }), promotions: facts };
    expect(granted(revisePromotions(order, { cause: "cancel" }, context)).plan.discountAfter).toBe("0.5");
  });

  it("freight that was given stands or is worked out anew", () => {
    const header = { charges: [{ kind: "freight", amount: "5" }] } as const;
    const free: PromotionEffect = {
      kind: "chargeOff",
      charges: ["freight"],
      reward: { kind: "percent", percent: decimal("100") },
    };
    const charges = POLICIES.map((policy) => {
      const one = promotion(free, { ...atLeast("20"), revision: revision(policy) });
      return revise(cancel("SO-1-1", "4")(confirmed({ header }, one)), "cancel", [one]).order.totals?.charges;
    });
    expect(charges).toEqual(["0", "0", "5", "5"]);
  });

  it("a coupon whose conditions no longer hold is given back (mission 6.3)", () => {
    const batch = promotion(moneyOff("5"), { ...atLeast("20"), coupons: { kind: "batch", batchId: "B-1" } });
    const facts = { compiled: compiled(batch), coupons: new Map([["TEA-7", anyCoupon()]]) };
    const context = { ...pricing(facts), promotions: facts };
    const base = confirmed({ header: { couponCodes: ["TEA-7"] } }, batch);
    expect(base.promotions?.applied).toEqual([]);
    const priced = granted(revisePromotions(base, { cause: "amend" }, context)).order;
    expect(priced.promotions?.applied[0]?.code).toBe("TEA-7");
    const outcome = granted(revisePromotions(cancel("SO-1-1", "4")(priced), { cause: "cancel" }, context));
    const entries = outcome.requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
    expect(entries.map(({ kind, code, uses, amount }) => [kind, code, uses, amount])).toEqual([
      ["giveBack", "TEA-7", 1, "5"],
    ]);
  });

  it("more of a line: worked out anew, it gets its part; pro rata, the rest stays as it was", () => {
    const found = byPolicy(
      percentOff("10"),
      {},
      (order) => {
        const after = applyChanges(order, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("10") }]);
        return { ...after, version: order.version + 1 };
      },
      "amend",
    );
    // What the ten that were there cost is compared; the new ones had no discount before.
    expect(found.map((text) => text.split(" → ")[1])).toEqual(["2.5", "2.5", "5", "2.5"]);
  });
});

describe("revisePromotions after goods were billed (mission 6.8, 15.1)", () => {
  const six: AnyOrder = { lines: [{ orderedQty: "6", unitPrice: "10" }] };
  const after = (policy: RevisionPolicy, effect: PromotionEffect, more: Partial<Promotion> = {}, back = "2") => {
    const one = promotion(effect, { ...more, revision: revision(policy) });
    const order = returned(billed(delivered(confirmed(six, one), "SO-1-1", "6")), "SO-1-1", back);
    return revise(order, "return", [one]);
  };

  test.each([
    ["keep", "20", "0"],
    ["proRate", "0", "0"],
    ["reEvaluate", "10", "0"],
    ["clawBack", "0", "0"],
  ] as const)("six shirts for four, two come back: %s credits %s", (policy, credit, charge) => {
    const { plan: found, requests } = after(policy, THREE_FOR_TWO);
    expect([found.credit, found.charge]).toEqual([credit, charge]);
    const correction = requests.find(({ type }) => type === "correct_billing");
    expect(correction).toEqual(
      credit === "0" ? undefined : { type: "correct_billing", orderNo: "SO-1", credit, charge },
    );
  });

  test.each([
    ["keep", "2", "0"],
    ["proRate", "0", "0"],
    ["reEvaluate", "0", "4"],
    ["clawBack", "0", "4"],
  ] as const)("10 % off from 60.00 on, two come back: %s credits %s and charges %s", (policy, credit, charge) => {
    const condition = { kind: "lines", which: every, measure: "amount", atLeast: decimal("60") } as const;
    const { plan: found } = after(policy, percentOff("10"), { condition });
    expect([found.credit, found.charge]).toEqual([credit, charge]);
  });

  it("corrects only what was billed: the next invoice asks for the rest at the new price", () => {
    const condition = { kind: "lines", which: every, measure: "amount", atLeast: decimal("60") } as const;
    const one = promotion(percentOff("10"), { condition });
    const half = billed(delivered(confirmed(six, one), "SO-1-1", "3"));
    const { order, plan: found } = revise(cancel("SO-1-1", "1")(half), "cancel", [one]);
    expect([half.billing.invoicedAmount, found.charge]).toEqual(["27", "3"]);
    const next = billed(delivered(order, "SO-1-1", "2"));
    expect(next.billing.invoices.map(({ payable }) => payable)).toEqual(["27", "20"]);
  });

  it.each(["keep", "proRate", "reEvaluate"] as const)(
    "more of a line that was billed is not taken for a lower price of what was billed: %s",
    (policy) => {
      const one = promotion(percentOff("10"), { revision: revision(policy) });
      for (const promotions of [[one], [{ ...one, condition: { kind: "nthOrder", from: 99 } as const }]]) {
        const order = billed(delivered(confirmed(six, ...promotions), "SO-1-1", "6"));
        const added = applyChanges(order, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("3") }]);
        const { plan: found } = revise({ ...added, version: order.version + 1 }, "amend", promotions);
        expect(found).toEqual(granted(plan(order, "amend", [["SO-1-1", "-3"]], promotions)));
        expect([found.credit, found.charge]).toEqual(["0", "0"]);
        const given = promotions[0] === one ? "6" : "0";
        expect([found.discountBefore, found.discountAfter]).toEqual([
          given,
          policy === "reEvaluate" && given === "6" ? "9" : given,
        ]);
      }
    },
  );

  it("is not corrected twice", () => {
    const first = after("reEvaluate", THREE_FOR_TWO);
    const one = promotion(THREE_FOR_TWO, { revision: revision("reEvaluate") });
    const second = revise(first.order, "return", [one]);
    expect([second.events, second.requests, second.plan.credit]).toEqual([[], [], "0"]);
  });
});

describe("revisePromotions and gifts (mission 6.1, 6.8)", () => {
  const giftsOf = (order: Order) =>
    order.lines
      .filter(({ giftOf }) => giftOf !== undefined)
      .map(({ itemCode, quantities }) => [itemCode, quantities.open, quantities.delivered, quantities.cancelled]);
  const gift = (
    policy: RevisionPolicy,
    unearnedGifts: Promotion["revision"]["unearnedGifts"],
    part: Partial<Gift> = {},
  ) => promotion(cups(part), { revision: revision(policy, { unearnedGifts }) });

  test.each([
    ["keep", "takeBack", [["CUP", "2", "0", "0"]]],
    ["proRate", "takeBack", [["CUP", "1", "0", "1"]]],
    ["reEvaluate", "takeBack", [["CUP", "1", "0", "1"]]],
    ["clawBack", "takeBack", [["CUP", "1", "0", "1"]]],
    ["reEvaluate", "charge", [["CUP", "1", "0", "1"]]],
    ["reEvaluate", "keep", [["CUP", "2", "0", "0"]]],
  ] as const)("that have not left, %s and %s", (policy, unearned, expected) => {
    const one = gift(policy, unearned);
    const { order, plan: found } = revise(cancel("SO-1-1", "5")(confirmed({}, one)), "cancel", [one]);
    expect(giftsOf(order)).toEqual(expected);
    expect([found.gifts.takeBack, found.charge]).toEqual([[], "0"]);
  });

  test.each([
    ["takeBack", [{ lineId: "SO-1-2", quantity: "1" }], "0"],
    ["charge", [], "3"],
    ["keep", [], "0"],
  ] as const)("that have left: %s", (unearned, takeBack, charge) => {
    const one = gift("reEvaluate", unearned);
    const gone = delivered(confirmed({}, one), "SO-1-2", "2");
    const { plan: found, requests, order } = revise(cancel("SO-1-1", "5")(gone), "cancel", [one]);
    expect([found.gifts.takeBack, found.gifts.charge, found.charge]).toEqual([takeBack, charge, charge]);
    expect(giftsOf(order)).toEqual([["CUP", "0", "2", "0"]]);
    expect(requests.filter(({ type }) => type !== "post_promotion_usage")).toEqual([
      ...takeBack.map((one_) => ({ type: "take_back_gift", orderNo: "SO-1", ...one_ })),
      ...(charge === "0" ? [] : [{ type: "correct_billing", orderNo: "SO-1", credit: "0", charge }]),
    ]);
    // Once is enough: neither another revision nor another loss asks for the same cup again.
    const again = revise(order, "cancel", [one]);
    expect([again.events, again.plan.gifts.takeBack, again.plan.charge]).toEqual([[], [], "0"]);
    const rest = revise(cancel("SO-1-1", "5")(order), "cancel", [one]).plan;
    expect([rest.gifts.takeBack, rest.charge]).toEqual([takeBack, charge]);
  });

  it("of no stated value come back, since nobody knows what to charge", () => {
    const one = gift("reEvaluate", "charge", { items: [{ itemCode: "CUP" }] });
    const gone = delivered(confirmed({}, one), "SO-1-2", "2");
    const { plan: found } = revise(cancel("SO-1-1", "5")(gone), "cancel", [one]);
    expect([found.gifts.takeBack, found.charge]).toEqual([[{ lineId: "SO-1-2", quantity: "1" }], "0"]);
  });

  it("that are short are replaced by the next of the list, less what has left", () => {
    const both = { items: [{ itemCode: "CUP" }, { itemCode: "BAG" }], whenShort: "replace" } as const;
    const one = gift("reEvaluate", "takeBack", both);
    const whole = revise(confirmed({}, one), "short", [one], ["CUP"]).order;
    expect(giftsOf(whole)).toEqual([
      ["CUP", "0", "0", "2"],
      ["BAG", "2", "0", "0"],
    ]);
    const started = delivered(confirmed({}, one), "SO-1-2", "1");
    expect(giftsOf(revise(started, "short", [one], ["CUP"]).order)).toEqual([
      ["CUP", "0", "1", "1"],
      ["BAG", "1", "0", "0"],
    ]);
  });

  it("more of what earns them brings more of them", () => {
    const one = gift("reEvaluate", "takeBack");
    const order = confirmed({}, one);
    const found = granted(plan(order, "amend", [["SO-1-1", "-5"]], [one]));
    expect(found.gifts.added).toEqual([{ lineId: "SO-1-2", quantity: "1" }]);
    const more = applyChanges(order, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("5") }]);
    expect(giftsOf(revise({ ...more, version: 4 }, "amend", [one]).order)).toEqual([["CUP", "3", "0", "0"]]);
  });

  it("that are to be cancelled are shown before they are, and those of keep are not", () => {
    const found = (policy: RevisionPolicy) => {
      const one = gift(policy, "takeBack");
      return granted(plan(confirmed({}, one), "cancel", [["SO-1-1", "5"]], [one])).gifts;
    };
    expect(found("reEvaluate").cancelled).toEqual([{ lineId: "SO-1-2", quantity: "1" }]);
    expect(found("proRate").cancelled).toEqual([{ lineId: "SO-1-2", quantity: "1" }]);
    expect(found("keep").cancelled).toEqual([]);
  });

  it("pro rata, of two promotions: more of what earned them brings more of neither", () => {
    const both = [
      promotion(cups(), { promotionId: "CUPS", revision: revision("proRate") }),
      promotion(cups({ items: [{ itemCode: "BAG" }] }), { promotionId: "BAGS", revision: revision("proRate") }),
    ];
    const more = applyChanges(confirmed({}, ...both), [
      { kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("5") },
    ]);
    expect(giftsOf(revise({ ...more, version: 4 }, "amend", both).order)).toEqual(giftsOf(confirmed({}, ...both)));
  });

  it("of an order of which nothing else remains go too, and it is cancelled", () => {
    const one = gift("reEvaluate", "takeBack");
    const { order, requests } = revise(cancel("SO-1-1", "10")(confirmed({}, one)), "cancel", [one]);
    expect([order.status, giftsOf(order)]).toEqual(["cancelled", [["CUP", "0", "0", "2"]]]);
    expect(requests.map(({ type }) => type)).toEqual(["post_promotion_usage"]);
  });
});

describe("revisePromotions: what is refused, and what writes nothing (mission 6.8)", () => {
  const one = promotion(percentOff("10"));

  it("an order that was priced without promotions", () => {
    const facts = { compiled: compiled(one) };
    const context = { ...pricing(facts), promotions: facts };
    expect(reasonsOf(revisePromotions(anyOrder({ stage: "confirmed" }), { cause: "cancel" }, context))).toEqual([
      { code: "revise.no_promotions", path: ["promotions"], params: { orderNo: "SO-1" } },
    ]);
    expect(reasonsOf(revisePromotions(anyOrder(), { cause: "cancel" }, context)).map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
      "revise.no_promotions",
    ]);
  });

  it("an order whose status forbids it, though promotions could be worked out", () => {
    const order = confirmed({}, one);
    const facts = { compiled: compiled(one) };
    const context = { ...pricing(facts), promotions: facts };
    const closed = { ...order, status: "closed" as const };
    expect(reasonsOf(revisePromotions(closed, { cause: "cancel" }, context)).map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
    ]);
  });

  test.each([
    ["no definition", []],
    ["another version", [{ ...one, version: 2 }]],
    ["another promotion", [{ ...one, promotionId: "P-9" }]],
  ])("rule 2: a definition that is not there: %s", (_what, there) => {
    expect(reasonsOf(plan(confirmed({}, one), "cancel", [], there))).toEqual([
      {
        code: "revise.definition_missing",
        path: ["promotions", "applied", 0],
        params: { promotionId: "P-1", version: 1 },
      },
    ]);
  });

  it("quantity that is not there", () => {
    const order = cancel("SO-1-1", "4")(confirmed({}, one));
    const leaving = [
      ["SO-1-9", "1"],
      ["SO-1-1", "4"],
      ["SO-1-1", "3"],
    ] as const;
    expect(reasonsOf(plan(order, "cancel", leaving, [one]))).toEqual([
      { code: "revise.unknown_line", path: ["leaving", 0, "lineId"], params: { lineId: "SO-1-9" } },
      { code: "revise.more_than_kept", path: ["leaving"], params: { lineId: "SO-1-1", quantity: "7", kept: "6" } },
    ]);
  });

  it("a price that is not there any more, and a gift that nobody knows", () => {
    const order = confirmed({}, one);
    const bare = { ...order, lines: order.lines.map(({ unitPrice: _price, ...line }) => line) };
    expect(reasonsOf(plan(bare, "cancel", [], [one])).map(({ code }) => code)).toEqual(["price.no_price"]);
    const soap = promotion(cups({ items: [{ itemCode: "CUP" }, { itemCode: "SOAP" }] }), { promotionId: "G" });
    const facts = { compiled: compiled(soap), unavailableItems: new Set(["CUP"]) };
    const context = { ...pricing(facts), promotions: facts };
    const found = revisePromotions(confirmed({}, soap), { cause: "short" }, context);
    expect(reasonsOf(found).map(({ code }) => code)).toEqual(["gift.unknown_item"]);
  });

  it("rule 2: where nothing comes out differently, nothing is written", () => {
    for (const policy of POLICIES) {
      const same = promotion(percentOff("10"), { revision: revision(policy) });
      const order = confirmed({}, same);
      const outcome = revise(order, "cancel", [same]);
      expect([outcome.events, outcome.requests, outcome.movements]).toEqual([[], [], []]);
      expect(outcome.order).toBe(order);
    }
  });

  it("holds by the definitions of then: what has begun since gives nothing", () => {
    const later = promotion(percentOff("50"), {
      promotionId: "LATER",
      validity: { from: "2026-04-01T00:00:00.000Z" as never },
    });
    const facts = { compiled: compiled(one, later) };
    const context = { ...pricing(facts, { at: "2026-05-01T00:00:00.000Z" }), promotions: facts };
    const order = cancel("SO-1-1", "4")(confirmed({}, one));
    expect(granted(revisePromotions(order, { cause: "cancel" }, context)).plan.discountAfter).toBe("1.5");
  });
});
