import fc, { type Arbitrary } from "fast-check";
import { policyOf } from "../allocation/small-world.js";
import { wishPolicy } from "../allocation/wish-world.js";
import type { ReconfirmOrdersPolicy } from "../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { RECONFIRM_STRATEGIES } from "../../src/model/reconfirm-strategy.js";
import type { BatchSharing } from "../../src/allocation/fair-share/batch-sharing.js";
import { FAIR_SHARE_RULES } from "../../src/allocation/fair-share/fair-share-rules.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { ApplyPayment } from "../../src/billing/apply-payment.js";
import type { PostInvoice } from "../../src/billing/post-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import {
  add,
  decimal,
  fromUnits,
  negate,
  round,
  ROUNDING_MODES,
  scaleOf,
  subtract,
  sum,
  toUnits,
  ZERO,
  type Decimal,
} from "../../src/core/decimal.js";
import { minorUnitOf } from "../../src/core/money.js";
import { instant } from "../../src/core/instant.js";
import { CANCELLABLE_BUCKETS, type CancelOrder, type CancelOrderContext } from "../../src/exceptions/cancel-order.js";
import { fullCounts, type FloorCount } from "../../src/fulfilment/floor-count.js";
import type { RecordDelivery, SignedLine } from "../../src/fulfilment/record-delivery.js";
import type { RecordShipment } from "../../src/fulfilment/record-shipment.js";
import type { ReviewPolicy } from "../../src/intake/review-check.js";
import type { HoldOrder } from "../../src/lifecycle/hold-order.js";
import type { DecisionContext } from "../../src/model/actor.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { stockSource } from "../../src/model/stock.js";
import type { PricePolicy } from "../../src/pricing/price-lines.js";
import { anyContext, arbitraryOrderDraft } from "../../src/testing/index.js";
import { EXACT } from "./masters.js";

const plain = <Shape extends object>(fields: { [Field in keyof Shape]: Arbitrary<Shape[Field]> }): Arbitrary<Shape> =>
  fc.record<Shape>(fields, { noNullPrototype: true });

/** Now and then a share of nothing, often all, else something between, in thousandths. */
const share: Arbitrary<number> = fc.oneof(fc.constant(1000), fc.constant(1000), fc.constant(0), fc.nat({ max: 1000 }));

export const someContext: Arbitrary<DecisionContext> = fc.boolean().map((isLong) =>
  anyContext({
    at: "2026-06-01T09:00:00.000Z",
    ...(isLong ? { startedAt: "2026-06-01T08:40:00.000Z" } : {}),
    actor: { function: "orderDesk", person: "P-1" },
  }),
);

const someSharing: Arbitrary<BatchSharing[]> = fc.array(
  fc.record<BatchSharing, "rule">(
    {
      itemCodes: fc.subarray(["TEA", "SALT", "RICE"]),
      rule: fc.constantFrom(...FAIR_SHARE_RULES),
      minimum: fc.constantFrom("0", "2", "4.5").map(decimal),
      weights: fc.constant([{ customerClass: "A", weight: decimal("2.5") }]),
      tiers: fc.constantFrom([["A"]], [["B"], ["A"]]),
      quotas: fc.constantFrom([{ customerClass: "A", kind: "percent", figure: decimal("40") }]),
    },
    { noNullPrototype: true, requiredKeys: ["rule"] },
  ),
  { minLength: 1, maxLength: 2 },
);

const someServicePolicy: Arbitrary<AllocationPolicy> = fc.oneof(
  policyOf(),
  wishPolicy(),
  fc.constantFrom<AllocationPolicy["lots"]>("fifo", "fefo", "lifo").map((lots): AllocationPolicy => ({
    priority: [],
    sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH", "EAST"] },
    lots,
  })),
);

export const someAllocationPolicy: Arbitrary<AllocationPolicy> = fc
  .tuple(someServicePolicy, fc.option(someSharing, { nil: undefined }))
  .map(([policy, sharing]) => (sharing === undefined ? policy : { ...policy, sharing }));

