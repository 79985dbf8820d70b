import * as z from "zod";
import type { WarehousesByArea } from "../model/warehouses-by-area.js";
import { nameSchema } from "./text-schema.js";

/** A delivery area or the begin of one, large to small. **Source:** mission 5.1 */
export const areaPathSchema: z.ZodType<readonly string[]> = /* @__PURE__ */ (() => z.array(nameSchema).max(3))();

/** Warehouses of delivery areas, nearest first. **Source:** mission 9.7 */
export const warehousesOfAreasSchema: z.ZodType<WarehousesByArea["areas"]> = /* @__PURE__ */ (() =>
  z.array(z.strictObject({ areaPath: areaPathSchema, warehouseIds: z.array(nameSchema) })))();
