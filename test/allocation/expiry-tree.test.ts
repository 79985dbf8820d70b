import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildExpirySums } from "../../src/allocation/expiry-sums.js";
import { buildGreatestTree } from "../../src/allocation/greatest-tree.js";
import { stockShelf } from "../../src/allocation/stock-shelf.js";

const days = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 20 });
const asked = fc.record({ from: fc.nat({ max: 20 }), end: fc.nat({ max: 20 }), day: fc.integer({ min: 1, max: 10 }) });
const written = fc.record({ lot: fc.nat({ max: 19 }), day: fc.nat({ max: 9 }) });

describe("the tree of expiry (mission 9.9)", () => {
  it("finds what a walk over the row finds, after any lots were emptied and put back", () => {
    fc.assert(
      fc.property(
        days,
        fc.array(written, { maxLength: 8 }),
        fc.array(asked, { minLength: 1 }),
        (row, writes, questions) => {
          const expiry = Int32Array.from(row);
          const tree = buildGreatestTree(expiry);
          for (const { lot, day } of writes.filter((write) => write.lot < row.length)) {
            tree.write(lot, day);
            row[lot] = day;
          }
          for (const question of questions) {
            const [from, end] = [Math.min(question.from, row.length), Math.min(question.end, row.length)];
            const found = row.findIndex((day, lot) => lot >= from && lot < end && day >= question.day);
            expect(tree.next(from, end, question.day)).toBe(found);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("asks few of a long row of lots: far fewer than it holds", () => {
    const row = new Int32Array(1 << 16).fill(1);
    row[65_000] = 5;
    const tree = buildGreatestTree(row);
    let steps = 0;
    for (let lot = 0; lot >= 0; lot = tree.next(lot + 1, row.length, 5)) steps++;
    expect(steps).toBe(2);
  });
});

describe("the sums of expiry (mission 9.9)", () => {
  const lots = fc.array(
    fc.record({
      item: fc.nat({ max: 1 }),
      warehouse: fc.nat({ max: 1 }),
      units: fc.nat({ max: 9 }),
      expiry: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 20 },
  );
  const taken = fc.array(fc.record({ lot: fc.nat({ max: 19 }), share: fc.nat({ max: 100 }) }), { maxLength: 10 });

  it("know of every queue what expires before a day, after any takes", () => {
    fc.assert(
      fc.property(lots, taken, (columns, takes) => {
        const shelf = stockShelf({
          items: 2,
          warehouses: 2,
          sequence: new Int32Array(0),
          lineItem: new Int32Array(0),
          lineUnits: new Int32Array(0),
          lineArea: new Int32Array(0),
          lotItem: Int32Array.from(columns, ({ item }) => item),
          lotWarehouse: Int32Array.from(columns, ({ warehouse }) => warehouse),
          lotUnits: Int32Array.from(columns, ({ units }) => units),
          lotQueue: new Int32Array(columns.length),
          nearness: Int32Array.of(0, 1),
        });
        const expiry = shelf.lotOf.map((lot) => columns[lot]?.expiry ?? 0);
        const sums = buildExpirySums(shelf, expiry);
        const left = Array.from(shelf.left);
        for (const { lot, share } of takes.filter((take) => take.lot < left.length)) {
          const units = Math.floor(((left[lot] ?? 0) * share) / 100);
          sums.take(lot, units);
          left[lot] = (left[lot] ?? 0) - units;
        }
        for (const queue of new Set(shelf.queueOfLot)) {
          for (let day = 0; day <= 10; day++) {
            const walked = left.reduce(
              (total, units, lot) =>
                shelf.queueOfLot[lot] === queue && (expiry[lot] ?? 0) < day ? total + units : total,
              0,
            );
            expect(sums.below(queue, day)).toBe(walked);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