const someStrategy = fc.constantFrom(...RECONFIRM_STRATEGIES);

export const someReconfirmPolicy: Arbitrary<ReconfirmOrdersPolicy> = fc
  .tuple(
    someServicePolicy,
    fc.tuple(someStrategy, someStrategy, someStrategy, someStrategy),
    fc.constantFrom(...FAIR_SHARE_RULES),
    fc.nat({ max: 7 }),
  )
  .map(([allocation, [first, second, third, otherwise], rule, choice]) => ({
    allocation,
    strategies: [
      { customerClasses: ["A"], strategy: first },
      { customerCodes: ["C-1"], promise: "none", strategy: second },
      { preBooked: "no", customerTypes: ["retailer"], strategy: third },
    ],
    otherwise,
    consent: (["none", "whenLosing", "whenLater"] as const)[choice % 3]!,
    ...(choice % 3 === 0 ? { keepsUnusable: ["held" as const] } : {}),
    onException: choice % 4 === 0 ? "abort" : "bestEffort",
    redistribute: choice < 4 ? { kind: "inOrder" } : { kind: "fairShare", policy: { rule, quantum: decimal("0.5") } },
  }));

export const someReviewPolicy: Arbitrary<ReviewPolicy> = plain<ReviewPolicy>({
  requiredFields: fc.constantFrom([], [], ["remark" as const]),
  priceTolerancePercent: fc.constantFrom(EXACT, decimal("10000000")),
  severities: fc.constantFrom(
    {},
    { "review.price_differs": "warning" as const, "review.not_a_multiple": "ignore" as const },
  ),
  onError: fc.constantFrom("returnForCorrection", "returnForCorrection", "reject"),
});

export const somePricePolicy: Arbitrary<PricePolicy> = plain<PricePolicy>({
  rounding: fc.constantFrom(...ROUNDING_MODES),
  givenPrice: fc.constantFrom("honour", "replace"),
});

/**
 * Drafts as customers write them, many at prices that are ours, with discounts that are not more than the goods, and most
 * of these for the wave that there is.
 */
export const someDraft: Arbitrary<OrderDraft> = fc
  .tuple(arbitraryOrderDraft(), fc.integer({ min: 0, max: 3 }))
  .map(([draft, tameness]) =>
    tameness === 0
      ? draft
      : {
          ...draft,
          ...(draft.deliveryWaveId === undefined || tameness === 1 ? {} : { deliveryWaveId: "W-1" }),
          lines: draft.lines.map((line) => {
            const { unitPrice: _price, discount, ...rest } = line;
            return discount?.kind === "percent" ? { ...rest, discount } : rest;
          }),
        },
  );

/** A corrected draft, mostly under the order's own number, and for who ordered it and where it is to go. */
export function correctionOf({ orderNo, header }: Order): Arbitrary<OrderDraft> {
  const { customerCode, shipToAddress, currency } = header;
  return fc.tuple(someDraft, fc.nat({ max: 5 })).map(([draft, choice]) => {
    if (choice === 0) return draft;
    return choice < 3 ? { ...draft, orderNo } : { ...draft, orderNo, customerCode, shipToAddress, currency };
  });
}

export function someHold(order: Order): Arbitrary<HoldOrder> {
  const lineIds = [...order.lines.map(({ lineId }) => lineId), "NO-LINE"];
  return fc
    .tuple(
      fc.constantFrom("H-1", "H-2", "H-3", "H-4", "H-5"),
      fc.subarray(["confirm", "allocate", "pick", "load", "ship", "deliver", "invoice", "close"] as const),
      fc.option(fc.constantFrom(...lineIds)),
    )
    .map(([holdId, blocks, lineId]) => ({
      holdId,
      type: "credit",
      blocks,
      reason: "to be looked at",
      ...(lineId === null ? {} : { lineId }),
    }));
}

