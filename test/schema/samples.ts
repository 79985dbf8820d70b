import type { Result } from "../../src/core/result.js";
import type { OrderEvent } from "../../src/model/event.js";
import {
  parseAllocationPlan,
  parseAllocationPolicy,
  parseArchivedOrder,
  parseBatchRule,
  parseChange,
  parseCoupon,
  parseCustomer,
  parseDeliveryWave,
  parseDisplacement,
  parseHostRequest,
  parseInvoice,
  parseItem,
  parseOrder,
  parseOrderDraft,
  parseOrderEvent,
  parseOutcome,
  parseParticipantPolicy,
  parsePriceEntry,
  parseReallocationProposal,
  parseReallocationPolicy,
  parseReconfirmOrdersPolicy,
  parseReleasePolicy,
  parseSubstituteProposal,
  parsePromotion,
  parsePromotionPolicy,
  parsePromotionUsageEntry,
  parseSalesRecord,
  parseStockMovement,
  parseStockPosition,
  parseWarehouse,
  type ParseOptions,
  type SchemaIssue,
  type SchemaName,
} from "../../src/schema/index.js";
import { decimal, subtract } from "../../src/core/decimal.js";
import { USUAL_PROMOTION_POLICY } from "../../src/model/promotion/promotion-policy.js";
import { POLICY_SAMPLES } from "./policy-samples.js";
import { PROMOTION_SAMPLES } from "./promotion-samples.js";
import {
  anyCoupon,
  anyCustomer,
  anyDisplacement,
  anyItem,
  anyOrder,
  anyOrderHistory,
  anyPriceEntry,
} from "../../src/testing/index.js";

/** The parser of each record that has a JSON Schema. */
export const PARSERS: Readonly<
  Record<SchemaName, (input: unknown, options?: ParseOptions) => Result<unknown, SchemaIssue>>
> = {
  order: parseOrder,
  orderDraft: parseOrderDraft,
  customer: parseCustomer,
  item: parseItem,
  priceEntry: parsePriceEntry,
  stockPosition: parseStockPosition,
  warehouse: parseWarehouse,
  deliveryWave: parseDeliveryWave,
  stockMovement: parseStockMovement,
  change: parseChange,
  orderEvent: parseOrderEvent,
  hostRequest: parseHostRequest,
  outcome: parseOutcome,
  archivedOrder: parseArchivedOrder,
  invoice: parseInvoice,
  salesRecord: parseSalesRecord,
  coupon: parseCoupon,
  promotionPolicy: parsePromotionPolicy,
  promotionUsageEntry: parsePromotionUsageEntry,
  allocationPlan: parseAllocationPlan,
  displacement: parseDisplacement,
  reallocationProposal: parseReallocationProposal,
  substituteProposal: parseSubstituteProposal,
  allocationPolicy: parseAllocationPolicy,
  reconfirmOrdersPolicy: parseReconfirmOrdersPolicy,
  reallocationPolicy: parseReallocationPolicy,
  releasePolicy: parseReleasePolicy,
  participantPolicy: parseParticipantPolicy,
  batchRule: parseBatchRule,
  // What a promotion's fields say together is refused with codes of its own.
  promotion: (input, options) => parsePromotion(input, options) as Result<unknown, SchemaIssue>,
};

const at = "2026-03-02T09:00:00.000Z";
const address = {
  name: "Lee",
  street: "1 Harbour Road",
  city: "Hamburg",
  region: "HH",
  postalCode: "20457",
  country: "DE",
};
const deliveryRequirement = { windowFrom: "08:00", windowTo: "11:30", services: ["shelving"], note: "ring\ntwice" };
const finding = {
  code: "review.price",
  path: ["lines", 0],
  params: { expected: "2.5", nested: { a: [1] } },
  severity: "warning",
};
const source = { warehouseId: "NORTH", binId: "B-1", lotNo: "L-1", owner: "C-100" };
const discrepancies = [{ lineId: "SO-1-1", source, expected: "5", actual: "4", reason: "broken" }];

