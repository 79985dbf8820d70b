import type { CalendarDay } from "../core/calendar-day.js";
import { compareInstants } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { DecisionContext } from "../model/actor.js";
import type { Address } from "../model/address.js";
import type { CustomerCode, OrderNo } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { Order } from "../model/order.js";
import { holds } from "../model/status-of.js";
import { addOnObstacles, type AddOnObstacle, type AddOnPolicy } from "./add-on-obstacles.js";
import type { AddToOrder } from "./add-to-order.js";
import { addedLines, type AddedLineIssue, type NewLine } from "./added-lines.js";
import { isSame } from "./is-same.js";

/** What a customer asks for besides what was ordered. */
export interface AddOnRequest {
  /** Customer. */
  readonly customerCode: CustomerCode;
  /** Where it is to go; absent for wherever the order goes that it joins. */
  readonly shipToAddress?: Address;
  /** When it is wanted; absent for whenever the order comes that it joins. */
  readonly requestedDeliveryDate?: CalendarDay;
  /** Goods. */
  readonly lines: readonly NewLine[];
}

/** What planning an add-on needs to know. */
export interface PlanAddOnContext extends Pick<DecisionContext, "at"> {
  /** Customers, items and delivery waves. */
  readonly masters: Pick<Masters, "customers" | "items" | "deliveryWaves">;
  /** How long it takes to get more goods onto a vehicle. */
  readonly addOn: AddOnPolicy;
}

/** Why a request does not join a certain order. */
export type JoinObstacle =
  | AddOnObstacle
  | AddedLineIssue
  | IssueOf<{
      "add.other_customer": { readonly orderNo: OrderNo; readonly customerCode: CustomerCode };
      "add.other_address": { readonly orderNo: OrderNo };
      "add.other_date": { readonly orderNo: OrderNo; readonly requestedDeliveryDate: CalendarDay };
    }>;

/** Why a request cannot be served at all. */
export type AddOnRefusal =
  AddedLineIssue | IssueOf<{ "enter.unknown_customer": { readonly customerCode: CustomerCode } }>;

/** An order that was considered, and what keeps the request from joining it. */
export interface ConsideredOrder {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Everything against it; empty for an order that could take the goods. */
  readonly obstacles: readonly JoinObstacle[];
}

/**
 * How goods join an order: they only change its record (`amend`), the difference is allocated as well (`reallocate`), or
 * somebody goes to pick once more (`pickAgain`).
 */
export type JoinWork = "amend" | "reallocate" | "pickAgain";

/** What to do with a request for more goods. */
export type AddOnPlan =
  | {
      readonly decision: "join";
      /** The order that takes them. */
      readonly orderNo: OrderNo;
      /** How. */
      readonly work: JoinWork;
      /** What `addToOrder` is to be told. */
      readonly command: AddToOrder;
      /** All orders that were considered. */
      readonly considered: readonly ConsideredOrder[];
    }
  | { readonly decision: "newOrder"; readonly considered: readonly ConsideredOrder[] }
  | { readonly decision: "refuse"; readonly issues: readonly AddOnRefusal[] };

const WORK: readonly JoinWork[] = ["amend", "reallocate", "pickAgain"];

/**
 * Answers a customer who asks for more: may it join an order, is there time, and how; or is it to be an order of its own.
 *
 * **Rules**
 * 1. A request that no order could hold – unknown customer, item or unit, no quantity – is refused, with every reason.
 * 2. It joins an order of the same customer that goes to the same place on the same day, as far as the request says where
 *    and when, and that nothing keeps from growing (see `addToOrder`).
 * 3. Of several such orders, the one with the least work takes it: nothing allocated yet, then allocated, then picked;
 *    then the one that was received first.
 * 4. It adds to a line of the same item and unit that is ordinary goods at no other price, else it is a new line.
 * 5. When no order can take it, it is to be an order of its own, and each order's reasons are told.
 *
 * @param orders of the customer, in any order; orders of others are told as such
 * @returns the decision with its reasons; linear in the orders and their lines
 *
 * **Source:** mission 14.4; definition B19
 * @example
 * ```ts
 * import { decimal, indexMasters, instant, planAddOn } from "ordercycle";
 * import { anyCustomer, anyItem, anyOrder } from "ordercycle/testing";
 * const orders = [anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] })];
 * const request = { customerCode: "C-100", lines: [{ itemCode: "TEA", quantity: decimal("4") }] };
 * const masters = indexMasters({ customers: [anyCustomer()], items: [anyItem()] });
 * const context = { at: instant("2026-03-02T09:00:00Z"), masters, addOn: { pickMinutes: 45 } };
 * const plan = planAddOn(orders, request, context);
 * plan.decision === "join" && [plan.orderNo, plan.work, plan.command.lines]; // => ["SO-1","reallocate",[{"lineId":"SO-1-1","quantity":"4"}]]
 * ```
 */
