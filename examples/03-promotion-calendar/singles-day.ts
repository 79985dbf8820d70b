// Singles' Day has a budget: orders take from it in the order in which they are received, until nothing is left.

import { explainPromotions, describePromotionReason, subtract, sumPromotionUsage } from "ordercycle";
import { printOrder, takeIn, type Placed } from "./orders.js";
import { money } from "./print-cart.js";
import { lines, moment, momentText, must } from "./shop.js";
import { compiled, promotions } from "./year.js";

const DAY = "2026-11-11";
const placed: readonly Placed[] = [
  // Not in the order of their receipt: the list of a data base has none.
  { orderNo: "SO-203", customerCode: "C-13", at: moment(`${DAY} 11:40`), goods: ["2 ALBUM", "4 CANDLE"] },
  { orderNo: "SO-201", customerCode: "C-11", at: moment(`${DAY} 00:00`), goods: ["3 ALBUM", "1 PEN"] },
  { orderNo: "SO-202", customerCode: "C-12", at: moment(`${DAY} 08:15`), goods: ["5 PEN", "10 CARD"] },
];

export function printSinglesDay(): void {
  console.log("\n\nSingles' Day: 11 % off everything, as long as 25.00 last\n");
  const { orders, requests } = takeIn(placed);
  const byReceipt = [...orders].sort((a, b) => (a.header.receivedAt < b.header.receivedAt ? -1 : 1));
  for (const order of byReceipt) printOrder(order, `received ${momentText(order.header.receivedAt)}`);

  // The host appends what each order took to its ledger; here the ledger is what came out of the three orders.
  const entries = requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));
  const usage = sumPromotionUsage(entries);
  const budget = promotions.find(({ promotionId }) => promotionId === "SINGLES")?.limits?.budget;
  const used = usage.get("SINGLES");
  if (budget === undefined || used === undefined) throw new Error("SINGLES has a budget, and was used.");
  console.log(
    `  In the ledger: ${used.uses} orders, ${money(used.amount)}; left: ${money(subtract(budget, used.amount))}`,
  );

  const cart = { at: moment(`${DAY} 15:00`), currency: "EUR", lines: lines(["1 ALBUM"]) };
  const { promotions: verdicts } = must(explainPromotions(compiled, cart, { usage }));
  const reasons = verdicts.find(({ promotionId }) => promotionId === "SINGLES")?.reasons ?? [];
  for (const reason of reasons) console.log(`  At three, not SINGLES: ${describePromotionReason(reason, "en")}`);
}
