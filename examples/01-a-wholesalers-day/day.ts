// The day itself: each step calls one operation of the library and stores its outcome.

import {
  addMilliseconds,
  allocateBatch,
  applyPayment,
  calendarDay,
  closeOrder,
  confirmOrder,
  correctOrder,
  decimal,
  fullCounts,
  holdOrder,
  instant,
  postInvoice,
  priceOrder,
  recordDelivery,
  recordLoad,
  recordPick,
  recordShipment,
  releaseHold,
  reviewOrder,
  subtract,
  takeInOrders,
  type AllocationPolicy,
  type AllocationReason,
  type DecisionContext,
  type Instant,
  type Issue,
  type Operation,
  type Order,
  type OrderDraft,
  type StockMovement,
  type TakeInContext,
} from "ordercycle";
import { parseOrderDraft } from "ordercycle/schema";
import { openBooks, orderOf, postMovements, store, storeBatch, type Books, type Rejected } from "./books.js";
import { masters, openingStock } from "./masters.js";
import { corrections, received } from "./received.js";

/** What the day leaves for printing. */
export interface DayReport {
  readonly title: string;
  readonly received: number;
  readonly rejected: readonly Rejected[];
  readonly returned: readonly { readonly orderNo: string; readonly issues: readonly Issue[] }[];
  readonly corrected: readonly string[];
  readonly batches: readonly { readonly title: string; readonly reasons: readonly AllocationReason[] }[];
  readonly books: Books;
  readonly stapled: string;
  readonly now: Instant;
  readonly timeZone: string;
  readonly listLimit: number;
}

const today = calendarDay("2026-03-02");
const MINUTE = 60_000;

/** A place in the day, in UTC. */
const at = (time: string): Instant => instant(`2026-03-02T${time}:00Z`);

/** Who did something, and when it was done; the work on it began some minutes earlier. */
function hand(time: Instant, department: string, person: string, minutes = 0): DecisionContext {
  return { at: time, startedAt: addMilliseconds(time, -minutes * MINUTE), actor: { function: department, person } };
}

/** The order desk works on each order as it comes; sales looks at prices, then the desk confirms. */
function deskHand(receivedAt: Instant, operation: Operation | "enter"): DecisionContext {
  const after = (minutes: number): Instant => addMilliseconds(receivedAt, minutes * MINUTE);
  switch (operation) {
    case "enter":
      return hand(after(4), "order desk", "lena", 3);
    case "review":
      return hand(after(16), "order desk", "lena", 6);
    case "price":
      return hand(after(31), "sales", "marco", 4);
    default:
      return hand(after(38), "order desk", "lena", 2);
  }
}

const allocation: AllocationPolicy = {
  priority: [
    { key: "promisedClass", direction: "ascending" },
    { key: "customerClass", direction: "ascending" },
    { key: "orderAmount", direction: "descending" },
    { key: "creditRating", direction: "ascending" },
  ],
  sourcing: {
    kind: "nearest",
    areas: [
      { areaPath: ["city", "north"], warehouseIds: ["NORTH", "HILL", "PORT"] },
      { areaPath: ["city", "hill"], warehouseIds: ["HILL", "NORTH", "PORT"] },
      { areaPath: ["city", "harbour"], warehouseIds: ["PORT", "NORTH", "HILL"] },
      { areaPath: ["country", "coast"], warehouseIds: ["PORT", "NORTH"] },
    ],
    otherwise: ["NORTH", "PORT", "HILL"],
  },
  lots: "fifo",
};

const intake: Pick<TakeInContext, "masters" | "review" | "price" | "today"> = {
  masters,
  review: {
    requiredFields: ["requestedDeliveryDate", "paymentTerm"],
    priceTolerancePercent: decimal("1"),
    severities: {},
    onError: "returnForCorrection",
  },
  price: { rounding: "halfUp", givenPrice: "replace" },
  today,
};

