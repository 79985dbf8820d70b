import { describe, expect, it, test } from "vitest";
import { decideShortages, type DecideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import type { ShortagePolicy } from "../../../src/model/customer.js";
import type { Order } from "../../../src/model/order.js";
import { anyOrder, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../../src/testing/index.js";
import { consentOf, CONTEXT, POLICY, stockOf, TODAY } from "./reallocation-world.js";

const order = (orderNo: string, hour: string, lines: readonly AnyOrderLine[], more: AnyOrder = {}): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    lines,
    ...more,
    header: { customerClass: "B", receivedAt: `2026-03-02T${hour}:00:00.000Z`, ...more.header },
  });
const decide = (orders: readonly Order[], command: Partial<DecideShortages> = {}) =>
  decideShortages(
    deepFreeze([...orders]),
    { runId: "R", reason: "short", price: "keep", ...command },
    { ...CONTEXT, policy: POLICY, stock: stockOf(orders), today: TODAY },
  );
const short = (shortagePolicy: ShortagePolicy, more: AnyOrderLine = {}): AnyOrderLine => ({
  quantities: { open: "4", allocated: "6" },
  shortagePolicy,
  ...more,
});
const told = ({ decisions }: ReturnType<typeof decide>) => decisions.map(({ lineId, code }) => `${lineId} ${code}`);

