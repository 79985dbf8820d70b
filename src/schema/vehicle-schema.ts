import * as z from "zod";
import type { VehicleRestriction } from "../model/customer.js";
import type { Vehicle } from "../model/vehicle.js";
import { quantitySchema } from "./decimal-schema.js";
import { exactly } from "./exactly.js";
import { nameSchema } from "./text-schema.js";
import { localTimeSchema } from "./time-schema.js";

/** What may drive up to a customer's door. **Source:** mission 5.5 */
export const vehicleRestrictionSchema: z.ZodType<VehicleRestriction> = /* @__PURE__ */ (() =>
  exactly<VehicleRestriction>()(
    z.strictObject({
      maxLengthMetres: z.exactOptional(quantitySchema),
      maxHeightMetres: z.exactOptional(quantitySchema),
      maxWeightKilograms: z.exactOptional(quantitySchema),
      accessFrom: z.exactOptional(localTimeSchema),
      accessTo: z.exactOptional(localTimeSchema),
    }),
  ))();

/** A class of vehicles. **Source:** mission 5.5 */
export const vehicleSchema: z.ZodType<Vehicle> = /* @__PURE__ */ (() =>
  exactly<Vehicle>()(
    z.strictObject({
      vehicleClass: nameSchema,
      lengthMetres: z.exactOptional(quantitySchema),
      heightMetres: z.exactOptional(quantitySchema),
      weightKilograms: z.exactOptional(quantitySchema),
      arrivesFrom: z.exactOptional(localTimeSchema),
      arrivesTo: z.exactOptional(localTimeSchema),
    }),
  ))();
