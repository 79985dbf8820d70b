import { ZERO, type Decimal } from "../core/decimal.js";
import { addDays } from "../core/calendar-day.js";
import { addMilliseconds } from "../core/instant.js";
import { recordEvent, type Decision } from "../lifecycle/record-event.js";
import { applyMovements } from "../model/apply-movements.js";
import type { Bucket } from "../model/bucket.js";
import type { Change } from "../model/change.js";
import type { OrderEvent, OrderEventType } from "../model/event.js";
import type { StockMovement } from "../model/movement.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { StockPosition } from "../model/stock.js";
import { anyContext } from "./any-context.js";
import { anyOrder } from "./any-order.js";
import { anyStock } from "./any-stock.js";

/** A short life of one order and what it did to stock. */
export interface AnyOrderHistory {
  /** The order after the last event. */
  readonly order: Order;
  /** Its events, oldest first. */
  readonly events: readonly OrderEvent[];
  /** Movements that they cost. */
  readonly movements: readonly StockMovement[];
  /** Stock before the first event. */
  readonly stockBefore: readonly StockPosition[];
  /** Stock after the last movement. */
  readonly stock: readonly StockPosition[];
}

/** Who did the step and what the step was. */
interface Step {
  readonly by: string;
  readonly decision: Decision<OrderEventType>;
}

const HOUR = 3_600_000;

/**
 * The life of one order, `SO-1` for 10 pieces of `TEA`: entered, reviewed, confirmed, allocated from `NORTH` (which has
 * 100), picked, loaded, shipped, delivered, invoiced, paid and closed, one step an hour.
 *
 * @param until type of the last event; the whole life when absent
 * @returns the order, its events and the stock after them
 *
 * **Source:** mission 11.1, 11.3
 * @example
 * ```ts
 * import { anyOrderHistory } from "ordercycle/testing";
 * const { order, stock } = anyOrderHistory("order_allocated");
 * [order.status, order.version, stock[0]!.onHand, stock[0]!.reserved]; // => ["allocated", 4, "100", "10"]
 * ```
 */
export function anyOrderHistory(until: OrderEventType = "order_closed"): AnyOrderHistory {
  const opened = anyOrder({ version: 0 });
  const line = opened.lines[0]!;
  const stockBefore = anyStock();
  const life = lifeOf(opened, line);
  const last = life.findIndex(({ decision }) => decision.type === until);
  if (last < 0) throw new RangeError(`The history has no event ${until}.`);
  let order = opened;
  const events: OrderEvent[] = [];
  const movements: StockMovement[] = [];
  for (const [hours, { by, decision }] of life.slice(0, last + 1).entries()) {
    const { at } = anyContext();
    const context = { at: addMilliseconds(at, hours * HOUR), actor: { function: by } };
    const outcome = recordEvent(order, decision, context);
    order = outcome.order;
    events.push(...outcome.events);
    movements.push(...outcome.movements);
  }
  return { order, events, movements, stockBefore, stock: applyMovements(stockBefore, movements) };
}

function lifeOf(order: Order, line: OrderLine): readonly Step[] {
  const { lineId, orderedQty: quantity, lineAmount: payable } = line;
  const { orderDate } = order.header;
  const source = { warehouseId: "NORTH" };
  const move = (from: Bucket, to: Bucket): Change => ({ kind: "quantity_moved", lineId, from, to, quantity, source });
  const receivedAt = addMilliseconds(anyContext().at, 9 * HOUR);
  const invoice = { invoiceNo: "I-1", issuedOn: orderDate, dueOn: addDays(orderDate, 30), charges: ZERO, payable };
  return [
    step("sales", "order_entered", { lines: 1 }, [{ kind: "order_opened", order }]),
    step("orderDesk", "order_reviewed", { findings: [] }, [{ kind: "stage_set", stage: "reviewed" }]),
    step("orderDesk", "order_confirmed", { receivableExpected: payable }, [{ kind: "stage_set", stage: "confirmed" }]),
    step("planning", "order_allocated", { reasons: [servedInFull(order, line, quantity)] }, [
      move("open", "allocated"),
    ]),
    step("warehouse", "order_picked", { discrepancies: [] }, [move("allocated", "picked")]),
    step("warehouse", "order_loaded", { discrepancies: [] }, [
      { kind: "reservation_set", lineId, source, loaded: quantity },
    ]),
    step("transport", "order_shipped", { shipmentNo: "SH-1" }, [move("picked", "shipped")]),
    step("transport", "order_delivered", { receivedBy: "Lee", discrepancies: [] }, [move("shipped", "delivered")]),
    step("finance", "invoice_posted", { invoiceNo: "I-1", payable }, [
      { kind: "billing_set", invoice, invoicedLines: [{ lineId, quantity }] },
    ]),
    step("finance", "payment_applied", { paymentId: "P-1", amount: payable }, [
      { kind: "billing_set", payment: { paymentId: "P-1", amount: payable, receivedAt } },
    ]),
    step("finance", "order_closed", { collected: payable }, [{ kind: "stage_set", stage: "closed" }]),
  ];
}

function step<Type extends OrderEventType>(
  by: string,
  type: Type,
  details: Decision<Type>["details"],
  changes: readonly Change[],
): Step {
  return { by, decision: { type, details, changes } };
}

function servedInFull({ orderNo }: Order, { lineId }: OrderLine, requested: Decimal) {
  const code = "served_in_full" as const;
  return { orderNo, lineId, rank: 1, requested, allocated: requested, short: ZERO, code, warehouses: ["NORTH"] };
}