/** Runs the day from the first message to the last invoice. */
export function runDay(): DayReport {
  const books = openBooks(openingStock);
  const { drafts, rejected } = openMail(received);

  // Morning: everything that can be an order is entered, reviewed, priced and confirmed.
  const receipt = new Map(drafts.map(({ orderNo, receivedAt }) => [orderNo, receivedAt]));
  const handFor = (operation: Operation | "enter", orderNo: string): DecisionContext =>
    deskHand(receipt.get(orderNo) ?? at("09:00"), operation);
  const takenIn = takeInOrders(drafts, { ...intake, handFor, stock: books.stock });
  storeBatch(books, takenIn.orders, takenIn);
  rejected.push(...takenIn.refused.map(({ orderNo, issues }) => ({ label: orderNo, issues })));
  const returned = takenIn.events.flatMap((event) =>
    event.type === "order_returned_for_correction"
      ? [{ orderNo: event.orderNo, issues: event.details.findings.filter(({ severity }) => severity === "error") }]
      : [],
  );

  // Two customers send what was missing; their orders keep their place in the queue.
  const corrected = correctAndTakeIn(books);

  // The credit controller stops an order, and lets it go after a telephone call.
  const creditHold = { holdId: "H-1", type: "credit", blocks: ["allocate" as const], reason: "balance overdue" };
  store(books, "SO-110", holdOrder(orderOf(books, "SO-110"), creditHold, hand(at("09:30"), "credit", "ines", 5)));

  // Eleven o'clock: stock is given to the batch.
  const first = allocate(books, hand(at("10:00"), "planning", "otto", 10));
  store(
    books,
    "SO-110",
    releaseHold(
      orderOf(books, "SO-110"),
      { holdId: "H-1", state: "resolved" },
      hand(at("10:40"), "credit", "ines", 10),
    ),
  );

  // A truck brings the green tea that was on its way, and the second batch serves what waited for it.
  postMovements(books, goodsReceipt(at("11:20")));
  const second = allocate(books, hand(at("11:30"), "planning", "otto", 5));

  pickAndLoad(books);
  deliver(books);
  settle(books);
  return {
    title: "A wholesaler's day, 2 March 2026",
    received: received.length,
    rejected,
    returned,
    corrected,
    batches: [
      { title: "First batch, at eleven", reasons: first },
      { title: "Second batch, after the truck", reasons: second },
    ],
    books,
    stapled: "SO-127",
    now: at("17:00"),
    timeZone: "Europe/Rome",
    listLimit: 20,
  };
}

/** Opens the mail: what is well formed becomes a draft, the rest goes to the rejected file with all that is wrong. */
function openMail(raws: readonly unknown[]): { drafts: OrderDraft[]; rejected: Rejected[] } {
  const drafts: OrderDraft[] = [];
  const rejected: Rejected[] = [];
  for (const raw of raws) {
    const parsed = parseOrderDraft(raw);
    if (parsed.ok) drafts.push(parsed.value);
    else rejected.push({ label: (raw as { orderNo: string }).orderNo, issues: parsed.issues });
  }
  return { drafts, rejected };
}

function correctAndTakeIn(books: Books): string[] {
  const { drafts } = openMail(corrections);
  for (const draft of drafts) {
    const { orderNo, receivedAt } = draft;
    const result = correctOrder(orderOf(books, orderNo), { draft }, { ...deskHand(receivedAt, "enter"), masters });
    store(books, orderNo, result);
    // From here on it is an entered order like any other.
    const { review, price } = intake;
    const current = (): Order => orderOf(books, orderNo);
    store(books, orderNo, reviewOrder(current(), { ...deskHand(receivedAt, "review"), masters, policy: review }));
    store(books, orderNo, priceOrder(current(), { ...deskHand(receivedAt, "price"), masters, policy: price }));
    store(books, orderNo, confirmOrder(current(), deskHand(receivedAt, "confirm")));
  }
  return drafts.map(({ orderNo }) => orderNo);
}

/** One run of the batch over everything that waits. */
function allocate(books: Books, context: DecisionContext): readonly AllocationReason[] {
  const waiting = [...books.orders.values()].filter(({ stage }) => stage === "confirmed");
  const batch = allocateBatch(waiting, books.stock, { ...context, policy: allocation, today });
  storeBatch(books, batch.orders, batch);
  return batch.reasons;
}

function goodsReceipt(time: Instant): StockMovement[] {
  const tea = { itemCode: "TEA-G", warehouseId: "PORT", at: time };
  return [{ ...tea, kind: "receive", lotNo: "G3", quantity: decimal("120") }];
}

