import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { planAllocation } from "../../../src/allocation/plan-allocation.js";
import type { ChosenSourcing } from "../../../src/allocation/sourcing-policy.js";
import type { WarehouseLimit } from "../../../src/allocation/sourcing/warehouse-policy.js";
import { decimal } from "../../../src/core/decimal.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

// Mission 9.7; definition B5: where an allocation says of chosen warehouses that no choice is better, none is.

const SITES = ["EAST", "NORTH", "SOUTH"];
const ITEMS = ["OIL", "SALT", "TEA"];

interface Wish {
  readonly wanted: number;
  readonly isWhole: boolean;
  readonly group: "" | "G";
}

interface World {
  readonly wishes: readonly Wish[];
  /** By item, then by warehouse. */
  readonly has: readonly (readonly number[])[];
  readonly unitCosts: readonly (readonly number[])[];
  readonly fixedCosts: readonly number[];
  readonly limits: readonly WarehouseLimit[];
  readonly kind: "fewestSplits" | "leastCost";
  readonly steps: number;
  /** Warehouse from which the order has goods already; 3 for none. */
  readonly heldAt: number;
}

const plain = { noNullPrototype: true };
const table = (max: number): Arbitrary<number[][]> =>
  fc.array(fc.array(fc.nat({ max }), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });
const hard = { strength: "hard" } as const;
const worlds: Arbitrary<World> = fc.record(
  {
    wishes: fc.array(
      fc.record(
        {
          wanted: fc.integer({ min: 1, max: 6 }),
          isWhole: fc.boolean(),
          group: fc.constantFrom<Wish["group"]>("", "", "G"),
        },
        plain,
      ),
      { minLength: 1, maxLength: 3 },
    ),
    has: table(5),
    unitCosts: table(3),
    fixedCosts: fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }),
    limits: fc
      .tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(0, 0, 1, 2), fc.constantFrom(0, 0, 1, 2))
      .map(([sites, perLine, lines]): WarehouseLimit[] => [
        ...(sites === 0 ? [] : [{ ...hard, kind: "maxWarehouses" as const, count: sites }]),
        ...(perLine === 0 ? [] : [{ ...hard, kind: "maxWarehousesPerLine" as const, count: perLine }]),
        ...(lines === 0
          ? []
          : [
              {
                ...hard,
                kind: "maxLinesPerDay" as const,
                warehouses: SITES.slice(0, 2).map((warehouseId) => ({ warehouseId, count: lines })),
              },
            ]),
      ]),
    kind: fc.constantFrom<World["kind"]>("fewestSplits", "leastCost"),
    steps: fc.constantFrom(10_000, 10_000, 5, 2),
    heldAt: fc.constantFrom(3, 3, 0, 1, 2),
  },
  plain,
);

interface Outcome {
  /** Takes by line, then by warehouse. */
  readonly takes: readonly (readonly number[])[];
  readonly share: number;
  readonly aims: readonly [number, number];
}

const runs = (usual: number): number => (process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS));
const isBetter = (a: Outcome["aims"], b: Outcome["aims"]): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);

function outcomeOf(
  { wishes, unitCosts, fixedCosts, kind, heldAt }: World,
  takes: readonly (readonly number[])[],
): Outcome {
  // A warehouse from which the order has goods takes part for nothing.
  const used = SITES.map((_, site) => site !== heldAt && takes.some((row) => row[site]! > 0));
  const fixed = sum(fixedCosts.filter((_, site) => used[site]));
  const variable = sum(takes.map((row, item) => sum(row.map((units, site) => units * unitCosts[item]![site]!))));
  const count = used.filter(Boolean).length;
  return {
    takes,
    share: sum(takes.map((row, item) => sum(row) / wishes[item]!.wanted)),
    aims: kind === "fewestSplits" ? [count, fixed] : [fixed + variable, count],
  };
}

