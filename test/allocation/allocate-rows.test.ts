import { describe, expect, it } from "vitest";
import { allocateRows } from "../../src/allocation/allocate-rows.js";
import type { RowPolicy } from "../../src/allocation/rows/allocation-rows.js";
import { dayRank, NO_DAY } from "../../src/allocation/rows/row-day.js";
import { describeIssue } from "../../src/messages/describe-issue.js";
import { addDays, calendarDay, isCalendarDay, type CalendarDay } from "../../src/core/calendar-day.js";

const POLICY: RowPolicy = {
  priority: [],
  nearest: { HH: ["NORTH", "SOUTH"] },
  lots: "fifo",
  mustOutlive: calendarDay("2026-03-02"),
};
const LOT = { lotId: "L1", itemCode: "TEA", warehouseId: "NORTH", quantity: "10" };
const LINE = { lineId: "1", itemCode: "TEA", quantity: "4" };
const ORDER = { orderNo: "SO-1", area: "HH", lines: [LINE] };

function takes(orders: readonly object[], lots: readonly object[], policy: Partial<RowPolicy> = {}): string[] {
  const answer = allocateRows({ orders, lots }, { ...POLICY, ...policy });
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues));
  return answer.value.takes.map(({ orderNo, lineId, lotId, quantity }) => `${orderNo}/${lineId} ${lotId} ${quantity}`);
}

function faults(orders: readonly object[], lots: readonly object[], policy: Partial<RowPolicy> = {}) {
  const answer = allocateRows({ orders, lots }, { ...POLICY, ...policy });
  return answer.ok ? [] : answer.issues.map(({ code, path }) => [code, ...path].join(" "));
}

