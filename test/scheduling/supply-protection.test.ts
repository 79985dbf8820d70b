import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { DatedQuantity } from "../../src/scheduling/available-to-promise.js";
import type { SupplyRule } from "../../src/model/supply-rule.js";
import { protectSupply, type ProtectedSupply } from "../../src/scheduling/supply-protection.js";
import { deepFreeze } from "../../src/testing/index.js";

const TODAY = calendarDay("2026-03-02");

const stepsOf = (...quantities: readonly number[]): DatedQuantity[] =>
  quantities.map((quantity, place) => ({ day: addDays(TODAY, place), quantity: decimal(quantity) }));

function rule(kind: SupplyRule["kind"], group: string, quantity: number, consumed?: number): SupplyRule {
  const used = consumed === undefined ? {} : { consumed: decimal(consumed) };
  return { kind, group, itemCode: "TEA", quantity: decimal(quantity), ...used };
}

function protect(
  steps: readonly DatedQuantity[],
  group: string | undefined,
  rules: readonly SupplyRule[],
): ProtectedSupply {
  const request = group === undefined ? { itemCode: "TEA" } : { itemCode: "TEA", group };
  const found = protectSupply(deepFreeze(steps), request, deepFreeze(rules));
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

describe("protectSupply (mission 8.9; definition B9)", () => {
  const none: readonly SupplyRule[] = [];
  const [cap, kept] = ["group_cap", "protected_for_others"] as const;

  it.each([
    ["no rules: all of it", "B", none, "100", []],
    ["1: another group's minimum is kept", "B", [rule("protect", "A", 30)], "70", [kept]],
    ["1: only the unused part of it", "B", [rule("protect", "A", 30, 20)], "90", [kept]],
    ["1: several groups add up", "B", [rule("protect", "A", 30, 20), rule("protect", "C", 15)], "75", [kept]],
    ["1: the own minimum is no limit", "A", [rule("protect", "A", 30)], "100", []],
    ["1: more is kept than there is", "B", [rule("protect", "A", 130)], "0", [kept]],
    ["1: who has no group waits behind all", undefined, [rule("protect", "A", 30)], "70", [kept]],
    ["2: the cap", "B", [rule("cap", "B", 40)], "40", [cap]],
    ["2: what is left of the cap", "B", [rule("cap", "B", 40, 25)], "15", [cap]],
    ["2: another group's cap", "B", [rule("cap", "A", 40)], "100", []],
    ["2: no group, no cap", undefined, [rule("cap", "A", 40)], "100", []],
    ["2: a cap as large as the supply", "B", [rule("cap", "B", 100)], "100", []],
    ["1, 2: both, the cap is less", "B", [rule("cap", "B", 40), rule("protect", "A", 30)], "40", [kept, cap]],
    ["1, 2: both, the minimum leaves less", "B", [rule("cap", "B", 80), rule("protect", "A", 30)], "70", [kept]],
    ["3: used beyond the minimum", "B", [rule("protect", "A", 30, 50)], "100", []],
    ["3: used beyond the cap", "B", [rule("cap", "B", 40, 50)], "0", [cap]],
    ["4: other items", "B", [{ ...rule("cap", "B", 1), itemCode: "SALT" }], "100", []],
  ] as const)("rule %s", (_, group, rules, expected, limits) => {
    const found = protect(stepsOf(100), group, rules);
    expect(found.steps).toEqual([{ day: TODAY, quantity: expected }]);
    expect(found.limits).toEqual(limits);
  });

  it("says what is kept for whom and what is left of the cap", () => {
    const rules = [
      rule("protect", "C", 5),
      rule("protect", "A", 30, 20),
      rule("protect", "D", 5, 5),
      rule("cap", "B", 9, 2),
    ];
    const found = protect(stepsOf(100), "B", [...rules, rule("protect", "B", 7)]);
    expect(found.keptFor).toEqual([
      { group: "A", quantity: "10" },
      { group: "C", quantity: "5" },
    ]);
    expect(found.capLeft).toBe("7");
    expect(protect(stepsOf(100), "A", rules).capLeft).toBeUndefined();
  });

  it("rules 1, 2: holds for every step, and steps that no longer rise are left out", () => {
    const rules = [rule("protect", "A", 10), rule("cap", "B", 15)];
    expect(protect(stepsOf(5, 10, 20, 30, 40), "B", rules).steps).toEqual([
      { day: "2026-03-02", quantity: "0" },
      { day: "2026-03-04", quantity: "10" },
      { day: "2026-03-05", quantity: "15" },
    ]);
    expect(protect([], "B", rules).steps).toEqual([]);
  });

  it("a group with its minimum has at least that, as far as supply goes, whatever the others were given before", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (supply, minimum, wanted) => {
        const rules = [rule("protect", "A", minimum)];
        const given = Math.min(wanted, Number(protect(stepsOf(supply), "B", rules).steps[0]?.quantity));
        const left = Number(protect(stepsOf(supply - given), "A", rules).steps[0]?.quantity);
        expect(left).toBeGreaterThanOrEqual(Math.min(supply, minimum));
      }),
    );
  });

  it("refuses rules that are negative, too long, or stand twice, with every reason", () => {
    const rules = [
      rule("cap", "B", -1),
      rule("cap", "B", 1),
      rule("protect", "B", 1),
      { ...rule("cap", "B", 1), itemCode: "SALT" },
      rule("protect", "A", 1, -2),
      rule("cap", "C", 1e12),
    ];
    const found = protectSupply(stepsOf(-3), { itemCode: "TEA" }, rules);
    expect(!found.ok && found.issues).toEqual([
      { code: "promise.negative", path: ["steps", 0, "quantity"], params: { quantity: "-3" } },
      { code: "supply.not_a_quantity", path: ["rules", 0, "quantity"], params: { quantity: "-1" } },
      { code: "supply.rule_twice", path: ["rules", 1], params: { kind: "cap", group: "B", itemCode: "TEA" } },
      { code: "supply.not_a_quantity", path: ["rules", 4, "consumed"], params: { quantity: "-2" } },
      { code: "supply.not_a_quantity", path: ["rules", 5, "quantity"], params: { quantity: "1000000000000" } },
    ]);
  });
});
