import * as z from "zod";
import { compare } from "../core/decimal.js";
import type { DeliveryWave, StockPosition, StockSource, Warehouse } from "../model/stock.js";
import { addressSchema } from "./address-schema.js";
import { nonNegativeSchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { report } from "./schema-check.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema, localTimeSchema, timeZoneSchema } from "./time-schema.js";
import { vehicleSchema } from "./vehicle-schema.js";

/** The fields of a place in stock, which positions, reservations and movements share. */
export const stockSourceFields: {
  readonly warehouseId: z.ZodType<string>;
  readonly binId: z.ZodExactOptional<z.ZodType<string>>;
  readonly lotNo: z.ZodExactOptional<z.ZodType<string>>;
  readonly owner: z.ZodExactOptional<z.ZodType<string>>;
} = /* @__PURE__ */ (() => ({
  warehouseId: nameSchema,
  binId: z.exactOptional(nameSchema),
  lotNo: z.exactOptional(nameSchema),
  owner: z.exactOptional(nameSchema),
}))();

/** A place in stock. **Source:** mission 9.7 */
export const stockSourceSchema: z.ZodType<StockSource> = /* @__PURE__ */ (() =>
  exactly<StockSource>()(z.strictObject(stockSourceFields)))();

/**
 * What is known of one item at one place.
 *
 * **Rules**
 * 1. On hand ≥ reserved ≥ picked ≥ 0, and no other figure falls below zero.
 *
 * **Source:** mission 5.11, 5.12, 9.7, 9.8, 9.9
 */
export const stockPositionSchema: z.ZodType<StockPosition> = /* @__PURE__ */ (() =>
  exactly<StockPosition>()(
    z
      .strictObject({
        itemCode: nameSchema,
        ...stockSourceFields,
        onHand: nonNegativeSchema,
        reserved: nonNegativeSchema,
        picked: nonNegativeSchema,
        inTransit: nonNegativeSchema,
        inbound: nonNegativeSchema,
        onOrder: nonNegativeSchema,
        receivedOn: z.exactOptional(calendarDaySchema),
        expiresOn: z.exactOptional(calendarDaySchema),
        condition: z.exactOptional(z.enum(["available", "held"])),
      })
      .check((context) => reportFigures(context)),
  ))();

/** A warehouse in the master. **Source:** mission 9.7 */
export const warehouseSchema: z.ZodType<Warehouse> = /* @__PURE__ */ (() =>
  exactly<Warehouse>()(
    z.strictObject({
      warehouseId: nameSchema,
      name: remarkSchema,
      address: z.exactOptional(addressSchema),
      servedAreas: z.exactOptional(z.array(z.array(nameSchema).max(3))),
      vehicles: z.exactOptional(z.array(vehicleSchema)),
      temperatureClasses: z.exactOptional(z.array(nameSchema)),
    }),
  ))();

/** A delivery wave with its cut-off. **Source:** mission 5.1, 9.3 */
export const deliveryWaveSchema: z.ZodType<DeliveryWave> = /* @__PURE__ */ (() =>
  exactly<DeliveryWave>()(
    z.strictObject({
      deliveryWaveId: nameSchema,
      name: remarkSchema,
      cutOff: localTimeSchema,
      departure: localTimeSchema,
      timeZone: timeZoneSchema,
    }),
  ))();

function reportFigures(context: z.core.ParsePayload<Pick<StockPosition, "onHand" | "reserved" | "picked">>): void {
  const { onHand, reserved, picked } = context.value;
  if (compare(reserved, onHand) > 0) {
    const params = { rule: "reserved_within_on_hand", expected: `at most ${onHand}`, actual: reserved } as const;
    report(context, reserved, "schema.inconsistent", params, ["reserved"]);
  }
  if (compare(picked, reserved) > 0) {
    const params = { rule: "picked_within_reserved", expected: `at most ${reserved}`, actual: picked } as const;
    report(context, picked, "schema.inconsistent", params, ["picked"]);
  }
}
