import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { ParticipantPolicy } from "../../src/allocation/participant-policy.js";
import { selectParticipants, type Participant } from "../../src/allocation/select-participants.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyOrder, anyStock, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";
import { smallWorld } from "./small-world.js";

const NOW = { at: instant("2026-03-05T10:00:00Z"), today: calendarDay("2026-03-05") };

const ALL: ParticipantPolicy = {
  deferred: { include: true },
  backfill: { include: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" },
  holdReleased: { include: true },
  new: { include: true },
};

const STOCK_NOW: ParticipantPolicy = {
  ...ALL,
  deferred: { include: true, onlyIfStockNow: true },
  backfill: { include: true, onlyIfStockNow: true },
};

const RELEASE: ParticipantPolicy = { ...STOCK_NOW, allocatedNotShipped: { include: true, reservation: "release" } };

const NONE: ParticipantPolicy = {
  deferred: { include: false },
  backfill: { include: false },
  futureDue: { include: false, leadDays: 2 },
  allocatedNotShipped: { include: false, reservation: "release" },
  holdReleased: { include: false },
  new: { include: false },
};

function order(orderNo: string, ...lines: readonly AnyOrderLine[]): Order {
  return orderWith({ orderNo, ...(lines.length === 0 ? {} : { lines }) });
}

function orderWith(part: AnyOrder): Order {
  return anyOrder({ stage: "confirmed", ...part });
}

type Now = Parameters<typeof selectParticipants>[3];

function select(
  orders: readonly Order[],
  policy: ParticipantPolicy = ALL,
  stock: readonly StockPosition[] = [],
  now: Now = NOW,
): readonly Participant[] {
  const result = selectParticipants(orders, stock, policy, now);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

function one(subject: Order, policy: ParticipantPolicy = ALL, stock: readonly StockPosition[] = [], now: Now = NOW) {
  const [{ takesPart, classes, reasons }] = select([subject], policy, stock, now) as [Participant];
  return [takesPart, classes, reasons.map(({ code, params }) => [code, params])];
}

/** A line of which nothing but these quantities is left to be served. */
function line(quantities: NonNullable<AnyOrderLine["quantities"]>, more: AnyOrderLine = {}): AnyOrderLine {
  return { ...more, quantities: { open: "0", delivered: "1", ...quantities } };
}

const BACKFILL = line({ backfill: "4" });
const DEFERRED = line({ deferred: "4" });
const ALLOCATED = line({ allocated: "4" });

const RELEASED_HOLD = { holdId: "H", state: "resolved", endedAt: "2026-03-05T10:00:00.000Z" } as const;

function wanted(day: string, more: AnyOrder = {}): Order {
  return orderWith({ header: { requestedDeliveryDate: day }, ...more });
}

describe("selectParticipants (mission 9.6; definition B3)", () => {
  it("rule 1: an order that may not be allocated is out with the reasons of the table", () => {
    const held = anyOrder({ holds: [{ holdId: "H" }] });
    expect(one(held)).toMatchObject([
      false,
      ["new"],
      [
        ["status.operation_not_allowed", { operation: "allocate", status: "entered" }],
        ["status.on_hold", { holdId: "H" }],
      ],
    ]);
  });

  it("rule 1: a hold that ends after the instant of the run still holds, one for other work does not", () => {
    const later = { ...RELEASED_HOLD, endedAt: "2026-03-05T10:00:00.001Z" };
    expect(one(orderWith({ holds: [later], lines: [BACKFILL] }))).toEqual([
      false,
      ["backfill"],
      [["participants.hold_ends_later", { holdId: "H", endedAt: later.endedAt }]],
    ]);
    expect(one(orderWith({ holds: [later] })).slice(0, 2)).toEqual([false, ["new"]]);
    expect(one(orderWith({ holds: [{ ...later, blocks: ["pick"] }] })).slice(0, 2)).toEqual([true, ["new"]]);
    expect(one(orderWith({ holds: [{ blocks: ["pick"] }] })).slice(0, 2)).toEqual([true, ["new"]]);
  });

  it("rule 1: lines under a hold of their own do not count", () => {
    const lines = [{}, line({ backfill: "1" }), line({ allocated: "1" }), line({}), line({ deferred: "1" })];
    const hold = (no: number, more = {}) => ({ holdId: `H-${no}`, lineId: `SO-1-${no}`, ...more });
    const later = { state: "resolved", endedAt: "2026-03-06T10:00:00.000Z" } as const;
    expect(one(orderWith({ lines, holds: [hold(1), hold(5)] })).slice(0, 2)).toEqual([
      true,
      ["backfill", "allocatedNotShipped"],
    ]);
    expect(one(orderWith({ lines, holds: [hold(1, later), hold(2), hold(3), hold(4), hold(5)] }))).toEqual([
      false,
      [],
      [["participants.lines_on_hold", { lineIds: ["SO-1-1", "SO-1-2", "SO-1-3", "SO-1-5"] }]],
    ]);
  });

  it("rule 1: a hold on a line for other work does not count, ended or not", () => {
    const later = { state: "resolved", endedAt: "2026-03-06T10:00:00.000Z" } as const;
    const holds = [{ lineId: "SO-1-1", blocks: ["pick"] } as const];
    expect(one(orderWith({ holds })).slice(0, 2)).toEqual([true, ["new"]]);
    expect(one(orderWith({ holds: holds.map((hold) => ({ ...hold, ...later })) })).slice(0, 2)).toEqual([
      true,
      ["new"],
    ]);
  });

  it("rule 2: an order with nothing to serve is out", () => {
    expect(one(order("SO-1", line({ picked: "3" })))).toEqual([false, [], [["participants.nothing_waiting", {}]]]);
  });

  it("rule 2: one class that lets it in is enough, and every class has its reason", () => {
    const both = order("SO-1", BACKFILL, DEFERRED, ALLOCATED, {});
    const policy = { ...NONE, allocatedNotShipped: ALL.allocatedNotShipped, new: { include: true } };
    expect(select([both], policy)).toMatchObject([
      {
        takesPart: true,
        classes: ["deferred", "backfill", "allocatedNotShipped", "new"],
        as: "allocatedNotShipped",
        rank: 4,
        reasons: [
          { code: "participants.class_left_out" },
          { code: "participants.class_left_out" },
          { code: "participants.keeps_reservation" },
          { code: "participants.included" },
        ],
      },
    ]);
  });

  it.each<readonly [string, Order]>([
    ["deferred", order("SO-1", DEFERRED)],
    ["backfill", order("SO-1", BACKFILL)],
    ["futureDue", wanted("2026-03-07")],
    ["allocatedNotShipped", order("SO-1", ALLOCATED)],
    ["holdReleased", orderWith({ holds: [RELEASED_HOLD] })],
    ["new", order("SO-1")],
  ])("rule 3: %s, left out by the policy", (participantClass, subject) => {
    expect(one(subject).slice(0, 2)).toEqual([true, [participantClass]]);
    expect(one(subject, NONE)).toEqual([
      false,
      [participantClass],
      [["participants.class_left_out", { participantClass }]],
    ]);
    expect(select([subject], NONE)[0]).toMatchObject({ releases: [] });
    expect(select([subject], NONE)[0]).not.toHaveProperty("rank");
  });

  it("rule 2: says as which class an order is let in that nothing else speaks for", () => {
    expect(one(order("SO-1"))).toEqual([true, ["new"], [["participants.included", { participantClass: "new" }]]]);
    // No field of the order says it.
    expect(select([order("SO-1")])[0]!.reasons.map(({ path }) => path)).toEqual([[]]);
  });

  it.each(["deferred", "backfill"] as const)("rule 4: %s without the condition needs no stock", (bucket) => {
    expect(one(order("SO-1", line({ [bucket]: "4" })))).toEqual([
      true,
      [bucket],
      [["participants.included", { participantClass: bucket }]],
    ]);
  });

  it.each(["deferred", "backfill"] as const)("rule 4: %s only if there is stock now", (bucket) => {
    const subject = order(
      "SO-1",
      line({ [bucket]: "4" }),
      line({ [bucket]: "4" }),
      line({ [bucket]: "1" }, { itemCode: "SALT" }),
      line({ allocated: "1" }, { itemCode: "RICE" }),
    );
    const policy = { ...STOCK_NOW, allocatedNotShipped: NONE.allocatedNotShipped };
    const noStock = ["participants.no_stock_now", { participantClass: bucket, itemCodes: ["TEA", "SALT"] }];
    const leftOut = ["participants.class_left_out", { participantClass: "allocatedNotShipped" }];
    const classes = [bucket, "allocatedNotShipped"];
    const some = (itemCode: string) => ["participants.stock_now", { participantClass: bucket, itemCode }];
    expect(one(subject, policy)).toEqual([false, classes, [noStock, leftOut]]);
    const salt = { itemCode: "SALT", onHand: "0.5" };
    expect(one(subject, policy, anyStock(salt))).toEqual([true, classes, [some("SALT"), leftOut]]);
    for (const useless of [
      { ...salt, reserved: "0.5" },
      { ...salt, condition: "held" as const },
      { ...salt, expiresOn: "2026-03-05" },
      { ...salt, owner: "C-100" },
      { itemCode: "RICE" },
    ])
      expect(one(subject, policy, anyStock(useless))).toEqual([false, classes, [noStock, leftOut]]);
  });

  it("rule 4: goods of a customer serve that customer's draw-downs alone", () => {
    const draw = order("SO-1", { ...BACKFILL, transactionCategory: "depositDraw" });
    expect(one(draw, STOCK_NOW, anyStock({ owner: "C-100" })).slice(0, 2)).toEqual([true, ["backfill"]]);
    expect(one(draw, STOCK_NOW, anyStock({}, { owner: "C-7" })).slice(0, 2)).toEqual([false, ["backfill"]]);
  });

  it.each([
    ["2026-03-06", undefined, undefined, true],
    ["2026-03-08", 3, undefined, true],
    ["2026-03-07", 3, undefined, false],
    ["2026-03-10", 3, "2026-03-07", true],
    ["2026-03-09", 3, "2026-03-07", false],
    ["2026-03-08", 3, "2026-03-01", true],
    ["2026-03-07", 3, "2026-03-01", false],
    ["2026-03-08", undefined, "2026-03-07", true],
    ["2026-03-07", undefined, "2026-03-07", false],
  ])("rule 4: a lot until %s for a line that needs %s days on %s: %s", (expiresOn, life, day, isIn) => {
    const lines = [{ ...BACKFILL, ...(life === undefined ? {} : { minimumRemainingLifeDays: life }) }];
    const subject = orderWith({ lines, header: day === undefined ? {} : { requestedDeliveryDate: day } });
    expect(one(subject, STOCK_NOW, anyStock({ expiresOn })).slice(0, 1)).toEqual([isIn]);
    expect(one(subject, STOCK_NOW, anyStock({ expiresOn }, { lotNo: "L" })).slice(0, 1)).toEqual([true]);
    expect(one(subject, STOCK_NOW, anyStock({ lotNo: "L" }, { expiresOn })).slice(0, 1)).toEqual([true]);
    expect(
      one(subject, STOCK_NOW, anyStock({ expiresOn: "2026-03-06", lotNo: "L" }, { expiresOn })).slice(0, 1),
    ).toEqual([isIn]);
    expect(
      one(subject, STOCK_NOW, anyStock({ expiresOn }, { expiresOn: "2026-03-06", lotNo: "L" })).slice(0, 1),
    ).toEqual([isIn]);
  });

  it("rule 4: what others are to give back counts, unless they are held or the place may not be used", () => {
    const short = order("SO-1", BACKFILL);
    const giver = order("SO-2", ALLOCATED);
    const stock = anyStock({ onHand: "4", reserved: "4" });
    const isIn = (policy: ParticipantPolicy, ...more: Parameters<typeof stockOf>) =>
      select([short, more[0]], policy, stockOf(...more)).find(({ orderNo }) => orderNo === "SO-1")?.takesPart;
    const stockOf = (_giver: Order, positions: readonly StockPosition[] = stock) => positions;
    expect(isIn(RELEASE, giver)).toBe(true);
    expect(isIn(STOCK_NOW, giver)).toBe(false);
    expect(isIn({ ...RELEASE, allocatedNotShipped: NONE.allocatedNotShipped }, giver)).toBe(false);
    expect(isIn(RELEASE, giver, anyStock({ onHand: "4", reserved: "4", condition: "held" }))).toBe(false);
    expect(isIn(RELEASE, giver, anyStock({ onHand: "4", reserved: "4", warehouseId: "SOUTH" }))).toBe(false);
    expect(isIn(RELEASE, orderWith({ orderNo: "SO-2", lines: [ALLOCATED], holds: [{}] }))).toBe(false);
    const lineHold = { lineId: "SO-2-1" };
    expect(isIn(RELEASE, orderWith({ orderNo: "SO-2", lines: [ALLOCATED, {}], holds: [lineHold] }))).toBe(false);
  });

  it("rule 5: what goes with the next order waits for another order of the customer that takes part", () => {
    const shortages = [{ bucket: "backfill", mode: "withNextOrder", quantity: "4" }] as const;
    const lines = [{ quantities: { open: "0", delivered: "1" }, shortages }];
    const subject = order("SO-1", ...lines);
    const out = [false, ["backfill"], [["participants.no_next_order", { customerCode: "C-100" }]]];
    expect(one(subject)).toEqual(out);
    const isIn = (subjectNow: Order, ...others: readonly Order[]) =>
      select([subjectNow, ...others])
        .filter(({ orderNo }) => orderNo === "SO-1")
        .map(({ reasons }) => reasons[0]?.code)[0];
    expect(isIn(subject, order("SO-2"))).toBe("participants.included");
    expect(isIn(subject, orderWith({ orderNo: "SO-2", header: { customerCode: "C-7" } }))).toMatch("no_next_order");
    expect(isIn(subject, orderWith({ orderNo: "SO-2", holds: [{}] }))).toMatch("no_next_order");
    expect(isIn(subject, order("SO-2", ALLOCATED))).toMatch("no_next_order");
    const future = orderWith({ orderNo: "SO-2", header: { requestedDeliveryDate: "2026-03-20" } });
    expect(isIn(subject, future)).toMatch("no_next_order");
    // Its own open line is no next order; that of the other one is.
    expect(isIn(order("SO-1", ...lines, {}))).toMatch("no_next_order");
    expect(isIn(order("SO-1", ...lines, {}), order("SO-2"))).toBe("participants.included");
  });

  it("rule 6: allocated and not shipped keeps what it has, or says what it gives back", () => {
    const places = [
      { warehouseId: "NORTH", lotNo: "L-1", quantities: { allocated: "3", picked: "1" } },
      { warehouseId: "SOUTH", quantities: { picked: "2" } },
      { warehouseId: "SOUTH", lotNo: "L-2", quantities: { allocated: "1" } },
    ];
    const subject = order("SO-1", { orderedQty: "7", reservations: places });
    expect(select([subject])).toEqual([
      {
        orderNo: "SO-1",
        takesPart: true,
        classes: ["allocatedNotShipped"],
        as: "allocatedNotShipped",
        rank: 4,
        reasons: [{ code: "participants.keeps_reservation", path: [], params: {} }],
        releases: [],
      },
    ]);
    expect(select([subject], RELEASE)).toMatchObject([
      {
        reasons: [{ code: "participants.releases_reservation" }],
        releases: [
          { lineId: "SO-1-1", itemCode: "TEA", source: { warehouseId: "NORTH", lotNo: "L-1" }, quantity: "3" },
          { lineId: "SO-1-1", itemCode: "TEA", source: { warehouseId: "SOUTH", lotNo: "L-2" }, quantity: "1" },
        ],
      },
    ]);
  });

  it("rule 7: the hold that ended last, at the instant of the run or before, is the reason", () => {
    const early = { ...RELEASED_HOLD, holdId: "H-0", endedAt: "2026-03-04T10:00:00.000Z" } as const;
    const reason = [["participants.hold_released", { holdId: "H", endedAt: RELEASED_HOLD.endedAt }]];
    expect(one(orderWith({ holds: [early, RELEASED_HOLD] }))).toEqual([true, ["holdReleased"], reason]);
    expect(one(orderWith({ holds: [RELEASED_HOLD, early] }))).toEqual([true, ["holdReleased"], reason]);
    const { endedAt: _, ...undated } = RELEASED_HOLD;
    expect(one(orderWith({ holds: [undated] }))).toEqual([
      true,
      ["holdReleased"],
      [["participants.hold_released", { holdId: "H" }]],
    ]);
  });

  it("rule 7: holds for other work, on other lines or with nothing open make no hold released", () => {
    expect(one(orderWith({ holds: [{ ...RELEASED_HOLD, blocks: ["pick"] }] })).slice(0, 2)).toEqual([true, ["new"]]);
    const lines = [{}, ALLOCATED];
    const onLine = (no: number) => orderWith({ lines, holds: [{ ...RELEASED_HOLD, lineId: `SO-1-${no}` }] });
    expect(one(onLine(1)).slice(0, 2)).toEqual([true, ["allocatedNotShipped", "holdReleased"]]);
    expect(one(onLine(2)).slice(0, 2)).toEqual([true, ["allocatedNotShipped", "new"]]);
    expect(one(orderWith({ lines: [BACKFILL], holds: [RELEASED_HOLD] })).slice(0, 2)).toEqual([true, ["backfill"]]);
  });

  it.each([
    ["2026-03-04", true, "new", "participants.included", {}],
    ["2026-03-05", true, "futureDue", "participants.due", { shipDay: "2026-03-05", leadDays: 2 }],
    ["2026-03-07", true, "futureDue", "participants.due", { shipDay: "2026-03-07", leadDays: 2 }],
    ["2026-03-08", false, "futureDue", "participants.not_due", { shipDay: "2026-03-08", dueDay: "2026-03-06" }],
  ])("rule 8: an order of 2 March for %s", (day, isIn, participantClass, code, params) => {
    expect(one(wanted(day))).toMatchObject([isIn, [participantClass], [[code, params]]]);
  });

  it("rule 8: an order that is not due is in no other class of open quantity", () => {
    const held = (day: string): Order => wanted(day, { holds: [RELEASED_HOLD] });
    expect(one(held("2026-03-08")).slice(0, 2)).toEqual([false, ["futureDue"]]);
    expect(one(held("2026-03-07")).slice(0, 2)).toEqual([true, ["futureDue", "holdReleased"]]);
    expect(one(held("2026-03-07"), { ...ALL, futureDue: NONE.futureDue })).toMatchObject([
      true,
      ["futureDue", "holdReleased"],
      [
        ["participants.class_left_out", {}],
        ["participants.hold_released", {}],
      ],
    ]);
  });

  it("rule 8: the host may know the day of shipment", () => {
    const at = (day: string | undefined): Now => ({
      ...NOW,
      shipDay: () => (day === undefined ? undefined : calendarDay(day)),
    });
    expect(one(wanted("2026-03-20"), ALL, [], at("2026-03-07")).slice(0, 2)).toEqual([true, ["futureDue"]]);
    expect(one(wanted("2026-03-07"), ALL, [], at("2026-03-20")).slice(0, 2)).toEqual([false, ["futureDue"]]);
    expect(one(wanted("2026-03-20"), ALL, [], at(undefined)).slice(0, 2)).toEqual([true, ["new"]]);
  });

  it("ranks what was promised first in front, and puts who is out last", () => {
    const orders = [
      orderWith({ orderNo: "SO-0", holds: [{}] }),
      order("SO-1"),
      orderWith({ orderNo: "SO-2", holds: [RELEASED_HOLD] }),
      order("SO-3", ALLOCATED),
      orderWith({ orderNo: "SO-4", header: { requestedDeliveryDate: "2026-03-07" } }),
      order("SO-5", BACKFILL),
      order("SO-6", DEFERRED),
      orderWith({ orderNo: "SO-7", header: { preBooked: true } }),
      orderWith({ orderNo: "SO-8", header: { receivedAt: "2026-03-01T08:00:00.000Z" } }),
    ];
    expect(select(orders).map(({ orderNo, rank }) => [orderNo, rank])).toEqual([
      ["SO-7", 0],
      ["SO-6", 1],
      ["SO-5", 2],
      ["SO-4", 3],
      ["SO-3", 4],
      ["SO-2", 5],
      ["SO-8", 6],
      ["SO-1", 6],
      ["SO-0", undefined],
    ]);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s lead days", (leadDays) => {
    const result = selectParticipants([], [], { ...ALL, futureDue: { include: true, leadDays } }, NOW);
    expect(!result.ok && result.issues).toEqual([
      {
        code: "participants.lead_days_out_of_range",
        path: ["policy", "futureDue", "leadDays"],
        params: { leadDays },
      },
    ]);
  });

  it("throws when an order is listed twice", () => {
    expect(() => select([order("SO-1"), order("SO-1")])).toThrow(RangeError);
  });
});

function anyPolicy(): Arbitrary<ParticipantPolicy> {
  const include = fc.boolean();
  const plain = fc.record({ include }, { noNullPrototype: true });
  const short = fc.record({ include, onlyIfStockNow: fc.boolean() }, { noNullPrototype: true });
  return fc.record(
    {
      deferred: short,
      backfill: short,
      futureDue: fc.record({ include, leadDays: fc.nat({ max: 4 }) }, { noNullPrototype: true }),
      allocatedNotShipped: fc.record(
        { include, reservation: fc.constantFrom("keep" as const, "release" as const) },
        { noNullPrototype: true },
      ),
      holdReleased: plain,
      new: plain,
    },
    { noNullPrototype: true },
  );
}

/** Some orders with goods reserved besides those that wait. */
function world() {
  return fc.tuple(smallWorld(), fc.nat({ max: 3 })).map(([{ orders, stock }, places]) => ({
    stock: [...stock, ...anyStock({ itemCode: "TEA", binId: "R", onHand: "9", reserved: "9" })],
    orders: [
      ...orders,
      ...Array.from({ length: places }, (_, place) =>
        order(`SO-R${place}`, { reservations: [{ warehouseId: "NORTH", binId: "R", quantities: { allocated: "3" } }] }),
      ),
    ],
  }));
}

describe("laws of selectParticipants (definition B3)", () => {
  it("every order has exactly one answer with a reason; those that take part come first, by rank", () => {
    fc.assert(
      fc.property(world(), anyPolicy(), ({ orders, stock }, policy) => {
        const answers = select(deepFreeze(orders), policy, deepFreeze(stock));
        expect(answers.map(({ orderNo }) => orderNo).sort()).toEqual(orders.map(({ orderNo }) => orderNo).sort());
        const ranks = answers.map(({ rank }) => rank ?? 99);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        for (const { takesPart, rank, as, classes, reasons } of answers) {
          expect(reasons.length).toBeGreaterThan(0);
          expect([rank !== undefined, as !== undefined]).toEqual([takesPart, takesPart]);
          expect(as === undefined || classes.includes(as)).toBe(true);
        }
        expect(JSON.parse(JSON.stringify(answers))).toEqual(answers);
      }),
    );
  });

  it("permutation: the order of orders and stock changes nothing", () => {
    fc.assert(
      fc.property(world(), anyPolicy(), fc.infiniteStream(fc.nat()), ({ orders, stock }, policy, dice) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((each) => [dice.next().value as number, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each);
        expect(select(shuffled(orders), policy, shuffled(stock))).toEqual(select(orders, policy, stock));
      }),
    );
  });

  it("independence: orders of other customers for other items change no answer", () => {
    const foreign = (orders: readonly Order[]): Order[] =>
      orders.map((each) => ({
        ...each,
        orderNo: `X-${each.orderNo}`,
        header: { ...each.header, customerCode: `X-${each.header.customerCode}` },
        lines: each.lines.map((own) => ({ ...own, itemCode: `X-${own.itemCode}` })),
      }));
    fc.assert(
      fc.property(world(), world(), anyPolicy(), ({ orders, stock }, others, policy) => {
        const more = select([...foreign(others.orders), ...orders], policy, stock);
        expect(more.filter(({ orderNo }) => !orderNo.startsWith("X-"))).toEqual(select(orders, policy, stock));
      }),
    );
  });

  it("monotony: where a policy lets in more classes, nobody falls out", () => {
    fc.assert(
      fc.property(world(), anyPolicy(), ({ orders, stock }, policy) => {
        const open = (each: { readonly include: boolean }) => ({ ...each, include: true });
        const wider: ParticipantPolicy = { ...policy, new: open(policy.new), holdReleased: open(policy.holdReleased) };
        const inBefore = select(orders, policy, stock).filter(({ takesPart }) => takesPart);
        const inAfter = new Set(
          select(orders, wider, stock).flatMap(({ orderNo, takesPart }) => (takesPart ? orderNo : [])),
        );
        expect(inBefore.filter(({ orderNo }) => !inAfter.has(orderNo))).toEqual([]);
      }),
    );
  });
});
