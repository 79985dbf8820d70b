import { isPositive } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { QuantityMoved } from "../model/change.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import { stockSource } from "../model/stock.js";

/** Command: the vehicle leaves. */
export interface RecordShipment {
  /** Number of the shipment. */
  readonly shipmentNo: string;
  /** What leaves: all that is `picked`, or only what was `loaded`. */
  readonly what: "picked" | "loaded";
  /** Lines that leave; all of them when absent. */
  readonly lineIds?: readonly LineId[];
}

/** Why a shipment is refused. */
export type RecordShipmentIssue =
  | TransitionIssue
  | NameIssue
  | IssueOf<{
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
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 10.4a, 12.4
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
  const { shipmentNo, what, lineIds } = command;
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
  if (issues.length > 0) return refuse(issues);

  return ok(
    recordEvent(
      order,
      {
        type: "order_shipped",
        details: { shipmentNo },
        changes,
        requests: [{ type: "notify_customer", orderNo, template: "order_shipped" }],
      },
      context,
    ),
  );
}
