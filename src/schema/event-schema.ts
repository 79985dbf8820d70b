import * as z from "zod";
import type { EventDetails, OrderEvent, OrderEventType, QuantityDiscrepancy, ReconfirmedLine } from "../model/event.js";
import type { WantedGoods } from "../model/wanted-goods.js";
import { RECONFIRM_STRATEGIES } from "../model/reconfirm-strategy.js";
import { DISPUTE_ACTIONS, DISPUTE_REASONS } from "../model/dispute-codes.js";
import { AMENDABLE_FIELDS } from "../model/order.js";
import { allocationReasonSchema } from "./allocation-reason-schema.js";
import { changeSchema } from "./change-schema.js";
import { moneySchema, nonNegativeSchema, quantitySchema, signedMoneySchema } from "./decimal-schema.js";
import { actorSchema, displacementSchema } from "./displacement-schema.js";
import { exactly } from "./exactly.js";
import { findingSchema } from "./finding-schema.js";
import { substitutedLineSchema } from "./order-line-schema.js";
import { policyIdentitySchema } from "./policy-identity-schema.js";
import { consentSchema, mergeRecordSchema } from "./shortage-schema.js";
import { stockSourceSchema } from "./stock-schema.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema } from "./time-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

const quantityDiscrepancySchema: z.ZodType<QuantityDiscrepancy> = /* @__PURE__ */ (() =>
  exactly<QuantityDiscrepancy>()(
    z.strictObject({
      lineId: nameSchema,
      source: z.exactOptional(stockSourceSchema),
      expected: nonNegativeSchema,
      actual: nonNegativeSchema,
      reason: nameSchema,
      reasonCode: z.exactOptional(z.enum(DISPUTE_REASONS)),
      actionCode: z.exactOptional(z.enum(DISPUTE_ACTIONS)),
      surplus: z.exactOptional(z.enum(["keep", "return", "bill"])),
    }),
  ))();

const reconfirmedLineSchema: z.ZodType<ReconfirmedLine> = /* @__PURE__ */ (() =>
  exactly<ReconfirmedLine>()(
    z.strictObject({
      lineId: nameSchema,
      strategy: z.enum(RECONFIRM_STRATEGIES),
      before: nonNegativeSchema,
      after: nonNegativeSchema,
      missing: z.exactOptional(quantitySchema),
    }),
  ))();

const wantedGoodsSchema: z.ZodType<WantedGoods> = /* @__PURE__ */ (() =>
  exactly<WantedGoods>()(
    z.strictObject({
      itemCode: nameSchema,
      warehouseId: z.exactOptional(nameSchema),
      quantity: quantitySchema,
      winner: z.exactOptional(z.strictObject({ orderNo: nameSchema, lineId: nameSchema })),
    }),
  ))();

/** One type of event: what all carry, and its own details. */
function eventOf<Type extends OrderEventType, Details extends z.ZodType<EventDetails[Type]>>(
  type: Type,
  details: Details,
) {
  return z.strictObject({
    type: z.literal(type),
    eventId: nameSchema,
    orderNo: nameSchema,
    version: counterSchema,
    at: instantSchema,
    startedAt: z.exactOptional(instantSchema),
    step: z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    actor: actorSchema,
    customerVisible: z.boolean(),
    details,
    changes: z.array(changeSchema),
  });
}

/**
 * Something that happened to an order.
 *
 * **Source:** mission 11.3, 20.1
 */
