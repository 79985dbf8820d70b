import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { applyPayment, type ApplyPayment } from "../../src/billing/apply-payment.js";
import { buildInvoice } from "../../src/billing/build-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { refuse } from "../../src/core/result.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { rational } from "../../src/core/unit-conversion.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { correctOrder } from "../../src/intake/correct-order.js";
import { enterOrder } from "../../src/intake/enter-order.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { parseCsv } from "../../src/interchange/parse-csv.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { defineSubStates } from "../../src/lifecycle/sub-states.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { protectSupply } from "../../src/scheduling/supply-protection.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import { indexMasters } from "../../src/model/masters.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { parseDeliveryWave, parseItem, parseOrderDraft, parseStock } from "../../src/schema/index.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  anyOrderDraft,
  anyPriceEntry,
  anyStock,
} from "../../src/testing/index.js";
import { allocationPolicyIssues } from "./allocation-policy-issues.js";
import { batchIssues } from "./batch-issues.js";
import { choiceIssues } from "./choice-issues.js";
import { lifecycleIssues } from "./lifecycle-issues.js";
import { exceptionIssues } from "./exception-issues.js";
import { planIssues } from "./plan-issues.js";
import { promotionIssues } from "./promotion-issues.js";
import { releaseIssues } from "./release-issues.js";
import { rowIssues } from "./row-issues.js";
import { shareIssues } from "./share-issues.js";
import { shipmentIssues } from "./shipment-issues.js";
import { shortageIssues } from "./shortage-issues.js";

