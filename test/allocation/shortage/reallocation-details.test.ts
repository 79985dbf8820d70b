import { describe, expect, it, test } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import type {
  ProposeReallocation,
  ProposeReallocationContext,
  ReallocationPolicy,
} from "../../../src/allocation/shortage/reallocation-proposal.js";
import { addDays } from "../../../src/core/calendar-day.js";
import { add, decimal, ONE } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { ReallocationProposal } from "../../../src/model/reallocation-proposal.js";
import { anyOrder, anyStock, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../../src/testing/index.js";
import { allConsents, consentOf, CONTEXT, orderOf, POLICY, proposed, stockOf, TODAY } from "./reallocation-world.js";

const STOCK = anyStock({ onHand: "99", reserved: "99" }, { warehouseId: "SOUTH", onHand: "99", reserved: "99" });
const SHORT: AnyOrderLine = { quantities: { backfill: "6", delivered: "4" } };
const short = orderOf("SO-1", "A", SHORT);
const donor = (line: AnyOrderLine = { quantities: { allocated: "8" } }, more: AnyOrder["header"] = {}): Order =>
  anyOrder({
    orderNo: "SO-2",
    stage: "confirmed",
    header: { customerCode: "C-SO-2", customerClass: "C", ...more },
    lines: [line],
  });
const ask = (
  orders: readonly Order[],
  more: Partial<ProposeReallocationContext> = {},
  command: Partial<ProposeReallocation> = {},
) =>
  proposeReallocation(
    deepFreeze([...orders]),
    { proposalId: "RP", orderNo: "SO-1", lineId: "SO-1-1", ...command },
    { policy: POLICY, stock: STOCK, today: TODAY, ...more },
  );
const found = (...args: Parameters<typeof ask>): ReallocationProposal => {
  const result = ask(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
};
const harmOf = (one: Order, more: Partial<ProposeReallocationContext> = {}): string => found([short, one], more).harm;
const on = (days: number) => [{ itemCode: "TEA", day: addDays(TODAY, days), quantity: decimal("50") }];
const promised = (days: number): AnyOrderLine => ({
  quantities: { allocated: "8" },
  promises: [{ day: addDays(TODAY, days), kind: "onHand", promisedAt: CONTEXT.at }],
});
const policy = (more: Partial<ReallocationPolicy>): Partial<ProposeReallocationContext> => ({
  policy: { ...POLICY, ...more },
});

describe("how harm is counted (mission 9.14; definition B6)", () => {
  // perLine 5, perUnit 1, half a point for each unit and day; six units
  test.each<[string, Order, Partial<ProposeReallocationContext>, string]>([
    ["nobody knows when goods come: ten days", donor(), {}, "41"],
    ["days from the promise", donor(promised(2)), { supplies: on(4) }, "17"],
    [
      "days from the wish, without a promise",
      donor(undefined, { requestedDeliveryDate: addDays(TODAY, 3) }),
      { supplies: on(4) },
      "14",
    ],
    ["days from today, without either", donor(), { supplies: on(4) }, "23"],
    ["the promise before the wish", donor(promised(4), { requestedDeliveryDate: TODAY }), { supplies: on(4) }, "11"],
    [
      "the last promise counts",
      donor({ ...promised(0), promises: [...promised(0).promises!, ...promised(3).promises!] }),
      { supplies: on(4) },
      "14",
    ],
    ["goods that come before they were promised do no more harm", donor(promised(9)), { supplies: on(4) }, "11"],
    ["the factor of the class", donor(undefined, { customerClass: "B" }), {}, "82"],
    [
      "no factor for a class that is only a name of objects",
      donor(undefined, { customerClass: "constructor" }),
      {},
      "41",
    ],
    [
      "no factors at all",
      donor(undefined, { customerClass: "B" }),
      policy({
        harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0"), unknownDelayDays: 9 },
      }),
      "11",
    ],
  ])("%s", (_case, one, facts, harm) => {
    expect(harmOf(one, facts)).toBe(harm);
  });

  it("is told for each transfer with its days, and nothing more is told where they are not known", () => {
    expect(found([short, donor(promised(2))], { supplies: on(4) })).toEqual({
      proposalId: "RP",
      state: "pending",
      winner: { orderNo: "SO-1", lineId: "SO-1-1" },
      itemCode: "TEA",
      quantity: "6",
      stillShort: "0",
      transfers: [
        {
          victim: { orderNo: "SO-2", lineId: "SO-2-1" },
          customerCode: "C-SO-2",
          quantity: "6",
          places: [{ source: { warehouseId: "NORTH" }, quantity: "6" }],
          harm: "17",
          oldDay: addDays(TODAY, 2),
          newDay: addDays(TODAY, 4),
        },
      ],
      harm: "17",
      optimal: true,
      notAsked: [],
    });
    expect(Object.keys(found([short, donor()]).transfers[0]!)).toEqual([
      "victim",
      "customerCode",
      "quantity",
      "places",
      "harm",
    ]);
  });
});

describe("who is asked for what (mission 9.14, 8.7)", () => {
  it("takes the last places first, and only places that the short line may use", () => {
    const places = (["NORTH", "SOUTH", "FAR"] as const).map((warehouseId) => ({
      warehouseId,
      quantities: { allocated: "3" },
    }));
    const one = donor({ orderedQty: "9", quantities: { allocated: "9" }, reservations: places });
    expect(found([short, one], {}, { quantity: decimal("4") }).transfers[0]?.places).toEqual([
      { source: { warehouseId: "SOUTH" }, quantity: "3" },
      { source: { warehouseId: "NORTH" }, quantity: "1" },
    ]);
    expect(found([short, one]).stillShort).toBe("0");
    expect(found([orderOf("SO-1", "A", { orderedQty: "20" }), one]).stillShort).toBe("14");
  });

  test.each<[string, AnyOrderLine, object, string | undefined]>([
    ["a lot that has expired", {}, { expiresOn: TODAY }, "place_not_usable"],
    ["a lot that lasts until tomorrow", {}, { expiresOn: addDays(TODAY, 1) }, undefined],
    [
      "a lot with too little life",
      { minimumRemainingLifeDays: 5 },
      { expiresOn: addDays(TODAY, 4) },
      "place_not_usable",
    ],
    [
      "a lot with just the life that is wanted",
      { minimumRemainingLifeDays: 5 },
      { expiresOn: addDays(TODAY, 5) },
      undefined,
    ],
    ["goods on hold", {}, { condition: "held" }, "place_not_usable"],
  ])("of %s", (_case, line, position, code) => {
    const stock = anyStock({ onHand: "99", reserved: "99", ...position });
    const other = donor();
    const rest = anyOrder({
      orderNo: "SO-3",
      stage: "confirmed",
      header: { customerCode: "C-3", customerClass: "C" },
      lines: [
        { quantities: { allocated: "1" }, reservations: [{ warehouseId: "SOUTH", quantities: { allocated: "1" } }] },
      ],
    });
    const both = [...stock, ...anyStock({ warehouseId: "SOUTH", onHand: "9", reserved: "9" })];
    const { notAsked, transfers } = found([orderOf("SO-1", "A", { ...SHORT, ...line }), other, rest], { stock: both });
    expect(notAsked.map((one) => one.code)).toEqual(code === undefined ? [] : [code]);
    expect(transfers.some(({ victim }) => victim.orderNo === "SO-2")).toBe(code === undefined);
  });

  it("counts life from the wish where that is later than today", () => {
    const wish = (days: number) =>
      anyOrder({
        orderNo: "SO-1",
        stage: "confirmed",
        header: { customerClass: "A", requestedDeliveryDate: addDays(TODAY, days) },
        lines: [SHORT],
      });
    const stock = anyStock({ onHand: "99", reserved: "99", expiresOn: addDays(TODAY, 4) });
    expect([wish(-2), wish(3), wish(4)].map((one) => ask([one, donor()], { stock }).ok)).toEqual([true, true, false]);
  });

  it("asks neither another item nor an owner's goods, unless the short line draws its own", () => {
    const owned = {
      reservations: [{ warehouseId: "NORTH", owner: "C-SO-1", quantities: { allocated: "8" } }],
      quantities: { allocated: "8" },
    };
    const stock = anyStock({ onHand: "99", reserved: "99", owner: "C-SO-1" });
    expect(ask([short, donor(owned)], { stock }).ok).toBe(false);
    const drawing = orderOf("SO-1", "A", { ...SHORT, transactionCategory: "depositDraw" });
    expect(ask([drawing, donor(owned)], { stock }).ok).toBe(true);
    expect(ask([short, donor({ itemCode: "SALT", quantities: { allocated: "8" } })]).ok).toBe(false);
  });

  it("leaves alone what is firm by a hold of its own or of its order, while it is in force", () => {
    const code = (hold: object, lines: readonly AnyOrderLine[] = [{ quantities: { allocated: "8" } }]) => {
      const one = anyOrder({
        orderNo: "SO-2",
        stage: "confirmed",
        header: { customerCode: "C-2", customerClass: "C" },
        lines,
        holds: [{ type: "contract", blocks: ["ship"], ...hold }],
      });
      const result = ask([short, one], policy({ firmHolds: ["contract"] }));
      return result.ok
        ? [
            ...result.value.notAsked.map(({ lineId, code: why }) => `${lineId} ${why}`),
            ...result.value.transfers.map(({ victim }) => victim.lineId),
          ]
        : result.issues.map((issue) => issue.code);
    };
    expect(code({})).toEqual(["reallocate.no_donor"]);
    expect(code({ type: "other" })).toEqual(["SO-2-1"]);
    expect(code({ state: "resolved" })).toEqual(["SO-2-1"]);
    const two = [{ quantities: { allocated: "8" } }, { quantities: { allocated: "8" } }];
    expect(code({ lineId: "SO-2-2" }, two)).toEqual(["SO-2-2 firm_hold", "SO-2-1"]);
  });

  test.each<[string, number | undefined, number | undefined, boolean]>([
    ["a promise that is kept to the day", 4, 4, true],
    ["a promise that would be broken by a day", 3, 4, false],
    ["a promise of which nobody knows", 3, undefined, false],
    ["no promise", undefined, undefined, true],
  ])("where promises are kept: %s", (_case, old, day, isAsked) => {
    const one = donor(old === undefined ? undefined : promised(old));
    const facts = { ...policy({ promises: "keep" }), ...(day === undefined ? {} : { supplies: on(day) }) };
    expect(ask([short, one], facts).ok).toBe(isAsked);
  });

  it("leaves alone who was set back as often as is allowed, and asks who was not", () => {
    const asked = (times: number) =>
      ask([short, donor()], { ...policy({ maxTimesDisplaced: 2 }), timesDisplaced: new Map([["SO-2", times]]) }).ok;
    expect([asked(1), asked(2), asked(3)]).toEqual([true, false, false]);
    expect(ask([short, donor()], policy({ maxTimesDisplaced: 0 })).ok).toBe(false);
  });

  it("asks no order that is not under way, nor its own other lines", () => {
    const two = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      header: { customerClass: "A" },
      lines: [SHORT, { quantities: { allocated: "9" } }],
    });
    expect(ask([two]).ok).toBe(false);
    expect(ask([short, { ...donor(), status: "closed" }]).ok).toBe(false);
  });

  test.each<[string, Parameters<typeof ask>, readonly object[]]>([
    [
      "an unknown line",
      [[short], {}, { lineId: "X" }],
      [{ code: "reallocate.unknown_line", path: ["lineId"], params: { orderNo: "SO-1", lineId: "X" } }],
    ],
    [
      "an unknown order",
      [[short], {}, { orderNo: "SO-9" }],
      [{ code: "reallocate.unknown_line", path: ["lineId"], params: { orderNo: "SO-9", lineId: "SO-1-1" } }],
    ],
    ["nobody", [[short]], [{ code: "reallocate.no_donor", path: [], params: { lineId: "SO-1-1" } }]],
    [
      "too little for all or nothing",
      [[orderOf("SO-1", "A", { quantities: { open: "9", delivered: "1" }, partialAllowed: false }), donor()]],
      [{ code: "reallocate.not_enough", path: [], params: { lineId: "SO-1-1", found: "8", short: "9" } }],
    ],
    [
      "less than a step",
      [[orderOf("SO-1", "A", { quantities: { open: "10" }, quantum: "10" }), donor()]],
      [{ code: "reallocate.no_donor", path: [], params: { lineId: "SO-1-1" } }],
    ],
  ])("refuses %s", (_case, args, expected) => {
    const result = ask(...args);
    expect(result.ok ? [] : result.issues).toEqual(expected);
  });

  it("tells all that is wrong with a command at once", () => {
    const held = anyOrder({
      orderNo: "SO-1",
      stage: "confirmed",
      lines: [SHORT],
      holds: [{ lineId: "SO-1-1", blocks: ["allocate"] }],
    });
    const result = ask(
      [held, donor()],
      { supplies: [{ itemCode: "TEA", day: TODAY, quantity: decimal("-1") }] },
      { proposalId: "", quantity: decimal("7") },
    );
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual([
      "command.not_a_name",
      "reallocate.line_on_hold",
      "reallocate.more_than_short",
      "promise.negative",
    ]);
    expect(() => ask([short, short])).toThrow(RangeError);
  });
});

