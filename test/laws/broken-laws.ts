import { revisePapers } from "../../src/exceptions/revise-papers.js";
import { buildPaper } from "../../src/fulfilment/build-paper.js";
import { compare } from "../../src/core/decimal.js";
import type { OrderEventType, OrderEvent } from "../../src/model/event.js";
import { applyEvent } from "../../src/model/apply-event.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import type { RefusedOrder } from "../../src/model/outcome.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { TRANSITIONS } from "../../src/lifecycle/transitions.js";
import {
  checkMovementBalance,
  checkOutcome,
  checkPlainData,
  checkReservationsMatch,
  checkStockLaws,
  type LawViolation,
} from "../../src/testing/index.js";
import type { Answer, World } from "./answer.js";
import type { RegisteredOperation } from "./registered-operation.js";

/** The operation of the table that writes each type of event. */
const WRITER: Readonly<Record<OrderEventType, Operation | "enter">> = {
  order_entered: "enter",
  order_corrected: "correct",
  order_reviewed: "review",
  order_returned_for_correction: "review",
  order_rejected: "review",
  order_priced: "price",
  promotions_revised: "revise",
  order_confirmed: "confirm",
  order_allocated: "allocate",
  order_reconfirmed: "allocate",
  reservation_released: "release",
  order_deferred: "defer",
  quantity_merged: "merge",
  lines_joined: "join",
  quantity_substituted: "substitute",
  reservation_moved: "reallocate",
  order_picked: "pick",
  order_loaded: "load",
  order_shipped: "ship",
  order_delivered: "deliver",
  invoice_posted: "invoice",
  payment_applied: "pay",
  hold_placed: "hold",
  hold_released: "releaseHold",
  quantity_cancelled: "cancel",
  order_amended: "amend",
  add_on_joined: "addOn",
  delivery_failed: "failDelivery",
  transit_loss_recorded: "loseInTransit",
  wrong_item_found: "findWrongItem",
  order_closed: "close",
};

/** Every law of the design that an answer breaks, given the world that was decided on. */
export function brokenLaws(
  operation: Pick<RegisteredOperation, "writes" | "isAllOrNothing">,
  world: World,
  answer: Answer,
): LawViolation[] {
  const { orders, movements, refused, value } = answer;
  const stock = applyMovements(world.stock, movements);
  return [
    ...eachOrder(answer),
    ...observedSteps(operation, answer),
    ...checkStockLaws(stock),
    ...checkMovementBalance(world.stock, stock, movements),
    ...checkReservationsMatch(worldAfter(world, orders), stock),
    ...checkPlainData(value),
    ...refused.flatMap(checkRefusal),
    ...(operation.isAllOrNothing ? nothingHalfDone(answer) : []),
    ...strangers(answer),
    ...wrongPapers(answer),
  ];
}

/** Papers printed before that name goods which have left otherwise, or show another header, are to be printed anew. */
function wrongPapers({ before, orders, events, requests }: Answer): LawViolation[] {
  const after = new Map(orders.map((order) => [order.orderNo, order]));
  return before.flatMap((order) => {
    const { orderNo } = order;
    const own = events.filter((event) => event.orderNo === orderNo);
    if (own.length === 0) return [];
    const papers = (["pick_list", "packing_list", "delivery_note"] as const).map((paper) => buildPaper(order, paper));
    return revisePapers(papers, after.get(orderNo) as Order, own).flatMap(({ next, differences, fields }) => {
      const { document } = next;
      const asked = requests.flatMap((request) =>
        request.type === "reprint" && request.orderNo === orderNo && request.document === document
          ? request.lineIds
          : [],
      );
      const gone = differences.filter(({ before: was, after: is }) => compare(is, was) < 0).map(({ lineId }) => lineId);
      const isAsked = gone.every((lineId) => asked.includes(lineId)) && (fields.length === 0 || asked.length > 0);
      const expected = JSON.stringify([gone, fields]);
      return isAsked
        ? []
        : [{ law: "wrong papers are printed anew", at: `${orderNo} ${document}`, expected, found: asked.join() }];
    });
  });
}