/** Counts of what is there: all, a part, nothing, or what cannot be. */
export function someCounts(order: Order, bucket: "allocated" | "picked"): Arbitrary<FloorCount[]> {
  const full = fullCounts(order, bucket);
  const found = fc.array(
    fc.tuple(share, fc.option(fc.constantFrom("writeOff" as const, "keep" as const)), fc.nat({ max: 9 })),
    { minLength: full.length, maxLength: full.length },
  );
  return fc.tuple(found, fc.nat({ max: 11 })).map(([luck, slip]) => {
    const counts = full.flatMap((count, place): FloorCount[] => {
      const [part, stock, skip] = luck[place] ?? [1000, null, 1];
      if (skip === 0) return [];
      const quantity = portionOf(count.quantity, part);
      return [{ ...count, quantity, ...(stock === null ? {} : { shortage: { reason: "not_found", stock } }) }];
    });
    const [first] = counts;
    if (first === undefined || slip > 4) return counts;
    const slips: readonly FloorCount[] = [
      { ...first, lineId: "NO-LINE" },
      first,
      { ...first, source: { warehouseId: "NOWHERE" } },
    ];
    const wrong = slips[slip];
    if (wrong !== undefined) return [...counts, wrong];
    const quantity = slip === 3 ? negate(decimal("1")) : add(first.quantity, decimal("100000"));
    return [{ ...first, quantity }, ...counts.slice(1)];
  });
}

/** Shipments: of all or of some lines, mostly with the consent that goods which come together may leave in part. */
export function someShipment({ orderNo, header, lines }: Order): Arbitrary<RecordShipment> {
  const lineIds = lines.map(({ lineId }) => lineId);
  return fc
    .tuple(fc.constantFrom("picked" as const, "loaded" as const), fc.nat({ max: 11 }), fc.subarray(lineIds))
    .map(([what, luck, some]) => {
      const agreedAt = instant("2026-06-01T08:00:00.000Z");
      const consent = {
        customerCode: luck === 0 ? "C-99" : header.customerCode,
        subject: orderNo,
        agreedBy: "Ms Wu",
        agreedAt,
        reference: "MAIL-7",
        ...(luck === 1 ? { expiresAt: agreedAt } : {}),
      };
      return {
        shipmentNo: "SH-1",
        what,
        ...(luck === 2 ? { lineIds: some } : {}),
        ...(luck < 10 ? { consent } : {}),
      };
    });
}

/** Deliveries: all accepted, or lines of which a part is refused or short, or figures that do not add up. */
export function someDelivery(order: Order): Arbitrary<RecordDelivery> {
  const shipped = order.lines.filter(({ quantities }) => quantities.shipped !== ZERO);
  const signed = fc.array(fc.tuple(share, share), { minLength: shipped.length, maxLength: shipped.length });
  return fc.tuple(signed, fc.nat({ max: 12 })).map(([parts, kind]) => {
    if (kind < 3) return {};
    const lines = shipped.map((line, place): SignedLine => {
      const { lineId, quantities } = line;
      const [good = 1000, back = 1000] = parts[place] ?? [];
      const accepted = portionOf(quantities.shipped, good);
      const refused = portionOf(subtract(quantities.shipped, accepted), back);
      const short = subtract(subtract(quantities.shipped, accepted), refused);
      return {
        lineId,
        accepted,
        ...(refused === ZERO ? {} : { refused: { quantity: refused, reason: "damaged" } }),
        ...(short === ZERO ? {} : { short: { quantity: short, reason: "missing", reasonCode: "QTY" as const } }),
        ...surplusOf(kind, line),
      };
    });
    const [first, ...rest] = lines;
    if (first === undefined) return { lines };
    if (kind === 3) return { lines: [{ ...first, accepted: add(first.accepted, decimal("1")) }, ...rest] };
    if (kind === 4) return { lines: [...lines, first, { ...first, lineId: "NO-LINE" }] };
    if (kind === 5) return { receivedBy: "Lee", lines: rest };
    return { receivedBy: "Lee", lines };
  });
}

