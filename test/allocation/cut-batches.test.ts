import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { BatchRule, ReceiptSlot, ReceiptSlotRule, SingleBatchRule } from "../../src/allocation/batch-rule.js";
import { cutBatches, type Batch, type CutBatchesContext } from "../../src/allocation/cut-batches.js";
import { instant } from "../../src/core/instant.js";
import { localTime, type LocalTime } from "../../src/core/time-zone.js";
import { describeIssue } from "../../src/messages/describe-issue.js";
import type { Order } from "../../src/model/order.js";
import { anyCustomer, anyOrder, deepFreeze, type AnyOrder } from "../../src/testing/index.js";

type Header = NonNullable<AnyOrder["header"]>;

function order(orderNo: string, header: Header = {}): Order {
  return anyOrder({ orderNo, header });
}

function received(orderNo: string, receivedAt: string, header: Header = {}): Order {
  return order(orderNo, { ...header, receivedAt: instant(receivedAt) });
}

function cut(orders: readonly Order[], rule: BatchRule, context: CutBatchesContext = {}): readonly Batch[] {
  const result = cutBatches(orders, rule, context);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

function labels(batches: readonly Batch[]): (readonly [string, ...string[]])[] {
  return batches.map(({ label, orderNos }) => [label, ...orderNos]);
}

function slot(from: string, more: Omit<ReceiptSlot, "from"> = {}): ReceiptSlot {
  return { from: from as LocalTime, ...more };
}

function slots(...list: readonly ReceiptSlot[]): ReceiptSlotRule {
  return { kind: "receiptSlot", timeZone: "Europe/Berlin", slots: list };
}

const cutOff = (customerClass: string, at: string): { customerClass: string; at: LocalTime } => ({
  customerClass,
  at: at as LocalTime,
});

const DAY = slots(
  slot("06:00", { deliveryWaveId: "NOON", cutOffs: [cutOff("B", "09:00")] }),
  slot("12:00", { deliveryWaveId: "EVENING" }),
  slot("18:00", { deliveryWaveId: "MORNING", cutOffs: [cutOff("B", "02:00"), cutOff("C", "20:00")] }),
);

describe("cutBatches by receipt slot (mission 9.3; definition B2)", () => {
  // Berlin is one hour ahead of UTC in winter.
  it.each([
    ["2026-03-02T04:59:59.999Z", "2026-03-01 18:00–06:00", "MORNING"],
    ["2026-03-02T05:00:00.000Z", "2026-03-02 06:00–12:00", "NOON"],
    ["2026-03-02T10:59:59.999Z", "2026-03-02 06:00–12:00", "NOON"],
    ["2026-03-02T11:00:00.000Z", "2026-03-02 12:00–18:00", "EVENING"],
    ["2026-03-02T16:59:59.999Z", "2026-03-02 12:00–18:00", "EVENING"],
    ["2026-03-02T17:00:00.000Z", "2026-03-02 18:00–06:00", "MORNING"],
    ["2026-03-02T23:30:00.000Z", "2026-03-02 18:00–06:00", "MORNING"],
  ])("rule 1: an order of %s is in %s and leaves with %s", (at, label, wave) => {
    const [batch] = cut([received("SO-1", at)], DAY);
    expect([batch?.label, batch?.deliveryWaveId]).toEqual([label, wave]);
  });

  it.each([
    ["B", "2026-03-02T07:59:59.999Z", "2026-03-02 06:00–12:00"],
    ["B", "2026-03-02T08:00:00.000Z", "2026-03-02 12:00–18:00"],
    ["A", "2026-03-02T08:00:00.000Z", "2026-03-02 06:00–12:00"],
    ["B", "2026-03-03T00:59:59.999Z", "2026-03-02 18:00–06:00"],
    ["B", "2026-03-03T01:00:00.000Z", "2026-03-03 06:00–12:00"],
    ["B", "2026-03-02T22:00:00.000Z", "2026-03-02 18:00–06:00"],
    ["C", "2026-03-02T18:59:59.999Z", "2026-03-02 18:00–06:00"],
    ["C", "2026-03-02T19:00:00.000Z", "2026-03-03 06:00–12:00"],
  ])("rule 1: class %s at %s belongs to %s", (customerClass, at, label) => {
    expect(labels(cut([received("SO-1", at, { customerClass })], DAY))).toEqual([[label, "SO-1"]]);
  });

  it("rule 1: a slot says when it ends, as a moment", () => {
    const ends = (at: string): unknown => cut([received("SO-1", at)], DAY)[0]?.parts[0];
    expect(ends("2026-03-02T07:00:00.000Z")).toEqual({
      kind: "receiptSlot",
      day: "2026-03-02",
      slotNo: 1,
      from: "06:00",
      to: "12:00",
      endsAt: "2026-03-02T11:00:00.000Z",
      deliveryWaveId: "NOON",
    });
    expect(ends("2026-03-02T18:00:00.000Z")).toMatchObject({ slotNo: 3, endsAt: "2026-03-03T05:00:00.000Z" });
  });

  it("rule 1: one slot alone takes the whole day", () => {
    const rule = slots(slot("16:00", { cutOffs: [cutOff("B", "15:00")] }));
    const orders = [
      received("SO-1", "2026-03-02T14:59:59.999Z"),
      received("SO-2", "2026-03-02T15:00:00.000Z"),
      received("SO-3", "2026-03-02T14:00:00.000Z", { customerClass: "B" }),
    ];
    expect(labels(cut(orders, rule))).toEqual([
      ["2026-03-01 16:00–16:00", "SO-1"],
      ["2026-03-02 16:00–16:00", "SO-2", "SO-3"],
    ]);
    expect(cut(orders, rule)[0]).not.toHaveProperty("deliveryWaveId");
  });

  const NIGHT = slots(slot("00:00"), slot("01:30"), slot("02:30"), slot("03:00"), slot("12:00:30"));

  // On 2026-03-29 clocks go from 02:00 to 03:00 at 01:00 UTC: the slot from 02:30 is empty.
  it.each([
    ["2026-03-29T00:29:59.999Z", "2026-03-29 00:00–01:30"],
    ["2026-03-29T00:30:00.000Z", "2026-03-29 01:30–02:30"],
    ["2026-03-29T00:59:59.999Z", "2026-03-29 01:30–02:30"],
    ["2026-03-29T01:00:00.000Z", "2026-03-29 03:00–12:00:30"],
    ["2026-03-29T01:45:00.000Z", "2026-03-29 03:00–12:00:30"],
    ["2026-03-29T10:00:30.000Z", "2026-03-29 12:00:30–00:00"],
    ["2026-03-29T21:59:59.999Z", "2026-03-29 12:00:30–00:00"],
    ["2026-03-29T22:00:00.000Z", "2026-03-30 00:00–01:30"],
  ])("rule 1: when clocks go forward, %s is in %s", (at, label) => {
    expect(labels(cut([received("SO-1", at)], NIGHT))).toEqual([[label, "SO-1"]]);
  });

  it("rule 1: a begin that the clocks skip counts as if they had not been put forward", () => {
    const rule = slots(slot("00:00"), slot("02:30"), slot("08:00"));
    const orders = [received("SO-1", "2026-03-29T01:29:59.999Z"), received("SO-2", "2026-03-29T01:30:00.000Z")];
    expect(labels(cut(orders, rule))).toEqual([
      ["2026-03-29 00:00–02:30", "SO-1"],
      ["2026-03-29 02:30–08:00", "SO-2"],
    ]);
  });

  // On 2026-10-25 clocks go from 03:00 back to 02:00 at 01:00 UTC: 02:30 is shown at 00:30 and at 01:30 UTC.
  it.each([
    ["2026-10-25T00:30:00.000Z", "2026-10-25 01:30–02:30"],
    ["2026-10-25T01:29:59.999Z", "2026-10-25 01:30–02:30"],
    ["2026-10-25T01:30:00.000Z", "2026-10-25 02:30–03:00"],
    ["2026-10-25T02:00:00.000Z", "2026-10-25 03:00–12:00:30"],
    ["2026-10-25T22:59:59.999Z", "2026-10-25 12:00:30–00:00"],
    ["2026-10-25T23:00:00.000Z", "2026-10-26 00:00–01:30"],
  ])("rule 1: when clocks go back, %s is in %s", (at, label) => {
    expect(labels(cut([received("SO-1", at)], NIGHT))).toEqual([[label, "SO-1"]]);
  });

  it("rule 1, oracle: away from changes of the clocks, the wall clock decides", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 1, maxLength: 6 }),
        fc.date({ min: new Date("2026-05-01T00:00Z"), max: new Date("2026-09-01T00:00Z"), noInvalidDate: true }),
        (minutes, date) => {
          const begins = minutes.sort((a, b) => a - b).map((minute) => wallTime(minute));
          const at = date.toISOString();
          const clock = localTime(instant(at), "Europe/Berlin");
          const reached = begins.filter((begin) => `${begin}:00` <= clock);
          const [part] = cut([received("SO-1", at)], slots(...begins.map((begin) => slot(begin))))[0]?.parts ?? [];
          expect(part).toMatchObject({ from: reached.at(-1) ?? begins.at(-1) });
        },
      ),
    );
  });

  it("law: over the nights of the changes, later orders are never in earlier slots", () => {
    for (const night of ["2026-03-28T22:00:00.000Z", "2026-10-24T21:00:00.000Z"]) {
      const start = Date.parse(night);
      const orders = Array.from({ length: 300 }, (_, place) =>
        received(`SO-${1000 + place}`, new Date(start + place * 60_000).toISOString()),
      );
      const order = cut(orders, NIGHT).flatMap(({ orderNos }) => orderNos);
      expect(order).toEqual(orders.map(({ orderNo }) => orderNo));
    }
  });
});

function wallTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

describe("cutBatches by processing, area and route (mission 9.4, 9.5; definition B2)", () => {
  it("rule 2: the set of services is the key, nothing comes last", () => {
    const wish = (...services: readonly string[]): Header => ({ deliveryRequirement: { services } });
    const orders = [
      order("SO-1"),
      order("SO-2", wish("shelving", "labelling")),
      order("SO-3", wish("labelling", "shelving", "labelling")),
      order("SO-4", wish("labelling")),
      order("SO-5", wish()),
    ];
    expect(labels(cut(orders, { kind: "processing" }))).toEqual([
      ["labelling", "SO-4"],
      ["labelling+shelving", "SO-2", "SO-3"],
      ["-", "SO-1", "SO-5"],
    ]);
  });

  it("rule 2: the host says the codes of a line", () => {
    const codes = new Map([
      ["TEA", ["wrap"]],
      ["SALT", ["split", "repack"]],
    ]);
    const orders = [
      anyOrder({ orderNo: "SO-1", lines: [{ itemCode: "TEA" }, { itemCode: "SALT" }] }),
      anyOrder({ orderNo: "SO-2", lines: [{ itemCode: "RICE" }] }),
      anyOrder({ orderNo: "SO-3", lines: [{ itemCode: "SALT" }, { itemCode: "TEA" }, { itemCode: "TEA" }] }),
    ];
    const context: CutBatchesContext = { processingCodes: { kitting: ({ itemCode }) => codes.get(itemCode) ?? [] } };
    expect(labels(cut(orders, { kind: "processing", host: "kitting" }, context))).toEqual([
      ["repack+split+wrap", "SO-1", "SO-3"],
      ["-", "SO-2"],
    ]);
  });

  it("rule 2: codes that contain separators are not mixed up", () => {
    const orders = [
      order("SO-1", { deliveryRequirement: { services: ["a+b"] } }),
      order("SO-2", { deliveryRequirement: { services: ["a", "b"] } }),
    ];
    expect(cut(orders, { kind: "processing" }).map(({ orderNos }) => orderNos)).toEqual([["SO-2"], ["SO-1"]]);
  });

  it.each([
    [
      1,
      [
        ["bremen", "SO-4"],
        ["hamburg", "SO-1", "SO-2", "SO-3"],
        ["-", "SO-5"],
      ],
    ],
    [
      2,
      [
        ["bremen", "SO-4"],
        ["hamburg", "SO-2"],
        ["hamburg/harbour", "SO-1", "SO-3"],
        ["-", "SO-5"],
      ],
    ],
    [
      3,
      [
        ["bremen", "SO-4"],
        ["hamburg", "SO-2"],
        ["hamburg/harbour", "SO-3"],
        ["hamburg/harbour/pier", "SO-1"],
        ["-", "SO-5"],
      ],
    ],
  ] as const)("rule 3: areas at level %i", (level, expected) => {
    const paths = [["hamburg", "harbour", "pier"], ["hamburg"], ["hamburg", "harbour"], ["bremen"], []];
    const orders = paths.map((deliveryAreaPath, place) => order(`SO-${place + 1}`, { deliveryAreaPath }));
    expect(labels(cut(orders, { kind: "area", level }))).toEqual(expected);
  });

  it("rule 4: the route of the customer master, a field, or the host", () => {
    const orders = [
      order("SO-1", { customerCode: "C-1", channel: "phone" }),
      order("SO-2", { customerCode: "C-2", channel: "edi" }),
      order("SO-3", { customerCode: "C-3" }),
    ];
    const customers = new Map(
      [
        anyCustomer({ customerCode: "C-1", route: { routeId: "R-9", position: 1 } }),
        anyCustomer({ customerCode: "C-2", route: { routeId: "R-1", position: 4 } }),
      ].map((customer) => [customer.customerCode, customer]),
    );
    expect(labels(cut(orders, { kind: "route", by: "customerRoute" }, { customers }))).toEqual([
      ["R-1", "SO-2"],
      ["R-9", "SO-1"],
      ["-", "SO-3"],
    ]);
    expect(labels(cut(orders, { kind: "route", by: "channel" }))).toEqual([
      ["edi", "SO-2"],
      ["phone", "SO-1"],
      ["-", "SO-3"],
    ]);
    const routes = { tours: ({ orderNo }: Order) => (orderNo === "SO-2" ? undefined : "T") };
    expect(labels(cut(orders, { kind: "route", by: "host", host: "tours" }, { routes }))).toEqual([
      ["T", "SO-1", "SO-3"],
      ["-", "SO-2"],
    ]);
  });

  it("rule 5: combined rules cut by all parts together, first rule first", () => {
    const rules: readonly SingleBatchRule[] = [DAY, { kind: "area", level: 1 }];
    const orders = [
      received("SO-1", "2026-03-02T12:00:00.000Z", { deliveryAreaPath: ["bremen"] }),
      received("SO-2", "2026-03-02T06:00:00.000Z", { deliveryAreaPath: ["hamburg"] }),
      received("SO-3", "2026-03-02T06:00:00.000Z", { deliveryAreaPath: ["bremen"] }),
      received("SO-4", "2026-03-02T07:00:00.000Z", { deliveryAreaPath: ["hamburg"] }),
    ];
    const batches = cut(orders, { kind: "combined", rules });
    expect(labels(batches)).toEqual([
      ["2026-03-02 06:00–12:00 | bremen", "SO-3"],
      ["2026-03-02 06:00–12:00 | hamburg", "SO-2", "SO-4"],
      ["2026-03-02 12:00–18:00 | bremen", "SO-1"],
    ]);
    expect(batches.map(({ deliveryWaveId }) => deliveryWaveId)).toEqual(["NOON", "NOON", "EVENING"]);
    expect(batches[1]?.key).toBe('[["receiptSlot","2026-03-02","06:00"],["area","hamburg"]]');
  });
});

