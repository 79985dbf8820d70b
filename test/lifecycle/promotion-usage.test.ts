import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { correctOrder } from "../../src/intake/correct-order.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { promotionUsageOf } from "../../src/lifecycle/promotion-usage.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order, OrderStage } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import type { AppliedPromotion } from "../../src/model/promotion/price-adjustment.js";
import type { PromotionUsageEntry } from "../../src/model/promotion/promotion-usage.js";
import { statusOf } from "../../src/model/status-of.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import { sumPromotionUsage } from "../../src/pricing/promotions/promotion-usage-totals.js";
import {
  anyContext,
  anyCoupon,
  anyCustomer,
  anyItem,
  anyOrder,
  anyOrderDraft,
  checkPromotionUsage,
} from "../../src/testing/index.js";
import {
  compiled,
  cups,
  items,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promotion,
  revision,
} from "../pricing/promoted.js";
import { granted } from "./answers.js";

const TEN = promotion(percentOff("10"));
const entriesOf = ({ requests }: Outcome): readonly PromotionUsageEntry[] =>
  requests.flatMap((request) => (request.type === "post_promotion_usage" ? request.entries : []));
const short = (entries: readonly PromotionUsageEntry[]) =>
  entries.map(({ kind, promotionId, uses, amount, units }) => `${kind} ${promotionId} ${uses}/${amount}/${units}`);
const reviewed = anyOrder({ stage: "reviewed", totals: null });

describe("promotionUsageOf over the life of an order (mission 6.3, 6.7, 6.8)", () => {
  const priced = granted(priceOrder(reviewed, pricing(compiled(TEN))));
  const sure = granted(confirmOrder(priced.order, anyContext()));

  it("rule 1: an order that is priced reserves what its promotions gave", () => {
    expect(entriesOf(priced)).toEqual([
      {
        entryId: "SO-1@2/1",
        kind: "reserve",
        promotionId: "P-1",
        customerCode: "C-100",
        orderNo: "SO-1",
        uses: 1,
        amount: "2.5",
        units: "10",
        at: "2026-03-02T09:00:00.000Z",
      },
    ]);
  });

  it("rule 1: one that is confirmed releases and uses it", () => {
    expect(short(entriesOf(sure))).toEqual(["release P-1 1/2.5/10", "use P-1 1/2.5/10"]);
    expect(entriesOf(sure).map(({ entryId }) => entryId)).toEqual(["SO-1@3/1", "SO-1@3/2"]);
  });

  test.each([
    ["more of it", percentOff("20"), ["reserve P-1 0/2.5/0"]],
    ["less of it", percentOff("4"), ["release P-1 0/1.5/0"]],
    ["of fewer units", { ...moneyOff("1"), per: "once" }, ["release P-1 0/1.5/9"]],
    ["none of it", percentOff("10", items("SOAP")), ["release P-1 1/2.5/10"]],
    ["the same", percentOff("10"), []],
  ] as const)("rule 3: pricing it again writes the differences: %s", (_what, effect, expected) => {
    const again = granted(priceOrder(priced.order, pricing(compiled(promotion(effect)))));
    expect(short(entriesOf(again))).toEqual(expected);
  });

  it("rule 3: another promotion takes the place of one", () => {
    const other = promotion(percentOff("10"), { promotionId: "P-2" });
    const again = granted(priceOrder(priced.order, pricing(compiled(other))));
    expect(short(entriesOf(again))).toEqual(["release P-1 1/2.5/10", "reserve P-2 1/2.5/10"]);
  });

  it("rule 3: a confirmed order whose promotions are revised gives back or uses more", () => {
    const context = pricing(compiled(TEN));
    const facts = { ...context, promotions: { compiled: compiled(TEN) } };
    const fewer = moved(sure.order, "SO-1-1", "4", "open", "cancelled");
    const outcome = granted(revisePromotions(fewer, { cause: "cancel" }, facts));
    expect(short(entriesOf(outcome))).toEqual(["giveBack P-1 0/1/4"]);
  });

  it("rule 2: an order that is rejected or corrected releases all", () => {
    const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
    const policy = {
      requiredFields: ["remark" as const],
      priceTolerancePercent: decimal("0"),
      severities: {},
      onError: "reject" as const,
    };
    const entered = { ...priced.order, stage: "entered" as const };
    const rejected = granted(reviewOrder(entered, { ...anyContext(), masters, policy }));
    expect(rejected.order.status).toBe("rejected");
    expect(short(entriesOf(rejected))).toEqual(["release P-1 1/2.5/10"]);

    const returned = {
      ...priced.order,
      stage: "returnedForCorrection" as const,
      status: "returnedForCorrection" as const,
    };
    const corrected = granted(correctOrder(returned, { draft: anyOrderDraft() }, { ...anyContext(), masters }));
    expect(corrected.order.promotions).toBeUndefined();
    expect(short(entriesOf(corrected))).toEqual(["release P-1 1/2.5/10"]);
  });

  test.each([
    ["giveBack", "confirmed", ["giveBack P-1 1/2.5/10"]],
    ["spent", "confirmed", []],
    ["giveBack", "reviewed", ["release P-1 1/2.5/10"]],
    ["spent", "reviewed", ["release P-1 1/2.5/10"]],
  ] as const)("rule 2: a cancelled order whose uses are %s, %s", (uses, stage, expected) => {
    const one = promotion(percentOff("10"), { revision: revision("keep", { uses }) });
    const before = { ...granted(priceOrder(reviewed, pricing(compiled(one)))).order, stage };
    const order = { ...before, status: statusOf(before) };
    const gone = { ...order, status: "cancelled" as const };
    const entries = promotionUsageOf(order, gone, "SO-1@9", anyContext().at);
    expect(short(entries)).toEqual(expected);
    expect(checkPromotionUsage(order, gone, [{ type: "post_promotion_usage", orderNo: "SO-1", entries }])).toEqual([]);
  });

  it("names the code that was presented, and counts coupons of a batch each by itself", () => {
    const batch = promotion(moneyOff("1"), { coupons: { kind: "batch", batchId: "B-1" } });
    const coupons = new Map(["TEA-7", "TEA-8"].map((code) => [code, anyCoupon({ code })]));
    const order = { ...reviewed, header: { ...reviewed.header, couponCodes: ["TEA-8", "TEA-7"] } };
    const outcome = granted(priceOrder(order, pricing({ compiled: compiled(batch), coupons })));
    expect(entriesOf(outcome).map(({ code, uses, amount }) => [code, uses, amount])).toEqual([
      ["TEA-8", 1, "1"],
      ["TEA-7", 1, "1"],
    ]);
    const totals = sumPromotionUsage(entriesOf(outcome)).get("P-1");
    expect([totals?.uses, totals?.byCode.get("TEA-7"), totals?.byCustomer.get("C-100")]).toEqual([2, 1, 2]);
  });

  it("counts the gifts that were given as units, and what they are worth as money", () => {
    const outcome = granted(priceOrder(reviewed, pricing(compiled(promotion(cups())))));
    expect(short(entriesOf(outcome))).toEqual(["reserve P-1 1/6/2"]);
  });

  it("an order that begins, or that has no promotions, writes nothing", () => {
    expect(entriesOf(granted(priceOrder(reviewed, pricing(undefined))))).toEqual([]);
    const { order } = priced;
    expect(promotionUsageOf({ ...order, version: 0 }, order, "SO-1@1", anyContext().at)).toHaveLength(1);
    expect(promotionUsageOf(order, order, "SO-1@1", anyContext().at)).toEqual([]);
  });
});

