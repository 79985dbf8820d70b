import { array, constantFrom, integer, oneof, subarray, tuple, type Arbitrary } from "fast-check";
import { addDays, calendarDay } from "../../core/calendar-day.js";
import type { LocalTime } from "../../core/time-zone.js";
import type { CustomerFact, OrderFact, PromotionCondition } from "../../model/promotion/promotion-condition.js";
import { arbitraryDecimal } from "./arbitrary-decimal.js";
import { arbitraryBounds, arbitraryLineSelector, arbitraryNames } from "./arbitrary-line-selector.js";
import type { PromotionBounds } from "./promotion-bounds.js";

/** What the arbitrary customers may be. */
const CUSTOMER_FACTS: readonly (readonly [CustomerFact, readonly string[]])[] = [
  ["customerCode", ["C-1", "C-2", "C-3"]],
  ["customerType", ["retailer", "restaurant"]],
  ["customerClass", ["A", "B", "C"]],
  ["creditRating", ["A", "B", "C"]],
  ["tag", ["club", "opening"]],
];

/** What the arbitrary orders may say. */
const ORDER_FACTS: readonly (readonly [OrderFact, readonly string[]])[] = [
  ["channel", ["phone", "fax", "edi", "webShop"]],
  ["orderSource", ["visit", "call", "advert", "direct"]],
  ["paymentTerm", ["prepaid", "cash", "credit"]],
  ["paymentMeans", ["10", "30"]],
  ["deliveryArea", ["hamburg", "harbour", "bremen"]],
  ["deliveryWaveId", ["W-1", "W-2"]],
  ["salespersonCode", ["S-1", "S-2"]],
];

const TIMES: readonly LocalTime[] = ["00:00", "06:30", "12:00", "18:00", "23:59:59"].map((time) => time as LocalTime);

/**
 * Conditions that an order can meet, at most three levels deep; simple ones mostly.
 *
 * @param bounds items, categories and tags that they may name
 * @param decimals of the currency, for sums of money
 * @param depth levels of parts that may still follow
 */
export function arbitraryPromotionCondition(
  bounds: PromotionBounds,
  decimals: number,
  depth = 2,
): Arbitrary<PromotionCondition> {
  const leaf = oneof(
    { weight: 2, arbitrary: arbitraryMeasure(bounds, decimals) },
    constantFrom(...CUSTOMER_FACTS).chain(([fact, values]) =>
      arbitraryNames(values).map((names): PromotionCondition => ({ kind: "customer", fact, in: names })),
    ),
    constantFrom(...ORDER_FACTS).chain(([fact, values]) =>
      arbitraryNames(values).map((names): PromotionCondition => ({ kind: "order", fact, in: names })),
    ),
    arbitraryNthOrder(),
    arbitraryTime(),
  );
  if (depth === 0) return leaf;
  const part = arbitraryPromotionCondition(bounds, decimals, depth - 1);
  const parts = array(part, { minLength: 1, maxLength: 3 });
  return oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 1, arbitrary: parts.map((of): PromotionCondition => ({ kind: "all", of })) },
    { weight: 1, arbitrary: parts.map((of): PromotionCondition => ({ kind: "any", of })) },
    { weight: 1, arbitrary: part.map((of): PromotionCondition => ({ kind: "not", of })) },
  );
}

function arbitraryMeasure(bounds: PromotionBounds, decimals: number): Arbitrary<PromotionCondition> {
  const selector = arbitraryLineSelector(bounds, decimals, 1);
  const measures = [
    ["quantity", arbitraryDecimal({ min: "0", max: "80", decimals: 1 })],
    ["amount", arbitraryDecimal({ min: "0", max: "500", decimals })],
    ["discountedAmount", arbitraryDecimal({ min: "0", max: "500", decimals })],
    ["lines", arbitraryDecimal({ min: "0", max: "6", decimals: 0 })],
    ["items", arbitraryDecimal({ min: "0", max: "4", decimals: 0 })],
  ] as const;
  return constantFrom(...measures).chain(([measure, value]) =>
    tuple(selector, arbitraryBounds(value)).map(([which, both]): PromotionCondition => ({
      kind: "lines",
      which,
      measure,
      ...both,
    })),
  );
}

function arbitraryNthOrder(): Arbitrary<PromotionCondition> {
  const number = integer({ min: 1, max: 6 });
  const given = constantFrom("from", "to", "both", "every", "all");
  return tuple(number, number, number, given).map(([one, other, every, which]): PromotionCondition => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return {
      kind: "nthOrder",
      ...(which === "from" || which === "both" || which === "all" ? { from } : {}),
      ...(which === "to" || which === "both" || which === "all" ? { to } : {}),
      ...(which === "every" || which === "all" ? { every } : {}),
    };
  });
}

function arbitraryTime(): Arbitrary<PromotionCondition> {
  const begin = calendarDay("2026-01-01");
  const weekdays = subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }).map((chosen) => ({ weekdays: chosen }));
  const days = tuple(integer({ min: 0, max: 300 }), integer({ min: 1, max: 400 })).map(([first, length]) => ({
    fromDay: addDays(begin, first),
    toDay: addDays(begin, first + length),
  }));
  const hours = tuple(constantFrom(...TIMES), constantFrom(...TIMES)).map(([fromTime, toTime]) =>
    fromTime === toTime ? { fromTime } : { fromTime, toTime },
  );
  return oneof(
    weekdays,
    days,
    hours,
    tuple(weekdays, days, hours).map(([on, between, at]) => ({ ...on, ...between, ...at })),
  ).map((bound): PromotionCondition => ({ kind: "time", ...bound }));
}