/** A draft with every field. */
export const FULL_DRAFT = {
  orderNo: "SO-1",
  customerCode: "C-100",
  customerName: "角落商店",
  receivedAt: at,
  orderDate: "2026-03-02",
  requestedDeliveryDate: "2026-03-04",
  deliveryWaveId: "AM",
  paymentMeans: "30",
  paymentTerm: "credit",
  salespersonCode: "S-1",
  deliveryRequirement,
  customerPoNo: "PO 7/3",
  remark: "fragile 😀",
  shipToAddress: address,
  deliveryAreaPath: ["hamburg", "harbour", "码头 7"],
  vehicleRestriction: {
    maxLengthMetres: "7.5",
    maxHeightMetres: "2.8",
    maxWeightKilograms: "3500",
    accessFrom: "06:00",
    accessTo: "10:30",
  },
  orderSource: "visit",
  channel: "edi",
  currency: "EUR",
  charges: [{ kind: "freight", amount: "5" }],
  partialAllowed: false,
  shortagePolicy: "backfillOnArrival",
  preBooked: true,
  couponCodes: ["TEA-7", "SPRING"],
  giftChoices: { "P-1": "CUP" },
  lines: [
    { lineNo: 1, itemCode: "TEA", itemName: "Green tea", quantity: "10", uom: "CS", unitPrice: "2.5" },
    { lineNo: 2, itemCode: "SALT", quantity: "0.5", discount: { kind: "percent", percent: "12.5" } },
    {
      lineNo: 3,
      itemCode: "RICE",
      quantity: "3",
      discount: { kind: "amount", amount: "0.1" },
      transactionCategory: "sale",
    },
  ],
};

const worked = anyOrder({
  stage: "confirmed",
  header: {
    deliveryWaveId: "AM",
    paymentMeans: "30",
    paymentTerm: "credit",
    customerType: "retailer",
    customerClass: "A",
    creditRating: "B",
    salespersonCode: "S-1",
    deliveryRequirement,
    customerPoNo: "PO-1",
    requestedDeliveryDate: "2026-03-04",
    remark: "fragile",
    orderSource: "call",
    channel: "phone",
    vehicleRestriction: { maxHeightMetres: "2.5", accessTo: "10:00" },
    charges: [{ kind: "freight", amount: "5" }],
    preBooked: true,
    couponCodes: ["TEA-7"],
    giftChoices: { "P-1": "CUP" },
  },
  lines: [
    {
      orderedQty: "10",
      itemSpec: "loose",
      quantum: "1",
      discount: { kind: "percent", percent: "10" },
      quantities: { allocated: "2", picked: "3", shipped: "1", backfill: "1", cancelled: "1" },
      promises: [{ day: "2026-03-04", kind: "onHand", promisedAt: at }],
      minimumRemainingLifeDays: 5,
      temperatureClass: "chilled",
    },
    {
      itemCode: "SALT",
      orderedQty: "2",
      uom: "CS",
      unitFactor: { numerator: "12", denominator: "1" },
      quantities: { picked: "20" },
    },
  ],
  holds: [{ lineId: "SO-1-1" }],
  billing: {
    invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-02", dueOn: "2026-04-01", charges: "0", payable: "12.5" }],
    payments: [{ paymentId: "P-1", amount: "2.5", receivedAt: at }],
  },
  provenance: { currency: "master", channel: "given" },
});
const [line] = worked.lines;

const adjustment = { promotionId: "P-1", version: 1, code: "TEA-7", amount: "1" };
const shares = [
  { quantity: "9", amount: "0.9" },
  { quantity: "1", amount: "0.1" },
];
const promotions = {
  asOf: at,
  applied: [{ ...adjustment, name: "Ten percent", amount: "1.5", units: "10", uses: "spent" }],
  charges: [{ ...adjustment, charge: 0, amount: "0.5" }],
};

/** An order in the middle of its life, with nearly every field. */
export const FULL_ORDER = {
  ...worked,
  promotions,
  totals: { ...worked.totals!, charges: "4.5", payable: subtract(worked.totals!.payable, decimal("0.5")) },
  lines: [
    {
      ...line!,
      adjustments: [{ ...adjustment, shares }],
      reservations: [
        { ...source, quantities: { allocated: "1", picked: "2" }, loaded: "1" },
        { warehouseId: "SOUTH", quantities: { allocated: "1", picked: "1", shipped: "1" } },
      ],
    },
    ...worked.lines.slice(1).map((other) => ({
      ...other,
      giftOf: { promotionId: "P-1", version: 1, triggers: ["SO-1-1"] },
    })),
  ],
};

const usage = {
  entryId: "SO-1@2/1",
  kind: "reserve",
  promotionId: "P-1",
  code: "TEA-7",
  customerCode: "C-100",
  orderNo: "SO-1",
  uses: 1,
  amount: "1.50",
  units: "10",
  at,
};

const history = anyOrderHistory();
const event = (type: OrderEvent["type"], details: unknown): unknown => ({
  ...history.events[1],
  type,
  details,
  startedAt: at,
  actor: { function: "sales", person: "Kim" },
});

