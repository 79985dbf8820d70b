import { isPositive, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { QuantityMoved } from "../model/change.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import { consentFor, foreignConsents, type Consent, type ConsentIssue } from "../model/consent.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { stockSource } from "../model/stock.js";
import { leftBehind, type LeftBehind } from "./left-behind.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { shipmentShape } from "./command-shapes.js";

/** Command: the vehicle leaves. */
export interface RecordShipment {
  /** Number of the shipment. */
  readonly shipmentNo: string;
  /** What leaves: all that is `picked`, or only what was `loaded`. */
  readonly what: "picked" | "loaded";
  /** Lines that leave; all of them when absent. */
  readonly lineIds?: readonly LineId[];
  /** The customer's consent to getting in parts what comes together, with the number of the order as its subject. */
  readonly consent?: Consent;
}

/** Why a shipment is refused. */
export type RecordShipmentIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | ConsentIssue
  | IssueOf<{
      "ship.incomplete": { readonly lineId: LineId; readonly missing: Decimal };
      "ship.no_lines": { readonly orderNo: OrderNo };
      "ship.nothing_to_ship": { readonly orderNo: OrderNo; readonly what: string };
      "ship.unknown_line": { readonly lineId: LineId };
    }>;

/**
 * Records that goods have left the house.
 *
 * **Rules**
 * 1. All that is picked leaves, or only what was loaded, of all lines or of those that are named; something must,
 *    and every line that is named must be one of the order.
 * 2. What leaves is issued from stock and is in transit until the customer signs.
 * 3. What comes together – an order shipped complete or deferred as a whole, a delivery group, a line that takes all or
 *    nothing – does not leave in part, wherever the rest is missing: at the bin, at the vehicle, or since only some lines are
 *    named. It does with the customer's consent, which the event then carries. What was cancelled, went over into another
 *    order or left before is not waited for, so the rest may leave later by itself.
 * 4. A consent of somebody else, or to something else, is refused and not passed over in silence.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 10.4a, 12.4, 9.15; definition B6
 * @example
 * ```ts
 * import { recordShipment } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { picked: "10" } }] });
 * const result = recordShipment(order, { shipmentNo: "SH-1", what: "picked" }, anyContext());
 * result.ok && result.value.order.status; // => "shipped"
 * result.ok && result.value.movements.map(({ kind }) => kind); // => ["issue"]
 * ```
 */
export function recordShipment(
  order: Order,
  command: RecordShipment,
  context: DecisionContext,
): Result<Outcome, RecordShipmentIssue> {
  const misshapen = commandFaults(command, shipmentShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { shipmentNo, what, lineIds, consent } = command;
  const known = new Set(order.lines.map(({ lineId }) => lineId));
  const leaving = lineIds === undefined ? known : new Set(lineIds);
  const { orderNo } = order;
  const changes: QuantityMoved[] = order.lines.flatMap(({ lineId, reservations }) =>
    (leaving.has(lineId) ? reservations : []).flatMap((reservation): QuantityMoved[] => {
      const quantity = what === "loaded" ? reservation.loaded : reservation.quantities.picked;
      if (quantity === undefined || !isPositive(quantity)) return [];
      return [
        { kind: "quantity_moved", lineId, from: "picked", to: "shipped", quantity, source: stockSource(reservation) },
      ];
    }),
  );
  const issues: RecordShipmentIssue[] = checkTransition(order, "ship", [
    ...new Set(changes.map(({ lineId }) => lineId)),
  ]);
  for (const [position, lineId] of (lineIds ?? []).entries()) {
    if (!known.has(lineId)) issues.push(issue("ship.unknown_line", ["lineIds", position], { lineId }));
  }
  issues.push(...checkNames({ shipmentNo }));
  if (lineIds?.length === 0) issues.push(issue("ship.no_lines", ["lineIds"], { orderNo }));
  else if (changes.length === 0) issues.push(issue("ship.nothing_to_ship", ["lines"], { orderNo, what }));
  const missing = leftBehind(order, changes);
  issues.push(...tornIssues(order, missing, consent, context));
  if (issues.length > 0) return refuse(issues);

  return ok(
    recordEvent(
      order,
      {
        type: "order_shipped",
        details: { shipmentNo, ...(consent === undefined || missing.length === 0 ? {} : { consent }) },
        changes,
        requests: [{ type: "notify_customer", orderNo, template: "order_shipped" }],
      },
      context,
    ),
  );
}

/** Why goods may not leave without those that they come together with. */
function tornIssues(
  { orderNo, header: { customerCode } }: Order,
  missing: readonly LeftBehind[],
  consent: Consent | undefined,
  { at }: DecisionContext,
): RecordShipmentIssue[] {
  const consents = consent === undefined ? [] : [consent];
  const foreign = foreignConsents(consents, new Set([customerCode]), orderNo);
  const found = consentFor(consents, { customerCode, subject: orderNo, at });
  if (missing.length === 0 || found.consent !== undefined) return foreign;
  return [
    ...missing.map((left) => issue("ship.incomplete", ["lines"], { ...left })),
    ...foreign,
    ...found.issues.filter(({ code }) => code === "consent.expired"),
  ];
}
