import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holds } from "../../src/model/status-of.js";
import type { AllocationPolicy, FieldKey, PriorityKey } from "../../src/allocation/allocation-policy.js";
import { decidingKey } from "../../src/allocation/deciding-key.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { orderOfService } from "../../src/allocation/order-of-service.js";
import { planAllocation, planUnchecked } from "../../src/allocation/plan-allocation.js";
import { compare, decimal, fromUnits, sum, toUnits, ZERO } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import { describeAllocation } from "../../src/messages/describe-allocation.js";
import { anyContext, anyOrder, anyStock, type AnyOrder } from "../../src/testing/index.js";
import { smallWorld, TODAY } from "./small-world.js";

const at = anyContext().at;

/** Two orders that differ in one field: the first is served first by it. */
const PAIRS: Readonly<Record<FieldKey["key"], readonly [AnyOrder, AnyOrder, string | undefined, string | undefined]>> =
  {
    promisedClass: [{ header: { preBooked: true } }, {}, "0", "3"],
    customerClass: [{ header: { customerClass: "A" } }, { header: { customerClass: "B" } }, "A", "B"],
    customerType: [{ header: { customerType: "shop" } }, { header: { customerType: "web" } }, "shop", "web"],
    customerCode: [{ header: { customerCode: "C-1" } }, { header: { customerCode: "C-2" } }, "C-1", "C-2"],
    creditRating: [{ header: { creditRating: "A" } }, {}, "A", undefined],
    orderAmount: [{ lines: [{ unitPrice: "9" }] }, { lines: [{ unitPrice: "10" }] }, "90", "100"],
    orderQuantity: [{ lines: [{ orderedQty: "9" }] }, { lines: [{ orderedQty: "10" }] }, "9", "10"],
    orderLines: [{ lines: [{}] }, { lines: [{}, {}] }, "1", "2"],
    requestedDeliveryDate: [
      { header: { requestedDeliveryDate: "2026-03-04" } },
      { header: { requestedDeliveryDate: "2026-03-05" } },
      "2026-03-04",
      "2026-03-05",
    ],
    promisedDate: [
      { lines: [{ promises: [{ day: "2026-03-04", kind: "onHand", promisedAt: at }] }] },
      {},
      "2026-03-04",
      undefined,
    ],
    deliveryWave: [{ header: { deliveryWaveId: "AM" } }, { header: { deliveryWaveId: "PM" } }, "AM", "PM"],
    channel: [{ header: { channel: "edi" } }, { header: { channel: "phone" } }, "edi", "phone"],
    orderSource: [{ header: { orderSource: "call" } }, { header: { orderSource: "visit" } }, "call", "visit"],
    waitingSince: [
      { header: { receivedAt: "2026-03-01T08:00:00.000Z" } },
      { header: { receivedAt: "2026-03-02T08:00:00.000Z" } },
      "2026-03-01T08:00:00.000Z",
      "2026-03-02T08:00:00.000Z",
    ],
    orderDate: [
      { header: { orderDate: "2026-03-01" } },
      { header: { orderDate: "2026-03-02" } },
      "2026-03-01",
      "2026-03-02",
    ],
    receivedAt: [
      { header: { receivedAt: "2026-03-01T08:00:00.000Z" } },
      { header: { receivedAt: "2026-03-02T08:00:00.000Z" } },
      "2026-03-01T08:00:00.000Z",
      "2026-03-02T08:00:00.000Z",
    ],
    orderNo: [{}, {}, "SO-8", "SO-9"],
  };