describe("cutBatches with closed batches (mission 9.3; definition B2)", () => {
  const area: BatchRule = { kind: "area", level: 1 };

  it("rule 6: a late change never moves an order out of a closed batch", () => {
    const before = [order("SO-1", { deliveryAreaPath: ["hamburg"] }), order("SO-2", { deliveryAreaPath: ["hamburg"] })];
    const closed = cut(before, area);
    const after = [order("SO-2", { deliveryAreaPath: ["bremen"] }), order("SO-1", { deliveryAreaPath: ["hamburg"] })];
    expect(cut(after, area, { closed })).toEqual([{ ...closed[0], isClosed: true, orderNos: ["SO-2", "SO-1"] }]);
  });

  it("rule 6: an order of an open batch moves with its key", () => {
    const after = [order("SO-1", { deliveryAreaPath: ["bremen"] })];
    expect(labels(cut(after, area, { closed: [] }))).toEqual([["bremen", "SO-1"]]);
  });

  it("rule 7: who comes late goes into a further run", () => {
    const hamburg = (orderNo: string): Order => order(orderNo, { deliveryAreaPath: ["hamburg"] });
    const first = cut([hamburg("SO-1")], area);
    const second = cut([hamburg("SO-1"), hamburg("SO-2")], area, { closed: first });
    expect(labels(second)).toEqual([
      ["hamburg", "SO-1"],
      ["hamburg #2", "SO-2"],
    ]);
    expect(second.map(({ run, isClosed }) => [run, isClosed])).toEqual([
      [1, true],
      [2, false],
    ]);
    const third = cut([hamburg("SO-3"), hamburg("SO-2"), hamburg("SO-4")], area, { closed: second });
    expect(labels(third)).toEqual([
      ["hamburg #2", "SO-2"],
      ["hamburg #3", "SO-3", "SO-4"],
    ]);
    expect(new Set([...second, ...third].map(({ key }) => key)).size).toBe(3);
  });

  it("rule 7: who comes late goes to the first later slot that is not closed", () => {
    const rule: BatchRule = { kind: "combined", rules: [DAY, area] };
    const early = (orderNo: string, city: string): Order =>
      received(orderNo, "2026-03-02T06:00:00.000Z", { deliveryAreaPath: [city] });
    const noon = (orderNo: string): Order =>
      received(orderNo, "2026-03-02T12:00:00.000Z", { deliveryAreaPath: ["hamburg"] });
    const closed = cut([early("SO-1", "hamburg"), noon("SO-2")], rule);
    const batches = cut([early("SO-3", "hamburg"), early("SO-4", "bremen"), noon("SO-5")], rule, { closed });
    expect(labels(batches)).toEqual([
      ["2026-03-02 06:00–12:00 | bremen", "SO-4"],
      ["2026-03-02 18:00–06:00 | hamburg", "SO-3", "SO-5"],
    ]);
    expect(batches[1]?.deliveryWaveId).toBe("MORNING");
  });

  it("rule 7: the slot after the last of a day is the first of the next", () => {
    const late = (orderNo: string): Order => received(orderNo, "2026-03-02T18:00:00.000Z");
    expect(labels(cut([late("SO-2")], DAY, { closed: cut([late("SO-1")], DAY) }))).toEqual([
      ["2026-03-03 06:00–12:00", "SO-2"],
    ]);
  });
});

