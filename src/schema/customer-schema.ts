import * as z from "zod";
import type { CreditTerms, Customer, RoutePlace, UnloadingConditions } from "../model/customer.js";
import { addressSchema } from "./address-schema.js";
import { currencySchema } from "./currency-schema.js";
import { moneySchema, nonNegativeSchema, quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import {
  deliveryRequirementSchema,
  paymentTermSchema,
  shortageOffersSchema,
  shortagePolicySchema,
} from "./order-terms-schema.js";
import { nameSchema, remarkSchema } from "./text-schema.js";
import { calendarDaySchema } from "./time-schema.js";
import { vehicleRestrictionSchema } from "./vehicle-schema.js";
import { counterSchema, countSchema, wholeNumberSchema } from "./whole-number-schema.js";

const routePlaceSchema: z.ZodType<RoutePlace> = /* @__PURE__ */ (() =>
  exactly<RoutePlace>()(z.strictObject({ routeId: nameSchema, position: counterSchema })))();

const unloadingConditionsSchema: z.ZodType<UnloadingConditions> = /* @__PURE__ */ (() =>
  exactly<UnloadingConditions>()(
    z.strictObject({
      clearHeightMetres: z.exactOptional(quantitySchema),
      floor: z.exactOptional(wholeNumberSchema),
      equipment: z.exactOptional(z.array(nameSchema)),
      extraMinutes: z.exactOptional(nonNegativeSchema),
      crew: z.exactOptional(counterSchema),
    }),
  ))();

const creditTermsSchema: z.ZodType<CreditTerms> = /* @__PURE__ */ (() =>
  exactly<CreditTerms>()(
    z.strictObject({
      rating: z.exactOptional(nameSchema),
      limit: z.exactOptional(moneySchema),
      since: z.exactOptional(calendarDaySchema),
    }),
  ))();

/**
 * A customer of the customer master.
 *
 * **Rules**
 * 1. The delivery area has one to three levels.
 *
 * **Source:** mission 4.3, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8
 */
export const customerSchema: z.ZodType<Customer> = /* @__PURE__ */ (() =>
  exactly<Customer>()(
    z.strictObject({
      customerCode: nameSchema,
      name: remarkSchema,
      contact: z.exactOptional(
        z.strictObject({
          name: z.exactOptional(remarkSchema),
          phone: z.exactOptional(remarkSchema),
          email: z.exactOptional(remarkSchema),
        }),
      ),
      shipToAddress: addressSchema,
      deliveryAreaPath: z.array(nameSchema).min(1).max(3),
      route: z.exactOptional(routePlaceSchema),
      vehicleRestriction: z.exactOptional(vehicleRestrictionSchema),
      unloadingConditions: z.exactOptional(unloadingConditionsSchema),
      deliveryRequirement: z.exactOptional(deliveryRequirementSchema),
      customerClass: z.exactOptional(nameSchema),
      situation: z.exactOptional(nameSchema),
      credit: z.exactOptional(creditTermsSchema),
      tags: z.exactOptional(z.array(nameSchema)),
      customerType: z.exactOptional(nameSchema),
      currency: currencySchema,
      paymentMeans: z.exactOptional(nameSchema),
      paymentTerm: z.exactOptional(paymentTermSchema),
      salespersonCode: z.exactOptional(nameSchema),
      partialAllowed: z.exactOptional(z.boolean()),
      shipComplete: z.exactOptional(z.boolean()),
      shortagePolicy: z.exactOptional(shortagePolicySchema),
      shortageOffers: z.exactOptional(shortageOffersSchema),
      minimumRemainingLifeDays: z.exactOptional(countSchema),
    }),
  ))();