describe("giving stock to rows (mission 9.2, 9.9, 9.10)", () => {
  it("5: counts 0.1 and 0.2 as 0.3", () => {
    const orders = [0.1, "0.2"].map((quantity, place) => ({
      ...ORDER,
      orderNo: place,
      lines: [{ ...LINE, quantity }],
    }));
    expect(takes(orders, [{ ...LOT, quantity: "0.3" }])).toEqual(["0/1 L1 0.1", "1/1 L1 0.2"]);
    expect(takes(orders.slice(1), [{ ...LOT, quantity: 0.1 }])).toEqual(["1/1 L1 0.1"]);
  });

  it("5: counts up to the greatest safe integer, and bigint", () => {
    const lines = [{ ...LINE, quantity: 9_007_199_254_740_991n }];
    const quantity = "9007199254740991";
    expect(takes([{ ...ORDER, lines }], [{ ...LOT, quantity }])).toEqual([`SO-1/1 L1 ${quantity}`]);
    const tooMany = "9007199254740992";
    expect(faults([{ ...ORDER, lines: [{ ...LINE, quantity: tooMany }] }], [{ ...LOT, quantity: tooMany }])).toEqual([
      "rows.out_of_range lots 0 quantity",
      "rows.out_of_range orders 0 lines 0 quantity",
    ]);
    // Where nobody asks for the item either, and where nobody asks the warehouse.
    expect(faults([], [LOT, { ...LOT, lotId: "L2", itemCode: "SALT", quantity: tooMany }])).toEqual([
      "rows.out_of_range lots 1 quantity",
    ]);
    const more = { ...LOT, lotId: "L2", quantity: 1 };
    expect(faults([{ ...ORDER, lines }], [{ ...LOT, quantity }, more])).toEqual(["rows.out_of_range lots"]);
    expect(faults([{ ...ORDER, lines: [LINE, { ...LINE, lineId: "2", quantity: "0.01" }] }], [{ ...LOT, quantity }]))
      .toEqual(["rows.out_of_range lots"]); // prettier-ignore
  });

  it("1: ranks amounts that drivers give as text by their size", () => {
    const orders = ["980.00", "1200.00", null].map((amount, orderNo) => ({ ...ORDER, orderNo, amount }));
    const rule = { column: "amount", direction: "descending" } as const;
    const byText = { priority: [rule] };
    const bySize = { priority: [{ ...rule, compares: "decimal" as const }] };
    expect(takes(orders, [LOT], bySize)).toEqual(["1/1 L1 4", "0/1 L1 4", "2/1 L1 2"]);
    expect(takes(orders, [LOT], byText)).toEqual(["0/1 L1 4", "1/1 L1 4", "2/1 L1 2"]);
    expect(takes(orders, [LOT], { priority: [{ ...rule, nulls: "first" }] })[0]).toBe("2/1 L1 4");
  });

  it("1: serves orders of equal rank by number, numbers by size", () => {
    const orders = [10, 9].map((orderNo) => ({ ...ORDER, orderNo }));
    expect(takes(orders, [LOT])).toEqual(["9/1 L1 4", "10/1 L1 4"]);
    const texts = ["10", "9"].map((orderNo) => ({ ...ORDER, orderNo }));
    expect(takes(texts, [LOT])).toEqual(["10/1 L1 4", "9/1 L1 4"]);
  });

  it("1: serves lines by number, those without one last and as they stand", () => {
    const lines = [
      { ...LINE, lineId: "c" },
      { ...LINE, lineId: "b", lineNo: 20 },
      { ...LINE, lineId: "a", lineNo: 10 },
      { ...LINE, lineId: "d", lineNo: null },
    ];
    expect(takes([{ ...ORDER, lines }], [{ ...LOT, quantity: 99 }])).toEqual(
      ["a", "b", "c", "d"].map((id) => `SO-1/${id} L1 4`),
    );
  });

  it("2: passes over lots that expire on the day, those abroad and empty ones, and takes lots without a day last", () => {
    const lots = [
      { ...LOT, lotId: "Z", quantity: 1 },
      { ...LOT, lotId: "A", receivedOn: "2026-02-02", expiresOn: "2026-03-02" },
      { ...LOT, lotId: "B", receivedOn: "2026-02-03", expiresOn: "2026-03-03", quantity: 1 },
      { ...LOT, lotId: "C", receivedOn: "2026-02-01", quantity: 1 },
      { ...LOT, lotId: "D", receivedOn: "2026-01-01", warehouseId: "ABROAD" },
      { ...LOT, lotId: "E", receivedOn: "2026-01-01", quantity: 0 },
      { ...LOT, lotId: "F", warehouseId: "SOUTH", quantity: 1, expiresOn: null },
    ];
    const lotsOf = (rule: RowPolicy["lots"]) => takes([ORDER], lots, { lots: rule }).map((take) => take.split(" ")[1]);
    expect(lotsOf("fifo")).toEqual(["C", "B", "Z", "F"]);
    expect(lotsOf("lifo")).toEqual(["B", "C", "Z", "F"]);
    expect(lotsOf("fefo")).toEqual(["B", "C", "Z", "F"]);
  });

  it.each(["fifo", "lifo", "fefo"] as const)("2: of lots of one day takes the first by their ids: %s", (lots) => {
    const same = { ...LOT, quantity: 1, receivedOn: "2026-02-01", expiresOn: "2026-09-01" };
    const textIds = ["L3", "L10", "L1", "L2"].map((lotId) => ({ ...same, lotId }));
    expect(takes([ORDER], textIds, { lots })).toEqual(["L1", "L10", "L2", "L3"].map((id) => `SO-1/1 ${id} 1`));
    const numbers = [3, 10, 1, 2].map((lotId) => ({ ...same, lotId }));
    expect(takes([ORDER], numbers, { lots })).toEqual([1, 2, 3, 10].map((id) => `SO-1/1 ${id} 1`));
    const elsewhere = [{ ...same, lotId: 9, warehouseId: "SOUTH" }, ...numbers.slice(0, 3)];
    expect(takes([ORDER], elsewhere, { lots })).toEqual([1, 3, 10, 9].map((id) => `SO-1/1 ${id} 1`));
  });

  it("2: asks nobody where an area has no warehouses", () => {
    expect(takes([ORDER], [LOT], { nearest: { HH: [] } })).toEqual([]);
    expect(takes([{ ...ORDER, area: "M" }], [LOT], { otherwise: ["NORTH"] })).toEqual(["SO-1/1 L1 4"]);
  });

  it("6: names every fault with its place, in the host's words", () => {
    const names = { order: { orderNo: "id" }, line: { quantity: "qty" }, lot: { lotId: "id" } };
    const orders = [
      { id: "SO-1", area: "MARS", lines: [{ ...LINE, qty: "four" }, null, { ...LINE, qty: 1, quantum: 0 }] },
      { id: "SO-1", area: "HH", lines: "none" },
      { id: "", area: "HH", lines: [{ lineId: null, itemCode: {}, qty: -1, partialAllowed: "no" }] },
      { id: 1.5, area: null, lines: [] },
      null as unknown as object,
    ];
    const lots = [
      { ...LOT, id: "L1", quantity: Number.NaN, receivedOn: "2026-02-30" },
      { ...LOT, id: "L1", expiresOn: "2026-2-1", warehouseId: 5 },
      [] as object,
    ];
    expect(faults(orders, lots, { names })).toEqual([
      "rows.bad_quantity lots 0 quantity",
      "rows.bad_day lots 0 receivedOn",
      "rows.bad_day lots 1 expiresOn",
      "rows.bad_id lots 1 warehouseId",
      "rows.bad_row lots 2",
      "rows.listed_twice lots 1 id",
      "rows.unknown_area orders 0 area",
      "rows.bad_quantity orders 0 lines 0 qty",
      "rows.bad_row orders 0 lines 1",
      "rows.bad_quantity orders 0 lines 2 quantum",
      "rows.listed_twice orders 0 lines 2 lineId",
      "rows.bad_row orders 1 lines",
      "rows.bad_id orders 2 id",
      "rows.bad_id orders 2 lines 0 lineId",
      "rows.bad_quantity orders 2 lines 0 qty",
      "rows.bad_id orders 2 lines 0 itemCode",
      "rows.bad_id orders 3 id",
      "rows.unknown_area orders 3 area",
      "rows.bad_row orders 4",
      "rows.listed_twice orders 1 id",
    ]);
  });

  it.each([
    [1, 1],
    [2, 1, 2],
    ["1", "1"],
    ["b", "a", "b"],
  ])("6: names a line that an order lists twice, by number or by text: %j, %j", (...ids) => {
    const lines = ids.map((lineId) => ({ ...LINE, lineId }));
    expect(faults([{ ...ORDER, lines }], [LOT])).toEqual([`rows.listed_twice orders 0 lines ${ids.length - 1} lineId`]);
  });

  it("6: names lines of one number, mixed kinds, keys that rank nothing, lists that are none and a day that is none", () => {
    const lines = [2, 1, 2, "3"].map((lineNo, at) => ({ ...LINE, lineId: at, lineNo }));
    expect(faults([{ ...ORDER, lines }], [LOT])).toEqual([
      "rows.bad_id orders 0 lines 3 lineNo",
      "rows.listed_twice orders 0 lines 2 lineNo",
    ]);
    const mixed = [ORDER, { ...ORDER, orderNo: 2 }];
    expect(faults(mixed, [LOT, { ...LOT, lotId: 2, itemCode: 5 }])).toEqual([
      "rows.mixed_ids lots",
      "rows.mixed_ids orders",
      "rows.mixed_ids",
    ]);
    const ranked = [true, {}, 1, "1"].map((rank, orderNo) => ({ ...ORDER, orderNo, rank }));
    const priority = [{ column: "rank", direction: "ascending" as const }];
    expect(faults(ranked, [LOT], { priority })).toEqual([
      "rows.bad_key orders 0 rank",
      "rows.bad_key orders 1 rank",
      "rows.mixed_keys priority 0",
    ]);
    expect(faults(ranked.slice(2), [LOT], { priority: [{ ...priority[0]!, compares: "decimal" }] })).toEqual([]);
    expect(faults(undefined as never, "lots" as never, { mustOutlive: "today" as CalendarDay })).toEqual([
      "rows.bad_row orders",
      "rows.bad_row lots",
      "rows.bad_day mustOutlive",
    ]);
    expect(faults([{ ...ORDER, lines: [{ ...LINE, partialAllowed: "no" }] }], [LOT])).toEqual([
      "rows.bad_flag orders 0 lines 0 partialAllowed",
    ]);
  });

  it.each<[string, readonly object[], readonly object[], object, object]>([
    ["a day that is none", [ORDER], [LOT], { mustOutlive: "today" }, { column: "mustOutlive", found: "today" }],
    ["a day of receipt", [ORDER], [{ ...LOT, receivedOn: 5 }], {}, { column: "receivedOn", found: "5" }],
    ["a day of expiry", [ORDER], [{ ...LOT, expiresOn: {} }], {}, { column: "expiresOn", found: "object" }],
    ["a warehouse", [ORDER], [{ ...LOT, warehouseId: null }], {}, { column: "warehouseId", found: "null" }],
    ["an item", [ORDER], [{ ...LOT, itemCode: "" }], {}, { column: "itemCode", found: "" }],
    ["a quantity of a lot", [ORDER], [{ ...LOT, quantity: true }], {}, { column: "quantity", found: "true" }],
    ["too much of a lot", [ORDER], [{ ...LOT, quantity: "99999999999999999" }], {}, { itemCode: "TEA" }],
    ["a lot twice", [ORDER], [LOT, LOT], {}, { column: "lotId", id: "L1" }],
    ["no row of a lot", [ORDER], [[]], {}, { found: "object" }],
    ["an area", [{ ...ORDER, area: "MARS" }], [LOT], {}, { area: "MARS" }],
    ["no area", [{ ...ORDER, area: undefined }], [LOT], {}, { area: "undefined" }],
    ["no lines", [{ ...ORDER, lines: null }], [LOT], {}, { found: "null" }],
    ["no row of a line", [{ ...ORDER, lines: [7] }], [LOT], {}, { found: "7" }],
    ["a line", [{ ...ORDER, lines: [{ ...LINE, lineId: 1.5 }] }], [LOT], {}, { column: "lineId", found: "1.5" }],
    ["a line number", [{ ...ORDER, lines: [{ ...LINE, lineNo: "1" }] }], [LOT], {}, { column: "lineNo", found: "1" }],
    [
      "an item of a line",
      [{ ...ORDER, lines: [{ ...LINE, itemCode: null }] }],
      [LOT],
      {},
      { column: "itemCode", found: "null" },
    ],
    [
      "a quantity",
      [{ ...ORDER, lines: [{ ...LINE, quantity: "-1" }] }],
      [LOT],
      {},
      { column: "quantity", found: "-1" },
    ],
    ["too much", [{ ...ORDER, lines: [{ ...LINE, quantity: "99999999999999999" }] }], [LOT], {}, { itemCode: "TEA" }],
    ["a step", [{ ...ORDER, lines: [{ ...LINE, quantum: "0.0" }] }], [LOT], {}, { column: "quantum", found: "0.0" }],
    [
      "a flag",
      [{ ...ORDER, lines: [{ ...LINE, partialAllowed: 2 }] }],
      [LOT],
      {},
      { column: "partialAllowed", found: "2" },
    ],
    ["a line twice", [{ ...ORDER, lines: [LINE, LINE] }], [LOT], {}, { column: "lineId", id: "1" }],
    ["an order twice", [ORDER, ORDER], [LOT], {}, { column: "orderNo", id: "SO-1" }],
    ["no row of an order", ["SO-1".repeat(99) as never], [LOT], {}, { found: "SO-1".repeat(15) }],
    ["ids of two kinds", [ORDER], [LOT, { ...LOT, lotId: 2 }], {}, { column: "lotId" }],
    ["items of two kinds", [ORDER], [{ ...LOT, itemCode: 1 }], {}, { column: "itemCode" }],
    [
      "items of two kinds, as the host calls them",
      [{ ...ORDER, lines: [{ ...LINE, sku: "TEA" }] }],
      [{ ...LOT, itemCode: 1 }],
      { names: { line: { itemCode: "sku" } } },
      { column: "sku" },
    ],
    [
      "a key that ranks nothing",
      [{ ...ORDER, rank: [] }],
      [LOT],
      { priority: [{ column: "rank", direction: "ascending" }] },
      { column: "rank", found: "object" },
    ],
    [
      "keys of two kinds",
      [1, "1"].map((rank) => ({ ...ORDER, orderNo: `SO-${rank} ${typeof rank}`, rank })),
      [LOT],
      { priority: [{ column: "rank", direction: "ascending" }] },
      { column: "rank" },
    ],
  ])("6: tells what it found: %s", (_case, orders, lots, policy, params) => {
    const answer = allocateRows({ orders, lots }, { ...POLICY, ...policy });
    expect(answer.ok ? [] : answer.issues.map((fault) => fault.params)).toEqual([params]);
  });

  it("6: refuses a key that no order has; one that some have ranks the others by its nulls", () => {
    const key = { column: "class", direction: "ascending" } as const;
    const one = { ...ORDER, orderNo: "SO-2", class: "A" };
    expect(faults([ORDER, { ...ORDER, orderNo: "SO-2" }], [LOT], { priority: [key] })).toEqual([
      "rows.unknown_column priority 0 column",
    ]);
    expect(faults([ORDER], [LOT], { priority: [{ ...key, ranking: ["A"] }] })).toEqual([
      "rows.unknown_column priority 0 column",
    ]);
    expect(takes([ORDER, one], [LOT], { priority: [key] })[0]).toBe("SO-2/1 L1 4");
    expect(takes([ORDER, one], [LOT], { priority: [{ ...key, nulls: "first" }] })[0]).toBe("SO-1/1 L1 4");
    expect(takes([{ ...ORDER, class: null }], [LOT], { priority: [key] })).toEqual(["SO-1/1 L1 4"]);
    expect(takes([], [LOT], { priority: [key] })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["lots", "fife", "policy.unknown_word lots"],
    ["lots", undefined, "policy.unknown_word lots"],
    ["priority", undefined, "policy.wrong_shape priority"],
    ["priority", [{ column: "a", direction: "desc" }], "policy.unknown_word priority 0 direction"],
    ["priority", [{ direction: "ascending" }], "policy.wrong_shape priority 0 column"],
    [
      "priority",
      [{ column: "a", direction: "ascending", nulls: "never", ranking: "A", compares: "number" }],
      "policy.unknown_word priority 0 nulls, policy.wrong_shape priority 0 ranking, policy.unknown_word priority 0 compares",
    ],
    ["nearest", { HH: "NORTH" }, "policy.wrong_shape nearest HH"],
    ["nearest", undefined, "policy.wrong_shape nearest"],
    ["otherwise", "NORTH", "policy.wrong_shape otherwise"],
    ["names", { line: { quantity: 5 } }, "policy.wrong_shape names line quantity"],
  ])("6: refuses a policy whose %s is %j", (field, value, found) => {
    expect(faults([ORDER], [LOT], { [field]: value }).join(", ")).toBe(found);
  });

  it.each<[string, unknown, string]>([
    ["receivedOn", new Date(0), "receivedOn holds “Date”, which is no day as text: write YYYY-MM-DD."],
    ["lotId", 1n, "lotId holds “1n”, which is neither text nor a whole number."],
  ])("6: says what is wrong with %s as drivers give it", (field, value, sentence) => {
    const answer = allocateRows({ orders: [ORDER], lots: [{ ...LOT, [field]: value }] }, POLICY);
    expect(answer.ok ? [] : answer.issues.map((found) => describeIssue(found, "en"))).toEqual([sentence]);
  });

  it("6: stops at a thousand faults, however many rows are wrong", () => {
    const orders = Array.from({ length: 50_000 }, (_, orderNo) => ({ ...ORDER, orderNo, area: "MARS" }));
    expect(faults(orders, [])).toHaveLength(1000);
  });

  it("takes figures with steps of finer decimals than the quantity, and refuses those too fine to count", () => {
    const lines = [{ ...LINE, quantum: "1.5" }];
    expect(takes([{ ...ORDER, lines }], [{ ...LOT, quantity: "3.7" }])).toEqual(["SO-1/1 L1 3"]);
    const fine = [{ ...LINE, quantity: "900719925474099", quantum: "0.001" }];
    expect(faults([{ ...ORDER, lines: fine }], [LOT])).toEqual(["rows.out_of_range orders 0 lines 0 quantum"]);
  });

  it("ranks days as the calendar has them", () => {
    let before = -1;
    for (let day = calendarDay("1999-12-25"); day < "2004-03-05"; day = addDays(day, 1)) {
      expect(dayRank(day)).toBeGreaterThan(before);
      before = dayRank(day);
    }
    expect(dayRank("9999-12-31")).toBeLessThan(NO_DAY);
    const odd = ["2026-02-29", "2028-02-29", "2026-04-31", "0000-01-01", "2026-13-01", "2026-00-10", "2026-01-00"];
    for (const text of [...odd, "2026/01-01", "2026-01/01", "2O26-01-01", "2026-01-01T", "2026-01-32"])
      expect([text, !Number.isNaN(dayRank(text))]).toEqual([text, isCalendarDay(text)]);
  });
});
