import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import type { PromotionUsageEntry } from "../../../src/model/promotion/promotion-usage.js";
import { sumPromotionUsage } from "../../../src/pricing/promotions/promotion-usage-totals.js";
import { deepFreeze } from "../../../src/testing/index.js";

const entry = (part: Partial<PromotionUsageEntry> = {}): PromotionUsageEntry => ({
  entryId: "SO-1@2/1",
  kind: "reserve",
  promotionId: "P-1",
  customerCode: "C-100",
  orderNo: "SO-1",
  uses: 1,
  amount: decimal("5"),
  units: decimal("2"),
  at: instant("2026-03-02T09:00:00Z"),
  ...part,
});

describe("sumPromotionUsage (mission 6.3, 6.7)", () => {
  it("counts what is reserved and used together, and takes off what was released and given back", () => {
    const totals = sumPromotionUsage([
      entry(),
      entry({ kind: "release" }),
      entry({ kind: "use" }),
      entry({ kind: "use", orderNo: "SO-2", customerCode: "C-200", amount: decimal("2.5"), code: "A" }),
      entry({ kind: "giveBack", uses: 0, amount: decimal("1"), units: decimal("0") }),
    ]).get("P-1");
    expect(totals).toEqual({
      uses: 2,
      amount: "6.5",
      units: "4",
      byCustomer: new Map([
        ["C-100", 1],
        ["C-200", 1],
      ]),
      byCode: new Map([["A", 1]]),
    });
  });

  it("keeps promotions apart, and knows nothing of one that was not used", () => {
    const usage = sumPromotionUsage([entry(), entry({ promotionId: "P-2" })]);
    expect([...usage.keys()]).toEqual(["P-1", "P-2"]);
    expect(usage.get("P-3")).toBeUndefined();
    expect(sumPromotionUsage([]).size).toBe(0);
  });

  it("comes on top of earlier sums, and leaves them as they are", () => {
    const before = sumPromotionUsage([entry({ code: "A" })]);
    const after = sumPromotionUsage([entry({ code: "A" }), entry({ promotionId: "P-2" })], before);
    expect([after.get("P-1")?.uses, after.get("P-1")?.byCode.get("A"), after.get("P-2")?.uses]).toEqual([2, 2, 1]);
    expect([before.get("P-1")?.uses, before.get("P-1")?.byCode.get("A"), before.size]).toEqual([1, 1, 1]);
  });

  it("does not depend on the order of the entries, nor on where the ledger is cut", () => {
    const anyEntry = fc
      .record({
        kind: fc.constantFrom("reserve" as const, "release" as const, "use" as const, "giveBack" as const),
        promotionId: fc.constantFrom("A", "B"),
        customerCode: fc.constantFrom("C-1", "C-2"),
        uses: fc.nat({ max: 1 }),
        amount: fc.nat({ max: 99 }),
        units: fc.nat({ max: 99 }),
        code: fc.constantFrom(undefined, "X", "Y"),
      })
      .map(({ amount, units, code, ...rest }) =>
        entry({
          ...rest,
          amount: decimal(`${amount}`),
          units: decimal(`${units}`),
          ...(code === undefined ? {} : { code }),
        }),
      );
    fc.assert(
      fc.property(
        fc
          .array(anyEntry, { maxLength: 20 })
          .chain((all) =>
            fc.tuple(
              fc.constant(deepFreeze(all)),
              fc.shuffledSubarray(all, { minLength: all.length }),
              fc.nat({ max: all.length }),
            ),
          ),
        ([all, shuffled, cut]) => {
          const whole = sumPromotionUsage(all);
          expect(sumPromotionUsage(shuffled)).toEqual(whole);
          expect(sumPromotionUsage(all.slice(cut), sumPromotionUsage(all.slice(0, cut)))).toEqual(whole);
        },
      ),
    );
  });
});
