import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { USUAL_PRIORITY, type PriorityKey } from "../../src/allocation/allocation-policy.js";
import { orderOfService } from "../../src/allocation/order-of-service.js";
import { anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { smallWorld } from "./small-world.js";

function order(orderNo: string, part: AnyOrder = {}): ReturnType<typeof anyOrder> {
  return anyOrder({ orderNo, ...part });
}

function served(orders: readonly ReturnType<typeof order>[], ...keys: readonly PriorityKey[]): string[] {
  return orderOfService(orders, keys).map((position) => orders[position]?.orderNo ?? "?");
}

/** Two orders for each key: the first has the smaller value. */
const PAIRS: Readonly<Record<PriorityKey["key"], readonly [AnyOrder, AnyOrder]>> = {
  promisedClass: [{ header: { preBooked: true } }, {}],
  customerClass: [{ header: { customerClass: "A" } }, { header: { customerClass: "B" } }],
  creditRating: [{ header: { creditRating: "A" } }, { header: { creditRating: "B" } }],
  orderAmount: [{ lines: [{ orderedQty: "9" }] }, { lines: [{ orderedQty: "10" }] }],
  orderQuantity: [{ lines: [{ orderedQty: "9" }] }, { lines: [{ orderedQty: "10" }] }],
  requestedDeliveryDate: [
    { header: { requestedDeliveryDate: "2026-03-09" } },
    { header: { requestedDeliveryDate: "2026-03-10" } },
  ],
  orderDate: [{ header: { orderDate: "2026-03-01" } }, { header: { orderDate: "2026-03-02" } }],
  receivedAt: [
    { header: { receivedAt: "2026-03-01T08:00:00.000Z" } },
    { header: { receivedAt: "2026-03-02T08:00:00.000Z" } },
  ],
  orderNo: [{}, {}],
};

describe("orderOfService (mission 9.2, 9.10, 9.11, 9.12)", () => {
  it.each(Object.entries(PAIRS))(
    "rule 1: %s ascending serves the smaller value first, descending the greater",
    (key, [smaller, greater]) => {
      const name = key as PriorityKey["key"];
      // Named so that the end of the chain alone would put them the other way round, but for the number itself.
      const [first, second] = name === "orderNo" ? ["SO-1", "SO-2"] : ["SO-2", "SO-1"];
      const orders = [order(second, greater), order(first, smaller)];
      expect(served(orders, { key: name, direction: "ascending" })).toEqual([first, second]);
      expect(served(orders, { key: name, direction: "descending" })).toEqual([second, first]);
    },
  );

  it("rule 1: what was promised before comes first: pre-booked, deferred, back-filled, the rest", () => {
    const short = (bucket: "backfill" | "deferred"): AnyOrder => ({ lines: [{}, { quantities: { [bucket]: "1" } }] });
    const orders = [
      order("SO-1"),
      order("SO-2", short("backfill")),
      order("SO-3", short("deferred")),
      order("SO-4", { header: { preBooked: true } }),
    ];
    expect(served(orders, { key: "promisedClass", direction: "ascending" })).toEqual(["SO-4", "SO-3", "SO-2", "SO-1"]);
  });

  it("rule 1: an order that was not pre-booked by name is one of the rest", () => {
    const orders = [order("SO-2", { header: { preBooked: true } }), order("SO-1", { header: { preBooked: false } })];
    expect(served(orders, { key: "promisedClass", direction: "ascending" })).toEqual(["SO-2", "SO-1"]);
  });

  it.each([
    ["ascending", undefined, ["SO-2", "SO-3", "SO-1"]],
    ["descending", undefined, ["SO-3", "SO-2", "SO-1"]],
    ["ascending", "last", ["SO-2", "SO-3", "SO-1"]],
    ["ascending", "first", ["SO-1", "SO-2", "SO-3"]],
    ["descending", "first", ["SO-1", "SO-3", "SO-2"]],
  ] as const)("rule 1: %s with nulls %s", (direction, nulls, expected) => {
    const orders = [
      order("SO-1"),
      order("SO-2", { header: { customerClass: "A" } }),
      order("SO-3", { header: { customerClass: "B" } }),
    ];
    expect(served(orders, { key: "customerClass", direction, ...(nulls === undefined ? {} : { nulls }) })).toEqual(
      expected,
    );
  });

  it("rule 1: an order without a price has no amount", () => {
    const orders = [order("SO-1", { totals: null }), order("SO-2")];
    expect(served(orders, { key: "orderAmount", direction: "ascending" })).toEqual(["SO-2", "SO-1"]);
  });

  it("rule 1: amounts compare as numbers, not as text", () => {
    const orders = [
      order("SO-1", { lines: [{ orderedQty: "100" }] }),
      order("SO-2", { lines: [{ orderedQty: "20" }] }),
    ];
    expect(served(orders, { key: "orderQuantity", direction: "ascending" })).toEqual(["SO-2", "SO-1"]);
    expect(served(orders, { key: "orderAmount", direction: "ascending" })).toEqual(["SO-2", "SO-1"]);
  });

  it("rule 1: the second key decides where the first is equal", () => {
    const orders = [
      order("SO-1", { header: { customerClass: "B", creditRating: "A" } }),
      order("SO-2", { header: { customerClass: "A", creditRating: "B" } }),
      order("SO-3", { header: { customerClass: "A", creditRating: "A" } }),
    ];
    const keys = ["customerClass", "creditRating"].map((key) => ({ key, direction: "ascending" }) as PriorityKey);
    expect(served(orders, ...keys)).toEqual(["SO-3", "SO-2", "SO-1"]);
  });

  it("rule 2: receipt, then order number, end every chain", () => {
    const orders = [
      order("SO-2", { header: { receivedAt: "2026-03-02T08:00:00.000Z" } }),
      order("SO-1", { header: { receivedAt: "2026-03-02T08:00:00.000Z" } }),
      order("SO-3", { header: { receivedAt: "2026-03-02T07:00:00.000Z" } }),
    ];
    expect(served(orders)).toEqual(["SO-3", "SO-1", "SO-2"]);
    expect(served(orders, { key: "customerClass", direction: "descending", nulls: "first" })).toEqual([
      "SO-3",
      "SO-1",
      "SO-2",
    ]);
  });

  it("rule 2: does not depend on the order of the input", () => {
    const shuffled = smallWorld().chain(({ orders, policy }) =>
      fc.tuple(
        fc.constant(orders),
        fc.shuffledSubarray([...orders], { minLength: orders.length }),
        fc.constant(policy),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([orders, others, { priority }]) => {
        expect(served(others, ...priority)).toEqual(served(orders, ...priority));
      }),
    );
  });

  it("the usual order: promised first, then class, the greater amount, credit", () => {
    const orders = [
      order("SO-1", { header: { customerClass: "A", creditRating: "B" } }),
      order("SO-2", { header: { customerClass: "A", creditRating: "A" } }),
      order("SO-3", { header: { customerClass: "A", creditRating: "C" }, lines: [{ orderedQty: "11" }] }),
      order("SO-4", { header: { customerClass: "B", preBooked: true } }),
      order("SO-5", { header: { customerClass: "B" } }),
    ];
    expect(served(orders, ...USUAL_PRIORITY)).toEqual(["SO-4", "SO-3", "SO-2", "SO-1", "SO-5"]);
  });
});
