import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { describeAllocation } from "../../src/messages/describe-allocation.js";
import { describeReason } from "../../src/messages/describe-issue.js";
import type { Order } from "../../src/model/order.js";
import { parseAllocationPlan } from "../../src/schema/index.js";
import { anyContext, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.9, 9.10, 9.16; definitions B5, B6: a search for lots that ends without an answer is no proof that there is none.

const POLICY: AllocationPolicy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  lots: "fifo",
};
const context = { ...anyContext(), policy: POLICY, today: TODAY };
/** Each lot has room for one of these lines alone, and there is one lot less than lines. */
const boxed = (count: number): AnyOrderLine[] =>
  Array.from({ length: count }, (_, place) => ({ lineNo: place + 1, orderedQty: "3", oneLotOnly: true }));
const lots = (count: number) =>
  anyStock(...Array.from({ length: count }, (_, place) => ({ lotNo: `L-${place}`, onHand: "5" })));
const together = (lines: AnyOrderLine[], orderNo = "SO-1"): Order =>
  anyOrder({ orderNo, stage: "confirmed", header: { shipComplete: true }, lines });
const ENDED = "Whether there are lots for all lines that come together is not known: the search ended at its limit.";

describe("a search for lots that ended at its limit", () => {
  const orders = deepFreeze([together(boxed(12))]);
  const stock = deepFreeze(lots(11));
  const plan = planAllocation(orders, stock, context);
  const planned = plan.orders[0]!.lines;

  it("is told on every line of the order, and by no line of one that is known to be incomplete or is served", () => {
    expect(planned.map(({ code, searchEnded }) => [code, searchEnded])).toEqual(
      planned.map(() => ["group_incomplete", true]),
    );
    const known = planAllocation([together(boxed(4))], lots(3), context).orders[0]!.lines;
    expect(known.map(({ code }) => code)).toEqual(known.map(() => "group_incomplete"));
    expect(known.every((line) => !("searchEnded" in line))).toBe(true);
    const served = planAllocation([together(boxed(12))], lots(12), context).orders[0]!.lines;
    expect(served.every(({ short, searchEnded }) => short === "0" && searchEnded === undefined)).toBe(true);
  });

  it("is told by an allocation that is carried out, and beside others only of its own lines", () => {
    const salt = together([{ itemCode: "SALT" }, { itemCode: "SALT", lineNo: 2 }], "SO-2");
    const { reasons } = allocateBatch(
      [...orders, salt],
      [...stock, ...anyStock({ itemCode: "SALT", onHand: "5" })],
      context,
    );
    const told = reasons.filter(({ searchEnded }) => searchEnded === true).map(({ orderNo }) => orderNo);
    expect(new Set(told)).toEqual(new Set(["SO-1"]));
    expect(told.length).toBe(12);
  });

  it("is told of an order that was deferred as a whole, and where the item is shared out", () => {
    const waiting = together(
      boxed(12).map((line) => ({
        ...line,
        quantities: { deferred: "3" },
        shortages: [{ bucket: "deferred" as const, quantity: "3", mode: "wholeOrder" as const }],
      })),
    );
    const [order] = planAllocation([waiting], stock, context).orders;
    expect(order!.lines.map(({ code, searchEnded }) => `${code} ${searchEnded}`)).toEqual(
      order!.lines.map(() => "whole_order_waits true"),
    );
    const sharing = [{ rule: "equalAwards" as const }];
    const shared = planAllocation([...orders, together([{ orderedQty: "40" }], "SO-2")], stock, {
      ...context,
      policy: { ...POLICY, sharing },
    });
    const own = shared.orders.find(({ orderNo }) => orderNo === "SO-1")!.lines;
    expect(own.map(({ code, searchEnded }) => `${code} ${searchEnded}`)).toEqual(
      own.map(() => "group_incomplete true"),
    );
  });

  it("comes through a store, and is said in both languages and in an explanation", () => {
    const stored = parseAllocationPlan(JSON.parse(JSON.stringify(plan)));
    expect(stored.ok && stored.value).toEqual(plan);
    expect(describeReason(planned[0]!, "en").endsWith(ENDED)).toBe(true);
    expect(describeReason(planned[0]!, "zh")).toMatch(/搜索已达上限。$/u);
    const explanation = explainAllocation(plan, "SO-1-1", { orders, stock, policy: POLICY })!;
    expect(explanation.line.searchEnded).toBe(true);
    expect(describeAllocation(explanation)).toContain(ENDED);
    expect(describeReason({ ...planned[0]!, searchEnded: undefined } as never, "en")).not.toContain(ENDED);
  });
});
