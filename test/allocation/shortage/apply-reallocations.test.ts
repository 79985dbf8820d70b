import { describe, expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../../src/allocation/shortage/apply-reallocations.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import { undoReallocation } from "../../../src/allocation/shortage/undo-reallocation.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Consent } from "../../../src/model/consent.js";
import type { Order } from "../../../src/model/order.js";
import type { ReallocationProposal } from "../../../src/model/reallocation-proposal.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyOrder, checkReservationsMatch, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";
import { allConsents, CONTEXT, orderOf, POLICY, propose, proposed, stockOf, TODAY } from "./reallocation-world.js";

// Mission 9.14, 8.7, 8.9, 9.16; definition B6: what is of no use in parts is carried out as a whole, or not at all.

const order = (orderNo: string, customerClass: string, lines: AnyOrderLine[], shipComplete = false): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `C-${orderNo}`, customerClass, ...(shipComplete ? { shipComplete } : {}) },
    lines,
  });
const short = { orderedQty: "4", quantities: { backfill: "4" }, shortageOffers: ["reallocate" as const] };
const held = (itemCode: string): AnyOrderLine => ({ itemCode, orderedQty: "6", quantities: { allocated: "6" } });
const whole = order(
  "SO-1",
  "A",
  [
    { ...short, itemCode: "TEA" },
    { ...short, itemCode: "SALT", lineNo: 2 },
  ],
  true,
);
const tea = order("SO-2", "B", [held("TEA")]);
const salt = order("SO-3", "C", [held("SALT")]);
const rice = order("SO-4", "A", [{ ...short, itemCode: "RICE" }]);
const sack = order("SO-5", "B", [held("RICE")]);
const ORDERS = deepFreeze([whole, tea, salt, rice, sack]);
const STOCK = deepFreeze(stockOf(ORDERS));
const { reallocations: PROPOSALS } = decideShortages(
  ORDERS,
  { runId: "R-1", reason: "short", price: "keep" },
  { ...CONTEXT, policy: POLICY, stock: STOCK, today: TODAY },
);
const CONSENTS = PROPOSALS.flatMap(allConsents);

function apply(proposals: readonly ReallocationProposal[], consents: readonly Consent[], more: object = {}) {
  const context = { ...CONTEXT, stock: STOCK, today: TODAY, ...more };
  return applyReallocations(ORDERS, deepFreeze({ proposals, consents }), context);
}
const allocatedOf = ({ orders }: { readonly orders: readonly Order[] }): string[] =>
  orders.map(({ lines }) => lines.map(({ quantities }) => quantities.allocated).join("+"));
const codesOf = ({ notApplied }: ReturnType<typeof apply>) =>
  notApplied.map(({ proposalIds, issues }) => [proposalIds, issues.map(({ code, path }) => [code, ...path].join(" "))]);

