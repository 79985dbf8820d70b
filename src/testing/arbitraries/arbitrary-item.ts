import { array, boolean, constantFrom, integer, tuple, type Arbitrary } from "fast-check";
import { decimal } from "../../core/decimal.js";
import { rational } from "../../core/unit-conversion.js";
import type { Item } from "../../model/item.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { arbitraryQuantity } from "./arbitrary-quantity.js";
import { optionalFields, plainRecord } from "./plain-record.js";

/** How the arbitrary items are kept: by piece in cases of twelve, or by weight. */
export const ARBITRARY_ITEMS: readonly Pick<Item, "itemCode" | "name" | "baseUom" | "units">[] =
  /* @__PURE__ */ (() => [
    { itemCode: "TEA", name: "Green tea", baseUom: "EA", units: [{ uom: "CS", factor: rational(12) }] },
    { itemCode: "SALT", name: "Sea salt", baseUom: "EA", units: [{ uom: "CS", factor: rational(12) }] },
    { itemCode: "RICE", name: "Round rice", baseUom: "KGM", units: [{ uom: "GRM", factor: rational(1, 1000) }] },
    { itemCode: "OIL", name: "Olive oil", baseUom: "LTR", units: [{ uom: "CAN", factor: rational(5) }] },
  ])();

/**
 * Items of a small master: `TEA` and `SALT` by piece, `RICE` by weight and `OIL` by volume, each with a further unit.
 *
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 5.9, 5.10
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryItem, checkPlainData } from "ordercycle/testing";
 * fc.sample(arbitraryItem(), 50).flatMap((item) => checkPlainData(item)); // => []
 * ```
 */
export function arbitraryItem(): Arbitrary<Item> {
  const rest = optionalFields({
    spec: constantFrom("small", "large"),
    gtin: constantFrom("4006381333931", "5901234123457"),
    orderMultiple: constantFrom("1", "2", "6").map(decimal),
    minOrderQty: arbitraryQuantity({ max: "10" }),
    quantum: constantFrom("1", "2", "5").map(decimal),
    unitVolume: arbitraryDecimal({ min: "0.0001", max: "0.1", decimals: 4 }),
    unitWeight: arbitraryDecimal({ min: "0.001", max: "20", decimals: 3 }),
    categories: constantFrom(["food"], ["food", "drinks"]),
    tags: constantFrom(["new"], ["new", "season"]),
    attributes: constantFrom<Readonly<Record<string, string>>>({ grade: "A" }, { grade: "B" }),
    taxRate: constantFrom("7", "19").map(decimal),
    lifeStatus: constantFrom("active" as const, "discontinued" as const, "planned" as const, "obsolete" as const),
    temperatureClass: constantFrom("ambient", "chilled"),
    reorderLevel: arbitraryQuantity({ max: "500" }),
    substitutes: array(
      plainRecord({
        itemCode: constantFrom(...ARBITRARY_ITEMS.map(({ itemCode }) => itemCode)),
        ratio: constantFrom(rational(1), rational(1, 2)),
        priority: integer({ min: 1, max: 9 }),
        consentRequired: boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  });
  return tuple(constantFrom(...ARBITRARY_ITEMS), rest).map(([item, more]) => ({ ...item, ...more }));
}
