import { add, compare, sum, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { QuantityMoved, ShortageNote } from "../../model/change.js";
import type { EventBase, OrderEvent } from "../../model/event.js";
import type { LineId, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { BatchOutcome, Outcome } from "../../model/outcome.js";
import { stockKey, type StockSource } from "../../model/stock.js";
import { allocatedAt, ordersByNo, refusedTogether, together } from "./apply-reallocation.js";

/** Command: what is undone. */
export interface UndoReallocation {
  /** Proposal that was carried out. */
  readonly proposalId: string;
  /** Events of the orders; those of the transfer are found among them. */
  readonly events: readonly OrderEvent[];
}

/** Why goods cannot be given back. */
export type UndoReallocationIssue =
  | TransitionIssue
  | IssueOf<{
      "reallocate.not_applied": { readonly proposalId: string };
      "reallocate.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
      "reallocate.goods_gone": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
      "reallocate.served_since": { readonly lineId: LineId; readonly quantity: Decimal; readonly left: Decimal };
    }>;

/**
 * Gives goods back that were transferred from one order to another: every line has what it had, at the same places, with
 * the same records of shortage.
 *
 * **Rules**
 * 1. The goods must still be reserved for the line that won them, and not picked; what was recorded as short for those who
 *    gave them must still wait. Otherwise nothing is given back.
 * 2. Both orders have an event; the customers who get their goods back are told. Dates that were promised meanwhile stay
 *    on record.
 *
 * @param orders all orders of the transfer, each once
 * @returns the orders in the order of the input; or all of them refused with every reason
 * @throws RangeError when an order is listed twice
 *
 * **Source:** mission 9.14, 8.7; definition B6
 * @example
 * ```ts
 * import { undoReallocation } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const { refused } = undoReallocation([anyOrder()], { proposalId: "RP-1", events: [] }, anyContext());
 * refused[0]!.issues[0]!.code; // => "reallocate.not_applied"
 * ```
 */
export function undoReallocation(
  orders: readonly Order[],
  { proposalId, events }: UndoReallocation,
  context: DecisionContext,
): BatchOutcome {
  const orderOf = ordersByNo(orders);
  const transfers = events.filter(
    (event): event is EventBase<"reservation_moved"> & OrderEvent =>
      event.type === "reservation_moved" &&
      event.details.proposalId === proposalId &&
      event.details.cause === "reallocation",
  );
  if (transfers.length === 0) {
    return refusedTogether(orders, [issue("reallocate.not_applied", ["proposalId"], { proposalId })]);
  }
  // Who won the goods gives them back first, so that they are free when the others reserve them again.
  const sides = [...transfers.filter((event) => !isVictim(event)), ...transfers.filter(isVictim)];
  const issues = sides.flatMap((event) => obstaclesTo(event, orderOf.get(event.orderNo)));
  if (issues.length > 0) return refusedTogether(orders, issues);
  const outcomes = sides.map((event): Outcome => {
    const { orderNo } = event;
    const changes = movesOf(event).map(inverse);
    const details = { proposalId, cause: "undoing", displacements: [], consents: [] } as const;
    const requests = isVictim(event)
      ? [{ type: "notify_customer", orderNo, template: "goods_given_back" } as const]
      : [];
    return recordEvent(
      orderOf.get(orderNo) as Order,
      { type: "reservation_moved", details, changes, requests },
      context,
    );
  });
  return together(orders, outcomes);
}

function isVictim(event: OrderEvent): boolean {
  return movesOf(event).some(({ from }) => from === "allocated");
}

function movesOf({ changes }: OrderEvent): QuantityMoved[] {
  return changes.filter((change): change is QuantityMoved => change.kind === "quantity_moved");
}

/** The way back, in which a record that was served is written again and one that was written is served. */
function inverse({ kind, lineId, from, to, quantity, source, shortage, serves }: QuantityMoved): QuantityMoved {
  return {
    kind,
    lineId,
    from: to,
    to: from,
    quantity,
    ...(source === undefined ? {} : { source }),
    ...(serves === undefined ? {} : { shortage: serves as ShortageNote }),
    ...(shortage === undefined ? {} : { serves: shortage }),
  };
}

function obstaclesTo(event: OrderEvent, order: Order | undefined): UndoReallocationIssue[] {
  const { orderNo } = event;
  const issues: UndoReallocationIssue[] = order === undefined ? [] : checkTransition(order, "reallocate");
  const gives = new Map<string, { line: OrderLine; source: StockSource; quantity: Decimal }>();
  const waits = new Map<LineId, { line: OrderLine; note: ShortageNote; quantity: Decimal }>();
  for (const { lineId, to, quantity, source, shortage } of movesOf(event)) {
    const line = order?.lines.find((one) => one.lineId === lineId);
    if (line === undefined || source === undefined) {
      issues.push(issue("reallocate.unknown_line", ["orders"], { orderNo, lineId }));
    } else if (to === "allocated") {
      const key = `${lineId}\n${stockKey(line.itemCode, source)}`;
      gives.set(key, { line, source, quantity: add(gives.get(key)?.quantity ?? ZERO, quantity) });
    } else if (shortage !== undefined) {
      waits.set(lineId, { line, note: shortage, quantity: add(waits.get(lineId)?.quantity ?? ZERO, quantity) });
    }
  }
  for (const { line, source, quantity } of gives.values()) {
    const left = allocatedAt(line, source);
    const { lineId } = line;
    if (compare(quantity, left) > 0)
      issues.push(issue("reallocate.goods_gone", ["orders"], { lineId, quantity, left }));
  }
  for (const { line, note, quantity } of waits.values()) {
    const own = line.shortages.filter(
      ({ bucket, cause, mode, reason, since }) =>
        bucket === "backfill" &&
        cause === note.cause &&
        mode === note.mode &&
        reason === note.reason &&
        since === note.since,
    );
    const left = sum(own.map((shortage) => shortage.quantity));
    const { lineId } = line;
    if (compare(quantity, left) > 0)
      issues.push(issue("reallocate.served_since", ["orders"], { lineId, quantity, left }));
  }
  return issues;
}
