import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch, type AllocateBatchContext } from "../../../src/allocation/allocate-batch.js";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import { checkAllocationPolicy } from "../../../src/allocation/check-allocation-policy.js";
import { explainAllocation } from "../../../src/allocation/explain-allocation.js";
import { partitionBatch } from "../../../src/allocation/partition-batch.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ChosenSourcing } from "../../../src/allocation/sourcing-policy.js";
import { chooseWarehouses } from "../../../src/allocation/sourcing/choose-warehouses.js";
import type {
  OfferedQuantity,
  WarehouseDay,
  WarehouseLimit,
  WarehousePolicy,
} from "../../../src/allocation/sourcing/warehouse-policy.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { LocalTime } from "../../../src/core/time-zone.js";
import { describeAllocation } from "../../../src/messages/describe-allocation.js";
import { firstDayInTime } from "../../../src/model/cut-off.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { parseAllocationPlan } from "../../../src/schema/index.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  checkBatchOutcome,
  deepFreeze,
  type AnyOrder,
} from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

const linesOf = (counts: Readonly<Record<string, number>>, strength: "hard" | "soft" = "hard"): WarehouseLimit => ({
  kind: "maxLinesPerDay",
  strength,
  warehouses: Object.entries(counts).map(([warehouseId, count]) => ({ warehouseId, count })),
});
const cutOffAt = (
  times: Readonly<Record<string, string>>,
  strength: "hard" | "soft" = "hard",
  timeZone = "Europe/Berlin",
): WarehouseLimit => ({
  kind: "cutOff",
  strength,
  cutOffs: Object.entries(times).map(([warehouseId, cutOff]) => ({
    warehouseId,
    cutOff: cutOff as LocalTime,
    timeZone,
  })),
});
const taken = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([warehouseId, count]) => ({ warehouseId, count }));
const has = (itemCode: string, warehouseId: string, quantity: string, unitCost = "0"): OfferedQuantity => ({
  itemCode,
  warehouseId,
  quantity: decimal(quantity),
  unitCost: decimal(unitCost),
});

