import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fullestPlan } from "../../../src/allocation/sourcing/fullest-plan.js";
import { queuesOf, type Network } from "../../../src/allocation/sourcing/warehouse-network.js";
import { cheapestInRooms, hasRoom } from "../../../src/allocation/sourcing/warehouse-rooms.js";
import {
  cheapestPlan,
  greedyCover,
  planWith,
  type Counter,
} from "../../../src/allocation/sourcing/warehouse-search.js";

// Mission 9.7; definition B5: sets of warehouses that serve an order.

/** Needs by item; what each warehouse has of each; setups of 1 and goods that cost nothing, unless it is said. */
function network(needs: number[], units: number[][], more: Partial<Network> = {}): Network {
  const sites = units[0]!.map(() => 1);
  const unitCosts = more.unitCosts ?? units.map((row) => row.map(() => 0));
  return {
    units,
    wanted: needs,
    needs,
    setups: sites,
    unitCosts,
    most: sites.length,
    inUse: new Uint8Array(sites.length),
    mostPerLine: sites.length,
    rooms: sites.map(() => Infinity),
    queues: queuesOf({ units, unitCosts }),
    ...more,
  };
}
const siteNos = (chosen: Uint8Array): number[] => [...chosen.keys()].filter((site) => chosen[site] === 1);

describe("the greedy cover", () => {
  it.each<[string, Network, number[]]>([
    ["the one that has all", network([4, 4], [[4, 4, 0], [0, 4, 4]]), [1]], // prettier-ignore
    ["shares of what is needed, not units", network([100, 2], [[60, 50, 0], [0, 2, 0]], { most: 1 }), [1]], // prettier-ignore
    ["shares, also where the many units are all of one item", network([100, 2], [[90, 0], [0, 2]], { most: 1 }), [1]], // prettier-ignore
    ["of equals the first", network([4], [[4, 4]]), [0]],
    ["the cheaper to set up", network([4], [[4, 4]], { setups: [5, 1] }), [1]],
    ["the cheaper by unit", network([4], [[4, 4]], { unitCosts: [[2, 1]] }), [1]],
    ["more until there is enough, nobody who has nothing to add", network([6], [[4, 4, 3, 2]]), [0, 1]],
    ["no more than may be", network([9], [[4, 3, 2]], { most: 2 }), [0, 1]],
    ["none where nobody has anything", network([9], [[0, 0]]), []],
    ["who has something, though nobody has another item", network([4, 0], [[4, 4], [0, 0]]), [0]], // prettier-ignore
    ["who has room for more items", network([2, 2], [[2, 2], [2, 2]], { rooms: [1, 2] }), [1]], // prettier-ignore
    ["the items of which it has most, where it has no room for all", network([4, 4], [[1, 3], [4, 0]], { rooms: [1, 9], most: 1 }), [0]], // prettier-ignore
  ])("takes %s", (_case, own, sites) => {
    expect(siteNos(greedyCover(own))).toEqual(sites);
  });
});

describe("a plan with chosen warehouses", () => {
  const all = (own: Network): Uint8Array => Uint8Array.from(own.setups, () => 1);

  it.each<[string, Network, number[][], number]>([
    ["the cheapest first", network([5], [[4, 4, 4]], { unitCosts: [[3, 1, 2]] }), [[0, 4, 1]], 8],
    ["within the warehouses of a line", network([5], [[2, 2, 3]], { unitCosts: [[1, 2, 9]], mostPerLine: 2 }), [[2, 0, 3]], 31], // prettier-ignore
    ["what there is, where it is not all", network([9], [[2, 3, 1]], { mostPerLine: 2 }), [[2, 3, 0]], 2],
    ["nothing of who has nothing", network([2], [[0, 2, 0]], { mostPerLine: 1 }), [[0, 2, 0]], 1],
  ])("takes %s", (_case, own, parts, cost) => {
    const found = planWith(own, all(own), { left: 1000, isSpent: false });
    expect([found.parts, found.cost]).toEqual([parts, cost]);
  });

  it("takes no step where the cheapest are few enough for a line, however many were chosen", () => {
    const own = network([4], [[4, 4, 4]], { mostPerLine: 1 });
    const counter = { left: 0, isSpent: false };
    expect(planWith(own, all(own), counter)).toEqual({ parts: [[4, 0, 0]], cost: 1, isComplete: true });
    expect(counter).toEqual({ left: 0, isSpent: false });
  });

  it("takes no step either where the fullest that may serve a line do not have enough", () => {
    const own = network([9], [[2, 3, 1]], { mostPerLine: 2 });
    const counter = { left: 0, isSpent: false };
    expect(planWith(own, all(own), counter)).toEqual({ parts: [[2, 3, 0]], cost: 2, isComplete: false });
    expect(counter).toEqual({ left: 0, isSpent: false });
  });
});

