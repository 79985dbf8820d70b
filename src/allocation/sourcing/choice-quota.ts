import type { Decimal } from "../../core/decimal.js";
import type { WarehouseId } from "../../model/ids.js";
import type { Quota } from "../line-server.js";
import type { LotClass, Phase } from "./serving-phases.js";
import type { WarehouseChoice } from "./warehouse-policy.js";

/** What the lines of an order may take by a choice: what it says for their class, one line after the other. */
export function choiceQuota(
  { takes }: WarehouseChoice,
  { classOf, options }: Phase,
  unitsOf: (quantity: Decimal, lotClass: LotClass) => number,
  numberOf: ReadonlyMap<WarehouseId, number>,
): Quota & { readonly sites: readonly number[] } {
  const classes = new Map([...classOf.values()].map((one) => [one.name, one]));
  const left = new Map<string, number>();
  const key = (name: string, warehouse: number): string => `${warehouse} ${name}`;
  for (const { itemCode, warehouseId, quantity } of takes) {
    left.set(key(itemCode, numberOf.get(warehouseId)!), unitsOf(quantity, classes.get(itemCode)!));
  }
  const keyOf = (line: number, warehouse: number): string => key(classOf.get(line)!.name, warehouse);
  const used = new Set(takes.map(({ warehouseId }) => warehouseId));
  return {
    // In the order of the policy, which does not depend on the order of the input.
    sites: options
      .filter(({ warehouseId }) => used.has(warehouseId))
      .map(({ warehouseId }) => numberOf.get(warehouseId)!),
    left: (line, warehouse) => left.get(keyOf(line, warehouse)) ?? 0,
    use: (line, warehouse, units) => {
      const at = keyOf(line, warehouse);
      left.set(at, (left.get(at) ?? 0) - units);
    },
  };
}
