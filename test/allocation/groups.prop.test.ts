import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

interface Wish {
  readonly item: string;
  readonly quantity: number;
  readonly group: string;
}

/** Lines of an order in the order in which they are served: a group where its first line stands. */
function served(wishes: readonly Wish[]): number[] {
  const firstOf = ({ group }: Wish, place: number): number =>
    group === "" ? place : wishes.findIndex((other) => other.group === group);
  return [...wishes.keys()].sort((a, b) => firstOf(wishes[a]!, a) - firstOf(wishes[b]!, b) || a - b);
}

/**
 * Rounds as the definition has them: all are served in their order, the first group that is not complete gives up what it
 * took and takes part no more, and all are served again; until no group is incomplete.
 */
function byRounds(orders: readonly (readonly Wish[])[], stock: Readonly<Record<string, number>>): string[] {
  const out = new Set<string>();
  for (;;) {
    const left = { ...stock };
    const got = new Map<string, number>();
    for (const [place, wishes] of orders.entries()) {
      for (const line of served(wishes)) {
        const { item, quantity, group } = wishes[line]!;
        const units = out.has(`${place} ${group}`) ? 0 : Math.min(quantity, left[item] ?? 0);
        left[item] = (left[item] ?? 0) - units;
        got.set(`SO-${place + 1}-${line + 1}`, units);
      }
    }
    const broken = orders
      .flatMap((wishes, place) => served(wishes).map((line) => ({ place, line, wish: wishes[line]! })))
      .find(
        ({ place, line, wish }) =>
          wish.group !== "" &&
          !out.has(`${place} ${wish.group}`) &&
          got.get(`SO-${place + 1}-${line + 1}`)! < wish.quantity,
      );
    if (broken === undefined) return [...got].map(([lineId, units]) => `${lineId} ${units}`).sort();
    out.add(`${broken.place} ${broken.wish.group}`);
  }
}

describe("groups that come together or not at all (mission 9.16; definition B6)", () => {
  it("gives in one pass what repeated rounds come to", () => {
    const wish = fc.record({
      item: fc.constantFrom("TEA", "SALT"),
      quantity: fc.integer({ min: 1, max: 6 }),
      group: fc.constantFrom("", "G", "H"),
    });
    const world = fc.record({
      orders: fc.array(fc.array(wish, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      tea: fc.nat({ max: 20 }),
      salt: fc.nat({ max: 20 }),
    });
    fc.assert(
      fc.property(world, ({ orders, tea, salt }) => {
        const built = orders.map((wishes, place): Order =>
          anyOrder({
            orderNo: `SO-${place + 1}`,
            stage: "confirmed",
            lines: wishes.map(({ item, quantity, group }) => ({
              itemCode: item,
              orderedQty: String(quantity),
              ...(group === "" ? {} : { deliveryGroup: group }),
            })),
          }),
        );
        const stock = anyStock({ onHand: String(tea) }, { itemCode: "SALT", onHand: String(salt) });
        const policy = {
          priority: [],
          sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
          lots: "fifo" as const,
        };
        const { reasons } = allocateBatch(built, stock, { ...anyContext(), policy, today: TODAY });
        expect(reasons.map(({ lineId, allocated }) => `${lineId} ${allocated}`).sort()).toEqual(
          byRounds(orders, { TEA: tea, SALT: salt }),
        );
      }),
      { numRuns: 300 },
    );
  });
});
