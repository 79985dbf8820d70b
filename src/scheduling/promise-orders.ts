import { sum } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import { ordersOnce } from "../model/orders-once.js";
import { quantityIssue, quantityIssues } from "./available-to-promise.js";
import { openPromiseBook } from "./promise-book.js";
import { ordersThatAsk, promiseLines } from "./promise-lines.js";
import type { OrderToPromise, PromisedLine } from "./promised-line.js";
import { supplyRuleFaults } from "../model/supply-rule.js";
import type { PromiseContext, SupplyRuleIssue } from "./supply-protection.js";

/**
 * Works out what can be promised to the lines of orders, one after the other, without reserving anything.
 *
 * **Rules**
 * 1. Orders are served as they are listed, lines as they stand on the order. Each is promised what is left after all
 *    earlier demand in full, also the part of it that could not be promised: nobody overtakes. An order that is added
 *    behind changes no promise before it.
 * 2. A line asks for what an allocation would give it: open, back-filled and deferred. Back-fill that goes with the next
 *    order asks when another open order of the customer is listed. Lines on which nothing waits, and orders that have
 *    ended, ask for nothing.
 * 3. Nothing is promised for a day before the one on which it is needed; from then on as early as supply allows, and in
 *    parts where the customer takes parts. A line with a step is promised multiples of it.
 * 4. Lines that come together – a ship-complete order, one that was deferred as a whole, a delivery group, a line that may
 *    not come in parts – are promised all in full on one day, the first on which all of each is there, or not at all;
 *    `waitsFor` names the line that sets the day or is missing. What they do not take until then others can have before,
 *    as far as it is there again by that day.
 * 5. Minimums of other groups are kept back and no group gets more than its cap, as `protectSupply` has it; what a group
 *    is promised uses up its own. Demand that a cap, a minimum or the line's own step turns away takes nothing from anybody.
 * 6. Goods in store for a customer are promised to that customer's draw-downs and to nobody else; caps and minimums are
 *    for our own goods. Held stock is promised to nobody.
 * 7. A supply that names its warehouse, its lot or its expiry goes only to lines that may have it: the warehouse serves the
 *    area, has a vehicle for the street and keeps the temperature; the lot is the one that is wanted and is not kept from the customer or the area; on the day of
 *    delivery – the promised one, or the wanted one where that is later – it still lives as long as the customer asks.
 * 8. What a hold keeps from being allocated is promised nothing and takes nothing. Goods that are to wait for the release
 *    of the hold are listed among the demands.
 * 9. The stock of today is picked line after line as an allocation picks it, warehouses by `sourcing` and there by `lots`.
 *    Which goods will be picked on a later day is not known: there, earlier demand counts in full against all goods that it
 *    may take. So a promise is never more than the allocation gives: today, where nothing is expected; and each day, when
 *    it allocates what was promised for that day, in this order – under caps and minimums as well, where what was promised
 *    for other days stands in their `consumed`. It is the same today where nothing is expected and every line takes parts:
 *    without caps and minimums always, under them where goods are alike. It may be less where demand before it got no
 *    promise and leaves its goods to others in an allocation, and later where lines of an item may take different goods.
 *    Lines that come together and cross each other in the goods that they may take can be given what is not promised to
 *    them; what is promised behind them may then be more than is given. Bins, lines that want one lot alone, and sourcing other than the nearest are not looked at.
 *
 * @param orders each order once, in the order of service
 * @param context supplies, other demand, caps and minimums, and who may have which supply
 * @returns one answer for each line that asks for something, in the order of service. n log n in lines and days, for each
 *   set of supplies that lines of an item may have.
 * @throws RangeError when an order is listed twice, or the step of a line is zero
 *
 * **Source:** mission 8.1, 8.2, 8.9, 8.10; definitions B6, B9
 * @example
 * ```ts
 * import { calendarDay, decimal, promiseOrders } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const [today, friday] = [calendarDay("2026-03-02"), calendarDay("2026-03-06")];
 * const order = (orderNo: string, orderedQty: string) => ({ order: anyOrder({ orderNo, lines: [{ itemCode: "TEA", orderedQty }] }) });
 * const supplies = [{ itemCode: "TEA", day: today, quantity: decimal("25") }, { itemCode: "TEA", day: friday, quantity: decimal("10") }];
 * const found = promiseOrders([order("SO-1", "20"), order("SO-2", "20")], { today, supplies });
 * found.ok && found.value.map(({ kind, day, promised, code }) => [kind, day, promised, code]);
 * // => [["onHand", "2026-03-02", "20", "on_time"], ["scheduled", "2026-03-06", "15", "taken_by_earlier"]]
 * ```
 */
export function promiseOrders(
  orders: readonly OrderToPromise[],
  context: PromiseContext,
): Result<readonly PromisedLine[], SupplyRuleIssue> {
  const issues = promiseIssues(orders, context, "orders");
  if (issues.length > 0) return refuse(issues);
  const asking = ordersThatAsk(orders, context.today);
  const book = openPromiseBook(context, asking);
  return ok(asking.flatMap((order) => promiseLines(book, order)));
}

/** Reasons why nothing can be promised at all. @internal */
export function promiseIssues(
  orders: readonly OrderToPromise[],
  context: PromiseContext,
  listName: string,
): SupplyRuleIssue[] {
  ordersOnce(orders.map(({ order }) => order));
  return [
    ...quantityIssues(context.supplies, "supplies"),
    ...quantityIssues(context.demands ?? [], "demands"),
    ...supplyRuleFaults(context.rules ?? [], ["rules"]),
    ...orders.flatMap(({ order }, place) =>
      order.lines.flatMap((line, linePlace) => {
        const path = [listName, place, "order", "lines", linePlace];
        const step = line.quantum === undefined ? [] : quantityIssue(line.quantum, [...path, "quantum"]);
        const { open, backfill, deferred } = line.quantities;
        return [...quantityIssue(sum([open, backfill, deferred]), [...path, "quantities"]), ...step];
      }),
    ),
  ];
}
