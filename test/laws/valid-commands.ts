import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../src/allocation/shortage/apply-reallocations.js";
import { applySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { deferOrder } from "../../src/allocation/shortage/defer-order.js";
import { mergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import { undoReallocation } from "../../src/allocation/shortage/undo-reallocation.js";
import { releaseReservation } from "../../src/allocation/release/release-reservation.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { applyPayment } from "../../src/billing/apply-payment.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { rational } from "../../src/core/unit-conversion.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import type { BatchOutcome, Outcome } from "../../src/model/outcome.js";
import { anyContext, anyItem, anyOrder, anyStock, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";

import { promotionsRounded, withPromotions } from "./promotions.js";

/** A command that is accepted, and the call that takes it or whatever stands in its place. */
export interface ValidCommand {
  /** Name of the exported function. */
  readonly name: string;
  /** Orders that are decided on. */
  readonly orders: readonly Order[];
  /** The command, with every field. */
  readonly command: unknown;
  /** The call. */
  readonly run: (command: never) => Result<Outcome, Issue> | BatchOutcome | Result<object, Issue>;
}

const context = anyContext();
const today = calendarDay("2026-03-02");
const NORTH = { warehouseId: "NORTH" };
const LINE = "SO-1-1";
const four = decimal("4");

function confirmed(line: AnyOrderLine, more: AnyOrder = {}): Order {
  return anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", unitPrice: "2.5", ...line }], ...more });
}

const allocated = confirmed({ quantities: { allocated: "10" } });
const picked = confirmed({ quantities: { picked: "10" } });
const shipped = confirmed({ quantities: { shipped: "10" } });
const delivered = confirmed({ quantities: { delivered: "10" } });
const short = confirmed({ quantities: { open: "4", allocated: "6" }, shortagePolicy: "leaveOpen" });
const held = confirmed({}, { holds: [{ holdId: "H-1" }] });
const holder = anyOrder({
  orderNo: "SO-2",
  stage: "confirmed",
  header: { customerCode: "C-2", customerClass: "B" },
  lines: [{ orderedQty: "10", quantities: { allocated: "10" } }],
});
const consent = {
  customerCode: "C-100",
  subject: "SO-1",
  agreedBy: "Ms Wu",
  agreedAt: context.at,
  expiresAt: instant("2099-01-01T00:00:00Z"),
  reference: "MAIL-7",
};
const pricing = { rounding: "halfUp" as const };
const masters = indexMasters({ items: [anyItem(), anyItem({ itemCode: "SALT" })] });
const adding = { ...context, masters, addOn: { pickMinutes: 45 }, pricing };
const reallocation = {
  priority: [],
  sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
  promises: "mayBreak" as const,
  harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0.5"), unknownDelayDays: 10 },
  steps: 1000,
};
const promoted = withPromotions(confirmed({ unitPrice: "2.5" }));
const facts = { policy: reallocation, stock: anyStock({ onHand: "16", reserved: "16" }), today };
const proposalOf = () => {
  const found = proposeReallocation([short, holder], { proposalId: "RP-1", orderNo: "SO-1", lineId: LINE }, facts);
  if (!found.ok) throw new Error("no proposal");
  return found.value;
};
const proposal = proposalOf();
const given = [{ ...consent, customerCode: "C-2", subject: "RP-1" }];
const moved = applyReallocation([short, holder], proposal, given, context);
const substitutes = [
  {
    itemCode: "CHAI",
    ratio: rational(3, 2),
    priority: 1,
    consentRequired: true,
    priceRule: { kind: "original" as const },
  },
];
const { items } = indexMasters({ items: [anyItem({ substitutes }), anyItem({ itemCode: "CHAI" })] });
const substituting = { items, stock: anyStock({ itemCode: "CHAI", onHand: "20" }), today };
const substitute = () => {
  const found = proposeSubstitutes(short, { proposalId: "SP-1", lineId: LINE }, substituting);
  if (!found.ok) throw new Error("no substitute");
  return found.value.proposals[0]!;
};

/** A valid command of every operation that takes one about a single order, or about a few by name. */
export const VALID_COMMANDS: readonly ValidCommand[] = [
  {
    name: "holdOrder",
    orders: [allocated],
    command: { holdId: "H-9", type: "credit", lineId: LINE, blocks: ["pick", "ship"], reason: "limit" },
    run: (command) => holdOrder(allocated, command, context),
  },
  {
    name: "releaseHold",
    orders: [held],
    command: { holdId: "H-1", state: "resolved" },
    run: (command) => releaseHold(held, command, context),
  },
  {
    name: "recordPick",
    orders: [allocated],
    command: {
      counts: [
        { lineId: LINE, source: NORTH, quantity: decimal("8"), shortage: { reason: "not_found", stock: "writeOff" } },
      ],
    },
    run: (command) => recordPick(allocated, command, context),
  },
  {
    name: "recordLoad",
    orders: [picked],
    command: {
      vehicleId: "V-7",
      counts: [{ lineId: LINE, source: NORTH, quantity: decimal("8"), shortage: { reason: "broken", stock: "keep" } }],
    },
    run: (command) => recordLoad(picked, command, context),
  },
  {
    name: "recordShipment",
    orders: [picked],
    command: { shipmentNo: "SH-1", what: "picked", lineIds: [LINE], consent },
    run: (command) => recordShipment(picked, command, context),
  },
  {
    name: "recordDelivery",
    orders: [shipped],
    command: {
      receivedBy: "Lee",
      lines: [
        {
          lineId: LINE,
          accepted: decimal("7"),
          refused: {
            quantity: decimal("2"),
            reason: "damaged",
            reasonCode: "QTY",
            actionCode: "CNP",
            stock: "writeOff",
          },
          short: { quantity: decimal("1"), reason: "missing", reasonCode: "QTY", actionCode: "CNP" },
        },
      ],
    },
    run: (command) => recordDelivery(shipped, command, context),
  },
  {
    name: "recordDelivery",
    orders: [shipped],
    command: {
      lines: [
        {
          lineId: LINE,
          accepted: decimal("10"),
          over: { quantity: decimal("1"), reason: "extra", action: "keep", source: NORTH },
        },
      ],
    },
    run: (command) =>
      recordDelivery(shipped, command, { ...context, stock: anyStock({ onHand: "5" }), rounding: "halfUp" }),
  },
  {
    name: "postInvoice",
    orders: [delivered],
    command: { invoiceNo: "INV-1", issuedOn: today, dueOn: calendarDay("2026-04-02"), rounding: "halfUp" },
    run: (command) => postInvoice(delivered, command, context),
  },
  {
    name: "applyPayment",
    orders: [allocated],
    command: {
      paymentId: "P-1",
      amount: decimal("30"),
      currency: "EUR",
      receivedAt: instant("2026-03-09T10:00:00Z"),
      overpayment: "refund",
    },
    run: (command) => applyPayment(allocated, command, context),
  },
  {
    name: "cancelOrder",
    orders: [allocated],
    command: { reason: "no_longer_needed", lines: [{ lineId: LINE, quantity: four }], consent: "MAIL-7" },
    run: (command) => cancelOrder(allocated, command, context),
  },
  {
    name: "amendOrder",
    orders: [short],
    command: {
      reason: "less_needed",
      consent: "MAIL-7",
      header: {
        remark: "ring twice",
        requestedDeliveryDate: calendarDay("2026-03-09"),
        paymentTerm: "credit",
        paymentMeans: "transfer",
        salespersonCode: "S-1",
        deliveryAreaPath: ["bremen"],
        deliveryRequirement: { windowFrom: "08:00", services: ["shelving"], note: "ring" },
        vehicleRestriction: { maxLengthMetres: decimal("7.5"), accessFrom: "06:00" },
        shipToAddress: { street: "7 Quay", city: "Bremen", country: "DE" },
      },
      cleared: ["customerPoNo"],
      lines: [
        {
          lineId: LINE,
          quantity: decimal("12"),
          unitPrice: decimal("3"),
          discount: { kind: "percent", percent: decimal("5") },
        },
      ],
    },
    run: (command) => amendOrder({ ...short, header: { ...short.header, customerPoNo: "PO-1" } }, command, adding),
  },
  {
    name: "addToOrder",
    orders: [short],
    command: {
      lines: [
        { lineId: LINE, quantity: four },
        {
          itemCode: "SALT",
          quantity: four,
          uom: "EA",
          unitPrice: decimal("2"),
          discount: { kind: "amount", amount: decimal("1") },
          transactionCategory: "sale",
        },
      ],
    },
    run: (command) => addToOrder(short, command, adding),
  },
  {
    name: "recordDeliveryFailure",
    orders: [shipped],
    command: {
      reason: "nobody_home",
      attempt: 1,
      goods: "inDepot",
      nextOn: calendarDay("2026-03-05"),
      lines: [{ lineId: LINE, quantity: four }],
    },
    run: (command) => recordDeliveryFailure(shipped, command, { ...context, maxAttempts: 3, today }),
  },
  {
    name: "recordTransitLoss",
    orders: [shipped],
    command: { carrier: "NORTHWAY", lines: [{ lineId: LINE, quantity: four, reason: "lost" }] },
    run: (command) => recordTransitLoss(shipped, command, context),
  },
  {
    name: "recordWrongItem",
    orders: [picked],
    command: {
      foundAt: "load",
      lineId: LINE,
      source: NORTH,
      quantity: decimal("2"),
      reason: "wrong_bin",
      wrong: { itemCode: "COFFEE", source: NORTH, quantity: decimal("2"), goods: "putBack" },
    },
    run: (command) => recordWrongItem(picked, command, { ...context, stock: [] }),
  },
  {
    name: "revisePromotions",
    orders: [promoted],
    command: { cause: "cancel" },
    run: (command) =>
      revisePromotions(promoted, command, {
        ...context,
        masters,
        policy: pricing,
        promotions: { compiled: promotionsRounded("halfUp") },
      }),
  },
  {
    name: "deferOrder",
    orders: [short],
    command: { reason: "short", until: "stock", cause: "allocation" },
    run: (command) => deferOrder(short, command, { ...context, today }),
  },
  {
    name: "mergeIntoNextOrder",
    orders: [short],
    command: { reason: "short", price: "keep", lines: [{ lineId: LINE, quantity: four }], consent },
    run: (command) => mergeIntoNextOrder(short, anyOrder({ orderNo: "SO-3", stage: "confirmed" }), command, context),
  },
  {
    name: "applyReallocation",
    orders: [short, holder],
    command: { proposal, consents: given },
    run: (command: { proposal: never; consents: never } | undefined) =>
      applyReallocation([short, holder], command?.proposal as never, command?.consents as never, context),
  },
  {
    name: "applyReallocations",
    orders: [short, holder],
    command: { proposals: [proposal], consents: given },
    run: (command) => applyReallocations([short, holder], command, context),
  },
  {
    name: "undoReallocation",
    orders: moved.orders,
    command: { proposalId: "RP-1", events: moved.events },
    run: (command) => undoReallocation(moved.orders, command, context),
  },
  {
    name: "applySubstitution",
    orders: [short],
    command: { proposal: substitute(), reason: "short", quantity: four, consents: [{ ...consent, subject: "SP-1-1" }] },
    run: (command) => applySubstitution(short, command, { ...context, items }),
  },
  {
    name: "releaseReservation",
    orders: [allocated],
    command: {
      reason: "needed_elsewhere",
      rest: "mayWait",
      winner: { orderNo: "SO-9", lineId: "SO-9-1" },
      lines: [{ lineId: LINE, quantity: four, source: NORTH }],
    },
    run: (command) => releaseReservation(allocated, command, context),
  },
  {
    name: "releaseReservations",
    orders: [allocated],
    command: {
      reason: "shop_window",
      wanted: [
        { itemCode: "TEA", quantity: four, warehouseId: "NORTH", winner: { orderNo: "SO-9", lineId: "SO-9-1" } },
      ],
    },
    run: (command) =>
      releaseReservations([allocated], anyStock({ onHand: "10", reserved: "10" }), command, {
        ...context,
        policy: { priority: [] },
        today,
      }),
  },
  {
    name: "decideShortages",
    orders: [short],
    command: {
      runId: "R-1",
      reason: "short",
      price: "keep",
      turnedDown: [{ lineId: LINE, offer: "reallocate" }],
      consents: [consent],
    },
    run: (command) => decideShortages([short, holder], command, { ...context, ...facts }),
  },
  {
    name: "proposeReallocation",
    orders: [],
    command: { proposalId: "RP-1", orderNo: "SO-1", lineId: LINE, quantity: four },
    run: (command) => proposeReallocation([short, holder], command, facts),
  },
  {
    name: "proposeSubstitutes",
    orders: [],
    command: { proposalId: "SP-1", lineId: LINE },
    run: (command) => proposeSubstitutes(short, command, substituting),
  },
];
