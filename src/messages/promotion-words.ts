import type { PromotionReason } from "../pricing/promotions/promotion-reason.js";
import type { Locale } from "./message-code.js";
import { sayOrders, sayPeriod } from "./promotion-periods.js";

/** Names that records use, and how people say them. */
type Words = Readonly<Record<string, string>>;

const MEASURES: Readonly<Record<Locale, Words>> = {
  en: {
    quantity: "units",
    amount: "value of the goods",
    discountedAmount: "value after discounts",
    lines: "lines",
    items: "different items",
  },
  zh: { quantity: "件数", amount: "商品金额", discountedAmount: "折后金额", lines: "行数", items: "品种数" },
};

const FACTS: Readonly<Record<Locale, Words>> = {
  en: {
    customerCode: "number",
    customerType: "type",
    customerClass: "class",
    creditRating: "credit rating",
    tag: "tag",
    channel: "channel",
    orderSource: "source",
    paymentTerm: "payment term",
    paymentMeans: "means of payment",
    deliveryArea: "delivery area",
    deliveryWaveId: "delivery wave",
    salespersonCode: "salesperson",
  },
  zh: {
    customerCode: "编号",
    customerType: "类型",
    customerClass: "等级",
    creditRating: "信用等级",
    tag: "标签",
    channel: "渠道",
    orderSource: "来源",
    paymentTerm: "付款条件",
    paymentMeans: "付款方式",
    deliveryArea: "配送区域",
    deliveryWaveId: "配送批次",
    salespersonCode: "业务员",
  },
};

const CONDITIONS: Readonly<Record<Locale, Words>> = {
  en: {
    customer: "the customer",
    order: "the order",
    lines: "the goods",
    nthOrder: "the number of the order",
    time: "day and hour",
    all: "several things together",
    any: "one of several things",
    not: "what must not be",
  },
  zh: {
    customer: "客户",
    order: "订单",
    lines: "商品",
    nthOrder: "订单次序",
    time: "日期与时段",
    all: "多项合计",
    any: "多项之一",
    not: "排除项",
  },
};

/** What a most of a promotion counts. */
const COUNTED: Readonly<Record<Locale, Words>> = {
  en: { groups: "groups", units: "units" },
  zh: { groups: "组", units: "件" },
};

/** Charges of an order, as people call them. */
export const CHARGES: Readonly<Record<Locale, Readonly<Record<ChargeKind, string>>>> = {
  en: { freight: "Freight", tax: "Tax", smallOrder: "Small order", handling: "Handling", other: "Other charges" },
  zh: { freight: "运费", tax: "税", smallOrder: "小额订单费", handling: "处理费", other: "其他费用" },
};

type ChargeKind = "freight" | "tax" | "smallOrder" | "handling" | "other";

const UNKNOWN: Readonly<Record<Locale, string>> = { en: "unknown", zh: "未知" };

/**
 * The facts of a reason as people say them: names of fields as words, instants without their T and Z. What has no word is
 * said as it stands.
 */
export function saidOfReason(reason: PromotionReason, locale: Locale): Readonly<Record<string, unknown>> {
  const words = Object.entries(reason.params as Readonly<Record<string, unknown>>).map(([name, value]) => [
    name,
    said(name, value, locale),
  ]);
  return Object.assign(Object.fromEntries(words) as Record<string, unknown>, composed(reason, locale));
}

/** What several facts say together. */
function composed(reason: PromotionReason, locale: Locale): Readonly<Record<string, string>> {
  switch (reason.code) {
    case "wrong_time":
      return { meant: sayPeriod(reason.params.meant, locale) };
    case "order_not_counted":
      return { counted: sayOrders(reason.params, locale) };
    case "ruled_out": {
      const { condition, fact, actual } = reason.params;
      const kind = String(wordOf(CONDITIONS[locale], condition));
      const which = fact === undefined ? "" : ` (${[wordOf(FACTS[locale], fact), ...(actual ?? [])].join(" ")})`;
      return { condition: `${kind}${which}` };
    }
    case "floor_reached":
    case "zero_reached":
      return { rest: sayRest(reason.params.lost, locale) };
    default:
      return {};
  }
}

/** What became of a discount that some lines could not bear. */
function sayRest(lost: string, locale: Locale): string {
  const isLost = /[1-9]/u.test(lost);
  if (locale === "zh") return isLost ? `合计少减 ${lost}` : "其余各行承担了全部优惠";
  return isLost ? `${lost} less came off in all` : "other lines took over the whole discount";
}

function said(name: string, value: unknown, locale: Locale): unknown {
  switch (name) {
    case "measure":
      return wordOf(MEASURES[locale], value);
    case "fact":
      return wordOf(FACTS[locale], value);
    case "condition":
      return wordOf(CONDITIONS[locale], value);
    case "of":
      return wordOf(COUNTED[locale], value);
    case "charges":
      return (value as readonly string[]).map((kind) => wordOf(CHARGES[locale], kind));
    case "order":
      return value === "unknown" ? UNKNOWN[locale] : value;
    default:
      return typeof value === "string" ? value.replace(INSTANT, sayInstant) : value;
  }
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(?:\.\d+)?)Z$/u;

/** Seconds are said only where there are any. */
function sayInstant(_all: string, day: string, minute: string, seconds: string): string {
  const some = /[1-9]/u.test(seconds) ? seconds.replace(/\.0+$/u, "") : "";
  return `${day} ${minute}${some} UTC`;
}

function wordOf(words: Words, name: unknown): unknown {
  return typeof name === "string" && Object.hasOwn(words, name) ? words[name] : name;
}
