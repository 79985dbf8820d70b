import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { releaseReservation } from "../../src/allocation/release/release-reservation.js";
import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { applySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { deferOrder } from "../../src/allocation/shortage/defer-order.js";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { applyPayment } from "../../src/billing/apply-payment.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { add, decimal, multiply, subtract, sum, type Decimal } from "../../src/core/decimal.js";
import { ok, refuse, type Result } from "../../src/core/result.js";
import { rational } from "../../src/core/unit-conversion.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { CANCELLABLE_BUCKETS, cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { keptInBaseUnit } from "../../src/model/kept-quantity.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { correctOrder } from "../../src/intake/correct-order.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { BatchOutcome, Outcome } from "../../src/model/outcome.js";
import { reservedPlaces } from "../../src/model/reserved-places.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  anyOrderDraft,
  anyPriceEntry,
  anyPromotion,
  anyStock,
} from "../../src/testing/index.js";
import { compiled } from "../pricing/promoted.js";

/** How well a step goes: all of it, half of it, or nothing. */
export type Luck = "1" | "0.5" | "0";

/** Tries an operation with a command that fits the order as well as any. */
export type Attempt = (order: Order, luck: Luck) => Result<Outcome>;

const masters = indexMasters({
  customers: [anyCustomer()],
  items: [anyItem()],
  prices: [anyPriceEntry()],
});
const context = anyContext();
const today = calendarDay("2026-03-02");
const review = { requiredFields: [], priceTolerancePercent: decimal("0"), severities: {} };

