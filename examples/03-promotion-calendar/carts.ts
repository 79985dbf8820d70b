// Carts through the year, most of them at the very moment at which an offer begins or ends.

import { decimal, sumPromotionUsage, type Instant, type PromotionCart, type PromotionFacts } from "ordercycle";
import { justBefore, lines, moment } from "./shop.js";
import { windowOf } from "./year.js";

/** A cart, and the promotions that somebody may ask for. */
export interface DatedCart {
  readonly label: string;
  readonly cart: PromotionCart;
  /** Promotions of which the shop says why they gave nothing. */
  readonly asked: readonly string[];
  readonly facts?: PromotionFacts;
}

const justBeforeIt = (promotionId: string): Instant => justBefore(windowOf(promotionId).from);
const begin = (promotionId: string): Instant => windowOf(promotionId).from;
const last = (promotionId: string): Instant => justBefore(windowOf(promotionId).to);
const end = (promotionId: string): Instant => windowOf(promotionId).to;

const on = (at: Instant, goods: readonly string[], more: Partial<PromotionCart> = {}): PromotionCart => ({
  at,
  currency: "EUR",
  lines: lines(goods),
  ...more,
});
const classA = { customer: { customerCode: "C-1", customerClass: "A" } };
const freight = { charges: [{ kind: "freight" as const, amount: decimal("4.90") }] };

/** Thirty-eight of the forty planners were sold by 17 January. */
const plannersSold = sumPromotionUsage([
  {
    entryId: "SO-90@4/1",
    kind: "use",
    promotionId: "CLEARANCE",
    customerCode: "C-9",
    orderNo: "SO-90",
    uses: 1,
    amount: decimal("266"),
    units: decimal("38"),
    at: moment("2026-01-09 10:00"),
  },
]);

const gifts = ["1 ALBUM", "2 CANDLE"];
const paper = ["60 PAPER"];
const lanterns = ["3 LANTERN"];
const table = ["4 CANDLE", "1 ALBUM"];

export const CARTS: readonly DatedCart[] = [
  {
    label: "three planners, of which two are left at half price",
    cart: on(moment("2026-01-17 11:00"), ["3 PLANNER"]),
    asked: [],
    facts: { usage: plannersSold },
  },
  { label: "the last moment before VALENTINE", cart: on(justBeforeIt("VALENTINE"), gifts), asked: ["VALENTINE"] },
  { label: "its first moment", cart: on(begin("VALENTINE"), gifts), asked: ["VALENTINE"] },
  {
    label: "the day itself, but a smaller present",
    cart: on(moment("2026-02-14 17:45"), ["1 ALBUM"]),
    asked: ["VALENTINE"],
  },
  { label: "EASTER begins, and SPRING runs", cart: on(begin("EASTER"), paper), asked: [] },
  { label: "EASTER, its last moment", cart: on(last("EASTER"), paper), asked: [] },
  { label: "EASTER is over, SPRING is not", cart: on(end("EASTER"), paper), asked: ["EASTER"] },
  { label: "a Friday in June, in time", cart: on(justBefore(moment("2026-06-26 18:00")), ["1 PEN"]), asked: [] },
  { label: "too late by a moment", cart: on(moment("2026-06-26 18:00"), ["1 PEN"]), asked: ["HAPPY-HOUR"] },
  {
    label: "for school, on a Friday at five, with the code of welcome",
    cart: on(moment("2026-08-21 17:00"), ["9 NOTEBOOK", "1 PEN"], { couponCodes: ["HELLO-26"] }),
    asked: ["CLASS-A"],
  },
  { label: "half past two, for the second time", cart: on(moment("2026-10-25 02:30"), lanterns), asked: [] },
  { label: "LANTERNS, the last moment", cart: on(last("LANTERNS"), lanterns), asked: [] },
  { label: "LANTERNS is over", cart: on(end("LANTERNS"), lanterns), asked: ["LANTERNS"] },
  { label: "before BLACK, class A", cart: on(justBeforeIt("BLACK"), table, classA), asked: ["BLACK", "ADVENT-1"] },
  { label: "BLACK begins, class A", cart: on(begin("BLACK"), table, classA), asked: ["CLASS-A", "ADVENT-1"] },
  {
    label: "the first Sunday of Advent, which is still BLACK, with the code",
    cart: on(moment("2026-11-29 12:00"), table, { ...classA, couponCodes: ["HELLO-26"] }),
    asked: ["ADVENT-1", "CLASS-A", "WELCOME"],
  },
  { label: "BLACK is over, class A", cart: on(end("BLACK"), table, classA), asked: ["BLACK"] },
  {
    label: "the third week of Advent, nearly enough for freight",
    cart: on(moment("2026-12-14 09:30"), ["1 ALBUM", "4 CARD"], freight),
    asked: ["FREIGHT-0", "ADVENT-3"],
  },
  {
    label: "the last moment before Christmas Eve",
    cart: on(last("FREIGHT-0"), ["2 ALBUM", "1 CARD"], freight),
    asked: [],
  },
  {
    label: "Christmas Eve",
    cart: on(end("FREIGHT-0"), ["2 ALBUM", "1 CARD"], freight),
    asked: ["FREIGHT-0", "ADVENT-4"],
  },
];