function given(world: World): { readonly optimal: boolean; readonly outcome: Outcome } {
  const { wishes, has, unitCosts, fixedCosts, limits, kind, steps, heldAt } = world;
  const stock = anyStock(
    ...has.flatMap((row, item) =>
      row.map((onHand, site) => ({ itemCode: ITEMS[item]!, warehouseId: SITES[site]!, onHand: String(onHand) })),
    ),
  );
  const held: AnyOrderLine = {
    itemCode: "HELD",
    orderedQty: "1",
    quantities: { allocated: "1" },
    reservations: [{ warehouseId: SITES[heldAt] ?? "", quantities: { allocated: "1" } }],
  };
  const asked = wishes.map(({ wanted, isWhole, group }, item): AnyOrderLine => ({
    itemCode: ITEMS[item]!,
    orderedQty: String(wanted),
    partialAllowed: !isWhole,
    ...(group === "" ? {} : { deliveryGroup: group }),
  }));
  const order = anyOrder({ stage: "confirmed", lines: heldAt === 3 ? asked : [...asked, held] });
  const sourcing: ChosenSourcing = {
    kind: "chosen",
    strategy: { kind },
    limits,
    steps,
    areas: [],
    otherwise: SITES.map((warehouseId, site) => ({ warehouseId, fixedCost: decimal(fixedCosts[site]!) })),
    unitCosts: ITEMS.flatMap((itemCode, item) =>
      SITES.map((warehouseId, site) => ({ itemCode, warehouseId, unitCost: decimal(unitCosts[item]![site]!) })),
    ),
  };
  const policy = { priority: [], sourcing, lots: "fifo" as const };
  const { lines } = planAllocation([order], stock, { ...anyContext(), policy, today: TODAY }).orders[0]!;
  const takes = lines.map((line) =>
    SITES.map((site) =>
      sum(line.takes.filter(({ source }) => source.warehouseId === site).map(({ quantity }) => Number(quantity))),
    ),
  );
  const said = lines[0]!.sourcing;
  return { optimal: said?.kind === "chosen" && said.optimal, outcome: outcomeOf(world, takes) };
}

/** Every way of serving the order within the limits: each line from every set of warehouses, as much as these have. */
function allOutcomes(world: World): Outcome[] {
  const { wishes, has, unitCosts, limits, heldAt } = world;
  const countOf = (kind: WarehouseLimit["kind"]): number =>
    Math.min(Infinity, ...limits.map((one) => ("count" in one && one.kind === kind ? one.count : Infinity)));
  const roomOf = (site: string): number =>
    limits
      .flatMap((one) => (one.kind === "maxLinesPerDay" ? one.warehouses : []))
      .find((one) => one.warehouseId === site)?.count ?? Infinity;
  const sets = Array.from({ length: 8 }, (_, bits) => SITES.map((__, site) => (bits >> site) % 2 === 1));
  const ways = wishes.map(({ wanted, isWhole, group }, item) =>
    sets.flatMap((set) => {
      const cheapest = [0, 1, 2]
        .filter((site) => set[site])
        .sort((a, b) => unitCosts[item]![a]! - unitCosts[item]![b]!);
      const row = [0, 0, 0];
      let open = wanted;
      for (const site of cheapest) {
        row[site] = Math.min(open, has[item]![site]!);
        open -= row[site];
      }
      const isPart = open > 0 && open < wanted && (isWhole || group !== "");
      const count = row.filter((units) => units > 0).length;
      return isPart || count > countOf("maxWarehousesPerLine") ? [] : [row];
    }),
  );
  const all: Outcome[] = [];
  const visit = (rows: readonly (readonly number[])[]): void => {
    const item = rows.length;
    if (item < wishes.length) {
      for (const row of ways[item]!) visit([...rows, row]);
      return;
    }
    const members = rows.filter((_, at) => wishes[at]!.group === "G").map((row) => sum(row) > 0);
    if (members.some(Boolean) && !members.every(Boolean)) return;
    const used = SITES.filter((_, site) => site === heldAt || rows.some((row) => row[site]! > 0));
    if (used.length > countOf("maxWarehouses")) return;
    if (SITES.some((site, at) => rows.filter((row) => row[at]! > 0).length > roomOf(site))) return;
    all.push(outcomeOf(world, rows));
  };
  visit([]);
  return all;
}