describe("which proposals are carried out (mission 9.14)", () => {
  const one = orderOf("SO-2", "C", { quantities: { allocated: "8" } });
  const good = proposed([short, one]);
  const [transfer] = good.transfers;
  const place = transfer!.places[0]!;
  const codes = (proposal: ReallocationProposal, orders: readonly Order[] = [short, one]) => [
    ...new Set(
      applyReallocation(orders, proposal, allConsents(good), CONTEXT).refused.flatMap(({ issues }) =>
        issues.map(({ code }) => code),
      ),
    ),
  ];

  test.each<[string, Partial<ReallocationProposal>]>([
    ["of nothing", { quantity: decimal("0"), transfers: [] }],
    ["of another quantity than its transfers", { quantity: decimal("5") }],
    ["that takes from its own order", { transfers: [{ ...transfer!, victim: { orderNo: "SO-1", lineId: "SO-2-1" } }] }],
    ["that names a line twice", { quantity: decimal("12"), transfers: [transfer!, transfer!] }],
    [
      "with a place of nothing",
      { transfers: [{ ...transfer!, places: [place, { source: { warehouseId: "SOUTH" }, quantity: decimal("0") }] }] },
    ],
    [
      "with a place twice",
      {
        transfers: [
          {
            ...transfer!,
            places: [
              { ...place, quantity: decimal("3") },
              { ...place, quantity: decimal("3") },
            ],
          },
        ],
      },
    ],
    [
      "with places of another quantity",
      { transfers: [{ ...transfer!, places: [{ ...place, quantity: decimal("5") }] }] },
    ],
    ["of another item", { itemCode: "SALT" }],
    ["of another customer", { transfers: [{ ...transfer!, customerCode: "C-9" }] }],
  ])("refuses one %s", (_case, more) => {
    expect(codes({ ...good, ...more })).toContain("reallocate.not_a_proposal");
  });

  it("refuses unknown lines, held winners and orders that are not under way", () => {
    expect(codes({ ...good, winner: { orderNo: "SO-1", lineId: "X" } })).toEqual(["reallocate.unknown_line"]);
    expect(codes({ ...good, transfers: [{ ...transfer!, victim: { orderNo: "SO-2", lineId: "X" } }] })).toEqual([
      "reallocate.unknown_line",
    ]);
    expect(codes(good, [short])).toEqual(["reallocate.unknown_line"]);
    const held = (hold: object) => ({
      ...short,
      holds: anyOrder({ holds: [{ blocks: ["allocate"], ...hold }] }).holds,
    });
    expect(codes(good, [held({}), one])).toEqual(["status.on_hold"]);
    expect(codes(good, [held({ lineId: "SO-1-1" }), one])).toEqual(["reallocate.line_on_hold"]);
    expect(codes(good, [{ ...short, status: "closed" }, one])).toEqual(["status.operation_not_allowed"]);
    expect(codes(good, [short, { ...one, status: "closed" }])).toEqual(["status.operation_not_allowed"]);
  });

  it("records what is given up by the mode of the line's policy, and promises no day that nobody knows", () => {
    const given = (shortagePolicy: "backfillWithNextOrder" | "leaveOpen") => {
      const orders = [short, orderOf("SO-2", "C", { quantities: { allocated: "8" }, shortagePolicy })];
      const line = applyReallocation(orders, good, [consentOf("C-SO-2", "RP-SO-1")], CONTEXT).orders[1]!.lines[0]!;
      return [line.promises, line.shortages];
    };
    const record = { bucket: "backfill", cause: "allocation", quantity: "6", since: CONTEXT.at, reason: "reallocated" };
    expect(given("backfillWithNextOrder")).toEqual([[], [{ ...record, mode: "withNextOrder" }]]);
    expect(given("leaveOpen")).toEqual([[], [{ ...record, mode: "onArrival" }]]);
  });
});