const context = anyContext();
const day = calendarDay("2026-03-05");
const zero = decimal("0");
const source = { warehouseId: "NORTH" };
const item = anyItem({
  lifeStatus: "obsolete",
  orderMultiple: "4",
  minOrderQty: "11",
  units: [{ uom: "THIRD", factor: rational(1, 3) }],
});
const masters = indexMasters({
  customers: [anyCustomer()],
  items: [item, anyItem({ itemCode: "RICE" }), anyItem({ itemCode: "SALT" })],
  prices: [anyPriceEntry(), ...["2", "3"].map((unitPrice) => anyPriceEntry({ itemCode: "SALT", unitPrice }))],
});
const invoices = [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" }];
const payments = [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T08:00:00.000Z" }];

/** Every issue that the operations and the parsers answer with here; together they show every code. */
export function realIssues(): readonly Issue[] {
  return [
    ...operationIssues(),
    ...findings(),
    ...allocationIssues(),
    ...planIssues(),
    ...batchIssues(),
    ...allocationPolicyIssues(),
    ...choiceIssues(),
    ...lifecycleIssues(),
    ...exceptionIssues(),
    ...rowIssues(),
    ...shareIssues(),
    ...promotionIssues(),
    ...shortageIssues(),
    ...shipmentIssues(),
    ...releaseIssues(),
    ...schemaIssues(),
    ...csvIssues(),
  ];
}

function issuesOf(...results: readonly Result<unknown>[]): Issue[] {
  return results.flatMap((result) => (result.ok ? [] : result.issues));
}

function operationIssues(): Issue[] {
  const held = anyOrder({
    stage: "confirmed",
    holds: [{ blocks: ["close"] }],
    lines: [{ quantities: { backfill: "10" } }],
  });
  const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
  const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
  const invoiced = anyOrder({ stage: "confirmed", billing: { invoices, payments } });
  const bare = anyOrder({ totals: null });
  const hold = { holdId: "H-1", type: "credit", lineId: "X", blocks: [], reason: "x" };
  const count = (lineId: string, quantity: string, warehouseId = "NORTH") => ({
    lineId,
    source: { warehouseId },
    quantity: decimal(quantity),
  });
  const counts = [count("SO-1-1", "11"), count("SO-1-1", "-1"), count("X", "1"), count("SO-1-1", "1", "SOUTH")];
  const terms = { invoiceNo: "I-1", issuedOn: day, dueOn: calendarDay("2026-03-04"), rounding: "halfUp" as const };
  const cap = { kind: "cap", group: "A", itemCode: "TEA", quantity: decimal("5") } as const;
  const pay = (order: typeof bare, amount: string, currency = "EUR") => {
    const command: ApplyPayment = {
      paymentId: "P-1",
      amount: decimal(amount),
      currency,
      receivedAt: context.at,
      overpayment: "refuse",
    };
    return applyPayment(order, command, context);
  };
  const price = (order: typeof bare) =>
    priceOrder(order, { ...context, masters, policy: { rounding: "halfUp", givenPrice: "replace" } });
  const lines = [
    { lineNo: 1, itemCode: "SOAP" },
    { lineNo: 1, uom: "PAL" },
    { lineNo: 2, uom: "THIRD", quantity: "1" },
    { lineNo: 3, quantity: "0" },
  ];
  const draft = anyOrderDraft({ customerCode: "NOBODY", deliveryWaveId: "PM", lines });
  return issuesOf(
    closeOrder(held, {
      ...context,
      openCases: [{ orderNo: held.orderNo, caseId: "CL-1", kind: "claim" }],
    }),
    defineSubStates({
      states: [
        { name: "a", status: "entered" },
        { name: "a", status: "entered" },
        { name: "b", status: "picked", isInitial: true },
        { name: "c", status: "picked", isInitial: true },
      ],
      moves: [
        { move: "up", from: ["a"], to: "b" },
        { move: "off", from: ["a"], to: "z" },
      ],
    }),
    defineSubStates({
      states: [
        { name: "a", status: "entered", isInitial: true },
        { name: "b", status: "entered" },
      ],
      moves: [],
    }),
    protectSupply(
      [
        { day, quantity: decimal("-1") },
        { day, quantity: decimal("1".padEnd(20, "0")) },
      ],
      { itemCode: "TEA" },
      [cap, cap],
    ),
    refuse(nextActions(anyOrder()).flatMap(({ issues }) => issues)),
    cancelOrder(
      anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] }),
      { reason: "late" },
      { ...context, consentFrom: "picked" },
    ),
    cancelOrder(
      anyOrder({ stage: "confirmed" }),
      {
        reason: "late",
        lines: [
          { lineId: "SO-1-1", quantity: decimal("11") },
          { lineId: "SO-1-1", quantity: ZERO },
          { lineId: "SO-1-9" },
        ],
      },
      context,
    ),
    cancelOrder(
      anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] }),
      { reason: "late" },
      context,
    ),
    confirmOrder(bare, context),
    confirmOrder(anyOrder({ stage: "reviewed", holds: [{ blocks: ["confirm"] }] }), context),
    correctOrder(
      {
        ...anyOrder({ stage: "entered" }),
        lines: anyOrder().lines.map((line) => ({ ...line, mergedFrom: { orderNo: "SO-0", lineId: "SO-0-1" } })),
      },
      { draft: anyOrderDraft({ currency: "USD", lines: [{ lineNo: 1 }] }) },
      { ...context, masters },
    ),
    correctOrder(
      anyOrder({ stage: "returnedForCorrection" }),
      { draft: anyOrderDraft({ orderNo: "SO-2" }) },
      { ...context, masters },
    ),
    correctOrder(
      anyOrder({ stage: "returnedForCorrection", billing: { payments } }),
      { draft: anyOrderDraft({ currency: "USD" }) },
      { ...context, masters },
    ),
    enterOrder(draft, { ...context, masters, takenOrderNos: new Set(["SO-1"]) }),
    enterOrder(anyOrderDraft({ lines: [] }), { ...context, masters }),
    enterOrder(anyOrderDraft({ lines: [{ quantity: "0.0000001" }] }), { ...context, masters }),
    priceOrder(anyOrder({ totals: null, lines: [{ orderedQty: "999999999999", unitPrice: "2" }] }), {
      ...context,
      masters,
      policy: { rounding: "halfUp", givenPrice: "honour" },
    }),
    holdOrder(held, hold, context),
    holdOrder(held, { ...hold, reason: "" }, context),
    holdOrder(held, { ...hold, blocks: ["think"] as never, lineId: 7 as never }, context),
    releaseHold(bare, { holdId: "H-1", state: "resolved" }, context),
    recordPick(allocated, { counts }, context),
    recordPick(allocated, { counts: [] }, context),
    recordPick(
      allocated,
      { counts: fullCounts(allocated, "allocated").map((count) => ({ ...count, quantity: decimal("0") })) },
      context,
    ),
    recordShipment(allocated, { shipmentNo: "SH-1", what: "picked", lineIds: ["SO-9-1"] }, context),
    recordShipment(allocated, { shipmentNo: "SH-1", what: "picked", lineIds: [] }, context),
    recordDelivery(allocated, {}, context),
    recordDelivery(
      shipped,
      { lines: ["SO-1-1", "SO-1-1", "X"].map((lineId) => ({ lineId, accepted: decimal("-1") })) },
      context,
    ),
    buildInvoice(anyOrder({ totals: null, billing: { invoices } }), terms),
    buildInvoice(anyOrder({ billing: { invoices: invoices.map((each) => ({ ...each, rounding: "down" })) } }), terms),
    pay(invoiced, "0.001"),
    pay(bare, "-1", "JPY"),
    price(invoiced),
    price(anyOrder({ header: { charges: [{ kind: "freight", amount: "0.001" }] } })),
    price(
      anyOrder({
        lines: [
          { itemCode: "RICE" },
          { itemCode: "SALT" },
          { discount: { kind: "amount", amount: "99" }, allowance: "0" },
        ],
      }),
    ),
    reviewOrder(anyOrder({ stage: "reviewed" }), reviewContext()),
  );
}

