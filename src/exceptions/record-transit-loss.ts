import { compare, isPositive, subtract, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { reservedPlaces } from "../model/reserved-places.js";
import { shortageMove } from "../model/shortage-target.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { lossShape } from "./command-shapes.js";

/** Command: goods were lost on their way, or spoilt so that nobody wants them back. */
export interface RecordTransitLoss {
  /** Who carried them, in the site's own code; the claim goes there. */
  readonly carrier?: string;
  /** What is gone, each line once. */
  readonly lines: readonly {
    /** Line. */
    readonly lineId: LineId;
    /** Quantity in the base unit. */
    readonly quantity: Decimal;
    /** Why, in the site's own code (`lost`, `damaged`, `stolen` …). */
    readonly reason: string;
  }[];
}

/** Why a loss is refused. */
export type RecordTransitLossIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "loss.no_lines": { readonly orderNo: OrderNo };
      "loss.unknown_line": { readonly lineId: LineId };
      "loss.listed_twice": { readonly lineId: LineId };
      "loss.quantity_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "loss.more_than_shipped": { readonly lineId: LineId; readonly quantity: Decimal; readonly shipped: Decimal };
    }>;

/**
 * Records that goods which had left the house were lost or spoilt before the customer had them.
 *
 * **Rules**
 * 1. No more is lost than is on its way; what is not named is still on its way.
 * 2. Lost goods are off the books, and the line's shortage policy says what becomes of the wish for them, with cause
 *    `delivery`: sent again, later, or not at all.
 * 3. The loss is to be claimed from the carrier, the delivery note is to be printed anew, and the customer is told.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.7, 12.4; definitions B6, B19
 * @example
 * ```ts
 * import { decimal, recordTransitLoss } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
 * const lines = [{ lineId: "SO-1-1", quantity: decimal("4"), reason: "lost" }];
 * const result = recordTransitLoss(order, { carrier: "NORTHWAY", lines }, anyContext());
 * result.ok && [result.value.order.lines[0]!.quantities.open, result.value.movements[0]?.kind]; // => ["4", "lose"]
 * result.ok && result.value.requests.map(({ type }) => type); // => ["reprint","claim_from_carrier","notify_customer"]
 * ```
 */
export function recordTransitLoss(
  order: Order,
  command: RecordTransitLoss,
  context: DecisionContext,
): Result<Outcome, RecordTransitLossIssue> {
  const misshapen = commandFaults(command, lossShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo } = order;
  const { carrier, lines } = command;
  const byCarrier = carrier === undefined ? {} : { carrier };
  const lineOf = new Map(order.lines.map((line) => [line.lineId, line]));
  const issues: RecordTransitLossIssue[] = [
    ...checkTransition(order, "loseInTransit"),
    ...checkNames(byCarrier),
    ...checkLost(order, lineOf, lines),
  ];
  if (issues.length > 0) return refuse(issues);

  const lost = lines.map((given) => ({ ...given, line: lineOf.get(given.lineId) as OrderLine }));
  const changes = lost.flatMap(({ line, quantity, reason }) =>
    reservedPlaces(line, "shipped", quantity, "first").map((part) =>
      shortageMove(line, "shipped", part.source, part.quantity, { cause: "delivery", reason, since: context.at }),
    ),
  );
  const discrepancies = lost.map(({ line, quantity, reason }) => ({
    lineId: line.lineId,
    expected: line.quantities.shipped,
    actual: subtract(line.quantities.shipped, quantity),
    reason,
  }));
  const claimed = lost.map(({ line: { lineId, itemCode }, quantity, reason }) => ({
    lineId,
    itemCode,
    quantity,
    reason,
  }));
  const requests: HostRequest[] = [
    { type: "claim_from_carrier", orderNo, ...byCarrier, lines: claimed },
    { type: "notify_customer", orderNo, template: "shortage_recorded" },
  ];
  const details = { ...byCarrier, discrepancies };
  return ok(recordEvent(order, { type: "transit_loss_recorded", details, changes, requests }, context));
}

function checkLost(
  { orderNo }: Order,
  lineOf: ReadonlyMap<LineId, OrderLine>,
  lost: RecordTransitLoss["lines"],
): RecordTransitLossIssue[] {
  const issues: RecordTransitLossIssue[] = [];
  const seen = new Set<LineId>();
  if (lost.length === 0) issues.push(issue("loss.no_lines", ["lines"], { orderNo }));
  for (const [place, { lineId, quantity, reason }] of lost.entries()) {
    const path = ["lines", place];
    issues.push(...checkNames({ reason }).map((found) => ({ ...found, path: [...path, "reason"] })));
    const line = lineOf.get(lineId);
    if (line === undefined) {
      issues.push(issue("loss.unknown_line", path, { lineId }));
      continue;
    }
    if (seen.has(lineId)) issues.push(issue("loss.listed_twice", path, { lineId }));
    seen.add(lineId);
    const { shipped } = line.quantities;
    if (!isPositive(quantity)) issues.push(issue("loss.quantity_not_positive", path, { lineId, quantity }));
    else if (compare(quantity, shipped) > 0) {
      issues.push(issue("loss.more_than_shipped", path, { lineId, quantity, shipped }));
    }
  }
  return issues;
}