describe("goods that the short line may have (mission 9.9, 9.14; definitions B5, B6)", () => {
  const lots = anyStock(
    { lotNo: "L-1", onHand: "4", reserved: "4" },
    { lotNo: "L-2", onHand: "5", reserved: "5" },
    { warehouseId: "SOUTH", lotNo: "L-2", onHand: "3", reserved: "3" },
    { onHand: "2", reserved: "2" },
  );
  const holder = donor({
    orderedQty: "14",
    quantities: { allocated: "14" },
    reservations: [
      { warehouseId: "NORTH", lotNo: "L-1", quantities: { allocated: "4" } },
      { warehouseId: "NORTH", lotNo: "L-2", quantities: { allocated: "5" } },
      { warehouseId: "SOUTH", lotNo: "L-2", quantities: { allocated: "3" } },
      { warehouseId: "NORTH", quantities: { allocated: "2" } },
    ],
  });
  const wants = (quantity: string, more: AnyOrderLine = {}): Order =>
    orderOf("SO-1", "A", {
      orderedQty: quantity,
      quantities: { backfill: quantity },
      ...more,
    });
  const restricted = (restriction: object): Partial<ReallocationPolicy> => ({
    lotRestrictions: [{ itemCode: "TEA", lotNo: "L-2", ...restriction }],
  });

  test.each<[string, Order, Partial<ReallocationPolicy>, string[]]>([
    ["of all lots", wants("14"), {}, ["4 NORTH L-1", "5 NORTH L-2", "3 SOUTH L-2", "2 NORTH -"]],
    ["of the lot that it names", wants("14", { lotNo: "L-2" }), {}, ["5 NORTH L-2", "3 SOUTH L-2"]],
    ["of no lot, where its own is not there", wants("14", { lotNo: "L-9" }), {}, []],
    [
      "of lots that are for its customer",
      wants("14"),
      restricted({ notCustomers: ["C-SO-1"] }),
      ["4 NORTH L-1", "2 NORTH -"],
    ],
    ["of lots that are for another's", wants("14", { lotNo: "L-2" }), restricted({ onlyCustomers: ["C-SO-2"] }), []],
    ["of one lot in one warehouse: the one with most", wants("14", { oneLotOnly: true }), {}, ["5 NORTH L-2"]],
    ["of one lot, as the policy has it", wants("14"), { oneLotPerLine: true }, ["5 NORTH L-2"]],
    ["of one lot that has enough: the first", wants("3", { oneLotOnly: true }), {}, ["3 NORTH L-1"]],
    ["of one lot, all or nothing", wants("6", { oneLotOnly: true, partialAllowed: false }), {}, []],
    [
      "of the lot that it holds already",
      wants("14", {
        oneLotOnly: true,
        orderedQty: "15",
        quantities: { backfill: "14", allocated: "1" },
        reservations: [{ warehouseId: "SOUTH", lotNo: "L-2", quantities: { allocated: "1" } }],
      }),
      {},
      ["3 SOUTH L-2"],
    ],
  ])("%s", (_case, asker, own, expected) => {
    // What the asker has itself stands in the books of the same place.
    const stock = lots.map((lot) => ({ ...lot, onHand: add(lot.onHand, ONE), reserved: add(lot.reserved, ONE) }));
    const result = ask([asker, holder], { stock, policy: { ...POLICY, ...own } });
    const places = result.ok
      ? result.value.transfers.flatMap((transfer) =>
          transfer.places.map(({ source, quantity }) => `${quantity} ${source.warehouseId} ${source.lotNo ?? "-"}`),
        )
      : [];
    expect(places.sort()).toEqual([...expected].sort());
    if (!result.ok) expect(result.issues).toHaveLength(1);
  });

  const held = (orderNo: string, customerClass: string, lotNo: string, quantity = "4"): Order =>
    orderOf(orderNo, customerClass, {
      orderedQty: quantity,
      quantities: { allocated: quantity },
      reservations: [{ warehouseId: "NORTH", lotNo, quantities: { allocated: quantity } }],
    });

  it.each([
    [12, false],
    [10_000, true],
  ])("of several lots, with %s steps: the best of all is proven only when it is for each lot", (steps, proven) => {
    const many = Array.from({ length: 8 }, (_, place) => held(`SO-${place + 3}`, "C", "L-1", `${(place % 3) + 1}`));
    const asking = [wants("4", { oneLotOnly: true }), held("SO-2", "C", "L-2"), ...many];
    const { transfers, optimal } = found(asking, { stock: stockOf(asking), ...policy({ steps }) });
    expect(transfers.map(({ victim }) => victim.orderNo)).toEqual(["SO-2"]);
    expect(optimal).toBe(proven);
  });

  it("of the lot that does the least harm, where several have enough", () => {
    const donors = [held("SO-2", "B", "L-1"), held("SO-3", "C", "L-2")];
    const { transfers, optimal, notAsked } = found([wants("4", { oneLotOnly: true }), ...donors], { stock: lots });
    expect(transfers.map(({ victim, quantity }) => [victim.orderNo, quantity])).toEqual([["SO-3", "4"]]);
    expect([optimal, notAsked]).toEqual([true, [{ orderNo: "SO-2", lineId: "SO-2-1", code: "place_not_usable" }]]);
  });
});
