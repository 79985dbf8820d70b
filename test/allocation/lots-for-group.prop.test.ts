import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { lotsForGroup, type GroupLine, type GroupLot } from "../../src/allocation/lots-for-group.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { Sourcing } from "../../src/allocation/sourcing-policy.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { anyContext, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.9, 9.16; definitions B5, B6: lines of one item that come together and may take different lots.

/** Whether all lines can be complete: every set of lines finds enough in the lots of all of them, whichever lot each of one lot is of. */
function canBeComplete(lines: readonly GroupLine[], lots: readonly GroupLot[]): boolean {
  const bound = lines.findIndex(({ isOneLot }) => isOneLot);
  if (bound >= 0) {
    const { units, lots: own } = lines[bound]!;
    const names = new Set(own.map((lot) => lots[lot]!.name));
    return [...names].some((name) => {
      const only = { units, lots: own.filter((lot) => lots[lot]!.name === name), isOneLot: false };
      return canBeComplete(lines.with(bound, only), lots);
    });
  }
  for (let set = 1; set < 1 << lines.length; set++) {
    const some = lines.filter((_, line) => (set >> line) % 2 === 1);
    const reached = new Set(some.flatMap((line) => line.lots));
    const there = [...reached].reduce((sum, lot) => sum + lots[lot]!.units, 0);
    if (some.reduce((sum, { units }) => sum + units, 0) > there) return false;
  }
  return true;
}

const someLots = fc.array(fc.record({ units: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom("A", "B", "C") }), {
  minLength: 1,
  maxLength: 5,
});
const someLines = (lots: readonly GroupLot[]) =>
  fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 6 }),
      lots: fc.subarray([...lots.keys()]),
      isOneLot: fc.constantFrom(false, false, true),
    }),
    { minLength: 1, maxLength: 5 },
  );

describe("lotsForGroup", () => {
  it("oracle: completes all lines exactly where every set of them finds enough, and takes no more than there is", () => {
    let found = 0;
    const world = someLots.chain((lots) => fc.tuple(fc.constant(lots), someLines(lots)));
    fc.assert(
      fc.property(world, ([lots, lines]) => {
        const shares = lotsForGroup(deepFreeze(lines), deepFreeze(lots), { left: 100_000 });
        expect(shares !== undefined).toBe(canBeComplete(lines, lots));
        if (shares === undefined) return;
        found++;
        for (const [line, { units, lots: own, isOneLot }] of lines.entries()) {
          const mine = shares.filter((share) => share.line === line);
          expect(mine.reduce((sum, share) => sum + share.units, 0)).toBe(units);
          expect(mine.every((share) => own.includes(share.lot) && share.units > 0)).toBe(true);
          if (isOneLot) expect(new Set(mine.map((share) => lots[share.lot]!.name)).size).toBe(1);
        }
        for (const [lot, { units }] of lots.entries()) {
          const taken = shares.filter((share) => share.lot === lot).reduce((sum, share) => sum + share.units, 0);
          expect(taken).toBeLessThanOrEqual(units);
        }
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 1000 : Number(process.env.FC_RUNS) },
    );
    expect(found).toBeGreaterThan(50);
  });

  const line = (units: number, lots: readonly number[], isOneLot = false): GroupLine => ({ units, lots, isOneLot });
  const lot = (units: number, name = "A"): GroupLot => ({ units, name });

  it("rule 1: takes the first of its lots that leave the others enough", () => {
    const lots = [lot(5), lot(5), lot(5)];
    expect(lotsForGroup([line(5, [0, 1, 2]), line(5, [0, 1]), line(5, [0])], lots, { left: 99 })).toEqual([
      { line: 0, lot: 2, units: 5 },
      { line: 1, lot: 1, units: 5 },
      { line: 2, lot: 0, units: 5 },
    ]);
    expect(lotsForGroup([line(3, [0, 1, 2]), line(2, [0, 1])], lots, { left: 99 })).toEqual([
      { line: 0, lot: 0, units: 3 },
      { line: 1, lot: 0, units: 2 },
    ]);
  });

  it("rule 2: spends no steps on lots that are too small for a line of one lot", () => {
    const small = Array.from({ length: 9 }, (_, place) => lot(1, `S-${place}`));
    const lots = [...small, lot(5, "B")];
    expect(lotsForGroup([line(5, [...lots.keys()], true)], lots, { left: 20 })).toEqual([
      { line: 0, lot: 9, units: 5 },
    ]);
  });

  it("rule 3: finds nothing when the steps are spent, in bounded time", () => {
    const lots = Array.from({ length: 30 }, (_, place) => lot(3, `L-${place}`));
    // Thirty lots of three hold forty-five lines of two in all, but only thirty of one lot each.
    const lines = Array.from({ length: 45 }, () => line(2, [...lots.keys()], true));
    const steps = { left: 100_000 };
    expect(lotsForGroup(lines, lots, steps)).toBeUndefined();
    expect(steps.left).toBeLessThanOrEqual(0);
    expect(lotsForGroup([line(1, [0])], [lot(1)], { left: 0 })).toBeUndefined();
  });
});

const SOURCINGS: Readonly<Record<string, Sourcing>> = {
  nearest: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
  ranked: { kind: "ranked", warehouseIds: ["SOUTH", "NORTH"], rules: [] },
  chosen: {
    kind: "chosen",
    strategy: { kind: "fewestSplits" },
    limits: [{ kind: "excluded", strength: "hard", warehouseIds: ["EAST"] }],
    steps: 10_000,
    areas: [],
    otherwise: [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH" }, { warehouseId: "EAST" }],
  },
};

interface Lot {
  readonly onHand: number;
  readonly lotNo: string;
  readonly warehouseId: string;
  readonly life: number;
}

interface Wish {
  readonly quantity: number;
  readonly lotNo: string;
  readonly life: number;
  readonly oneLotOnly: boolean;
}

function allocated(wishes: readonly Wish[], lots: readonly Lot[], sourcing: Sourcing): string[] {
  const order = anyOrder({
    stage: "confirmed",
    header: { shipComplete: true },
    lines: wishes.map(({ quantity, lotNo, life, oneLotOnly }): AnyOrderLine => ({
      orderedQty: `${quantity}`,
      ...(lotNo === "" ? {} : { lotNo }),
      ...(life === 0 ? {} : { minimumRemainingLifeDays: life }),
      ...(oneLotOnly ? { oneLotOnly } : {}),
    })),
  });
  const stock = anyStock(
    ...lots.map(({ onHand, life, ...place }, bin) => ({
      ...place,
      binId: `B-${bin}`,
      onHand: `${onHand}`,
      expiresOn: addDays(TODAY, life),
    })),
  );
  const policy: AllocationPolicy = { priority: [], sourcing, lots: "fefo" };
  const outcome = allocateBatch(deepFreeze([order]), deepFreeze(stock), { ...anyContext(), policy, today: TODAY });
  return outcome.reasons.map((reason) => reason.allocated);
}

const lotsOf = fc.array(
  fc.record({
    onHand: fc.integer({ min: 1, max: 5 }),
    lotNo: fc.constantFrom("L-1", "L-2", "L-3"),
    warehouseId: fc.constantFrom("NORTH", "SOUTH"),
    life: fc.constantFrom(5, 10, 20),
  }),
  { minLength: 1, maxLength: 5 },
);
const wishesOf = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 5 }),
    lotNo: fc.constantFrom("", "", "L-1", "L-2"),
    life: fc.constantFrom(0, 8, 15),
    oneLotOnly: fc.constantFrom(false, false, true),
  }),
  { minLength: 2, maxLength: 4 },
);

