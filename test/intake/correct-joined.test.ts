import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { decimal } from "../../src/core/decimal.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { correctOrder } from "../../src/intake/correct-order.js";
import { enterOrder } from "../../src/intake/enter-order.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { replayOrders } from "../../src/lifecycle/replay-orders.js";
import type { OrderEvent } from "../../src/model/event.js";
import { indexMasters } from "../../src/model/masters.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { mergedOrderFile } from "../../src/reports/merged-order-file.js";
import { parseOrder } from "../../src/schema/parse-order.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  anyOrderDraft,
  checkOutcome,
  deepFreeze,
  type AnyOrderDraft,
} from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const items = [anyItem(), anyItem({ itemCode: "RICE" })];
const masters = indexMasters({ customers: [anyCustomer(), anyCustomer({ customerCode: "C-200" })], items });
const context = { ...anyContext(), masters };
const review = { requiredFields: ["remark" as const], priceTolerancePercent: decimal("0"), severities: {} };
const pricing = { rounding: "halfUp" as const };

/** An order, and everything that has happened to the two orders. */
interface Tale {
  readonly order: Order;
  readonly earlier?: Order;
  readonly events: readonly OrderEvent[];
}

const draftOf = (quantities: readonly string[], part: AnyOrderDraft = {}): OrderDraft =>
  anyOrderDraft({ orderNo: "SO-2", lines: quantities.map((quantity) => ({ quantity })), ...part });

function after({ events, earlier }: Tale, { order, events: more }: Outcome): Tale {
  return { order, ...(earlier === undefined ? {} : { earlier }), events: [...events, ...more] };
}

function entered(draft: OrderDraft): Tale {
  const { order, events } = granted(enterOrder(draft, context));
  return { order, events };
}

/** Four pieces of an earlier order go over into the order. */
function joinedBy(tale: Tale, orderNo = "SO-1", quantity = "4"): Tale {
  const line = { orderedQty: quantity, shortagePolicy: "mergeIntoNextOrder" as const, unitPrice: "2.25" };
  const from = anyOrder({ orderNo, stage: "confirmed", lines: [line] });
  const merged = mergeIntoNextOrder(from, tale.order, { reason: "short", price: "keep" }, context);
  expect(merged.refused).toEqual([]);
  return { order: merged.orders[1]!, earlier: merged.orders[0]!, events: [...tale.events, ...merged.events] };
}

const sentBack = (tale: Tale): Tale =>
  after(
    tale,
    granted(reviewOrder(tale.order, { ...context, policy: { ...review, onError: "returnForCorrection" as const } })),
  );

const corrected = (tale: Tale, draft: OrderDraft): Tale => {
  const before = deepFreeze(tale.order);
  const outcome = granted(correctOrder(before, { draft }, context));
  expect(checkOutcome(before, outcome)).toEqual([]);
  expect(parseOrder(JSON.parse(JSON.stringify(outcome.order)))).toEqual({ ok: true, value: outcome.order });
  return after(tale, outcome);
};

const numbersOf = ({ order }: Tale): [number, string, string][] =>
  order.lines.map(({ lineNo, lineId, quantities }) => [lineNo, lineId, quantities.open]);