describe("applyReallocations", () => {
  it("carries all out, those that name each other as one, and stock has what the orders have then", () => {
    const outcome = apply(PROPOSALS, CONSENTS);
    expect([outcome.applied, outcome.notApplied, outcome.refused]).toEqual([
      ["R-1-SO-1-1", "R-1-SO-1-2", "R-1-SO-4-1"],
      [],
      [],
    ]);
    expect(allocatedOf(outcome)).toEqual(["4+4", "2", "2", "4", "2"]);
    expect(outcome.displacements.length).toBe(3);
    expect(checkReservationsMatch(outcome.orders, applyMovements(STOCK, outcome.movements))).toEqual([]);
  });

  it.each(CONSENTS.slice(0, 2).map((consent) => [consent.customerCode, consent] as const))(
    "moves nothing of a unit where %s has not agreed, and carries out what has nothing to do with it (rule 2)",
    (_customer, missing) => {
      const outcome = apply(PROPOSALS, CONSENTS.filter((consent) => consent !== missing)); // prettier-ignore
      expect(allocatedOf(outcome)).toEqual(["0+0", "6", "6", "4", "2"]);
      expect(outcome.orders.slice(0, 3)).toEqual([whole, tea, salt]);
      expect(outcome.applied).toEqual(["R-1-SO-4-1"]);
      const place = CONSENTS.indexOf(missing);
      expect(codesOf(outcome)).toEqual([
        [["R-1-SO-1-1", "R-1-SO-1-2"], [`consent.missing proposals ${place} consents`]],
      ]);
      expect(outcome.refused.map(({ orderNo }) => orderNo)).toEqual(["SO-1", "SO-2", "SO-3"]);
      expect(new Set(outcome.refused.map(({ issues }) => issues)).size).toBe(1);
      expect(outcome.events.every(({ orderNo }) => ["SO-4", "SO-5"].includes(orderNo))).toBe(true);
    },
  );

  it("tells all reasons of a unit, each with its proposal", () => {
    expect(codesOf(apply(PROPOSALS, []))).toEqual([
      [
        ["R-1-SO-1-1", "R-1-SO-1-2"],
        ["consent.missing proposals 0 consents", "consent.missing proposals 1 consents"],
      ],
      [["R-1-SO-4-1"], ["consent.missing proposals 2 consents"]],
    ]);
  });

  it("refuses a unit of which a part is not there, whichever it is", () => {
    const outcome = apply([PROPOSALS[1]!], CONSENTS.slice(1, 2));
    expect(codesOf(outcome)).toEqual([[["R-1-SO-1-2"], ["reallocate.rest_is_missing proposals 0 together"]]]);
    expect(outcome.orders).toEqual(ORDERS);
    const alone = applyReallocation(ORDERS, PROPOSALS[0]!, CONSENTS.slice(0, 1), CONTEXT);
    expect(alone.refused[0]!.issues).toEqual([
      {
        code: "reallocate.rest_is_missing",
        path: ["together"],
        params: { proposalId: "R-1-SO-1-1", missing: "R-1-SO-1-2" },
      },
    ]);
    expect(alone.orders).toEqual(ORDERS);
  });

  it("refuses all for proposals listed twice, consents to none of them, and rules that cannot be used", () => {
    const twice = apply([PROPOSALS[2]!, PROPOSALS[2]!], CONSENTS.slice(2));
    expect(twice.notApplied[0]!.issues.map(({ code, path }) => [code, path])).toEqual([
      ["reallocate.listed_twice", ["proposals", 1, "proposalId"]],
    ]);
    const foreign = apply([PROPOSALS[2]!], CONSENTS);
    expect(foreign.notApplied[0]!.issues.map(({ code }) => code)).toEqual(["consent.foreign", "consent.foreign"]);
    const rule = { kind: "cap" as const, group: "A", itemCode: "TEA", quantity: decimal(-1) };
    const faulty = apply(PROPOSALS, CONSENTS, { protection: [rule] });
    expect(faulty.notApplied[0]!.proposalIds.length).toBe(3);
    for (const { orders, refused, applied, events } of [twice, foreign, faulty]) {
      expect([orders, refused.length, applied, events]).toEqual([ORDERS, ORDERS.length, [], []]);
    }
  });

  it("says what is wrong with a command that is none", () => {
    for (const command of [undefined, null, {}, { proposals: [null], consents: [] }, { proposals: 7, consents: "x" }]) {
      const outcome = applyReallocations(ORDERS, command as never, CONTEXT);
      expect(outcome.refused[0]!.issues.length).toBeGreaterThan(0);
      expect(outcome.notApplied).toEqual([{ proposalIds: [], issues: outcome.refused[0]!.issues }]);
    }
  });

  it("carries out what rests on what an earlier proposal moved, in the order of the command (rule 1)", () => {
    // What one gives up to the first, the second may not have any more.
    const [first, second] = [PROPOSALS[2]!, { ...PROPOSALS[2]!, proposalId: "RP-2" }];
    const consents = [...CONSENTS.slice(2), ...allConsents(second)];
    const outcome = apply([first, second], consents);
    expect([outcome.applied, codesOf(outcome)]).toEqual([
      ["R-1-SO-4-1"],
      [
        [
          ["RP-2"],
          ["reallocate.more_than_short proposals 1 quantity", "reallocate.goods_gone proposals 1 transfers 0"],
        ],
      ],
    ]);
  });

  it("counts caps and minimums over the proposals: the first has what is left (rule 3; mission 8.9)", () => {
    const lines = (orderNo: string) => order(orderNo, "A", [{ ...short, itemCode: "TEA" }]);
    const orders = [lines("SO-6"), lines("SO-7"), order("SO-8", "B", [{ ...held("TEA"), orderedQty: "10", quantities: { allocated: "10" } }])]; // prettier-ignore
    const proposals = ["SO-6", "SO-7"].map((orderNo) => proposed(orders, orderNo));
    const cap = (quantity: number, consumed: number): SupplyRule[] => [
      { kind: "cap", group: "A", itemCode: "TEA", quantity: decimal(quantity), consumed: decimal(consumed) },
    ];
    const done = (protection: SupplyRule[]) => {
      const command = { proposals, consents: proposals.flatMap(allConsents) };
      const { applied, notApplied } = applyReallocations(orders, command, { ...CONTEXT, protection });
      return [applied, notApplied.map(({ issues }) => issues[0]!.code)];
    };
    expect(done(cap(9, 0))).toEqual([["RP-SO-6", "RP-SO-7"], []]);
    expect(done(cap(9, 2))).toEqual([["RP-SO-6"], ["reallocate.group_cap"]]);
    const minimum = (consumed: number): SupplyRule[] => [
      { kind: "protect", group: "B", itemCode: "TEA", quantity: decimal(4), consumed: decimal(consumed) },
    ];
    expect(done(minimum(12))).toEqual([["RP-SO-6", "RP-SO-7"], []]);
    expect(done(minimum(11))).toEqual([["RP-SO-6"], ["reallocate.minimum_protected"]]);
  });
});

