import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  USUAL_PRIORITY,
  type AgedKey,
  type FieldKey,
  type PriorityKey,
} from "../../src/allocation/allocation-policy.js";
import { instant } from "../../src/core/instant.js";
import { orderOfService, type ServiceFacts } from "../../src/allocation/order-of-service.js";
import { anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { smallWorld } from "./small-world.js";

function order(orderNo: string, part: AnyOrder = {}): ReturnType<typeof anyOrder> {
  return anyOrder({ orderNo, ...part });
}

function served(orders: readonly ReturnType<typeof order>[], ...keys: readonly PriorityKey[]): string[] {
  return orderOfService(orders, keys).map((position) => orders[position]?.orderNo ?? "?");
}

/** Told one day and later another: the last counts. */
function promised(...days: readonly string[]): AnyOrder {
  const promises = days.map((day) => ({ day, kind: "onHand", promisedAt: "2026-03-01T08:00:00.000Z" }) as const);
  return { lines: [{ promises }] };
}

function short(since: string): AnyOrder {
  const shortage = { bucket: "backfill", cause: "pick", quantity: "4", since, mode: "onArrival", reason: "x" } as const;
  return { lines: [{ quantities: { backfill: "4" }, shortages: [shortage] }] };
}

/** Two orders for each key: the first has the smaller value. */
const PAIRS: Readonly<Record<FieldKey["key"], readonly [AnyOrder, AnyOrder]>> = {
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
  customerType: [{ header: { customerType: "retail" } }, { header: { customerType: "trade" } }],
  customerCode: [{ header: { customerCode: "C-1" } }, { header: { customerCode: "C-2" } }],
  orderLines: [{ lines: [{}] }, { lines: [{}, {}] }],
  promisedDate: [promised("2026-03-20", "2026-03-09"), promised("2026-03-01", "2026-03-10")],
  deliveryWave: [{ header: { deliveryWaveId: "AM" } }, { header: { deliveryWaveId: "PM" } }],
  channel: [{ header: { channel: "edi" } }, { header: { channel: "phone" } }],
  orderSource: [{ header: { orderSource: "call" } }, { header: { orderSource: "visit" } }],
  waitingSince: [short("2026-01-05T08:00:00.000Z"), {}],
};

describe("orderOfService (mission 9.2, 9.10, 9.11, 9.12)", () => {
  it.each(Object.entries(PAIRS))(
    "rule 1: %s ascending serves the smaller value first, descending the greater",
    (key, [smaller, greater]) => {
      const name = key as FieldKey["key"];
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

  it("rule 1: quantities with more digits than a number holds compare exactly, those without a value stay last", () => {
    const of = (orderNo: string, orderedQty: string) => order(orderNo, { lines: [{ orderedQty, unitPrice: "1" }] });
    const orders = [of("SO-1", "900719925474.123457"), of("SO-2", "900719925474.123456"), of("SO-3", "2")];
    const [up, down] = (["ascending", "descending"] as const).map((direction) => ({
      key: "orderQuantity" as const,
      direction,
    }));
    expect(served(orders, up!)).toEqual(["SO-3", "SO-2", "SO-1"]);
    expect(served(orders, down!)).toEqual(["SO-1", "SO-2", "SO-3"]);
    const amounts = [order("SO-0", { totals: null }), ...orders];
    expect(served(amounts, { key: "orderAmount", direction: "ascending" }).at(-1)).toBe("SO-0");
    expect(served(amounts, { key: "orderAmount", direction: "descending", nulls: "first" })[0]).toBe("SO-0");
  });

  it("rule 1: the earliest promised day and the oldest shortage of all lines count", () => {
    const promisedFor = (...days: string[]) => days.map((day) => ({ ...promised(day).lines![0]! }));
    const orders = [
      order("SO-1", { lines: promisedFor("2026-03-09", "2026-03-11") }),
      order("SO-2", { lines: promisedFor("2026-03-20", "2026-03-08") }),
      order("SO-3", { lines: [{}, ...promisedFor("2026-03-10")] }),
    ];
    expect(served(orders, { key: "promisedDate", direction: "ascending" })).toEqual(["SO-2", "SO-1", "SO-3"]);
    const waiting = (orderNo: string, ...since: string[]) =>
      order(orderNo, { lines: since.map((instantText) => short(instantText).lines![0]!) });
    const late = [
      waiting("SO-1", "2026-01-07T08:00:00.000Z", "2026-01-06T08:00:00.000Z"),
      waiting("SO-2", "2026-01-05T08:00:00.000Z", "2026-01-09T08:00:00.000Z"),
    ];
    expect(served(late, { key: "waitingSince", direction: "ascending" })).toEqual(["SO-2", "SO-1"]);
  });

  it("rule 4: age counts from the oldest shortage, not from receipt, where something is short", () => {
    const at = instant("2026-03-10T08:00:00.000Z");
    const recent = order("SO-1", {
      ...short("2026-03-09T08:00:00.000Z"),
      header: { receivedAt: "2026-01-01T08:00:00.000Z" },
    });
    const old = order("SO-2", { header: { receivedAt: "2026-03-08T08:00:00.000Z" } });
    const aged: PriorityKey = { key: "aged", afterDays: 2 };
    expect(orderOfService([recent, old], [aged], { at })).toEqual([1, 0]);
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

  it("rule 3: a ranking serves its values in its own order, then all others alike, then those without a value", () => {
    const channels = ["phone", undefined, "webShop", "fax", "edi"] as const;
    const orders = channels.map((channel, place) =>
      order(`SO-${place}`, { header: channel === undefined ? {} : { channel } }),
    );
    const key: PriorityKey = { key: "channel", direction: "ascending", ranking: ["edi", "webShop"] };
    expect(served(orders, key)).toEqual(["SO-4", "SO-2", "SO-0", "SO-3", "SO-1"]);
    expect(served(orders, { ...key, nulls: "first" })).toEqual(["SO-1", "SO-4", "SO-2", "SO-0", "SO-3"]);
    expect(served(orders, { ...key, direction: "descending" })).toEqual(["SO-0", "SO-3", "SO-2", "SO-4", "SO-1"]);
  });

  it("rule 4: who has waited too long or was set back too often goes first, from the very moment on", () => {
    const at = instant("2026-03-10T08:00:00.000Z");
    const received = (orderNo: string, receivedAt: string) =>
      order(orderNo, { header: { receivedAt, customerClass: "B" } });
    const orders = [
      order("SO-1", { header: { receivedAt: at, customerClass: "A" } }),
      received("SO-2", "2026-03-05T08:00:00.001Z"),
      received("SO-3", "2026-03-05T08:00:00.000Z"),
      received("SO-4", "2026-03-09T08:00:00.000Z"),
    ];
    const rank = (key: AgedKey, facts: ServiceFacts = { at }): string[] =>
      orderOfService(orders, [key, { key: "customerClass", direction: "ascending" }], facts).map(
        (position) => orders[position]?.orderNo ?? "",
      );
    expect(rank({ key: "aged", afterDays: 5 })).toEqual(["SO-3", "SO-1", "SO-2", "SO-4"]);
    const timesDisplaced = new Map([
      ["SO-4", 2],
      ["SO-2", 1],
    ]);
    expect(rank({ key: "aged", afterDisplacements: 2 }, { timesDisplaced })).toEqual(["SO-4", "SO-1", "SO-3", "SO-2"]);
    expect(rank({ key: "aged", afterDays: 5, afterDisplacements: 2 }, { at, timesDisplaced })).toEqual([
      "SO-3",
      "SO-4",
      "SO-1",
      "SO-2",
    ]);
    expect(rank({ key: "aged", afterDisplacements: 1 }, {})).toEqual(["SO-1", "SO-3", "SO-2", "SO-4"]);
    expect(() => rank({ key: "aged" })).toThrow(RangeError);
    expect(() => rank({ key: "aged", afterDays: 1 }, {})).toThrow(RangeError);
  });

  it("rule 5: a key of the host is asked once for each order", () => {
    const orders = [order("SO-1"), order("SO-2"), order("SO-3")];
    const margins = new Map([
      ["SO-1", 0.1],
      ["SO-3", 0.4],
    ]);
    let asked = 0;
    const margin = ({ orderNo }: { readonly orderNo: string }): number | undefined => {
      asked += 1;
      return margins.get(orderNo);
    };
    const keys: PriorityKey[] = [{ key: "host", name: "margin", direction: "descending" }];
    expect(orderOfService(orders, keys, { hostKeys: { margin } })).toEqual([2, 0, 1]);
    expect(asked).toBe(3);
    expect(() => orderOfService(orders, keys)).toThrow("There is no key margin of the host.");
  });

  it.each<[says: string, answers: readonly unknown[], refused: string]>([
    ["NaN", [2, Number.NaN, 1], "NaN"],
    ["text beside numbers", ["2", undefined, 1], "1"],
    ["null", [1, null, 2], "null"],
    ["true", [true, false, true], "true"],
  ])(
    "rule 5: %s of the host ranks nothing and stops the run, in whatever order the orders come",
    (_, answers, found) => {
      const orders = [order("SO-1"), order("SO-2"), order("SO-3")];
      const says = ({ orderNo }: { readonly orderNo: string }) => answers[Number(orderNo.slice(3)) - 1] as number;
      const keys: PriorityKey[] = [{ key: "host", name: "says", direction: "ascending" }];
      expect(() => orderOfService(orders, keys, { hostKeys: { says } })).toThrow(
        `What says of the host says does not rank: ${found}.`,
      );
      expect(() => orderOfService(orders.toReversed(), keys, { hostKeys: { says } })).toThrow(RangeError);
    },
  );

  it("rule 5: a name that every object answers to is no function of the host", () => {
    const keys: PriorityKey[] = [{ key: "host", name: "toString", direction: "ascending" }];
    expect(() => orderOfService([order("SO-1")], keys, { hostKeys: {} })).toThrow(
      "There is no key toString of the host.",
    );
  });

  it("takes a chain of as many keys as a site can think of", () => {
    const keys = Object.keys(PAIRS).map((key) => ({ key, direction: "descending" }) as PriorityKey);
    const orders = [order("SO-1"), order("SO-2")];
    expect(served(orders, ...keys)).toEqual(["SO-2", "SO-1"]);
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
