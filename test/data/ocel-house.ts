import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { applyPayment } from "../../src/billing/apply-payment.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import type { Instant } from "../../src/core/instant.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { enterOrder } from "../../src/intake/enter-order.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import type { DecisionContext } from "../../src/model/actor.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { BUCKETS } from "../../src/model/bucket.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { MovementKind } from "../../src/model/movement.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import type { StockPosition } from "../../src/model/stock.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { fileOf, type OrderFile } from "../../src/reports/order-files.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import type { Activity, LogEvent } from "./ocel-log.js";
import { draftOf, mastersOf, pieceOf, pricesOf, WAREHOUSE } from "./ocel-orders.js";

/** What the house said to an event of the log. */
export interface Verdict {
  readonly event: LogEvent;
  /** Codes of all reasons against it, each once; empty when it was carried out as it happened. */
  readonly codes: readonly string[];
  /** Files in which its goods stand afterwards, one for each piece; empty when it is about no piece. */
  readonly files: readonly OrderFile[];
  /** The order that it names, as it is afterwards. */
  readonly order: Order | undefined;
}

/** The log, gone through the house. */
export interface HouseDay {
  readonly verdicts: readonly Verdict[];
  readonly orders: readonly Order[];
  readonly events: readonly OrderEvent[];
  readonly stock: readonly StockPosition[];
  /** Steps that were recorded later than they happened, after the order was confirmed. */
  readonly madeUpFor: number;
}

/**
 * What the house does when somebody works for an order that is not confirmed. `wait`: the work is refused, and recorded
 * as soon as the order is confirmed. `accept`: the first hand that works for an order accepts it, and the confirmation that
 * comes later is refused, since it is old news.
 */
export type UnconfirmedRule = "wait" | "accept";

type Decide = (order: Order, context: DecisionContext) => Result<Outcome, Issue>;

interface Step {
  readonly orderNo: string;
  readonly by: string;
  readonly at: Instant;
  readonly decide: Decide;
}

const POLICY = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: [WAREHOUSE] },
  lots: "fifo",
} as const;

/**
 * Takes the log through the house, event by event. The log says less than an order needs, so this is decided here:
 * 1. An item of the log is one single piece: an item of ours with one piece in stock, and a line of one piece. Its price is
 *    that of its own events; what the order costs beyond its pieces is freight, 5.00 on every order.
 * 2. Customers are not in the log: there is one, and what is short is sent to him when it arrives.
 * 3. Orders are reviewed and priced when they are placed, and given stock when they are confirmed: by the books every piece
 *    is there. An item out of stock is what the picker finds. A reorder is a purchase; the piece arrives when it is picked.
 * 4. A package is counted as loaded when it is made, and shipped when it is sent. After a failed attempt it stays on the
 *    vehicle, and the next attempt is planned for the day after. Every delivery is invoiced at once. A
 *    reminder is in order when the order stands on the uncollected list.
 * 5. What is refused is made up for by the rule for unconfirmed orders, so that one event out of turn does not make all
 *    later ones illegal.
 */