describe("decidingKey (mission 9.10, 4.15, definition B4)", () => {
  it.each(Object.entries(PAIRS))("names %s, and what it saw of both", (name, [one, other, firstValue, secondValue]) => {
    const key: FieldKey = { key: name as FieldKey["key"], direction: "ascending" };
    const first = anyOrder({ orderNo: "SO-8", ...one });
    const second = anyOrder({ orderNo: "SO-9", ...other });
    const decided = {
      first: "SO-8",
      second: "SO-9",
      key,
      place: 2,
      ...(firstValue === undefined ? {} : { firstValue }),
      ...(secondValue === undefined ? {} : { secondValue }),
    };
    // A key that cannot tell them apart stands before and does not count.
    const keys: PriorityKey[] = [{ key: "host", name: "same", direction: "ascending" }, key];
    const facts = { hostKeys: { same: () => 7 } };
    expect(decidingKey([first, second], keys, facts)).toEqual(decided);
    expect(decidingKey([second, first], keys, facts)).toEqual(decided);
  });

  it("cannot tell two orders of one number apart, and says so", () => {
    const one = anyOrder({ orderNo: "SO-1" });
    expect(() => decidingKey([one, { ...one }], [])).toThrow(new RangeError("Two orders have one number."));
  });

  it("names a ranking, a key for the aged and a key of the host", () => {
    const first = anyOrder({ orderNo: "SO-8", header: { channel: "phone" } });
    const second = anyOrder({ orderNo: "SO-9", header: { channel: "edi" } });
    const ranking: PriorityKey = { key: "channel", ranking: ["phone", "edi"], direction: "ascending" };
    expect(decidingKey([first, second], [ranking])).toMatchObject({ first: "SO-8", key: ranking, firstValue: "phone" });
    const aged: PriorityKey = { key: "aged", afterDisplacements: 2 };
    const facts = { timesDisplaced: new Map([["SO-9", 2]]) };
    expect(decidingKey([first, second], [aged], facts)).toMatchObject({ first: "SO-9", key: aged, firstValue: "0" });
    const host: PriorityKey = { key: "host", name: "luck", direction: "descending" };
    const hostKeys = { luck: ({ orderNo }: Order) => (orderNo === "SO-9" ? 3 : 2) };
    expect(decidingKey([first, second], [host], { hostKeys })).toMatchObject({
      first: "SO-9",
      key: host,
      firstValue: "3",
    });
  });

  it("puts the same order first as the order of service, and throws for an order against itself", () => {
    fc.assert(
      fc.property(smallWorld(), ({ orders, policy }) => {
        const [one, other] = orders;
        if (one === undefined || other === undefined) return;
        const [first] = orderOfService([one, other], policy.priority);
        const { first: named, place } = decidingKey([one, other], policy.priority);
        expect(named).toBe([one, other][first as number]?.orderNo);
        expect(place).toBeLessThanOrEqual(policy.priority.length + 2);
      }),
      { numRuns: 200 },
    );
    const order = anyOrder();
    expect(() => decidingKey([order, order], [])).toThrow(RangeError);
  });
});

