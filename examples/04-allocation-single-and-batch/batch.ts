import {
  applyAllocationPlan,
  describeIssue,
  planAllocation,
  type AllocationOutcome,
  type AllocationPlan,
  type Order,
  type StockPosition,
} from "ordercycle";
import { parseAllocationPlan } from "ordercycle/schema";
import { DESK, ORDERS, POLICY, STOCK, TODAY } from "./world.js";

/** The plan of the morning: nothing is written yet. */
export function morningPlan(): AllocationPlan {
  return planAllocation(ORDERS, STOCK, { ...DESK, policy: POLICY, today: TODAY });
}

/** Plans the batch, shows it, strikes an order out, and applies the rest. */
export function printBatch(): void {
  const plan = morningPlan();
  console.log("\nThe morning's batch, planned");
  for (const { orderNo, lines } of plan.orders) {
    for (const { rank, requested, allocated, short, code, takes } of lines) {
      const from = takes.map(({ source, quantity }) => `${quantity} of ${source.lotNo ?? source.warehouseId}`);
      console.log(`  ${rank}. ${orderNo}: ${allocated} of ${requested}, short ${short}, ${code} ${from.join(", ")}`);
    }
  }

  console.log("\nStored, fetched, SO-3 struck out by hand, and applied");
  const stored = parseAllocationPlan(JSON.parse(JSON.stringify(plan)));
  if (!stored.ok) throw new Error("not a plan");
  const shortened = { ...stored.value, orders: stored.value.orders.filter(({ orderNo }) => orderNo !== "SO-3") };
  print(applyAllocationPlan(ORDERS, shortened, { ...DESK, stock: STOCK }));

  console.log("\nThe same plan, an hour too late: SO-2 was changed, and lot S-1 was put on hold");
  const later = ORDERS.map((order): Order =>
    order.orderNo === "SO-2" ? { ...order, version: order.version + 1 } : order,
  );
  const held = STOCK.map((place): StockPosition => (place.lotNo === "S-1" ? { ...place, condition: "held" } : place));
  print(applyAllocationPlan(later, plan, { ...DESK, stock: held }));
}

function print({ orders, events, movements, refused }: AllocationOutcome): void {
  for (const { orderNo, status, lines } of orders) {
    const [line] = lines;
    if (line === undefined) continue;
    const { open, allocated, backfill } = line.quantities;
    console.log(`  ${orderNo} is ${status}: open ${open}, allocated ${allocated}, to be back-filled ${backfill}`);
  }
  console.log(`  ${events.length} events, ${movements.length} movements`);
  for (const { issues } of refused) for (const issue of issues) console.log(`  refused: ${describeIssue(issue, "en")}`);
}
