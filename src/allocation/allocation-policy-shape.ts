import type { PolicyIdentity } from "../model/allocation-plan.js";
import type { LotRestriction } from "../model/lot-restrictions.js";
import { LOT_ORDERS } from "../model/lot-order.js";
import type { SupplyRule } from "../model/supply-rule.js";
import type { Vehicle } from "../model/vehicle.js";
import type { WarehouseFacts } from "../model/warehouse-facts.js";
import type {
  AgedKey,
  AllocationPolicy,
  FieldKey,
  HostKey,
  PriorityKey,
  PriorityKeyName,
} from "./allocation-policy.js";
import type { BatchSharing, ClassQuota } from "./fair-share/batch-sharing.js";
import type { BinFacts, BinRule, WarehousePicking } from "./picking-policy.js";
import {
  anything,
  decimalText,
  fields,
  flag,
  listOf,
  number,
  oneOf,
  optional,
  text,
  variants,
  type Shape,
} from "../model/value-shape.js";
import { policyFaults, type PolicyShapeIssue } from "./policy-shape.js";
import { sourcingShape } from "./sourcing-shape.js";

/** The order of service of a policy. @internal */
export const priorityShape: Shape = /* @__PURE__ */ (() => {
  const texts = listOf(text);
  const direction = oneOf<FieldKey["direction"]>({ ascending: true, descending: true });
  const nulls = optional(oneOf<NonNullable<FieldKey["nulls"]>>({ first: true, last: true }));
  const field = fields<FieldKey>({ key: anything, ranking: optional(texts), direction, nulls });
  const agedFields = fields<AgedKey>({
    key: anything,
    afterDays: optional(number),
    afterDisplacements: optional(number),
  });
  /** Aged by nothing is nobody: one of the two limits must be there. */
  const aged: Shape = (value, path, report) => {
    agedFields(value, path, report);
    const { afterDays, afterDisplacements } = value as AgedKey;
    if (afterDays === undefined && afterDisplacements === undefined) number(undefined, [...path, "afterDays"], report);
  };

  const key = variants<PriorityKey["key"]>("key", {
    ...({
      promisedClass: field,
      customerClass: field,
      customerType: field,
      customerCode: field,
      creditRating: field,
      orderAmount: field,
      orderQuantity: field,
      orderLines: field,
      requestedDeliveryDate: field,
      promisedDate: field,
      deliveryWave: field,
      channel: field,
      orderSource: field,
      waitingSince: field,
      orderDate: field,
      receivedAt: field,
      orderNo: field,
    } satisfies Record<PriorityKeyName, Shape>),
    aged,
    host: fields<HostKey>({ key: anything, name: text, direction, nulls }),
  });
  return listOf(key);
})();

const allocationPolicyShape: Shape = /* @__PURE__ */ (() => {
  const texts = listOf(text);
  const paths = listOf(texts);

  const vehicle = fields<Vehicle>({
    vehicleClass: text,
    lengthMetres: optional(decimalText),
    heightMetres: optional(decimalText),
    weightKilograms: optional(decimalText),
    arrivesFrom: optional(text),
    arrivesTo: optional(text),
  });

  const binRule = oneOf<BinRule>({
    lots: true,
    pickSequence: true,
    smallestFirst: true,
    handlingUnitsFirst: true,
    fewestPlaces: true,
  });

  // Rules and figures of sharing and of caps have codes of their own.
  const sharing = fields<BatchSharing>({
    itemCodes: optional(texts),
    rule: anything,
    minimum: anything,
    weights: optional(listOf(fields({ customerClass: text, weight: decimalText }))),
    tiers: optional(paths),
    quotas: optional(
      listOf(
        fields<ClassQuota>({
          customerClass: text,
          kind: oneOf<ClassQuota["kind"]>({ amount: true, percent: true, ratio: true }),
          figure: anything,
        }),
      ),
    ),
  });

  return fields<AllocationPolicy>({
    identity: optional(fields<PolicyIdentity>({ policyId: text, version: optional(text), name: optional(text) })),
    priority: priorityShape,
    lots: oneOf(LOT_ORDERS),
    sourcing: sourcingShape,
    warehouses: optional(
      listOf(
        fields<WarehouseFacts>({
          warehouseId: text,
          servedAreas: optional(paths),
          vehicles: optional(listOf(vehicle)),
          temperatureClasses: optional(texts),
        }),
      ),
    ),
    lotRestrictions: optional(
      listOf(
        fields<LotRestriction>({
          itemCode: text,
          lotNo: text,
          onlyAreas: optional(paths),
          notAreas: optional(paths),
          onlyCustomers: optional(texts),
          notCustomers: optional(texts),
        }),
      ),
    ),
    picking: optional(
      listOf(
        fields<WarehousePicking>({
          warehouseId: text,
          chain: listOf(fields<WarehousePicking["chain"][number]>({ zone: optional(text), rule: binRule })),
        }),
      ),
    ),
    bins: optional(
      listOf(
        fields<BinFacts>({
          warehouseId: text,
          binId: text,
          zone: optional(text),
          pickSequence: optional(number),
          temperatureClasses: optional(texts),
          handlingUnit: optional(decimalText),
        }),
      ),
    ),
    oneLotPerLine: optional(flag),
    sharing: optional(listOf(sharing)),
    protection: optional(
      listOf(
        fields<SupplyRule>({ kind: anything, group: text, itemCode: text, quantity: anything, consumed: anything }),
      ),
    ),
  });
})();

/**
 * Finds what is not written as a policy is: words that no rule answers to – a limit that nobody knows would be passed over in
 * silence –, fields that are not there or hold something else.
 *
 * @param policy anything
 * @returns every fault, with its path in the policy; linear
 * @internal
 */
export function policyShapeFaults(policy: unknown): PolicyShapeIssue[] {
  return policyFaults(policy, allocationPolicyShape);
}