export function throughTheHouse(log: readonly LogEvent[], rule: UnconfirmedRule): HouseDay {
  const prices = pricesOf(log);
  const masters = mastersOf(prices);
  const orders = new Map<string, Order>();
  const events: OrderEvent[] = [];
  const stock = new Map<string, readonly StockPosition[]>(
    [...prices.keys()].map((itemCode) => [itemCode, [pieceOf(itemCode)]]),
  );
  const orderOfItem = new Map<string, string>();
  const itemsOfPackage = new Map<string, readonly string[]>();
  const waiting = new Map<string, Step[]>();
  const attempts = new Map<string, number>();
  let madeUpFor = 0;

  const orderNamed = (orderNo: string): Order => {
    const order = orders.get(orderNo);
    if (order === undefined) throw new Error(`No order ${orderNo}.`);
    return order;
  };
  const post = (kind: MovementKind, itemCode: string, at: Instant): void => {
    const movement = { kind, itemCode, warehouseId: WAREHOUSE, quantity: decimal("1"), at };
    stock.set(itemCode, applyMovements(stock.get(itemCode) ?? [], [movement]));
  };
  const stored = (result: Result<Outcome, Issue>): readonly string[] => {
    if (!result.ok) return codesOf(result.issues);
    const { order, movements } = result.value;
    orders.set(order.orderNo, order);
    events.push(...result.value.events);
    for (const movement of movements) {
      const { itemCode } = movement;
      stock.set(itemCode, applyMovements(stock.get(itemCode) ?? [], [movement]));
    }
    return [];
  };
  const must = (codes: readonly string[]): void => {
    if (codes.length > 0) throw new Error(`The house cannot go on: ${codes.join(", ")}`);
  };
  const tried = ({ orderNo, by, at, decide }: Step, recordedAt = at): readonly string[] =>
    stored(
      decide(orderNamed(orderNo), {
        at: recordedAt,
        ...(at === recordedAt ? {} : { startedAt: at }),
        actor: { function: by },
      }),
    );
  const given = (orderNo: string, at: Instant): void => {
    const order = orderNamed(orderNo);
    const pieces = order.lines.flatMap(({ itemCode }) => stock.get(itemCode) ?? []);
    const context = { at, actor: { function: "allocation" }, policy: POLICY, today: dayOf(at) };
    must(stored(allocateOrder(order, pieces, context)));
  };
  const accepted = (orderNo: string, at: Instant): readonly string[] => {
    const codes = tried({ orderNo, by: "orderDesk", at, decide: confirmOrder });
    if (codes.length > 0) return codes;
    given(orderNo, at);
    for (const step of waiting.get(orderNo) ?? []) {
      madeUpFor += 1;
      must(tried(step, at));
    }
    waiting.delete(orderNo);
    return [];
  };
  /** Takes a step as it happened; one that was refused because the order is not confirmed is made up for. */
  const taken = (step: Step, isLost = false): readonly string[] => {
    const codes = tried(step);
    if (codes.length === 0) return codes;
    const { orderNo, at } = step;
    if (orderNamed(orderNo).stage === "confirmed") must(codes);
    if (rule === "accept") {
      must(accepted(orderNo, at));
      must(tried(step));
    } else if (!isLost) {
      waiting.set(orderNo, [...(waiting.get(orderNo) ?? []), step]);
    }
    return codes;
  };
  const ownerOf = (itemCode: string): string => orderOfItem.get(itemCode) ?? "";
  const forPackage = (event: LogEvent, by: string, decideFor: (lineIds: ReadonlySet<string>) => Decide): string[] => {
    const pieces = itemsOfPackage.get(event.packages[0] ?? "") ?? [];
    const codes = [...new Set(pieces.map(ownerOf))].flatMap((orderNo) => {
      const own = orderNamed(orderNo).lines.filter(({ itemCode }) => pieces.includes(itemCode));
      const decide = decideFor(new Set(own.map(({ lineId }) => lineId)));
      return taken({ orderNo, by, at: event.at, decide });
    });
    return [...new Set(codes)];
  };

  const carriedOut: Readonly<Record<Activity, (event: LogEvent) => readonly string[]>> = {
    "place order": (event) => {
      const {
        at,
        items,
        orders: [orderNo = ""],
      } = event;
      for (const itemCode of items) orderOfItem.set(itemCode, orderNo);
      const context = { at, actor: { function: "orderDesk" }, masters };
      const entered = stored(enterOrder(draftOf(event, prices), context));
      if (entered.length > 0) return entered;
      must(stored(reviewOrder(orderNamed(orderNo), { ...context, policy: REVIEW })));
      must(stored(priceOrder(orderNamed(orderNo), { ...context, policy: PRICE })));
      return [];
    },
    "confirm order": ({ at, orders: [orderNo = ""] }) => accepted(orderNo, at),
    "item out of stock": ({ at, items: [itemCode = ""] }) => {
      const shortage = { reason: "out_of_stock", stock: "writeOff" as const };
      const decide: Decide = (order, context) => {
        const counts = countsOf(order, [itemCode], "allocated").map((count) => ({
          ...count,
          quantity: ZERO,
          shortage,
        }));
        return recordPick(order, { counts }, context);
      };
      const codes = taken({ orderNo: ownerOf(itemCode), by: "warehouse", at, decide }, true);
      // Nobody has given the piece to the order yet, so it is the books alone that are wrong.
      if (codes.length > 0 && rule === "wait") post("write_off", itemCode, at);
      return codes;
    },
    "reorder item": ({ at, items: [itemCode = ""] }) => {
      post("purchase", itemCode, at);
      return [];
    },
    "pick item": ({ at, items: [itemCode = ""] }) => {
      const orderNo = ownerOf(itemCode);
      if (stock.get(itemCode)?.[0]?.onOrder !== ZERO) {
        post("advise", itemCode, at);
        post("receive", itemCode, at);
        if (orderNamed(orderNo).stage === "confirmed") given(orderNo, at);
      }
      const decide: Decide = (order, context) =>
        recordPick(order, { counts: countsOf(order, [itemCode], "allocated") }, context);
      return taken({ orderNo, by: "warehouse", at, decide });
    },
    "create package": (event) => {
      const {
        items,
        packages: [vehicleId = ""],
      } = event;
      itemsOfPackage.set(vehicleId, items);
      return forPackage(
        event,
        "packing",
        () => (order, context) => recordLoad(order, { counts: countsOf(order, items, "picked"), vehicleId }, context),
      );
    },
    "send package": (event) =>
      forPackage(
        event,
        "transport",
        (lineIds) => (order, context) =>
          recordShipment(
            order,
            { shipmentNo: event.packages[0] ?? "", what: "loaded", lineIds: [...lineIds] },
            context,
          ),
      ),
    "failed delivery": (event) => {
      const number = event.packages[0] ?? "";
      const attempt = (attempts.get(number) ?? 0) + 1;
      attempts.set(number, attempt);
      const nextOn = addDays(dayOf(event.at), 1);
      const command = { reason: "not_delivered", attempt, goods: "onVehicle", nextOn } as const;
      return forPackage(
        event,
        "transport",
        (lineIds) => (order, context) =>
          recordDeliveryFailure(
            order,
            { ...command, lines: [...lineIds].map((lineId) => ({ lineId })) },
            { ...context, maxAttempts: MAX_ATTEMPTS, today: dayOf(event.at) },
          ),
      );
    },
    "package delivered": (event) =>
      forPackage(event, "transport", (lineIds) => (order, context) => {
        const lines = [...lineIds].map((lineId) => ({ lineId, accepted: decimal("1") }));
        const delivered = recordDelivery(order, { lines }, context);
        if (!delivered.ok) return delivered;
        must(stored(delivered));
        return invoiced(orderNamed(order.orderNo), context);
      }),
    "payment reminder": ({ at, orders: [orderNo = ""] }) => {
      const { rows } = uncollectedList([orderNamed(orderNo)], { today: dayOf(at) });
      return rows.some(({ state }) => state !== "credit") ? [] : ["host.nothing_owed"];
    },
    "pay order": ({ at, price, orders: [orderNo = ""] }) =>
      tried({
        orderNo,
        by: "finance",
        at,
        decide: (order, context) =>
          applyPayment(
            order,
            {
              paymentId: `P-${orderNo}`,
              amount: decimal(price),
              currency: "EUR",
              receivedAt: at,
              overpayment: "refuse",
            },
            context,
          ),
      }),
  };
  const verdicts = log.map((event): Verdict => {
    const codes = carriedOut[event.activity](event);
    const pieces = event.items.length > 0 ? event.items : (itemsOfPackage.get(event.packages[0] ?? "") ?? []);
    const files = pieces.map((piece) => fileOfPiece(orderNamed(ownerOf(piece)), piece));
    return { event, codes, files, order: orders.get(event.orders[0] ?? "") };
  });
  return {
    verdicts,
    orders: [...orders.values()],
    events,
    stock: [...stock.values()].flat(),
    madeUpFor,
  };
}

