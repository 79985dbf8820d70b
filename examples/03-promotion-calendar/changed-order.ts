// An order of the Black weekend is changed in Advent, when BLACK is over and ADVENT-2 takes 20 % off cards.

import {
  applyChanges,
  decimal,
  planRevision,
  priceOrder,
  revisePromotions,
  subtract,
  ZERO,
  type Order,
} from "ordercycle";
import { hand, masters, policy, printOrder, takeIn } from "./orders.js";
import { money } from "./print-cart.js";
import { moment, momentText, must } from "./shop.js";
import { compiled } from "./year.js";

const PLACED_AT = moment("2026-11-29 15:00");
const CHANGED_AT = moment("2026-12-08 10:00");
const context = { ...hand(CHANGED_AT), masters, policy, promotions: { compiled } };

function placeOrder(): Order {
  const goods = ["2 ALBUM", "5 CARD"];
  const { orders } = takeIn([{ orderNo: "SO-301", customerCode: "C-14", at: PLACED_AT, goods }]);
  const [order] = orders;
  if (order === undefined) throw new Error("The order was not taken in.");
  return order;
}

/** Five more cards: the host changes the quantity, the promotions are worked out again after it. */
function withMoreCards(order: Order, lineId: string): Order {
  const more = applyChanges(order, [{ kind: "quantity_added", lineId, quantity: decimal("5") }]);
  return { ...more, version: order.version + 1 };
}

export function printChangedOrder(): void {
  console.log("\n\nAn order of the Black weekend, changed in Advent\n");
  const placed = placeOrder();
  printOrder(placed, `placed ${momentText(PLACED_AT)}`);
  const lineId = placed.lines[1]?.lineId ?? "";

  console.log(`\n  ${momentText(CHANGED_AT)}: the customer asks what five more cards would cost.`);
  const plan = must(planRevision(placed, "amend", [{ lineId, quantity: decimal("-5") }], context));
  const [before, after] = [placed.totals?.payable ?? ZERO, plan.prices.totals.payable];
  console.log(
    `    to pay now ${money(before)}, with them ${money(after)}: ${money(subtract(after, before))} for the five`,
  );

  console.log("\n  She takes them. What BLACK gave stays on what was ordered then; ADVENT-2 does not come by itself:");
  const changed = withMoreCards(placed, lineId);
  const { order } = must(revisePromotions(changed, { cause: "amend" }, context));
  printOrder(order, "as it is now");

  console.log("\n  Priced as a whole, it is priced by the calendar of the day on which it was placed:");
  printOrder(must(priceOrder(changed, context)).order, "all ten cards by BLACK");

  console.log("\n  Today's offers hold only where somebody asks for them:");
  const askedFor = { ...context, promotions: { compiled, asOf: "now" as const } };
  printOrder(must(priceOrder(changed, askedFor)).order, "as if placed now");
}
