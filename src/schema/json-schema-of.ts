import * as z from "zod";
import { CURRENCIES } from "../core/money.js";
import { addressSchema } from "./address-schema.js";
import { allocationPlanSchema } from "./allocation-plan-schema.js";
import { allocationPolicySchema, reallocationPolicySchema } from "./allocation-policy-schema.js";
import { archivedOrderSchema } from "./archived-order-schema.js";
import { batchRuleSchema, participantPolicySchema } from "./batch-policy-schema.js";
import { changeSchema } from "./change-schema.js";
import { currencySchema } from "./currency-schema.js";
import { customerSchema } from "./customer-schema.js";
import {
  decimalSchema,
  measureSchema,
  moneySchema,
  nonNegativeSchema,
  percentSchema,
  positiveSchema,
  quantitySchema,
  signedMoneySchema,
  signedQuantitySchema,
} from "./decimal-schema.js";
import { MONEY_DIGITS, PERCENT_DIGITS, QUANTITY_DIGITS, type DigitLimit } from "../model/digit-limit.js";
import { displacementSchema } from "./displacement-schema.js";
import { orderEventSchema } from "./event-schema.js";
import { findingSchema } from "./finding-schema.js";
import { invoiceSchema } from "./invoice-schema.js";
import { itemSchema, priceEntrySchema } from "./item-schema.js";
import { stockMovementSchema } from "./movement-schema.js";
import { orderDraftSchema } from "./order-draft-schema.js";
import { orderLineSchema } from "./order-line-schema.js";
import { orderSchema } from "./order-schema.js";
import { outcomeSchema } from "./outcome-schema.js";
import { promotionUsageEntrySchema } from "./price-adjustment-schema.js";
import { lineSelectorSchema, promotionConditionSchema } from "./promotion-condition-schema.js";
import { couponSchema, promotionPolicySchema, promotionSchema } from "./promotion-schema.js";
import { rationalSchema } from "./rational-schema.js";
import { reallocationProposalSchema } from "./reallocation-proposal-schema.js";
import { reconfirmOrdersPolicySchema, releasePolicySchema } from "./reconfirm-orders-policy-schema.js";
import { hostRequestSchema } from "./request-schema.js";
import { salesRecordSchema } from "./sales-record-schema.js";
import { deliveryWaveSchema, stockPositionSchema, stockSourceSchema, warehouseSchema } from "./stock-schema.js";
import { substituteProposalSchema } from "./substitute-proposal-schema.js";
import { digitsSchema, nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, instantSchema, localTimeSchema, timeZoneSchema } from "./time-schema.js";

/** Names of the records that have a JSON Schema. */
export type SchemaName =
  | "order"
  | "orderDraft"
  | "customer"
  | "item"
  | "priceEntry"
  | "stockPosition"
  | "warehouse"
  | "deliveryWave"
  | "stockMovement"
  | "change"
  | "orderEvent"
  | "hostRequest"
  | "outcome"
  | "archivedOrder"
  | "invoice"
  | "salesRecord"
  | "promotion"
  | "coupon"
  | "promotionPolicy"
  | "promotionUsageEntry"
  | "allocationPlan"
  | "reallocationProposal"
  | "substituteProposal"
  | "displacement"
  | "allocationPolicy"
  | "reconfirmOrdersPolicy"
  | "reallocationPolicy"
  | "releasePolicy"
  | "participantPolicy"
  | "batchRule";

/** A JSON Schema, as plain data. */
export interface JsonSchema {
  /** Value of the keyword. */
  readonly [keyword: string]: unknown;
}

/** Each record: its schema, its title and one sentence about it. */
type Entry = readonly [schema: z.ZodType, title: string, description: string];

