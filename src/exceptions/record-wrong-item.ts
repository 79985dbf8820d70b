import { compare, isPositive, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { WrongGoods, WrongItemFoundAt } from "../model/event.js";
import type { ItemCode, LineId } from "../model/ids.js";
import { indexMasters, type Masters } from "../model/masters.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { shortageMove } from "../model/shortage-target.js";
import { isSameSource, stockSource, type StockPosition, type StockSource } from "../model/stock.js";
import type { AddedLineIssue } from "./added-lines.js";
import { billedForNothing, billedWrongGoods, type BilledGoods } from "./billed-wrong-goods.js";
import type { AmendmentPricing, PriceAmendmentIssue } from "./price-amendment.js";
import { commandFaults, type CommandShapeIssue } from "../model/command-shape.js";
import { wrongItemShape } from "./command-shapes.js";

/** Command: instead of a line's goods, others were taken. */
export interface RecordWrongItem {
  /** Where it came to light: when the vehicle was loaded, at the door, or after the customer had signed. */
  readonly foundAt: WrongItemFoundAt;
  /** Line. */
  readonly lineId: LineId;
  /** Place from which the books say that the line's goods were taken; they still lie there. */
  readonly source: StockSource;
  /** Quantity of the line that is not there, in the base unit. */
  readonly quantity: Decimal;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** The customer's consent to pay for goods that were not ordered, as a reference to what was agreed. */
  readonly consent?: string;
  /** What was taken instead. */
  readonly wrong: {
    /** Item; the line's own where only the lot or the bin was the wrong one. */
    readonly itemCode: ItemCode;
    /** Place that it was taken from. */
    readonly source: StockSource;
    /** Quantity in the base unit of that item. */
    readonly quantity: Decimal;
    /** What becomes of it. */
    readonly goods: WrongGoods;
    /** Price agreed for one base unit of what is billed; from the price structure when absent. */
    readonly unitPrice?: Decimal;
  };
}

/** What recording a wrong item needs to know. */
export interface RecordWrongItemContext extends DecisionContext {
  /** Positions of the item that was taken; needed when it does not go back to its place. */
  readonly stock: readonly StockPosition[];
  /** Items and prices; needed when the customer keeps and pays what was taken. */
  readonly masters?: Pick<Masters, "items" | "prices">;
  /** How its amount is rounded; `halfUp` when absent. */
  readonly pricing?: AmendmentPricing["pricing"];
}

/** Why a wrong item is refused. */
export type RecordWrongItemIssue =
  | CommandShapeIssue
  | TransitionIssue
  | NameIssue
  | AddedLineIssue
  | PriceAmendmentIssue
  | IssueOf<{
      "wrong.unknown_line": { readonly lineId: LineId };
      "wrong.quantity_not_positive": { readonly itemCode: ItemCode; readonly quantity: Decimal };
      "wrong.more_than_there": {
        readonly lineId: LineId;
        readonly bucket: "picked" | "shipped" | "delivered";
        readonly quantity: Decimal;
        readonly there: Decimal;
      };
      "wrong.same_goods": { readonly lineId: LineId };
      "wrong.not_at_customer": { readonly lineId: LineId };
      "wrong.consent_needed": { readonly itemCode: ItemCode; readonly quantity: Decimal };
      "wrong.not_free": {
        readonly itemCode: ItemCode;
        readonly warehouseId: string;
        readonly quantity: Decimal;
        readonly free: Decimal;
      };
    }>;

/**
 * Records that other goods than those of a line were picked, found out at the vehicle, at the door, or after the customer
 * had signed.
 *
 * **Rules**
 * 1. The line's own goods never left their place: they are free there again, and the line is short of them, with cause
 *    `load` or `delivery`, as its shortage policy says.
 * 2. What was taken instead goes back to its place, which the books never knew it had left; or it cannot be sold, or is left
 *    with the customer for nothing, and then it is written off there. Only goods that are free can be: what is reserved for
 *    others must be given to them from elsewhere first.
 * 3. A customer who keeps and pays it must have agreed. It becomes a line of its own, ordered, taken and handed over at
 *    once, at the price that was agreed or that the price structure names; the next invoice bills it. The order may have
 *    been invoiced before.
 * 4. What was billed of goods that the customer had signed for stays billed while they are still to come; when they are
 *    given up, the host is asked to credit it.
 * 5. Both places are to be counted, and the customer is told; papers that name the goods are to be printed anew, unless the
 *    customer has signed: then they are settled.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.6, 14.7, 15.1; definitions B6, B17
 * @example
 * ```ts
 * import { decimal, recordWrongItem } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
 * const wrong = { itemCode: "COFFEE", source: { warehouseId: "NORTH" }, quantity: decimal("2"), goods: "putBack" as const };
 * const command = { foundAt: "load" as const, lineId: "SO-1-1", source: { warehouseId: "NORTH" }, quantity: decimal("2"), reason: "wrong_bin", wrong };
 * const result = recordWrongItem(order, command, { ...anyContext(), stock: [] });
 * result.ok && result.value.movements.map(({ kind, itemCode, quantity }) => [kind, itemCode, quantity]); // => [["put_back","TEA","2"]]
 * ```
 */
export function recordWrongItem(
  order: Order,
  command: RecordWrongItem,
  context: RecordWrongItemContext,
): Result<Outcome, RecordWrongItemIssue> {
  const misshapen = commandFaults(command, wrongItemShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { orderNo } = order;
  const { foundAt, lineId, quantity, reason, consent, wrong } = command;
  const bucket = BUCKET_WHERE_FOUND[foundAt];
  const line = order.lines.find((candidate) => candidate.lineId === lineId);
  const agreed = consent === undefined ? {} : { consent };
  const issues: RecordWrongItemIssue[] = [
    ...checkTransition(order, "findWrongItem"),
    ...checkNames({ reason, ...agreed }),
    ...checkWrongGoods(command, context),
  ];
  if (line === undefined) return refuse([...issues, issue("wrong.unknown_line", ["lineId"], { lineId })]);
  const { itemCode } = line;
  const there =
    line.reservations.find((reservation) => isSameSource(reservation, command.source))?.quantities[bucket] ?? ZERO;
  if (!isPositive(quantity)) issues.push(issue("wrong.quantity_not_positive", ["quantity"], { itemCode, quantity }));
  if (compare(quantity, there) > 0) {
    issues.push(issue("wrong.more_than_there", ["quantity"], { lineId, bucket, quantity, there }));
  }
  if (wrong.itemCode === itemCode && isSameSource(wrong.source, command.source)) {
    issues.push(issue("wrong.same_goods", ["wrong"], { lineId }));
  }
  if (issues.length > 0) return refuse(issues);
  const billed = wrong.goods === "bill" ? billedGoods(order, command, context) : ok(undefined);
  if (!billed.ok) return billed;

  const cause = foundAt === "load" ? "load" : "delivery";
  const source = stockSource(command.source);
  const short = shortageMove(line, bucket, source, quantity, { cause, reason, since: context.at });
  const wrongSource = stockSource(wrong.source);
  const details = {
    foundAt,
    wrongItemCode: wrong.itemCode,
    wrongSource,
    wrongGoods: wrong.goods,
    ...agreed,
    ...(billed.value === undefined ? {} : { billedLineId: billed.value.lineId }),
    discrepancies: [{ lineId, source, expected: there, actual: subtract(there, quantity), reason }],
  };
  const credit = short.to === "cancelled" ? billedForNothing(order, line, quantity) : ZERO;
  const billedIds = billed.value === undefined ? [] : [billed.value.lineId];
  const requests: HostRequest[] = [
    { type: "count_stock", orderNo, itemCode, source },
    { type: "count_stock", orderNo, itemCode: wrong.itemCode, source: wrongSource },
    ...(order.totals === undefined || order.billing.invoices.length > 0 || billedIds.length === 0
      ? []
      : [{ type: "reprice", orderNo, lineIds: billedIds } as const]),
    ...(credit === ZERO ? [] : [{ type: "correct_billing", orderNo, credit, charge: ZERO } as const]),
    { type: "notify_customer", orderNo, template: "shortage_recorded" },
  ];
  const changes = [short, ...(billed.value?.changes ?? [])];
  const movements = movementsBeyond(order, command, itemCode, context);
  return ok(recordEvent(order, { type: "wrong_item_found", details, changes, movements, requests }, context));
}

/** The bucket in which the books have the goods by the time it comes to light. */
const BUCKET_WHERE_FOUND = { load: "picked", delivery: "shipped", afterSigning: "delivered" } as const;

function billedGoods(
  order: Order,
  { wrong }: RecordWrongItem,
  { masters = indexMasters({}), pricing = { rounding: "halfUp" } }: RecordWrongItemContext,
): Result<BilledGoods, AddedLineIssue | PriceAmendmentIssue> {
  const billed = billedWrongGoods(order, wrong, { masters, pricing });
  return billed.ok ? billed : refuse(billed.issues.map((found) => ({ ...found, path: ["wrong"] })));
}

/** What the moves of quantity do not cost by themselves: goods that are found again, and goods that go off the books. */
function movementsBeyond(
  { orderNo }: Order,
  { foundAt, lineId, quantity, source, wrong }: RecordWrongItem,
  itemCode: ItemCode,
  { at }: DecisionContext,
): StockMovement[] {
  const posted = { at, orderNo };
  const found: StockMovement = { kind: "count_gain", itemCode, ...stockSource(source), quantity, ...posted, lineId };
  const gone: StockMovement = {
    kind: "write_off",
    itemCode: wrong.itemCode,
    ...stockSource(wrong.source),
    quantity: wrong.quantity,
    ...posted,
  };
  return [
    // The books let go of goods in transit as lost; they are found where they lie.
    ...(foundAt === "delivery" ? [found] : []),
    ...(wrong.goods === "writeOff" || wrong.goods === "leave" ? [gone] : []),
  ];
}

function checkWrongGoods(
  { foundAt, lineId, consent, wrong }: RecordWrongItem,
  { stock }: RecordWrongItemContext,
): RecordWrongItemIssue[] {
  const { itemCode, source, quantity, goods } = wrong;
  const { warehouseId } = source;
  const issues: RecordWrongItemIssue[] = [
    ...checkNames({ itemCode }).map((found) => ({ ...found, path: ["wrong", "itemCode"] })),
    ...checkNames({ warehouseId }).map((found) => ({ ...found, path: ["wrong", "source", "warehouseId"] })),
  ];
  if (!isPositive(quantity)) {
    issues.push(issue("wrong.quantity_not_positive", ["wrong", "quantity"], { itemCode, quantity }));
  }
  if ((goods === "leave" || goods === "bill") && foundAt === "load")
    issues.push(issue("wrong.not_at_customer", ["wrong", "goods"], { lineId }));
  if (goods === "bill" && consent === undefined)
    issues.push(issue("wrong.consent_needed", ["consent"], { itemCode, quantity }));
  if (goods === "putBack") return issues;
  const position = stock.find((one) => one.itemCode === itemCode && isSameSource(one, source));
  const free = position === undefined ? ZERO : subtract(position.onHand, position.reserved);
  if (compare(quantity, free) > 0) {
    issues.push(issue("wrong.not_free", ["wrong", "quantity"], { itemCode, warehouseId, quantity, free }));
  }
  return issues;
}
