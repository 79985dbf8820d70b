// A stationer's shop in Berlin: its goods, its clock, and short ways to write promotions and carts.

import {
  addMilliseconds,
  calendarDay,
  dayOfWeek,
  decimal,
  localDay,
  localTime,
  zonedInstant,
  type CartLine,
  type Instant,
  type Result,
} from "ordercycle";

/** The clock on the wall of the shop. Every day and hour of the calendar is meant by it. */
export const ZONE = "Europe/Berlin";

/** Takes the value of a result that must be good, since the example itself wrote the input. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

/** Goods, with what promotions know them by. */
export const GOODS = [
  { itemCode: "PLANNER", name: "Last year's planner", price: "14.00", categories: ["planners"], tags: ["clearance"] },
  { itemCode: "NOTEBOOK", name: "Notebook", price: "3.49", categories: ["school"], tags: [] },
  { itemCode: "PEN", name: "Fountain pen", price: "12.90", categories: ["school", "writing"], tags: [] },
  { itemCode: "PAPER", name: "Sheet of fine paper", price: "1.15", categories: ["paper"], tags: [] },
  { itemCode: "ALBUM", name: "Photo album", price: "24.90", categories: ["gifts"], tags: [] },
  { itemCode: "CARD", name: "Greeting card", price: "2.20", categories: ["cards"], tags: [] },
  { itemCode: "LANTERN", name: "Paper lantern", price: "8.75", categories: ["season"], tags: [] },
  { itemCode: "CANDLE", name: "Candle", price: "6.50", categories: ["candles"], tags: [] },
  { itemCode: "CHOC", name: "Box of chocolates", price: "4.80", categories: ["sweets"], tags: [] },
  { itemCode: "RIBBON", name: "Roll of ribbon", price: "2.90", categories: ["gifts"], tags: [] },
] as const;

/** Lines from texts like `3 CARD`. */
export function lines(texts: readonly string[]): CartLine[] {
  return texts.map((text, place) => {
    const [quantity = "", itemCode = ""] = text.split(" ");
    const goods = GOODS.find((one) => one.itemCode === itemCode);
    if (goods === undefined) throw new Error(`The shop does not sell ${itemCode}.`);
    const { categories, tags, price } = goods;
    return {
      lineId: String(place + 1),
      itemCode,
      quantity: decimal(quantity),
      unitPrice: decimal(price),
      categories,
      tags,
    };
  });
}

/** A moment by the clock of the shop, from a text like `2026-06-26 17:30`. */
export function moment(text: string): Instant {
  const [day = "", time = ""] = text.split(" ");
  return zonedInstant(calendarDay(day), time, ZONE);
}

/** The last moment before another: instants are counted in milliseconds. */
export const justBefore = (at: Instant): Instant => addMilliseconds(at, -1);

const WEEKDAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as the shop writes it: `27 Nov`. */
export function dayText(at: Instant): string {
  const day = localDay(at, ZONE);
  return `${String(Number(day.slice(8))).padStart(2)} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
}

/** A moment as the shop writes it: `Fri 27 Nov 00:00`, with seconds where there are any, and a year that is another. */
export function momentText(at: Instant): string {
  const [day, time] = [localDay(at, ZONE), localTime(at, ZONE)];
  const year = day.startsWith("2026") ? "" : ` ${day.slice(0, 4)}`;
  return `${WEEKDAYS[dayOfWeek(day)]} ${dayText(at).trim()}${year} ${time.endsWith(":00") ? time.slice(0, 5) : time}`;
}
