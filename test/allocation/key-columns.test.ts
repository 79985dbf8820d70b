import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  byColumn,
  decimalColumn,
  sortedByColumns,
  type KeyColumn,
  type KeyValue,
} from "../../src/allocation/key-columns.js";
import { compare, decimal } from "../../src/core/decimal.js";

const COUNT = 12;

function someColumn(): Arbitrary<KeyColumn> {
  const value = (some: Arbitrary<KeyValue>): Arbitrary<KeyValue[]> =>
    fc.array(fc.option(some, { nil: undefined, freq: 4 }), { minLength: COUNT, maxLength: COUNT });
  return fc.record(
    {
      values: fc.oneof(
        value(fc.integer({ min: -2, max: 2 })),
        value(fc.constantFrom(-9_007_199_254_740_991, 0, 9_007_199_254_740_991)),
        value(fc.constantFrom(0, 2 ** 40, 2 ** 40 + 1)),
        // Two of these fill a packed number to the last digit; one of the next is too many for it.
        value(fc.constantFrom(0, 2 ** 24 - 1, 2 ** 24)),
        value(fc.constantFrom(0, 2 ** 50, 2 ** 50 + 1)),
        value(fc.constantFrom(0.25, 0.5, 1)),
        value(fc.constantFrom("A", "B", "a", "")),
        fc.constant(Array.from({ length: COUNT }, () => undefined)),
      ),
      direction: fc.constantFrom("ascending" as const, "descending" as const),
      nulls: fc.constantFrom("first" as const, "last" as const),
    },
    { requiredKeys: ["values", "direction"] },
  );
}

/** Compares by each column in turn, and nothing else. */
function naively(count: number, columns: readonly KeyColumn[]): number[] {
  return Array.from({ length: count }, (_, position) => position).sort((a, b) =>
    columns.reduce((order, column) => (order === 0 ? byColumn(column)(a, b) : order), 0),
  );
}

function lastKey(positions: readonly number[]): KeyColumn[] {
  return [{ values: positions.map((position) => -position), direction: "ascending" }];
}

describe("sorting by the columns of a chain (mission 9.10; definition B4)", () => {
  it("puts positions where comparing column by column puts them, whatever can be packed", () => {
    fc.assert(
      fc.property(fc.array(someColumn(), { maxLength: 4 }), (columns) => {
        const all = [...columns, ...lastKey(Array.from({ length: COUNT }, (_, position) => position))];
        expect(sortedByColumns(COUNT, columns, lastKey)).toEqual(naively(COUNT, all));
      }),
      { numRuns: 500 },
    );
  });

  it("sorts more different texts than it ranks", () => {
    const values = Array.from({ length: 1500 }, (_, position) => `C-${(position * 7919) % 1500}`);
    const columns: KeyColumn[] = [
      { values: values.map((_, position) => position % 2), direction: "descending" },
      { values, direction: "ascending" },
    ];
    expect(sortedByColumns(values.length, columns, lastKey)).toEqual(naively(values.length, columns));
  });

  it("asks the columns that end the chain for those positions alone that the others leave equal", () => {
    const asked: number[] = [];
    const sorted = sortedByColumns(4, [{ values: [2, 1, 2, 0], direction: "ascending" }], (positions) => {
      asked.push(...positions);
      return lastKey(positions);
    });
    expect(sorted).toEqual([3, 1, 2, 0]);
    expect(asked).toEqual([0, 2]);
    expect(sortedByColumns(0, [], lastKey)).toEqual([]);
  });

  it("puts decimals by their size, however many digits they have", () => {
    // Long ones differ where a number of the machine no longer tells them apart.
    const short = fc.constantFrom("-1", "0", "0.5", "2", "10").map(decimal);
    const long = fc.constantFrom("9007199254740993", "9007199254740992", "-9007199254740993", "99999999999.123456");
    const column = (some: typeof short) => fc.array(fc.option(some, { nil: undefined, freq: 4 }), { maxLength: COUNT });
    const ranks = fc.record({
      direction: fc.constantFrom("ascending" as const, "descending" as const),
      nulls: fc.constantFrom("first" as const, "last" as const),
    });
    const values = fc.oneof(column(short), column(long.map(decimal)), column(fc.oneof(short, long.map(decimal))));
    fc.assert(
      fc.property(values, ranks, (given, { direction, nulls }) => {
        const sorted = sortedByColumns(given.length, [decimalColumn(given, { direction, nulls })], lastKey);
        const bySize = (a: number, b: number): number => {
          const [one, other] = [given[a], given[b]];
          if (one === undefined || other === undefined) {
            return one === other ? 0 : (one === undefined) === (nulls === "first") ? -1 : 1;
          }
          return direction === "ascending" ? compare(one, other) : compare(other, one);
        };
        expect(sorted).toEqual([...given.keys()].sort((a, b) => bySize(a, b) || b - a));
      }),
      { numRuns: 300 },
    );
  });
});