describe("the ledger over any life (mission 6.3, 6.7, 6.8)", () => {
  const anyApplied = fc
    .record({
      promotionId: fc.constantFrom("A", "B", "C"),
      code: fc.constantFrom(undefined, "X", "Y"),
      amount: fc.nat({ max: 9 }),
      units: fc.nat({ max: 9 }),
    })
    .map(({ promotionId, code, amount, units }): AppliedPromotion => ({
      promotionId,
      version: 1,
      name: promotionId,
      ...(code === undefined ? {} : { code }),
      amount: decimal(`${amount}`),
      units: decimal(`${units}`),
      // The policy is the promotion's, so that it is the same whenever it applies.
      uses: promotionId === "C" ? "spent" : "giveBack",
    }));
  const anyState = fc.record({
    stage: fc.constantFrom<OrderStage>("entered", "reviewed", "rejected", "confirmed", "closed"),
    isGone: fc.boolean(),
    customerCode: fc.constantFrom("C-100", "C-200"),
    applied: fc.option(
      fc.uniqueArray(anyApplied, { selector: ({ promotionId, code }) => `${promotionId} ${code}`, maxLength: 4 }),
    ),
  });

  it("Σ entries is what the order holds, nothing is negative, and no entry says nothing", () => {
    fc.assert(
      fc.property(fc.array(anyState, { minLength: 1, maxLength: 8 }), (life) => {
        let before: Order = anyOrder();
        const ledger: PromotionUsageEntry[] = [];
        for (const [place, { stage, isGone, customerCode, applied }] of life.entries()) {
          const bare = anyOrder({ stage, version: place + 2, header: { customerCode } });
          const promotions = applied === null ? {} : { promotions: { asOf: anyContext().at, applied, charges: [] } };
          const order = { ...bare, ...(isGone ? { status: "cancelled" as const } : {}), ...promotions };
          const entries = promotionUsageOf(before, order, `E${place}`, anyContext().at);
          expect(
            checkPromotionUsage(before, order, [{ type: "post_promotion_usage", orderNo: "SO-1", entries }]),
          ).toEqual([]);
          for (const { uses, amount, units } of entries) {
            expect([uses, amount, units].every((value) => Number(value) >= 0)).toBe(true);
            expect([uses, amount, units].some((value) => Number(value) > 0)).toBe(true);
          }
          ledger.push(...entries);
          before = order;
        }
        expect(new Set(ledger.map(({ entryId }) => entryId)).size).toBe(ledger.length);
        const totals = sumPromotionUsage(ledger);
        const isConfirmed = before.stage === "confirmed" || before.stage === "closed";
        const held = (before.promotions?.applied ?? []).filter(
          ({ uses }) =>
            before.status !== "rejected" && (before.status !== "cancelled" || (isConfirmed && uses === "spent")),
        );
        for (const promotionId of ["A", "B", "C"]) {
          const own = held.filter((one) => one.promotionId === promotionId);
          const found = totals.get(promotionId);
          expect([found?.uses ?? 0, found?.amount ?? "0", found?.units ?? "0"]).toEqual([
            own.filter(({ amount, units }) => amount !== "0" || units !== "0").length,
            `${own.reduce((total, { amount }) => total + Number(amount), 0)}`,
            `${own.reduce((total, { units }) => total + Number(units), 0)}`,
          ]);
        }
      }),
    );
  });
});