describe("chosen warehouses of which it is said that no choice is better (mission 9.7; definition B5)", () => {
  it("oracle: no way to serve the order within the limits serves more, or the same at a better aim", () => {
    let proven = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const { optimal, outcome } = given(world);
        if (!optimal) return;
        proven++;
        const served = outcome.takes.map(sum);
        const better = allOutcomes(world).find((other) => {
          if (other.share > outcome.share + 1e-9) return true;
          // Under a limit to their number an order's own warehouses come first, whatever the aim.
          const isCounted = world.limits.some(({ kind }) => kind !== "maxLinesPerDay");
          if (isCounted && world.heldAt < 3) return false;
          return other.takes.every((row, item) => sum(row) >= served[item]!) && isBetter(other.aims, outcome.aims);
        });
        expect(better).toBeUndefined();
      }),
      { numRuns: runs(200) },
    );
    expect(proven).toBeGreaterThan(50);
  });

  it("oracle: nor does any where lines of one item may take different lots, or one lot alone", () => {
    let proven = 0;
    fc.assert(
      fc.property(mixedWorlds, (world) => {
        const { optimal, takes } = servedFrom(world);
        if (!optimal) return;
        proven++;
        expect(betterThan(world, takes)).toBeUndefined();
      }),
      { numRuns: runs(200) },
    );
    expect(proven).toBeGreaterThan(50);
  });
});

interface MixedWish extends Wish {
  readonly itemCode: string;
  readonly lotNo: "" | "A" | "B";
  readonly isOneLot: boolean;
}

interface MixedWorld {
  readonly wishes: readonly MixedWish[];
  readonly places: readonly {
    readonly itemCode: string;
    readonly site: number;
    readonly lotNo: string;
    readonly units: number;
  }[];
  readonly fixedCosts: readonly number[];
  readonly limits: readonly WarehouseLimit[];
  readonly kind: World["kind"] | "wholeFromOne";
}

const mixedWorlds: Arbitrary<MixedWorld> = fc.record(
  {
    wishes: fc.array(
      fc.record(
        {
          wanted: fc.integer({ min: 1, max: 4 }),
          isWhole: fc.boolean(),
          group: fc.constantFrom<Wish["group"]>("", "", "G"),
          itemCode: fc.constantFrom("TEA", "TEA", "SALT"),
          lotNo: fc.constantFrom<MixedWish["lotNo"]>("", "", "A", "B"),
          isOneLot: fc.constantFrom(false, false, true),
        },
        plain,
      ),
      { minLength: 1, maxLength: 3 },
    ),
    places: fc.uniqueArray(
      fc.record(
        {
          itemCode: fc.constantFrom("TEA", "TEA", "SALT"),
          site: fc.nat({ max: 2 }),
          lotNo: fc.constantFrom("A", "B"),
          units: fc.integer({ min: 1, max: 4 }),
        },
        plain,
      ),
      { maxLength: 5, size: "max", selector: ({ itemCode, site, lotNo }) => `${itemCode} ${site} ${lotNo}` },
    ),
    fixedCosts: fc.array(fc.nat({ max: 4 }), { minLength: 3, maxLength: 3 }),
    limits: fc
      .constantFrom(0, 0, 1, 2)
      .map((count): WarehouseLimit[] => (count === 0 ? [] : [{ ...hard, kind: "maxWarehouses", count }])),
    kind: fc.constantFrom<MixedWorld["kind"]>("fewestSplits", "leastCost", "wholeFromOne"),
  },
  plain,
);

/** Takes by line, then by place. */
type Takes = readonly (readonly number[])[];

