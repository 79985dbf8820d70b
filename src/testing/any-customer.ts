import type { Customer } from "../model/customer.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/** Fields of a street's restriction that are decimals. */
export const RESTRICTION_SIZES = ["maxLengthMetres", "maxHeightMetres", "maxWeightKilograms"] as const;

/**
 * A customer of the master: `C-100`, a retailer on credit in EUR who takes partial deliveries.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the customer
 * @throws RangeError when a limit is not a decimal
 *
 * **Source:** mission 5.3
 * @example
 * ```ts
 * import { anyCustomer } from "ordercycle/testing";
 * const customer = anyCustomer({ credit: { limit: "5000.00" } });
 * [customer.customerCode, customer.credit?.limit]; // => ["C-100", "5000"]
 * ```
 */
export function anyCustomer(part: PlainPart<Customer> = {}): Customer {
  const { credit, vehicleRestriction, unloadingConditions } = part;
  return complete<Customer>({
    customerCode: "C-100",
    name: "Corner Shop",
    shipToAddress: { street: "1 Harbour Road", city: "Hamburg", postalCode: "20457", country: "DE" },
    deliveryAreaPath: ["hamburg", "harbour"],
    customerClass: "B",
    customerType: "retailer",
    currency: "EUR",
    paymentMeans: "30",
    paymentTerm: "credit",
    salespersonCode: "S-1",
    ...part,
    ...(credit === undefined ? {} : { credit: withDecimals(credit, ["limit"]) }),
    ...(vehicleRestriction === undefined
      ? {}
      : {
          vehicleRestriction: withDecimals(vehicleRestriction, RESTRICTION_SIZES),
        }),
    ...(unloadingConditions === undefined
      ? {}
      : { unloadingConditions: withDecimals(unloadingConditions, ["clearHeightMetres", "extraMinutes"]) }),
  });
}
