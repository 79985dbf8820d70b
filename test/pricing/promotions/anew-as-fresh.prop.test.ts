import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, minimum, subtract } from "../../../src/core/decimal.js";
import { amendOrder } from "../../../src/exceptions/amend-order.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import { indexMasters } from "../../../src/model/masters.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyOrder, arbitraryPromotion, checkPromotionMoney } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import { compiledUnder, pricing, revision } from "../promoted.js";

const LANES = [
  { lane: "shelf", mode: "bestPerLine" },
  { lane: "till", mode: "stack" },
] as const;

interface Row {
  readonly itemCode: string;
  readonly orderedQty: string;
  readonly unitPrice: string;
}

const priced = (rows: readonly Row[], context: ReturnType<typeof pricing>): Order => {
  const header = { charges: [{ kind: "freight" as const, amount: decimal("5.90") }] };
  return granted(priceOrder(anyOrder({ stage: "reviewed", totals: null, header, lines: rows }), context)).order;
};
const offLine = ({ adjustments = [] }: OrderLine): Record<string, string> =>
  Object.fromEntries(adjustments.map(({ promotionId, amount }) => [promotionId, amount]));
const given = ({ promotions }: Order) =>
  (promotions?.applied ?? []).map(({ promotionId, amount, units, giftWorth }) => [
    promotionId,
    amount,
    units,
    giftWorth,
  ]);

const someRow = fc.record({
  itemCode: fc.constantFrom("TEA", "RICE", "CUP"),
  orderedQty: fc.integer({ min: 1, max: 30 }).map(String),
  unitPrice: fc.constantFrom("1", "2.49", "10", "0.33"),
  gone: fc.integer({ min: 0, max: 30 }).map(String),
});
const drawn = arbitraryPromotion({
  itemCodes: ["TEA", "CUP", "RICE"],
  categories: ["drinks"],
  lanes: ["shelf", "till"],
}).filter(({ effect }) => !JSON.stringify(effect).includes("couponItems"));
const somePromotions = fc.array(drawn, { minLength: 1, maxLength: 6 }).map((some) =>
  some.map(({ coupons: _none, ...rest }, place): Promotion => ({
    ...rest,
    promotionId: `P-${place}`,
    currency: "EUR",
    validity: { from: anyContext().at },
    revision: revision("reEvaluate"),
  })),
);

describe("promotions that are all worked out anew (mission 6.8; definition B18)", () => {
  it("give what is left of an order exactly what they give a new order of that", () => {
    fc.assert(
      fc.property(somePromotions, fc.array(someRow, { minLength: 1, maxLength: 4 }), (some, rows) => {
        fc.pre(rows.some(({ orderedQty, gone }) => Number(gone) < Number(orderedQty)));
        const facts = { compiled: compiledUnder({ lanes: LANES }, ...some), earlierOrders: 0 };
        const context = { ...pricing(facts), promotions: facts };
        const order = granted(confirmOrder(priced(rows, context), anyContext())).order;
        const changes = rows.flatMap(({ orderedQty, gone }, place) => {
          const quantity = minimum(decimal(orderedQty), decimal(gone));
          const lineId = `SO-1-${place + 1}`;
          return gone === "0"
            ? []
            : [{ kind: "quantity_moved", lineId, from: "open", to: "cancelled", quantity } as const];
        });
        const less = { ...applyChanges(order, changes), version: order.version + 1 };
        const revised = granted(revisePromotions(less, { cause: "cancel" }, context)).order;
        const kept = rows.map((one) => ({
          ...one,
          orderedQty: subtract(decimal(one.orderedQty), minimum(decimal(one.orderedQty), decimal(one.gone))),
        }));
        const fresh = priced(
          kept.filter(({ orderedQty }) => orderedQty !== "0"),
          context,
        );
        const left = revised.lines.filter((_line, place) => (kept[place]?.orderedQty ?? "0") !== "0");
        const goods = (lines: readonly OrderLine[]) => lines.filter((line) => line.giftOf === undefined).map(offLine);
        expect(goods(left)).toEqual(goods(fresh.lines));
        expect(given(revised)).toEqual(given(fresh));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 200 : Number(process.env.FC_RUNS) },
    );
  });

  it("after several amendments, up and down, give what they give a new order of what it has come to", () => {
    const step = fc.record({ which: fc.nat({ max: 3 }), to: fc.integer({ min: 0, max: 30 }) });
    const steps = fc.array(step, { minLength: 2, maxLength: 4 });
    let amended = 0;
    fc.assert(
      fc.property(somePromotions, fc.array(someRow, { minLength: 1, maxLength: 3 }), steps, (some, rows, wishes) => {
        const facts = { compiled: compiledUnder({ lanes: LANES }, ...some), earlierOrders: 0 };
        const context = { ...pricing(facts), promotions: facts };
        const amending = { ...context, masters: indexMasters({}), addOn: { pickMinutes: 0 }, pricing: context.policy };
        let order = granted(confirmOrder(priced(rows, context), anyContext())).order;
        const now = rows.map(({ orderedQty }) => decimal(orderedQty));
        for (const { which, to } of wishes) {
          const place = which % rows.length;
          const lines = [{ lineId: `SO-1-${place + 1}`, quantity: decimal(to) }];
          const result = amendOrder(order, { reason: "other_wish", lines }, amending);
          if (!result.ok) continue;
          now[place] = decimal(to);
          order = result.value.order;
          // Nothing of it is left, or it never had a promotion that could be worked out again.
          if (order.status === "cancelled" || order.promotions === undefined) return;
          order = granted(revisePromotions(order, { cause: "amend" }, context)).order;
          expect(checkPromotionMoney(order)).toEqual([]);
          // Its gifts were all that was left, and are no longer earned.
          if (order.status === "cancelled") return;
          amended++;
        }
        // Nothing has changed since, so nothing comes out differently.
        expect(granted(revisePromotions(order, { cause: "amend" }, context)).events).toEqual([]);
        const rest = rows.map((row, place) => ({ ...row, orderedQty: now[place]! }));
        const fresh = priced(
          rest.filter(({ orderedQty }) => orderedQty !== "0"),
          context,
        );
        const goods = order.lines.filter((line, place) => line.giftOf === undefined && now[place] !== "0");
        expect(goods.map(offLine)).toEqual(fresh.lines.filter(({ giftOf }) => giftOf === undefined).map(offLine));
        expect(given(order)).toEqual(given(fresh));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 100 : Number(process.env.FC_RUNS) },
    );
    expect(amended).toBeGreaterThan(100);
  });
});
