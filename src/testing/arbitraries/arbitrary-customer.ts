import { array, boolean, constantFrom, integer, tuple, type Arbitrary } from "fast-check";
import type { LocalTime } from "../../core/time-zone.js";
import { decimal } from "../../core/decimal.js";
import type { Customer } from "../../model/customer.js";
import { anyCustomer } from "../any-customer.js";
import { arbitraryCalendarDay } from "./arbitrary-calendar-day.js";
import { arbitraryMoney } from "./arbitrary-money.js";
import { optionalFields, plainRecord } from "./plain-record.js";

/**
 * Customers `C-1` to `C-9` with any mix of the fields that a master may leave open.
 *
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 5.3
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryCustomer, checkPlainData } from "ordercycle/testing";
 * fc.sample(arbitraryCustomer(), 50).flatMap((customer) => checkPlainData(customer)); // => []
 * ```
 */
export function arbitraryCustomer(): Arbitrary<Customer> {
  const { customerCode, name, shipToAddress, deliveryAreaPath } = anyCustomer();
  const rest = optionalFields({
    contact: optionalFields({ name: constantFrom("Kim", "Noor"), phone: constantFrom("+49 40 1234") }),
    route: plainRecord({ routeId: constantFrom("R-1", "R-2"), position: integer({ min: 1, max: 30 }) }),
    vehicleRestriction: optionalFields({ maxHeightMetres: constantFrom("2.8", "3.4").map(decimal) }),
    unloadingConditions: optionalFields({ floor: integer({ min: -1, max: 5 }), crew: integer({ min: 1, max: 3 }) }),
    deliveryRequirement: optionalFields({
      windowFrom: constantFrom("08:00" as LocalTime),
      windowTo: constantFrom("12:00" as LocalTime),
      services: array(constantFrom("shelving", "labelling"), { maxLength: 2 }),
      note: constantFrom("ring twice"),
    }),
    customerClass: constantFrom("A", "B", "C"),
    situation: constantFrom("active", "dormant", "watch"),
    credit: optionalFields({
      rating: constantFrom("A", "B", "C"),
      limit: arbitraryMoney({ max: "100000" }),
      since: arbitraryCalendarDay(),
    }),
    tags: constantFrom(["club"], ["club", "opening"]),
    customerType: constantFrom("retailer", "restaurant"),
    paymentMeans: constantFrom("10", "30"),
    paymentTerm: constantFrom("prepaid" as const, "cash" as const, "credit" as const),
    salespersonCode: constantFrom("S-1", "S-2"),
    partialAllowed: boolean(),
    shipComplete: boolean(),
    shortagePolicy: constantFrom(
      "backfillOnArrival" as const,
      "backfillWithNextOrder" as const,
      "leaveOpen" as const,
      "cancelRemainder" as const,
      "deferWholeOrder" as const,
      "mergeIntoNextOrder" as const,
    ),
    shortageOffers: constantFrom([], ["reallocate" as const]),
    minimumRemainingLifeDays: integer({ min: 0, max: 90 }),
  });
  return tuple(integer({ min: 1, max: 9 }), constantFrom("EUR", "JPY", "KWD"), rest).map(
    ([number, currency, more]) => ({
      customerCode: customerCode.replace("100", String(number)),
      name,
      shipToAddress,
      deliveryAreaPath,
      currency,
      ...more,
    }),
  );
}
