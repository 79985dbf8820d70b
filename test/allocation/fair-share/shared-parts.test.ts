import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../../src/allocation/allocation-policy.js";
import type { BatchSharing } from "../../../src/allocation/fair-share/batch-sharing.js";
import { FAIR_SHARE_RULES } from "../../../src/allocation/fair-share/fair-share-rules.js";
import { partitionBatch } from "../../../src/allocation/partition-batch.js";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import { decimal } from "../../../src/core/decimal.js";
import { waitsAsWhole } from "../../../src/lifecycle/together-in.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { guardedWorld, NEAREST, SOURCINGS } from "../guarded-world.js";
import { TODAY } from "../small-world.js";

// Mission 9.2, 9.13, 9.16; definitions B2, B6, B7: what an order gets by its share, and why, depends on those alone with
// whom it quarrels.

/** What each line gets, from where, and why, by its name. */
function got(orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy): string[] {
  const { orders: plans } = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
  return plans
    .flatMap(({ lines }) => lines)
    .map(({ rank: _, ...line }) => JSON.stringify(line))
    .sort();
}

function gotApart(orders: readonly Order[], stock: readonly StockPosition[], policy: AllocationPolicy): string[] {
  const groups = partitionBatch(orders, policy);
  return groups.flatMap((group) => got(group.orders, stock, policy)).sort();
}

const SHARING: Arbitrary<readonly BatchSharing[]> = fc
  .record(
    {
      rule: fc.constantFrom(...FAIR_SHARE_RULES),
      minimum: fc.constantFrom("1", "4").map(decimal),
      tiers: fc.constant([["A"], ["B"]]),
      itemCodes: fc.constantFrom(["TEA"], ["SALT", "FAR-TEA"]),
    },
    { noNullPrototype: true, requiredKeys: ["rule"] },
  )
  .map((entry) => [entry]);

/** The second market has the same goods by other names. */
const far = (orders: readonly Order[], isFar: readonly boolean[]): Order[] =>
  orders.map((each, place) =>
    isFar[place] === true
      ? { ...each, lines: each.lines.map((line) => ({ ...line, itemCode: `FAR-${line.itemCode}` })) }
      : each,
  );
const bothMarkets = (stock: readonly StockPosition[]): StockPosition[] => [
  ...stock,
  ...stock.map((position) => ({ ...position, itemCode: `FAR-${position.itemCode}` })),
];

/** Had the half of all that cannot be complete given up, and not of each market, SO-15 and SO-19 would change places. */
const MARKETS_APART: ["each" | "complete" | "deferred", ["TEA" | "SALT", number][], boolean][] = [
  ["each", [["SALT", 1]], false],
  ["each", [["TEA", 1]], false],
  ["deferred", [["TEA", 1], ["TEA", 8]], false],
  ["each", [["TEA", 1]], true],
  ["each", [["TEA", 7]], false],
  ["deferred", [["SALT", 1], ["TEA", 5]], false],
  ["each", [["SALT", 9]], false],
  ["complete", [["TEA", 2], ["TEA", 9]], true],
  ["each", [["TEA", 5]], true],
  ["complete", [["TEA", 3], ["TEA", 5]], false],
]; // prettier-ignore

const deferred = (orderNo: string, ...lines: readonly AnyOrderLine[]): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    lines: lines.map(({ orderedQty = "5", ...line }) => ({
      ...line,
      orderedQty,
      quantities: { deferred: orderedQty },
      shortages: [{ bucket: "deferred" as const, quantity: orderedQty, mode: "wholeOrder" as const }],
    })),
  });

