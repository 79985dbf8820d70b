// The recipes on one cart: what they give, line by line, and why the others give nothing.

import {
  compilePromotions,
  decimal,
  describePromotionReason,
  explainPromotions,
  instant,
  pricePromotions,
  type PromotionCart,
} from "ordercycle";
import { RECIPES } from "./recipes.js";

const compiled = compilePromotions(RECIPES);
if (!compiled.ok) throw new Error(compiled.issues.map(({ code }) => code).join());

const line = (lineId: string, itemCode: string, quantity: string, unitPrice: string) => ({
  lineId,
  itemCode,
  quantity: decimal(quantity),
  unitPrice: decimal(unitPrice),
});

const cart: PromotionCart = {
  at: instant("2026-03-14T10:00:00Z"),
  currency: "EUR",
  customer: { customerCode: "C-7" },
  couponCodes: ["SPRING"],
  charges: [{ kind: "freight", amount: decimal("4.90") }],
  lines: [
    line("1", "JAM", "2", "2.99"),
    line("2", "TEA", "2", "6.40"),
    line("3", "GREEN-TEA", "1", "5.90"),
    line("4", "POT", "1", "24.00"),
    line("5", "CUP", "2", "7.50"),
    line("6", "RICE", "12", "1.99"),
  ],
};

const priced = pricePromotions(compiled.value, cart);
const explained = explainPromotions(compiled.value, cart);
if (!priced.ok || !explained.ok) throw new Error("The cart was refused.");

console.log("What comes off");
for (const { lineId, promotionId, amount } of priced.value.adjustments) {
  const itemCode = cart.lines.find((each) => each.lineId === lineId)?.itemCode ?? "";
  console.log(`  ${lineId} ${itemCode.padEnd(10)} ${promotionId.padEnd(12)} ${amount.padStart(6)}`);
}
for (const { promotionId, amount } of priced.value.charges) {
  console.log(`    ${"freight".padEnd(10)} ${promotionId.padEnd(12)} ${amount.padStart(6)}`);
}
console.log(`    ${"in all".padEnd(23)} ${priced.value.discount.padStart(6)}`);
for (const { promotionId, itemCode, quantity } of priced.value.gifts) {
  console.log(`  a gift: ${quantity} ${itemCode} (${promotionId})`);
}

console.log("\nWhat does not, and why");
for (const { promotionId, applied, reasons, next } of explained.value.promotions) {
  if (applied) continue;
  const why = reasons.map((reason) => describePromotionReason(reason, "en")).join(" ");
  console.log(`  ${promotionId}: ${why}`);
  if (next !== undefined) console.log(`    missing: ${next.missing}`);
}
