import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { planAddOn } from "../../src/exceptions/plan-add-on.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { indexMasters } from "../../src/model/masters.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrder,
  type AnyOrder,
  type AnyOrderLine,
} from "../../src/testing/index.js";

const d = decimal;
const wave = {
  deliveryWaveId: "AM",
  name: "Morning",
  cutOff: "08:00" as LocalTime,
  departure: "09:00" as LocalTime,
  timeZone: "UTC",
};
const masters = indexMasters({ items: [anyItem()], customers: [anyCustomer()], deliveryWaves: [wave] });
const at = instant("2026-03-02T10:00:00Z");
const context = {
  ...anyContext({ at }),
  masters,
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" as const },
};
const confirmed = (line: AnyOrderLine, rest: AnyOrder = {}) => anyOrder({ stage: "confirmed", lines: [line], ...rest });
const north = { warehouseId: "NORTH" };
const invoice = { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" };
const gift = { transactionCategory: "gift", giftOf: { promotionId: "P", version: 1, triggers: [] } } as const;

/** Real issues of exceptions, one of every code at least. */
export function exceptionIssues(): Issue[] {
  return [...addOns(), ...amendments(), ...onTheWay()];
}

function addOns(): Issue[] {
  const wanted = { customerCode: "C-100", lines: [{ itemCode: "TEA", quantity: d("1") }] };
  const elsewhere = { street: "7 Quay", city: "Bremen", country: "DE" };
  const plan = planAddOn(
    [anyOrder({ stage: "confirmed", header: { customerCode: "C-7" } })],
    { ...wanted, shipToAddress: elsewhere, requestedDeliveryDate: calendarDay("2026-03-09") },
    context,
  );
  const loaded = [{ warehouseId: "NORTH", quantities: { picked: "10" }, loaded: "10" }];
  const orders = [
    confirmed({ quantities: { picked: "10" }, reservations: loaded }),
    confirmed(
      { quantities: { picked: "10" } },
      { header: { deliveryWaveId: "AM", receivedAt: "2026-03-02T07:00:00.000Z" } },
    ),
    confirmed(
      {},
      { header: { deliveryWaveId: "PM" }, holds: [{ blocks: ["pick"] }], billing: { invoices: [invoice] } },
    ),
  ];
  const odd = [
    { lineId: "NO-LINE", quantity: d("1") },
    { lineId: "SO-1-1", quantity: d("1") },
    { lineId: "SO-1-1", quantity: d("1") },
    { itemCode: "TEA", quantity: d("1"), unitPrice: d("-1") },
  ];
  return [
    ...(plan.decision === "newOrder" ? plan.considered.flatMap(({ obstacles }) => obstacles) : []),
    ...refusals(
      ...orders.map((order) => addToOrder(order, { lines: [] }, context)),
      addToOrder(confirmed(gift), { lines: odd }, context),
    ),
  ];
}

function amendments(): Issue[] {
  const reason = "asked";
  const one = (more: object) => ({ lineId: "SO-1-1", ...more });
  const promoted = {
    allowance: "5",
    lineAmount: "20",
    adjustments: [{ promotionId: "P", version: 1, amount: d("5"), shares: [{ quantity: d("10"), amount: d("5") }] }],
  };
  const invoiced = confirmed(
    { quantities: { delivered: "10" }, invoicedQty: "10" },
    { billing: { invoices: [invoice] } },
  );
  return refusals(
    amendOrder(confirmed({}), { reason, lines: [one({ quantity: d("10") })] }, context),
    amendOrder(
      confirmed({ quantities: { shipped: "10" } }),
      { reason, header: { deliveryWaveId: "AM" }, lines: [one({ quantity: d("4") })] },
      context,
    ),
    amendOrder(
      invoiced,
      { reason, header: { paymentMeans: "58", deliveryWaveId: "AM", remark: "x" }, cleared: ["remark"] },
      context,
    ),
    amendOrder(
      confirmed(gift),
      { reason, lines: [one({ unitPrice: d("1") }), one({}), { lineId: "NO-LINE" }] },
      context,
    ),
    amendOrder(confirmed(promoted), { reason, lines: [one({ unitPrice: d("0.1") })] }, context),
    amendOrder(confirmed({}), { reason, lines: [one({ quantity: d("-3"), unitPrice: d("-1") })] }, context),
  );
}

function onTheWay(): Issue[] {
  const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }, {}] });
  const failure = { reason: "nobody_home", attempt: 1, goods: "onVehicle" as const };
  const lost = (lineId: string, quantity: string) => ({ lineId, quantity: d(quantity), reason: "lost" });
  const twice = { ...context, maxAttempts: 2, today: calendarDay("2026-03-02") };
  const ofLine = (lineId: string, quantity?: string) => ({
    lineId,
    ...(quantity === undefined ? {} : { quantity: d(quantity) }),
  });
  const wrong = { itemCode: "TEA", source: north, quantity: d("0"), goods: "leave" as const };
  const found = {
    foundAt: "load" as const,
    lineId: "SO-1-1",
    source: north,
    quantity: d("11"),
    reason: "mix_up",
    wrong,
  };
  const nowhere = { ...context, stock: [] };
  const over = { quantity: d("0"), reason: "extra", action: "bill" as const, source: north };
  const invoiced = anyOrder({
    stage: "confirmed",
    lines: [{ quantities: { shipped: "10" } }],
    billing: { invoices: [invoice] },
  });
  const surplus = (quantity: string) => ({
    lines: [{ lineId: "SO-1-1", accepted: d("10"), over: { ...over, quantity: d(quantity) } }],
  });
  return refusals(
    recordDelivery(invoiced, surplus("0"), context),
    recordDelivery(invoiced, surplus("1"), context),
    recordDeliveryFailure(
      order,
      { ...failure, lines: ["SO-1-2", "SO-1-1", "SO-1-1", "NO-LINE"].map((lineId) => ({ lineId })) },
      twice,
    ),
    recordDeliveryFailure(order, { ...failure, lines: [ofLine("SO-1-1", "0"), ofLine("SO-1-1", "11")] }, twice),
    recordDeliveryFailure(order, { ...failure, lines: [], nextOn: calendarDay("2026-03-01") }, twice),
    recordDeliveryFailure(order, { ...failure, nextOn: "never" as never }, twice),
    recordDeliveryFailure(anyOrder(), { ...failure, attempt: 0.5 }, { ...twice, maxAttempts: 0 }),
    recordTransitLoss(order, { lines: [] }, context),
    recordDelivery(order, { lines: [] }, context),
    cancelOrder(order, { reason: "asked", lines: [] }, context),
    recordTransitLoss(order, { lines: [lost("SO-1-1", "11"), lost("SO-1-1", "0"), lost("NO-LINE", "1")] }, context),
    recordWrongItem(order, found, nowhere),
    recordWrongItem(order, { ...found, foundAt: "afterSigning", wrong: { ...wrong, goods: "bill" } }, nowhere),
    recordWrongItem(order, { ...found, lineId: "NO-LINE", wrong: { ...wrong, quantity: d("3") } }, nowhere),
  );
}

function refusals(...results: readonly Result<unknown>[]): Issue[] {
  return results.flatMap((result) => (result.ok ? [] : result.issues));
}
