import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { describeIssue, describePromise, describeReason } from "../../src/messages/describe-issue.js";
import { en } from "../../src/messages/en.js";
import type { Locale, MessageCode } from "../../src/messages/message-code.js";
import { TRANSITIONS } from "../../src/lifecycle/transitions.js";
import { ZH_NAMES } from "../../src/messages/zh-names.js";
import { zh } from "../../src/messages/zh.js";
import { ALLOCATION_REASON_CODES } from "../../src/model/allocation-reason.js";
import { BUCKETS } from "../../src/model/bucket.js";
import { AMENDABLE_FIELDS, ORDER_STATUSES } from "../../src/model/order.js";
import type { PromisedLine } from "../../src/scheduling/promised-line.js";
import { realIssues } from "./real-issues.js";

const CODES = Object.keys(en) as MessageCode[];
const LOCALES: readonly Locale[] = ["en", "zh"];
const placeholdersOf = (sentence: string): string[] => (sentence.match(/\{\w+\}/gu) ?? []).sort();
const issues = realIssues();

describe("sentences (mission 4.6, 4.15)", () => {
  it("are there in both languages, in one order", () => {
    expect(Object.keys(zh)).toEqual(CODES);
  });

  it("of both languages name the same facts", () => {
    for (const code of CODES) expect([code, placeholdersOf(zh[code])]).toEqual([code, placeholdersOf(en[code])]);
  });

  it("are sentences: one, with a stop, and no brace that opens nothing", () => {
    for (const code of CODES) {
      expect(en[code]).toMatch(/^[A-Z“{].*\.$/u);
      expect(zh[code]).toMatch(/。$/u);
      for (const sentence of [en[code], zh[code]]) {
        expect(sentence.replace(/\{\w+\}/gu, "")).not.toMatch(/[{}]/u);
        expect(sentence).not.toMatch(/ {2}|^ | $/u);
      }
    }
  });

  it("are Chinese where they should be", () => {
    for (const code of CODES) {
      expect(zh[code]).toMatch(/\p{Script=Han}/u);
      expect(en[code]).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

describe("Chinese sentences", () => {
  const spoken = issues.map((issue) => describeIssue(issue, "zh"));
  const sentences = [...Object.values(zh), ...spoken];

  it("have full-width punctuation beside Chinese", () => {
    expect(
      sentences.filter((sentence) => /\p{Script=Han} ?[,;:?!()]|[,;:?!()] ?\p{Script=Han}/u.test(sentence)),
    ).toEqual([]);
    expect(Object.values(zh).filter((sentence) => /[,;!]|(?<!\w):|[^\w-]\(|\)[^\w-]/u.test(sentence))).toEqual([]);
  });

  it("name no bucket, status, operation or guard in English", () => {
    const facts = ["bucket", "status", "stage", "allowedFrom", "operation", "needs"];
    const told = issues.flatMap((issue) =>
      facts.flatMap((fact) => [issue.params[fact] ?? []].flat().map((word) => [issue, fact, word] as const)),
    );
    expect(told.length).toBeGreaterThan(20);
    for (const [issue, fact, word] of told) {
      // Words of a site's own have no Chinese name here.
      const isOurs = Object.hasOwn(ZH_NAMES[fact] ?? {}, word as string);
      const isSaid = zh[issue.code as MessageCode].includes(`{${fact}}`);
      if (isOurs && isSaid) expect(describeIssue(issue, "zh")).not.toContain(word);
    }
  });

  it("know every bucket, status, operation, guard and field that can be agreed anew", () => {
    expect(Object.keys(ZH_NAMES.bucket!).sort()).toEqual([...BUCKETS].sort());
    expect(Object.keys(ZH_NAMES.status!).sort()).toEqual([...ORDER_STATUSES].sort());
    expect(Object.keys(ZH_NAMES.operation!).sort()).toEqual(TRANSITIONS.map(({ operation }) => operation).sort());
    expect(TRANSITIONS.map(({ guard }) => guard).filter((guard) => !Object.hasOwn(ZH_NAMES.needs!, guard))).toEqual([]);
    expect(AMENDABLE_FIELDS.filter((field) => !Object.hasOwn(ZH_NAMES.fields!, field))).toEqual([]);
  });

  it("say names in Chinese, lists with a pause mark, and a site's own words as they are", () => {
    const say = (code: string, params: Record<string, unknown>) => describeIssue({ code, path: [], params }, "zh");
    expect(say("close.shortage_waiting", { lineId: "SO-1-1", bucket: "backfill", quantity: "3" })).toContain("待补货");
    expect(say("amend.negative", { lineId: "SO-1-1", field: "unitPrice", amount: "-3" })).toBe(
      "行 SO-1-1 的单价不能改为 -3：小于零。",
    );
    const params = { operation: "close", status: "picked", allowedFrom: ["collected", "shipped"] };
    expect(say("status.operation_not_allowed", params)).toContain("已收款、已出货");
    expect(say("status.not_ready", { operation: "pack", needs: "our own guard" })).toContain("our own guard");
    expect(say("command.not_a_name", { field: "toString" })).toContain("toString");
  });

  it("leave names in English to English sentences", () => {
    const issue = { code: "amend.negative", path: [], params: { lineId: "L", field: "unitPrice", amount: "-3" } };
    expect(describeIssue(issue, "en")).toBe("The unit price of line L cannot become -3: it is below zero.");
    expect(describeIssue({ ...issue, params: { ...issue.params, field: "discount" } }, "en")).toContain(
      "The discount of",
    );
  });
});

describe("describeIssue (mission 4.6, 4.15)", () => {
  const byCode = new Map(issues.map((issue) => [issue.code, issue]));

  it("is shown on a real issue of every code", () => {
    const missing = CODES.filter((code) => !/^(?:(?:promotion|promise)_)?reason\./u.test(code) && !byCode.has(code));
    expect(missing).toEqual([]);
    expect([...byCode.keys()].filter((code) => !CODES.includes(code as MessageCode))).toEqual([]);
  });

  test.each([...byCode.keys()].sort())("says %s in full", (code) => {
    for (const issue of issues.filter((found) => found.code === code)) {
      for (const locale of LOCALES) {
        const sentence = describeIssue(issue, locale);
        expect(sentence).not.toBe(code);
        expect(sentence).not.toMatch(/\{\w+\}|undefined|\[object/u);
      }
    }
  });

  it("fills in facts as they are: text bare, numbers plain, lists with commas", () => {
    const say = (code: string, params: Record<string, unknown>, locale: Locale = "en") =>
      describeIssue({ code, path: [], params }, locale);
    expect(say("enter.unknown_unit", { itemCode: "TEA", uom: "PAL", known: ["EA", "CS"] })).toBe(
      "Item TEA is not kept in PAL; it is ordered in EA, CS.",
    );
    expect(say("price.already_invoiced", { invoices: 2 })).toBe(
      "The order has been invoiced (2) and is not priced again.",
    );
    expect(say("enter.unknown_item", { itemCode: "T-9" }, "zh")).toBe("商品代号 T-9 不存在。");
  });

  it("does not read a fact as a sentence: braces and dollar signs in it stay", () => {
    const params = { itemCode: "{uom} $& $1", uom: "PAL", known: [] };
    expect(describeIssue({ code: "enter.unknown_unit", path: [], params }, "en")).toBe(
      "Item {uom} $& $1 is not kept in PAL; it is ordered in nothing.",
    );
  });

  it("leaves a hole where a fact is missing, and knows no inherited facts", () => {
    expect(describeIssue({ code: "enter.unknown_item", path: [], params: {} }, "en")).toBe(
      "Item {itemCode} is unknown.",
    );
  });

  test.each(["my.own_code", "toString", "constructor", "__proto__", ""])(
    "says an unknown code as it is: %j",
    (code) => {
      for (const locale of LOCALES) expect(describeIssue({ code, path: [], params: {} }, locale)).toBe(code);
    },
  );
});

describe("a language that is not there (mission 4.15)", () => {
  it.each(["fr", "", "toString", "__proto__"])("is answered in English: %j", (locale) => {
    const unknown = { code: "enter.unknown_item", path: [], params: { itemCode: "T-9" } };
    expect(describeIssue(unknown, locale as Locale)).toBe("Item T-9 is unknown.");
    expect(describeIssue({ ...unknown, code: "my.own_code" }, locale as Locale)).toBe("my.own_code");
  });
});

describe("describeReason (mission 4.15, 9.10)", () => {
  const reason = {
    orderNo: "SO-1",
    lineId: "SO-1-1",
    rank: 7,
    requested: decimal("30"),
    allocated: decimal("10"),
    short: decimal("20"),
    warehouses: ["NORTH"],
  };

  test.each(ALLOCATION_REASON_CODES)("says %s in both languages", (code) => {
    const sentences = LOCALES.map((locale) => describeReason({ ...reason, code }, locale));
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|^reason\./u);
    expect(new Set(sentences).size).toBe(2);
  });

  it("tells how far stock went", () => {
    expect(describeReason({ ...reason, code: "served_in_part" }, "en")).toBe("Stock ended at 10 of 30.");
    expect(describeReason({ ...reason, code: "served_in_part" }, "zh")).toBe("需要 30，库存只够 10。");
  });
});

describe("describePromise (mission 4.15, 8.1, 8.2)", () => {
  const line = {
    orderNo: "SO-1",
    lineId: "SO-1-1",
    itemCode: "TEA",
    requested: decimal("30"),
    promised: decimal("10"),
    short: decimal("20"),
    parts: [],
    kind: "onHand" as const,
    day: calendarDay("2026-03-04"),
    waitsFor: "SO-1-2",
  };
  const codes = CODES.flatMap((code) =>
    code.startsWith("promise_reason.") ? [code.slice("promise_reason.".length) as PromisedLine["code"]] : [],
  );

  test.each(codes)("says %s in both languages", (code) => {
    const sentences = LOCALES.map((locale) => describePromise({ ...line, code }, locale));
    for (const sentence of sentences) expect(sentence).not.toMatch(/[{}]|^promise_reason\./u);
    expect(new Set(sentences).size).toBe(2);
  });

  it("names the line that sets the day, and the one that is missing", () => {
    const { waitsFor: _, ...alone } = line;
    expect(describePromise({ ...alone, code: "late" }, "en")).toBe(
      "All of it is ready on 2026-03-04, later than it is needed.",
    );
    for (const code of ["late", "on_time"] as const)
      expect(describePromise({ ...line, code }, "en")).toBe(
        "All of it is ready on 2026-03-04, when line SO-1-2 is there as well.",
      );
    expect(describePromise({ ...line, code: "group_incomplete" }, "en")).toContain("together with line SO-1-2");
  });
});