describe("what a decision writes down (mission 9.14, 9.15, 9.16, 9.17; definition B6)", () => {
  it("rule 4: gives up what is open and nothing else, with reason and message, also where it offered something", () => {
    const lines = [
      short("cancelRemainder"),
      short("leaveOpen"),
      short("cancelRemainder", { quantities: { open: "1", backfill: "3", allocated: "6" } }),
      short("cancelRemainder", { quantities: { backfill: "4", allocated: "6" } }),
    ];
    const { events, requests, movements, decisions } = decide([order("SO-1", "08", lines)], { reason: "run_out" });
    expect(events.map(({ type, details, changes }) => [type, details, changes])).toEqual([
      [
        "quantity_cancelled",
        { reason: "run_out" },
        [
          { kind: "quantity_moved", lineId: "SO-1-1", from: "open", to: "cancelled", quantity: "4" },
          { kind: "quantity_moved", lineId: "SO-1-3", from: "open", to: "cancelled", quantity: "1" },
        ],
      ],
    ]);
    expect(requests).toEqual([{ type: "notify_customer", orderNo: "SO-1", template: "quantity_cancelled" }]);
    expect(movements).toEqual([]);
    expect(decisions).toEqual([
      { orderNo: "SO-1", lineId: "SO-1-1", itemCode: "TEA", short: "4", code: "cancelled", tried: [] },
      { orderNo: "SO-1", lineId: "SO-1-2", itemCode: "TEA", short: "4", code: "stays", tried: [] },
      { orderNo: "SO-1", lineId: "SO-1-3", itemCode: "TEA", short: "1", code: "cancelled", tried: [] },
    ]);
  });

  it("rule 1: looks at back-fill of a line that offers something, and leaves on record what nobody gives", () => {
    const line = short("cancelRemainder", {
      quantities: { backfill: "4", allocated: "6" },
      shortageOffers: ["reallocate"],
    });
    const one = order("SO-1", "08", [line]);
    const { decisions, orders } = decide([one]);
    expect(decisions.map(({ short: quantity, code, tried }) => [quantity, code, tried])).toEqual([
      ["4", "stays", [{ offer: "reallocate", code: "reallocate.no_donor" }]],
    ]);
    expect(orders).toEqual([one]);
    const lonely = short("deferWholeOrder", {
      quantities: { backfill: "4", allocated: "6" },
      shortageOffers: ["reallocate"],
    });
    expect(told(decide([order("SO-1", "08", [lonely])]))).toEqual(["SO-1-1 stays"]);
  });

  test.each<[string, AnyOrder, readonly string[]]>([
    ["a line on hold for allocation", { holds: [{ lineId: "SO-1-1", blocks: ["allocate"] }] }, ["SO-1-2 cancelled"]],
    [
      "a hold on something else",
      { holds: [{ lineId: "SO-1-1", blocks: ["ship"] }] },
      ["SO-1-1 cancelled", "SO-1-2 cancelled"],
    ],
    [
      "a hold that has ended",
      { holds: [{ lineId: "SO-1-1", blocks: ["allocate"], state: "resolved" }] },
      ["SO-1-1 cancelled", "SO-1-2 cancelled"],
    ],
    ["an order on hold", { holds: [{ blocks: ["allocate"] }] }, []],
    ["an order that is only reviewed", { stage: "reviewed" }, []],
  ])("rule 1: %s", (_case, more, expected) => {
    const lines = [short("cancelRemainder"), short("cancelRemainder")].map((line) => ({
      ...line,
      quantities: { open: "10" },
    }));
    expect(told(decide([order("SO-1", "08", lines, more)]))).toEqual(expected);
  });

  it("rule 3: one line that defers takes those along that would go over or give up", () => {
    const lines = [short("cancelRemainder"), short("mergeIntoNextOrder"), short("deferWholeOrder")];
    const next = order("SO-2", "09", [{ quantities: { allocated: "10" } }]);
    const { orders, decisions } = decide([order("SO-1", "08", lines), next]);
    expect(orders[0]?.lines.map(({ quantities }) => quantities.deferred)).toEqual(["10", "10", "10"]);
    expect(new Set(decisions.map(({ code }) => code))).toEqual(new Set(["deferred"]));
    expect(decisions.some((decision) => "nextOrderNo" in decision)).toBe(false);
    expect(orders[0]?.lines[0]?.shortages.map(({ mode, reason }) => [mode, reason])).toEqual([["wholeOrder", "short"]]);
  });

  it("rule 3: goes over only with the consent that lines of another policy need, at the price of the command", () => {
    const lines = [short("mergeIntoNextOrder"), short("cancelRemainder")];
    const orders = [order("SO-1", "08", lines), order("SO-2", "09", [{ quantities: { allocated: "10" } }])];
    const refused = decide(orders);
    expect([
      told(refused),
      refused.refused.map(({ orderNo, issues }) => [orderNo, issues.map(({ code }) => code)]),
    ]).toEqual([["SO-1-1 refused", "SO-1-2 refused"], [["SO-1", ["consent.missing"]]]]);
    const consents = [consentOf("C-100", "SO-9"), consentOf("C-100", "SO-1")];
    const prices = (price: "keep" | "renew") =>
      decide(orders, { consents, price }).orders[1]?.lines.map(({ unitPrice }) => unitPrice);
    expect([prices("keep"), prices("renew")]).toEqual([
      ["2.5", "2.5", "2.5"],
      ["2.5", undefined, undefined],
    ]);
  });

  test.each<[string, AnyOrder, string]>([
    ["the same customer, currency and address", {}, "merged"],
    ["another customer", { header: { customerCode: "C-9" } }, "deferred_until_next_order"],
    ["another currency", { header: { currency: "USD" } }, "deferred_until_next_order"],
    [
      "another address",
      { header: { shipToAddress: { street: "9 Mill Lane", city: "Bremen", country: "DE" } } },
      "deferred_until_next_order",
    ],
    [
      "the same address, written otherwise",
      { header: { shipToAddress: { country: "DE", city: "Hamburg", postalCode: "20457", street: "1 Harbour Road" } } },
      "merged",
    ],
    ["nothing that can be added to", { lines: [{ quantities: { shipped: "10" } }] }, "deferred_until_next_order"],
  ])("rule 3: the next order has %s", (_case, more, code) => {
    const first = order("SO-1", "08", [short("mergeIntoNextOrder")]);
    const outcome = decide([first, order("SO-2", "09", [{ quantities: { allocated: "10" } }], more)]);
    expect(outcome.decisions[0]?.code).toBe(code);
  });

  it("rule 5: orders of the same instant go by their numbers, in whatever order they are listed", () => {
    const orders = [
      order("SO-2", "08", [{ quantities: { allocated: "10" } }]),
      order("SO-1", "08", [short("mergeIntoNextOrder")]),
    ];
    const outcome = decide(orders);
    expect(outcome.decisions.map(({ orderNo, nextOrderNo }) => [orderNo, nextOrderNo])).toEqual([["SO-1", "SO-2"]]);
    expect(outcome.orders.map(({ orderNo }) => orderNo)).toEqual(["SO-2", "SO-1"]);
    const turned = decide([
      order("SO-1", "08", [{ quantities: { allocated: "10" } }]),
      order("SO-2", "08", [short("mergeIntoNextOrder")]),
    ]);
    expect(turned.decisions.map(({ code }) => code)).toEqual(["deferred_until_next_order"]);
  });

  it("rule 5: decides the latest first, and tells decisions by receipt", () => {
    const orders = ["07", "08", "09"].map((hour, place) => order(`SO-${3 - place}`, hour, [short("deferWholeOrder")]));
    const { events, decisions, movements } = decide(orders);
    expect(events.map(({ orderNo }) => orderNo)).toEqual(["SO-1", "SO-2", "SO-3"]);
    expect(movements.map(({ orderNo }) => orderNo)).toEqual(["SO-1", "SO-2", "SO-3"]);
    expect(decisions.map(({ orderNo }) => orderNo)).toEqual(["SO-3", "SO-2", "SO-1"]);
  });

  it("rule 2: who is asked to give stays as it is, line by line, and so does who waits for the answer", () => {
    const offers = short("cancelRemainder", { shortageOffers: ["reallocate"] });
    const winner = order("SO-1", "08", [offers, short("cancelRemainder", { itemCode: "SALT" })], {
      header: { customerClass: "A" },
    });
    const donor = order(
      "SO-2",
      "09",
      [{ quantities: { allocated: "10" } }, short("cancelRemainder", { itemCode: "SALT" })],
      {
        header: { customerCode: "C-2", customerClass: "C" },
      },
    );
    const outcome = decide([winner, donor]);
    expect(told(outcome)).toEqual(["SO-1-1 proposed", "SO-1-2 order_awaits_answer", "SO-2-2 order_is_asked_to_give"]);
    expect([outcome.orders, outcome.events, outcome.decisions[0]?.proposalId]).toEqual([
      [winner, donor],
      [],
      "R-SO-1-1",
    ]);
    // What is turned down for another line changes nothing for this one.
    expect(told(decide([winner, donor], { turnedDown: [{ lineId: "SO-1-2", offer: "reallocate" }] }))[0]).toBe(
      "SO-1-1 proposed",
    );
  });

  it("goes over into an order that waits for an answer, and one that is asked to give is as good", () => {
    const first = order("SO-1", "07", [short("mergeIntoNextOrder")]);
    const asking = order("SO-2", "08", [short("leaveOpen", { shortageOffers: ["reallocate"] })], {
      header: { customerClass: "A" },
    });
    const donor = order("SO-3", "09", [{ quantities: { allocated: "10" } }], {
      header: { customerCode: "C-3", customerClass: "C" },
    });
    const outcome = decide([first, asking, donor]);
    expect(told(outcome)).toEqual(["SO-1-1 merged", "SO-2-1 proposed"]);
    expect(outcome.orders[1]?.lines).toHaveLength(2);
  });
});