/** One attempt for each operation of the table. */
export const ATTEMPTS: Readonly<Record<Operation, Attempt>> = {
  review: (order, luck) => {
    const onError = luck === "0" ? "reject" : "returnForCorrection";
    const requiredFields = luck === "1" ? [] : ["remark" as const];
    return reviewOrder(order, { ...context, masters, policy: { ...review, requiredFields, onError } });
  },
  correct: (order) =>
    correctOrder(order, { draft: anyOrderDraft({ orderNo: order.orderNo }) }, { ...context, masters }),
  price: (order) => priceOrder(order, { ...context, masters, policy: { rounding: "halfUp", givenPrice: "honour" } }),
  revise: (order, luck) => {
    // An order that nobody gave a promotion gets its first one here.
    const promotions = order.promotions ?? { asOf: context.at, applied: [], charges: [] };
    const cause = luck === "1" ? "cancel" : luck === "0" ? "short" : "return";
    const result = revisePromotions(
      { ...order, promotions },
      { cause },
      { ...context, masters, policy: { rounding: "halfUp" }, promotions: { compiled: compiled(anyPromotion()) } },
    );
    return result.ok && result.value.events.length === 0 ? ok({ ...result.value, order }) : result;
  },
  confirm: (order) => confirmOrder(order, context),
  hold: (order) =>
    holdOrder(order, { holdId: "NEW", type: "credit", blocks: ["pick"], reason: "to be looked at" }, context),
  releaseHold: (order) => {
    const active = order.holds.find(({ state }) => state === "active");
    return releaseHold(order, { holdId: active?.holdId ?? "NONE", state: "resolved" }, context);
  },
  allocate: (order, luck) =>
    allocateOrder(order, anyStock({ onHand: luck === "1" ? "1000000" : luck === "0" ? "0" : "5" }), {
      ...context,
      today,
      policy: { priority: [], sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] }, lots: "fifo" },
    }),
  release: (order, luck) => {
    const [line] = order.lines;
    const half = line === undefined ? decimal("0") : multiply(line.quantities.allocated, decimal("0.5"));
    const lines = luck === "0.5" ? { lines: [{ lineId: line?.lineId ?? "NONE", quantity: half }] } : {};
    return releaseReservation(order, { reason: "needed_elsewhere", ...lines }, context);
  },
  defer: (order, luck) =>
    deferOrder(order, { reason: "short", until: luck === "0" ? "nextOrder" : "stock" }, { ...context, today }),
  merge: (order) => {
    const { customerCode, currency, shipToAddress, receivedAt } = order.header;
    const next = anyOrder({
      orderNo: "NEXT",
      stage: "confirmed",
      header: { customerCode, currency, shipToAddress, receivedAt },
    });
    return sideOf(order, mergeIntoNextOrder(order, next, mergeOf(order), context));
  },
  join: (order) => {
    const { customerCode, currency, shipToAddress } = order.header;
    const header = { customerCode, currency, shipToAddress, receivedAt: "2020-01-01T00:00:00.000Z" };
    const from = anyOrder({ orderNo: "EARLIER", stage: "confirmed", header });
    return sideOf(order, mergeIntoNextOrder(from, order, mergeOf(from), context));
  },
  reallocate: (order, luck) => {
    const line = order.lines.find(({ quantities }) => quantities.allocated !== "0") ?? order.lines[0];
    const itemCode = line?.itemCode ?? "TEA";
    const winner = anyOrder({ orderNo: "WINS", stage: "confirmed", lines: [{ itemCode, orderedQty: "1000000" }] });
    const held = line?.quantities.allocated ?? decimal("0");
    const quantity = luck === "0.5" ? multiply(held, decimal(luck)) : held;
    const victim = { orderNo: order.orderNo, lineId: line?.lineId ?? "NONE" };
    const { customerCode } = order.header;
    const places = line === undefined ? [] : reservedPlaces(line, "allocated", quantity, "last");
    const transfer = { victim, customerCode, quantity, places, harm: decimal("0") };
    const consent = { customerCode, subject: "RP", agreedBy: "Lee", agreedAt: context.at, reference: "MAIL-1" };
    const proposal = {
      proposalId: "RP",
      state: "pending" as const,
      winner: { orderNo: "WINS", lineId: "WINS-1" },
      itemCode,
      // Where nothing is reserved, the proposal speaks of goods that are not there.
      quantity: held === "0" ? decimal("1") : quantity,
      stillShort: decimal("0"),
      transfers: [held === "0" ? { ...transfer, quantity: decimal("1"), places: [NOWHERE] } : transfer],
      harm: decimal("0"),
      optimal: true,
      notAsked: [],
    };
    return sideOf(order, applyReallocation([order, winner], proposal, [consent], context));
  },
  substitute: (order, luck) => {
    const other = anyItem({ itemCode: "OTHER" });
    const by = [{ itemCode: "OTHER", ratio: rational(1), priority: 1, consentRequired: luck === "0" }];
    const codes = ["TEA", ...order.lines.map(({ itemCode }) => itemCode)];
    const items = new Map(codes.map((itemCode) => [itemCode, anyItem({ itemCode, substitutes: by })]));
    items.set("OTHER", other);
    const facts = { items, today, stock: anyStock({ itemCode: "OTHER", onHand: "1000000" }) };
    const proposals = [order, anyOrder()].flatMap((one) =>
      one.lines.flatMap(({ lineId }) => {
        const found = proposeSubstitutes(one, { proposalId: "SP", lineId }, facts);
        return found.ok ? found.value.proposals : [];
      }),
    );
    const [proposal] = proposals;
    if (proposal === undefined) throw new RangeError("Nothing is proposed.");
    const quantity = luck === "0.5" ? { quantity: multiply(proposal.replaces, decimal(luck)) } : {};
    return applySubstitution(order, { proposal, reason: "short", ...quantity }, { ...context, items });
  },
  pick: (order, luck) => recordPick(order, { counts: countsOf(order, "allocated", luck) }, context),
  load: (order, luck) => recordLoad(order, { counts: countsOf(order, "picked", luck) }, context),
  ship: (order, luck) =>
    recordShipment(order, { shipmentNo: "SH-1", what: luck === "1" ? "picked" : "loaded" }, context),
  deliver: (order, luck) => {
    const shipped = order.lines.filter(({ quantities }) => quantities.shipped !== "0");
    return recordDelivery(
      order,
      {
        lines: shipped.map(({ lineId, quantities }) => ({
          lineId,
          accepted: multiply(quantities.shipped, decimal(luck)),
          ...(luck === "1"
            ? {}
            : {
                short: { quantity: multiply(quantities.shipped, decimal(luck === "0" ? "1" : "0.5")), reason: "lost" },
              }),
        })),
      },
      context,
    );
  },
  invoice: (order) =>
    postInvoice(
      order,
      { invoiceNo: "NEW", issuedOn: today, dueOn: calendarDay("2026-04-01"), rounding: "halfUp" },
      context,
    ),
  pay: (order, luck) =>
    applyPayment(
      order,
      {
        paymentId: "NEW",
        amount: decimal(luck === "0" ? "1" : "1000000"),
        currency: order.header.currency,
        receivedAt: context.at,
        overpayment: "refund",
      },
      context,
    ),
  cancel: (order, luck) => {
    const lines = order.lines.flatMap(({ lineId, quantities }) =>
      quantities.open === "0" ? [] : [{ lineId, quantity: quantities.open }],
    );
    return cancelOrder(order, { reason: "no_longer_needed", ...(luck === "1" ? {} : { lines }) }, context);
  },
  amend: (order, luck) => {
    const mayGrow = checkTransition(order, "addOn").length === 0;
    const lines = order.lines.map((line) => ({ lineId: line.lineId, quantity: amended(line, luck, mayGrow) }));
    return amendOrder(order, { reason: "customer_asked", header: { remark: "ring twice" }, lines }, adding);
  },
  addOn: (order, luck) =>
    addToOrder(order, { lines: [luck === "1" ? { itemCode: "TEA", quantity: decimal("2") } : moreOf(order)] }, adding),
  failDelivery: (order, luck) =>
    recordDeliveryFailure(
      order,
      {
        reason: "nobody_home",
        attempt: luck === "0" ? 2 : 1,
        goods: luck === "1" ? "onVehicle" : "inDepot",
        nextOn: today,
      },
      { ...context, maxAttempts: 2, today },
    ),
  loseInTransit: (order, luck) => {
    const lines = order.lines.flatMap(({ lineId, quantities }) =>
      quantities.shipped === "0"
        ? []
        : [{ lineId, quantity: multiply(quantities.shipped, decimal(luck === "0.5" ? "0.5" : "1")), reason: "lost" }],
    );
    return recordTransitLoss(order, { lines }, context);
  },
  findWrongItem: (order, luck) => {
    const buckets = ["picked", "shipped", "delivered"] as const;
    const bucket = buckets.find((each) => order.lines.some(({ quantities }) => quantities[each] !== "0")) ?? "picked";
    const foundAt = ({ picked: "load", shipped: "delivery", delivered: "afterSigning" } as const)[bucket];
    const line = order.lines.find(({ quantities }) => quantities[bucket] !== "0") ?? order.lines[0];
    const place = line?.reservations.find(({ quantities }) => quantities[bucket] !== undefined);
    const quantity = place?.quantities[bucket] ?? decimal("1");
    return recordWrongItem(
      order,
      {
        foundAt,
        lineId: line?.lineId ?? "",
        source: place ?? { warehouseId: "NORTH" },
        quantity: luck === "0.5" ? multiply(quantity, decimal("0.5")) : quantity,
        reason: "wrong_bin",
        wrong: { itemCode: "COFFEE", source: { warehouseId: "NORTH" }, quantity: decimal("1"), goods: "putBack" },
      },
      { ...context, stock: [] },
    );
  },
  close: (order) => closeOrder(order, context),
};

