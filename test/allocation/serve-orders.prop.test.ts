import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateColumns } from "../../src/allocation/allocate-columns.js";
import { batchColumns } from "../../src/allocation/batch-columns.js";
import { orderOfService } from "../../src/allocation/order-of-service.js";
import { serveOrders, type ServedTakes } from "../../src/allocation/serve-orders.js";
import { takesOfWholeOrders } from "../../src/allocation/whole-orders.js";
import { smallWorld, TODAY } from "./small-world.js";

const told = ({ count, line, lot, units, lineTaken, lineOffered }: ServedTakes, isOut: (line: number) => boolean) => ({
  takes: Array.from({ length: count }, (_, take) => [line[take], lot[take], units[take]]),
  lineTaken: [...lineTaken],
  // Who waits as a whole has no turn any more in the loop over columns.
  lineOffered: [...lineOffered].filter((_, place) => !isOut(place)),
});

describe("serveOrders (mission 9.2, 9.7, 9.9)", () => {
  it("rule 3: takes what the loop over columns takes, from the same lots, where both can serve", () => {
    fc.assert(
      fc.property(smallWorld(), ({ orders, stock, policy }) => {
        const served = orderOfService(orders, policy.priority).map((position) => orders[position]!);
        const batch = batchColumns(served, stock, policy, TODAY);
        const byOrder = takesOfWholeOrders(batch, (some) => serveOrders(served, some, { policy, today: TODAY }));
        const byColumns = takesOfWholeOrders(batch, ({ columns }) => allocateColumns(columns));
        const isOut = (line: number): boolean => byOrder.waiting.has(batch.lineOrder[line]!);
        expect(told(byOrder.takes, isOut)).toEqual(told(byColumns.takes, isOut));
        expect(byOrder.waiting).toEqual(byColumns.waiting);
      }),
      { numRuns: 200 },
    );
  });
});
