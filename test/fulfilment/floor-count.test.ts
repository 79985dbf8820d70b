import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { checkCounts, fullCounts, type FloorCount } from "../../src/fulfilment/floor-count.js";
import { anyOrder } from "../../src/testing/index.js";

const NORTH = { warehouseId: "NORTH" };
const LOT = { warehouseId: "NORTH", binId: "B-1", lotNo: "L-1", owner: "C-100" };
const order = anyOrder({
  stage: "confirmed",
  lines: [
    {
      orderedQty: "10",
      reservations: [
        { ...NORTH, quantities: { allocated: "6", shipped: "1" } },
        { ...LOT, quantities: { allocated: "2", picked: "1" }, loaded: "1" },
      ],
    },
    { orderedQty: "5", quantities: { picked: "5" } },
  ],
});
const count = (part: Partial<Omit<FloorCount, "quantity">> & { quantity?: string } = {}): FloorCount => ({
  lineId: "SO-1-1",
  source: NORTH,
  ...part,
  quantity: decimal(part.quantity ?? "6"),
});
const issuesOf = (...counts: readonly FloorCount[]) => checkCounts(order, counts, "allocated").issues;

describe("checkCounts (mission 10.3)", () => {
  it("holds each count against what the line has at the place", () => {
    const missing = { reason: "not_found", stock: "writeOff" } as const;
    const { checked, issues } = checkCounts(
      order,
      [count({ quantity: "4", shortage: missing }), count({ source: LOT, quantity: "0.5" })],
      "allocated",
    );
    expect(issues).toEqual([]);
    expect(checked.map(({ source, expected, short }) => [source, expected, short])).toEqual([
      [NORTH, "6", "2"],
      [LOT, "2", "0"],
    ]);
  });

  it("rule 1: no counts at all are refused", () => {
    expect(issuesOf()).toEqual([{ code: "count.no_lines", path: ["counts"], params: { orderNo: "SO-1" } }]);
  });

  it("rule 1: a line that the order does not have is refused", () => {
    expect(issuesOf(count({ lineId: "X" }))).toEqual([
      { code: "count.unknown_line", path: ["counts", 0, "lineId"], params: { lineId: "X" } },
    ]);
  });

  test.each([
    ["another warehouse", { warehouseId: "SOUTH" }],
    ["another lot", { ...LOT, lotNo: "L-2" }],
    ["another bin", { ...LOT, binId: "B-2" }],
    ["another owner", { ...LOT, owner: "C-2" }],
  ])("rule 1: %s than the line's is refused", (_what, source) => {
    const { warehouseId } = source;
    expect(issuesOf(count({ source, quantity: "1" }))).toEqual([
      {
        code: "count.nothing_expected",
        path: ["counts", 0, "source"],
        params: { lineId: "SO-1-1", warehouseId, bucket: "allocated" },
      },
    ]);
  });

  it("rule 1: a place that holds the line in another bucket only is refused", () => {
    expect(issuesOf(count({ lineId: "SO-1-2", quantity: "5" })).map(({ code }) => code)).toEqual([
      "count.nothing_expected",
    ]);
    expect(checkCounts(order, [count({ lineId: "SO-1-2", quantity: "5" })], "picked").issues).toEqual([]);
  });

  it("rule 2: a place of a line that is counted twice is refused, two places of it are not", () => {
    expect(issuesOf(count(), count({ source: LOT, quantity: "2" }))).toEqual([]);
    expect(issuesOf(count({ quantity: "3" }), count({ quantity: "3" }))).toEqual([
      { code: "count.listed_twice", path: ["counts", 1], params: { lineId: "SO-1-1", warehouseId: "NORTH" } },
    ]);
  });

  test.each([
    ["0", []],
    ["6", []],
    ["-0.1", ["count.negative"]],
    ["6.001", ["count.exceeds_expected"]],
  ])("rule 2: %s of 6 gives %j", (quantity, codes) => {
    expect(issuesOf(count({ quantity })).map(({ code }) => code)).toEqual(codes);
  });

  test.each(["", " ", "not\nfound"])("rule 2: a shortage without a reason is refused: %j", (reason) => {
    const short = count({ source: LOT, quantity: "1", shortage: { reason, stock: "keep" } });
    expect(issuesOf(count(), short)).toEqual([
      { code: "command.not_a_name", path: ["counts", 1, "shortage", "reason"], params: { field: "reason" } },
    ]);
  });

  it("rule 2: tells how much is wrong", () => {
    expect(issuesOf(count({ quantity: "-1" }), count({ source: LOT, quantity: "3" }))).toEqual([
      { code: "count.negative", path: ["counts", 0, "quantity"], params: { lineId: "SO-1-1", quantity: "-1" } },
      {
        code: "count.exceeds_expected",
        path: ["counts", 1, "quantity"],
        params: { lineId: "SO-1-1", expected: "2", quantity: "3" },
      },
    ]);
  });

  it("tells all reasons at once", () => {
    const counts = [
      count({ lineId: "X" }),
      count({ quantity: "7" }),
      count({ quantity: "-1" }),
      count({ source: { warehouseId: "W" } }),
    ];
    expect(issuesOf(...counts).map(({ code, path }) => [code, path[1]])).toEqual([
      ["count.unknown_line", 0],
      ["count.exceeds_expected", 1],
      ["count.listed_twice", 2],
      ["count.negative", 2],
      ["count.nothing_expected", 3],
    ]);
  });
});

describe("fullCounts (mission 10.3)", () => {
  it("lists all that the order has in the bucket, line by line and place by place", () => {
    expect(fullCounts(order, "allocated")).toEqual([
      { lineId: "SO-1-1", source: NORTH, quantity: "6" },
      { lineId: "SO-1-1", source: LOT, quantity: "2" },
    ]);
    expect(fullCounts(order, "picked")).toEqual([
      { lineId: "SO-1-1", source: LOT, quantity: "1" },
      { lineId: "SO-1-2", source: NORTH, quantity: "5" },
    ]);
  });

  it("lists nothing for an order that has nothing there, and is accepted as it is otherwise", () => {
    expect(fullCounts(anyOrder(), "allocated")).toEqual([]);
    for (const bucket of ["allocated", "picked"] as const) {
      const { checked, issues } = checkCounts(order, fullCounts(order, bucket), bucket);
      expect([issues, checked.map(({ short }) => short)]).toEqual([[], ["0", "0"]]);
    }
  });
});