/** All orders of a world after an answer: those that it names in its version. */
export function worldAfter(world: World, orders: readonly Order[]): Order[] {
  const after = new Map([...world.orders, ...orders].map((order) => [order.orderNo, order]));
  return [...after.values()];
}

/** Replay, conservation, records, money and movements of each order by itself. */
function eachOrder({ before, orders, events, movements, requests }: Answer): LawViolation[] {
  return orders.flatMap((order) => {
    const { orderNo } = order;
    const isOwn = (part: { readonly orderNo?: string }): boolean => part.orderNo === orderNo;
    const start = before.find((candidate) => candidate.orderNo === orderNo);
    // The very order that was given, of which nothing is told, has kept every law that it kept before.
    if (start === order && ![...events, ...movements, ...requests].some(isOwn)) return [];
    return checkOutcome(start, {
      order,
      events: events.filter(isOwn),
      movements: movements.filter(isOwn),
      requests: requests.filter(isOwn),
    });
  });
}

/** Every step, from status to status, must stand in the row of the operation that took it. */
function observedSteps({ writes }: Pick<RegisteredOperation, "writes">, { before, events }: Answer): LawViolation[] {
  const now = new Map<string, Order>(before.map((order) => [order.orderNo, order]));
  return events.flatMap((event: OrderEvent) => {
    const start = now.get(event.orderNo);
    const end = applyEvent(start, event);
    now.set(event.orderNo, end);
    const writer = WRITER[event.type];
    const at = `${event.orderNo} ${event.type}`;
    const found = `${start?.status ?? "nothing"} → ${end.status}`;
    if (!writes.includes(writer))
      return [{ law: "an operation writes its own events", at, expected: writes.join(), found }];
    if (writer === "enter") {
      return start === undefined && end.status === "entered"
        ? []
        : [{ law: "an order begins entered", at, expected: "entered", found }];
    }
    const row = TRANSITIONS.find((candidate) => candidate.operation === writer);
    const isListed = start !== undefined && row?.from.includes(start.status) === true && row.to.includes(end.status);
    return isListed
      ? []
      : [{ law: "the step stands in the transition table", at, expected: JSON.stringify(row), found }];
  });
}

function checkRefusal({ orderNo, issues }: RefusedOrder): LawViolation[] {
  const empty =
    issues.length > 0 ? [] : [{ law: "a refusal has a reason", at: orderNo, expected: "reasons", found: "none" }];
  return [
    ...empty,
    ...issues.flatMap(({ code, path, params }) => {
      const isSound =
        /^[a-z]+\.[a-z_]+$/.test(code) &&
        path.every((part) => typeof part === "string" || Number.isInteger(part)) &&
        typeof params === "object" &&
        !Array.isArray(params) &&
        Object.values(params).every((param) => param !== undefined);
      const found = JSON.stringify({ code, path, params });
      return isSound ? [] : [{ law: "a reason has code, path and facts", at: orderNo, expected: "step.reason", found }];
    }),
  ];
}

/** A refused order is the very one that was given, and nothing is said of it. */
function nothingHalfDone({ before, orders, events, movements, requests, refused }: Answer): LawViolation[] {
  return before.flatMap((order) => {
    if (!refused.some(({ orderNo }) => orderNo === order.orderNo)) return [];
    const told = [...events, ...movements, ...requests].filter(({ orderNo }) => orderNo === order.orderNo).length;
    const isSame = orders.find(({ orderNo }) => orderNo === order.orderNo) === order;
    const found = `${isSame ? "the same" : "another"} order, ${told} events, movements and requests`;
    return isSame && told === 0
      ? []
      : [{ law: "a refusal changes nothing", at: order.orderNo, expected: "nothing", found }];
  });
}

/** Events, movements and requests name orders of the answer. */
function strangers({ orders, events, movements, requests }: Answer): LawViolation[] {
  const known = new Set<string | undefined>(orders.map(({ orderNo }) => orderNo));
  return [...events, ...movements, ...requests].flatMap((part) =>
    known.has(part.orderNo)
      ? []
      : [
          {
            law: "an answer names its own orders",
            at: String(part.orderNo),
            expected: "known",
            found: JSON.stringify(part),
          },
        ],
  );
}
