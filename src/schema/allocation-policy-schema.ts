import * as z from "zod";
import type { AllocationPolicy } from "../allocation/allocation-policy.js";
import type { BatchSharing } from "../allocation/fair-share/batch-sharing.js";
import type { FairSharePolicy } from "../allocation/fair-share/fair-share-policy.js";
import type { BinFacts, WarehousePicking } from "../allocation/picking-policy.js";
import type { HarmRates, ReallocationPolicy } from "../allocation/shortage/reallocation-proposal.js";
import type { LotRestriction } from "../model/lot-restrictions.js";
import type { SupplyRule } from "../model/supply-rule.js";
import type { WarehouseFacts } from "../model/warehouse-facts.js";
import { areaPathSchema } from "./area-schema.js";
import { measureSchema, nonNegativeSchema, positiveSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { policyIdentitySchema } from "./policy-identity-schema.js";
import { priorityKeySchema } from "./priority-schema.js";
import { sourcingSchema } from "./sourcing-schema.js";
import { nameSchema } from "./text-schema.js";
import { vehicleSchema } from "./vehicle-schema.js";
import { counterSchema, countSchema } from "./whole-number-schema.js";

const fairShareRuleSchema: z.ZodType<FairSharePolicy["rule"]> = /* @__PURE__ */ (() =>
  exactly<FairSharePolicy["rule"]>()(z.enum(["proportional", "equalAwards", "equalLosses", "talmud"])))();

/** How something that does not suffice is shared out. **Source:** mission 9.13 */
export const fairSharePolicySchema: z.ZodType<FairSharePolicy> = /* @__PURE__ */ (() =>
  exactly<FairSharePolicy>()(z.strictObject({ rule: fairShareRuleSchema, quantum: quantitySchema })))();

const sharingSchema: z.ZodType<BatchSharing> = /* @__PURE__ */ (() =>
  exactly<BatchSharing>()(
    z.strictObject({
      itemCodes: z.exactOptional(z.array(nameSchema)),
      rule: fairShareRuleSchema,
      minimum: z.exactOptional(nonNegativeSchema),
      weights: z.exactOptional(z.array(z.strictObject({ customerClass: nameSchema, weight: positiveSchema }))),
      tiers: z.exactOptional(z.array(z.array(nameSchema))),
      quotas: z.exactOptional(
        z.array(
          z.strictObject({
            customerClass: nameSchema,
            kind: z.enum(["amount", "percent", "ratio"]),
            figure: measureSchema,
          }),
        ),
      ),
    }),
  ))();

const supplyRuleSchema: z.ZodType<SupplyRule> = /* @__PURE__ */ (() =>
  exactly<SupplyRule>()(
    z.strictObject({
      kind: z.enum(["cap", "protect"]),
      group: nameSchema,
      itemCode: nameSchema,
      quantity: nonNegativeSchema,
      consumed: z.exactOptional(nonNegativeSchema),
    }),
  ))();

const warehouseFactsSchema: z.ZodType<WarehouseFacts> = /* @__PURE__ */ (() =>
  exactly<WarehouseFacts>()(
    z.strictObject({
      warehouseId: nameSchema,
      servedAreas: z.exactOptional(z.array(areaPathSchema)),
      vehicles: z.exactOptional(z.array(vehicleSchema)),
      temperatureClasses: z.exactOptional(z.array(nameSchema)),
    }),
  ))();

const lotRestrictionSchema: z.ZodType<LotRestriction> = /* @__PURE__ */ (() =>
  exactly<LotRestriction>()(
    z.strictObject({
      itemCode: nameSchema,
      lotNo: nameSchema,
      onlyAreas: z.exactOptional(z.array(areaPathSchema)),
      notAreas: z.exactOptional(z.array(areaPathSchema)),
      onlyCustomers: z.exactOptional(z.array(nameSchema)),
      notCustomers: z.exactOptional(z.array(nameSchema)),
    }),
  ))();

const pickingSchema: z.ZodType<WarehousePicking> = /* @__PURE__ */ (() =>
  exactly<WarehousePicking>()(
    z.strictObject({
      warehouseId: nameSchema,
      chain: z.array(
        z.strictObject({
          zone: z.exactOptional(nameSchema),
          rule: z.enum(["lots", "pickSequence", "smallestFirst", "handlingUnitsFirst", "fewestPlaces"]),
        }),
      ),
    }),
  ))();

const binSchema: z.ZodType<BinFacts> = /* @__PURE__ */ (() =>
  exactly<BinFacts>()(
    z.strictObject({
      warehouseId: nameSchema,
      binId: nameSchema,
      zone: z.exactOptional(nameSchema),
      pickSequence: z.exactOptional(z.number()),
      temperatureClasses: z.exactOptional(z.array(nameSchema)),
      handlingUnit: z.exactOptional(quantitySchema),
    }),
  ))();

/** What a policy says of who comes first and which goods a line may have, whatever it is about. */
const servingFields = /* @__PURE__ */ (() => ({
  priority: z.array(priorityKeySchema),
  sourcing: sourcingSchema,
  warehouses: z.exactOptional(z.array(warehouseFactsSchema)),
  bins: z.exactOptional(z.array(binSchema)),
  lotRestrictions: z.exactOptional(z.array(lotRestrictionSchema)),
  oneLotPerLine: z.exactOptional(z.boolean()),
  protection: z.exactOptional(z.array(supplyRuleSchema)),
}))();

/**
 * How stock is given to orders, as it is stored. What its fields mean together, `checkAllocationPolicy` checks.
 *
 * **Source:** mission 9.7, 9.8, 9.10, 4.15
 */
export const allocationPolicySchema: z.ZodType<AllocationPolicy> = /* @__PURE__ */ (() =>
  exactly<AllocationPolicy>()(
    z.strictObject({
      ...servingFields,
      identity: z.exactOptional(policyIdentitySchema),
      lots: z.enum(["fifo", "fefo", "lifo"]),
      picking: z.exactOptional(z.array(pickingSchema)),
      sharing: z.exactOptional(z.array(sharingSchema)),
    }),
  ))();

/**
 * Who may be asked to give goods up, as it is stored.
 *
 * **Source:** mission 9.14, 8.7
 */
export const reallocationPolicySchema: z.ZodType<ReallocationPolicy> = /* @__PURE__ */ (() => {
  const harm = z.strictObject({
    perLine: measureSchema,
    perUnit: measureSchema,
    perUnitAndDay: measureSchema,
    classFactors: z.exactOptional(z.record(nameSchema, measureSchema)),
    unknownDelayDays: countSchema,
  });
  return exactly<ReallocationPolicy>()(
    z.strictObject({
      ...servingFields,
      promises: z.enum(["keep", "mayBreak"]),
      firmHolds: z.exactOptional(z.array(nameSchema)),
      maxTimesDisplaced: z.exactOptional(countSchema),
      harm: exactly<HarmRates>()(harm),
      steps: counterSchema,
    }),
  );
})();
