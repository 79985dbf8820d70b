import { describe, expect, it, test } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import type { Order } from "../../../src/model/order.js";
import type { RevisionCause, RevisionPolicy } from "../../../src/model/promotion/promotion.js";
import type { Gift } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionUsageEntry } from "../../../src/model/promotion/promotion-usage.js";
import { explainOrderPromotions } from "../../../src/pricing/explain-order-promotions.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import type { OrderPromotionFacts } from "../../../src/pricing/promotions/give-promotions.js";
import { planRevision } from "../../../src/pricing/promotions/plan-revision.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { parseOrder } from "../../../src/schema/index.js";
import { anyContext, anyCoupon, anyOrder, checkOutcome, deepFreeze } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { compiled, cups, moved, pricing, promotion, returned, delivered, revision } from "../promoted.js";

const d = decimal;
const POLICIES = ["keep", "proRate", "reEvaluate", "clawBack"] as const;

/** A confirmed order of 12 packets of tea with two cups, and what happens to it. */
function shop(
  own: Partial<Record<RevisionCause, RevisionPolicy>>,
  part: Partial<Gift> = {},
  codes?: readonly string[],
) {
  const coupons = codes === undefined ? {} : { coupons: { kind: "batch", batchId: "B-1" } as const };
  const promotions = compiled(promotion(cups(part), { revision: revision("reEvaluate", own), ...coupons }));
  const facts = { compiled: promotions, coupons: new Map((codes ?? []).map((code) => [code, anyCoupon({ code })])) };
  const entered = anyOrder({
    stage: "reviewed",
    totals: null,
    lines: [{ orderedQty: "12" }],
    header: { ...(codes === undefined ? {} : { couponCodes: codes }) },
  });
  let order = granted(priceOrder(entered, pricing(facts))).order;
  order = granted(confirmOrder(order, anyContext())).order;
  let entries: readonly PromotionUsageEntry[] = [];
  const does = (change: (order: Order) => Order): void => {
    order = deepFreeze(change(order));
  };
  return {
    does,
    /** The customer does without the cups. */
    decline: (quantity: string) => {
      const lines = [{ lineId: "SO-1-2", quantity: d(quantity) }];
      does((now) => granted(cancelOrder(now, { reason: "not_wanted", lines }, anyContext())).order);
    },
    more: (quantity: string) => {
      does((now) => ({
        ...applyChanges(now, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: d(quantity) }]),
        version: now.version + 1,
      }));
    },
    less: (quantity: string) => {
      does((now) => moved(now, "SO-1-1", quantity, "open", "cancelled"));
    },
    revise: (cause: RevisionCause, more: Partial<OrderPromotionFacts> = {}) => {
      const context = { ...pricing(facts), promotions: { ...facts, ...more } };
      const plan = granted(planRevision(order, cause, [], context));
      const outcome = granted(revisePromotions(order, { cause }, context));
      expect(outcome.plan).toEqual(plan);
      expect(checkOutcome(order, outcome)).toEqual([]);
      entries = outcome.requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
      ({ order } = outcome);
      expect(granted(revisePromotions(order, { cause }, context)).events).toEqual([]);
    },
    price: () => {
      does((now) => granted(priceOrder(now, pricing(facts))).order);
    },
    cups: () =>
      order.lines
        .filter(({ giftOf }) => giftOf !== undefined)
        .map(({ orderedQty, quantities }) => `${orderedQty} less ${quantities.cancelled}`),
    applied: () => (order.promotions?.applied ?? []).map(({ units, forgone = "0" }) => `${units} without ${forgone}`),
    ledger: () => entries.map(({ kind, uses, amount, units }) => `${kind} ${uses} ${amount} ${units}`),
    now: () => order,
    facts,
  };
}

