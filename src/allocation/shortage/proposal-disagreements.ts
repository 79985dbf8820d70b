import { ONE } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { isSameData } from "../../core/same-data.js";
import { multiplyRational, rational, type Rational } from "../../core/unit-conversion.js";
import { isWithinDigits, TERM_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode } from "../../model/ids.js";
import type { Item } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { LineDiscount, OrderLine } from "../../model/order-line.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { paidPriceOf, substitutePrice, type PaidPrice } from "./substitute-price.js";
import type { OwnPriceOf } from "./substitute-proposal.js";
import { substituteTerms } from "./substitute-terms.js";

/** What of a proposal order and item master can contradict. */
export type DisputedField =
  "way" | "ratio" | "consentRequired" | "unitPrice" | "discount" | "unitPriceDifference" | "priceDifference";

/** Why a proposal is not what order and item master lead to. */
export type DisagreementIssue = IssueOf<{
  "substitute.disagrees": {
    readonly proposalId: string;
    readonly field: DisputedField;
    readonly proposed: string;
    readonly expected: string;
  };
}>;

/** What a proposal can be held against. */
export interface DisagreementFacts {
  /** Item master by code. */
  readonly items: ReadonlyMap<ItemCode, Item>;
  /** What an item costs the customer by itself; a price that rests on it is taken as proposed without it. */
  readonly unitPriceOf?: OwnPriceOf;
}

/**
 * Holds a proposal of a substitute against the order and the item master as they are now.
 *
 * **Rules**
 * 1. Each step of the way is one of the master, the ratio is that of its steps, and consent is needed where one of them needs
 *    it; a proposal may ask for more consent than that. Days of validity are the proposal's.
 * 2. Price, discount and the differences that the customer was told are those that the price of the line and the rules of the
 *    steps lead to, as far as they can be known: a price of its own that nobody tells is taken as proposed.
 * 3. Of an item that the master does not know nothing can be said, nor of what comes after it. Where an item steps in by
 *    several entries, at several times, only what they have in common is known.
 *
 * @param proposal whose figures agree with each other
 * @param item the substitute
 */
export function proposalDisagreements(
  order: Order,
  line: OrderLine,
  item: Item,
  proposal: SubstituteProposal,
  { items, unitPriceOf }: DisagreementFacts,
): DisagreementIssue[] {
  const { proposalId, way, consentRequired } = proposal;
  const issues: DisagreementIssue[] = [];
  const differ = (field: DisputedField, proposed: string, expected: string): void => {
    if (proposed === expected) return;
    issues.push(issue("substitute.disagrees", ["proposal", field], { proposalId, field, proposed, expected }));
  };
  const proposedRatio = ratioText(rational(proposal.ratio.numerator, proposal.ratio.denominator));
  let ratio = rational(1);
  let paid: PaidPrice = paidPriceOf(line);
  let [isRatioKnown, isPriceKnown, mustAsk] = [true, true, false];
  for (const [place, itemCode] of way.slice(1).entries()) {
    const before = way[place]!;
    const master = items.get(before);
    if (master === undefined) return issues;
    const [step, ...others] = master.substitutes?.filter((entry) => entry.itemCode === itemCode) ?? [];
    if (step === undefined) {
      differ("way", `${before} → ${itemCode}`, NONE);
      return issues;
    }
    const { priceRule = { kind: "own" } } = step;
    isRatioKnown &&= others.every((other) => isSameData(other.ratio, step.ratio));
    isPriceKnown &&= priceRule.kind === "original" || unitPriceOf !== undefined;
    isPriceKnown &&= others.every((other) => isSameData(other.priceRule ?? { kind: "own" }, priceRule));
    mustAsk ||= [step, ...others].every((entry) => entry.consentRequired);
    ratio = multiplyRational(ratio, step.ratio);
    // What was proposed is within the digits at every step.
    if (![ratio.numerator, ratio.denominator].every((term) => isWithinDigits(term, TERM_DIGITS))) break;
    paid = substitutePrice(line, paid, step.ratio, priceRule, unitPriceOf?.(itemCode, order));
  }
  if (isRatioKnown) differ("ratio", proposedRatio, ratioText(ratio));
  if (mustAsk && !consentRequired) differ("consentRequired", "false", "true");
  if (!isRatioKnown || !isPriceKnown || issues.length > 0) return issues;
  const terms = substituteTerms(line, item, proposal, paid, order.header.currency);
  if (terms === undefined) return issues;
  for (const field of ["unitPrice", "unitPriceDifference", "priceDifference"] as const)
    differ(field, proposal[field] ?? NONE, terms[field] ?? NONE);
  differ("discount", discountText(proposal.discount), discountText(terms.discount));
  return issues;
}

/** Stands for nothing, in any language. */
const NONE = "–";

function ratioText({ numerator, denominator }: Rational): string {
  return denominator === ONE ? numerator : `${numerator}/${denominator}`;
}

function discountText(discount: LineDiscount | undefined): string {
  if (discount === undefined) return NONE;
  return discount.kind === "percent" ? `${discount.percent} %` : discount.amount;
}
