import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateColumns } from "../../src/allocation/allocate-columns.js";
import type { AllocationColumns } from "../../src/allocation/allocation-columns.js";

interface Line {
  readonly item: number;
  readonly units: number;
  readonly area: number;
  readonly expiry: number;
  readonly quantum: number;
  readonly allOrNothing: number;
}

interface Lot {
  readonly item: number;
  readonly warehouse: number;
  readonly units: number;
  readonly place: number;
  readonly expiry: number;
}

interface Case {
  readonly lines: readonly Line[];
  readonly lots: readonly Lot[];
  readonly sequence: readonly number[];
  readonly nearness: readonly number[];
}

const ITEMS = 2;
const WAREHOUSES = 3;
const AREAS = 2;

function someCase(): Arbitrary<Case> {
  const line = fc.record({
    item: fc.integer({ min: -1, max: ITEMS - 1 }),
    units: fc.nat({ max: 12 }),
    area: fc.nat({ max: AREAS - 1 }),
    expiry: fc.constantFrom(0, 0, 3, 5, 8),
    quantum: fc.constantFrom(0, 0, 1, 3, 5),
    allOrNothing: fc.nat({ max: 1 }),
  });
  const lot = fc.record({
    item: fc.nat({ max: ITEMS - 1 }),
    warehouse: fc.nat({ max: WAREHOUSES - 1 }),
    units: fc.nat({ max: 6 }),
    place: fc.nat({ max: 3 }),
    expiry: fc.integer({ min: 1, max: 9 }),
  });
  return fc
    .record({
      lines: fc.array(line, { maxLength: 10 }),
      lots: fc.oneof(fc.array(lot, { maxLength: 8 }), fc.array(lot, { minLength: 60, maxLength: 70 })),
      nearness: fc.array(fc.integer({ min: -1, max: 2 }), {
        minLength: AREAS * WAREHOUSES,
        maxLength: AREAS * WAREHOUSES,
      }),
    })
    .chain(({ lines, lots, nearness }) =>
      fc
        .shuffledSubarray([...lines.keys()], { minLength: lines.length })
        .map((sequence) => ({ lines, lots, sequence, nearness })),
    );
}

function columnsOf({ lines, lots, sequence, nearness }: Case): AllocationColumns {
  return {
    items: ITEMS,
    warehouses: WAREHOUSES,
    sequence: Int32Array.from(sequence),
    lineItem: Int32Array.from(lines, ({ item }) => item),
    lineUnits: Int32Array.from(lines, ({ units }) => units),
    lineArea: Int32Array.from(lines, ({ area }) => area),
    lineExpiry: Int32Array.from(lines, ({ expiry }) => expiry),
    lineQuantum: Float64Array.from(lines, ({ quantum }) => quantum),
    lineAllOrNothing: Uint8Array.from(lines, ({ allOrNothing }) => allOrNothing),
    lotItem: Int32Array.from(lots, ({ item }) => item),
    lotWarehouse: Int32Array.from(lots, ({ warehouse }) => warehouse),
    lotUnits: Int32Array.from(lots, ({ units }) => units),
    lotQueue: Int32Array.from(lots, ({ place }) => place),
    lotExpiry: Int32Array.from(lots, ({ expiry }) => expiry),
    nearness: Int32Array.from(nearness),
  };
}

/** Lines that want nothing but units, and queues of many lots. */
function plainCase(): Arbitrary<Case> {
  const lot = fc.record({
    item: fc.nat({ max: ITEMS - 1 }),
    warehouse: fc.constantFrom(0, 0, 0, 1, 2),
    units: fc.constantFrom(0, 1, 2, 6),
    place: fc.nat({ max: 9 }),
    expiry: fc.constant(5),
  });
  return fc
    .tuple(someCase(), fc.oneof(fc.array(lot, { maxLength: 8 }), fc.array(lot, { minLength: 160, maxLength: 180 })))
    .map(([columns, lots]) => ({
      ...columns,
      lots,
      lines: columns.lines.map((line) => ({ ...line, units: 9 * line.units, expiry: 0, quantum: 0, allOrNothing: 0 })),
    }));
}

/** The same columns among more warehouses, which nobody asks. */
function withWarehouses(columns: AllocationColumns, warehouses: number): AllocationColumns {
  const nearness = Int32Array.from({ length: AREAS * warehouses }, (_, place) => {
    const [area, warehouse] = [Math.floor(place / warehouses), place % warehouses];
    return warehouse < WAREHOUSES ? (columns.nearness[area * WAREHOUSES + warehouse] ?? -1) : -1;
  });
  return { ...columns, warehouses, nearness };
}

