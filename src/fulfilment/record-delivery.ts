import { add, compare, isNegative, minimum, subtract, ZERO, type Decimal, type RoundingMode } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import type { Change, QuantityMoved } from "../model/change.js";
import type { DisputeAction, DisputeReason } from "../model/dispute-codes.js";
import type { QuantityDiscrepancy } from "../model/event.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { LineId, OrderNo } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { shortageMove } from "../model/shortage-target.js";
import { stockSource, type StockPosition, type StockSource } from "../model/stock.js";
import {
  billedSurplus,
  checkSurpluses,
  surplusPrices,
  type LineSurplus,
  type SurplusGoods,
  type SurplusIssue,
} from "./delivery-surplus.js";
import { writeOff } from "./shortage-on-floor.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { deliveryShape } from "./command-shapes.js";

/** What the customer signed for on one line, in the base unit: the three together are what was shipped. */
export interface SignedLine {
  /** Line. */
  readonly lineId: LineId;
  /** Accepted. */
  readonly accepted: Decimal;
  /** Refused at the door; it comes back. */
  readonly refused?: RefusedGoods | undefined;
  /** Not there when the vehicle was unloaded. */
  readonly short?:
    | {
        /** Quantity in the base unit. */
        readonly quantity: Decimal;
        /** Why, in the site's own code. */
        readonly reason: string;
        /** The same as trading partners exchange it. */
        readonly reasonCode?: DisputeReason;
        /** What the customer asks for. */
        readonly actionCode?: DisputeAction;
      }
    | undefined;
  /** Came beyond what was shipped. */
  readonly over?: SurplusGoods | undefined;
}

/** What recording a delivery needs to know. */
export interface RecordDeliveryContext extends DecisionContext {
  /** Positions of the items of a surplus that the customer keeps; it must be free where it came from. */
  readonly stock?: readonly StockPosition[];
  /** How amounts of a surplus that is paid for are rounded; `halfUp` when absent. */
  readonly rounding?: RoundingMode;
}

/** Goods that the customer did not take. */
export interface RefusedGoods {
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** The same as trading partners exchange it. */
  readonly reasonCode?: DisputeReason;
  /** What the customer asks for. */
  readonly actionCode?: DisputeAction;
  /** What becomes of them: back into free stock (`keep`, the default), or off the books, since they cannot be sold. */
  readonly stock?: "keep" | "writeOff" | undefined;
}

/** Command: the customer has inspected and signed. */
export interface RecordDelivery {
  /** Who signed. */
  readonly receivedBy?: string;
  /** What was signed for; absent when everything that was shipped was accepted. */
  readonly lines?: readonly SignedLine[];
}

/** Why a delivery is refused. */
export type RecordDeliveryIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | SurplusIssue
  | IssueOf<{
      "deliver.no_lines": { readonly orderNo: OrderNo };
      "deliver.nothing_shipped": { readonly orderNo: OrderNo };
      "deliver.unknown_line": { readonly lineId: LineId };
      "deliver.listed_twice": { readonly lineId: LineId };
      "deliver.negative": { readonly lineId: LineId };
      "deliver.does_not_add_up": { readonly lineId: LineId; readonly shipped: Decimal; readonly signed: Decimal };
    }>;

