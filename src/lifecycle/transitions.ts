import { compare, isPositive } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import type { Bucket } from "../model/bucket.js";
import type { LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import { amountDue } from "../model/kept-totals.js";
import type { HoldableOperation, Order, OrderStatus } from "../model/order.js";
import { holds } from "../model/status-of.js";
import { waitsForNextOrder } from "./together-in.js";
import type { Operation, Transition } from "./transition.js";

/** Says whether a line has quantity in one of the buckets. */
function has(...buckets: readonly Bucket[]): Transition["isReady"] {
  return ({ lines }) => buckets.some((bucket) => holds(lines, bucket));
}

const always = (): boolean => true;

const IN_WORK: readonly OrderStatus[] = ["confirmed", "allocated", "picked", "shipped", "collected"];

/** What is true of a row that changes papers alone. */
const ON_PAPER = { from: ["entered", ...IN_WORK], to: ["entered", ...IN_WORK], usual: [], keepsStatus: true } as const;

/** A row for what may become of goods on their way to the customer: all, a part or nothing of them arrives. */
function withGoodsOut(operation: Operation, guard: string, ...buckets: readonly Bucket[]): Transition {
  const from = ["confirmed", "allocated", "picked", "shipped"] as const;
  return { operation, from, to: [...IN_WORK, "cancelled"], usual: [], guard, isReady: has(...buckets) };
}

/**
 * The transition table: the one place that says what may be done when. Operations check it, the diagram is drawn from
 * it, and the model-based test holds every observed step against it.
 *
 * An order's status is that of its least advanced quantity, so an order of which a part is still open can be `confirmed`
 * while another part is picked: the rows name statuses, the guards name quantities.
 *
 * **Source:** mission 11.1, 11.3, 4.14
 */
export const TRANSITIONS: readonly Transition[] = [
  {
    operation: "review",
    from: ["entered"],
    to: ["entered", "returnedForCorrection", "rejected"],
    usual: [
      ["entered", "returnedForCorrection"],
      ["entered", "rejected"],
    ],
    guard: "not reviewed yet",
    isReady: ({ stage }) => stage === "entered",
  },
  {
    operation: "correct",
    from: ["entered", "returnedForCorrection"],
    to: ["entered"],
    usual: [["returnedForCorrection", "entered"]],
    guard: "a corrected draft of the same order",
    isReady: always,
  },
  {
    operation: "price",
    from: ["entered", "confirmed", "allocated", "picked"],
    // Gifts that come or go with the price may be the least advanced quantity, or all that is left.
    to: ["entered", ...IN_WORK, "cancelled"],
    usual: [],
    guard: "nothing invoiced",
    isReady: ({ billing }) => billing.invoices.length === 0,
  },
  {
    operation: "revise",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "promotions were given",
    isReady: ({ promotions }) => promotions !== undefined,
  },
  {
    operation: "confirm",
    from: ["entered"],
    to: ["confirmed"],
    usual: [["entered", "confirmed"]],
    guard: "reviewed and priced",
    isReady: ({ stage, totals }) => stage === "reviewed" && totals !== undefined,
  },
  { ...ON_PAPER, operation: "hold", guard: "a new hold id", isReady: always },
  {
    ...ON_PAPER,
    operation: "releaseHold",
    guard: "the hold is in force",
    isReady: (order) => order.holds.some(isInForce),
  },
  {
    operation: "allocate",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [
      ["confirmed", "allocated"],
      ["confirmed", "cancelled"],
    ],
    guard: "open, backfill or deferred quantity that does not wait for the next order",
    isReady: (order) => has("open", "backfill", "deferred")(order) && !waitsForNextOrder(order),
  },
  {
    operation: "release",
    from: ["confirmed", "allocated"],
    to: ["confirmed"],
    usual: [],
    guard: "allocated quantity",
    isReady: has("allocated"),
  },
  {
    operation: "defer",
    from: ["confirmed", "allocated"],
    to: ["confirmed"],
    usual: [],
    guard: "open, allocated or back-fill quantity, and nothing picked or gone",
    isReady: (order) =>
      has("open", "allocated", "backfill")(order) && !has("picked", "shipped", "delivered", "returned")(order),
  },
  {
    operation: "merge",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "quantity that waits or is allocated",
    isReady: has("open", "backfill", "deferred", "allocated"),
  },
  {
    operation: "join",
    from: ["entered", "confirmed", "allocated", "picked"],
    to: ["entered", "confirmed"],
    usual: [],
    guard: "quantity of an earlier order of the customer",
    isReady: always,
  },
  {
    operation: "reallocate",
    from: IN_WORK,
    to: IN_WORK,
    usual: [],
    guard: "allocated quantity, or quantity that waits",
    isReady: has("allocated", "open", "backfill"),
  },
  {
    operation: "substitute",
    from: IN_WORK,
    to: ["confirmed"],
    usual: [],
    guard: "quantity that is open or waits as back-fill",
    isReady: has("open", "backfill"),
  },
  {
    operation: "pick",
    from: ["confirmed", "allocated"],
    to: [...IN_WORK, "cancelled"],
    usual: [["allocated", "picked"]],
    guard: "allocated quantity",
    isReady: has("allocated"),
  },
  {
    operation: "load",
    from: ["confirmed", "allocated", "picked"],
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "picked quantity",
    isReady: has("picked"),
  },
  {
    operation: "ship",
    from: ["confirmed", "allocated", "picked"],
    to: ["confirmed", "allocated", "picked", "shipped"],
    usual: [["picked", "shipped"]],
    guard: "picked quantity",
    isReady: has("picked"),
  },
  withGoodsOut("deliver", "shipped quantity", "shipped"),
  {
    operation: "invoice",
    from: ["confirmed", "allocated", "picked", "shipped"],
    to: IN_WORK,
    usual: [],
    guard: "delivered and not invoiced",
    isReady: ({ lines }) => lines.some((line) => compare(line.quantities.delivered, line.invoicedQty) > 0),
  },
  {
    operation: "pay",
    from: ["entered", ...IN_WORK],
    to: ["entered", ...IN_WORK],
    usual: [["shipped", "collected"]],
    guard: "something to pay, and a new payment id",
    isReady: (order) => isPositive(amountDue(order)),
  },
  {
    operation: "amend",
    from: ["entered", ...IN_WORK],
    // More of a line makes the order wait again; less of it may leave it further on, or with nothing.
    to: ["entered", ...IN_WORK, "cancelled"],
    usual: [],
    guard: "something is to be agreed anew",
    isReady: always,
  },
  {
    operation: "addOn",
    from: ["entered", "confirmed", "allocated", "picked"],
    to: ["entered", "confirmed"],
    usual: [],
    guard: "nothing invoiced, nothing on the vehicle",
    isReady: ({ billing, lines }) =>
      billing.invoices.length === 0 &&
      lines.every(({ reservations }) => reservations.every(({ loaded }) => loaded === undefined)),
  },
  {
    operation: "cancel",
    // The customer may never answer, or answer that nothing is wanted any more.
    from: ["entered", "returnedForCorrection", ...IN_WORK],
    to: ["entered", "returnedForCorrection", ...IN_WORK, "cancelled"],
    usual: [
      ["entered", "cancelled"],
      ["returnedForCorrection", "cancelled"],
      ["allocated", "cancelled"],
      ["picked", "cancelled"],
    ],
    guard: "quantity that has not left the house",
    isReady: has("open", "deferred", "backfill", "allocated", "picked"),
  },
  {
    operation: "failDelivery",
    from: ["confirmed", "allocated", "picked", "shipped"],
    to: ["confirmed", "allocated", "picked", "shipped", "collected"],
    usual: [],
    guard: "shipped quantity",
    isReady: has("shipped"),
  },
  withGoodsOut("loseInTransit", "shipped quantity", "shipped"),
  {
    operation: "findWrongItem",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "picked, shipped or delivered quantity",
    isReady: has("picked", "shipped", "delivered"),
  },
  {
    operation: "close",
    from: ["collected"],
    to: ["closed"],
    usual: [["collected", "closed"]],
    guard: "no shortage waiting, no hold in force",
    isReady: (order) => !has("backfill", "deferred")(order) && !order.holds.some(isInForce),
  },
];

/** Why the table or a hold forbids an operation. */
export type TransitionIssue = IssueOf<{
  "status.operation_not_allowed": {
    readonly operation: Operation;
    readonly status: OrderStatus;
    readonly allowedFrom: readonly OrderStatus[];
  };
  "status.on_hold": { readonly operation: Operation; readonly holdId: string; readonly type: string };
}>;

/**
 * Checks whether the table and the holds allow an operation on an order.
 *
 * **Rules**
 * 1. The order's status must be one that the operation's row names.
 * 2. A hold in force on the whole order that blocks the operation forbids it; holds on lines are the operation's matter
 *    unless `lineIds` names the line.
 *
 * @param lineIds lines that the operation is about to touch
 * @returns every reason against it; empty when it is allowed
 *
 * **Source:** mission 11.1, 7.8
 * @example
 * ```ts
 * import { checkTransition } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * checkTransition(anyOrder({ stage: "confirmed" }), "close")[0]?.code; // => "status.operation_not_allowed"
 * ```
 */
export function checkTransition(
  order: Order,
  operation: Operation,
  lineIds: readonly LineId[] = [],
): TransitionIssue[] {
  const allowedFrom = TRANSITIONS.find((row) => row.operation === operation)?.from ?? [];
  const issues: TransitionIssue[] = [];
  if (!allowedFrom.includes(order.status)) {
    issues.push(issue("status.operation_not_allowed", ["status"], { operation, status: order.status, allowedFrom }));
  }
  if (order.holds.length === 0) return issues;
  const concerned = new Set(lineIds);
  for (const [position, hold] of order.holds.entries()) {
    const applies = hold.lineId === undefined || concerned.has(hold.lineId);
    if (isInForce(hold) && applies && hold.blocks.includes(operation as HoldableOperation)) {
      issues.push(issue("status.on_hold", ["holds", position], { operation, holdId: hold.holdId, type: hold.type }));
    }
  }
  return issues;
}
