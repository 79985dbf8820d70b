import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import type { ReallocationPolicy } from "../../../src/allocation/shortage/reallocation-proposal.js";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import { undoReallocation } from "../../../src/allocation/shortage/undo-reallocation.js";
import { addDays, calendarDay, daysBetween } from "../../../src/core/calendar-day.js";
import { add, decimal, sum, ZERO } from "../../../src/core/decimal.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import { timesDisplaced, undoDisplacements } from "../../../src/lifecycle/displacement-ledger.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Consent } from "../../../src/model/consent.js";
import type { OrderEvent } from "../../../src/model/event.js";
import type { Order } from "../../../src/model/order.js";
import type { BatchOutcome } from "../../../src/model/outcome.js";
import type { ReallocationProposal } from "../../../src/model/reallocation-proposal.js";
import { anyOrder, checkStockLaws, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";
import {
  allConsents,
  consentOf,
  CONTEXT,
  orderOf,
  POLICY,
  propose,
  proposed,
  someOrders,
  stockOf,
  TODAY,
} from "./reallocation-world.js";

const codes = ({ refused }: BatchOutcome): string[] => [
  ...new Set(refused.flatMap(({ issues }) => issues.map(({ code }) => code))),
];
const apply = (orders: readonly Order[], proposal: ReallocationProposal, consents: readonly Consent[]) =>
  applyReallocation(deepFreeze([...orders]), deepFreeze(proposal), consents, CONTEXT);
const quantitiesOf = (orders: readonly Order[]) => orders.map(({ lines }) => lines.map(({ quantities }) => quantities));

const short = orderOf("SO-1", "A", { quantities: { backfill: "6", delivered: "4" } });
const donor = orderOf("SO-2", "B", {
  quantities: { allocated: "8" },
  promises: [{ day: addDays(TODAY, 1), kind: "onHand", promisedAt: CONTEXT.at }],
});

describe("proposing who gives goods up (mission 9.14, 8.7; definition B6)", () => {
  it("rule 2: counts line, units and days, times the factor of the class", () => {
    const supplies = [{ itemCode: "TEA", day: addDays(TODAY, 5), quantity: decimal("50") }];
    const { transfers, harm, quantity, stillShort } = proposed([short, donor], "SO-1", { supplies });
    // 2 × (5 + 6 × (1 + 4 days × 0.5))
    expect([harm, quantity, stillShort, transfers[0]?.oldDay, transfers[0]?.newDay]).toEqual([
      "46",
      "6",
      "0",
      "2026-03-03",
      "2026-03-07",
    ]);
  });

  it("rule 3: does the least harm that can be done, as trying every way shows", () => {
    fc.assert(
      fc.property(someOrders, fc.option(fc.nat({ max: 8 }), { nil: undefined }), (orders, ahead) => {
        const supplies =
          ahead === undefined
            ? {}
            : { supplies: [{ itemCode: "TEA", day: addDays(TODAY, ahead), quantity: decimal("99") }] };
        const result = propose(orders, "SO-1", supplies);
        if (!result.ok) return;
        const { transfers, harm, quantity, optimal } = result.value;
        expect([optimal, harm]).toEqual([true, `${leastByHand(orders.slice(1), Number(quantity), ahead)}`]);
        expect(sum(transfers.map((one) => one.quantity))).toBe(quantity);
        expect(sum(transfers.map((one) => one.harm))).toBe(harm);
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, Parameters<typeof orderOf>, Partial<ReallocationPolicy>, string]>([
    ["who is served earlier", ["SO-2", "0", { quantities: { allocated: "9" } }], {}, "served_earlier"],
    [
      "who takes all or nothing",
      ["SO-2", "B", { quantities: { allocated: "9" }, partialAllowed: false }],
      {},
      "all_or_nothing",
    ],
    [
      "whose promised day would be broken",
      [
        "SO-2",
        "B",
        { quantities: { allocated: "9" }, promises: [{ day: TODAY, kind: "onHand", promisedAt: CONTEXT.at }] },
      ],
      { promises: "keep" },
      "promise_kept",
    ],
    [
      "whose place the short line may not use",
      [
        "SO-2",
        "B",
        { quantities: { allocated: "9" }, reservations: [{ warehouseId: "FAR", quantities: { allocated: "9" } }] },
      ],
      {},
      "place_not_usable",
    ],
  ])("rule 1: leaves alone %s, and says so", (_case, args, policy, code) => {
    const other = orderOf("SO-3", "C", { quantities: { allocated: "1" } });
    const { transfers, notAsked } = proposed([short, orderOf(...args), other], "SO-1", {
      policy: { ...POLICY, ...policy },
    });
    expect(transfers.map(({ victim }) => victim.orderNo)).toEqual(["SO-3"]);
    expect(notAsked).toEqual([{ orderNo: "SO-2", lineId: "SO-2-1", code }]);
  });

  it("rule 1: asks for nothing that stands where the short line may not be served from (mission 9.7)", () => {
    const served = (more: Partial<ReallocationPolicy>, line: object = {}) => {
      const asking = orderOf("SO-1", "A", { quantities: { backfill: "6" }, ...line });
      return propose([asking, donor], "SO-1", { policy: { ...POLICY, ...more } }).ok;
    };
    const chilled = { temperatureClass: "chilled" };
    expect(served({})).toBe(true);
    expect(served({ warehouses: [{ warehouseId: "NORTH", servedAreas: [["hamburg"]] }] })).toBe(true);
    expect(served({ warehouses: [{ warehouseId: "NORTH", servedAreas: [["bremen"]] }] })).toBe(false);
    expect(served({ warehouses: [{ warehouseId: "NORTH", vehicles: [] }] })).toBe(false);
    expect(served({ warehouses: [{ warehouseId: "NORTH", temperatureClasses: ["chilled"] }] }, chilled)).toBe(true);
    expect(served({ warehouses: [{ warehouseId: "NORTH", temperatureClasses: ["frozen"] }] }, chilled)).toBe(false);
    // Kept in some bin of the warehouse, not where the goods stand.
    const bins = [{ warehouseId: "NORTH", binId: "COLD", temperatureClasses: ["chilled"] }];
    expect(served({ warehouses: [{ warehouseId: "NORTH", temperatureClasses: [] }], bins }, chilled)).toBe(false);
    expect(served({ bins }, chilled)).toBe(true);
  });

  it("rule 1: leaves alone firm reservations, orders that were set back too often, and goods that are picked", () => {
    const firm = anyOrder({ ...withHold("contract"), orderNo: "SO-2" });
    const often = orderOf("SO-3", "C", { quantities: { allocated: "9" } });
    const picked = orderOf("SO-4", "C", { quantities: { picked: "9" } });
    const free = orderOf("SO-5", "C", { quantities: { allocated: "2" } });
    const policy = { ...POLICY, firmHolds: ["contract"], maxTimesDisplaced: 2 };
    const facts = { policy, timesDisplaced: new Map([["SO-3", 2]]) };
    const { transfers, notAsked } = proposed([short, firm, often, picked, free], "SO-1", facts);
    expect(transfers.map(({ victim }) => victim.orderNo)).toEqual(["SO-5"]);
    expect(notAsked.map(({ orderNo, code }) => [orderNo, code])).toEqual([
      ["SO-3", "displaced_too_often"],
      ["SO-2", "firm_hold"],
    ]);
  });

  it("rules 1 and 3: asks who takes all or nothing for everything, where that is wanted and does the least harm", () => {
    const firm = (orderNo: string, allocated: string, more: object = {}) =>
      orderOf(orderNo, "B", { quantities: { allocated }, partialAllowed: false, ...more });
    const given = (orders: readonly Order[]) => {
      const { transfers, quantity, stillShort, optimal } = proposed([short, ...orders]);
      return [quantity, stillShort, optimal, transfers.map(({ victim, quantity: own }) => `${victim.orderNo} ${own}`)];
    };
    const soft = (orderNo: string, allocated: string) => orderOf(orderNo, "B", { quantities: { allocated } });
    expect(given([firm("SO-2", "6")])).toEqual(["6", "0", true, ["SO-2 6"]]);
    expect(given([firm("SO-2", "5"), firm("SO-3", "4"), soft("SO-4", "1")])).toEqual([
      "6",
      "0",
      true,
      ["SO-4 1", "SO-2 5"],
    ]);
    expect(given([firm("SO-2", "5"), firm("SO-3", "4")])).toEqual(["5", "1", true, ["SO-2 5"]]);
    // Asking one of them costs less than asking two who could give a part.
    expect(given([firm("SO-2", "6"), soft("SO-3", "3"), soft("SO-4", "3")])).toEqual(["6", "0", true, ["SO-2 6"]]);
    const split = firm("SO-2", "5", {
      reservations: [
        { warehouseId: "NORTH", quantities: { allocated: "4" } },
        { warehouseId: "FAR", quantities: { allocated: "1" } },
      ],
    });
    expect(proposed([short, split, soft("SO-3", "1")]).notAsked).toEqual([
      { orderNo: "SO-2", lineId: "SO-2-1", code: "all_or_nothing" },
    ]);
    expect(proposed([short, firm("SO-2", "7"), soft("SO-3", "1")]).notAsked[0]?.code).toBe("all_or_nothing");
  });

  it("says in plain words that a line is not short, and refuses too much and nothing", () => {
    const asked = (line: AnyOrderLine, quantity?: string) => {
      const orders = [orderOf("SO-1", "A", line), donor];
      const command = {
        proposalId: "RP",
        orderNo: "SO-1",
        lineId: "SO-1-1",
        ...(quantity === undefined ? {} : { quantity: decimal(quantity) }),
      };
      const result = proposeReallocation(orders, command, { policy: POLICY, stock: stockOf(orders), today: TODAY });
      return result.ok ? result.value.quantity : result.issues;
    };
    const issueOf = (code: string, path: string, params: object) => [{ code, path: [path], params }];
    expect(asked({ quantities: { allocated: "10" } })).toEqual(
      issueOf("reallocate.not_short", "lineId", { lineId: "SO-1-1" }),
    );
    expect(asked({ quantities: { deferred: "10" } }, "2")).toEqual(
      issueOf("reallocate.not_short", "lineId", { lineId: "SO-1-1" }),
    );
    const waits = { quantities: { open: "2", backfill: "3", delivered: "5" } };
    expect(asked(waits, "0")).toEqual(issueOf("reallocate.quantity_not_positive", "quantity", { quantity: "0" }));
    expect(asked(waits, "6")).toEqual(issueOf("reallocate.more_than_short", "quantity", { quantity: "6", short: "5" }));
    expect([asked(waits, "5"), asked(waits, "4"), asked(waits)]).toEqual(["5", "4", "5"]);
  });

  it("rule 4: gives a line with a step multiples of it, and one that takes all or nothing all or no proposal", () => {
    const few = orderOf("SO-2", "B", { quantities: { allocated: "5" } });
    const stepped = orderOf("SO-1", "A", { quantities: { open: "6" }, quantum: "2" });
    expect(proposed([stepped, few]).quantity).toBe("4");
    const whole = propose([orderOf("SO-1", "A", { quantities: { open: "6" }, partialAllowed: false }), few]);
    expect(whole.ok ? [] : whole.issues.map(({ code }) => code)).toEqual(["reallocate.not_enough"]);
  });

  it("says the same in whatever order the orders are listed", () => {
    fc.assert(
      fc.property(someOrders, (orders) => {
        expect(propose([...orders].reverse())).toEqual(propose(orders));
      }),
    );
  });
});

describe("moving goods with consent (mission 9.14, 8.7; definition B6)", () => {
  it("rule 1: nothing moves unless everybody who is asked has agreed, whoever is missing", () => {
    let refused = 0;
    fc.assert(
      fc.property(someOrders, fc.infiniteStream(fc.boolean()), (orders, agrees) => {
        const result = propose(orders);
        if (!result.ok) return;
        const all = allConsents(result.value);
        const consents = all.filter(() => agrees.next().value as boolean);
        const outcome = apply(orders, result.value, consents);
        if (consents.length === all.length) {
          expect(outcome.refused).toEqual([]);
          return;
        }
        refused++;
        expect(outcome).toMatchObject({ orders, events: [], movements: [], requests: [], displacements: [] });
        expect(codes(outcome)).toEqual(["consent.missing"]);
        expect(outcome.refused.map(({ orderNo }) => orderNo)).toEqual(orders.map(({ orderNo }) => orderNo));
      }),
      { numRuns: 200 },
    );
    expect(refused).toBeGreaterThan(20);
  });

  test.each<[string, readonly Consent[], readonly string[]]>([
    ["nobody has agreed", [], ["consent.missing"]],
    ["the consent has expired", [consentOf("C-SO-2", "RP-SO-1", { expiresAt: CONTEXT.at })], ["consent.expired"]],
    ["another customer has agreed", [consentOf("C-9", "RP-SO-1")], ["consent.missing", "consent.foreign"]],
    ["something else was agreed to", [consentOf("C-SO-2", "RP-7")], ["consent.missing", "consent.foreign"]],
    [
      "a stranger has agreed besides",
      [consentOf("C-SO-2", "RP-SO-1"), consentOf("C-9", "RP-SO-1")],
      ["consent.foreign"],
    ],
  ])("rule 1: refuses when %s", (_case, consents, expected) => {
    const outcome = apply([short, donor], proposed([short, donor]), consents);
    expect([codes(outcome), outcome.movements, outcome.orders]).toEqual([expected, [], [short, donor]]);
  });

  it("rule 1: a consent that holds longer counts beside one that has expired", () => {
    const expired = consentOf("C-SO-2", "RP-SO-1", { expiresAt: CONTEXT.at });
    const renewed = consentOf("C-SO-2", "RP-SO-1", { reference: "MAIL-NEW" });
    const { displacements } = apply([short, donor], proposed([short, donor]), [expired, renewed]);
    expect(displacements.map(({ consent }) => consent)).toEqual(["MAIL-NEW"]);
  });

  it("rule 2: of two proposals for the same goods the second finds them gone", () => {
    const other = orderOf("SO-3", "A", { quantities: { open: "6" } });
    const orders = [short, donor, other];
    const [first, second] = [proposed(orders), proposed(orders, "SO-3")];
    const once = apply(orders, first, allConsents(first));
    const twice = apply(once.orders, second, allConsents(second));
    expect(twice.refused[0]?.issues).toEqual([
      { code: "reallocate.goods_gone", path: ["transfers", 0], params: { lineId: "SO-2-1", quantity: "6", left: "2" } },
    ]);
    expect([twice.orders, twice.movements]).toEqual([once.orders, []]);
    expect(codes(apply(once.orders, first, allConsents(first)))).toEqual([
      "reallocate.more_than_short",
      "reallocate.goods_gone",
    ]);
  });

  it("rule 3: the winner gets exactly what the others give, at the same places, its oldest shortages first", () => {
    fc.assert(
      fc.property(someOrders, (orders) => {
        const result = propose(orders);
        if (!result.ok) return;
        const proposal = result.value;
        const { orders: after, movements, refused } = apply(orders, proposal, allConsents(proposal));
        expect(refused).toEqual([]);
        const [before, now] = [orders[0]!.lines[0]!, after[0]!.lines[0]!];
        expect(now.quantities.allocated).toBe(add(before.quantities.allocated, proposal.quantity));
        const places = proposal.transfers.flatMap((transfer) => transfer.places);
        for (const { warehouseId, quantities } of now.reservations) {
          if (quantities.allocated === undefined) continue;
          const given = places.filter(({ source }) => source.warehouseId === warehouseId);
          expect(quantities.allocated).toBe(sum(given.map(({ quantity }) => quantity)));
        }
        for (const order of orders.slice(1)) {
          const own =
            proposal.transfers.find(({ victim }) => victim.orderNo === order.orderNo)?.quantity ?? decimal("0");
          const line = after.find(({ orderNo }) => orderNo === order.orderNo)!.lines[0]!;
          expect(add(line.quantities.allocated, own)).toBe(order.lines[0]!.quantities.allocated);
          expect(line.quantities.backfill).toBe(own);
        }
        const stock = stockOf(orders);
        expect(applyMovements(stock, movements)).toEqual(stock);
        expect(checkStockLaws(applyMovements(stock, movements))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("rule 2: a line that takes all or nothing gives everything that it holds when it comes to it", () => {
    const firm = orderOf("SO-2", "B", { quantities: { allocated: "6" }, partialAllowed: false });
    const proposal = proposed([short, firm]);
    const grown = orderOf("SO-2", "B", { quantities: { allocated: "8" }, partialAllowed: false });
    const outcome = apply([short, grown], proposal, allConsents(proposal));
    expect(outcome.refused[0]?.issues).toEqual([
      {
        code: "reallocate.all_or_nothing",
        path: ["transfers", 0],
        params: { lineId: "SO-2-1", quantity: "6", left: "8" },
      },
    ]);
    expect(apply([short, firm], proposal, allConsents(proposal)).refused).toEqual([]);
  });

  it("rule 3: serves the oldest record first, then what is open", () => {
    const since = (day: string) => `2026-02-${day}T08:00:00.000Z`;
    const waiting = orderOf("SO-1", "A", {
      quantities: { backfill: "5", open: "4" },
      shortages: [
        { quantity: "3", since: since("20") },
        { quantity: "2", since: since("10") },
      ],
    });
    const orders = [waiting, orderOf("SO-2", "B", { quantities: { allocated: "4" } })];
    const proposal = proposed(orders);
    const line = apply(orders, proposal, allConsents(proposal)).orders[0]!.lines[0]!;
    expect([line.quantities.open, line.quantities.backfill, line.quantities.allocated]).toEqual(["4", "1", "4"]);
    expect(line.shortages.map(({ since: when, quantity }) => [when, quantity])).toEqual([[since("20"), "1"]]);
  });

  it("rule 4: records who was set back for whom, by whom, by which consent, and when the customer was told", () => {
    const supplies = [{ itemCode: "TEA", day: calendarDay("2026-03-09"), quantity: decimal("50") }];
    const proposal = proposed([short, donor], "SO-1", { supplies });
    const agreedAt = "2026-03-01T10:00:00.000Z" as never;
    const consent = consentOf("C-SO-2", "RP-SO-1", { agreedAt, compensation: { note: "free delivery" } });
    const { displacements, events, requests, orders } = apply([short, donor], proposal, [consent]);
    const expected = {
      victim: { orderNo: "SO-2", lineId: "SO-2-1" },
      winner: { orderNo: "SO-1", lineId: "SO-1-1" },
      itemCode: "TEA",
      quantity: "6",
      oldDate: "2026-03-03",
      newDate: "2026-03-09",
      ruleId: "reallocate.least_harm",
      actor: CONTEXT.actor,
      at: CONTEXT.at,
      consent: "MAIL-C-SO-2",
      customerToldAt: agreedAt,
    };
    expect(displacements).toEqual([expected]);
    expect(events.map(({ orderNo, details }) => [orderNo, details])).toEqual(
      ["SO-2", "SO-1"].map((orderNo) => [
        orderNo,
        { proposalId: "RP-SO-1", cause: "reallocation", displacements: [expected], consents: [consent] },
      ]),
    );
    expect(requests).toEqual([
      { type: "reprint", orderNo: "SO-2", document: "pick_list", cause: "allocation", lineIds: ["SO-2-1"] },
      { type: "notify_customer", orderNo: "SO-2", template: "goods_given_up" },
    ]);
    expect(orders[1]?.lines[0]?.promises.at(-1)).toEqual({
      day: "2026-03-09",
      kind: "scheduled",
      promisedAt: CONTEXT.at,
    });
  });
});

describe("giving goods back (mission 9.14; definition B6)", () => {
  it("rule 1: done and undone, stock and every line are what they were, whatever was moved", () => {
    let undone = 0;
    fc.assert(
      fc.property(someOrders, (orders) => {
        const result = propose(orders);
        if (!result.ok) return;
        const done = apply(orders, result.value, allConsents(result.value));
        const { proposalId } = result.value;
        const back = undoReallocation(done.orders, { proposalId, events: done.events }, CONTEXT);
        expect(back.refused).toEqual([]);
        undone++;
        expect(JSON.parse(JSON.stringify(back.events))).toStrictEqual(back.events);
        expect(quantitiesOf(back.orders)).toEqual(quantitiesOf(orders));
        expect(placesOf(back.orders)).toEqual(placesOf(orders));
        expect(recordsOf(back.orders)).toEqual(recordsOf(orders));
        const stock = stockOf(orders);
        expect(applyMovements(applyMovements(stock, done.movements), back.movements)).toEqual(stock);
        expect(undoReallocation(back.orders, { proposalId, events: done.events }, CONTEXT).refused).not.toEqual([]);
        // Rule 5: the ledger then has nobody who was set back.
        const ledger = undoDisplacements(done.displacements, back.displacements);
        expect(ledger).toEqual(done.displacements.map((one) => ({ ...one, undoneAt: CONTEXT.at })));
        expect(timesDisplaced(ledger).size).toBe(0);
      }),
      { numRuns: 200 },
    );
    expect(undone).toBeGreaterThan(50);
  });

  it("rule 1: gives nothing back once the goods are picked, or once the others were served again", () => {
    const proposal = proposed([short, donor]);
    const done = apply([short, donor], proposal, allConsents(proposal));
    const command = { proposalId: "RP-SO-1", events: done.events };
    const picked = orderOf("SO-1", "A", { quantities: { picked: "6", delivered: "4" } });
    const goods = undoReallocation([picked, done.orders[1]!], command, CONTEXT);
    const served = undoReallocation([done.orders[0]!, donor], command, CONTEXT);
    expect([codes(goods), codes(served)]).toEqual([["reallocate.goods_gone"], ["reallocate.served_since"]]);
    expect([goods.events, served.movements]).toEqual([[], []]);
  });

  const supplies = [{ itemCode: "TEA", day: calendarDay("2026-03-09"), quantity: decimal("50") }];
  const later = "2026-03-04T08:00:00.000Z" as never;
  const undone = (victim: Order, more: object = {}, since: (order: Order) => Order = (order) => order) => {
    const proposal = proposed([short, victim], "SO-1", { supplies });
    const done = apply([short, victim], proposal, allConsents(proposal));
    const orders = [done.orders[0]!, since(done.orders[1]!)];
    const back = undoReallocation(orders, { proposalId: "RP-SO-1", events: done.events }, { ...CONTEXT, ...more });
    expect(back.refused).toEqual([]);
    return back;
  };
  const days = ({ orders }: BatchOutcome) =>
    orders[1]!.lines[0]!.promises.map(({ day, kind, promisedAt }) => [day, kind, promisedAt]);

  it("rules 3 and 4: tells who gets the goods back, and promises again the day that was promised before", () => {
    const back = undone(donor);
    expect(back.requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "allocation", lineIds: ["SO-1-1"] },
      { type: "notify_customer", orderNo: "SO-2", template: "goods_given_back" },
    ]);
    expect(back.events.map(({ orderNo, details }) => [orderNo, details])).toEqual(
      ["SO-1", "SO-2"].map((orderNo) => [
        orderNo,
        { proposalId: "RP-SO-1", cause: "undoing", displacements: [], consents: [] },
      ]),
    );
    expect(days(back)).toEqual([
      ["2026-03-03", "onHand", CONTEXT.at],
      ["2026-03-09", "scheduled", CONTEXT.at],
      ["2026-03-03", "onHand", CONTEXT.at],
    ]);
  });

  it("rule 3: keeps the new day where the old one has passed, where there was none, and where another was promised since", () => {
    const [told, moved] = [
      ["2026-03-03", "onHand", CONTEXT.at],
      ["2026-03-09", "scheduled", CONTEXT.at],
    ];
    expect(days(undone(donor, { today: calendarDay("2026-03-03") }))).toHaveLength(3);
    expect(days(undone(donor, { today: calendarDay("2026-03-04") }))).toEqual([told, moved]);
    expect(days(undone(donor, { at: later }))).toEqual([told, moved]);
    expect(days(undone(orderOf("SO-2", "B", { quantities: { allocated: "8" } })))).toEqual([moved]);
    const promise = { day: addDays(TODAY, 9), kind: "scheduled" as const, promisedAt: later };
    const since = (order: Order) => applyChanges(order, [{ kind: "promise_set", lineId: "SO-2-1", promise }]);
    expect(days(undone(donor, {}, since)).at(-1)).toEqual(["2026-03-11", "scheduled", later]);
    const sameDay = (order: Order) =>
      applyChanges(order, [
        { kind: "promise_set", lineId: "SO-2-1", promise: { ...promise, day: calendarDay("2026-03-09") } },
      ]);
    expect(days(undone(donor, {}, sameDay))).toHaveLength(3);
  });

  it("rule 1: what was undone can be carried out again, and undone again, however often", () => {
    const proposal = proposed([short, donor], "SO-1", { supplies });
    let orders: readonly Order[] = [short, donor];
    let events: BatchOutcome["events"] = [];
    const post = (outcome: BatchOutcome): void => {
      expect(outcome.refused).toEqual([]);
      orders = outcome.orders;
      // Events may be stored in any order.
      events = [...outcome.events, ...events];
    };
    const undo = () => undoReallocation(orders, { proposalId: "RP-SO-1", events }, CONTEXT);
    for (let round = 0; round < 3; round++) {
      post(apply(orders, proposal, allConsents(proposal)));
      expect(quantitiesOf(orders)[1]![0]).toMatchObject({ allocated: "2", backfill: "6" });
      post(undo());
      expect(quantitiesOf(orders)).toEqual(quantitiesOf([short, donor]));
      expect(codes(undo())).toEqual(["reallocate.not_applied"]);
    }
    expect(orders.map(({ version }) => version)).toEqual([short.version + 6, donor.version + 6]);
    expect(recordsOf(orders)).toEqual(recordsOf([short, donor]));
  });

  it("rule 1: passes over whatever else the orders' events tell, other proposals and later events too", () => {
    const proposal = proposed([short, donor]);
    const done = apply([short, donor], proposal, allConsents(proposal));
    const [winning, losing] = done.events;
    const since: OrderEvent[] = done.orders.map(({ orderNo }) => ({
      ...(winning as OrderEvent),
      type: "order_confirmed",
      orderNo,
      version: 90,
      details: { receivableExpected: decimal("0") },
      changes: [],
    }));
    const another = [winning, losing].map((event) => {
      const { details } = event as Extract<OrderEvent, { type: "reservation_moved" }>;
      return { ...event, version: 91, details: { ...details, proposalId: "RP-9" } } as OrderEvent;
    });
    const back = undoReallocation(
      done.orders,
      { proposalId: "RP-SO-1", events: [...since, ...done.events, ...another] },
      CONTEXT,
    );
    expect(back.refused).toEqual([]);
    expect(quantitiesOf(back.orders)).toEqual(quantitiesOf([short, donor]));
    const none = undoReallocation(done.orders, { proposalId: "RP-8", events: [...done.events, ...another] }, CONTEXT);
    expect(codes(none)).toEqual(["reallocate.not_applied"]);
  });

  it("rule 2: what was deferred since no longer waits for the goods, though it is on record in the same words", () => {
    const proposal = proposed([short, donor]);
    const done = apply([short, donor], proposal, allConsents(proposal));
    const [winner, victim] = done.orders as [Order, Order];
    const deferred: Order = {
      ...victim,
      lines: victim.lines.map((line) => ({
        ...line,
        quantities: { ...line.quantities, backfill: ZERO, deferred: line.quantities.backfill },
        shortages: line.shortages.map((shortage) => ({ ...shortage, bucket: "deferred" as const })),
      })),
    };
    const { refused } = undoReallocation([winner, deferred], { proposalId: "RP-SO-1", events: done.events }, CONTEXT);
    expect(refused[0]?.issues).toEqual([
      { code: "reallocate.served_since", path: ["orders"], params: { lineId: "SO-2-1", quantity: "6", left: "0" } },
    ]);
  });

  it("rule 1: gives nothing back by halves when the event of an order is missing", () => {
    const proposal = proposed([short, donor]);
    const done = apply([short, donor], proposal, allConsents(proposal));
    for (const [missing, event] of [
      ["SO-1", done.events[0]!],
      ["SO-2", done.events[1]!],
    ] as const) {
      const half = undoReallocation(done.orders, { proposalId: "RP-SO-1", events: [event] }, CONTEXT);
      expect(half.refused[0]?.issues).toEqual([
        { code: "reallocate.event_missing", path: ["events"], params: { orderNo: missing, proposalId: "RP-SO-1" } },
      ]);
      expect([half.orders, half.movements]).toEqual([done.orders, []]);
    }
  });

  it("refuses a proposal that was never carried out", () => {
    expect(codes(undoReallocation([short], { proposalId: "RP-9", events: [] }, CONTEXT))).toEqual([
      "reallocate.not_applied",
    ]);
  });
});

function withHold(type: string) {
  return {
    stage: "confirmed" as const,
    header: { customerCode: "C-SO-2", customerClass: "B" },
    lines: [{ quantities: { allocated: "9" } }],
    holds: [{ type, blocks: ["ship"] as never }],
  };
}

/** The least harm of giving up a quantity, by trying every way of sharing it. */
function leastByHand(donors: readonly Order[], need: number, ahead: number | undefined): number {
  const [first, ...rest] = donors;
  if (first === undefined) return need === 0 ? 0 : Number.POSITIVE_INFINITY;
  const line = first.lines[0]!;
  const factor = first.header.customerClass === "B" ? 2 : 1;
  const told = line.promises.at(-1)?.day ?? TODAY;
  const days = ahead === undefined ? 10 : Math.max(0, daysBetween(told, addDays(TODAY, ahead)));
  let best = leastByHand(rest, need, ahead);
  const all = Number(line.quantities.allocated);
  for (let given = line.partialAllowed ? 1 : Math.max(1, all); given <= Math.min(need, all); given++)
    best = Math.min(best, factor * (5 + given * (1 + days * 0.5)) + leastByHand(rest, need - given, ahead));
  return best;
}

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const placesOf = (orders: readonly Order[]) =>
  orders.map(({ lines }) => lines.map(({ reservations }) => [...reservations].sort(byText)));
const recordsOf = (orders: readonly Order[]) =>
  orders.map(({ lines }) => lines.map(({ shortages }) => [...shortages].sort(byText)));
