import { allocateOrder, describeReason } from "ordercycle";
import { DESK, order, POLICY, STOCK, TODAY } from "./world.js";

/** One order, while the customer is on the line. */
export function printSingle(): void {
  console.log("One order, in real time");
  const result = allocateOrder(order("SO-0", "B", "30", "north"), STOCK, { ...DESK, policy: POLICY, today: TODAY });
  if (!result.ok) throw new Error("refused");
  const { order: after, movements, reasons } = result.value;
  console.log(`  ${after.orderNo} is ${after.status}.`);
  for (const { kind, quantity, warehouseId, lotNo } of movements)
    console.log(`  ${kind} ${quantity} in ${warehouseId}, lot ${lotNo ?? "none"}`);
  for (const reason of reasons) console.log(`  ${describeReason(reason, "en")}`);
}