export function planAddOn(orders: readonly Order[], request: AddOnRequest, context: PlanAddOnContext): AddOnPlan {
  const { customerCode } = request;
  const { masters, at } = context;
  const refusals: AddOnRefusal[] = masters.customers.has(customerCode)
    ? []
    : [issue("enter.unknown_customer", ["customerCode"], { customerCode })];
  const alone = addedLines({ orderNo: "", lines: [] }, request.lines, masters);
  if (!alone.ok) refusals.push(...alone.issues);
  if (refusals.length > 0) return { decision: "refuse", issues: refusals };

  const considered = [...orders]
    .sort((a, b) => workFor(a) - workFor(b) || compareInstants(a.header.receivedAt, b.header.receivedAt) || byNo(a, b))
    .map((order) => {
      const obstacles: JoinObstacle[] = [...misfits(order, request), ...addOnObstacles(order, at, context)];
      const command: AddToOrder = { lines: joined(order, request.lines) };
      if (obstacles.length > 0) return { order, command, obstacles };
      // What is sound by itself may still be too much for the line that it joins.
      const added = addedLines(order, command.lines, masters);
      return { order, command, obstacles: added.ok ? [] : added.issues };
    });
  const told = considered.map(({ order: { orderNo }, obstacles }) => ({ orderNo, obstacles }));
  const taker = considered.find(({ obstacles }) => obstacles.length === 0);
  if (taker === undefined) return { decision: "newOrder", considered: told };
  const { order, command } = taker;
  const work = WORK[workFor(order)] as JoinWork;
  return { decision: "join", orderNo: order.orderNo, work, command, considered: told };
}

function byNo(a: Order, b: Order): number {
  return a.orderNo < b.orderNo ? -1 : 1;
}

function workFor({ lines }: Order): 0 | 1 | 2 {
  if (holds(lines, "picked")) return 2;
  return holds(lines, "allocated") ? 1 : 0;
}

/** What the request wants otherwise than the order. */
function misfits({ orderNo, header }: Order, request: AddOnRequest): JoinObstacle[] {
  const { customerCode, shipToAddress, requestedDeliveryDate } = request;
  const obstacles: JoinObstacle[] = [];
  if (customerCode !== header.customerCode) {
    obstacles.push(issue("add.other_customer", ["customerCode"], { orderNo, customerCode }));
  }
  if (shipToAddress !== undefined && !isSame(shipToAddress, header.shipToAddress)) {
    obstacles.push(issue("add.other_address", ["shipToAddress"], { orderNo }));
  }
  if (requestedDeliveryDate !== undefined && requestedDeliveryDate !== header.requestedDeliveryDate) {
    obstacles.push(issue("add.other_date", ["requestedDeliveryDate"], { orderNo, requestedDeliveryDate }));
  }
  return obstacles;
}

/** Each line of the request as more of a line of the order where that is the same, each of those once. */
function joined({ lines }: Order, wanted: readonly NewLine[]): AddToOrder["lines"] {
  const taken = new Set<string>();
  return wanted.map((one) => {
    const line = lines.find(
      ({ lineId, itemCode, uom, baseUom, transactionCategory, unitPrice, discount, giftOf }) =>
        !taken.has(lineId) &&
        giftOf === undefined &&
        itemCode === one.itemCode &&
        uom === (one.uom ?? baseUom) &&
        transactionCategory === (one.transactionCategory ?? "sale") &&
        (one.unitPrice === undefined || one.unitPrice === unitPrice) &&
        isSame(one.discount, discount),
    );
    if (line === undefined) return one;
    taken.add(line.lineId);
    return { lineId: line.lineId, quantity: one.quantity };
  });
}