/** Early afternoon: the floor. Two salt are not in their bin, and a bag of rice bursts on the ramp. */
function pickAndLoad(books: Books): void {
  const withStock = (): Order[] => [...books.orders.values()];
  for (const order of withStock().filter(({ lines }) => lines.some(({ quantities }) => quantities.allocated !== "0"))) {
    const counts = fullCounts(order, "allocated").map((count) =>
      count.lineId === "SO-129-2"
        ? {
            ...count,
            quantity: subtract(count.quantity, decimal("2")),
            shortage: { reason: "not_found", stock: "writeOff" as const },
          }
        : count,
    );
    store(books, order.orderNo, recordPick(order, { counts }, hand(at("12:30"), "warehouse", "pavel", 25)));
  }
  for (const order of withStock().filter(({ lines }) => lines.some(({ quantities }) => quantities.picked !== "0"))) {
    const counts = fullCounts(order, "picked").map((count) =>
      count.lineId === "SO-124-1" && count.source.warehouseId === "PORT"
        ? {
            ...count,
            quantity: subtract(count.quantity, decimal("1")),
            shortage: { reason: "damaged", stock: "writeOff" as const },
          }
        : count,
    );
    const vehicleId = order.header.deliveryAreaPath[0] === "city" ? "V-1" : "V-2";
    store(books, order.orderNo, recordLoad(order, { counts, vehicleId }, hand(at("13:10"), "warehouse", "pavel", 15)));
    const shipmentNo = `SH-0302-${vehicleId}`;
    store(
      books,
      order.orderNo,
      recordShipment(
        orderOf(books, order.orderNo),
        { shipmentNo, what: "loaded" },
        hand(at("13:20"), "transport", "yara", 5),
      ),
    );
  }
}

/** Afternoon: the customers sign. The hotel refuses two bottles, and a packet of tea is missing at the grocer's. */
function deliver(books: Books): void {
  for (const order of [...books.orders.values()].filter(({ lines }) =>
    lines.some(({ quantities }) => quantities.shipped !== "0"),
  )) {
    const lines = order.lines
      .filter(({ quantities }) => quantities.shipped !== "0")
      .map(({ lineId, quantities: { shipped } }) => {
        const one = decimal("1");
        if (lineId === "SO-112-1") {
          const quantity = decimal("2");
          return { lineId, accepted: subtract(shipped, quantity), refused: { quantity, reason: "label_damaged" } };
        }
        if (lineId === "SO-126-1")
          return { lineId, accepted: subtract(shipped, one), short: { quantity: one, reason: "missing" } };
        return { lineId, accepted: shipped };
      });
    store(
      books,
      order.orderNo,
      recordDelivery(
        order,
        { receivedBy: order.header.customerName, lines },
        hand(at("15:30"), "transport", "yara", 20),
      ),
    );
  }
}

/** Evening: invoices go out, customers who pay cash have paid, and what is paid and complete is closed. */
function settle(books: Books): void {
  for (const order of [...books.orders.values()]) {
    const { orderNo, header } = order;
    if (order.lines.every(({ quantities, invoicedQty }) => quantities.delivered === invoicedQty)) continue;
    const dueOn = calendarDay(header.paymentTerm === "cash" ? "2026-03-02" : "2026-04-01");
    const terms = { invoiceNo: `INV-${orderNo.slice(3)}`, issuedOn: today, dueOn, rounding: "halfUp" as const };
    const invoice = postInvoice(order, terms, hand(at("16:10"), "finance", "sofia", 3));
    store(books, orderNo, invoice);
    if (!invoice.ok || header.paymentTerm !== "cash") continue;
    const paidAt = at("16:15");
    const payment = {
      paymentId: `CASH-${orderNo.slice(3)}`,
      amount: invoice.value.invoice.payable,
      currency: "EUR",
      receivedAt: paidAt,
    };
    store(
      books,
      orderNo,
      applyPayment(orderOf(books, orderNo), { ...payment, overpayment: "refund" }, hand(paidAt, "finance", "sofia", 1)),
    );
    // What still waits for goods stays collected, and tomorrow's list of unclosed orders says why.
    const isWaiting = orderOf(books, orderNo).lines.some(({ quantities }) => quantities.backfill !== "0");
    if (!isWaiting && orderOf(books, orderNo).status === "collected") {
      store(books, orderNo, closeOrder(orderOf(books, orderNo), hand(at("16:40"), "finance", "sofia", 2)));
    }
  }
}
