import * as z from "zod";
import {
  ALLOCATION_REASON_CODES,
  INELIGIBLE_CODES,
  LOT_BAR_CODES,
  type AllocationReason,
  type BarredLot,
  type IneligibleWarehouse,
  type ProtectionReason,
  type SourcingReason,
} from "../model/allocation-reason.js";
import type { LineId } from "../model/ids.js";
import { nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";
import { counterSchema } from "./whole-number-schema.js";

const sourcingReasonSchema: z.ZodType<SourcingReason> = /* @__PURE__ */ (() =>
  exactly<SourcingReason>()(
    z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("chosen"),
        optimal: z.boolean(),
        dropped: z.array(nameSchema),
        shipDays: z.exactOptional(z.array(z.strictObject({ warehouseId: nameSchema, shipsOn: calendarDaySchema }))),
      }),
      z.strictObject({ kind: z.literal("ranked"), rule: nameSchema }),
      z.strictObject({ kind: z.literal("wholeOrderFromOne"), found: z.boolean() }),
    ]),
  ))();

const ineligibleWarehouseSchema: z.ZodType<IneligibleWarehouse> = /* @__PURE__ */ (() =>
  exactly<IneligibleWarehouse>()(z.strictObject({ warehouseId: nameSchema, code: z.enum(INELIGIBLE_CODES) })))();

const protectionReasonSchema: z.ZodType<ProtectionReason> = /* @__PURE__ */ (() =>
  exactly<ProtectionReason>()(
    z.strictObject({
      group: z.exactOptional(nameSchema),
      held: nonNegativeSchema,
      keptFor: z.array(z.strictObject({ group: nameSchema, quantity: nonNegativeSchema })),
      cap: z.exactOptional(nonNegativeSchema),
      consumed: z.exactOptional(nonNegativeSchema),
    }),
  ))();

const barredLotSchema: z.ZodType<BarredLot> = /* @__PURE__ */ (() =>
  exactly<BarredLot>()(z.strictObject({ lotNo: nameSchema, code: z.enum(LOT_BAR_CODES) })))();

/** The fields of a reason, which events and plans share. */
export const allocationReasonFields: {
  readonly [
    Field in keyof Omit<
      AllocationReason,
      "sourcing" | "ineligible" | "barredLots" | "waitsFor" | "waitsForMore" | "searchEnded" | "protection"
    >
  ]: z.ZodType<AllocationReason[Field]>;
} & {
  readonly sourcing: z.ZodExactOptional<z.ZodType<SourcingReason>>;
  readonly ineligible: z.ZodExactOptional<z.ZodType<readonly IneligibleWarehouse[]>>;
  readonly barredLots: z.ZodExactOptional<z.ZodType<readonly BarredLot[]>>;
  readonly waitsFor: z.ZodExactOptional<z.ZodType<readonly LineId[]>>;
  readonly waitsForMore: z.ZodExactOptional<z.ZodType<number>>;
  readonly searchEnded: z.ZodExactOptional<z.ZodType<true>>;
  readonly protection: z.ZodExactOptional<z.ZodType<ProtectionReason>>;
} = /* @__PURE__ */ (() => ({
  orderNo: nameSchema,
  lineId: nameSchema,
  rank: counterSchema,
  requested: quantitySchema,
  allocated: nonNegativeSchema,
  short: nonNegativeSchema,
  code: z.enum(ALLOCATION_REASON_CODES),
  warehouses: z.array(nameSchema),
  sourcing: z.exactOptional(sourcingReasonSchema),
  ineligible: z.exactOptional(z.array(ineligibleWarehouseSchema)),
  barredLots: z.exactOptional(z.array(barredLotSchema)),
  waitsFor: z.exactOptional(z.array(nameSchema).min(1)),
  waitsForMore: z.exactOptional(counterSchema),
  searchEnded: z.exactOptional(z.literal(true)),
  protection: z.exactOptional(protectionReasonSchema),
}))();

/** Why a line got what it got. **Source:** mission 9.10, 4.15 */
export const allocationReasonSchema: z.ZodType<AllocationReason> = /* @__PURE__ */ (() =>
  exactly<AllocationReason>()(z.strictObject(allocationReasonFields)))();