describe("a proposal and stock as it is when it is carried out (mission 5.11, 9.14)", () => {
  const donor = (): Order =>
    orderOf("SO-2", "B", {
      orderedQty: "4",
      quantities: { allocated: "4" },
      reservations: [{ warehouseId: "NORTH", lotNo: "L-1", quantities: { allocated: "4" } }],
    });
  const asker = orderOf("SO-1", "A", { orderedQty: "4", quantities: { backfill: "4" }, minimumRemainingLifeDays: 3 });
  const orders = [asker, donor()];
  const [lot] = stockOf(orders) as [StockPosition];
  const proposal = proposed(orders);
  const place = { lineId: "SO-2-1", itemCode: "TEA", warehouseId: "NORTH", source: { warehouseId: "NORTH", lotNo: "L-1" }, quantity: "4" }; // prettier-ignore
  const there = ["transfers", 0, "places", 0];
  const unusable = [{ code: "reallocate.place_not_usable", path: there, params: { ...place, lineId: "SO-1-1" } }];

  it.each<[string, readonly StockPosition[] | undefined, unknown]>([
    ["goes through as it was proposed", [lot], undefined],
    ["goes through where stock is not told", undefined, undefined],
    ["is refused where the place is not there", [], [{ code: "stock.unknown_place", path: there, params: place }]],
    [
      "is refused where less is reserved there",
      [{ ...lot, reserved: decimal(3) }],
      [{ code: "stock.less_reserved", path: there, params: { ...place, reserved: "4", booked: "3" } }],
    ],
    [
      "is refused where it was picked",
      [{ ...lot, picked: decimal(1) }],
      [{ code: "stock.less_reserved", path: there, params: { ...place, reserved: "4", booked: "3" } }],
    ],
    ["is refused where the lot is held by now", [{ ...lot, condition: "held" }], unusable],
    ["is refused where less is on hand than is reserved", [{ ...lot, onHand: decimal(3) }], unusable],
    ["is refused where the lot has expired by now", [{ ...lot, expiresOn: TODAY }], unusable],
    ["is refused where it lives too short", [{ ...lot, expiresOn: calendarDay("2026-03-04") }], unusable],
    ["goes through where it lives long enough", [{ ...lot, expiresOn: calendarDay("2026-03-05") }], undefined],
  ])("%s", (_case, stock, issues) => {
    const context = { ...CONTEXT, today: TODAY, ...(stock === undefined ? {} : { stock }) };
    const outcome = applyReallocation(deepFreeze(orders), proposal, allConsents(proposal), context);
    expect(outcome.refused[0]?.issues).toEqual(issues);
    if (issues !== undefined) expect([outcome.orders, outcome.events, outcome.movements]).toEqual([orders, [], []]);
  });

  it("is not made for another lot than the one that the line names by now", () => {
    const named = { ...asker, lines: asker.lines.map((line) => ({ ...line, lotNo: "L-9" })) };
    const { refused } = applyReallocation([named, orders[1]!], proposal, allConsents(proposal), {
      ...CONTEXT,
      stock: [lot],
    });
    expect(refused[0]!.issues).toEqual(unusable);
  });

  it("is given back only where stock still has the goods reserved", () => {
    const done = applyReallocation(orders, proposal, allConsents(proposal), CONTEXT);
    const command = { proposalId: proposal.proposalId, events: done.events };
    expect(undoReallocation(done.orders, command, { ...CONTEXT, stock: [lot] }).refused).toEqual([]);
    const params = { ...place, lineId: "SO-1-1" };
    expect(undoReallocation(done.orders, command, { ...CONTEXT, stock: [] }).refused[0]!.issues).toEqual([
      { code: "stock.unknown_place", path: ["orders"], params },
    ]);
    const gone = undoReallocation(done.orders, command, { ...CONTEXT, stock: [{ ...lot, onHand: decimal(3) }] });
    expect(gone.refused[0]!.issues).toEqual([{ code: "reallocate.place_not_usable", path: ["orders"], params }]);
    const less = [{ ...lot, reserved: decimal(3) }];
    expect(undoReallocation(done.orders, command, { ...CONTEXT, stock: less }).refused[0]!.issues).toEqual([
      { code: "stock.less_reserved", path: ["orders"], params: { ...params, reserved: "4", booked: "3" } },
    ]);
  });

  it("is not made of goods that are not in the books: nobody can say whose they are (proposeReallocation, rule 6)", () => {
    const result = propose(orders, "SO-1", { stock: [{ ...lot, reserved: decimal(3) }] });
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(["reallocate.no_donor"]);
    const both = [...orders, orderOf("SO-3", "C", { orderedQty: "1", quantities: { allocated: "1" } })];
    const stock = [{ ...lot, reserved: decimal(3) }, ...stockOf([both[2]!])];
    const { quantity, notAsked } = proposed(both, "SO-1", { stock });
    expect([quantity, notAsked]).toEqual(["1", [{ orderNo: "SO-2", lineId: "SO-2-1", code: "not_in_books" }]]);
  });

  it("decideShortages refuses an order that would give back what stock does not have (rule 6)", () => {
    const waits = orderOf("SO-1", "A", {
      orderedQty: "10",
      quantities: { allocated: "6", open: "4" },
      shortagePolicy: "deferWholeOrder",
    });
    const run = { runId: "R-1", reason: "short", price: "keep" as const };
    const decided = (stock: readonly StockPosition[]) =>
      decideShortages(deepFreeze([waits]), run, { ...CONTEXT, policy: POLICY, stock, today: TODAY });
    expect(decided(stockOf([waits])).decisions.map(({ code }) => code)).toEqual(["deferred"]);
    const { refused, orders: after, movements } = decided([]);
    expect(refused[0]!.issues.map(({ code, path }) => [code, path])).toEqual([
      ["stock.unknown_place", ["lines", 0, "reservations", 0]],
    ]);
    expect([after, movements]).toEqual([[waits], []]);
  });

  it("is not made for a quantity below zero, whatever is expected", () => {
    const supplies = [{ itemCode: "TEA", day: TODAY, quantity: decimal(5) }];
    const command = { proposalId: "RP", orderNo: "SO-1", lineId: "SO-1-1", quantity: decimal(-1) };
    const result = proposeReallocation(orders, command, { policy: POLICY, stock: [lot], today: TODAY, supplies });
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(["reallocate.quantity_not_positive"]);
  });
});
