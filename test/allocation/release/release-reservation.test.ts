import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { allocateOrder } from "../../../src/allocation/allocate-order.js";
import { releaseReservation, type ReleaseReservation } from "../../../src/allocation/release/release-reservation.js";
import { selectParticipants } from "../../../src/allocation/select-participants.js";
import { compare, decimal, divide, isPositive, subtract, sum, ZERO } from "../../../src/core/decimal.js";
import { togetherIn, waitsAsWhole } from "../../../src/lifecycle/together-in.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Order } from "../../../src/model/order.js";
import { stockKey } from "../../../src/model/stock.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  arbitraryOrder,
  checkOutcome,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { smallWorld, TODAY } from "../small-world.js";

const confirmed = (lines: readonly AnyOrderLine[], part: AnyOrder = {}): Order =>
  deepFreeze(anyOrder({ stage: "confirmed", lines, ...part }));
const release = (order: Order, command: Partial<ReleaseReservation> = {}) =>
  releaseReservation(order, { reason: "needed_elsewhere", ...command }, anyContext());
const codesOf = (result: ReturnType<typeof release>) =>
  result.ok ? [] : result.issues.map(({ code, path, params }) => [code, path, params]);
const movedOf = (result: ReturnType<typeof release>) =>
  result.ok
    ? result.value.movements.map(({ kind, warehouseId, lotNo, owner, quantity }) =>
        [kind, warehouseId, lotNo, owner, quantity].filter((part) => part !== undefined).join(" "),
      )
    : [];

const two = {
  orderedQty: "12",
  reservations: [
    { warehouseId: "NORTH", lotNo: "L1", quantities: { allocated: "5" } },
    { warehouseId: "NORTH", lotNo: "L2", quantities: { allocated: "4", picked: "1" } },
  ],
} satisfies AnyOrderLine;