function servedFrom({ wishes, places, fixedCosts, limits, kind }: MixedWorld): {
  readonly optimal: boolean;
  readonly takes: Takes;
} {
  const stock = anyStock(
    ...places.map(({ itemCode, site, lotNo, units }) => ({
      itemCode,
      warehouseId: SITES[site]!,
      lotNo,
      onHand: String(units),
    })),
  );
  const order = anyOrder({
    stage: "confirmed",
    lines: wishes.map(({ wanted, isWhole, group, itemCode, lotNo, isOneLot }): AnyOrderLine => ({
      itemCode,
      orderedQty: String(wanted),
      partialAllowed: !isWhole,
      ...(group === "" ? {} : { deliveryGroup: group }),
      ...(lotNo === "" ? {} : { lotNo }),
      ...(isOneLot ? { oneLotOnly: true } : {}),
    })),
  });
  const sourcing: ChosenSourcing = {
    kind: "chosen",
    strategy: { kind },
    limits,
    steps: 10_000,
    areas: [],
    otherwise: SITES.map((warehouseId, site) => ({ warehouseId, fixedCost: decimal(fixedCosts[site]!) })),
  };
  const policy = { priority: [], sourcing, lots: "fifo" as const };
  const { lines } = planAllocation([order], places.length === 0 ? [] : stock, { ...anyContext(), policy, today: TODAY })
    .orders[0]!;
  const takes = lines
    .map((line) =>
      places.map(({ site, lotNo }) =>
        sum(
          line.takes
            .filter(({ source }) => source.warehouseId === SITES[site] && source.lotNo === lotNo)
            .map(({ quantity }) => Number(quantity)),
        ),
      ),
    )
    .map((row, line) => row.map((units, place) => (places[place]!.itemCode === wishes[line]!.itemCode ? units : 0)));
  const said = lines[0]!.sourcing;
  return { optimal: said?.kind === "chosen" && said.optimal, takes };
}

/** A way that gives every line as much, and some line more or all at a better aim. */
function betterThan({ wishes, places, fixedCosts, limits, kind }: MixedWorld, takes: Takes): Takes | undefined {
  const aimsOf = (some: Takes): Outcome["aims"] => {
    const used = SITES.map((_, site) =>
      some.some((row) => row.some((units, at) => units > 0 && places[at]!.site === site)),
    );
    const [count, fixed] = [used.filter(Boolean).length, sum(fixedCosts.filter((_, site) => used[site]))];
    return kind === "fewestSplits" ? [count, fixed] : [fixed, count];
  };
  const most = Math.min(
    kind === "wholeFromOne" ? 1 : Infinity,
    ...limits.map((one) => ("count" in one ? one.count : Infinity)),
  );
  const [served, aims] = [takes.map(sum), aimsOf(takes)];
  const visit = (rows: Takes): Takes | undefined => {
    const wish = wishes[rows.length];
    if (wish === undefined) {
      const members = rows
        .filter((_, line) => wishes[line]!.group === "G" || kind === "wholeFromOne")
        .map((row) => sum(row) > 0);
      if (members.some(Boolean) && !members.every(Boolean)) return undefined;
      const own = aimsOf(rows);
      const count = kind === "fewestSplits" ? own[0] : own[1];
      if (count > most) return undefined;
      return rows.some((row, line) => sum(row) > served[line]!) || isBetter(own, aims) ? rows : undefined;
    }
    const fits = ({ itemCode, lotNo }: MixedWorld["places"][number]): boolean =>
      itemCode === wish.itemCode && (wish.lotNo === "" || wish.lotNo === lotNo);
    const isAll = wish.isWhole || wish.group !== "" || kind === "wholeFromOne";
    const from = (row: readonly number[]): Takes | undefined => {
      const place = places[row.length];
      const taken = sum(row);
      if (place === undefined) {
        const lots = new Set(places.flatMap(({ site, lotNo }, at) => (row[at]! > 0 ? [`${site} ${lotNo}`] : [])));
        const isAble = taken >= served[rows.length]! && !(isAll && taken > 0 && taken < wish.wanted);
        return isAble && !(wish.isOneLot && lots.size > 1) ? visit([...rows, row]) : undefined;
      }
      const free = fits(place) ? place.units - sum(rows.map((other) => other[row.length]!)) : 0;
      for (let units = 0; units <= Math.min(free, wish.wanted - taken); units++) {
        const found = from([...row, units]);
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return from([]);
  };
  return visit([]);
}
