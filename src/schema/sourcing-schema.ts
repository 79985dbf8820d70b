import * as z from "zod";
import type { Sourcing, WarehouseRule } from "../allocation/sourcing-policy.js";
import type { WarehouseLimit, WarehouseOption, WarehouseStrategy } from "../allocation/sourcing/warehouse-policy.js";
import { areaPathSchema, warehousesOfAreasSchema } from "./area-schema.js";
import { decimalSchema, measureSchema, moneySchema, nonNegativeSchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { calendarDaySchema, localTimeSchema, timeZoneSchema } from "./time-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

const optionSchema: z.ZodType<WarehouseOption> = /* @__PURE__ */ (() =>
  exactly<WarehouseOption>()(
    z.strictObject({
      warehouseId: nameSchema,
      distance: z.exactOptional(nonNegativeSchema),
      fixedCost: z.exactOptional(moneySchema),
      ease: z.exactOptional(decimalSchema),
    }),
  ))();

const limitSchema: z.ZodType<WarehouseLimit> = /* @__PURE__ */ (() => {
  const strength = z.enum(["hard", "soft"]);
  const cutOff = z.strictObject({
    warehouseId: nameSchema,
    cutOff: localTimeSchema,
    timeZone: timeZoneSchema,
    closedWeekdays: z.exactOptional(z.array(z.int().min(1).max(7))),
    closedDays: z.exactOptional(z.array(calendarDaySchema)),
  });
  return exactly<WarehouseLimit>()(
    z.discriminatedUnion("kind", [
      z.strictObject({ strength, kind: z.literal("maxDistance"), distance: nonNegativeSchema }),
      z.strictObject({ strength, kind: z.enum(["maxWarehouses", "maxWarehousesPerLine"]), count: counterSchema }),
      z.strictObject({ strength, kind: z.literal("excluded"), warehouseIds: z.array(nameSchema) }),
      z.strictObject({
        strength,
        kind: z.literal("safetyStock"),
        quantities: z.array(
          z.strictObject({ itemCode: nameSchema, warehouseId: nameSchema, quantity: nonNegativeSchema }),
        ),
      }),
      z.strictObject({
        strength,
        kind: z.literal("maxLinesPerDay"),
        warehouses: z.array(z.strictObject({ warehouseId: nameSchema, count: countSchema })),
      }),
      z.strictObject({ strength, kind: z.literal("cutOff"), cutOffs: z.array(cutOff) }),
    ]),
  );
})();

const strategySchema: z.ZodType<WarehouseStrategy> = /* @__PURE__ */ (() =>
  exactly<WarehouseStrategy>()(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["fewestSplits", "leastCost", "wholeFromOne"]) }),
      z.strictObject({
        kind: z.literal("weighted"),
        weights: z.array(
          z.strictObject({
            factor: z.enum(["stock", "distance", "cost", "ease"]),
            weight: measureSchema,
            worst: decimalSchema,
            best: decimalSchema,
          }),
        ),
      }),
    ]),
  ))();

const ruleSchema: z.ZodType<WarehouseRule> = /* @__PURE__ */ (() =>
  exactly<WarehouseRule>()(
    z.discriminatedUnion("rule", [
      z.strictObject({ rule: z.literal("preferred"), warehouseIds: z.array(nameSchema) }),
      z.strictObject({ rule: z.literal("areas"), areas: warehousesOfAreasSchema }),
      z.strictObject({
        rule: z.literal("byField"),
        field: z.enum(["customerCode", "customerType", "customerClass", "channel", "orderSource"]),
        warehouseIds: z.record(nameSchema, z.array(nameSchema)),
      }),
      z.strictObject({ rule: z.enum(["mostStock", "fewestSplits"]) }),
      z.strictObject({ rule: z.literal("host"), name: nameSchema }),
    ]),
  ))();

/** Which warehouses serve an order. **Source:** mission 9.7 */
export const sourcingSchema: z.ZodType<Sourcing> = /* @__PURE__ */ (() => {
  const byArea = { areas: warehousesOfAreasSchema, otherwise: z.array(nameSchema) };
  return exactly<Sourcing>()(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("nearest"), ...byArea }),
      z.strictObject({ kind: z.literal("wholeOrderFromOne"), ...byArea, ifNone: z.enum(["nearest", "nothing"]) }),
      z.strictObject({
        kind: z.literal("chosen"),
        strategy: strategySchema,
        limits: z.array(limitSchema),
        steps: counterSchema,
        areas: z.array(z.strictObject({ areaPath: areaPathSchema, warehouses: z.array(optionSchema) })),
        otherwise: z.array(optionSchema),
        unitCosts: z.exactOptional(
          z.array(z.strictObject({ itemCode: nameSchema, warehouseId: nameSchema, unitCost: moneySchema })),
        ),
      }),
      z.strictObject({
        kind: z.literal("ranked"),
        per: z.exactOptional(z.enum(["order", "line"])),
        warehouseIds: z.array(nameSchema),
        rules: z.array(ruleSchema),
      }),
    ]),
  );
})();