const policy: AllocationPolicy = {
  identity: { policyId: "P-7", version: "3", name: "Best customers first" },
  priority: [{ key: "customerClass", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
  lots: "fifo",
};
const tea = (orderNo: string, customerClass: string, orderedQty: string): Order =>
  anyOrder({ orderNo, stage: "confirmed", header: { customerClass }, lines: [{ itemCode: "TEA", orderedQty }] });
const orders = [tea("SO-1", "C", "30"), tea("SO-2", "A", "30"), tea("SO-3", "B", "20"), tea("SO-4", "D", "5")];
const stock = [
  ...anyStock({ itemCode: "TEA", warehouseId: "NORTH", lotNo: "L-1", onHand: "45", reserved: "5" }),
  ...anyStock({ itemCode: "TEA", warehouseId: "SOUTH", onHand: "15" }),
];
const plan = planAllocation(orders, stock, { at, policy, today: TODAY });
const explanation = explainAllocation(plan, "SO-1-1", { orders, stock, policy });

describe("explainAllocation (mission 4.15, 9.10)", () => {
  it("rules 1–3: who took what before, which key decided, what each warehouse had", () => {
    const { servedBefore, servedNext, warehouses } = explainAllocation(plan, "SO-1-1", { orders, stock, policy })!;
    expect(
      servedBefore.map(({ lineId, rank, allocated, decidedBy }) => [lineId, rank, allocated, decidedBy?.firstValue]),
    ).toEqual([
      ["SO-2-1", 1, "30", "A"],
      ["SO-3-1", 2, "20", "B"],
    ]);
    expect(servedNext).toMatchObject({ first: "SO-1", second: "SO-4", key: policy.priority[0] });
    expect(warehouses).toEqual([
      { warehouseId: "NORTH", free: "40", takenBefore: "40", taken: "0" },
      { warehouseId: "SOUTH", free: "15", takenBefore: "10", taken: "5" },
    ]);
  });

  it("rule 4: what would have been enough, where earlier short lines take first", () => {
    expect(explanation?.enough).toEqual({ warehouseId: "NORTH", quantity: "25" });
    expect(explainAllocation(plan, "SO-4-1", { orders, stock, policy })?.enough).toEqual({
      warehouseId: "NORTH",
      quantity: "30",
    });
    expect(explainAllocation(plan, "SO-2-1", { orders, stock, policy })?.enough).toBeUndefined();
  });

  it("rule 1: lists the nearest, and counts the others and what they took", () => {
    const many = Array.from({ length: 30 }, (_, place) => tea(`SO-${100 + place}`, "A", `${place + 1}`));
    const last = tea("SO-200", "B", "10");
    const plenty = anyStock({ itemCode: "TEA", warehouseId: "NORTH", onHand: "500" });
    const facts = { orders: [last, ...many], stock: plenty, policy };
    const made = planAllocation(facts.orders, plenty, {
      at,
      policy,
      today: TODAY,
    });
    const usual = explainAllocation(made, "SO-200-1", facts)!;
    expect(usual.servedBefore.map(({ rank }) => rank)).toEqual(Array.from({ length: 20 }, (_, place) => place + 11));
    expect(usual.servedEarlier).toEqual({ lines: 10, allocated: "55" });
    const two = explainAllocation(made, "SO-200-1", { ...facts, mostServedBefore: 2 })!;
    expect(two.servedBefore.map(({ lineId }) => lineId)).toEqual(["SO-128-1", "SO-129-1"]);
    expect(two.servedEarlier).toEqual({ lines: 28, allocated: "406" });
    expect(describeAllocation(two).split("\n").slice(3, 6)).toEqual([
      "  takes 10 from NORTH",
      "Served before on this item:",
      "  28 more before these took 406 in all",
    ]);
    const all = explainAllocation(made, "SO-200-1", { ...facts, mostServedBefore: 30 })!;
    expect([all.servedBefore.length, all.servedEarlier]).toEqual([30, undefined]);
    const none = explainAllocation(made, "SO-200-1", { ...facts, mostServedBefore: 0 })!;
    expect(describeAllocation(none, { locale: "zh" })).toContain("此前还有 30 行,共取走 465");
  });

  it("rule 4: plans a few times only, however many come before and lack something", () => {
    const many = Array.from({ length: 200 }, (_, place) => tea(`SO-${100 + place}`, "A", "1000"));
    const facts = { orders: [tea("SO-900", "B", "1000"), ...many], stock, policy };
    const made = planAllocation(facts.orders, stock, { at, policy, today: TODAY });
    let reads = 0;
    const counted: AllocationPolicy = {
      ...policy,
      priority: [{ key: "host", name: "class", direction: "ascending" }],
    };
    const hostKeys = { class: ({ header }: Order) => (reads++, header.customerClass) };
    const { enough } = explainAllocation(made, "SO-900-1", { ...facts, policy: counted, hostKeys })!;
    expect(enough).toEqual({ warehouseId: "NORTH", quantity: "200945" });
    // Each plan asks the key once for each order; a search by halving would plan eighteen times.
    expect(reads).toBeLessThan(7 * facts.orders.length);
  });

  it("rule 4: where a part lay there that the line could not use, less than what it lacks is enough", () => {
    const asked = (wish: AnyOrder, onHand: string, more: Partial<AllocationPolicy> = {}) => {
      const orders = [anyOrder({ stage: "confirmed", ...wish })];
      const facts = { orders, stock: anyStock({ onHand }), policy: { ...policy, ...more } };
      const made = planAllocation(orders, facts.stock, { at, policy: facts.policy, today: TODAY });
      const { line, enough } = explainAllocation(made, "SO-1-1", facts)!;
      return [line.code, line.short, enough?.quantity];
    };
    const fifteen = { itemCode: "TEA", orderedQty: "15" };
    const fromOne = { kind: "wholeOrderFromOne" as const, areas: [], otherwise: ["NORTH"], ifNone: "nothing" as const };
    expect(asked({ lines: [{ ...fifteen, partialAllowed: false }] }, "10")).toEqual(["partial_not_allowed", "15", "5"]);
    expect(asked({ lines: [{ ...fifteen, quantum: "5" }] }, "13")).toEqual(["served_in_part", "5", "2"]);
    expect(asked({ lines: [{ ...fifteen, quantum: "15" }] }, "13")).toEqual(["below_quantum", "15", "2"]);
    expect(asked({ lines: [fifteen] }, "13", { sourcing: fromOne })).toEqual(["sourcing_limits", "15", "2"]);
    const group = { header: { shipComplete: true }, lines: [fifteen, { ...fifteen, orderedQty: "3" }] };
    expect(asked(group, "17")).toEqual(["group_incomplete", "15", "1"]);
  });

  it.each<[name: string, lineId: string, enough: string]>([
    ["of a line that comes in finer steps than all figures", "SO-1-1", "14"],
    ["of a line that comes after such a one", "SO-2-1", "24"],
  ])("rule 4: what would have been enough %s", (_name, lineId, enough) => {
    const stepped = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [{ orderedQty: "30", quantum: "0.3" }] });
    const other = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ orderedQty: "10" }] });
    const facts = { orders: [stepped, other], stock: anyStock({ onHand: "16" }), policy };
    const made = planAllocation(facts.orders, facts.stock, { policy, at, today: TODAY });
    expect(explainAllocation(made, lineId, facts)?.enough).toMatchObject({ warehouseId: "NORTH", quantity: enough });
  });

  it.each<[name: string, quantity: string, enough: object]>([
    ["too many to be tried, what was found is told as enough at most", "501", { quantity: "501", atMost: true }],
    ["multiples of one quantity, each of these is tried", "500", { quantity: "500" }],
  ])("rule 4: where more stock serves an order before and smaller quantities are %s", (_name, quantity, enough) => {
    const whole = (orderNo: string, orderedQty: string): Order => {
      const lines = [
        { itemCode: "TEA", orderedQty },
        { itemCode: "SALT", orderedQty: "10" },
      ];
      return anyOrder({ orderNo, stage: "confirmed", header: { shipComplete: true }, lines });
    };
    // With tea for both the first one would take all the salt.
    const facts = {
      orders: [whole("SO-1", "1000"), whole("SO-2", quantity)],
      stock: anyStock({ itemCode: "TEA", onHand: "0" }, { itemCode: "SALT", onHand: "10" }),
      policy,
    };
    const made = planAllocation(facts.orders, facts.stock, { policy, at, today: TODAY });
    expect(explainAllocation(made, "SO-2-1", facts)?.enough).toEqual({ warehouseId: "NORTH", ...enough });
  });

  it("rule 5: nothing is enough for a line on hold or a rest below its step", () => {
    const held = anyOrder({
      orderNo: "SO-5",
      stage: "confirmed",
      holds: [{ blocks: ["allocate"], lineId: "SO-5-1" }],
      lines: [
        { itemCode: "TEA", orderedQty: "4" },
        { itemCode: "TEA", orderedQty: "10", quantum: "4" },
      ],
    });
    const made = planAllocation([held], [], { at, policy, today: TODAY });
    for (const lineId of ["SO-5-1", "SO-5-2"])
      expect(explainAllocation(made, lineId, { orders: [held], stock: [], policy })?.enough).toBeUndefined();
  });

  it("answers nothing where the plan is not what the orders, the stock and the policy lead to", () => {
    const cap = (quantity: string): AllocationPolicy => ({
      ...policy,
      protection: [{ kind: "cap", group: "C", itemCode: "TEA", quantity: decimal(quantity) }],
    });
    const capped = ["SO-1", "SO-2", "SO-3"].map((orderNo) => tea(orderNo, "C", "10"));
    const made = planAllocation(capped, stock, { at, policy: cap("11"), today: TODAY });
    const facts = { orders: capped, stock, policy: cap("11") };
    expect(explainAllocation(made, "SO-3-1", facts)?.enoughCap).toEqual({ group: "C", quantity: "30" });
    const struck = { ...made, orders: made.orders.filter(({ orderNo }) => orderNo !== "SO-1") };
    const strikeLines = made.orders.map((order) => (order.orderNo === "SO-1" ? { ...order, lines: [] } : order));
    const changed = capped.map((order) => (order.orderNo === "SO-2" ? { ...order, version: 2 } : order));
    const fewer = capped.filter(({ orderNo }) => orderNo !== "SO-1");
    expect(explainAllocation(struck, "SO-3-1", facts)).toBeUndefined();
    expect(explainAllocation({ ...made, orders: strikeLines }, "SO-3-1", facts)).toBeUndefined();
    expect(explainAllocation(made, "SO-3-1", { ...facts, stock: [] })).toBeUndefined();
    expect(explainAllocation(made, "SO-3-1", { ...facts, policy: cap("12") })).toBeUndefined();
    expect(explainAllocation(made, "SO-3-1", { ...facts, orders: changed })).toBeUndefined();
    expect(explainAllocation(made, "SO-3-1", { ...facts, orders: fewer })).toBeUndefined();
  });

  it("answers where what was struck out took nothing of the item, and what else lies there changes nothing", () => {
    const salt = anyOrder({ orderNo: "SO-5", stage: "confirmed", lines: [{ itemCode: "SALT", orderedQty: "4" }] });
    const facts = { orders: [...orders, salt], stock, policy };
    const made = planAllocation(facts.orders, stock, { at, policy, today: TODAY });
    const struck = { ...made, orders: made.orders.filter(({ orderNo }) => orderNo !== "SO-5") };
    const more = [...stock, ...anyStock({ itemCode: "SALT", onHand: "9" })];
    expect(explainAllocation(struck, "SO-1-1", facts)?.enough).toEqual({ warehouseId: "NORTH", quantity: "25" });
    expect(explainAllocation(made, "SO-1-1", { ...facts, stock: more })?.enough?.quantity).toBe("25");
  });

  it("answers nothing for a line that the plan does not have", () => {
    expect(explainAllocation(plan, "SO-9-1", { orders, stock, policy })).toBeUndefined();
  });

  it("rule 4 against a search from one unit on: no smaller stock is enough in any warehouse", () => {
    const simple = smallWorld().map((world) => ({
      ...world,
      orders: world.orders
        .map((order) => ({
          ...order,
          // Steps, all-or-nothing lines and orders that wait as a whole apart, since with them more may be worse.
          lines: order.lines.map(({ quantum: _step, ...line }) => ({ ...line, partialAllowed: true })),
        }))
        .filter(({ lines }) => !holds(lines, "deferred")),
    }));
    fc.assert(
      fc.property(simple, (world) => {
        const made = planAllocation(world.orders, world.stock, { at, policy: world.policy, today: TODAY });
        const line = made.orders.flatMap(({ lines }) => lines).find(({ short }) => short !== ZERO);
        if (line === undefined) return;
        const { enough } = explainAllocation(made, line.lineId, world)!;
        const order = world.orders.find(({ orderNo }) => orderNo === line.orderNo)!;
        const isDraw = order.lines.find(({ lineId }) => lineId === line.lineId)?.transactionCategory === "depositDraw";
        const owner = isDraw ? { owner: order.header.customerCode } : {};
        const isServed = (warehouseId: string, quantity: string): boolean => {
          const more = anyStock({ itemCode: line.itemCode, warehouseId, ...owner, onHand: quantity });
          const again = planUnchecked(world.orders, [...world.stock, ...more], {
            at,
            policy: world.policy,
            today: TODAY,
          });
          return (
            again.orders.flatMap(({ lines }) => lines).find(({ lineId }) => lineId === line.lineId)?.short === ZERO
          );
        };
        const quarter = decimal("0.25");
        const most = sum(made.orders.flatMap(({ lines }) => lines.map(({ requested }) => requested)));
        for (const warehouseId of new Set(line.warehouses)) {
          // In quarters, the finest that the world counts in.
          let smallest = quarter;
          while (compare(smallest, most) <= 0 && !isServed(warehouseId, smallest)) {
            smallest = fromUnits(toUnits(smallest, 2) + 25n, 2);
          }
          if (compare(smallest, most) > 0) continue;
          expect(enough).toBeDefined();
          expect(compare(enough!.quantity, smallest)).toBeLessThanOrEqual(0);
        }
        if (enough !== undefined) expect(isServed(enough.warehouseId, enough.quantity)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("describeAllocation (mission 4.15)", () => {
  it("says it in English", () => {
    expect(describeAllocation(explanation!)).toBe(
      [
        "Line SO-1-1, item TEA, place 3 in the order of service",
        "Policy: Best customers first, version 3",
        "  Stock ended at 5 of 30.",
        "  takes 5 from SOUTH",
        "Served before on this item:",
        "  SO-2-1 (place 1) took 30: customer class A before C",
        "  SO-3-1 (place 2) took 20: customer class B before C",
        "Next on this item: SO-4: customer class C before D",
        "Warehouses asked, nearest first:",
        "  NORTH: 40 free, 40 taken before, 0 taken by this line",
        "  SOUTH: 15 free, 10 taken before, 5 taken by this line",
        "25 more in NORTH would have been enough.",
      ].join("\n"),
    );
  });

  it("says it in Chinese, and in English where a language is not there", () => {
    const text = describeAllocation(explanation!, { locale: "zh" });
    expect(text).toContain("客户等级 A 先于 C");
    expect(text).toContain("若 NORTH 再有 25 便足够。");
    expect(text).not.toMatch(/undefined|before|taken|line/u);
    expect(describeAllocation(explanation!, { locale: "fr" as "en" })).toBe(describeAllocation(explanation!));
  });

  it.each(["en", "zh"] as const)("names every key in %s", (locale) => {
    const words = Object.keys(PAIRS).map((name) => {
      const key: FieldKey = { key: name as FieldKey["key"], direction: "ascending" };
      const servedNext = { first: "SO-1", second: "SO-2", key, place: 1 };
      return describeAllocation({ ...explanation!, servedNext }, { locale })
        .split("\n")
        .find((text) => text.includes("SO-2: "));
    });
    expect(new Set(words).size).toBe(Object.keys(PAIRS).length);
    expect(words.join("\n")).not.toContain("undefined");
    const host = {
      first: "SO-1",
      second: "SO-2",
      key: { key: "host", name: "luck", direction: "ascending" },
      place: 1,
    } as const;
    expect(describeAllocation({ ...explanation!, servedNext: host }, { locale })).toContain("luck");
    const mine = {
      ...explanation!,
      servedBefore: [{ orderNo: "SO-1", lineId: "SO-1-0", rank: 2, allocated: decimal("1") }],
    };
    expect(describeAllocation(mine, { locale })).toContain("SO-1-0");
  });
});