export const orderEventSchema: z.ZodType<OrderEvent> = /* @__PURE__ */ (() => {
  const findings = z.strictObject({ findings: z.array(findingSchema) });
  const mergeRecords = z.strictObject({ records: z.array(mergeRecordSchema) });
  const discrepancies = z.array(quantityDiscrepancySchema);
  return exactly<OrderEvent>()(
    z.discriminatedUnion("type", [
      eventOf("order_entered", z.strictObject({ lines: countSchema })),
      eventOf("order_corrected", z.strictObject({ replaces: countSchema })),
      eventOf("order_reviewed", findings),
      eventOf("order_returned_for_correction", findings),
      eventOf("order_rejected", findings),
      eventOf("order_priced", z.strictObject({ payable: moneySchema })),
      eventOf(
        "promotions_revised",
        z.strictObject({ cause: z.enum(["cancel", "short", "return", "amend"]), payable: moneySchema }),
      ),
      eventOf("order_confirmed", z.strictObject({ receivableExpected: moneySchema })),
      eventOf(
        "order_allocated",
        z.strictObject({ reasons: z.array(allocationReasonSchema), policy: z.exactOptional(policyIdentitySchema) }),
      ),
      eventOf(
        "order_reconfirmed",
        z.strictObject({ lines: z.array(reconfirmedLineSchema), displacements: z.array(displacementSchema) }),
      ),
      eventOf(
        "reservation_released",
        z.strictObject({
          reason: nameSchema,
          wanted: z.exactOptional(z.array(wantedGoodsSchema)),
          displacements: z.exactOptional(z.array(displacementSchema)),
        }),
      ),
      eventOf(
        "order_deferred",
        z.strictObject({
          reason: nameSchema,
          until: z.enum(["stock", "nextOrder"]),
          proposedDay: z.exactOptional(calendarDaySchema),
        }),
      ),
      eventOf("quantity_merged", mergeRecords),
      eventOf("lines_joined", mergeRecords),
      eventOf(
        "quantity_substituted",
        z.strictObject({
          reason: nameSchema,
          proposalId: nameSchema,
          replaced: substitutedLineSchema,
          by: substitutedLineSchema,
          priceDifference: z.exactOptional(signedMoneySchema),
          consent: z.exactOptional(consentSchema),
        }),
      ),
      eventOf(
        "reservation_moved",
        z.strictObject({
          proposalId: nameSchema,
          cause: z.enum(["reallocation", "undoing"]),
          displacements: z.array(displacementSchema),
          consents: z.array(consentSchema),
        }),
      ),
      eventOf("order_picked", z.strictObject({ discrepancies })),
      eventOf("order_loaded", z.strictObject({ vehicleId: z.exactOptional(nameSchema), discrepancies })),
      eventOf("order_shipped", z.strictObject({ shipmentNo: nameSchema, consent: z.exactOptional(consentSchema) })),
      eventOf("order_delivered", z.strictObject({ receivedBy: z.exactOptional(remarkSchema), discrepancies })),
      eventOf("quantity_cancelled", z.strictObject({ reason: nameSchema, consent: z.exactOptional(nameSchema) })),
      eventOf(
        "order_amended",
        z.strictObject({
          reason: nameSchema,
          consent: z.exactOptional(nameSchema),
          fields: z.array(z.enum(AMENDABLE_FIELDS)),
          lineIds: z.array(nameSchema),
        }),
      ),
      eventOf("add_on_joined", z.strictObject({ lineIds: z.array(nameSchema) })),
      eventOf(
        "delivery_failed",
        z.strictObject({
          reason: nameSchema,
          attempt: counterSchema,
          goods: z.enum(["onVehicle", "inDepot", "returned"]),
          nextOn: z.exactOptional(calendarDaySchema),
          lines: z.array(z.strictObject({ lineId: nameSchema, quantity: quantitySchema })),
        }),
      ),
      eventOf("transit_loss_recorded", z.strictObject({ carrier: z.exactOptional(nameSchema), discrepancies })),
      eventOf(
        "wrong_item_found",
        z.strictObject({
          foundAt: z.enum(["load", "delivery", "afterSigning"]),
          wrongItemCode: nameSchema,
          wrongSource: stockSourceSchema,
          wrongGoods: z.enum(["putBack", "writeOff", "leave", "bill"]),
          consent: z.exactOptional(nameSchema),
          billedLineId: z.exactOptional(nameSchema),
          discrepancies,
        }),
      ),
      eventOf("invoice_posted", z.strictObject({ invoiceNo: nameSchema, payable: moneySchema })),
      eventOf("payment_applied", z.strictObject({ paymentId: nameSchema, amount: moneySchema })),
      eventOf("hold_placed", z.strictObject({ holdId: nameSchema, type: nameSchema })),
      eventOf("hold_released", z.strictObject({ holdId: nameSchema, state: z.enum(["resolved", "rejected"]) })),
      eventOf("order_closed", z.strictObject({ collected: moneySchema })),
    ]),
  );
})();
