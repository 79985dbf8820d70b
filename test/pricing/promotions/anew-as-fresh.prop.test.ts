import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, minimum, subtract } from "../../../src/core/decimal.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { Promotion } from "../../../src/model/promotion/promotion.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyOrder, arbitraryPromotion } from "../../../src/testing/index.js";
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

describe("promotions that are all worked out anew (mission 6.8; definition B18)", () => {
  it("give what is left of an order exactly what they give a new order of that", () => {
    const row = fc.record({
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
    const promotions = fc.array(drawn, { minLength: 1, maxLength: 6 }).map((some) =>
      some.map(({ coupons: _none, ...rest }, place): Promotion => ({
        ...rest,
        promotionId: `P-${place}`,
        currency: "EUR",
        validity: { from: anyContext().at },
        revision: revision("reEvaluate"),
      })),
    );
    fc.assert(
      fc.property(promotions, fc.array(row, { minLength: 1, maxLength: 4 }), (some, rows) => {
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
});
