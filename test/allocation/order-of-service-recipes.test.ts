import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PriorityKey } from "../../src/allocation/allocation-policy.js";
import { decidingKey } from "../../src/allocation/deciding-key.js";
import { orderOfService } from "../../src/allocation/order-of-service.js";
import { anyOrder, type AnyOrder } from "../../src/testing/index.js";

const up = (key: PriorityKey["key"], more: object = {}): PriorityKey =>
  ({ key, direction: "ascending", ...more }) as PriorityKey;
const down = (key: PriorityKey["key"]): PriorityKey => ({ key, direction: "descending" }) as PriorityKey;

const order = (number: number, received: string, header: AnyOrder["header"], more: AnyOrder = {}) =>
  anyOrder({
    orderNo: `SO-${number}`,
    ...more,
    header: { receivedAt: `${received}T08:00:00.000Z`, orderDate: received, ...header },
  });
const promised = (orderedQty: string, day: string): AnyOrder => ({
  lines: [{ orderedQty, promises: [{ day, kind: "onHand", promisedAt: "2026-02-01T08:00:00.000Z" }] }],
});
const BACKFILL = { bucket: "backfill", quantity: "5", since: "2026-03-03T12:00:00.000Z", mode: "onArrival" } as const;

const ORDERS = [
  order(
    1,
    "2026-03-01",
    { requestedDeliveryDate: "2026-03-09", customerClass: "C", channel: "edi", deliveryWaveId: "AM" },
    promised("4", "2026-03-08"),
  ),
  order(
    2,
    "2026-03-02",
    { requestedDeliveryDate: "2026-03-04", customerClass: "B", channel: "phone", deliveryWaveId: "PM" },
    { lines: [{ orderedQty: "20" }] },
  ),
  order(
    3,
    "2026-03-03",
    { requestedDeliveryDate: "2026-03-06", customerClass: "A", channel: "webShop" },
    promised("8", "2026-03-05"),
  ),
  order(
    4,
    "2026-03-04",
    { requestedDeliveryDate: "2026-03-04", customerClass: "B", channel: "phone", deliveryWaveId: "AM" },
    { lines: [{ orderedQty: "50" }] },
  ),
  order(
    5,
    "2026-03-05",
    { requestedDeliveryDate: "2026-03-02", customerClass: "A", channel: "webShop", preBooked: true },
    { lines: [{ orderedQty: "2" }] },
  ),
  order(6, "2026-02-20", { channel: "edi" }, { lines: [{ quantities: { backfill: "5" }, shortages: [BACKFILL] }] }),
];

const serve = (keys: readonly PriorityKey[]): number[] =>
  orderOfService(ORDERS, keys, { at: "2026-03-05T12:00:00.000Z" as never }).map((place) => place + 1);

/** Chains for habits that come from elsewhere, each with the order in which it serves the six orders. */
const RECIPES: readonly (readonly [as: string, keys: readonly PriorityKey[], served: readonly number[]])[] = [
  ["Medusa, Vendure, Spree, Sylius, Saleor, Salesforce", [], [6, 1, 2, 3, 4, 5]],
  ["ERPNext", [up("orderDate")], [6, 1, 2, 3, 4, 5]],
  ["Solidus", [up("waitingSince")], [1, 2, 3, 6, 4, 5]],
  ["Odoo", [up("requestedDeliveryDate"), up("promisedClass")], [5, 2, 4, 3, 1, 6]],
  [
    "Odoo, as its users ask for it",
    [up("channel", { ranking: ["phone"] }), up("requestedDeliveryDate")],
    [2, 4, 5, 3, 1, 6],
  ],
  ["OCA", [up("customerClass"), up("receivedAt")], [3, 5, 2, 4, 1, 6]],
  ["OFBiz", [up("promisedDate"), up("requestedDeliveryDate")], [3, 1, 5, 2, 4, 6]],
  ["Tryton", [up("requestedDeliveryDate")], [5, 2, 4, 3, 1, 6]],
  ["metasfresh", [up("promisedClass"), up("promisedDate"), up("requestedDeliveryDate")], [5, 6, 3, 1, 2, 4]],
  ["SAP", [up("customerClass"), up("requestedDeliveryDate"), down("orderAmount")], [5, 3, 4, 2, 1, 6]],
  [
    "SAP, with an order of values of its own",
    [up("channel", { ranking: ["edi", "webShop", "phone"] })],
    [6, 1, 3, 5, 2, 4],
  ],
  ["Oracle Fusion", [up("requestedDeliveryDate"), down("orderAmount"), up("customerClass")], [5, 4, 2, 3, 1, 6]],
  ["IBM Sterling", [up("promisedClass"), up("requestedDeliveryDate"), up("orderDate")], [5, 6, 2, 4, 3, 1]],
  ["Business Central", [up("customerClass"), up("requestedDeliveryDate")], [5, 3, 2, 4, 1, 6]],
  ["Dynamics 365", [up("deliveryWave"), up("requestedDeliveryDate")], [4, 1, 2, 5, 3, 6]],
  ["IFS", [up("customerClass"), up("promisedDate")], [3, 5, 2, 4, 1, 6]],
  ["the ageing guard before class", [up("aged", { afterDays: 3 }), up("customerClass")], [2, 1, 3, 5, 4, 6]],
];

