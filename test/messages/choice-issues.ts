import { chooseWarehouses } from "../../src/allocation/sourcing/choose-warehouses.js";
import type { WarehousePolicy } from "../../src/allocation/sourcing/warehouse-policy.js";
import { completeOrders } from "../../src/allocation/completion/complete-orders.js";
import { decimal } from "../../src/core/decimal.js";
import type { Issue } from "../../src/core/issue.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import type { Result } from "../../src/core/result.js";

const tea = { itemCode: "TEA", quantity: decimal("5") };
const below = { ...tea, quantity: decimal("-1") };
const endless = { ...tea, quantity: decimal("999999999999.999999") };
const north = { warehouseId: "NORTH" };

/** Real issues of choosing warehouses and complete orders, one of every code at least. */
export function choiceIssues(): Issue[] {
  const weight = { factor: "distance" as const, weight: decimal("0.4"), worst: decimal("9"), best: decimal("9") };
  const weighted: WarehousePolicy = {
    strategy: { kind: "weighted", weights: [weight] },
    limits: [{ kind: "maxWarehouses", strength: "hard", count: 0 }],
    steps: 100,
  };
  const cheapest: WarehousePolicy = { strategy: { kind: "leastCost" }, limits: [], steps: 100 };
  const wish = { orderNo: "SO-1", value: decimal("1") };
  const results: readonly Result<unknown>[] = [
    chooseWarehouses([tea, below], [north], [], weighted),
    chooseWarehouses([endless], [north], [{ ...north, ...endless, unitCost: decimal("7777777.77") }], cheapest),
    chooseWarehouses([], [], [], {
      ...cheapest,
      limits: [
        { kind: "maxLinesPerDay", strength: "hard", warehouses: [{ ...north, count: -1 }] },
        {
          kind: "cutOff",
          strength: "soft",
          cutOffs: [{ ...north, cutOff: "24:00" as LocalTime, timeZone: "Nowhere" }],
        },
      ],
    }),
    completeOrders(
      [
        { ...wish, needs: [below] },
        { ...wish, needs: [tea] },
      ],
      [],
      { objective: "count", steps: 9 },
    ),
    completeOrders([{ ...wish, needs: [endless] }], [endless], { objective: "value", steps: 9 }),
    completeOrders([], [], {
      objective: "value",
      steps: 9,
      protection: Array.from({ length: 9 }, (_, place) => {
        return { kind: "protect", group: `G-${place}`, itemCode: "TEA", quantity: decimal("1") };
      }),
    }),
  ];
  return results.flatMap((result) => (result.ok ? [] : result.issues));
}