describe("a gift that the order once did without does not come again by itself (mission 6.8)", () => {
  test.each(POLICIES)("declined, and the promotion says %s", (policy) => {
    const { decline, revise, cups: there } = shop({ cancel: policy });
    decline("2");
    revise("cancel");
    expect(there()).toEqual(["2 less 2"]);
    revise("cancel");
    expect(there()).toEqual(["2 less 2"]);
  });

  test.each(POLICIES)("declined in part; all is worked out anew for another cause, after %s", (policy) => {
    const { decline, revise, less, cups: there } = shop({ cancel: policy, amend: "reEvaluate" });
    decline("1");
    revise("cancel");
    less("1");
    revise("amend");
    expect(there()).toEqual(["2 less 1"]);
  });

  test.each(POLICIES.slice(1))("and is read back as it was stored, where the promotion says %s", (policy) => {
    const { decline, revise, now } = shop({ cancel: policy, amend: "keep" });
    decline("1");
    revise("cancel");
    revise("amend");
    expect(now().promotions?.applied[0]?.forgone).toBe("1");
    const stored: unknown = JSON.parse(JSON.stringify(now()));
    expect(granted(parseOrder(stored))).toStrictEqual(stored);
  });

  it("priced again, nor", () => {
    const { decline, price, cups: there } = shop({});
    decline("2");
    price();
    expect(there()).toEqual(["2 less 2"]);
  });

  it("short and left out", () => {
    const { does, revise, cups: there, applied } = shop({}, { whenShort: "drop" });
    does((now) => moved(now, "SO-1-2", "1", "open", "cancelled"));
    revise("short");
    expect([there(), applied()]).toEqual([["2 less 1"], ["1 without 1"]]);
  });

  it("come back by the customer's hand", () => {
    const { does, revise, cups: there, applied } = shop({});
    does((now) => returned(delivered(now, "SO-1-2", "2"), "SO-1-2", "1"));
    revise("return");
    expect([there(), applied()]).toEqual([["2 less 0"], ["1 without 1"]]);
  });

  it("what is bought more brings its own; what is bought less takes first what the order does without", () => {
    const { decline, revise, more, less, cups: there, applied } = shop({});
    decline("1");
    revise("cancel");
    expect(applied()).toEqual(["1 without 1"]);
    more("4");
    revise("amend");
    expect([there(), applied()]).toEqual([["3 less 1"], ["2 without 1"]]);
    less("6");
    revise("cancel");
    expect([there(), applied()]).toEqual([["3 less 1"], ["2 without 0"]]);
  });

  it("gives back what it takes of the limits, its use as well when nothing is left", () => {
    const { decline, revise, ledger } = shop({});
    decline("1");
    revise("cancel");
    expect(ledger()).toEqual(["giveBack 0 3 1"]);
    decline("1");
    revise("cancel");
    expect(ledger()).toEqual(["giveBack 1 3 1"]);
  });

  test.each(["proRate", "reEvaluate", "clawBack"] as const)(
    "of two coupons, each with a cup, one is declined: %s",
    (policy) => {
      const { decline, revise, cups: there, applied } = shop({ cancel: policy }, { repeat: "once" }, ["A", "B"]);
      expect(applied()).toEqual(["1 without 0", "1 without 0"]);
      decline("1");
      revise("cancel");
      expect(there()).toEqual(["2 less 1"]);
    },
  );

  it("is told, and is no gift of the order", () => {
    const { decline, now, facts } = shop({});
    const told = () => {
      const { pricing: given, promotions } = granted(
        explainOrderPromotions(now(), { ...pricing(facts), promotions: facts }),
      );
      const [verdict] = promotions;
      const quantities = [given.gifts, verdict?.gifts ?? []].map((gifts) => gifts.map(({ quantity }) => quantity));
      return [...quantities, verdict?.applied, verdict?.reasons, verdict?.cuts];
    };
    const stays = (units: string) => ({ code: "gift_forgone", params: { units } });
    expect(told()).toEqual([["2"], ["2"], true, [], []]);
    decline("1");
    expect(told()).toEqual([["1"], ["1"], true, [], [stays("1")]]);
    decline("1");
    expect(told()).toEqual([[], [], false, [stays("2")], []]);
  });

  it("an unearned gift that is out and comes back is nothing that the customer does without", () => {
    const { does, less, more, revise, cups: there, applied } = shop({});
    does((now) => delivered(now, "SO-1-2", "2"));
    less("5");
    revise("cancel");
    expect(applied()).toEqual(["1 without 0"]);
    does((now) => returned(now, "SO-1-2", "1"));
    revise("return");
    expect(applied()).toEqual(["1 without 0"]);
    more("3");
    revise("amend");
    expect([there(), applied()]).toEqual([["3 less 0"], ["2 without 0"]]);
  });
});

describe("a gift that cannot be had any more (mission 6.8)", () => {
  const none = { unavailableItems: new Set(["CUP"]) };

  it("stays with the order that has it reserved", () => {
    const { does, revise, cups: there } = shop({});
    does((now) =>
      applyChanges(now, [
        {
          kind: "quantity_moved",
          lineId: "SO-1-2",
          from: "open",
          to: "allocated",
          quantity: d("2"),
          source: { warehouseId: "NORTH" },
        },
      ]),
    );
    revise("amend", none);
    expect(there()).toEqual(["2 less 0"]);
  });

  it("goes where nothing of it is reserved", () => {
    const { revise, cups: there } = shop({});
    revise("amend", none);
    expect(there()).toEqual(["2 less 2"]);
  });
});