describe("orderOfService: a recipe for every habit (mission 9.10, 9.11, 9.12; definition B4)", () => {
  it.each(RECIPES)("as %s", (_as, keys, served) => {
    expect(serve(keys)).toEqual(served);
    // Whatever the input looks like, and for any two orders the deciding key says the same.
    const turned = ORDERS.toReversed();
    const facts = { at: "2026-03-05T12:00:00.000Z" as never };
    expect(orderOfService(turned, keys, facts).map((place) => turned[place]!.orderNo)).toEqual(
      served.map((number) => `SO-${number}`),
    );
    for (const [place, number] of served.slice(0, -1).entries()) {
      const next = served[place + 1]!;
      expect(decidingKey([ORDERS[next - 1]!, ORDERS[number - 1]!], keys, facts).first).toBe(`SO-${number}`);
    }
  });

  it("stands in the guide, each with its keys and with what was read in the system", () => {
    const guide = readFileSync(new URL("../../docs/allocation-recipes.md", import.meta.url), "utf8");
    const table = guide.slice(guide.indexOf("| as in "), guide.indexOf("## Bins"));
    const rows = table.split("\n").map((row) => row.split("|").map((cell) => cell.trim()));
    for (const [as, keys] of RECIPES.filter(([name]) => !name.startsWith("the "))) {
      const [, , chain = "", read = ""] = rows.find(([, name = ""]) => name.startsWith(as)) ?? [];
      const named = keys.flatMap((one) => ("ranking" in one ? [] : [one.key]));
      expect([as, Array.from(chain.matchAll(/`(\w+)`/g), ([, key]) => key).filter((key) => key !== "channel")]).toEqual(
        [as, named],
      );
      // What of a chain was not read there is said to be ours.
      expect([as, read]).not.toEqual([as, ""]);
    }
  });

  it("takes eleven keys, each of which decides where all before it are equal", () => {
    const chain: readonly (readonly [PriorityKey, AnyOrder["header"], AnyOrder["header"]])[] = [
      [up("promisedClass"), { preBooked: true }, {}],
      [up("customerClass"), { customerClass: "A" }, { customerClass: "B" }],
      [up("creditRating"), { creditRating: "A" }, { creditRating: "B" }],
      [up("requestedDeliveryDate"), { requestedDeliveryDate: "2026-03-04" }, { requestedDeliveryDate: "2026-03-05" }],
      [up("deliveryWave"), { deliveryWaveId: "AM" }, { deliveryWaveId: "PM" }],
      [up("channel", { ranking: ["phone", "edi"] }), { channel: "phone" }, { channel: "edi" }],
      [up("orderSource"), { orderSource: "call" }, { orderSource: "visit" }],
      [down("customerType"), { customerType: "trade" }, { customerType: "retail" }],
      [up("customerCode"), { customerCode: "C-1" }, { customerCode: "C-2" }],
      [up("orderDate"), { orderDate: "2026-03-01" }, { orderDate: "2026-03-02" }],
      [up("receivedAt"), { receivedAt: "2026-03-01T08:00:00.000Z" }, { receivedAt: "2026-03-01T08:00:00.001Z" }],
    ];
    expect(chain.length).toBe(11);
    // Order k has the first value of every key before k and the second value of every key from k on.
    const orders = Array.from({ length: 12 }, (_, equal) =>
      anyOrder({
        orderNo: `SO-${10 + equal}`,
        header: Object.assign(
          {},
          ...chain.map(([, first, second], place) => (place < equal ? first : second)),
        ) as object,
      }),
    );
    const keys = chain.map(([key]) => key);
    expect(orderOfService(orders, keys)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    for (let place = 0; place < 11; place++) {
      const { key, place: decided } = decidingKey([orders[place]!, orders[place + 1]!], keys);
      expect([key, decided]).toEqual([keys[place], place + 1]);
    }
  });
});
