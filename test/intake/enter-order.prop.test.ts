import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enterOrder } from "../../src/intake/enter-order.js";
import { indexMasters } from "../../src/model/masters.js";
import type { DeliveryWave } from "../../src/model/stock.js";
import {
  anyContext,
  arbitraryCustomer,
  arbitraryItem,
  arbitraryOrderDraft,
  checkOutcome,
  deepFreeze,
} from "../../src/testing/index.js";

const wave = { name: "Morning", cutOff: "11:00", departure: "13:00", timeZone: "Europe/Berlin" };
const deliveryWaves = ["W-1", "W-2"].map((deliveryWaveId) => ({ ...wave, deliveryWaveId }) as DeliveryWave);

describe("enterOrder on any draft (mission 4.13)", () => {
  it("enters lawful orders or refuses with reasons, and touches nothing", () => {
    let count = 0;
    fc.assert(
      fc.property(
        arbitraryOrderDraft(),
        fc.uniqueArray(arbitraryCustomer(), { selector: ({ customerCode }) => customerCode, maxLength: 12 }),
        fc.uniqueArray(arbitraryItem(), { selector: ({ itemCode }) => itemCode, maxLength: 8 }),
        (draft, customers, items) => {
          deepFreeze([draft, customers, items]);
          const lists = { customers, items, deliveryWaves };
          const result = enterOrder(draft, { ...anyContext(), masters: indexMasters(lists) });
          if (!result.ok) {
            expect(result.issues.length).toBeGreaterThan(0);
            return;
          }
          count += 1;
          expect(checkOutcome(undefined, result.value)).toEqual([]);
          expect(result.value.order.lines).toHaveLength(draft.lines.length);
        },
      ),
      { numRuns: Math.max(300, Number(process.env.FC_RUNS ?? 0)) },
    );
    expect(count).toBeGreaterThan(0);
  });
});