/** One line after the other over all lots, sorted anew each time. */
function naively({ lines, lots, sequence, nearness }: Case) {
  const left = lots.map(({ units }) => units);
  const takes: [line: number, lot: number, units: number][] = [];
  const taken = lines.map(() => 0);
  const offered = lines.map(() => 0);
  for (const position of sequence) {
    const line = lines[position] as Line;
    const distance = (lot: Lot): number => nearness[line.area * WAREHOUSES + lot.warehouse] ?? -1;
    const usable = [...lots.entries()]
      .filter(([, lot]) => lot.item === line.item && distance(lot) >= 0 && lot.expiry >= line.expiry)
      .sort(
        ([a, one], [b, two]) =>
          distance(one) - distance(two) || one.warehouse - two.warehouse || one.place - two.place || a - b,
      );
    const free = usable.reduce((total, [lot]) => total + (left[lot] ?? 0), 0);
    const offer = Math.min(free, line.units);
    const step = Math.max(1, line.quantum);
    let kept = offer - (offer % step);
    if (line.allOrNothing === 1 && kept < line.units - (line.units % step)) kept = 0;
    offered[position] = line.item < 0 ? 0 : offer;
    taken[position] = kept;
    for (const [lot] of usable) {
      const units = Math.min(kept, left[lot] ?? 0);
      if (units === 0) continue;
      takes.push([position, lot, units]);
      left[lot] = (left[lot] ?? 0) - units;
      kept -= units;
    }
  }
  return { takes, taken, offered };
}

function asRows({ count, line, lot, units }: ReturnType<typeof allocateColumns>): [number, number, number][] {
  return Array.from({ length: count }, (_, take) => [line[take] ?? -1, lot[take] ?? -1, units[take] ?? -1]);
}

describe("allocateColumns (mission 9.2, 9.7, 9.9)", () => {
  it("rules 1–3: makes the takes that a naive walk makes, on any columns", () => {
    fc.assert(
      fc.property(someCase(), (columns) => {
        const takes = allocateColumns(columnsOf(columns));
        const expected = naively(columns);
        expect(asRows(takes)).toEqual(expected.takes);
        expect([...takes.lineTaken]).toEqual(expected.taken);
        expect([...takes.lineOffered]).toEqual(expected.offered);
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 600 : Number(process.env.FC_RUNS) },
    );
  });

  it("rules 1–2: without the columns that may be left out, any lot will do and any quantity", () => {
    fc.assert(
      fc.property(someCase(), (columns) => {
        const {
          lineExpiry: _life,
          lotExpiry: _day,
          lineQuantum: _step,
          lineAllOrNothing: _whole,
          ...rest
        } = columnsOf(columns);
        const lines = columns.lines.map((line) => ({ ...line, expiry: 0, quantum: 0, allOrNothing: 0 }));
        expect(asRows(allocateColumns(rest))).toEqual(naively({ ...columns, lines }).takes);
      }),
    );
  });

  it("rules 1–2: lines that want nothing but units get the same, however the columns are held", () => {
    fc.assert(
      fc.property(plainCase(), fc.constantFrom(WAREHOUSES, 12, 13), fc.boolean(), (columns, warehouses, isWide) => {
        const given = withWarehouses(columnsOf(columns), warehouses);
        const { lineUnits, lotUnits, lotQueue } = given;
        const wide = {
          lineUnits: Float64Array.from(lineUnits),
          lotUnits: Float64Array.from(lotUnits),
          lotQueue: Float64Array.from(lotQueue),
        };
        const takes = allocateColumns(isWide ? { ...given, ...wide } : given);
        const expected = naively(columns);
        expect(asRows(takes)).toEqual(expected.takes);
        expect([...takes.lineTaken]).toEqual(expected.taken);
        expect([...takes.lineOffered]).toEqual(expected.offered);
      }),
    );
  });

  it("rule 1: counts more units than 32 bits hold", () => {
    const takes = allocateColumns({
      items: 1,
      warehouses: 1,
      sequence: Int32Array.of(0, 1),
      lineItem: Int32Array.of(0, 0),
      lineUnits: Float64Array.of(3e9, 4e9),
      lineArea: Int32Array.of(0, 0),
      lotItem: Int32Array.of(0),
      lotWarehouse: Int32Array.of(0),
      lotUnits: Float64Array.of(5e9),
      lotQueue: Int32Array.of(0),
      nearness: Int32Array.of(0),
    });
    expect([...takes.lineTaken]).toEqual([3e9, 2e9]);
  });

  it("leaves its input alone", () => {
    fc.assert(
      fc.property(someCase(), (columns) => {
        const given = columnsOf(columns);
        const copy = structuredClone(given);
        allocateColumns(given);
        expect(given).toEqual(copy);
      }),
    );
  });

  it("rule 2: asks equally near warehouses one after the other", () => {
    const takes = allocateColumns({
      items: 1,
      warehouses: 2,
      sequence: Int32Array.of(0),
      lineItem: Int32Array.of(0),
      lineUnits: Int32Array.of(5),
      lineArea: Int32Array.of(0),
      lotItem: Int32Array.of(0, 0),
      lotWarehouse: Int32Array.of(1, 0),
      lotUnits: Int32Array.of(3, 3),
      lotQueue: Int32Array.of(0, 0),
      nearness: Int32Array.of(0, 0),
    });
    expect(asRows(takes)).toEqual([
      [0, 1, 3],
      [0, 0, 2],
    ]);
  });
});
