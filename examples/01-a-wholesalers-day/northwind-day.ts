// The same story on the orders of the trading company Northwind: 830 orders of two years, 21 of them still open.

import {
  addDays,
  addMilliseconds,
  allocateBatch,
  calendarDay,
  decimal,
  applyPayment,
  closeOrder,
  fullCounts,
  indexMasters,
  instant,
  localDay,
  postInvoice,
  recordDelivery,
  recordLoad,
  recordPick,
  recordShipment,
  takeInOrders,
  zonedInstant,
  type AllocationPolicy,
  type CalendarDay,
  type DecisionContext,
  type Instant,
  type Operation,
  type Order,
  type Outcome,
  type Result,
  type StockMovement,
} from "ordercycle";
import { readNorthwind } from "../shared/northwind.js";
import { openBooks, orderOf, postMovements, store, storeBatch, type Books } from "./books.js";
import type { DayReport } from "./day.js";

const ZONE = "America/Los_Angeles";
const today = calendarDay("1998-05-07");
const MINUTE = 60_000;

const allocation: AllocationPolicy = {
  priority: [
    { key: "requestedDeliveryDate", direction: "ascending" },
    { key: "orderNo", direction: "ascending" },
  ],
  sourcing: { kind: "nearest", areas: [], otherwise: ["MAIN"] },
  lots: "fifo",
};

/** Runs Northwind's orders from the files of a folder. */
export function runNorthwind(folder: string): DayReport {
  const northwind = readNorthwind(folder);
  const masters = indexMasters(northwind);
  const books = openBooks(northwind.stock);
  const shippedOn = new Map(northwind.shipments.map(({ orderNo, at }) => [orderNo, localDay(at, "UTC")]));
  const orderedOn = new Map(northwind.drafts.map(({ orderNo, orderDate }) => [orderNo, orderDate]));
  const handFor = (operation: Operation | "enter", orderNo: string): DecisionContext => {
    const ordered = orderedOn.get(orderNo) ?? today;
    return handOn(operation, ordered, shippedOn.get(orderNo) ?? today);
  };

  // Northwind does not say what it does with what is short; here it is sent when goods come.
  const drafts = northwind.drafts.map((draft) => ({ ...draft, shortagePolicy: "backfillOnArrival" as const }));
  const takenIn = takeInOrders(drafts, {
    handFor,
    masters,
    // Northwind's prices have changed since; what was agreed then stands.
    review: {
      requiredFields: ["requestedDeliveryDate", "salespersonCode"],
      priceTolerancePercent: decimal("0"),
      severities: { "review.price_differs": "ignore", "review.stock_short": "ignore" },
      onError: "returnForCorrection",
    },
    price: { rounding: "halfUp", givenPrice: "honour" },
    today,
  });
  storeBatch(books, takenIn.orders, takenIn);

  // The files say what has left the house but not what was bought for it: that much must have been received.
  const shipped = takenIn.orders.filter(({ orderNo }) => shippedOn.has(orderNo));
  postMovements(books, receiptsFor(shipped, instant("1996-07-01T00:00:00Z")));
  const past = allocateBatch(shipped, books.stock, { ...handOn("allocate", today, today), policy: allocation, today });
  storeBatch(books, past.orders, past);
  for (const { orderNo } of past.orders) followUp(books, orderNo, shippedOn.get(orderNo) ?? today, handFor);

  // The open orders are served from what is in stock today.
  const open = takenIn.orders.filter(({ orderNo }) => !shippedOn.has(orderNo));
  const batch = allocateBatch(open, books.stock, { ...handOn("allocate", today, today), policy: allocation, today });
  storeBatch(books, batch.orders, batch);
  return {
    title: "Northwind, 7 May 1998",
    received: northwind.drafts.length + northwind.rejected.filter(({ file }) => file === "orders.csv").length,
    rejected: [
      ...northwind.rejected.map(({ file, row, issues }) => ({ label: `${file}, row ${row}`, issues })),
      ...takenIn.refused.map(({ orderNo, issues }) => ({ label: orderNo, issues })),
    ],
    returned: takenIn.events.flatMap((event) =>
      event.type === "order_returned_for_correction"
        ? [{ orderNo: event.orderNo, issues: event.details.findings }]
        : [],
    ),
    corrected: [],
    batches: [{ title: "The open orders", reasons: batch.reasons }],
    books,
    stapled: "11008",
    now: zonedInstant(today, "17:00", ZONE),
    timeZone: ZONE,
    listLimit: 20,
  };
}

