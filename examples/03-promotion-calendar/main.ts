// A shop's year: the calendar, carts at the edges of its offers, a budget that runs out, and an order that is changed.

import { printCalendar, printWarnings } from "./calendar.js";
import { CARTS } from "./carts.js";
import { printChangedOrder } from "./changed-order.js";
import { printCart } from "./print-cart.js";
import { printSinglesDay } from "./singles-day.js";

printCalendar();
printWarnings();
console.log("\n\nCarts through the year: before, off, to pay, and by which promotion");
for (const one of CARTS) printCart(one);
printSinglesDay();
printChangedOrder();
