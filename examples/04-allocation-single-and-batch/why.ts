import { describeAllocation, explainAllocation } from "ordercycle";
import { morningPlan } from "./batch.js";
import { ORDERS, POLICY, STOCK } from "./world.js";

/** Why SO-5 got nothing, in two languages. */
export function printWhy(): void {
  const explanation = explainAllocation(morningPlan(), "SO-5-1", { orders: ORDERS, stock: STOCK, policy: POLICY });
  if (explanation === undefined) throw new Error("no such line");
  for (const locale of ["en", "zh"] as const) console.log(`\n${describeAllocation(explanation, { locale })}`);
}