function reviewContext() {
  const policy = {
    requiredFields: ["remark" as const],
    priceTolerancePercent: zero,
    severities: {},
    onError: "reject" as const,
  };
  return { ...context, masters, policy, freeStock: new Map() };
}

function findings(): readonly Issue[] {
  const order = anyOrder({
    header: { customerName: "Corner Ship", requestedDeliveryDate: "2026-03-01" },
    lines: [
      { itemName: "Black tea", unitPrice: "9" },
      { itemCode: "SALT" },
      { itemCode: "RICE", unitPrice: null },
      { discount: { kind: "amount", amount: "99" }, allowance: "0" },
    ],
  });
  const result = reviewOrder(order, reviewContext());
  const event = result.ok ? result.value.events[0] : undefined;
  return event?.type === "order_rejected" ? event.details.findings : [];
}

function allocationIssues(): readonly Issue[] {
  const orders = [
    anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [{ quantities: { picked: "10" } }] }),
    anyOrder({
      orderNo: "SO-2",
      stage: "confirmed",
      lines: [{ orderedQty: "12345678901234.123456789", unitPrice: null }],
    }),
  ];
  const policy = {
    priority: [],
    sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
    lots: "fifo" as const,
  };
  return allocateBatch(orders, anyStock(source), { ...context, policy, today: day }).refused.flatMap(
    ({ issues }) => issues,
  );
}

function schemaIssues(): Issue[] {
  const good = { ...anyOrderDraft() };
  const draft = (change: Record<string, unknown>) => parseOrderDraft({ ...good, ...change });
  const line = (change: Record<string, unknown>) => draft({ lines: [{ itemCode: "TEA", quantity: "1", ...change }] });
  const loop: Record<string, unknown> = {};
  loop.self = loop;
  const unreadable = Object.defineProperty({}, "remark", {
    enumerable: true,
    get: () => {
      throw new Error("closed");
    },
  });
  const deep = JSON.parse(`${"[".repeat(20)}${"]".repeat(20)}`) as unknown;
  const wave = { deliveryWaveId: "AM", name: "Morning", cutOff: "11:00", departure: "13:00" };
  return issuesOf(
    draft({ orderNo: undefined }),
    draft({ orderNo: 7 }),
    draft({ customerCode: "" }),
    draft({ customerCode: "C\n1" }),
    draft({ remark: "a\uD83D" }),
    draft({ remark: "x".repeat(5000) }),
    draft({ remark: deep }),
    draft({ colour: "red" }),
    draft({ currency: "XXQ" }),
    draft({ orderDate: "2026-02-30" }),
    draft({ receivedAt: "2026-03-02T09:00:00" }),
    draft({ deliveryRequirement: { windowFrom: "24:00" } }),
    draft({ paymentTerm: "later" }),
    draft({ lines: [] }),
    draft({ charges: new Array(20_000).fill(0) }),
    draft({
      lines: [
        { itemCode: "A", quantity: 1, lineNo: 4 },
        { itemCode: "B", quantity: 1, lineNo: 4 },
      ],
    }),
    draft({
      lines: [
        { itemCode: "A", quantity: 1, lineNo: 4 },
        { itemCode: "B", quantity: 1 },
      ],
    }),
    line({ quantity: Number.NaN }),
    line({ quantity: "12,5" }),
    line({ quantity: "0" }),
    line({ quantity: "0.0000001" }),
    line({ unitPrice: "-1" }),
    line({ lineNo: 1.5 }),
    line({ discount: { kind: "percent", percent: "101" } }),
    parseOrderDraft(JSON.parse('{"__proto__":1}')),
    parseOrderDraft({ ...good, deliveryRequirement: loop }),
    parseOrderDraft(unreadable),
    parseOrderDraft({}, { limits: { maxIssues: 1 } }),
    parseItem({ itemCode: "TEA", name: "Tea", baseUom: "EA", gtin: "12-3" }),
    parseDeliveryWave({ ...wave, timeZone: "Mars/Olympus" }),
    parseStock(7),
  );
}

function csvIssues(): Issue[] {
  const badRows = parseCsv('a,b\n1\n"2"x,3\n');
  return [
    ...issuesOf(
      parseCsv(""),
      parseCsv("a,a\n"),
      parseCsv('a,b\n"1,2\n'),
      parseCsv("a,b\n1,2\n", { limits: { maxColumns: 1 } }),
    ),
    ...(badRows.ok ? badRows.value.rejected.flatMap(({ issues }) => issues) : []),
  ];
}