describe("cutBatches refuses", () => {
  const codes = (rule: BatchRule, context: CutBatchesContext = {}): unknown => {
    const result = cutBatches([order("SO-1")], rule, context);
    return result.ok ? [] : result.issues.map(({ code, path }) => [code, path.join(".")]);
  };

  it.each<readonly [BatchRule, readonly (readonly [string, string])[]]>([
    [{ kind: "combined", rules: [] }, [["batch.no_rules", "rule.rules"]]],
    [{ kind: "area", level: 4 as 3 }, [["batch.unknown_level", "rule.level"]]],
    [{ kind: "combined", rules: [{ kind: "area", level: 0 as 1 }] }, [["batch.unknown_level", "rule.rules.0.level"]]],
    [
      { kind: "receiptSlot", timeZone: "+02:00", slots: [] },
      [
        ["batch.unknown_time_zone", "rule.timeZone"],
        ["batch.no_slots", "rule.slots"],
      ],
    ],
    [slots(slot("24:00")), [["batch.not_a_time", "rule.slots.0.from"]]],
    [slots(slot("08:00"), slot("08:00:00")), [["batch.slots_out_of_order", "rule.slots.1.from"]]],
    [slots(slot("08:00"), slot("07:00")), [["batch.slots_out_of_order", "rule.slots.1.from"]]],
    [
      slots(slot("08:00", { cutOffs: [cutOff("A", "08:00"), cutOff("B", "12:00"), cutOff("C", "x")] }), slot("12:00")),
      [
        ["batch.cut_off_outside_slot", "rule.slots.0.cutOffs.0.at"],
        ["batch.cut_off_outside_slot", "rule.slots.0.cutOffs.1.at"],
        ["batch.not_a_time", "rule.slots.0.cutOffs.2.at"],
      ],
    ],
    [
      slots(slot("08:00"), slot("12:00", { cutOffs: [cutOff("A", "08:00"), cutOff("A", "07:59")] })),
      [
        ["batch.cut_off_outside_slot", "rule.slots.1.cutOffs.0.at"],
        ["batch.cut_off_twice", "rule.slots.1.cutOffs.1"],
      ],
    ],
    [
      slots(slot("08:00", { cutOffs: [cutOff("A", "08:00")] })),
      [["batch.cut_off_outside_slot", "rule.slots.0.cutOffs.0.at"]],
    ],
  ])("a faulty rule with all its faults %#", (rule, expected) => {
    expect(codes(rule)).toEqual(expected);
    // Each says what was found.
    const result = cutBatches([order("SO-1")], rule, {});
    const sentences = result.ok ? [] : result.issues.map((issue) => describeIssue(issue, "en"));
    expect(sentences.filter((sentence) => /[{}]/u.test(sentence))).toEqual([]);
  });

  it("closed batches that contradict each other", () => {
    const [batch] = cut([order("SO-1")], { kind: "area", level: 1 });
    expect(codes({ kind: "area", level: 1 }, { closed: [batch as Batch, batch as Batch] })).toEqual([
      ["batch.closed_twice", "closed.1.key"],
      ["batch.order_closed_twice", "closed.1.orderNos.0"],
    ]);
  });

  it("mistakes of the program, by throwing", () => {
    expect(() => cutBatches([order("SO-1"), order("SO-1")], { kind: "processing" })).toThrow(RangeError);
    expect(() => cutBatches([], { kind: "processing", host: "x" })).toThrow(RangeError);
    expect(() => cutBatches([], { kind: "route", by: "host", host: "x" })).toThrow(
      "There is no function x of the host.",
    );
    expect(() => cutBatches([], { kind: "route", by: "host", host: "toString" }, { routes: {} })).toThrow(RangeError);
    expect(() => cutBatches([], { kind: "processing", host: "toString" }, { processingCodes: {} })).toThrow(RangeError);
    expect(() => cutBatches([], { kind: "route", by: "customerRoute" })).toThrow(RangeError);
  });
});