describe("batches in which items are shared out, and their parts", () => {
  const alone = { priority: [], lots: "fifo" as const };

  it("an order deferred as a whole waits for the same reason, whoever else lacks what", () => {
    const waits = deferred("SO-2", { itemCode: "TEA", orderedQty: "14" });
    const other = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [{ itemCode: "SALT", orderedQty: "9" }] });
    const stock = anyStock({ itemCode: "TEA", onHand: "4" }, { itemCode: "SALT", onHand: "2" });
    const sourcing = { kind: "ranked" as const, warehouseIds: ["NORTH"], rules: [{ rule: "mostStock" as const }] };
    const policy: AllocationPolicy = { ...alone, sourcing, sharing: [{ rule: "proportional" }] };
    const [own] = got([waits], stock, policy);
    expect(own).toContain('"code":"fair_share"');
    expect(got([other, waits], stock, policy)).toContain(own);
  });

  it("what is not shared out stands in its way too, whether or not somebody else wants a complete shipment", () => {
    const waits = deferred("SO-2", { itemCode: "TEA", orderedQty: "14" }, { itemCode: "SALT" });
    const other = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { shipComplete: true }, lines: [{ itemCode: "RICE" }] }); // prettier-ignore
    const stock = anyStock({ itemCode: "TEA", onHand: "4" }, { itemCode: "SALT", onHand: "0" });
    const policy: AllocationPolicy = {
      ...alone,
      sourcing: NEAREST,
      sharing: [{ rule: "proportional", itemCodes: ["TEA"] }],
    };
    const codes = (orders: readonly Order[]): unknown[] =>
      got(orders, stock, policy)
        .filter((line) => line.includes('"SO-2"'))
        .map((line) => (JSON.parse(line) as { code: string }).code);
    expect([codes([waits]), codes([other, waits])]).toEqual([
      ["fair_share", "empty_stock"],
      ["fair_share", "empty_stock"],
    ]);
  });

  it("law: the parts joined are the whole, also in the reasons of orders deferred as a whole", () => {
    let waiting = 0;
    const worlds = guardedWorld(
      fc.record({ sourcing: fc.constantFrom(...SOURCINGS), sharing: SHARING }, { noNullPrototype: true }),
      "all",
    );
    const markets = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(worlds, markets, fc.boolean(), ({ orders, stock, policy }, isFar, isRuled) => {
        const { protection, ...rest } = policy;
        const own: AllocationPolicy = isRuled ? { ...rest, protection } : rest;
        const spread = far(orders, isFar);
        const all = bothMarkets(stock);
        expect(gotApart(spread, all, own)).toEqual(got(spread, all, own));
        if (partitionBatch(spread, own).length > 1 && spread.some(waitsAsWhole)) waiting++;
      }),
      { numRuns: 100 },
    );
    expect(waiting).toBeGreaterThan(10);
  });

  it("law: many that come in full or not at all make room in their own market only", () => {
    const wish = fc.tuple(fc.constantFrom<"TEA" | "SALT">("TEA", "SALT"), fc.integer({ min: 1, max: 9 }));
    const order = fc.tuple(
      fc.constantFrom<"each" | "complete" | "deferred">("each", "complete", "complete", "deferred"),
      fc.array(wish, { minLength: 1, maxLength: 2 }),
      fc.boolean(),
    );
    const world = fc.tuple(
      fc.array(order, { minLength: 10, maxLength: 18, size: "max" }),
      fc.integer({ min: 10, max: 50 }),
      fc.integer({ min: 10, max: 50 }),
    );
    fc.assert(
      fc.property(world, SHARING, ([asking, tea, salt], sharing) => {
        const orders = asking.map(([kind, wishes], place) => {
          const lines = wishes.map(([itemCode, units]) => ({ itemCode, orderedQty: `${units}` }));
          const orderNo = `SO-${place + 10}`;
          if (kind === "deferred") return deferred(orderNo, ...lines);
          return anyOrder({ orderNo, stage: "confirmed", header: { shipComplete: kind === "complete" }, lines });
        });
        const spread = far(
          orders,
          asking.map(([, , isFar]) => isFar),
        );
        const all = bothMarkets(anyStock({ onHand: `${tea}` }, { itemCode: "SALT", onHand: `${salt}` }));
        const policy: AllocationPolicy = { priority: [], sourcing: NEAREST, lots: "fifo", sharing };
        expect(gotApart(spread, all, policy)).toEqual(got(spread, all, policy));
      }),
      { numRuns: 60, examples: [[[MARKETS_APART, 16, 10], [{ rule: "equalAwards" }]]] },
    );
  });
});