/** Valid records of each kind, as JSON could bring them. */
export const SAMPLES: Readonly<Record<SchemaName, readonly unknown[]>> = JSON.parse(
  JSON.stringify({
    order: [
      anyOrder(),
      anyOrder({ totals: null }),
      FULL_ORDER,
      history.order,
      anyOrder({ lines: [{ unitPrice: null }] }),
    ],
    orderDraft: [
      FULL_DRAFT,
      {
        orderNo: "1",
        customerCode: "2",
        receivedAt: "2026-03-02T10:00+01:00",
        orderDate: "2026-03-02",
        lines: [{ itemCode: "TEA", quantity: 12.5 }],
      },
    ],
    customer: [
      anyCustomer(),
      {
        ...anyCustomer(),
        contact: { name: "Lee", phone: "+49 40 1", email: "lee@example.org" },
        shipToAddress: address,
        route: { routeId: "R", position: 1 },
        vehicleRestriction: {
          maxLengthMetres: "7.5",
          maxHeightMetres: 3,
          maxWeightKilograms: "7500",
          accessFrom: "06:00",
          accessTo: "10:00",
        },
        unloadingConditions: {
          clearHeightMetres: "2.1",
          floor: -1,
          equipment: ["trolley"],
          extraMinutes: "15",
          crew: 2,
        },
        deliveryRequirement,
        situation: "active",
        credit: { rating: "A", limit: "1000", since: "2026-01-01" },
        partialAllowed: false,
        shortagePolicy: "leaveOpen",
        minimumRemainingLifeDays: 0,
      },
    ],
    item: [
      anyItem(),
      {
        ...anyItem(),
        spec: "loose",
        gtin: "04006381333931",
        orderMultiple: "6",
        minOrderQty: "6",
        quantum: "1",
        unitVolume: "0.001",
        unitWeight: "0.25",
        categories: ["food"],
        tags: ["new"],
        attributes: { brand: "Lee" },
        taxRate: "7",
        lifeStatus: "active",
        reorderLevel: "0",
        temperatureClass: "chilled",
        substitutes: [
          {
            itemCode: "SALT",
            ratio: { numerator: 1, denominator: "3" },
            priority: 1,
            validFrom: "2026-01-01",
            validTo: "2026-02-01",
            consentRequired: true,
            priceRule: { kind: "own", difference: "-0.10" },
          },
          {
            itemCode: "OIL",
            ratio: { numerator: "2", denominator: "1" },
            priority: 2,
            consentRequired: false,
            priceRule: { kind: "original", difference: 1 },
          },
          {
            itemCode: "RICE",
            ratio: { numerator: "2", denominator: "1" },
            priority: 3,
            consentRequired: false,
            priceRule: { kind: "lower" },
          },
        ],
      },
    ],
    priceEntry: [
      anyPriceEntry(),
      {
        ...anyPriceEntry(),
        customerType: "retailer",
        paymentTerm: "cash",
        minQuantity: "0",
        validFrom: "2026-01-01",
        validTo: "2026-02-01",
        unitPrice: 0,
        floorPrice: "0",
      },
    ],
    stockPosition: [
      {
        ...source,
        itemCode: "TEA",
        onHand: "10",
        reserved: 4,
        picked: "1.0",
        inTransit: "-0",
        inbound: "0",
        onOrder: "0",
        receivedOn: "2026-01-01",
        expiresOn: "2026-06-01",
        condition: "held",
      },
    ],
    warehouse: [
      { warehouseId: "NORTH", name: "North", address },
      {
        warehouseId: "SOUTH",
        name: "South",
        servedAreas: [[], ["hamburg"], ["hamburg", "harbour", "码头 7"]],
        vehicles: [
          { vehicleClass: "any" },
          {
            vehicleClass: "7.5t",
            lengthMetres: "8.2",
            heightMetres: "3.2",
            weightKilograms: "7500",
            arrivesFrom: "06:00",
            arrivesTo: "20:00:00",
          },
        ],
        temperatureClasses: ["chilled"],
      },
    ],
    deliveryWave: [
      { deliveryWaveId: "AM", name: "Morning", cutOff: "16:00", departure: "06:30:00", timeZone: "Europe/Berlin" },
    ],
    stockMovement: [
      ...history.movements,
      {
        ...source,
        kind: "receive",
        itemCode: "TEA",
        quantity: "4",
        at,
        orderNo: "SO-1",
        lineId: "SO-1-1",
        receivedOn: "2026-01-01",
        expiresOn: "2026-06-01",
      },
    ],
    change: [
      ...history.events.flatMap(({ changes }) => changes),
      {
        kind: "quantity_moved",
        lineId: "SO-1-1",
        from: "open",
        to: "backfill",
        quantity: "1",
        shortage: { cause: "allocation", mode: "onArrival", reason: "empty_stock", since: at },
      },
      { kind: "quantity_added", lineId: "SO-1-1", quantity: "1" },
      { kind: "line_added", line },
      {
        kind: "price_set",
        lines: [
          {
            lineId: "SO-1-1",
            unitPrice: "1",
            allowance: "1",
            lineAmount: "9",
            adjustments: [{ ...adjustment, shares }],
          },
        ],
        totals: worked.totals,
        promotions,
      },
      {
        kind: "terms_set",
        header: { remark: "ring twice", deliveryAreaPath: ["bremen"] },
        cleared: ["paymentTerm"],
        lines: [{ lineId: "SO-1-1", unitPrice: "2.4", discount: { kind: "percent", percent: "5" } }],
      },
      { kind: "promise_set", lineId: "SO-1-1", promise: { day: "2026-03-04", kind: "capable", promisedAt: at } },
      { kind: "hold_set", hold: { ...worked.holds[0], state: "resolved", endedAt: at } },
    ],
    orderEvent: [
      ...history.events,
      event("order_corrected", { replaces: 3 }),
      event("order_returned_for_correction", { findings: [finding] }),
      event("order_rejected", { findings: [] }),
      event("order_priced", { payable: "1" }),
      event("promotions_revised", { cause: "cancel", payable: "1" }),
      event("order_picked", { discrepancies }),
      event("order_loaded", { vehicleId: "V", discrepancies }),
      event("order_amended", { reason: "asked", consent: "MAIL-7", fields: ["shipToAddress"], lineIds: ["SO-1-1"] }),
      event("add_on_joined", { lineIds: ["SO-1-1"] }),
      event("delivery_failed", {
        reason: "nobody_home",
        attempt: 1,
        goods: "inDepot",
        nextOn: "2026-03-05",
        lines: [{ lineId: "SO-1-1", quantity: "2" }],
      }),
      event("transit_loss_recorded", { carrier: "NORTHWAY", discrepancies }),
      event("wrong_item_found", {
        foundAt: "load",
        wrongItemCode: "SALT",
        wrongSource: source,
        wrongGoods: "putBack",
        discrepancies,
      }),
      event("wrong_item_found", {
        foundAt: "afterSigning",
        wrongItemCode: "SALT",
        wrongSource: source,
        wrongGoods: "bill",
        consent: "MAIL-7",
        billedLineId: "SO-1-2",
        discrepancies,
      }),
      event("hold_placed", { holdId: "H-1", type: "credit" }),
      event("hold_released", { holdId: "H-1", state: "rejected" }),
    ],
    hostRequest: [
      { type: "notify_customer", orderNo: "SO-1", template: "order_shipped" },
      { type: "return_to_customer", orderNo: "SO-1", findings: [finding] },
      { type: "review", orderNo: "SO-1", findings: [] },
      { type: "expect_receivable", orderNo: "SO-1", amount: "1" },
      { type: "count_stock", orderNo: "SO-1", itemCode: "TEA", source },
      { type: "reprint", orderNo: "SO-1", document: "pick_list", cause: "pick", lineIds: ["SO-1-1"] },
      { type: "reprice", orderNo: "SO-1", lineIds: ["SO-1-1"] },
      { type: "plan_delivery", orderNo: "SO-1", cause: "failedDelivery", day: "2026-03-05" },
      {
        type: "claim_from_carrier",
        orderNo: "SO-1",
        carrier: "NORTHWAY",
        lines: [{ lineId: "SO-1-1", itemCode: "TEA", quantity: "4", reason: "lost" }],
      },
      { type: "refund", orderNo: "SO-1", amount: "12.50" },
      { type: "post_promotion_usage", orderNo: "SO-1", entries: [usage] },
      { type: "correct_billing", orderNo: "SO-1", credit: "1", charge: "0" },
      { type: "take_back_gift", orderNo: "SO-1", lineId: "SO-1-2", quantity: "1" },
    ],
    archivedOrder: [
      {
        format: "ordercycle.archived-order",
        formatVersion: 1,
        archivedAt: at,
        order: history.order,
        events: history.events,
      },
    ],
    outcome: [{ order: history.order, events: history.events, movements: history.movements, requests: [] }],
    invoice: [
      {
        invoiceNo: "I-1",
        orderNo: "SO-1",
        customerCode: "C-100",
        customerPoNo: "PO-1",
        currency: "EUR",
        issuedOn: "2026-03-02",
        dueOn: "2026-04-01",
        lines: [
          {
            lineId: "SO-1-1",
            itemCode: "TEA",
            itemName: "Tea",
            transactionCategory: "sale",
            quantity: "4",
            baseUom: "EA",
            unitPrice: "2.5",
            priceUom: "EA",
            amount: "10",
          },
        ],
        net: "10",
        charges: "5",
        payable: "15",
      },
    ],
    reallocationProposal: [
      {
        proposalId: "RP-1",
        state: "pending",
        winner: { orderNo: "SO-1", lineId: "SO-1-1" },
        itemCode: "TEA",
        quantity: "4.5",
        stillShort: "0",
        transfers: [
          {
            victim: { orderNo: "SO-2", lineId: "SO-2-1" },
            customerCode: "C-2",
            quantity: 4.5,
            places: [
              { source, quantity: "4" },
              { source: { warehouseId: "NORTH" }, quantity: "0.50" },
            ],
            harm: "9.123456789",
            oldDay: "2026-03-04",
            newDay: "2026-03-09",
          },
        ],
        harm: "9.123456789",
        optimal: true,
        notAsked: [{ orderNo: "SO-3", lineId: "SO-3-1", code: "promise_kept" }],
      },
    ],
    substituteProposal: [
      {
        proposalId: "SP-1-1",
        state: "pending",
        line: { orderNo: "SO-1", lineId: "SO-1-1" },
        customerCode: "C-100",
        way: ["TEA", "MATE", "CHAI"],
        itemCode: "CHAI",
        ratio: { numerator: "3", denominator: "2" },
        replaces: "4",
        quantity: "6",
        stillShort: "1.5",
        suffices: false,
        available: "20",
        orderedQty: "0.5",
        uom: "CS",
        unitFactor: { numerator: "12", denominator: "1" },
        unitPrice: "26.66666666",
        discount: { kind: "amount", amount: "2" },
        unitPriceDifference: "-0.125",
        priceDifference: "1.5",
        consentRequired: true,
      },
    ],
    displacement: [
      anyDisplacement(),
      anyDisplacement({
        quantity: "0.5",
        oldDate: "2026-03-04",
        newDate: "2026-03-09",
        actor: { function: "orderDesk", person: "P-1" },
        consent: "MAIL-7",
        customerToldAt: at,
        undoneAt: at,
      }),
    ],
    salesRecord: [
      {
        documentNo: "1",
        kind: "credit",
        itemCode: "TEA",
        itemName: "Tea",
        quantity: -6,
        unitPrice: "-2.5",
        soldOn: "2010-12-01",
        customerCode: "C",
        country: "UK",
      },
    ],
    coupon: [
      anyCoupon(),
      {
        ...anyCoupon(),
        validFrom: at,
        validTo: "2026-07-01T00:00:00+02:00",
        customerCodes: ["C-1"],
        itemCodes: ["TEA"],
        blocked: true,
      },
    ],
    promotionPolicy: [
      USUAL_PROMOTION_POLICY,
      {
        ...USUAL_PROMOTION_POLICY,
        decimals: 4,
        prices: "taxInclusive",
        lanes: [
          { lane: "shelf", mode: "bestPerLine" },
          { lane: "till", mode: "stack" },
        ],
        ties: "id",
        search: { kind: "bestForCustomer", steps: 500 },
      },
    ],
    promotionUsageEntry: [usage, { ...usage, kind: "release", code: undefined }],
    allocationPlan: [
      { at, today: "2026-03-02", orders: [], refused: [] },
      {
        at,
        today: "2026-03-02",
        policy: { policyId: "P-7", version: "3", name: "Best customers first" },
        orders: [
          {
            orderNo: "SO-1",
            version: 4,
            lines: [
              {
                orderNo: "SO-1",
                lineId: "SO-1-1",
                warehouses: ["NORTH"],
                allocated: "4.5",
                itemCode: "TEA",
                rank: 1,
                requested: "10",
                takes: [
                  { source, quantity: "4" },
                  { source: { warehouseId: "NORTH" }, quantity: "0.5" },
                ],
                short: "5.5",
                code: "served_in_part",
              },
            ],
          },
        ],
        refused: [
          { orderNo: "SO-2", issues: [{ code: "status.on_hold", path: ["holds", 0], params: { holdId: "H" } }] },
        ],
      },
    ],
    promotion: PROMOTION_SAMPLES,
    ...POLICY_SAMPLES,
  }),
);

/** Codes and paths of a refusal, to be compared. */
export function refusalOf(result: Result<unknown, SchemaIssue>): readonly string[] {
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
}