/**
 * Records what the customer signed for: the proof of delivery, line by line.
 *
 * **Rules**
 * 1. For each line that is named, accepted, refused and short quantity together are what was shipped of it; lines that
 *    are not named stay in transit.
 * 2. Accepted goods are the customer's and can be invoiced; refused goods come back to the place they came from, and are
 *    written off there when they cannot be sold; short goods are lost, and the line's shortage policy says what becomes of the wish for them, with cause `delivery`.
 * 3. What came beyond what was shipped is the customer's for nothing and written off where it came from, comes back, or is
 *    paid: then it is ordered, taken and handed over at once, at the line's price. What the customer keeps must be free in
 *    stock; what was invoiced or costs nothing cannot grow so.
 * 4. The customer is told of the delivery, and of what was short.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 10.8, 12.4a, 14.7, 15.1
 * @example
 * ```ts
 * import { decimal, recordDelivery } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { shipped: "10" } }] });
 * const { lineId } = order.lines[0]!;
 * const lines = [{ lineId, accepted: decimal("9"), refused: { quantity: decimal("1"), reason: "damaged" } }];
 * const result = recordDelivery(order, { receivedBy: "M. Rossi", lines }, anyContext());
 * result.ok && result.value.movements.map(({ kind, quantity }) => [kind, quantity]); // => [["hand_over","9"],["take_back","1"]]
 * ```
 */
export function recordDelivery(
  order: Order,
  command: RecordDelivery,
  context: RecordDeliveryContext,
): Result<Outcome, RecordDeliveryIssue> {
  const misshapen = commandFaults(command, deliveryShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo } = order;
  const shippedLines = order.lines.filter(({ quantities }) => quantities.shipped !== ZERO);
  const signed: readonly SignedLine[] =
    command.lines ?? shippedLines.map(({ lineId, quantities }) => ({ lineId, accepted: quantities.shipped }));
  const issues: RecordDeliveryIssue[] = checkTransition(
    order,
    "deliver",
    signed.map(({ lineId }) => lineId),
  );
  if (command.lines?.length === 0) issues.push(issue("deliver.no_lines", ["lines"], { orderNo }));
  else if (signed.length === 0) issues.push(issue("deliver.nothing_shipped", ["lines"], { orderNo }));
  // One by one: a hostile list may be longer than the arguments that a call can take.
  for (const found of checkSigned(order, signed)) issues.push(found);
  const lines = new Map(order.lines.map((line) => [line.lineId, line]));
  const surpluses = signed.flatMap(({ lineId, over }, place): LineSurplus[] => {
    const line = lines.get(lineId);
    return line === undefined || over === undefined ? [] : [{ line, over, path: ["lines", place, "over"] }];
  });
  for (const found of checkSurpluses(order, surpluses, context.stock ?? [])) issues.push(found);
  if (issues.length > 0) return refuse(issues);

  const moves = signed.flatMap((given) => movesOf(lines.get(given.lineId) as OrderLine, given, context));
  const billed = surpluses.filter(({ over }) => over.action === "bill");
  const grown = [...moves, ...billed.flatMap(billedSurplus)];
  const billedIds = billed.map(({ line }) => line.lineId);
  const prices = surplusPrices(order, grown, billedIds, context.rounding ?? "halfUp");
  if (!prices.ok) return refuse(prices.issues);
  const changes: Change[] = [...grown, ...prices.value];
  const details = {
    ...(command.receivedBy === undefined ? {} : { receivedBy: command.receivedBy }),
    discrepancies: signed.flatMap((given) => discrepanciesOf(given)),
  };
  const isShort = signed.some(({ short }) => short !== undefined && short.quantity !== ZERO);
  const templates = isShort ? (["order_delivered", "shortage_recorded"] as const) : (["order_delivered"] as const);
  const requests: HostRequest[] = [
    ...surpluses.map(({ line: { itemCode }, over }): HostRequest => ({
      type: "count_stock",
      orderNo,
      itemCode,
      source: stockSource(over.source),
    })),
    ...templates.map((template): HostRequest => ({ type: "notify_customer", orderNo, template })),
  ];
  const spoilt = new Set(signed.filter(({ refused }) => refused?.stock === "writeOff").map(({ lineId }) => lineId));
  const kept = surpluses
    .filter(({ over }) => over.action === "keep")
    .map(({ line, over }) => writeOff(line, over.source, over.quantity, context.at, orderNo));
  const spoiltGoods = moves
    .filter(({ lineId, to }) => to === "returned" && spoilt.has(lineId))
    .map(({ lineId, quantity, source }) =>
      writeOff(lines.get(lineId) as OrderLine, source as StockSource, quantity, context.at, orderNo),
    );
  const movements = [...spoiltGoods, ...kept];
  return ok(recordEvent(order, { type: "order_delivered", details, changes, movements, requests }, context));
}