/** Now and then more came than was shipped, from one of the places of the line. */
function surplusOf(kind: number, { reservations, unitFactor }: OrderLine): Pick<SignedLine, "over"> {
  const action = ({ 10: "keep", 11: "return", 12: "bill" } as const)[kind];
  const [place] = reservations;
  if (action === undefined || place === undefined) return {};
  return { over: { quantity: unitFactor.numerator, reason: "extra", action, source: stockSource(place) } };
}

/** Cancellations: of everything, of lines, of parts of them, and of what cannot be. */
export function someCancellation(
  order: Order,
): Arbitrary<readonly [CancelOrder, Pick<CancelOrderContext, "consentFrom">]> {
  const lines = fc.array(fc.tuple(fc.nat({ max: 3 }), share), {
    minLength: order.lines.length,
    maxLength: order.lines.length,
  });
  const consentFrom = fc.constantFrom(undefined, "allocated" as const, "picked" as const);
  return fc
    .tuple(fc.nat({ max: 9 }), lines, consentFrom, fc.boolean())
    .map(([kind, parts, from, isAgreed]): [CancelOrder, Pick<CancelOrderContext, "consentFrom">] => {
      const policy = from === undefined ? {} : { consentFrom: from };
      const command: CancelOrder = { reason: "no_longer_needed", ...(isAgreed ? { consent: "MAIL-7" } : {}) };
      if (kind < 4) return [command, policy];
      const some = order.lines.flatMap(({ lineId, quantities }, place) => {
        const [choice = 0, part = 0] = parts[place] ?? [];
        const quantity = portionOf(sum(CANCELLABLE_BUCKETS.map((bucket) => quantities[bucket])), part);
        if (choice === 0 || quantity === ZERO) return [];
        return [choice === 1 ? { lineId } : { lineId, quantity }];
      });
      const [first] = some;
      if (kind === 4 && first !== undefined) return [{ ...command, lines: [...some, first] }, policy];
      if (kind === 5) return [{ ...command, lines: [...some, { lineId: "NO-LINE" }] }, policy];
      return [{ ...command, lines: some }, policy];
    });
}

export function someInvoice({ billing, version }: Order): Arbitrary<PostInvoice> {
  const numbers = [`INV-${version}`, `INV-${version}`, ...billing.invoices.map(({ invoiceNo }) => invoiceNo)];
  return plain<PostInvoice>({
    invoiceNo: fc.constantFrom(...numbers),
    issuedOn: fc.constant(calendarDay("2026-06-02")),
    dueOn: fc.constantFrom(...["2026-07-02", "2026-07-02", "2026-07-02", "2026-06-01"].map(calendarDay)),
    rounding: fc.constantFrom(...ROUNDING_MODES),
  });
}

/** Payments of what is owed, of a part, of too much, and of what nobody could book. */
export function somePayment({ billing, totals, header, version }: Order): Arbitrary<ApplyPayment> {
  const { currency } = header;
  const decimals = minorUnitOf(currency) ?? 2;
  const due = subtract(totals?.payable ?? decimal("10"), billing.collectedAmount);
  const ids = [`P-${version}`, `P-${version}`, `P-${version}`, ...billing.payments.map(({ paymentId }) => paymentId)];
  return fc
    .tuple(fc.constantFrom(...ids), share, fc.nat({ max: 9 }), fc.constantFrom("refuse" as const, "refund" as const))
    .map(([paymentId, part, kind, overpayment]) => ({
      paymentId,
      amount: kind === 0 ? add(due, decimal("5")) : round(portionOf(due, part), decimals, "halfUp"),
      currency: kind === 1 ? "USD" : currency,
      receivedAt: instant("2026-06-05T10:00:00.000Z"),
      overpayment,
    }));
}

function portionOf(whole: Decimal, thousandths: number): Decimal {
  const scale = scaleOf(whole);
  return fromUnits((toUnits(whole, scale) * BigInt(thousandths)) / 1000n, scale);
}
