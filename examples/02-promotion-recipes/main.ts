// Every recipe on its carts: what each line costs, what was taken off it and by which promotion, and which gifts come.

import {
  add,
  compilePromotions,
  describePromotionReason,
  explainPromotions,
  multiplyRound,
  subtract,
  sum,
  toFixedText,
  type CompiledPromotions,
  type Decimal,
  type Result,
} from "ordercycle";
import { parsePromotion, parsePromotionPolicy } from "ordercycle/schema";
import { RECIPES } from "./recipes.js";
import type { Recipe, Try } from "./shop.js";

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const USUAL = {
  rounding: "halfUp",
  remainder: "largestRemainder",
  prices: "taxExclusive",
  ties: "content",
  search: { kind: "inOrder" },
};

function compile({ promotions, policy }: Recipe): CompiledPromotions {
  const parsed = promotions.map((one) => must(parsePromotion(one)));
  return must(compilePromotions(parsed, must(parsePromotionPolicy({ ...USUAL, ...policy }))));
}

const money = (amount: Decimal): string => toFixedText(amount, 2);
const right = (text: string, width: number): string => text.padStart(width);

function rowOf(label: string, gross: Decimal, off: Decimal, by: string): string {
  const taken = off === "0" ? "" : `-${money(off)}`;
  const paid = money(subtract(gross, off));
  return `    ${label.padEnd(24)}${right(money(gross), 9)}${right(taken, 9)}${right(paid, 9)}  ${by}`.trimEnd();
}

function printTry(compiled: CompiledPromotions, { label, cart, facts }: Try): void {
  const { pricing, promotions } = must(explainPromotions(compiled, cart, facts));
  console.log(`  ${label}`);
  let [gross, off] = [sum([]), sum([])];
  const print = (name: string, amount: Decimal, taken: readonly { amount: Decimal; promotionId: string }[]): void => {
    const all = sum(taken.map((one) => one.amount));
    gross = add(gross, amount);
    off = add(off, all);
    const by = taken.map((one) => (taken.length === 1 ? one.promotionId : `${one.promotionId} ${money(one.amount)}`));
    console.log(rowOf(name, amount, all, by.join(", ")));
  };
  for (const { lineId, itemCode, quantity, unitPrice } of cart.lines) {
    const taken = pricing.adjustments.filter((one) => one.lineId === lineId);
    const name = `${right(quantity, 3)} ${itemCode.padEnd(7)} at ${money(unitPrice)}`;
    print(name, multiplyRound(quantity, unitPrice, 2, "halfUp"), taken);
  }
  for (const [place, { kind, amount }] of (cart.charges ?? []).entries()) {
    const taken = pricing.charges.filter(({ charge }) => charge === place);
    print(`    ${kind}`, amount, taken);
  }
  for (const { quantity, itemCode, category, promotionId } of pricing.gifts) {
    const name = `${right(quantity, 3)} ${itemCode.padEnd(7)} ${category}`;
    console.log(rowOf(name, sum([]), sum([]), promotionId));
  }
  console.log(rowOf("    in all", gross, off, pricing.optimal === true ? "(proved to be the best)" : ""));
  for (const { applied, promotionId, reasons, cuts } of promotions) {
    const why = [...reasons, ...cuts].map((reason) => describePromotionReason(reason, "en"));
    if (why.length === 0) continue;
    const label = `${applied ? "less" : "not"} ${promotionId}: `;
    console.log(`    ${label}${why.join(`\n    ${" ".repeat(label.length)}`)}`);
  }
}

for (const [place, recipe] of RECIPES.entries()) {
  const compiled = compile(recipe);
  console.log(`${place === 0 ? "" : "\n"}${right(String(place + 1), 2)}. ${recipe.title}`);
  for (const one of recipe.carts) printTry(compiled, one);
}
