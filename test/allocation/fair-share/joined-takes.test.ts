import { describe, expect, it } from "vitest";
import { joinedTakes as joined } from "../../../src/allocation/fair-share/joined-takes.js";
import type { ServedTakes } from "../../../src/allocation/serve-orders.js";
import type { HeldBack } from "../../../src/allocation/supply-guard.js";

// Mission 9.13; definition B7: what shares leave is offered again, and both rounds are told as one.

const LINES = 4;
const round = (
  rows: readonly (readonly [line: number, lot: number, units: number])[],
  more: object = {},
): ServedTakes => {
  const lineTaken = new Float64Array(LINES);
  for (const [line, , units] of rows) lineTaken[line]! += units;
  return {
    count: rows.length,
    // Columns may be longer than what was taken.
    line: Int32Array.from([...rows.map(([line]) => line), 0]),
    lot: Int32Array.from([...rows.map(([, lot]) => lot), 0]),
    units: Float64Array.from([...rows.map(([, , units]) => units), 0]),
    lineTaken,
    lineOffered: lineTaken,
    ...more,
  };
};
const joinedTakes = (first: ServedTakes, second: ServedTakes, asked: readonly number[] = [1, 1, 1, 1]): ServedTakes =>
  joined(first, second, Float64Array.from(asked));
const rowsOf = ({ count, line, lot, units }: ServedTakes) =>
  Array.from({ length: count }, (_, take) => [line[take], lot[take], units[take]]);
const held = (code: HeldBack["code"]) => ({ code, protection: { group: "A" } }) as unknown as HeldBack;
const source = (kind: string) => ({ sourcing: { kind } }) as never;

describe("two rounds as one", () => {
  it("takes stand line by line, those of the first round in front", () => {
    const first = round([[0, 7, 2], [2, 7, 1], [2, 8, 4]]); // prettier-ignore
    const second = round([[0, 9, 5], [1, 9, 3], [2, 9, 6], [3, 5, 1]]); // prettier-ignore
    const both = joinedTakes(first, second);
    expect(rowsOf(both)).toEqual([
      [0, 7, 2],
      [0, 9, 5],
      [1, 9, 3],
      [2, 7, 1],
      [2, 8, 4],
      [2, 9, 6],
      [3, 5, 1],
    ]);
    expect([...both.lineTaken]).toEqual([7, 3, 11, 1]);
    expect(rowsOf(joinedTakes(first, round([])))).toEqual(rowsOf(first));
    expect(rowsOf(joinedTakes(round([]), second))).toEqual(rowsOf(second));
  });

  it("a line was offered the most of both, and what stood against it stays told", () => {
    const first = round([], { lineOffered: Float64Array.of(1, 5, 0, 2), lineBar: Uint8Array.of(0, 1, 0, 2) });
    const second = round([], { lineOffered: Float64Array.of(3, 4, 0, 2), lineBar: Uint8Array.of(1, 0, 0, 2) });
    const both = joinedTakes(first, second);
    expect([[...both.lineOffered], [...both.lineBar!]]).toEqual([
      [3, 5, 0, 2],
      [1, 1, 0, 2],
    ]);
    expect([...joinedTakes(first, round([])).lineBar!]).toEqual([0, 1, 0, 2]);
  });

  it("what was kept back in either round is told", () => {
    const [cap, kept] = [held("group_cap"), held("protected_for_others")];
    const first = round([], { held: new Map([[0, cap]]) });
    expect([...joinedTakes(first, round([], { held: new Map([[2, kept]]) })).held!]).toEqual([
      [0, cap],
      [2, kept],
    ]);
    expect([...joinedTakes(first, round([])).held!]).toEqual([[0, cap]]);
    // The last round says how things stand in the end.
    expect(joinedTakes(first, round([], { held: new Map([[0, kept]]) })).held!.get(0)).toBe(kept);
  });

  it("how a line was sourced is told of the first round in which it took something", () => {
    const first = round([[0, 7, 2]], { sources: new Map([[0, source("first")], [1, source("first")]]) }); // prettier-ignore
    const second = round([[0, 8, 1], [1, 8, 1]], { sources: new Map([[0, source("second")], [1, source("second")]]) }); // prettier-ignore
    expect([...joinedTakes(first, second).sources!]).toEqual([
      [0, source("first")],
      [1, source("second")],
    ]);
    expect([...joinedTakes(first, round([])).sources!].map(([line]) => line)).toEqual([0, 1]);
    // Who asked for nothing more was not sourced again.
    expect([...joinedTakes(first, second, [0, 0, 1, 1]).sources!]).toEqual([
      [0, source("first")],
      [1, source("first")],
    ]);
  });

  it("a line that asked for nothing more stands as it stood", () => {
    const [cap, kept] = [held("group_cap"), held("protected_for_others")];
    const told = (bar: number, line: number, why: HeldBack) => ({
      lineBar: Uint8Array.of(bar, bar, 0, 0),
      inTheWay: new Map([[0, [line]], [1, [line]]]),
      held: new Map([[0, why], [1, why]]),
    }); // prettier-ignore
    const both = joinedTakes(round([], told(0, 2, cap)), round([], told(1, 3, kept)), [0, 1, 1, 1]);
    expect([...both.lineBar!]).toEqual([0, 1, 0, 0]);
    expect([...both.inTheWay!.values()]).toEqual([[2], [3]]);
    expect([...both.held!.values()]).toEqual([cap, kept]);
  });

  it("says nothing of what neither round tells", () => {
    const both = joinedTakes(round([]), round([]));
    for (const field of ["lineBar", "held", "sources"]) expect(both).not.toHaveProperty(field);
  });
});
