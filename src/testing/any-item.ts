import { rational } from "../core/unit-conversion.js";
import type { Item } from "../model/item.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/**
 * An item of the master: `TEA`, kept in pieces (`EA`) and ordered in pieces or in cases (`CS`) of twelve.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the item
 * @throws RangeError when a quantity is not a decimal or a factor not a fraction
 *
 * **Source:** mission 5.9, 5.10
 * @example
 * ```ts
 * import { anyItem } from "ordercycle/testing";
 * const item = anyItem({ itemCode: "RICE", baseUom: "KGM", quantum: "0.50" });
 * [item.itemCode, item.quantum]; // => ["RICE", "0.5"]
 * ```
 */
export function anyItem(part: PlainPart<Item> = {}): Item {
  const { units, substitutes } = part;
  return complete<Item>({
    itemCode: "TEA",
    name: "Green tea",
    baseUom: "EA",
    ...withDecimals(part, [
      "orderMultiple",
      "minOrderQty",
      "quantum",
      "unitVolume",
      "unitWeight",
      "reorderLevel",
      "taxRate",
    ]),
    units: (units ?? [{ uom: "CS", factor: { numerator: "12", denominator: "1" } }]).map(({ uom, factor }) => ({
      uom,
      factor: rational(factor.numerator, factor.denominator),
    })),
    ...(substitutes === undefined
      ? {}
      : {
          substitutes: substitutes.map((substitute) => ({
            ...substitute,
            ratio: rational(substitute.ratio.numerator, substitute.ratio.denominator),
          })),
        }),
  });
}
