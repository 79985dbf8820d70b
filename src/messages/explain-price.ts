import { isPositive, isZero, subtract, sum, toFixedText, ZERO, type Decimal } from "../core/decimal.js";
import { minorUnitOf } from "../core/money.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { PromotionExplanation, PromotionVerdict } from "../pricing/promotions/explain-promotions.js";
import type { NextStep } from "../pricing/promotions/next-step.js";
import type { PromotionReason } from "../pricing/promotions/promotion-reason.js";
import { describePromotionReason } from "./describe-issue.js";
import type { Locale } from "./message-code.js";
import { CHARGES } from "./promotion-words.js";

/** How a price is explained. */
export interface ExplainPriceOptions {
  /** Language; English when absent. */
  readonly locale?: Locale;
  /** What `explainPromotions` said, for what did not apply and what is lacking. */
  readonly explanation?: PromotionExplanation;
}

/** The words of an explanation besides its sentences. */
interface Words {
  readonly order: (orderNo: string, currency: string) => string;
  readonly unpriced: string;
  readonly agreed: string;
  readonly gift: string;
  readonly free: string;
  readonly goods: string;
  readonly discounts: string;
  readonly payable: string;
  readonly promotions: string;
  readonly applied: string;
  readonly notApplied: string;
  readonly codes: string;
  readonly accepted: string;
  readonly more: (missing: string, measure: NextStep["measure"], reward: string) => string;
  readonly reward: Readonly<Record<string, (value: string) => string>>;
  readonly code: (code: string) => string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    order: (orderNo, currency) => `Order ${orderNo}, in ${currency}`,
    unpriced: "not priced yet",
    agreed: "agreed discount",
    gift: "gift",
    free: "free",
    goods: "Goods",
    discounts: "Discounts",
    payable: "To pay",
    promotions: "Promotions",
    applied: "applied",
    notApplied: "did not apply",
    codes: "Codes",
    accepted: "accepted",
    more: (missing, measure, reward) => `${missing} more${measure === "amount" ? " to spend" : ""} → ${reward}`,
    reward: {
      percent: (value) => `${value} % off`,
      amountPerUnit: (value) => `${value} off each`,
      unitPrice: (value) => `${value} each`,
      amount: (value) => `${value} off`,
      payFor: (value) => `a full group, of which ${value} are paid for`,
      fixedSum: (value) => `a full group for ${value}`,
      gift: (value) => `${value} as a gift`,
    },
    code: (code) => `code ${code}`,
  },
  zh: {
    order: (orderNo, currency) => `订单 ${orderNo},币种 ${currency}`,
    unpriced: "尚未计价",
    agreed: "约定折扣",
    gift: "赠品",
    free: "免费",
    goods: "商品",
    discounts: "折扣合计",
    payable: "应付",
    promotions: "促销",
    applied: "已适用",
    notApplied: "未适用",
    codes: "兑换码",
    accepted: "已接受",
    more: (missing, measure, reward) => `再${measure === "amount" ? "消费" : "购买"} ${missing} → ${reward}`,
    reward: {
      percent: (value) => `减 ${value} %`,
      amountPerUnit: (value) => `每件减 ${value}`,
      unitPrice: (value) => `每件 ${value}`,
      amount: (value) => `减 ${value}`,
      payFor: (value) => `每组只付 ${value} 件`,
      fixedSum: (value) => `每组 ${value}`,
      gift: (value) => `赠 ${value} 件`,
    },
    code: (code) => `兑换码 ${code}`,
  },
};

/**
 * Prints how the price of an order came about: for each line what it costs, what was agreed and what each promotion took
 * off; gifts and why they are there; charges; and, with an explanation of the promotions, why others did not apply and
 * what more goods would bring.
 *
 * @param order priced
 * @param options language, and the explanation of the promotions
 * @returns text of several lines, for a screen or a letter
 *
 * **Source:** mission 2.5, 4.15, 6.6, 6.7
 * @example
 * ```ts
 * import { explainPrice } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * explainPrice(anyOrder()).split("\n")[1]; // => "1  Green tea: 10 EA × 2.50 = 25.00"
 * ```
 */
export function explainPrice(order: Order, options: ExplainPriceOptions = {}): string {
  const { locale = "en", explanation } = options;
  const known = Object.hasOwn(WORDS, locale) ? locale : "en";
  const words = WORDS[known];
  const { orderNo, header, totals } = order;
  const money = moneyIn(order);
  const lines = [words.order(orderNo, header.currency)];
  if (totals === undefined) return [...lines, `  ${words.unpriced}`].join("\n");
  for (const line of order.lines) lines.push(...lineTexts(order, line, words, money));
  lines.push(`${words.goods}: ${money(totals.net)}`);
  for (const [place, { kind, amount }] of header.charges.entries()) {
    const own = (order.promotions?.charges ?? []).filter(({ charge }) => charge === place);
    const left = subtract(amount, sum(own.map((one) => one.amount)));
    const taken = own.map((one) => `${nameOf(order, one.promotionId)} −${money(one.amount)}`);
    const how = taken.length === 0 ? "" : ` (${money(amount)}, ${taken.join(", ")})`;
    lines.push(`${CHARGES[known][kind]}: ${money(left)}${how}`);
  }
  if (isPositive(totals.allowances)) lines.push(`${words.discounts}: ${money(totals.allowances)}`);
  lines.push(`${words.payable}: ${money(totals.payable)}`);
  if (explanation !== undefined) lines.push(...promotionTexts(explanation, words, money, known));
  return lines.join("\n");
}