const ENTRIES: Readonly<Record<SchemaName, Entry>> = /* @__PURE__ */ (() => ({
  order: [orderSchema, "Order", "An order as it is stored."],
  orderDraft: [orderDraftSchema, "Order draft", "An order as it came in, not yet checked against the masters."],
  customer: [customerSchema, "Customer", "A customer of the customer master."],
  item: [itemSchema, "Item", "An item of the item master; quantities are in its base unit."],
  priceEntry: [priceEntrySchema, "Price", "One price of the price structure; what it leaves open fits everything."],
  stockPosition: [stockPositionSchema, "Stock position", "What is known of one item at one place, in the base unit."],
  warehouse: [warehouseSchema, "Warehouse", "A warehouse in the master."],
  deliveryWave: [deliveryWaveSchema, "Delivery wave", "One departure of the day with its cut-off."],
  displacement: [
    displacementSchema,
    "Displacement",
    "One order line was set back for another: an entry of the ledger.",
  ],
  stockMovement: [stockMovementSchema, "Stock movement", "A quantity that goes from one stock account to another."],
  change: [changeSchema, "Change", "A small fact about an order."],
  orderEvent: [orderEventSchema, "Order event", "Something that happened to an order."],
  hostRequest: [hostRequestSchema, "Request", "Something that the host must do besides storing an outcome."],
  outcome: [outcomeSchema, "Outcome", "The answer of a decision on one order, to be stored in one transaction."],
  archivedOrder: [archivedOrderSchema, "Archived order", "An order on other media, with its whole history."],
  invoice: [invoiceSchema, "Invoice", "An invoice for what a customer has signed for."],
  salesRecord: [salesRecordSchema, "Sales record", "A signed line of the sales history."],
  promotion: [promotionSchema, "Promotion", "A promotion: when it holds, what it gives, how it goes with others."],
  coupon: [couponSchema, "Coupon", "One code of a batch of coupons."],
  promotionPolicy: [
    promotionPolicySchema,
    "Promotion policy",
    "How all promotions of a seller are worked out together.",
  ],
  allocationPlan: [allocationPlanSchema, "Allocation plan", "What an allocation would do, before anything is done."],
  reallocationProposal: [
    reallocationProposalSchema,
    "Re-allocation proposal",
    "Who would give goods up for a short line.",
  ],
  substituteProposal: [
    substituteProposalSchema,
    "Substitute proposal",
    "An item that could take the place of what a line lacks.",
  ],
  promotionUsageEntry: [promotionUsageEntrySchema, "Promotion usage", "One entry of the ledger of promotions."],
  allocationPolicy: [allocationPolicySchema, "Allocation policy", "How stock is given to orders."],
  reconfirmOrdersPolicy: [
    reconfirmOrdersPolicySchema,
    "Re-confirmation policy",
    "How a re-confirmation of orders goes about it.",
  ],
  reallocationPolicy: [reallocationPolicySchema, "Re-allocation policy", "Who may be asked to give goods up."],
  releasePolicy: [releasePolicySchema, "Release policy", "Which orders give goods back."],
  participantPolicy: [participantPolicySchema, "Participant policy", "Which orders take part in a batch."],
  batchRule: [batchRuleSchema, "Batch rule", "How orders are cut into batches."],
}))();

/** Names of all records that have a JSON Schema. */
export const SCHEMA_NAMES: readonly SchemaName[] = /* @__PURE__ */ (() => Object.keys(ENTRIES) as SchemaName[])();

/**
 * Writes the JSON Schema (draft 2020-12) of a record, for forms, gateways and other languages.
 *
 * **Rules**
 * 1. It describes the input: numbers may come as text or as JSON numbers.
 * 2. Whatever the parser of the record accepts, its JSON Schema accepts. The parser refuses more: sums that do not
 *    agree, members that stand twice, texts and lists beyond the limits.
 *
 * @param name of the record
 * @returns the schema, complete in itself; computed anew at each call, some milliseconds
 *
 * **Source:** mission 4.2, 4.13
 * @example
 * ```ts
 * import { jsonSchemaOf } from "ordercycle/schema";
 * const schema = jsonSchemaOf("warehouse");
 * [schema["title"], schema["required"]]; // => ["Warehouse", ["warehouseId", "name"]]
 * ```
 */