/** Needs of five units of each item, by letters; stock and cost by item and warehouse: `A:N5@2` is 5 in N at 2. */
function choose(
  items: string,
  offers: string,
  limits: readonly WarehouseLimit[],
  more: Partial<WarehousePolicy> = {},
  day: WarehouseDay = {},
) {
  const stock = offers.split(" ").map((offer) => {
    const [, item, site, quantity, cost] = /^(\w):(\w)(\d+)@(\d+)$/.exec(offer)!;
    return has(item!, site!, quantity!, cost);
  });
  const ids = [...new Set(stock.map(({ warehouseId }) => warehouseId))];
  const result = chooseWarehouses(
    Array.from(items).map((itemCode) => ({ itemCode, quantity: decimal("5") })),
    ids.map((warehouseId) => ({ warehouseId })),
    stock,
    { strategy: { kind: "leastCost" }, limits, steps: 10_000, ...more },
    day,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
const shown = ({ takes }: ReturnType<typeof choose>): string =>
  takes.map(({ itemCode, warehouseId, quantity }) => `${itemCode}:${warehouseId}${quantity}`).join(" ");

describe("chooseWarehouses: lines that a warehouse takes in a day (mission 9.7; definition B5)", () => {
  const twoItems = "A:N5@1 B:N5@1 A:S5@2 B:S5@4";

  it.each([
    ["without a limit all from the cheapest", "AB", twoItems, [], "A:N5 B:N5"],
    ["with room for all", "AB", twoItems, [linesOf({ N: 2 })], "A:N5 B:N5"],
    ["with room for one, the other at the least cost", "AB", twoItems, [linesOf({ N: 1 })], "A:S5 B:N5"],
    ["with room for none", "AB", twoItems, [linesOf({ N: 0 })], "A:S5 B:S5"],
    ["with no more room than it takes", "AB", twoItems, [linesOf({ N: 1, S: 1 })], "A:S5 B:N5"],
    ["of two limits the narrower one", "AB", twoItems, [linesOf({ N: 2 }), linesOf({ N: 1 })], "A:S5 B:N5"],
    ["a warehouse that is not listed has room", "AB", twoItems, [linesOf({ X: 0 })], "A:N5 B:N5"],
    ["a part counts like the whole", "AB", "A:N3@1 B:N5@1 A:S5@2 B:S5@4", [linesOf({ N: 1 })], "A:S5 B:N5"],
    [
      "a split takes a line in each",
      "AB",
      "A:N3@1 A:S3@2 B:N5@1 B:S5@9 B:W5@3",
      [linesOf({ N: 2, S: 1, W: 0 })],
      "A:N3 A:S2 B:N5",
    ],
    [
      "a split over two others leaves no room, so one of its parts is dearer",
      "AB",
      "A:N3@1 A:S3@1 A:W5@7 B:N5@1 B:S5@1",
      [linesOf({ N: 1, S: 1 })],
      "A:N3 A:W2 B:S5",
    ],
    [
      "together with a limit to the warehouses of a line",
      "AB",
      "A:N2@0 A:S2@1 A:W5@5 A:X3@2 B:N5@1 B:W5@9",
      [linesOf({ N: 1 }), { kind: "maxWarehousesPerLine", strength: "hard", count: 2 }] satisfies WarehouseLimit[],
      "A:S2 A:X3 B:N5",
    ],
  ])("%s", (_case, items, offers, limits, expected) => {
    const choice = choose(items, offers, limits);
    expect(shown(choice)).toBe(expected);
    expect(choice).toMatchObject({ missing: [], dropped: [], optimal: true });
  });

  it("counts what was taken before, and says which warehouse has no line left", () => {
    const choice = choose("AB", twoItems, [linesOf({ N: 3 })], {}, { linesTaken: taken({ N: 2, S: 99 }) });
    expect(shown(choice)).toBe("A:S5 B:N5");
    const full = choose("AB", twoItems, [linesOf({ N: 3 })], {}, { linesTaken: taken({ N: 4 }) });
    expect(full.reasons).toEqual([
      { warehouseId: "N", code: "no_lines_left" },
      { warehouseId: "S", code: "used" },
    ]);
  });

  it("serves what it can where lines do not suffice, and does not call it proven", () => {
    const choice = choose("ABC", "A:N5@1 B:N5@1 C:N5@1 C:S5@1", [linesOf({ N: 1, S: 1 })]);
    expect(shown(choice)).toBe("A:N5 C:S5");
    expect(choice.missing).toEqual([{ itemCode: "B", quantity: "5", code: "limits" }]);
    expect(choice.optimal).toBe(false);
  });

  it.each([
    ["gives way where it leaves something unserved", "A:N5@1 B:N5@1", ["maxLinesPerDay"], "A:N5 B:N5"],
    ["is kept where another warehouse can do it", twoItems, [], "A:S5 B:N5"],
  ])("a soft one %s, and is named", (_case, offers, dropped, expected) => {
    const choice = choose("AB", offers, [linesOf({ N: 1 }, "soft")]);
    expect([choice.dropped.map(({ kind }) => kind), shown(choice), choice.optimal]).toEqual([dropped, expected, true]);
  });

  it("one warehouse for the whole order needs room for all of it", () => {
    const whole = { strategy: { kind: "wholeFromOne" as const } };
    const roomy = choose("AB", twoItems, [linesOf({ N: 1, S: 2 })], whole);
    expect([shown(roomy), roomy.optimal]).toEqual(["A:S5 B:S5", true]);
    const tight = choose("AB", twoItems, [linesOf({ N: 1, S: 1 })], whole);
    expect([shown(tight), tight.optimal]).toEqual(["", true]);
  });

  it("where a limit leaves a part unserved, takes what serves most, and of that what costs least", () => {
    const one: WarehouseLimit = { kind: "maxWarehouses", strength: "hard", count: 1 };
    const choice = choose("AB", "A:N4@100 B:N1@100 A:S5@1 B:W5@2", [one]);
    expect([shown(choice), choice.optimal, choice.missing]).toEqual([
      "A:S5",
      false,
      [{ itemCode: "B", quantity: "5", code: "limits" }],
    ]);
    expect(shown(choose("AB", "A:N4@100 B:N2@100 A:S5@1 B:W5@0", [one]))).toBe("A:N4 B:N2");
    expect(shown(choose("AB", "A:S5@1 B:W5@0", [one]))).toBe("B:W5");
  });

  it("a group that fails within the limits puts back what it had taken on, for the lines after it", () => {
    const limits: WarehouseLimit[] = [
      {
        kind: "safetyStock",
        strength: "hard",
        quantities: [{ itemCode: "TEA", warehouseId: "NORTH", quantity: decimal("4") }],
      },
    ];
    const together = { orderedQty: "4", deliveryGroup: "G" };
    const order = anyOrder({ stage: "confirmed", lines: [together, together, { orderedQty: "6" }] });
    const plan = planAllocation([order], anyStock({ warehouseId: "NORTH", onHand: "10" }), {
      ...anyContext(),
      policy: policyWith(limits),
      today: TODAY,
    });
    expect(plan.orders[0]?.lines.map(({ allocated, code }) => [allocated, code])).toEqual([
      ["0", "sourcing_limits"],
      ["0", "sourcing_limits"],
      ["6", "served_in_full"],
    ]);
  });

  it("stops when its steps are spent, and for very many items, and still keeps the limit", () => {
    const items = "ABCDEFGHIJ";
    const offers = Array.from(items)
      .map((item) => `${item}:N5@1 ${item}:S5@2 ${item}:W5@3`)
      .join(" ");
    const choice = choose(items, offers, [linesOf({ N: 4, S: 4, W: 4 })], { steps: 12 });
    expect(choice.optimal).toBe(false);
    expect(choice.steps).toBeLessThanOrEqual(12);
    for (const id of ["N", "S", "W"])
      expect(choice.takes.filter(({ warehouseId }) => warehouseId === id).length).toBeLessThanOrEqual(4);
    const many = Array.from({ length: 2500 }, (_, place) => `I-${place}`);
    const result = chooseWarehouses(
      many.map((itemCode) => ({ itemCode, quantity: decimal("1") })),
      [{ warehouseId: "N" }, { warehouseId: "S" }],
      many.flatMap((itemCode) => [has(itemCode, "N", "1"), has(itemCode, "S", "1", "1")]),
      { strategy: { kind: "leastCost" }, limits: [linesOf({ N: 2000 })], steps: 100_000 },
    );
    expect(result.ok && [result.value.takes.length, result.value.cost, result.value.optimal]).toEqual([
      2500,
      "500",
      false,
    ]);
  });
});

describe("chooseWarehouses: cut-offs (mission 4.10, 9.7; definitions B5, B12)", () => {
  const offers = "A:N5@1 A:S5@2";
  const day = (receivedAt: string): WarehouseDay => ({
    receivedAt: instant(receivedAt),
    shipDay: calendarDay("2026-03-02"),
  });

  it.each([
    ["in time", "2026-03-02T12:59:59Z", "A:N5", "used", "2026-03-02"],
    ["at the very moment", "2026-03-02T13:00:00Z", "A:S5", "after_cut_off", "2026-03-03"],
    ["late", "2026-03-02T22:59:59Z", "A:S5", "after_cut_off", "2026-03-03"],
    ["the evening before: it ships on the day", "2026-03-01T20:00:00Z", "A:N5", "used", "2026-03-02"],
    ["long before", "2026-02-01T20:00:00Z", "A:N5", "used", "2026-03-02"],
    ["after midnight there, on the next day", "2026-03-02T23:00:00Z", "A:S5", "after_cut_off", "2026-03-03"],
  ])("an order received %s", (_case, receivedAt, expected, code, shipsOn) => {
    const choice = choose("A", offers, [cutOffAt({ N: "14:00" })], {}, day(receivedAt));
    expect([shown(choice), choice.reasons[0], choice.reasons[1]?.shipsOn]).toEqual([
      expected,
      { warehouseId: "N", code, shipsOn },
      undefined,
    ]);
  });

  it("a soft one lets the warehouse in where nobody else has the goods: they leave a day later", () => {
    const limits = [cutOffAt({ N: "14:00" }, "soft")];
    const late = day("2026-03-02T14:00:00Z");
    const only = choose("A", "A:N5@1", limits, {}, late);
    expect([shown(only), only.dropped, only.reasons[0]]).toEqual([
      "A:N5",
      limits,
      { warehouseId: "N", code: "used", shipsOn: "2026-03-03" },
    ]);
    expect(choose("A", offers, limits, {}, late)).toMatchObject({ dropped: [], takes: [{ warehouseId: "S" }] });
  });

  // 2 March 2026 is a Monday.
  it.each<[string, string, string, object, string | undefined]>([
    ["in time on an open day", "2026-03-06", "2026-03-06T12:00:00Z", { closedWeekdays: [6, 7] }, undefined],
    ["late on Friday: on Monday", "2026-03-06", "2026-03-06T13:00:00Z", { closedWeekdays: [6, 7] }, "2026-03-09"],
    ["on a Sunday in time: on Monday", "2026-03-08", "2026-03-08T06:00:00Z", { closedWeekdays: [7] }, "2026-03-09"],
    ["on the day before an open one", "2026-03-05", "2026-03-05T13:00:00Z", { closedWeekdays: [6, 7] }, "2026-03-06"],
    [
      "late before a week-end and a holiday: on Wednesday",
      "2026-03-06",
      "2026-03-06T13:00:00Z",
      { closedWeekdays: [6, 7], closedDays: ["2026-03-10", "2026-03-09"] },
      "2026-03-11",
    ],
    [
      "in time on a holiday: the day after",
      "2026-03-04",
      "2026-03-04T06:00:00Z",
      { closedDays: ["2026-03-04"] },
      "2026-03-05",
    ],
    ["early, to leave on a closed day", "2026-03-07", "2026-03-02T06:00:00Z", { closedWeekdays: [6] }, "2026-03-08"],
  ])("nothing leaves on closed days: an order received %s", (_case, today, receivedAt, closed, later) => {
    const [cutOff] = [cutOffAt({ N: "14:00" }, "soft")] as const;
    if (cutOff.kind !== "cutOff") throw new Error("not a cut-off");
    const limits: WarehouseLimit[] = [{ ...cutOff, cutOffs: cutOff.cutOffs.map((one) => ({ ...one, ...closed })) }];
    const when = { receivedAt: instant(receivedAt), shipDay: calendarDay(today) };
    const choice = choose("A", "A:N5@1", limits, {}, when);
    expect([choice.reasons, choice.dropped]).toEqual([
      [{ warehouseId: "N", code: "used", shipsOn: later ?? today }],
      later === undefined ? [] : limits,
    ]);
    const hard = choose(
      "A",
      "A:N5@1",
      limits.map((limit) => ({ ...limit, strength: "hard" })),
      {},
      when,
    );
    expect(hard.reasons[0]?.code).toBe(later === undefined ? "used" : "after_cut_off");
  });

  it("of two cut-offs of a warehouse the earlier one counts, each in its own time zone", () => {
    const early = [cutOffAt({ N: "14:00" }), cutOffAt({ N: "14:00" }, "hard", "Asia/Tokyo")];
    expect(choose("A", offers, early, {}, day("2026-03-02T06:00:00Z")).reasons[0]?.shipsOn).toBe("2026-03-03");
    expect(choose("A", offers, early.toReversed(), {}, day("2026-03-02T06:00:00Z")).reasons[0]?.code).toBe(
      "after_cut_off",
    );
    expect(choose("A", offers, early, {}, day("2026-03-02T04:59:59Z")).reasons[0]?.code).toBe("used");
  });

  it.each([{}, { receivedAt: instant("2026-03-02T06:00:00Z") }, { shipDay: calendarDay("2026-03-02") }])(
    "throws where receipt or day are not told: %j",
    (told) => {
      expect(() => choose("A", offers, [cutOffAt({ N: "14:00" })], {}, told)).toThrow(RangeError);
    },
  );
});

describe("firstDayInTime (mission 4.10; definition B12)", () => {
  it.each([
    ["2026-03-02T14:59:59.999Z", "16:00", "Europe/Berlin", "2026-03-02"],
    ["2026-03-02T15:00:00Z", "16:00", "Europe/Berlin", "2026-03-03"],
    ["2026-02-28T23:30:00Z", "12:00", "Europe/Berlin", "2026-03-01"],
    ["2026-12-31T20:00:00Z", "00:00", "UTC", "2027-01-01"],
    // Summer time has begun: 16:00 is an hour earlier.
    ["2026-03-29T14:00:00Z", "16:00", "Europe/Berlin", "2026-03-30"],
  ])("%s with a cut-off at %s in %s: %s", (receivedAt, cutOff, timeZone, expected) => {
    expect(firstDayInTime(instant(receivedAt), { cutOff: cutOff as LocalTime, timeZone })).toBe(expected);
  });
});

describe("what cannot be meant (mission 9.7)", () => {
  it("is refused, with its place", () => {
    const cutOffs = [
      { warehouseId: "N", cutOff: "24:00" as LocalTime, timeZone: "Europe/Berlin" },
      { warehouseId: "N", cutOff: "16:00" as LocalTime, timeZone: "Nowhere", closedWeekdays: [1, 0, 8, 1.5] },
      { warehouseId: "S", cutOff: "16:00" as LocalTime, timeZone: "UTC", closedWeekdays: [1, 2, 3, 4, 5, 6] },
      { warehouseId: "W", cutOff: "16:00" as LocalTime, timeZone: "UTC", closedWeekdays: [7, 1, 2, 3, 4, 5, 6] },
    ];
    const limits: WarehouseLimit[] = [
      { kind: "maxLinesPerDay", strength: "hard", warehouses: [...taken({ N: 0, S: -1, W: 1.5 }), ...taken({ N: 1 })] },
      { kind: "cutOff", strength: "soft", cutOffs },
    ];
    const policy: WarehousePolicy = { strategy: { kind: "leastCost" }, limits, steps: 9 };
    const day = { ...{ linesTaken: [...taken({ N: 1, S: -1 }), ...taken({ N: 1 })] } };
    const result = chooseWarehouses([], [], [], policy, day);
    expect(result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "sourcing.listed_twice limits.0.warehouses.3",
      "sourcing.bad_line_count limits.0.warehouses.1.count",
      "sourcing.bad_line_count limits.0.warehouses.2.count",
      "sourcing.listed_twice limits.1.cutOffs.1",
      "sourcing.bad_cut_off limits.1.cutOffs.0.cutOff",
      "sourcing.unknown_time_zone limits.1.cutOffs.1.timeZone",
      "sourcing.bad_weekday limits.1.cutOffs.1.closedWeekdays.1",
      "sourcing.bad_weekday limits.1.cutOffs.1.closedWeekdays.2",
      "sourcing.bad_weekday limits.1.cutOffs.1.closedWeekdays.3",
      "sourcing.never_open limits.1.cutOffs.3.closedWeekdays",
      "sourcing.listed_twice linesTaken.2",
      "sourcing.bad_line_count linesTaken.1.count",
    ]);
    const sourcing: ChosenSourcing = { kind: "chosen", ...policy, areas: [], otherwise: [] };
    const faults = checkAllocationPolicy({ priority: [], sourcing, lots: "fifo" });
    expect(faults.map(({ path }) => path.slice(0, 3).join("."))).toEqual([
      ...Array.from({ length: 3 }, () => "sourcing.limits.0"),
      ...Array.from({ length: 7 }, () => "sourcing.limits.1"),
    ]);
  });
});

const SOURCING: ChosenSourcing = {
  kind: "chosen",
  strategy: { kind: "leastCost" },
  limits: [],
  steps: 10_000,
  areas: [],
  otherwise: [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH", fixedCost: decimal("1") }],
};
const policyWith = (limits: readonly WarehouseLimit[], more: Partial<AllocationPolicy> = {}): AllocationPolicy => ({
  priority: [],
  sourcing: { ...SOURCING, limits },
  lots: "fifo",
  ...more,
});
const allocate = (
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: AllocationPolicy,
  more: Partial<AllocateBatchContext> = {},
) => allocateBatch(deepFreeze(orders), deepFreeze(stock), { ...anyContext(), policy, today: TODAY, ...more });
const order = (
  orderNo: string,
  lines: AnyOrder["lines"] = [{ orderedQty: "2" }],
  header: AnyOrder["header"] = {},
): Order => anyOrder({ orderNo, stage: "confirmed", lines, header });
const from = ({ movements }: ReturnType<typeof allocate>): string[] =>
  movements.map(({ lineId, quantity, warehouseId }) => `${lineId} ${quantity} ${warehouseId}`);
const plenty = anyStock(
  ...["NORTH", "SOUTH"].flatMap((warehouseId) =>
    ["TEA", "SALT"].map((itemCode) => ({ itemCode, warehouseId, onHand: "50" })),
  ),
);

describe("allocateBatch: lines of a day, shared in the order of service (mission 9.2, 9.7; definition B5)", () => {
  const three = ["SO-3", "SO-1", "SO-2"].map((orderNo) => order(orderNo));

  it("who is served first takes the lines, whatever the order of the input", () => {
    const limits = [linesOf({ NORTH: 2 })];
    expect(from(allocate(three, plenty, policyWith(limits)))).toEqual([
      "SO-1-1 2 NORTH",
      "SO-2-1 2 NORTH",
      "SO-3-1 2 SOUTH",
    ]);
    const first = { priority: [{ key: "orderNo" as const, direction: "descending" as const }] };
    expect(from(allocate(three, plenty, policyWith(limits, first)))).toEqual([
      "SO-3-1 2 NORTH",
      "SO-2-1 2 NORTH",
      "SO-1-1 2 SOUTH",
    ]);
  });

  it("lines taken before the run count", () => {
    const policy = policyWith([linesOf({ NORTH: 5 })]);
    const linesTaken = taken({ NORTH: 4 });
    expect(from(allocate(three, plenty, policy, { linesTaken }))[1]).toBe("SO-2-1 2 SOUTH");
    for (const bad of [taken({ NORTH: -1 }), taken({ NORTH: 0.5 }), [...taken({ NORTH: 1 }), ...taken({ NORTH: 1 })]])
      expect(() => allocate(three, plenty, policy, { linesTaken: bad })).toThrow(RangeError);
    expect(from(allocate(three, plenty, policyWith([]), { linesTaken: taken({ NORTH: -1 }) }))).toHaveLength(3);
  });

  it("each item of an order is a line, two lines of one item are one", () => {
    const teaTwice = order("SO-1", [{ orderedQty: "2" }, { orderedQty: "3" }]);
    const both = order("SO-2", [{ orderedQty: "1" }, { itemCode: "SALT", orderedQty: "1" }]);
    const warehouses = (most: number): string[] =>
      from(allocate([teaTwice, both], plenty, policyWith([linesOf({ NORTH: most })]))).map((take) => take.slice(-5));
    expect(warehouses(3)).toEqual(["NORTH", "NORTH", "NORTH", "NORTH"]);
    expect(warehouses(2)).toEqual(["NORTH", "NORTH", "SOUTH", "SOUTH"]);
    expect(warehouses(0)).toEqual(["SOUTH", "SOUTH", "SOUTH", "SOUTH"]);
  });

  it("who takes nothing takes no line", () => {
    const limits = [linesOf({ NORTH: 1 })];
    const stock = anyStock({ onHand: "5" }, { itemCode: "SALT", onHand: "1" });
    const group = order("SO-1", [{ orderedQty: "2" }, { itemCode: "SALT", orderedQty: "2" }], { shipComplete: true });
    const outcome = allocate([group, order("SO-2")], stock, policyWith(limits));
    expect(from(outcome)).toEqual(["SO-2-1 2 NORTH"]);
  });

  it("says that limits stand against it where only a full warehouse has the goods", () => {
    const outcome = allocate(three, plenty.slice(0, 1), policyWith([linesOf({ NORTH: 1 })]));
    expect(outcome.reasons.map(({ allocated, code }) => `${allocated} ${code}`)).toEqual([
      "2 served_in_full",
      "0 sourcing_limits",
      "0 sourcing_limits",
    ]);
  });

  it("a soft limit gives way there, and every order says so", () => {
    const outcome = allocate(three, plenty.slice(0, 1), policyWith([linesOf({ NORTH: 1 }, "soft")]));
    expect(outcome.reasons.map(({ allocated, sourcing }) => [allocated, sourcing])).toEqual([
      ["2", { kind: "chosen", optimal: true, dropped: [] }],
      ["2", { kind: "chosen", optimal: true, dropped: ["maxLinesPerDay"] }],
      ["2", { kind: "chosen", optimal: true, dropped: ["maxLinesPerDay"] }],
    ]);
  });

  it("goes on counting where what shares leave is offered again", () => {
    const sharing = [{ rule: "equalAwards" as const }];
    const stock = anyStock({ warehouseId: "NORTH", onHand: "3" }, { warehouseId: "SOUTH", onHand: "3" });
    const orders = [order("SO-1", [{ orderedQty: "5" }]), order("SO-2", [{ orderedQty: "5" }])];
    for (const lines of [1, 2, 3]) {
      const { movements } = allocate(orders, stock, policyWith([linesOf({ NORTH: lines, SOUTH: lines })], { sharing }));
      for (const id of ["NORTH", "SOUTH"])
        expect(
          new Set(movements.filter(({ warehouseId }) => warehouseId === id).map(({ lineId }) => lineId)).size,
        ).toBeLessThanOrEqual(lines);
    }
  });

  it("law: no warehouse takes more lines than it may, and all laws hold", () => {
    const line = fc.record({ itemCode: fc.constantFrom("TEA", "SALT"), orderedQty: fc.constantFrom("1", "4", "9") });
    const some = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    const place = fc.record({
      itemCode: fc.constantFrom("TEA", "SALT"),
      warehouseId: fc.constantFrom("NORTH", "SOUTH"),
      onHand: fc.constantFrom("3", "8", "20"),
    });
    const stocks = fc.uniqueArray(place, { selector: ({ itemCode, warehouseId }) => itemCode + warehouseId });
    const counts = fc.record({ NORTH: fc.nat({ max: 4 }), SOUTH: fc.nat({ max: 4 }) });
    fc.assert(
      fc.property(some, stocks, counts, fc.boolean(), fc.boolean(), (wanted, places, most, isShared, isWhole) => {
        const orders = wanted.map((lines, at) =>
          order(`SO-${at}`, lines, at % 2 === 0 && isWhole ? { shipComplete: true } : {}),
        );
        const policy = policyWith([linesOf(most)], isShared ? { sharing: [{ rule: "proportional" }] } : {});
        const stock = places.flatMap((each) => anyStock(each));
        const outcome = allocate(orders, stock, policy, { linesTaken: taken({ NORTH: 1 }) });
        expect(checkBatchOutcome(orders, outcome)).toEqual([]);
        for (const [id, count] of [
          ["NORTH", Math.max(0, most.NORTH - 1)],
          ["SOUTH", most.SOUTH],
        ] as const) {
          const own = outcome.movements.filter(({ warehouseId }) => warehouseId === id);
          expect(new Set(own.map(({ orderNo, itemCode }) => `${orderNo} ${itemCode}`)).size).toBeLessThanOrEqual(count);
        }
        const groups = partitionBatch(orders, policy);
        const apart = groups.map((group) => allocate(group.orders, stock, policy, { linesTaken: taken({ NORTH: 1 }) }));
        expect(apart.flatMap(from).sort()).toEqual(from(outcome).sort());
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 80 : Number(process.env.FC_RUNS) },
    );
  });

  it("re-confirmation keeps to them too", () => {
    const policy = {
      allocation: policyWith([linesOf({ NORTH: 1, SOUTH: 0 })]),
      strategies: [],
      otherwise: "improve" as const,
      onException: "bestEffort" as const,
      redistribute: { kind: "inOrder" as const },
    };
    const context = { ...anyContext(), policy, today: TODAY };
    const lines = (outcome: ReturnType<typeof reconfirmOrders>) => outcome.movements.map(({ lineId }) => lineId);
    expect(lines(reconfirmOrders(three, plenty, context))).toEqual(["SO-1-1"]);
    expect(lines(reconfirmOrders(three, plenty, { ...context, linesTaken: taken({ NORTH: 1 }) }))).toEqual([]);
    const two = { ...policy, allocation: policyWith([linesOf({ NORTH: 2, SOUTH: 0 })]) };
    const counted = { ...context, policy: two, linesTaken: taken({ NORTH: 1 }) };
    expect(lines(reconfirmOrders(three, plenty, counted))).toEqual(["SO-1-1"]);
  });
});

describe("partitionBatch with limited lines (mission 9.2)", () => {
  const two = [order("SO-1"), order("SO-2", [{ itemCode: "SALT", orderedQty: "1" }])];
  const groups = (orders: readonly Order[], sourcing: AllocationPolicy["sourcing"]): number =>
    partitionBatch(orders, { sourcing }).length;

  it("rule 5: ties orders that may be served by the same limited warehouse", () => {
    expect(partitionBatch(two)).toHaveLength(2);
    expect(groups(two, SOURCING)).toBe(2);
    expect(groups(two, { ...SOURCING, limits: [linesOf({ NORTH: 9 })] })).toBe(1);
    expect(groups(two, { ...SOURCING, limits: [linesOf({ WEST: 9 })] })).toBe(2);
    expect(groups(two, { ...SOURCING, limits: [linesOf({ WEST: 9 }), linesOf({ SOUTH: 9 }, "soft")] })).toBe(1);
    expect(groups(two, { kind: "nearest", areas: [], otherwise: ["NORTH"] })).toBe(2);
    const far = order("SO-2", [{ itemCode: "SALT", orderedQty: "1" }], { deliveryAreaPath: ["bremen"] });
    const areas = [{ areaPath: ["bremen"], warehouses: [{ warehouseId: "WEST" }] }];
    expect(groups([two[0]!, far], { ...SOURCING, areas, limits: [linesOf({ NORTH: 9 })] })).toBe(2);
    const idle = order("SO-2", [{ orderedQty: "1", quantities: { cancelled: "1" } }]);
    expect(groups([two[0]!, idle], { ...SOURCING, limits: [linesOf({ NORTH: 9 })] })).toBe(2);
  });
});

describe("allocateBatch: cut-offs of warehouses (mission 4.10, 9.7; definitions B5, B12)", () => {
  const at = (receivedAt: string): Order => order("SO-1", [{ orderedQty: "2" }], { receivedAt: instant(receivedAt) });

  it.each([
    ["in time", "2026-03-02T12:00:00Z", "hard", plenty, ["SO-1-1 2 NORTH"], [], undefined],
    ["late", "2026-03-02T13:00:00Z", "hard", plenty, ["SO-1-1 2 SOUTH"], [], undefined],
    ["late, and nobody else has it", "2026-03-02T13:00:00Z", "hard", plenty.slice(0, 1), [], [], undefined],
    ["late, softly", "2026-03-02T13:00:00Z", "soft", plenty, ["SO-1-1 2 SOUTH"], [], undefined],
    [
      "late, softly, and nobody else has it",
      "2026-03-02T13:00:00Z",
      "soft",
      plenty.slice(0, 1),
      ["SO-1-1 2 NORTH"],
      ["cutOff"],
      [{ warehouseId: "NORTH", shipsOn: "2026-03-03" }],
    ],
    ["late the day before", "2026-03-01T13:00:00Z", "hard", plenty, ["SO-1-1 2 NORTH"], [], undefined],
  ] as const)("an order received %s", (_case, receivedAt, strength, stock, expected, dropped, shipDays) => {
    const outcome = allocate([at(receivedAt)], stock, policyWith([cutOffAt({ NORTH: "14:00" }, strength)]));
    expect(from(outcome)).toEqual(expected);
    const [{ sourcing } = {}] = outcome.reasons;
    expect(sourcing).toEqual({
      kind: "chosen",
      optimal: true,
      dropped,
      ...(shipDays === undefined ? {} : { shipDays }),
    });
  });

  it("is told in the plan, when it is read back, and in words", () => {
    const policy = policyWith([cutOffAt({ NORTH: "14:00" }, "soft"), linesOf({ NORTH: 0 }, "soft")]);
    const orders = [at("2026-03-02T13:00:00Z")];
    const stock = plenty.slice(0, 1);
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    const read = parseAllocationPlan(JSON.parse(JSON.stringify(plan)));
    expect(read.ok && read.value).toEqual(plan);
    const explanation = explainAllocation(plan, "SO-1-1", { orders, stock, policy })!;
    expect(describeAllocation(explanation).split("\n").slice(-2)).toEqual([
      "Limits that gave way: cut-off, lines per day",
      "NORTH ships on 2026-03-03, the first day whose cut-off the order meets.",
    ]);
    expect(describeAllocation(explanation, { locale: "zh" }).split("\n").slice(-2)).toEqual([
      "已放宽的限制:截止时间, 每日行数",
      "NORTH 于 2026-03-03 出货,即订单赶上其截止时间的首日。",
    ]);
    const { line } = explanation;
    const other = { ...line, sourcing: { kind: "chosen" as const, optimal: true, dropped: ["maxCarbon", "toString"] } };
    expect(describeAllocation({ ...explanation, line: other })).toContain("Limits that gave way: maxCarbon, toString");
  });
});