function anyRule(): Arbitrary<BatchRule> {
  const single = fc.constantFrom<SingleBatchRule>(
    DAY,
    { kind: "processing" },
    { kind: "area", level: 1 },
    { kind: "area", level: 2 },
    { kind: "route", by: "channel" },
  );
  return fc.oneof(
    single,
    fc.array(single, { minLength: 1, maxLength: 3 }).map((rules) => ({ kind: "combined" as const, rules })),
  );
}

function anyOrders(): Arbitrary<readonly Order[]> {
  const header = fc.record(
    {
      receivedAt: fc.integer({ min: 0, max: 60 }).map((hours) => new Date(Date.UTC(2026, 2, 28, hours)).toISOString()),
      customerClass: fc.constantFrom("A", "B", "C"),
      channel: fc.constantFrom("phone" as const, "edi" as const),
      deliveryAreaPath: fc.constantFrom(["hamburg", "harbour"], ["hamburg"], ["bremen"], []),
      deliveryRequirement: fc.constantFrom({}, { services: ["a"] }, { services: ["b", "a"] }),
    },
    { noNullPrototype: true, requiredKeys: [] },
  );
  return fc
    .array(header, { maxLength: 12 })
    .map((headers) => headers.map((each, place) => order(`SO-${place + 1}`, each)));
}