describe("the least costly plan", () => {
  it.each<[string, Network, number[][] | undefined]>([
    ["one warehouse rather than two", network([4, 4], [[4, 0, 4], [0, 4, 4]]), [[0, 0, 4], [0, 0, 4]]], // prettier-ignore
    ["two where one setup costs more than both", network([4, 4], [[4, 0, 4], [0, 4, 4]], { setups: [1, 1, 3] }), [[4, 0, 0], [0, 4, 0]]], // prettier-ignore
    ["of equals the first by number", network([4], [[0, 4, 4]]), [[0, 4, 0]]],
    ["none where there is not enough", network([9], [[4, 4]]), undefined],
    ["none where more would be needed than may be", network([8], [[4, 4]], { most: 1 }), undefined],
  ])("is %s", (_case, own, parts) => {
    const counter = { left: 1000, isSpent: false };
    expect(cheapestPlan(own, counter)?.parts).toEqual(parts);
    expect(counter.isSpent).toBe(false);
  });
});

describe("the plan that serves most, where warehouses have room for few items", () => {
  it("takes no more warehouses for a line than may be", () => {
    // A second warehouse for the second item would serve one unit more.
    const own = network([10, 10], [[6, 5, 0], [6, 0, 1]], { rooms: [1, 9, 9], mostPerLine: 1 }); // prettier-ignore
    expect(fullestPlan(own, { left: 1000, isSpent: false })).toMatchObject({ parts: [[0, 5, 0], [6, 0, 0]], cost: 2 }); // prettier-ignore
    const two = { ...own, mostPerLine: 2 };
    expect(fullestPlan(two, { left: 1000, isSpent: false }).parts).toEqual([[0, 5, 0], [6, 0, 1]]); // prettier-ignore
  });

  it("looks on behind an item of which nothing is wanted", () => {
    const own = network([10, 0, 10], [[6, 5, 0], [0, 0, 0], [6, 0, 1]], { rooms: [1, 9, 9] }); // prettier-ignore
    expect(fullestPlan(own, { left: 1000, isSpent: false }).parts).toEqual([[0, 5, 0], [0, 0, 0], [6, 0, 1]]); // prettier-ignore
  });
});

describe("the steps of a search", () => {
  it("the plan that serves most takes one for each set of warehouses, where all of them have room for everything", () => {
    const counter = { left: 1000, isSpent: false };
    fullestPlan(network([10], [[4, 4]], { most: 1 }), counter);
    // None, the first, the second.
    expect(counter).toEqual({ left: 997, isSpent: false });
  });

  const rows = (most: number) =>
    fc.array(fc.array(fc.nat(most), { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 });
  const networks = fc
    .record({
      needs: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 3 }),
      wished: rows(5),
      unitCosts: rows(3),
      rooms: fc.array(fc.constantFrom(1, 2, Infinity), { minLength: 4, maxLength: 4 }),
      most: fc.integer({ min: 1, max: 4 }),
      mostPerLine: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ needs, wished, ...more }) => network(needs, wished, more));
  const everywhere = Uint8Array.from([1, 1, 1, 1]);

  it.each<[string, (own: Network, counter: Counter) => unknown]>([
    ["the cheapest way in rooms", (own, counter) => cheapestInRooms(own, everywhere, counter)],
    ["the least costly plan", cheapestPlan],
    ["the plan that serves most", fullestPlan],
  ])(
    "%s: never more than may be; what was found without spending them is what would be found anyway",
    (_case, find) => {
      const seen = { spent: 0, unspent: 0 };
      fc.assert(
        fc.property(networks, fc.integer({ min: 0, max: 40 }), (own, steps) => {
          const counter = { left: steps, isSpent: false };
          const found = find(own, counter);
          expect(counter.left).toBeGreaterThanOrEqual(0);
          seen[counter.isSpent ? "spent" : "unspent"]++;
          if (!counter.isSpent) expect(found).toEqual(find(own, { left: 1_000_000, isSpent: false }));
        }),
        { numRuns: 200 },
      );
      expect(Math.min(seen.spent, seen.unspent)).toBeGreaterThan(5);
    },
  );

  it("the plan that serves most keeps the rooms and the warehouses of a line", () => {
    fc.assert(
      fc.property(networks, (own) => {
        const { parts } = fullestPlan(own, { left: 1_000_000, isSpent: false });
        expect(hasRoom(parts, own.rooms)).toBe(true);
        for (const [item, row] of parts.entries()) {
          expect(row.filter((part) => part > 0).length).toBeLessThanOrEqual(own.mostPerLine);
          expect(row.every((part, site) => part <= own.units[item]![site]!)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
