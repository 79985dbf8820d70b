import { describe, expect, it } from "vitest";
import { parseOrder, parseOrderDraft, parseStock, type ParseLimits } from "../../src/schema/index.js";
import { FULL_DRAFT, FULL_ORDER, refusalOf } from "./samples.js";

const surplus = {
  ...FULL_DRAFT,
  colour: "red",
  shipToAddress: { ...FULL_DRAFT.shipToAddress, planet: { name: "earth" } },
  lines: FULL_DRAFT.lines.map((line) => ({
    ...line,
    ...("discount" in line ? { discount: { ...line.discount, why: 1 } } : {}),
    note: "n",
  })),
};

describe("unknown fields (mission 4.13)", () => {
  it("are refused by default, each of them", () => {
    expect([...refusalOf(parseOrderDraft(surplus))].sort()).toEqual(
      [
        "colour",
        "lines.0.note",
        "lines.1.discount.why",
        "lines.1.note",
        "lines.2.discount.why",
        "lines.2.note",
        "shipToAddress.planet",
      ].map((path) => `schema.unknown_field ${path}`),
    );
  });

  it("are left out where the host says so, and nothing else is", () => {
    const input = structuredClone(surplus);
    expect(parseOrderDraft(input, { unknownFields: "drop" })).toStrictEqual(parseOrderDraft(FULL_DRAFT));
    expect(input).toStrictEqual(surplus);
  });

  it("left out, they do not hide what else is wrong", () => {
    const input = { ...surplus, orderNo: "" };
    expect(refusalOf(parseOrderDraft(input, { unknownFields: "drop" }))).toEqual(["schema.empty orderNo"]);
  });

  it("left out, they still must be plain data", () => {
    const input = { ...FULL_DRAFT, colour: new Date(0) };
    expect(refusalOf(parseOrderDraft(input, { unknownFields: "drop" }))).toEqual(["schema.wrong_type colour"]);
  });

  it("are left out before the laws of the model are checked", () => {
    const input = { ...FULL_ORDER, colour: 1, status: "picked" };
    expect(refusalOf(parseOrder(input, { unknownFields: "drop" }))).toEqual(["schema.inconsistent status"]);
  });
});

describe("limits", () => {
  it("can be set for one call", () => {
    expect(refusalOf(parseOrderDraft(FULL_DRAFT, { limits: { maxLines: 2 } }))).toEqual(["schema.too_many lines"]);
    expect(parseOrderDraft(FULL_DRAFT, { limits: { maxLines: 3 } }).ok).toBe(true);
    expect(refusalOf(parseOrderDraft(FULL_DRAFT, { limits: { maxTextLength: 3 } })).length).toBeGreaterThan(3);
    const long = { ...FULL_DRAFT, remark: "x".repeat(5_000) };
    expect(parseOrderDraft(long, { limits: { maxTextLength: 5_000 } }).ok).toBe(true);
  });

  it("bound the issues, and one more issue tells that there are more", () => {
    const lines = Array.from({ length: 9_000 }, () => ({}));
    const result = parseOrderDraft({ ...FULL_DRAFT, lines });
    const issues = result.ok ? [] : result.issues;
    expect(issues).toHaveLength(1_001);
    expect(issues.at(-1)).toStrictEqual({ code: "schema.more_issues", path: [], params: { limit: 1_000 } });
    const five = parseOrderDraft({ ...FULL_DRAFT, lines }, { limits: { maxIssues: 5 } });
    expect(five.ok ? [] : five.issues.map(({ code }) => code)).toEqual([
      ...new Array(5).fill("schema.required"),
      "schema.more_issues",
    ]);
  });

  it("at their very number bring no such issue", () => {
    const result = parseOrderDraft({ ...FULL_DRAFT, lines: [{}] }, { limits: { maxIssues: 2 } });
    expect(refusalOf(result)).toEqual(["schema.required lines.0.itemCode", "schema.required lines.0.quantity"]);
  });

  it("bound the records of a list", () => {
    expect(parseStock(new Array(1_000_001).fill(1))).toStrictEqual({
      ok: false,
      issues: [{ code: "schema.too_many", path: [], params: { limit: 1_000_000, count: 1_000_001 } }],
    });
    expect(refusalOf(parseStock([1, 2], { limits: { maxRecords: 1 } }))).toEqual(["schema.too_many "]);
  });

  it("stop a list of a million faults at the first thousand", () => {
    let reads = 0;
    const list = new Array(1_000_000).fill(
      Object.defineProperty({}, "itemCode", { enumerable: true, get: () => void (reads += 1) }),
    );
    const result = parseStock(list);
    expect(result.ok ? 0 : result.issues.length).toBe(1_001);
    expect(reads).toBeLessThan(1_000);
  });

  const wrong: readonly Partial<ParseLimits>[] = [
    { maxLines: 0 },
    { maxItems: -1 },
    { maxTextLength: NaN },
    { maxDepth: 65 },
    { maxIssues: 1.5 },
    { maxFields: Infinity },
  ];
  it.each(wrong)("that are no limits are a bug of the program: %j", (limits) => {
    expect(() => parseOrderDraft(FULL_DRAFT, { limits })).toThrow(RangeError);
    expect(() => parseStock([], { limits })).toThrow(RangeError);
  });
});