export function jsonSchemaOf(name: SchemaName): JsonSchema {
  const [schema, title, description] = ENTRIES[name];
  const parts = z.registry<{ id: string }>();
  for (const [id, part] of Object.entries(sharedParts())) if (part !== schema) parts.add(part, { id });
  const keywords = scalarKeywords();
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io: "input",
    metadata: parts,
    override: ({ zodSchema, jsonSchema }) => Object.assign(jsonSchema, keywords.get(zodSchema)),
  });
  // The copy takes off what zod attaches to its result, so that plain data is left.
  return JSON.parse(
    JSON.stringify({ $schema, $id: `urn:ordercycle:${name}`, title, description, ...body }),
  ) as JsonSchema;
}

/** Parts that stand in several places; a schema refers to them instead of repeating them. */
function sharedParts(): Readonly<Record<string, z.ZodType>> {
  return {
    address: addressSchema,
    change: changeSchema,
    finding: findingSchema,
    lineSelector: lineSelectorSchema,
    promotionCondition: promotionConditionSchema,
    hostRequest: hostRequestSchema,
    order: orderSchema,
    orderEvent: orderEventSchema,
    orderLine: orderLineSchema,
    rational: rationalSchema,
    stockMovement: stockMovementSchema,
    stockSource: stockSourceSchema,
  };
}

/** What zod cannot know of the values that our own code reads. */
function scalarKeywords(): ReadonlyMap<unknown, JsonSchema> {
  const number = ["string", "number"];
  return new Map<unknown, JsonSchema>([
    [decimalSchema, { type: number, pattern: "^-?[0-9]+(\\.[0-9]+)?$" }],
    [signedQuantitySchema, { type: number, pattern: `^-?${digits(QUANTITY_DIGITS)}$` }],
    [signedMoneySchema, { type: number, pattern: `^-?${digits(MONEY_DIGITS)}$` }],
    [nonNegativeSchema, { type: number, pattern: zeroOrMore(QUANTITY_DIGITS), minimum: 0 }],
    [measureSchema, { type: number, pattern: "^(-?0+(\\.0+)?|[0-9]+(\\.[0-9]+)?)$", minimum: 0 }],
    [moneySchema, { type: number, pattern: zeroOrMore(MONEY_DIGITS), minimum: 0 }],
    [percentSchema, { type: number, pattern: zeroOrMore(PERCENT_DIGITS), minimum: 0, maximum: 100 }],
    [quantitySchema, { type: number, pattern: aboveZero(QUANTITY_DIGITS), exclusiveMinimum: 0 }],
    [
      positiveSchema,
      { type: number, pattern: "^[0-9]*[1-9][0-9]*(\\.[0-9]+)?$|^[0-9]+\\.[0-9]*[1-9][0-9]*$", exclusiveMinimum: 0 },
    ],
    [nameSchema, { minLength: 1, pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]*$" }],
    [remarkSchema, { pattern: "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F]*$" }],
    [digitsSchema, { pattern: "^[0-9]+$" }],
    [calendarDaySchema, { type: "string", format: "date" }],
    [
      instantSchema,
      { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})$" },
    ],
    [localTimeSchema, { type: "string", pattern: "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$" }],
    [timeZoneSchema, { type: "string", minLength: 1, maxLength: 64 }],
    [currencySchema, { type: "string", enum: CURRENCIES }],
  ]);
}

/** Zeros that do not count may stand on either side; no look-ahead, which not every language knows. */
function digits({ integerDigits, decimals }: DigitLimit): string {
  return `0*[0-9]{1,${integerDigits}}(\\.[0-9]{1,${decimals}}0*)?`;
}

function zeroOrMore(limit: DigitLimit): string {
  return `^(-?0+(\\.0+)?|${digits(limit)})$`;
}

function aboveZero({ integerDigits, decimals }: DigitLimit): string {
  const whole = `0*[1-9][0-9]{0,${integerDigits - 1}}(\\.[0-9]{1,${decimals}}0*)?`;
  return `^${whole}$|^0+\\.[0-9]{0,${decimals - 1}}[1-9]0*$`;
}