describe("correctOrder of an order that goods of an earlier one have joined (mission 4.14, 9.17, 12.2b)", () => {
  test.each(["entered", "returnedForCorrection"] as const)(
    "rule 5: an order that is %s keeps them, and both ends of the merge reconcile",
    (status) => {
      const joined = joinedBy(entered(draftOf(["10", "20"])));
      const before = status === "entered" ? joined : sentBack(joined);
      expect(before.order.status).toBe(status);
      const tale = corrected(before, draftOf(["11", "21", "31"]));
      expect(numbersOf(tale)).toEqual([
        [1, "SO-2-1", "11"],
        [2, "SO-2-2", "21"],
        [3, "SO-2-3", "4"],
        [4, "SO-2-4", "31"],
      ]);
      expect(tale.order.lines[2]).toEqual(before.order.lines[2]);
      expect(tale.order.lines[2]).toMatchObject({
        mergedFrom: { orderNo: "SO-1", lineId: "SO-1-1" },
        unitPrice: "2.25",
      });
      const file = mergedOrderFile(tale.events, [tale.earlier!, tale.order]);
      expect(file.gaps).toEqual([]);
      expect(file.rows.map(({ toLineId, quantity, ends }) => [toLineId, quantity, ends])).toEqual([
        ["SO-2-3", "4", "both"],
      ]);
    },
  );

  it("rule 5: what was grown or cancelled of them before stays so; amounts go, as on any order that is not priced", () => {
    let tale = joinedBy(entered(draftOf(["10"])));
    tale = after(tale, granted(priceOrder(tale.order, { ...context, policy: { ...pricing, givenPrice: "honour" } })));
    const more = { reason: "asked", lines: [{ lineId: "SO-2-2", quantity: decimal("9") }] };
    const agreeing = { ...context, addOn: { pickMinutes: 45 }, pricing };
    tale = after(tale, granted(amendOrder(tale.order, more, agreeing)));
    const less = { reason: "asked", lines: [{ lineId: "SO-2-2", quantity: decimal("2") }] };
    tale = after(tale, granted(cancelOrder(tale.order, less, context)));
    const [, line] = tale.order.lines;
    expect([line?.lineAmount, line?.quantities.open, line?.quantities.cancelled]).toEqual(["20.25", "7", "2"]);
    tale = corrected(tale, draftOf(["1"]));
    expect(tale.order.lines[1]).toEqual({ ...line, allowance: "0", lineAmount: "0" });
    expect(tale.order.totals).toBeUndefined();
    expect(mergedOrderFile(tale.events, [tale.earlier!, tale.order]).gaps).toEqual([]);
  });

  it("rule 5: what promotions took off them goes as well, holds on them stay", () => {
    const tale = joinedBy(entered(draftOf(["10"])));
    const adjustments = [{ promotionId: "P-1", version: 1, amount: decimal("1"), effect: 0 }] as never;
    const lines = tale.order.lines.map((line) => ({ ...line, allowance: decimal("1"), adjustments }));
    const { holds } = anyOrder({ holds: [{ lineId: "SO-2-2" }, { lineId: "SO-2-1" }] });
    const { order } = granted(correctOrder({ ...tale.order, lines, holds }, { draft: draftOf(["1"]) }, context));
    for (const line of order.lines) expect(line).not.toHaveProperty("adjustments");
    expect(order.lines.map(({ allowance }) => allowance)).toEqual(["0", "0"]);
    expect(order.holds).toEqual(holds);
  });

  test.each([
    ["customer", "customerCode", { customerCode: "C-200" }],
    ["address", "shipToAddress", { shipToAddress: { street: "7 Quay", city: "Bremen", country: "DE" } }],
    ["currency", "currency", { currency: "USD" }],
  ] as const)("rule 5: the %s must stay", (_what, field, part) => {
    const { order } = joinedBy(entered(draftOf(["10"])));
    const wrong = draftOf(["10"], part);
    expect(reasonsOf(correctOrder(order, { draft: wrong }, context))).toEqual([
      { code: "correct.differs_from_joined", path: ["draft", field], params: { orderNo: "SO-2", field } },
    ]);
    const bare = entered(draftOf(["10"])).order;
    expect(correctOrder(bare, { draft: wrong }, context).ok).toBe(true);
  });

  it("rule 5: all of them are told at once, and an address in another sequence of its fields is the same", () => {
    const { order } = joinedBy(entered(draftOf(["10"])));
    const { street, city, ...rest } = order.header.shipToAddress;
    const same = draftOf(["10"], { shipToAddress: { ...rest, city, street } });
    expect(correctOrder(order, { draft: same }, context).ok).toBe(true);
    const wrong = draftOf(["10"], {
      customerCode: "C-200",
      currency: "USD",
      shipToAddress: { street: "X", city: "X", country: "DE" },
    });
    expect(reasonsOf(correctOrder(order, { draft: wrong }, context)).map(({ path }) => path[1])).toEqual([
      "customerCode",
      "shipToAddress",
      "currency",
    ]);
  });

  it("rule 6: a number of a line that has joined cannot be given to another", () => {
    const { order } = joinedBy(entered(draftOf(["10"])));
    const lines = [{ lineNo: 1 }, { lineNo: 2 }, { lineNo: 3 }];
    expect(reasonsOf(correctOrder(order, { draft: draftOf([], { lines }) }, context))).toEqual([
      {
        code: "correct.line_no_taken",
        path: ["draft", "lines", 1, "lineNo"],
        params: { lineNo: 2, lineId: "SO-2-2" },
      },
    ]);
    const around = corrected({ order, events: [] }, draftOf([], { lines: [{ lineNo: 3 }, { lineNo: 1 }] }));
    expect(numbersOf(around).map(([lineNo]) => lineNo)).toEqual([1, 2, 3]);
  });

  it("rule 6: lines without a number take those of the lines before; the same draft twice changes no number", () => {
    const tale = joinedBy(entered(draftOf([], { lines: [{ lineNo: 10 }, { lineNo: 20 }] })));
    const once = corrected(tale, draftOf(["1", "2", "3"]));
    expect(numbersOf(once).map(([lineNo]) => lineNo)).toEqual([10, 20, 21, 22]);
    expect(numbersOf(corrected(once, draftOf(["1", "2", "3"])))).toEqual(numbersOf(once));
  });

  it("rule 6: what joins after a correction that left lines out has a number that was never used", () => {
    const shorter = corrected(entered(draftOf(["10", "20", "30"])), draftOf(["10"]));
    expect(shorter.order.lastLineNo).toBe(3);
    const tale = joinedBy(shorter);
    expect(numbersOf(tale).map(([lineNo]) => lineNo)).toEqual([1, 4]);
    expect(numbersOf(corrected(tale, draftOf(["10", "20"]))).map(([lineNo]) => lineNo)).toEqual([1, 4, 5]);
    const added = addToOrder(
      shorter.order,
      { lines: [{ itemCode: "RICE", quantity: decimal("1") }] },
      {
        ...context,
        addOn: { pickMinutes: 45 },
        pricing,
      },
    );
    expect(granted(added).order.lines.map(({ lineNo }) => lineNo)).toEqual([1, 4]);
    expect(corrected(tale, draftOf([], { lines: [{ lineNo: 9 }] })).order).not.toHaveProperty("lastLineNo");
  });

  it("law: however orders are corrected and joined, no id comes to mean another line, and the merges reconcile", () => {
    const step = fc.oneof(
      fc.constant("join" as const),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 7 }), (steps) => {
        let tale = entered(draftOf(["10", "20"]));
        const earlier: Order[] = [];
        const joinedIds = new Map<string, string>();
        const used = new Set(tale.order.lines.map(({ lineId }) => lineId));
        for (const [place, each] of steps.entries()) {
          const before = tale.order;
          if (each === "join") {
            tale = joinedBy(tale, `SO-0-${place}`, String(place + 1));
            earlier.push(tale.earlier!);
            const { lineId } = tale.order.lines.at(-1)!;
            expect(used.has(lineId)).toBe(false);
            joinedIds.set(lineId, String(place + 1));
          } else {
            tale = corrected(tale, draftOf(each.map(String)));
            const known = new Set(before.lines.map(({ lineId }) => lineId));
            const fresh = tale.order.lines.filter(({ lineId }) => !known.has(lineId));
            for (const { lineId } of fresh) expect(used.has(lineId)).toBe(false);
          }
          for (const { lineId } of tale.order.lines) used.add(lineId);
          const joined = tale.order.lines.filter(({ mergedFrom }) => mergedFrom !== undefined);
          expect(joined.map(({ lineId, quantities }) => [lineId, quantities.open])).toEqual([...joinedIds]);
        }
        const { rows, gaps } = mergedOrderFile(tale.events, [...earlier, tale.order]);
        expect(gaps).toEqual([]);
        expect(rows.map(({ ends }) => ends)).toEqual([...joinedIds].map(() => "both"));
        const own = tale.events.filter(({ orderNo }) => orderNo === "SO-2");
        expect(replayOrders(own)).toEqual([tale.order]);
      }),
    );
  });
});
