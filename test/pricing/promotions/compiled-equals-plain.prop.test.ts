import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePromotions } from "../../../src/pricing/promotions/compile-promotions.js";
import { explainPromotions } from "../../../src/pricing/promotions/explain-promotions.js";
import { isSameAsPlain, priced } from "./same-as-plain.js";
import { someScene } from "./some-promotions.js";

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}

describe("compiled = naive: the compiled engine gives what a plain interpreter gives (mission 6.1, 6.3, 6.4, 6.5, 6.6, 6.7)", () => {
  it("for promotions one after the other, in lanes, in groups, within limits", () => {
    fc.assert(fc.property(someScene(), isSameAsPlain), { numRuns: runs(3000) });
  });

  it("for one promotion of each kind alone", () => {
    fc.assert(fc.property(someScene({ maxPromotions: 1 }), isSameAsPlain), { numRuns: runs(2000) });
  });

  it("for the best choice for the customer, where every choice can be tried", () => {
    const search = { kind: "bestForCustomer", steps: 64 } as const;
    fc.assert(fc.property(someScene({ maxPromotions: 4, search }), isSameAsPlain), { numRuns: runs(400) });
  });

  it("and explains what it gives: the explanation looks at everybody and comes to the same", () => {
    fc.assert(
      fc.property(someScene(), (scene) => {
        const compiled = compilePromotions(scene.promotions, scene.policy);
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
        const explained = explainPromotions(compiled.value, scene.cart, scene.facts);
        if (!explained.ok) throw new Error(JSON.stringify(explained.issues));
        expect(explained.value.pricing).toEqual(priced(scene));
        for (const { applied, reasons, adjustments, charges, gifts } of explained.value.promotions) {
          expect(applied).toBe(adjustments.length + charges.length + gifts.length > 0);
          expect(applied ? 0 : 1).toBe(applied ? reasons.length : Math.min(1, reasons.length));
        }
      }),
      { numRuns: runs(600) },
    );
  });
});