/** Closes what can be closed: the work of the last evening. */
export function closedAll(orders: readonly Order[], at: Instant): Result<Outcome, Issue>[] {
  return orders.map((order) => closeOrder(order, { at, actor: { function: "finance" } }));
}

const REVIEW = {
  requiredFields: [],
  priceTolerancePercent: decimal("0"),
  // There is no price list: the prices of the orders are the only ones.
  severities: { "review.no_price": "ignore" },
  onError: "reject",
} as const;

/** No package of the log fails so often that it is given up. */
const MAX_ATTEMPTS = 7;

const PRICE = { rounding: "halfUp", givenPrice: "honour" } as const;

function invoiced(order: Order, context: DecisionContext): Result<Outcome, Issue> {
  const issuedOn = dayOf(context.at);
  const number = order.billing.invoices.length + 1;
  const terms = { invoiceNo: `I-${order.orderNo}-${number}`, issuedOn, dueOn: addDays(issuedOn, 14) };
  return postInvoice(order, { ...terms, rounding: "halfUp" }, context);
}

function countsOf(order: Order, items: readonly string[], bucket: "allocated" | "picked") {
  const own = new Set(order.lines.filter(({ itemCode }) => items.includes(itemCode)).map(({ lineId }) => lineId));
  const counts = fullCounts(order, bucket).filter(({ lineId }) => own.has(lineId));
  // What the order does not have there is counted all the same: that is what happened on the floor.
  return counts.length > 0
    ? counts
    : [...own].map((lineId) => ({ lineId, source: { warehouseId: WAREHOUSE }, quantity: decimal("1") }));
}

/** The file of a piece: its line is one piece, so it stands in one bucket. */
function fileOfPiece({ stage, lines }: Order, piece: string): OrderFile {
  const line = lines.find(({ itemCode }) => itemCode === piece);
  const bucket = BUCKETS.find((candidate) => line?.quantities[candidate] === "1");
  if (bucket === undefined) throw new Error(`No piece ${piece}.`);
  return fileOf(stage, bucket);
}

function codesOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map(({ code }) => code))].sort();
}

function dayOf(at: Instant): CalendarDay {
  return calendarDay(at.slice(0, 10));
}