describe("allocateBatch: a complete order of one item whose lines may take different lots", () => {
  it("is packed into its lots where the first lot that has enough for a line would leave too little for the others", () => {
    const lot = (lotNo: string, onHand: number, life: number): Lot => ({ lotNo, onHand, life, warehouseId: "NORTH" });
    const wishes = [4, 3, 3].map((quantity): Wish => ({ quantity, lotNo: "", life: 0, oneLotOnly: true }));
    expect(allocated(wishes, [lot("L-1", 6, 5), lot("L-2", 4, 20)], SOURCINGS.nearest!)).toEqual(["4", "3", "3"]);
    expect(allocated(wishes, [lot("L-1", 5, 5), lot("L-2", 5, 20)], SOURCINGS.nearest!)).toEqual(["0", "0", "0"]);
  });

  it("is packed so also where all must come from one warehouse", () => {
    const lot = (lotNo: string, onHand: number): Lot => ({ lotNo, onHand, life: 20, warehouseId: "NORTH" });
    const wishes = [4, 3, 3].map((quantity): Wish => ({ quantity, lotNo: "", life: 0, oneLotOnly: true }));
    const limits = [{ kind: "maxWarehouses", count: 1, strength: "hard" }];
    const sourcing = { ...SOURCINGS.chosen, strategy: { kind: "wholeFromOne" }, limits } as Sourcing;
    expect(allocated(wishes, [lot("L-1", 6), lot("L-2", 4)], sourcing)).toEqual(["4", "3", "3"]);
  });

  it.each(Object.keys(SOURCINGS))("oracle: comes exactly where it can, from warehouses that are %s", (kind) => {
    fc.assert(
      fc.property(wishesOf, lotsOf, (wishes, lots) => {
        const lines = wishes.map(({ quantity, lotNo, life, oneLotOnly }): GroupLine => ({
          units: quantity,
          lots: [...lots.keys()].filter((lot) => {
            const own = lots[lot]!;
            return own.life >= Math.max(1, life) && (lotNo === "" || own.lotNo === lotNo);
          }),
          isOneLot: oneLotOnly,
        }));
        const named = lots.map(({ onHand, lotNo, warehouseId }) => ({
          units: onHand,
          name: `${warehouseId} ${lotNo}`,
        }));
        const isComplete = allocated(wishes, lots, SOURCINGS[kind]!).every((quantity) => quantity !== "0");
        expect(isComplete).toBe(canBeComplete(lines, named));
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 250 : Number(process.env.FC_RUNS) },
    );
  });
});

describe("allocateBatch: a group whose lines come in steps", () => {
  it("is not complete when a cap leaves a line less than its steps, though less than a step is left of it", () => {
    const order = anyOrder({
      stage: "confirmed",
      header: { shipComplete: true, customerClass: "A" },
      lines: [{ orderedQty: "1" }, { orderedQty: "8", quantum: "4" }],
    });
    const given = (quantity: string): string[] => {
      const protection = [{ kind: "cap" as const, group: "A", itemCode: "TEA", quantity: decimal(quantity) }];
      const policy = { priority: [], sourcing: SOURCINGS.nearest!, lots: "fifo" as const, protection };
      const outcome = allocateBatch([order], anyStock({ onHand: "99" }), { ...anyContext(), policy, today: TODAY });
      return outcome.reasons.map(({ allocated: units }) => units);
    };
    expect([given("8"), given("9")]).toEqual([
      ["0", "0"],
      ["1", "8"],
    ]);
  });
});