/** Carries a shipped order as far as it has come by today: delivered, invoiced, paid, closed. */
function followUp(
  books: Books,
  orderNo: string,
  shipped: CalendarDay,
  handFor: (operation: Operation, orderNo: string) => DecisionContext,
): void {
  const steps: readonly (readonly [Operation, (order: Order, context: DecisionContext) => Result<Outcome>])[] = [
    ["pick", (order, context) => recordPick(order, { counts: fullCounts(order, "allocated") }, context)],
    ["load", (order, context) => recordLoad(order, { counts: fullCounts(order, "picked") }, context)],
    ["ship", (order, context) => recordShipment(order, { shipmentNo: `SH-${orderNo}`, what: "loaded" }, context)],
    ["deliver", (order, context) => recordDelivery(order, {}, context)],
    [
      "invoice",
      (order, context) => {
        const issuedOn = localDay(context.at, ZONE);
        const terms = {
          invoiceNo: `INV-${orderNo}`,
          issuedOn,
          dueOn: addDays(issuedOn, 14),
          rounding: "halfUp",
        } as const;
        return postInvoice(order, terms, context);
      },
    ],
    [
      "pay",
      (order, context) => {
        const payment = { paymentId: `PAY-${orderNo}`, amount: order.billing.invoicedAmount, currency: "USD" };
        return applyPayment(order, { ...payment, receivedAt: context.at, overpayment: "refuse" }, context);
      },
    ],
    ["close", (order, context) => closeOrder(order, context)],
  ];
  for (const [operation, step] of steps) {
    const context = handOn(operation, shipped, shipped);
    if (localDay(context.at, ZONE) > today) return;
    store(books, orderNo, step(orderOf(books, orderNo), handFor(operation, orderNo)));
  }
}

/** Who does what, and when: the desk on the day of the order, the house on the day of shipment, the rest after it. */
function handOn(operation: Operation | "enter", ordered: CalendarDay, shipped: CalendarDay): DecisionContext {
  const on = (day: CalendarDay, time: string, department: string, minutes: number): DecisionContext => {
    const at: Instant = zonedInstant(day, time, ZONE);
    return { at, startedAt: addMilliseconds(at, -minutes * MINUTE), actor: { function: department } };
  };
  switch (operation) {
    case "enter":
      return on(ordered, "09:00", "order desk", 5);
    case "review":
      return on(ordered, "09:20", "order desk", 5);
    case "price":
      return on(ordered, "10:00", "sales", 10);
    case "confirm":
      return on(ordered, "10:30", "order desk", 5);
    case "pick":
      return on(shipped, "09:00", "warehouse", 40);
    case "load":
      return on(shipped, "10:00", "warehouse", 20);
    case "ship":
      return on(shipped, "10:30", "transport", 10);
    case "deliver":
      return on(addDays(shipped, 3), "15:00", "transport", 15);
    case "invoice":
      return on(addDays(shipped, 4), "09:00", "finance", 5);
    case "pay":
      return on(addDays(shipped, 24), "09:00", "finance", 5);
    case "close":
      return on(addDays(shipped, 24), "16:00", "finance", 5);
    default:
      return on(shipped, "08:00", "planning", 15);
  }
}

/** Buys, announces and receives exactly what some orders need. */
function receiptsFor(orders: readonly Order[], at: Instant): StockMovement[] {
  return orders.flatMap(({ lines }) =>
    lines.flatMap(({ itemCode, quantities }) =>
      (["purchase", "advise", "receive"] as const).map((kind): StockMovement => {
        return { kind, itemCode, warehouseId: "MAIN", quantity: quantities.open, at };
      }),
    ),
  );
}
