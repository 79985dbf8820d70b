import { fromUnits, isPositive, isZero, subtract, sum, toFixedText, ZERO, type Decimal } from "../core/decimal.js";
import { inUnitOfOrder, keptInBaseUnit } from "../model/kept-quantity.js";
import { keptPrice, keptRounding, keptTotals, type KeptPrice, type KeptTotalsOptions } from "../model/kept-totals.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { PromotionExplanation, PromotionVerdict } from "../pricing/promotions/explain-promotions.js";
import type { PromotionReason } from "../pricing/promotions/promotion-reason.js";
import { describePromotionReason } from "./describe-issue.js";
import { describeNextStep } from "./describe-next-step.js";
import type { Locale } from "./message-code.js";
import { moneyText } from "./money-text.js";
import { PRICE_WORDS, type GoneBucket, type PriceWords } from "./price-words.js";
import { CHARGES } from "./promotion-words.js";

/** How a price is explained. */
export interface ExplainPriceOptions extends KeptTotalsOptions {
  /** Language; English when absent. */
  readonly locale?: Locale;
  /** What `explainOrderPromotions` said, for what did not apply and what is lacking. */
  readonly explanation?: PromotionExplanation;
  /**
   * Promotions that are for other goods, times, codes or currencies: one by one with their reasons (`named`, the default), or
   * only how many there are.
   */
  readonly others?: "named" | "counted";
}

/**
 * Prints how the price of an order came about, as it stands: for each line what is kept of it and what that costs, what was
 * agreed and what each promotion took off; what was cancelled, merged or came back; gifts and why they are there; charges
 * and what is to pay (`keptTotals`); and, with an explanation of the promotions, why they did not apply or gave
 * less than they say, what more goods would bring, and how amounts were rounded.
 *
 * @param order priced
 * @param options language, and the explanation of the promotions, from `explainOrderPromotions`
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
  const { locale = "en", explanation, others = "named" } = options;
  const known = Object.hasOwn(PRICE_WORDS, locale) ? locale : "en";
  const words = PRICE_WORDS[known];
  const { orderNo, header } = order;
  const rounding = keptRounding(order, options);
  const totals = keptTotals(order, { rounding });
  const money = moneyText(header.currency);
  const nameOf = namesIn(order, explanation);
  const lines = [words.order(orderNo, header.currency)];
  if (totals === undefined) return [...lines, `  ${words.unpriced}`].join("\n");
  const said = { order, words, money, locale: known, nameOf };
  for (const line of order.lines) lines.push(...lineTexts(line, keptPrice(line, header.currency, rounding), said));
  lines.push(`${words.goods}: ${money(totals.net)}`);
  const charges = totals.charges === order.totals?.charges ? header.charges : [];
  for (const [place, { kind, amount }] of charges.entries()) {
    const own = (order.promotions?.charges ?? []).filter(({ charge }) => charge === place);
    const left = subtract(amount, sum(own.map((one) => one.amount)));
    const taken = own.map((one) => `${nameOf(one.promotionId)} −${money(one.amount)}`);
    const how = taken.length === 0 ? "" : ` (${money(amount)}, ${taken.join(", ")})`;
    lines.push(`${CHARGES[known][kind]}: ${money(left)}${how}`);
  }
  if (isPositive(totals.allowances)) lines.push(`${words.discounts}: ${money(totals.allowances)}`);
  lines.push(`${words.payable}: ${money(totals.payable)}`);
  if (explanation !== undefined) lines.push(...promotionTexts(explanation, others, said));
  return lines.join("\n");
}

type Money = (amount: Decimal) => string;
type Names = (promotionId: string) => string;

/** Names of promotions as customers read them: as on the order, and of others as they are explained. */
function namesIn({ promotions }: Order, explanation: PromotionExplanation | undefined): Names {
  const known = [...(explanation?.promotions ?? []), ...(promotions?.applied ?? [])];
  const names = new Map(known.map(({ promotionId, name }) => [promotionId, name]));
  return (promotionId) => names.get(promotionId) ?? promotionId;
}

/** A line as far as the customer keeps it, with what has become of the rest. */
function lineTexts(line: OrderLine, price: KeptPrice, { words, money, nameOf }: Said): string[] {
  const { lineNo, itemName, uom, unitPrice, lineAmount, adjustments = [], giftOf } = line;
  const kept = inUnitOfOrder(line, keptInBaseUnit(line));
  const label = `${lineNo}  ${itemName}: ${kept} ${uom}`;
  const gone = goneTexts(line, words);
  if (giftOf !== undefined) {
    // A promotion that gives nothing any more has left no name on the order; its id says nothing to the reader.
    const name = nameOf(giftOf.promotionId);
    const by = name === giftOf.promotionId ? "" : `: ${name}`;
    return [`${label}, ${words.gift}${by}`, ...gone];
  }
  if (kept === ZERO) return [label, ...gone];
  if (unitPrice === undefined || (isZero(unitPrice) && isZero(lineAmount))) return [`${label}, ${words.free}`, ...gone];
  const { gross, taken, amount } = price;
  const agreed = subtract(subtract(gross, amount), sum(taken));
  const texts = [`${label} × ${money(unitPrice)} = ${money(gross)}`];
  if (agreed !== ZERO) texts.push(`   ${words.agreed} −${money(agreed)}`);
  for (const [place, { promotionId, code }] of adjustments.entries()) {
    const off = taken[place] ?? ZERO;
    const by = code === undefined ? "" : ` (${words.code(code)})`;
    if (off !== ZERO) texts.push(`   ${nameOf(promotionId)}${by} −${money(off)}`);
  }
  if (texts.length > 1) texts.push(`   = ${money(amount)}`);
  return [...texts, ...gone];
}