describe("laws of cutBatches (definition B2)", () => {
  it("partition and stability: every order is in exactly one batch, none is empty, input order is kept", () => {
    fc.assert(
      fc.property(anyOrders(), anyRule(), (orders, rule) => {
        const batches = cut(deepFreeze(orders), rule);
        const numbers = orders.map(({ orderNo }) => orderNo);
        expect(batches.flatMap(({ orderNos }) => orderNos).sort()).toEqual([...numbers].sort());
        expect(new Set(batches.map(({ key }) => key)).size).toBe(batches.length);
        for (const { orderNos } of batches) {
          expect(orderNos.length).toBeGreaterThan(0);
          expect(orderNos).toEqual(numbers.filter((orderNo) => orderNos.includes(orderNo)));
        }
        expect(JSON.parse(JSON.stringify(batches))).toEqual(batches);
      }),
    );
  });

  it("permutation: the order of the input changes only the order inside batches", () => {
    const sorted = (batches: readonly Batch[]): unknown =>
      batches.map((batch) => ({ ...batch, orderNos: [...batch.orderNos].sort() }));
    fc.assert(
      fc.property(anyOrders(), anyRule(), fc.infiniteStream(fc.nat()), (orders, rule, dice) => {
        const shuffled = orders
          .map((each) => [dice.next().value as number, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        expect(sorted(cut(shuffled, rule))).toEqual(sorted(cut(orders, rule)));
      }),
    );
  });

  it("closed batches: whatever changes, they keep their orders and take no others; the rest is still partitioned", () => {
    fc.assert(
      fc.property(anyOrders(), anyOrders(), anyRule(), fc.nat({ max: 255 }), (before, after, rule, mask) => {
        const closed = deepFreeze(cut(before, rule).filter((_, place) => ((mask >> place) & 1) === 1));
        const batches = cut(after, rule, { closed });
        const numbers = after.map(({ orderNo }) => orderNo);
        expect(batches.flatMap(({ orderNos }) => orderNos).sort()).toEqual([...numbers].sort());
        for (const { key, orderNos } of closed) {
          const there = numbers.filter((orderNo) => orderNos.includes(orderNo));
          expect(batches.find((batch) => batch.key === key)?.orderNos ?? []).toEqual(there);
        }
      }),
    );
  });
});
