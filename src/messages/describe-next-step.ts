import { ZERO } from "../core/decimal.js";
import type { Currency, LineId } from "../model/ids.js";
import type { NextStep } from "../pricing/promotions/next-step.js";
import type { Locale } from "./message-code.js";
import { moneyText } from "./money-text.js";
import { PRICE_WORDS } from "./price-words.js";

/** What a next step does not say itself. */
export interface DescribeNextStepOptions {
  /** Currency in which amounts are written; as they are when absent. */
  readonly currency?: Currency;
  /** What the goods of lines are called, by line; goods are not named when absent. */
  readonly goods?: Readonly<Record<LineId, string>>;
}

/** More goods than this are not named one by one. */
const FEW_NAMES = 3;

/**
 * Says what is lacking for more of a promotion, and what it would bring.
 *
 * @param next from a verdict of `explainPromotions` or `explainOrderPromotions`
 * @param locale language
 * @param options currency, and the names of the goods
 * @returns one line of text
 *
 * **Source:** mission 2.5, 6.5
 * @example
 * ```ts
 * import { decimal, describeNextStep } from "ordercycle";
 * const next = { measure: "quantity" as const, missing: decimal("2"), lineIds: ["1"], reward: { kind: "percent", value: decimal("10") } };
 * describeNextStep(next, "en", { goods: { "1": "Green tea" } }); // => "2 more (Green tea) → 10 % off"
 * ```
 */
export function describeNextStep(next: NextStep, locale: Locale, options: DescribeNextStepOptions = {}): string {
  const { measure, missing, lineIds, reward } = next;
  const { currency, goods = {} } = options;
  const words = PRICE_WORDS[Object.hasOwn(PRICE_WORDS, locale) ? locale : "en"];
  const money = currency === undefined ? String : moneyText(currency);
  const { kind, value = ZERO } = reward;
  const isMoney = kind !== "percent" && kind !== "payFor" && kind !== "gift";
  const brought = words.reward[kind]?.(isMoney ? money(value) : value) ?? `${kind} ${value}`;
  const names = new Set(lineIds.flatMap((lineId) => (Object.hasOwn(goods, lineId) ? [goods[lineId]] : [])));
  const named = names.size > FEW_NAMES ? "" : [...names].join(", ");
  return words.more(measure === "amount" ? money(missing) : missing, measure, named, brought);
}