const adding = { ...context, masters, addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };

/** More of the line, half of what is still in the house, or none of it. */
function amended(line: OrderLine, luck: Luck, mayGrow: boolean): Decimal {
  const kept = keptInBaseUnit(line);
  if (luck === "1") return line.giftOf === undefined && mayGrow ? add(kept, line.unitFactor.numerator) : kept;
  const inHouse = sum(CANCELLABLE_BUCKETS.map((bucket) => line.quantities[bucket]));
  return subtract(kept, luck === "0" ? inHouse : multiply(inHouse, decimal("0.5")));
}

function moreOf({ lines }: Order) {
  const line = lines.find(({ giftOf }) => giftOf === undefined);
  return { lineId: line?.lineId ?? "NO-LINE", quantity: decimal("3") };
}

const NOWHERE = { source: { warehouseId: "NOWHERE" }, quantity: decimal("1") };

function mergeOf({ orderNo, header: { customerCode } }: Order) {
  const consent = { customerCode, subject: orderNo, agreedBy: "Lee", agreedAt: context.at, reference: "MAIL-1" };
  return { reason: "short", price: "keep" as const, consent };
}

/** What a decision on two orders says of one of them. */
function sideOf({ orderNo }: Order, { orders, events, movements, requests, refused }: BatchOutcome): Result<Outcome> {
  const own = <Part extends { readonly orderNo?: string }>(parts: readonly Part[]): Part[] =>
    parts.filter((part) => part.orderNo === orderNo);
  const issues = (refused.some((one) => one.orderNo === orderNo) ? own(refused) : refused).flatMap((one) => one.issues);
  const [order] = own(orders);
  if (issues.length > 0 || order === undefined) return refuse(issues);
  return ok({ order, events: own(events), movements: own(movements), requests: own(requests) });
}

function countsOf(order: Order, bucket: "allocated" | "picked", luck: Luck) {
  return fullCounts(order, bucket).map((count) => ({
    ...count,
    quantity: multiply(count.quantity, decimal(luck)),
    shortage: { reason: "not_found", stock: "writeOff" as const },
  }));
}
