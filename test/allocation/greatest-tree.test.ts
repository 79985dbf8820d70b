import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGreatestTree } from "../../src/allocation/greatest-tree.js";

describe("the tree of units (mission 9.8)", () => {
  it("finds what a walk along the row finds, after any writing", () => {
    const figure = fc.oneof(fc.nat({ max: 5 }), fc.constant(9_007_199_254_740_991));
    const place = fc.nat({ max: 11 });
    fc.assert(
      fc.property(
        fc.array(figure, { maxLength: 12 }),
        fc.array(fc.tuple(place, figure), { maxLength: 6 }),
        fc.tuple(place, place, figure),
        (row, writes, [from, end, least]) => {
          const tree = buildGreatestTree(Float64Array.from(row));
          for (const [at, units] of writes) {
            if (at >= row.length) continue;
            row[at] = units;
            tree.write(at, units);
          }
          const last = Math.min(end, row.length);
          const found = row.findIndex((units, at) => at >= from && at < last && units > 0 && units >= least);
          expect(tree.next(from, last, least)).toBe(found);
          expect(tree.greatest(from, Math.max(from, last))).toBe(Math.max(0, ...row.slice(from, last)));
        },
      ),
      { numRuns: 500 },
    );
  });
});