describe("giving reserved goods back (mission 9.2, 9.6, 11.3)", () => {
  it("rules 1 and 2: all of the order that is not picked, of each line the place that was reserved last in front", () => {
    const result = release(confirmed([two, { orderedQty: "3", quantities: { allocated: "3" } }]));
    expect(movedOf(result)).toEqual(["release NORTH L2 4", "release NORTH L1 5", "release NORTH 3"]);
    if (!result.ok) throw new Error("refused");
    const { order, events, requests } = result.value;
    expect(order.lines.map(({ quantities: { open, allocated, picked } }) => [open, allocated, picked])).toEqual([
      ["11", "0", "1"],
      ["3", "0", "0"],
    ]);
    expect(order.status).toBe("confirmed");
    expect(events.map(({ type, details, customerVisible }) => [type, details, customerVisible])).toEqual([
      ["reservation_released", { reason: "needed_elsewhere" }, false],
    ]);
    expect(requests).toEqual([
      {
        type: "reprint",
        orderNo: "SO-1",
        document: "pick_list",
        cause: "allocation",
        lineIds: ["SO-1-1", "SO-1-2"],
      },
    ]);
  });

  it("rule 7: lines that give up for one that is named are set back for it, and the customer is told", () => {
    const winner = { orderNo: "SO-9", lineId: "SO-9-1" };
    const order = confirmed([two, { orderedQty: "3", quantities: { allocated: "3" } }], {
      header: { requestedDeliveryDate: "2026-03-20" },
    });
    const result = release(order, { winner, lines: [{ lineId: "SO-1-1", quantity: decimal("6") }] });
    if (!result.ok) throw new Error("refused");
    expect(result.value.events[0]?.details).toEqual({
      reason: "needed_elsewhere",
      displacements: [
        {
          victim: { orderNo: "SO-1", lineId: "SO-1-1" },
          winner,
          itemCode: "TEA",
          quantity: "6",
          oldDate: "2026-03-20",
          ruleId: "release",
          actor: anyContext().actor,
          at: anyContext().at,
        },
      ],
    });
    expect(result.value.requests).toContainEqual({
      type: "notify_customer",
      orderNo: "SO-1",
      template: "order_set_back",
    });
    // What an order gives to a line of its own sets nobody back.
    const own = release(order, { winner: { orderNo: "SO-1", lineId: "SO-1-2" }, lines: [{ lineId: "SO-1-1" }] });
    expect(own.ok && own.value.events[0]?.details).toEqual({ reason: "needed_elsewhere" });
    for (const wrong of [null, 7, {}, { orderNo: "SO-9" }])
      expect(
        codesOf(release(order, { winner: wrong as never }))
          .at(-1)
          ?.slice(0, 2),
      ).toEqual(["command.not_a_name", ["winner", "lineId"]]);
  });

  test.each<[string, NonNullable<ReleaseReservation["lines"]>, readonly string[]]>([
    ["a line", [{ lineId: "SO-1-1" }], ["release NORTH L2 4", "release NORTH L1 5"]],
    ["some of a line", [{ lineId: "SO-1-1", quantity: decimal("6") }], ["release NORTH L2 4", "release NORTH L1 2"]],
    [
      "one place of a line",
      [{ lineId: "SO-1-1", source: { warehouseId: "NORTH", lotNo: "L1" } }],
      ["release NORTH L1 5"],
    ],
    [
      "some of two places",
      [
        { lineId: "SO-1-1", source: { warehouseId: "NORTH", lotNo: "L1" }, quantity: decimal("0.5") },
        { lineId: "SO-1-1", source: { warehouseId: "NORTH", lotNo: "L2" }, quantity: decimal("4") },
      ],
      ["release NORTH L1 0.5", "release NORTH L2 4"],
    ],
  ])("rules 1 and 2: %s", (_case, lines, movements) => {
    expect(movedOf(release(confirmed([two, { quantities: { allocated: "10" } }]), { lines }))).toEqual(movements);
  });

  const here = { lineId: "SO-1-1", source: { warehouseId: "NORTH", lotNo: "L1" } };
  test.each<[string, readonly AnyOrderLine[], ReleaseReservation["lines"], readonly unknown[]]>([
    ["no line is named", [two], [], ["release.no_lines", ["lines"], { orderNo: "SO-1" }]],
    ["nothing is reserved", [{}], undefined, ["release.nothing_reserved", ["lines"], { orderNo: "SO-1" }]],
    [
      "all of it is picked",
      [{ quantities: { picked: "10" } }, two],
      [{ lineId: "SO-1-1", quantity: decimal("1") }],
      ["release.line_holds_nothing", ["lines", 0], { lineId: "SO-1-1" }],
    ],
    ["the line is unknown", [two], [{ lineId: "X" }], ["release.unknown_line", ["lines", 0], { lineId: "X" }]],
    [
      "a line is named twice",
      [two],
      [{ lineId: "SO-1-1" }, { lineId: "SO-1-1", quantity: decimal("1") }],
      ["release.listed_twice", ["lines", 1], { lineId: "SO-1-1" }],
    ],
    ["a place is named twice", [two], [here, here], ["release.listed_twice", ["lines", 1], { lineId: "SO-1-1" }]],
    [
      "a line is named with a place and as a whole",
      [two],
      [here, { lineId: "SO-1-1" }],
      ["release.listed_twice", ["lines", 1], { lineId: "SO-1-1" }],
    ],
    [
      "a line is named as a whole and with a place",
      [two],
      [{ lineId: "SO-1-1" }, here],
      ["release.listed_twice", ["lines", 1], { lineId: "SO-1-1" }],
    ],
    [
      "the line has nothing at the place",
      [two],
      [{ lineId: "SO-1-1", source: { warehouseId: "SOUTH" } }],
      ["release.line_holds_nothing", ["lines", 0], { lineId: "SO-1-1" }],
    ],
    [
      "the quantity is nothing",
      [two],
      [{ lineId: "SO-1-1", quantity: ZERO }],
      ["release.quantity_not_positive", ["lines", 0], { lineId: "SO-1-1", quantity: "0" }],
    ],
    [
      "more is named than is reserved and not picked",
      [two],
      [{ lineId: "SO-1-1", quantity: decimal("9.5") }],
      ["release.more_than_reserved", ["lines", 0], { lineId: "SO-1-1", quantity: "9.5", reserved: "9" }],
    ],
    [
      "more is named than is reserved there",
      [two],
      [{ ...here, quantity: decimal("6") }],
      ["release.more_than_reserved", ["lines", 0], { lineId: "SO-1-1", quantity: "6", reserved: "5" }],
    ],
    [
      "what is named is no whole step",
      [{ ...two, quantum: "3" }],
      [{ lineId: "SO-1-1", quantity: decimal("4") }],
      ["release.not_a_step", ["lines", 0], { lineId: "SO-1-1", quantity: "4", step: "3" }],
    ],
    [
      "what is named of several places is no whole step, with the first of them",
      [{ ...two, quantum: "3" }],
      [
        { ...here, quantity: decimal("1") },
        { lineId: "SO-1-1", source: { warehouseId: "NORTH", lotNo: "L2" }, quantity: decimal("3") },
      ],
      ["release.not_a_step", ["lines", 0], { lineId: "SO-1-1", quantity: "4", step: "3" }],
    ],
  ])("refuses when %s", (_case, lines, named, issue) => {
    expect(codesOf(release(confirmed(lines), named === undefined ? {} : { lines: named }))).toEqual([issue]);
  });

  it("tells all reasons at once, and refuses what has ended", () => {
    const order = confirmed([two], { stage: "closed" });
    const result = release(order, { reason: "", lines: [{ lineId: "X" }, { lineId: "Y" }] });
    expect(codesOf(result).map(([code]) => code)).toEqual([
      "status.operation_not_allowed",
      "command.not_a_name",
      "release.unknown_line",
      "release.unknown_line",
    ]);
  });

  const held = { orderedQty: "6", quantities: { allocated: "6" } } satisfies AnyOrderLine;
  test.each<[string, Order, readonly string[]]>([
    [
      "the order is shipped complete",
      confirmed([held, held], { header: { shipComplete: true } }),
      ["SO-1-1", "SO-1-2"],
    ],
    [
      "lines are of one delivery group",
      confirmed([{ ...held, deliveryGroup: "G" }, { ...held, deliveryGroup: "G" }, held]),
      ["SO-1-1", "SO-1-2"],
    ],
    ["the line takes all or nothing", confirmed([{ ...held, partialAllowed: false }, held]), ["SO-1-1"]],
  ])("rule 3: when %s, a part is not given back by itself, unless the rest may wait", (_case, order, lineIds) => {
    const lines = [{ lineId: "SO-1-1", quantity: decimal("2") }];
    expect(codesOf(release(order, { lines }))).toEqual(
      lineIds.map((lineId) => ["release.comes_together", ["lines"], { lineId, left: lineId === "SO-1-1" ? "4" : "6" }]),
    );
    expect(movedOf(release(order, { lines, rest: "mayWait" }))).toEqual(["release NORTH 2"]);
    const all = lineIds.map((lineId) => ({ lineId }));
    expect(movedOf(release(order, { lines: all }))).toEqual(lineIds.map(() => "release NORTH 6"));
  });

  it("rule 3: what comes together is also given back when a part of it is picked already (peers: all at once)", () => {
    const picked = { orderedQty: "6", quantities: { allocated: "4", picked: "2" } };
    const order = confirmed([picked, held], { header: { shipComplete: true } });
    expect(movedOf(release(order))).toEqual(["release NORTH 4", "release NORTH 6"]);
  });

  it("rule 4: a line with a step gives whole steps, or everything", () => {
    const order = confirmed([{ ...two, quantum: "3" }]);
    const of = (quantity: string) => release(order, { lines: [{ lineId: "SO-1-1", quantity: decimal(quantity) }] });
    expect(movedOf(of("6"))).toEqual(["release NORTH L2 4", "release NORTH L1 2"]);
    expect(movedOf(of("9"))).toEqual(["release NORTH L2 4", "release NORTH L1 5"]);
    const odd = confirmed([{ orderedQty: "7", quantum: "3", quantities: { allocated: "7" } }]);
    expect(movedOf(release(odd, { lines: [{ lineId: "SO-1-1", quantity: decimal("7") }] }))).toEqual([
      "release NORTH 7",
    ]);
  });

  it("rule 5: what a customer left in store goes back to that customer, and gifts go back like other goods", () => {
    const owner = "C-100";
    const deposit = {
      transactionCategory: "depositDraw" as const,
      reservations: [{ warehouseId: "NORTH", owner, quantities: { allocated: "10" } }],
    };
    const gift = { giftOf: { promotionId: "P", version: 1, triggers: [] }, quantities: { allocated: "10" } };
    const result = release(confirmed([deposit, gift]));
    expect(movedOf(result)).toEqual(["release NORTH C-100 10", "release NORTH 10"]);
    const stock = [...anyStock({ onHand: "10", reserved: "10", owner }), ...anyStock({ onHand: "10", reserved: "10" })];
    const after = result.ok ? applyMovements(stock, result.value.movements) : [];
    expect(after.map(({ owner: whose, reserved }) => [whose, reserved])).toEqual([
      [owner, "0"],
      [undefined, "0"],
    ]);
  });

  it("rule 6: holds keep nobody from giving back; the customer is told where a day was promised for one of the lines", () => {
    const promise = { day: "2026-03-09", kind: "onHand", promisedAt: "2026-03-01T09:00:00.000Z" };
    const promised = { ...held, promises: [promise] } as AnyOrderLine;
    const order = confirmed([promised, held], { holds: [{ blocks: ["allocate", "pick"] }] });
    const told = (lineId: string) => {
      const result = release(order, { lines: [{ lineId }] });
      return result.ok ? result.value.requests.filter(({ type }) => type === "notify_customer") : undefined;
    };
    expect(told("SO-1-1")).toEqual([{ type: "notify_customer", orderNo: "SO-1", template: "order_set_back" }]);
    expect(told("SO-1-2")).toEqual([]);
    const result = release(order);
    expect(result.ok && result.value.order.lines[0]!.promises).toEqual([promise]);
  });

  it("takes what a selection of participants says that an order gives back first (definition B3)", () => {
    const order = confirmed([two, held]);
    const yes = { include: true };
    const policy = {
      deferred: yes,
      backfill: yes,
      futureDue: { ...yes, leadDays: 0 },
      allocatedNotShipped: { ...yes, reservation: "release" as const },
      holdReleased: yes,
      new: yes,
    };
    const selected = selectParticipants([order], [], policy, { at: anyContext().at, today: TODAY });
    const lines = selected.ok ? selected.value[0]!.releases : [];
    const result = release(order, { lines });
    expect(result.ok && result.value.order.lines.map(({ quantities }) => quantities.allocated)).toEqual(["0", "0"]);
  });
});

