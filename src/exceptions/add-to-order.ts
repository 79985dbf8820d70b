import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change } from "../model/change.js";
import type { Masters } from "../model/masters.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { addOnObstacles, type AddOnObstacle, type AddOnPolicy } from "./add-on-obstacles.js";
import { addedLines, type AddedLine, type AddedLineIssue } from "./added-lines.js";
import { priceAmendment, type AmendmentPricing, type PriceAmendmentIssue } from "./price-amendment.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { addingShape } from "./command-shapes.js";

/** Command: what the customer orders besides. */
export interface AddToOrder {
  /** More of lines, and new lines. */
  readonly lines: readonly AddedLine[];
}

/** What adding to an order needs to know. */
export interface AddToOrderContext extends DecisionContext, Pick<AmendmentPricing, "pricing"> {
  /** Items, prices and delivery waves. */
  readonly masters: Pick<Masters, "items" | "prices" | "deliveryWaves">;
  /** How long it takes to get more goods onto a vehicle. */
  readonly addOn: AddOnPolicy;
}

/** Why nothing is added. */
export type AddToOrderIssue = CommandShapeIssue | AddOnObstacle | AddedLineIssue | PriceAmendmentIssue;

/**
 * Adds goods to an order that has not left the house: more of a line, or new lines. `planAddOn` says before whether an
 * order can take them, and which.
 *
 * **Rules**
 * 1. Nothing keeps it from joining: the order's state, holds, the cut-off of its wave and the time that picking takes.
 * 2. What is added waits to be allocated like anything new; what was allocated or picked before stays so.
 * 3. More of a line costs the line's price; a new line costs what was agreed for it, else what the price structure says.
 *    No promotion is given or taken silently: the host is asked to work promotions out again, and prices if it wants.
 * 4. New lines are served on the terms of the order's first line: in part or whole, and what happens with a shortage.
 * 5. An order that was reviewed but is not confirmed is to be reviewed again.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.4; definition B19
 * @example
 * ```ts
 * import { addToOrder, decimal, indexMasters } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
 * const context = { ...anyContext(), masters: indexMasters({}), addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };
 * const result = addToOrder(order, { lines: [{ lineId: "SO-1-1", quantity: decimal("4") }] }, context);
 * result.ok && result.value.order.lines[0]!.quantities; // => {"open":"4","allocated":"10","picked":"0","shipped":"0","delivered":"0","returned":"0","backfill":"0","deferred":"0","merged":"0","cancelled":"0"}
 * result.ok && result.value.order.totals?.payable; // => "35"
 * ```
 */
export function addToOrder(
  order: Order,
  command: AddToOrder,
  context: AddToOrderContext,
): Result<Outcome, AddToOrderIssue> {
  const misshapen = commandFaults(command, addingShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo, totals } = order;
  const obstacles = addOnObstacles(order, context.at, context);
  const added = addedLines(order, command.lines, context.masters);
  if (!added.ok || obstacles.length > 0) return refuse([...obstacles, ...(added.ok ? [] : added.issues)]);
  const lineIds = added.value.map((change) => (change.kind === "line_added" ? change.line.lineId : change.lineId));
  const prices = priceAmendment(order, added.value, lineIds, context);
  if (!prices.ok) return refuse(prices.issues);
  const changes: Change[] = [...added.value, ...prices.value, ...reviewedAgain(order)];
  const requests: HostRequest[] = [
    ...(totals === undefined ? [] : [{ type: "reprice", orderNo, lineIds } as const]),
    { type: "notify_customer", orderNo, template: "order_amended" },
  ];
  return ok(recordEvent(order, { type: "add_on_joined", details: { lineIds }, changes, requests }, context));
}

/** What was reviewed is not what is there now. */
export function reviewedAgain({ stage }: Order): Change[] {
  return stage === "reviewed" ? [{ kind: "stage_set", stage: "entered" }] : [];
}
