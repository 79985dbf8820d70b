import type { Decimal } from "../../core/decimal.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { Quota } from "../quota.js";
import type { LotClass, Phase } from "./serving-phases.js";
import type { WarehouseChoice } from "./warehouse-policy.js";

/** What lines may take by a choice. */
export interface ChoiceQuota extends Quota {
  /** Warehouses of the choice, by their numbers. */
  readonly sites: readonly number[];
  /** What was taken of it, once for each class and warehouse. */
  readonly used: () => readonly { readonly itemCode: ItemCode; readonly warehouseId: WarehouseId }[];
}

/** What the lines of an order may take by a choice: what it says for their class, one line after the other. */
export function choiceQuota(
  { takes }: WarehouseChoice,
  { classOf, options }: Phase,
  unitsOf: (quantity: Decimal, lotClass: LotClass) => number,
  numberOf: ReadonlyMap<WarehouseId, number>,
): ChoiceQuota {
  const classes = new Map([...classOf.values()].map((one) => [one.name, one]));
  const left = new Map<string, number>();
  const key = (name: string, warehouse: number): string => `${warehouse} ${name}`;
  const given = takes.map(({ itemCode, quantity }) => unitsOf(quantity, classes.get(itemCode)!));
  for (const [place, { itemCode, warehouseId }] of takes.entries())
    left.set(key(itemCode, numberOf.get(warehouseId)!), given[place]!);
  const keyOf = (line: number, warehouse: number): string => key(classOf.get(line)!.name, warehouse);
  const used = new Set(takes.map(({ warehouseId }) => warehouseId));
  return {
    // In the order of the policy, which does not depend on the order of the input.
    sites: options
      .filter(({ warehouseId }) => used.has(warehouseId))
      .map(({ warehouseId }) => numberOf.get(warehouseId)!),
    used: () =>
      takes
        .filter(({ itemCode, warehouseId }, place) => {
          return left.get(key(itemCode, numberOf.get(warehouseId)!))! < given[place]!;
        })
        .map(({ itemCode, warehouseId }) => ({ itemCode: classes.get(itemCode)!.itemCode, warehouseId })),
    left: (line, warehouse) => left.get(keyOf(line, warehouse)) ?? 0,
    use: (line, warehouse, units) => {
      const at = keyOf(line, warehouse);
      left.set(at, (left.get(at) ?? 0) - units);
    },
  };
}
