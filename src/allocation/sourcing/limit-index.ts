import { maximum, ZERO, type Decimal } from "../../core/decimal.js";
import type { LotClass } from "./serving-phases.js";
import { placeKey } from "./warehouse-market.js";
import type { WarehouseLimit, WarehouseOption } from "./warehouse-policy.js";

/** Limits of an order. */
type LimitsFor = (
  limits: readonly WarehouseLimit[],
  classes: readonly LotClass[],
  options: readonly WarehouseOption[],
) => WarehouseLimit[];

/** Gives each order the part of the limits that concerns it: safety stock is listed for all items, an order has few. */
export function limitIndex(): LimitsFor {
  const safety = new Map<WarehouseLimit, ReadonlyMap<string, Decimal>>();
  const safetyOf = (limit: Extract<WarehouseLimit, { readonly kind: "safetyStock" }>): ReadonlyMap<string, Decimal> => {
    const known = safety.get(limit);
    if (known !== undefined) return known;
    const kept = new Map<string, Decimal>();
    for (const row of limit.quantities) kept.set(placeKey(row), maximum(row.quantity, kept.get(placeKey(row)) ?? ZERO));
    safety.set(limit, kept);
    return kept;
  };
  return (limits, classes, options) =>
    limits.map((limit) => {
      if (limit.kind !== "safetyStock") return limit;
      const kept = safetyOf(limit);
      const quantities = classes.flatMap(({ name, itemCode }) =>
        options.flatMap(({ warehouseId }) => {
          const quantity = kept.get(placeKey({ itemCode, warehouseId }));
          return quantity === undefined ? [] : [{ itemCode: name, warehouseId, quantity }];
        }),
      );
      return { ...limit, quantities };
    });
}
