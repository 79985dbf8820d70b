import { describe, expect, it } from "vitest";
import {
  fewestPlacesBook,
  handlingUnitsBook,
  type PlaceBook,
  type ShelfStretch,
} from "../../src/allocation/place-book.js";

const BINS = 2000;

/** Units of the lots, and how often somebody looked at one. */
function counted(units: number) {
  const row = new Float64Array(BINS).fill(units);
  const looks = { count: 0 };
  const left = new Proxy(row, {
    get: (target, key): unknown => {
      if (typeof key === "string" && /^\d+$/.test(key)) looks.count++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
  });
  return { row, left, looks };
}

describe("the books of bins whose order depends on what is wanted (mission 9.8)", () => {
  it.each<[string, number, number, (stretch: ShelfStretch) => PlaceBook]>([
    ["fewest places, each line more than a bin has", 5, 7, (all) => fewestPlacesBook(all, String)],
    ["fewest places, each line less", 5, 2, (all) => fewestPlacesBook(all, String)],
    ["fewest places, bins of ten lots", 5, 7, (all) => fewestPlacesBook(all, (lot) => String(lot % 200))],
    ["fewest places, all lots in one bin", 5, 7, (all) => fewestPlacesBook(all, () => undefined)],
    ["units of all sizes, each line less than any", 5000, 1, (all) => handlingUnitsBook(all, (lot) => 100 + lot)],
    [
      "what is missing after the first unit is less than all others",
      15,
      7,
      (all) => handlingUnitsBook(all, (lot) => (lot % 2 === 0 ? 5 : 3)),
    ],
    ["loose goods", 5, 7, (all) => handlingUnitsBook(all, () => 0)],
    ["whole units alone", 6, 4, (all) => handlingUnitsBook(all, () => 3)],
  ])("look at no more than a few lots for each take: %s", (_case, units, wanted, open) => {
    const { row, left, looks } = counted(units);
    const book = open({ begin: 0, end: BINS, left });
    looks.count = 0;
    let takes = 0;
    let given = 0;
    for (let line = 0; line < BINS / 2; line++) {
      book.pick(wanted, (lot, part) => {
        expect(row[lot]).toBeGreaterThanOrEqual(part);
        row[lot]! -= part;
        given += part;
        takes++;
        book.note(lot);
      });
    }
    expect(given).toBe((BINS / 2) * wanted);
    expect(looks.count / takes).toBeLessThan(20);
  });

  it("give nothing where nothing is left", () => {
    const left = new Float64Array(3);
    const given: number[] = [];
    const all = { begin: 0, end: 3, left };
    for (const book of [fewestPlacesBook(all, String), handlingUnitsBook(all, () => 2)])
      book.pick(4, (lot) => given.push(lot));
    expect(given).toEqual([]);
  });
});
