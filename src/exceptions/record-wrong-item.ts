import { compare, isPositive, subtract, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { recordEvent } from "../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import type { DecisionContext } from "../model/actor.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { WrongGoods } from "../model/event.js";
import type { ItemCode, LineId } from "../model/ids.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import { shortageMove } from "../model/shortage-target.js";
import { isSameSource, stockSource, type StockPosition, type StockSource } from "../model/stock.js";

/** Command: instead of a line's goods, others were taken. */
export interface RecordWrongItem {
  /** Where it came to light: when the vehicle was loaded, or at the customer. */
  readonly foundAt: "load" | "delivery";
  /** Line. */
  readonly lineId: LineId;
  /** Place from which the books say that the line's goods were taken; they still lie there. */
  readonly source: StockSource;
  /** Quantity of the line that is not there, in the base unit. */
  readonly quantity: Decimal;
  /** Why, in the site's own code. */
  readonly reason: string;
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
  };
}

/** What recording a wrong item needs to know. */
export interface RecordWrongItemContext extends DecisionContext {
  /** Positions of the item that was taken; needed when it does not go back to its place. */
  readonly stock: readonly StockPosition[];
}

/** Why a wrong item is refused. */
export type RecordWrongItemIssue =
  | TransitionIssue
  | NameIssue
  | IssueOf<{
      "wrong.unknown_line": { readonly lineId: LineId };
      "wrong.quantity_not_positive": { readonly itemCode: ItemCode; readonly quantity: Decimal };
      "wrong.more_than_there": {
        readonly lineId: LineId;
        readonly bucket: "picked" | "shipped";
        readonly quantity: Decimal;
        readonly there: Decimal;
      };
      "wrong.same_goods": { readonly lineId: LineId };
      "wrong.not_at_customer": { readonly lineId: LineId };
      "wrong.not_free": {
        readonly itemCode: ItemCode;
        readonly warehouseId: string;
        readonly quantity: Decimal;
        readonly free: Decimal;
      };
    }>;

/**
 * Records that other goods than those of a line were picked, found out at the vehicle or at the customer.
 *
 * **Rules**
 * 1. The line's own goods never left their place: they are free there again, and the line is short of them, with cause
 *    `load` or `delivery`, as its shortage policy says.
 * 2. What was taken instead goes back to its place, which the books never knew it had left; or it cannot be sold, or is left
 *    with the customer, and then it is written off there. Only goods that are free can be: what is reserved for others must
 *    be given to them from elsewhere first.
 * 3. Both places are to be counted, the delivery note is to be printed anew, and the customer is told.
 *
 * @param order as last stored
 * @returns the outcome, or every reason against it
 *
 * **Source:** mission 14.6, 14.7; definitions B6, B17
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
  const { orderNo } = order;
  const { foundAt, lineId, quantity, reason, wrong } = command;
  const bucket: "picked" | "shipped" = foundAt === "load" ? "picked" : "shipped";
  const line = order.lines.find((candidate) => candidate.lineId === lineId);
  const issues: RecordWrongItemIssue[] = [
    ...checkTransition(order, "findWrongItem"),
    ...checkNames({ reason }),
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

  const source = stockSource(command.source);
  const wrongSource = stockSource(wrong.source);
  const { at } = context;
  const short = shortageMove(line, bucket, source, quantity, { cause: foundAt, reason, since: at });
  const posted = { at, orderNo };
  const movements: StockMovement[] = [
    // The books let go of goods in transit as lost; they are found where they lie.
    ...(foundAt === "load" ? [] : [{ kind: "count_gain", itemCode, ...source, quantity, ...posted, lineId } as const]),
    ...(wrong.goods === "putBack"
      ? []
      : [
          {
            kind: "write_off",
            itemCode: wrong.itemCode,
            ...wrongSource,
            quantity: wrong.quantity,
            ...posted,
          } as const,
        ]),
  ];
  const requests: HostRequest[] = [
    { type: "count_stock", orderNo, itemCode, source },
    { type: "count_stock", orderNo, itemCode: wrong.itemCode, source: wrongSource },
    { type: "reprint", orderNo, document: "delivery_note", cause: foundAt, lineIds: [lineId] },
    { type: "notify_customer", orderNo, template: "shortage_recorded" },
  ];
  const discrepancies = [{ lineId, source, expected: there, actual: subtract(there, quantity), reason }];
  const details = {
    foundAt,
    wrongItemCode: wrong.itemCode,
    wrongSource,
    wrongGoods: wrong.goods,
    discrepancies,
  };
  return ok(recordEvent(order, { type: "wrong_item_found", details, changes: [short], movements, requests }, context));
}

function checkWrongGoods(
  { foundAt, lineId, wrong }: RecordWrongItem,
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
  if (goods === "leave" && foundAt === "load")
    issues.push(issue("wrong.not_at_customer", ["wrong", "goods"], { lineId }));
  if (goods === "putBack") return issues;
  const position = stock.find((one) => one.itemCode === itemCode && isSameSource(one, source));
  const free = position === undefined ? ZERO : subtract(position.onHand, position.reserved);
  if (compare(quantity, free) > 0) {
    issues.push(issue("wrong.not_free", ["wrong", "quantity"], { itemCode, warehouseId, quantity, free }));
  }
  return issues;
}
