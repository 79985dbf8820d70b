import type { Issue } from "../core/issue.js";
import type { AllocationReason } from "../model/allocation-reason.js";
import { en } from "./en.js";
import type { Locale, MessageCode } from "./message-code.js";
import type { PromotionReason } from "../pricing/promotions/promotion-reason.js";
import type { PromisedLine } from "../scheduling/promised-line.js";
import { saidOfReason } from "./promotion-words.js";
import { zh } from "./zh.js";
import { ZH_NAMES } from "./zh-names.js";

const SENTENCES: Readonly<Record<Locale, Readonly<Record<MessageCode, string>>>> = { en, zh };

/**
 * Says an issue as a sentence.
 *
 * @param issue any issue of the library; of an unknown code, the code itself is said
 * @param locale language
 * @returns one sentence, without the path
 *
 * **Source:** mission 4.6, 4.15
 * @example
 * ```ts
 * import { describeIssue } from "ordercycle";
 * const issue = { code: "enter.unknown_item", path: ["lines", 0, "itemCode"], params: { itemCode: "T-9" } };
 * describeIssue(issue, "en"); // => "Item T-9 is unknown."
 * describeIssue(issue, "zh"); // => "商品代号 T-9 不存在。"
 * ```
 */
export function describeIssue(issue: Issue, locale: Locale): string {
  return say(issue.code, issue.params, locale);
}

/**
 * Says why a line got what it got.
 *
 * @param reason from an allocation
 * @param locale language
 * @returns one sentence; another one with the lines that it waits for, where it does; and one more where the search for lots for
 *   all of them ended without an answer
 *
 * **Source:** mission 4.15, 9.10
 * @example
 * ```ts
 * import { decimal, describeReason } from "ordercycle";
 * const reason = { orderNo: "SO-1", lineId: "SO-1-1", rank: 7, requested: decimal("30"), allocated: decimal("10"), short: decimal("20"), code: "served_in_part" as const, warehouses: ["NORTH"] };
 * describeReason(reason, "en"); // => "Stock ended at 10 of 30."
 * ```
 */
export function describeReason(reason: AllocationReason, locale: Locale): string {
  const { group, held, keptFor = [], cap, consumed } = reason.protection ?? {};
  const protection = { group, held, keptFor: keptFor.map((kept) => `${kept.group} ${kept.quantity}`), cap, consumed };
  const why = say(`reason.${reason.code}`, { ...reason, ...protection }, locale);
  const texts = [why];
  const code = reason.waitsForMore === undefined ? "reason.waits_for" : "reason.waits_for_more";
  if (reason.waitsFor !== undefined) texts.push(say(code, { ...reason }, locale));
  if (reason.searchEnded === true) texts.push(say("reason.search_ended", {}, locale));
  return texts.join(locale === "zh" ? "" : " ");
}

/**
 * Says what can be promised to a line, and why not more or not sooner.
 *
 * @param line from `promiseOrders`
 * @param locale language
 * @returns one sentence
 *
 * **Source:** mission 4.15, 8.1, 8.2
 * @example
 * ```ts
 * import { calendarDay, decimal, describePromise, promiseOrders } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const today = calendarDay("2026-03-02");
 * const supplies = [{ itemCode: "TEA", day: today, quantity: decimal("6") }];
 * const found = promiseOrders([{ order: anyOrder({ lines: [{ itemCode: "TEA", orderedQty: "10" }] }) }], { today, supplies });
 * found.ok && describePromise(found.value[0]!, "en"); // => "Nothing more is there or expected: 6 of 10 can be promised."
 * ```
 */
export function describePromise(line: PromisedLine, locale: Locale): string {
  const isPromised = line.code === "on_time" || line.code === "late";
  const code = isPromised && line.waitsFor !== undefined ? "waits_for" : line.code;
  return say(`promise_reason.${code}`, { ...line }, locale);
}

/**
 * Says why a promotion did not apply, or a code was not accepted.
 *
 * @param reason from `explainPromotions`
 * @param locale language
 * @returns one sentence
 *
 * **Source:** mission 4.15, 6.3, 6.7
 * @example
 * ```ts
 * import { decimal, describePromotionReason } from "ordercycle";
 * const params = { measure: "amount" as const, atLeast: decimal("50"), actual: decimal("38"), missing: decimal("12") };
 * describePromotionReason({ code: "too_little", params }, "en"); // => "12 more are needed: there are 38 of 50 (value of the goods)."
 * ```
 */
export function describePromotionReason(reason: PromotionReason, locale: Locale): string {
  const spoken = Object.hasOwn(SENTENCES, locale) ? locale : "en";
  return say(`promotion_reason.${reason.code}`, saidOfReason(reason, spoken), locale);
}

function say(code: string, params: Readonly<Record<string, unknown>>, locale: Locale): string {
  // A language that is not there is answered in English, rather than not at all.
  const known = Object.hasOwn(SENTENCES, locale) ? locale : "en";
  const sentences: Readonly<Record<string, string>> = SENTENCES[known];
  const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
  if (sentence === undefined) return code;
  return sentence.replace(/\{(\w+)\}/gu, (hole, name: string) =>
    Object.hasOwn(params, name) ? inWords(params[name], known, namesOf(known, name)) : hole,
  );
}

/** How an empty list is said, and what stands between the parts of one. */
const LISTS: Readonly<Record<Locale, { readonly nothing: string; readonly between: string }>> = {
  en: { nothing: "nothing", between: ", " },
  zh: { nothing: "无", between: "、" },
};

const EN_NAMES: typeof ZH_NAMES = {
  field: {
    unitPrice: "unit price",
    consentRequired: "need of consent",
    unitPriceDifference: "difference for one unit",
    priceDifference: "difference in all",
    requested: "requested quantity",
    available: "available quantity",
    quantum: "smallest step",
    minimum: "least quantity",
  },
  shape: {
    object: "an object",
    list: "a list",
    text: "a text",
    number: "a number",
    flag: "true or false",
    decimal: "a decimal number as canonical text",
    day: "a day (YYYY-MM-DD)",
    instant: "an instant (ISO 8601, UTC)",
    name: "a text that is not empty and can be printed",
    quantity: "a quantity of at most 12 digits and 6 decimals",
    measure: "a measure above zero of at most 12 digits and 6 decimals",
    time: "a time of day (HH:mm)",
  },
};

/** How a language says the words that a fact of this name may hold. */
function namesOf(locale: Locale, fact: string): Readonly<Record<string, string>> {
  const names = locale === "zh" ? ZH_NAMES : EN_NAMES;
  return (Object.hasOwn(names, fact) ? names[fact] : undefined) ?? {};
}

function inWords(value: unknown, locale: Locale, names: Readonly<Record<string, string>>): string {
  const { nothing, between } = LISTS[locale];
  if (Array.isArray(value)) {
    return value.length === 0 ? nothing : value.map((one) => inWords(one, locale, names)).join(between);
  }
  if (typeof value !== "string") return JSON.stringify(value);
  return (Object.hasOwn(names, value) ? names[value] : undefined) ?? value;
}