describe("what giving back must keep (mission 5.11, 9.2)", () => {
  it("what is released is what the stock gains and what the lines wait for again, and nothing else moves", () => {
    let granted = 0;
    fc.assert(
      fc.property(arbitraryOrder(), fc.nat({ max: 3 }), (order, choice) => {
        const lines = order.lines
          .filter(({ quantities }) => quantities.allocated !== ZERO)
          .map(({ lineId, quantities }) => ({
            lineId,
            ...(choice === 0 ? {} : { quantity: divide(quantities.allocated, decimal(`${choice}`), 6, "up") }),
          }));
        const result = release(deepFreeze(order), { ...(choice === 3 ? {} : { lines }), rest: "mayWait" });
        if (!result.ok) return;
        granted += 1;
        const { order: after, movements } = result.value;
        expect(checkOutcome(order, result.value)).toEqual([]);
        for (const [place, line] of after.lines.entries()) {
          const before = order.lines[place]!;
          const freed = sum(movements.filter(({ lineId }) => lineId === line.lineId).map(({ quantity }) => quantity));
          expect(subtract(before.quantities.allocated, line.quantities.allocated)).toBe(freed);
          expect(subtract(line.quantities.open, before.quantities.open)).toBe(freed);
          expect({ ...line, quantities: 0, reservations: 0 }).toEqual({ ...before, quantities: 0, reservations: 0 });
        }
      }),
      { numRuns: 300 },
    );
    expect(granted).toBeGreaterThan(50);
  });

  it("gives an order the very same goods again when it is allocated on the same stock, after all or a half was released", () => {
    let released = 0;
    const share = fc.constantFrom("1", "2", "3");
    fc.assert(
      fc.property(smallWorld(), share, ({ orders, stock, policy }, part) => {
        const context = { ...anyContext(), policy, today: TODAY };
        let free = stock.map((position) => ({ ...position, reserved: ZERO, picked: ZERO }));
        for (const order of orders) {
          if (order.lines.some(({ quantities }) => quantities.allocated !== ZERO)) continue;
          // What came as a whole may have been served in another turn than what is open then, where an item stands twice.
          const items = new Set(order.lines.map(({ itemCode }) => itemCode));
          if (waitsAsWhole(order) && items.size < order.lines.length) continue;
          const first = allocateOrder(order, free, context);
          if (!first.ok) continue;
          const had = first.value.order;
          const lines = had.lines.flatMap(({ lineId, quantum, quantities: { allocated } }) => {
            const quantity = divide(allocated, decimal(part), 0, "up");
            if (allocated === ZERO) return [];
            return [
              part === "1" || quantum !== undefined || compare(quantity, allocated) > 0
                ? { lineId }
                : { lineId, quantity },
            ];
          });
          const taken = applyMovements(free, first.value.movements);
          const back = release(had, { lines, rest: "mayWait" });
          free = taken;
          if (!back.ok) continue;
          const again = allocateOrder(back.value.order, applyMovements(taken, back.value.movements), context);
          if (!again.ok) throw new Error(JSON.stringify(again.issues));
          released += 1;
          expect(heldBy(again.value.order)).toEqual(heldBy(had));
        }
      }),
      { numRuns: 300 },
    );
    expect(released).toBeGreaterThan(50);
  });

  it("never leaves a part of what comes together behind, unless the rest may wait", () => {
    fc.assert(
      fc.property(arbitraryOrder(), fc.nat({ max: 9 }), (order, choice) => {
        const lines = order.lines.filter((_, place) => (choice + place) % 2 === 0).map(({ lineId }) => ({ lineId }));
        const result = release(order, { lines });
        if (!result.ok) return;
        const after = result.value.order;
        const gave = new Set(
          result.value.movements.map(({ lineId }) =>
            togetherIn(order)(order.lines.find((line) => line.lineId === lineId)!),
          ),
        );
        const left = after.lines.filter(({ quantities }) => isPositive(quantities.allocated));
        for (const line of left) {
          const unit = togetherIn(order)(line);
          expect(unit !== undefined && gave.has(unit)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What each line has reserved, by place. */
function heldBy({ lines }: Order): Record<string, string>[] {
  return lines.map(({ itemCode, reservations }) =>
    Object.fromEntries(
      reservations
        .map((place) => [stockKey(itemCode, place), place.quantities.allocated ?? ZERO] as const)
        .filter(([, quantity]) => quantity !== ZERO)
        .sort(),
    ),
  );
}