type Money = (amount: Decimal) => string;

/** Money with the decimals of the currency, or more where the amount has them. */
function moneyIn({ header }: Order): Money {
  const decimals = minorUnitOf(header.currency) ?? 2;
  return (amount) => {
    const own = amount.includes(".") ? amount.length - amount.indexOf(".") - 1 : 0;
    return toFixedText(amount, Math.max(decimals, own));
  };
}

function nameOf({ promotions }: Order, promotionId: string): string {
  return promotions?.applied.find((one) => one.promotionId === promotionId)?.name ?? promotionId;
}

function lineTexts(order: Order, line: OrderLine, words: Words, money: Money): string[] {
  const { lineNo, itemName, orderedQty, uom, unitPrice, allowance, lineAmount, adjustments = [], giftOf } = line;
  const label = `${lineNo}  ${itemName}: ${orderedQty} ${uom}`;
  if (giftOf !== undefined) return [`${label}, ${words.gift}: ${nameOf(order, giftOf.promotionId)}`];
  if (unitPrice === undefined || (isZero(unitPrice) && isZero(lineAmount))) return [`${label}, ${words.free}`];
  const gross = sum([lineAmount, allowance]);
  const agreed = subtract(allowance, sum(adjustments.map(({ amount }) => amount)));
  const texts = [`${label} × ${money(unitPrice)} = ${money(gross)}`];
  if (agreed !== ZERO) texts.push(`   ${words.agreed} −${money(agreed)}`);
  for (const { promotionId, code, amount } of adjustments) {
    const by = code === undefined ? "" : ` (${words.code(code)})`;
    texts.push(`   ${nameOf(order, promotionId)}${by} −${money(amount)}`);
  }
  if (texts.length > 1) texts.push(`   = ${money(lineAmount)}`);
  return texts;
}

function promotionTexts(
  { promotions, codes }: PromotionExplanation,
  words: Words,
  money: Money,
  locale: Locale,
): string[] {
  const names = new Map(promotions.map(({ promotionId, name }) => [promotionId, name]));
  const say = (reason: PromotionReason): string =>
    `    ${describePromotionReason(forReaders(reason, names, money), locale)}`;
  const texts = promotions.length === 0 ? [] : [`${words.promotions}:`];
  for (const verdict of promotions) texts.push(...verdictTexts(verdict, words, money, say));
  if (codes.length > 0) texts.push(`${words.codes}:`);
  for (const { code, accepted, reasons } of codes) {
    texts.push(`  ${code}: ${accepted ? words.accepted : words.notApplied}`);
    texts.push(...reasons.map(say));
  }
  return texts;
}

/** Other promotions by the names that customers read, and amounts as money. */
function forReaders(reason: PromotionReason, names: ReadonlyMap<string, string>, money: Money): PromotionReason {
  const facts: Readonly<Record<string, unknown>> = reason.params;
  const { measure } = facts;
  const isMoney = measure === "amount" || measure === "discountedAmount" || reason.code === "budget_exhausted";
  const params = Object.entries(facts).map(([field, value]): [string, unknown] => {
    if (typeof value !== "string" || field === "measure") return [field, value];
    if (field === "by" || field === "with") return [field, `“${names.get(value) ?? value}”`];
    return [field, isMoney ? money(value as Decimal) : value];
  });
  return { code: reason.code, params: Object.fromEntries(params) } as PromotionReason;
}

function verdictTexts(
  verdict: PromotionVerdict,
  words: Words,
  money: Money,
  say: (reason: PromotionReason) => string,
): string[] {
  const { name, applied, reasons, next, adjustments, charges, gifts, code } = verdict;
  const given = sum([...adjustments, ...charges].map(({ amount }) => amount));
  const what = [
    ...(isPositive(given) ? [`−${money(given)}`] : []),
    ...gifts.map(({ itemCode, quantity, uom }) => `${quantity} ${uom === undefined ? "" : `${uom} `}× ${itemCode}`),
  ];
  const by = code === undefined ? "" : ` (${words.code(code)})`;
  const texts = [`  ${name}${by}: ${applied ? `${words.applied}, ${what.join(", ")}` : words.notApplied}`];
  texts.push(...reasons.map(say));
  if (next === undefined) return texts;
  const { kind, value = ZERO } = next.reward;
  const isMoney = kind !== "percent" && kind !== "payFor" && kind !== "gift";
  const reward = words.reward[kind]?.(isMoney ? money(value) : value) ?? `${kind} ${value}`;
  const missing = next.measure === "amount" ? money(next.missing) : next.missing;
  return [...texts, `    ${words.more(missing, next.measure, reward)}`];
}
