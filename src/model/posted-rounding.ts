import type { RoundingMode } from "../core/decimal.js";
import type { Order } from "./order.js";

/** How the posted invoices of an order round shares of line amounts; undefined while none says so. */
export function postedRounding({ billing }: Pick<Order, "billing">): RoundingMode | undefined {
  return billing.invoices.find(({ rounding }) => rounding !== undefined)?.rounding;
}