function checkSigned(order: Order, signed: readonly SignedLine[]): RecordDeliveryIssue[] {
  const lines = new Map(order.lines.map((line) => [line.lineId, line]));
  const seen = new Set<LineId>();
  return signed.flatMap((given, position): RecordDeliveryIssue[] => {
    const { lineId, refused, short } = given;
    const path = ["lines", position];
    const line = lines.get(lineId);
    if (line === undefined) return [issue("deliver.unknown_line", [...path, "lineId"], { lineId })];
    const issues: RecordDeliveryIssue[] = [];
    if (seen.has(lineId)) issues.push(issue("deliver.listed_twice", path, { lineId }));
    seen.add(lineId);
    const parts = [given.accepted, given.refused?.quantity ?? ZERO, given.short?.quantity ?? ZERO];
    for (const part of [refused, short, given.over]) {
      if (part !== undefined)
        issues.push(...checkNames({ reason: part.reason }).map((found) => ({ ...found, path: [...path, "reason"] })));
    }
    if (parts.some(isNegative)) issues.push(issue("deliver.negative", path, { lineId }));
    const total = parts.reduce(add);
    const { shipped } = line.quantities;
    if (compare(total, shipped) !== 0 || shipped === ZERO) {
      issues.push(issue("deliver.does_not_add_up", path, { lineId, shipped, signed: total }));
    }
    return issues;
  });
}

/** Spreads what was signed for over the places that the goods came from, in the order in which they were reserved. */
function movesOf(line: OrderLine, given: SignedLine, { at }: DecisionContext): QuantityMoved[] {
  const inTransit = line.reservations.flatMap((reservation) => {
    const quantity = reservation.quantities.shipped;
    return quantity === undefined ? [] : [{ source: stockSource(reservation), quantity }];
  });
  const moves: QuantityMoved[] = [];
  const take = (wanted: Decimal, move: (source: StockSource, quantity: Decimal) => QuantityMoved): void => {
    let left = wanted;
    for (const place of inTransit) {
      const quantity = minimum(left, place.quantity);
      if (quantity === ZERO) continue;
      place.quantity = subtract(place.quantity, quantity);
      left = subtract(left, quantity);
      moves.push(move(place.source, quantity));
    }
  };
  const { lineId } = line;
  const moved = { kind: "quantity_moved", lineId, from: "shipped" } as const;
  take(given.accepted, (source, quantity) => ({ ...moved, to: "delivered", quantity, source }));
  take(given.refused?.quantity ?? ZERO, (source, quantity) => ({ ...moved, to: "returned", quantity, source }));
  const note = { cause: "delivery", reason: given.short?.reason ?? "", since: at } as const;
  take(given.short?.quantity ?? ZERO, (source, quantity) => shortageMove(line, "shipped", source, quantity, note));
  return moves;
}

function discrepanciesOf({ lineId, accepted, refused, short, over }: SignedLine): QuantityDiscrepancy[] {
  const parts = [refused, short].filter((part) => part !== undefined && part.quantity !== ZERO);
  const expected = parts.reduce((sum, part) => add(sum, part?.quantity ?? ZERO), accepted);
  const missing = parts.map((part): QuantityDiscrepancy => ({
    lineId,
    expected,
    actual: accepted,
    reason: part?.reason ?? "",
    ...(part?.reasonCode === undefined ? {} : { reasonCode: part.reasonCode }),
    ...(part?.actionCode === undefined ? {} : { actionCode: part.actionCode }),
  }));
  if (over === undefined) return missing;
  const { quantity, reason, action } = over;
  return [...missing, { lineId, expected, actual: add(expected, quantity), reason, surplus: action }];
}
