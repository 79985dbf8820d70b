// A cart as the shop reads it: each line before, off and after, who took it, what came free, and why others gave nothing.

import {
  add,
  describePromotionReason,
  explainPromotions,
  multiplyRound,
  subtract,
  sum,
  toFixedText,
  type Decimal,
  type PromotionReason,
} from "ordercycle";
import type { DatedCart } from "./carts.js";
import { momentText, must } from "./shop.js";
import { compiled } from "./year.js";

export const money = (amount: Decimal): string => toFixedText(amount, 2);

interface Taken {
  readonly promotionId: string;
  readonly amount: Decimal;
}

/** One line of the bill: before, off, after, and by whom. */
export function row(label: string, before: Decimal, taken: readonly Taken[]): string {
  const off = sum(taken.map(({ amount }) => amount));
  const by = taken.map(({ promotionId, amount }) =>
    taken.length === 1 ? promotionId : `${promotionId} ${money(amount)}`,
  );
  return rowOf(label, before, off, by.join(", "));
}

export function rowOf(label: string, before: Decimal, off: Decimal, by = ""): string {
  const minus = off === "0" ? "" : `-${money(off)}`;
  const figures = [money(before), minus, money(subtract(before, off))].map((text) => text.padStart(9)).join("");
  return `    ${label.padEnd(24)}${figures}  ${by}`.trimEnd();
}

/** A reason in words; the library names instants in UTC, so the clock of the shop is told beside it. */
function why(reason: PromotionReason): string {
  const text = describePromotionReason(reason, "en");
  if (reason.code === "not_started") return `${text} That is ${momentText(reason.params.from)}.`;
  if (reason.code === "ended") return `${text} That was ${momentText(reason.params.to)}.`;
  return text;
}

export function printCart({ label, cart, asked, facts }: DatedCart): void {
  const { pricing, promotions } = must(explainPromotions(compiled, cart, facts));
  console.log(`\n${momentText(cart.at)} – ${label}`);
  let [before, off] = [sum([]), sum([])];
  const print = (name: string, amount: Decimal, taken: readonly Taken[]): void => {
    before = add(before, amount);
    off = add(off, sum(taken.map((one) => one.amount)));
    console.log(row(name, amount, taken));
  };
  for (const { lineId, itemCode, quantity, unitPrice } of cart.lines) {
    const name = `${quantity.padStart(3)} ${itemCode.padEnd(9)} at ${money(unitPrice)}`;
    const taken = pricing.adjustments.filter((one) => one.lineId === lineId);
    print(name, multiplyRound(quantity, unitPrice, 2, "halfUp"), taken);
  }
  for (const [place, { kind, amount }] of (cart.charges ?? []).entries()) {
    print(
      `    ${kind}`,
      amount,
      pricing.charges.filter(({ charge }) => charge === place),
    );
  }
  for (const { quantity, itemCode, category, promotionId } of pricing.gifts) {
    console.log(rowOf(`${quantity.padStart(3)} ${itemCode.padEnd(9)} ${category}`, sum([]), sum([]), promotionId));
  }
  console.log(rowOf("    to pay", before, off));
  // What the promotions say they gave is what the lines say was taken: not a cent more or less.
  const given = sum(promotions.flatMap((one) => [...one.adjustments, ...one.charges]).map(({ amount }) => amount));
  if (given !== off) throw new Error(`Promotions gave ${given}, lines have ${off}.`);
  for (const { applied, promotionId, reasons } of promotions) {
    if (applied || !asked.includes(promotionId)) continue;
    console.log(`    not ${promotionId}: ${reasons.map(why).join("\n          ")}`);
  }
}