const GONE: readonly GoneBucket[] = ["cancelled", "merged", "returned"];

function goneTexts(line: OrderLine, words: PriceWords): string[] {
  const { quantities, orderedQty, uom } = line;
  return GONE.filter((bucket) => quantities[bucket] !== ZERO).map((bucket) => {
    const part = words.part(inUnitOfOrder(line, quantities[bucket]), orderedQty, uom);
    return `   ${words.gone[bucket]}: ${part}`;
  });
}

/** What is said of promotions: the order, the words, and how money is written. */
interface Said {
  readonly order: Order;
  readonly words: PriceWords;
  readonly money: Money;
  readonly locale: Locale;
  readonly nameOf: Names;
}

function promotionTexts(
  { promotions, codes, pricing, setting }: PromotionExplanation,
  others: "named" | "counted",
  said: Said,
): string[] {
  const { words } = said;
  const texts = promotions.length === 0 ? [] : [`${words.promotions}:`];
  const near = others === "named" ? promotions : promotions.filter((verdict) => !isFar(verdict));
  for (const verdict of near) texts.push(...verdictTexts(verdict, said));
  if (near.length < promotions.length) texts.push(`  ${words.others(promotions.length - near.length)}`);
  if (pricing.optimal !== undefined) texts.push(`  ${pricing.optimal ? words.best : words.notProved}`);
  if (codes.length > 0) texts.push(`${words.codes}:`);
  for (const { code, accepted, reasons } of codes) {
    const own = promotions.filter((verdict) => verdict.code === code && (verdict.applied || !accepted));
    const which = own.length === 0 ? "" : ` (${own.map(({ name }) => name).join(", ")})`;
    texts.push(`  ${code}: ${accepted ? words.accepted : words.notApplied}${which}`);
    // What is said of a promotion is not said of its code once more.
    const known = new Set(own.flatMap((verdict) => verdict.reasons.map((reason) => JSON.stringify(reason))));
    const more = reasons.filter((reason) => !known.has(JSON.stringify(reason)));
    texts.push(...more.map((reason) => sayReason(reason, said)));
  }
  if (promotions.length === 0) return texts;
  const { rounding, remainder, prices, decimals } = setting;
  const place = toFixedText(fromUnits(1, decimals), decimals);
  return [...texts, words.rounded(words.rounding[rounding], place, words.shared[remainder]), words.prices[prices]];
}

/** Reasons of promotions that an order has nothing to do with. */
const FAR: readonly PromotionReason["code"][] = [
  "no_line",
  "code_not_presented",
  "not_started",
  "ended",
  "other_currency",
];

/** Whether a promotion is about something else; one whose code was presented never is. */
function isFar({ reasons, code }: PromotionVerdict): boolean {
  return code === undefined && reasons.some((reason) => FAR.includes(reason.code));
}

function sayReason(reason: PromotionReason, said: Said): string {
  return `    ${describePromotionReason(forReaders(reason, said), said.locale)}`;
}

/** Reasons all of whose numbers are money. */
const OF_MONEY: readonly string[] = [
  "budget_exhausted",
  "budget_cut",
  "cap_reached",
  "floor_reached",
  "zero_reached",
  "order_limit_reached",
];

/** Other promotions by the names that customers read, lines by their numbers, and amounts as money. */
function forReaders(reason: PromotionReason, { order, nameOf, money }: Said): PromotionReason {
  const facts: Readonly<Record<string, unknown>> = reason.params;
  const { measure } = facts;
  const isMoney = measure === "amount" || measure === "discountedAmount" || OF_MONEY.includes(reason.code);
  const inQuotes = (promotionId: unknown): string => `“${nameOf(String(promotionId))}”`;
  const params = Object.entries(facts).map(([field, value]): [string, unknown] => {
    if (field === "by" || field === "with")
      return [field, Array.isArray(value) ? value.map(inQuotes) : inQuotes(value)];
    if (field === "lineIds") return [field, numbersOf(order, value as readonly string[])];
    const isAmount = isMoney && typeof value === "string" && field !== "measure";
    return [field, isAmount ? money(value as Decimal) : value];
  });
  return { code: reason.code, params: Object.fromEntries(params) } as PromotionReason;
}

/** Numbers of lines; of a line that is not on the order, its id. */
function numbersOf({ lines }: Order, lineIds: readonly string[]): string[] {
  return lineIds.map((id) => String(lines.find(({ lineId }) => lineId === id)?.lineNo ?? id));
}

function verdictTexts(verdict: PromotionVerdict, said: Said): string[] {
  const { order, words, money } = said;
  const { name, applied, reasons, cuts, next, adjustments, charges, gifts, code } = verdict;
  const given = sum([...adjustments, ...charges].map(({ amount }) => amount));
  const what = [
    ...(isPositive(given) ? [`−${money(given)}`] : []),
    ...gifts.map(({ itemCode, quantity, uom }) => {
      const goods = order.lines.find((line) => line.itemCode === itemCode)?.itemName ?? itemCode;
      return `${quantity} ${uom === undefined ? "" : `${uom} `}× ${goods}`;
    }),
  ];
  const by = code === undefined ? "" : ` (${words.code(code)})`;
  const texts = [`  ${name}${by}: ${applied ? `${words.applied}, ${what.join(", ")}` : words.notApplied}`];
  texts.push(...[...reasons, ...cuts].map((reason) => sayReason(reason, said)));
  if (next === undefined) return texts;
  const goods = Object.fromEntries(order.lines.map(({ lineId, itemName }) => [lineId, itemName]));
  return [...texts, `    ${describeNextStep(next, said.locale, { currency: order.header.currency, goods })}`];
}
