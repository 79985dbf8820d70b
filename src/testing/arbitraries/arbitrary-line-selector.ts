import { array, constant, constantFrom, oneof, subarray, tuple, type Arbitrary } from "fast-check";
import { compare, type Decimal } from "../../core/decimal.js";
import type { LineSelector } from "../../model/promotion/line-selector.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { ARBITRARY_ITEMS } from "./arbitrary-item.js";
import type { PromotionBounds } from "./promotion-bounds.js";

/** Two bounds that do not contradict each other, of which at least one is there. */
export function arbitraryBounds(value: Arbitrary<Decimal>): Arbitrary<{ atLeast?: Decimal; atMost?: Decimal }> {
  return tuple(value, value, constantFrom("both", "least", "most")).map(([one, other, which]) => {
    const [atLeast, atMost] = compare(one, other) <= 0 ? [one, other] : [other, one];
    if (which === "both") return { atLeast, atMost };
    return which === "least" ? { atLeast } : { atMost };
  });
}

/** At least one of the names, in their order. */
export function arbitraryNames(names: readonly string[]): Arbitrary<string[]> {
  return subarray([...names], { minLength: 1 });
}

/** Items that promotions may name. */
export function itemCodesOf({ itemCodes }: PromotionBounds): readonly string[] {
  return itemCodes ?? ARBITRARY_ITEMS.map(({ itemCode }) => itemCode);
}

/**
 * Selectors of lines, at most three levels deep; simple ones mostly.
 *
 * @param bounds items, categories and tags that they may name
 * @param decimals of the currency, for bounds of unit prices
 * @param depth levels of parts that may still follow
 */
export function arbitraryLineSelector(bounds: PromotionBounds, decimals: number, depth = 2): Arbitrary<LineSelector> {
  const { categories = ["food", "drinks"], tags = ["new", "season"] } = bounds;
  const quantity = arbitraryDecimal({ min: "0", max: "60", decimals: 1 });
  const price = arbitraryDecimal({ min: "0", max: "60", decimals });
  const items = arbitraryNames(itemCodesOf(bounds)).map((names): LineSelector => ({ kind: "items", in: names }));
  const leaf = oneof(
    { weight: 4, arbitrary: constant<LineSelector>({ kind: "every" }) },
    { weight: 4, arbitrary: items },
    // A bound without names leaves the kind out, for which the items stand in.
    categories.length === 0
      ? items
      : arbitraryNames(categories).map((names): LineSelector => ({ kind: "categories", in: names })),
    tags.length === 0 ? items : arbitraryNames(tags).map((names): LineSelector => ({ kind: "tags", in: names })),
    arbitraryNames(["A", "B"]).map((values): LineSelector => ({ kind: "attribute", name: "grade", in: values })),
    arbitraryBounds(quantity).map((both): LineSelector => ({ kind: "quantity", ...both })),
    arbitraryBounds(price).map((both): LineSelector => ({ kind: "unitPrice", ...both })),
  );
  if (depth === 0) return leaf;
  const part = arbitraryLineSelector(bounds, decimals, depth - 1);
  const parts = array(part, { minLength: 1, maxLength: 3 });
  return oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: parts.map((of): LineSelector => ({ kind: "all", of })) },
    { weight: 1, arbitrary: parts.map((of): LineSelector => ({ kind: "any", of })) },
    { weight: 1, arbitrary: part.map((of): LineSelector => ({ kind: "not", of })) },
  );
}
