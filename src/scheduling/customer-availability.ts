import type { Decimal } from "../core/decimal.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { VehicleRestriction } from "../model/customer.js";
import type { CustomerCode, ItemCode } from "../model/ids.js";
import type { Item } from "../model/item.js";
import { quantityIssue, quantityOf, unitsOf, type DatedQuantity } from "./available-to-promise.js";
import { ordersThatAsk, promiseLines } from "./promise-lines.js";
import { promiseIssues } from "./promise-orders.js";
import type { OrderToPromise } from "./promised-line.js";
import { openOn } from "./shelf-supply.js";
import { groupLimit, within } from "../model/supply-standing.js";
import type { PromiseContext, SupplyRuleIssue } from "./supply-protection.js";
import { openPromiseBook, shelfFor } from "./promise-book.js";

/** A customer who looks at what can be had. */
export interface LookingCustomer {
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Group for caps and minimums; absent for a customer of no group. */
  readonly group?: string;
  /** Delivery area, large to small; none when absent. */
  readonly deliveryAreaPath?: readonly string[];
  /** What may drive up to the customer's door. */
  readonly vehicleRestriction?: VehicleRestriction;
  /** Days of life that a lot must still have on the day of delivery. */
  readonly minimumRemainingLifeDays?: number;
}

/** What an availability rests on. */
export interface CustomerAvailabilityContext extends PromiseContext {
  /** Orders that wait already, in the order of service; a new order comes behind all of them. */
  readonly waiting?: readonly OrderToPromise[];
}

/** What can be had now and later, in the base unit. */
export interface Availability {
  /** What can be had today. */
  readonly now: Decimal;
  /** Each later day on which more can be had, with what can be had by then in all. */
  readonly next: readonly DatedQuantity[];
}

/** What a customer may be shown for an item. */
export interface ItemAvailability extends Availability {
  /** Item. */
  readonly itemCode: ItemCode;
  /** The customer's own goods in store with us, for draw-downs; absent where there are none to be had. */
  readonly inStore?: Availability;
}

/**
 * Works out what a customer may be shown for items: how much now, and when how much more.
 *
 * **Rules**
 * 1. What is shown is what `promiseOrders` would promise to a new order of the customer for that item alone, behind all
 *    that wait already: caps and minimums are taken off, and it is never more than the promise.
 * 2. Goods of other customers are never counted. The customer's own goods in store are shown apart, since only
 *    draw-downs can have them.
 * 3. Quantities of an item with a step are multiples of it. Only supplies count that may go to the customer: from
 *    warehouses that serve the area, in lots that live long enough.
 * 4. Nothing is reserved: what is shown holds until somebody else orders.
 *
 * @param customer who looks
 * @param items items to show, each with its step and temperature class; a line with a larger step may be promised less
 * @param context what promises rest on, and the orders that wait
 * @returns one entry for each item, in the order of `items`. n log n in lines and supplies.
 * @throws RangeError when an order is listed twice, or a step is zero
 *
 * **Source:** mission 8.10, 8.9; definition B9
 * @example
 * ```ts
 * import { calendarDay, customerAvailability, decimal } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const [today, friday] = [calendarDay("2026-03-02"), calendarDay("2026-03-06")];
 * const supplies = [{ itemCode: "TEA", day: today, quantity: decimal("25") }, { itemCode: "TEA", day: friday, quantity: decimal("10") }];
 * const waiting = [{ order: anyOrder({ lines: [{ itemCode: "TEA", orderedQty: "20" }] }) }];
 * const shown = customerAvailability({ customerCode: "C-7" }, [{ itemCode: "TEA" }], { today, supplies, waiting });
 * shown.ok && shown.value; // => [{"itemCode":"TEA","now":"5","next":[{"day":"2026-03-06","quantity":"15"}]}]
 * ```
 */
export function customerAvailability(
  { customerCode, group, deliveryAreaPath = [], vehicleRestriction, minimumRemainingLifeDays }: LookingCustomer,
  items: readonly Pick<Item, "itemCode" | "quantum" | "temperatureClass">[],
  context: CustomerAvailabilityContext,
): Result<readonly ItemAvailability[], SupplyRuleIssue> {
  const { waiting = [] } = context;
  const where = { customerCode, deliveryAreaPath, vehicleRestriction, minimumRemainingLifeDays };
  const issues = [
    ...promiseIssues(waiting, context, "waiting"),
    ...items.flatMap(({ quantum }, place) =>
      quantum === undefined ? [] : quantityIssue(quantum, ["items", place, "quantum"]),
    ),
  ];
  if (issues.length > 0) return refuse(issues);
  const asking = ordersThatAsk(waiting, context.today, customerCode);
  const book = openPromiseBook(context, asking);
  for (const order of asking) promiseLines(book, order);
  return ok(
    items.map(({ itemCode, quantum, temperatureClass }) => {
      const step = quantum === undefined ? 1n : unitsOf(quantum);
      const asked = { ...where, itemCode, temperatureClass, lotNo: undefined, deliveredOn: undefined };
      const own = availabilityOf(shelfFor(book, { ...asked, owner: customerCode }), undefined, step);
      const hasOwn = own.now !== "0" || own.next.length > 0;
      const shown = { itemCode, ...availabilityOf(shelfFor(book, { ...asked, owner: undefined }), group, step) };
      return hasOwn ? { ...shown, inStore: own } : shown;
    }),
  );
}

/** What is left on a shelf for a group, in whole steps. */
function availabilityOf(
  { shelf, ...ask }: ReturnType<typeof shelfFor>,
  group: string | undefined,
  step: bigint,
): Availability {
  const { kept, capLeft } = groupLimit(shelf.groups, group);
  let most = 0n;
  const next: DatedQuantity[] = [];
  let now = 0n;
  for (const [place, day] of shelf.days.entries()) {
    if (place > 0 && day === shelf.days[place - 1]) continue;
    const left = within({ kept: 0n, capLeft }, openOn(shelf, { ...ask, kept }, place));
    const units = left - (left % step);
    if (place === 0) now = units;
    else if (units > most) next.push({ day, quantity: quantityOf(units) });
    if (units > most) most = units;
  }
  return { now: quantityOf(now), next };
}
