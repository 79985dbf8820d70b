import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { undoReallocation } from "../../../src/allocation/shortage/undo-reallocation.js";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyStock, deepFreeze } from "../../../src/testing/index.js";
import { allConsents, CONTEXT, orderOf, POLICY, proposed, stockOf, TODAY } from "./reallocation-world.js";

// Mission 8.9, 9.14; definitions B6, B9: goods that go back keep the rules of customer groups, as goods that go over do.

const rule = (kind: SupplyRule["kind"], group: string, quantity: number, consumed: number): SupplyRule => ({
  kind,
  group,
  itemCode: "TEA",
  quantity: decimal(quantity),
  consumed: decimal(consumed),
});
const holding = (orderNo: string, customerClass: string, allocated: number): Order =>
  orderOf(orderNo, customerClass, { orderedQty: `${allocated}`, quantities: { allocated: `${allocated}` } });
const freeStock = (onHand: number): StockPosition[] => anyStock({ onHand: `${onHand}`, lotNo: "FREE" });

/** What goes from donors to a line of a group, and what stands against its way back. */
function wayBack(
  winner: string,
  donors: readonly (readonly [group: string, quantity: number])[],
  protection: readonly SupplyRule[],
  free?: number,
) {
  const total = donors.reduce((sum, [, quantity]) => sum + quantity, 0);
  const short = orderOf("SO-1", winner, { orderedQty: `${total}`, quantities: { backfill: `${total}` } });
  const policy = { ...POLICY, priority: [] };
  const orders = [short, ...donors.map(([group, quantity], place) => holding(`SO-${place + 2}`, group, quantity))];
  const proposal = proposed(orders, "SO-1", { policy });
  const done = applyReallocation(orders, proposal, allConsents(proposal), CONTEXT);
  if (done.refused.length > 0) throw new Error(JSON.stringify(done.refused));
  const command = { proposalId: proposal.proposalId, events: done.events };
  const stock = free === undefined ? {} : { stock: [...freeStock(free), ...stockOf(done.orders)] };
  const back = undoReallocation(deepFreeze(done.orders), command, { ...CONTEXT, ...stock, protection, today: TODAY });
  if (back.refused.length > 0) expect(back.orders).toEqual(done.orders);
  return (back.refused[0]?.issues ?? []).map(({ code, params }) => [code, params]);
}

describe("rule 6: what goes back keeps caps and protected minimums", () => {
  it.each<[string, Parameters<typeof wayBack>, unknown[]]>([
    ["goes back where there are no rules", ["A", [["B", 4]], []], []],
    ["goes back within its group whatever its cap is", ["A", [["A", 4]], [rule("cap", "A", 9, 9)]], []],
    ["goes back as far as the cap of the group lets it", ["A", [["B", 4]], [rule("cap", "B", 9, 5)]], []],
    [
      "stays where the group has used its cap up since",
      ["A", [["B", 4]], [rule("cap", "B", 9, 6)]],
      [["reallocate.group_cap", { lineId: "SO-2-1", group: "B", held: "1" }]],
    ],
    [
      "counts what all lines of a group get back",
      ["A", [["B", 2], ["B", 2]], [rule("cap", "B", 9, 6)]], // prettier-ignore
      [["reallocate.group_cap", { lineId: "SO-2-1", group: "B", held: "1" }]],
    ],
    [
      "stays where who had won it needs it for its minimum",
      ["A", [["B", 4]], [rule("protect", "A", 9, 10)]],
      [["reallocate.minimum_protected", { lineId: "SO-2-1", held: "3" }]],
    ],
    ["goes back where free stock covers the minimum", ["A", [["B", 4]], [rule("protect", "A", 9, 10)], 3], []],
    [
      "counts free stock once for all minimums",
      ["A", [["B", 4]], [rule("protect", "A", 9, 10), rule("protect", "C", 5, 3)], 4],
      [["reallocate.minimum_protected", { lineId: "SO-2-1", held: "1" }]],
    ],
    [
      "goes back to who has not used up its own minimum",
      ["A", [["B", 4]], [rule("protect", "A", 9, 9), rule("protect", "B", 9, 5)], 4],
      [],
    ],
    ["concerns no other item", ["A", [["B", 4]], [{ ...rule("cap", "B", 9, 9), itemCode: "SALT" }]], []],
  ])("%s", (_case, asked, issues) => {
    expect(wayBack(...asked)).toEqual(issues);
  });

  it("names a rule that cannot be used", () => {
    expect(wayBack("A", [["B", 4]], [rule("cap", "B", 9, 0), rule("cap", "B", 8, 0)])).toEqual([
      ["supply.rule_twice", { kind: "cap", group: "B", itemCode: "TEA" }],
    ]);
  });

  it("oracle: goods go back exactly where no cap is exceeded by it and no minimum is less covered than before", () => {
    const group = fc.constantFrom("A", "B", "C");
    const figure = fc.nat({ max: 8 });
    const rules = fc.uniqueArray(
      fc.record({ kind: fc.constantFrom("cap" as const, "protect" as const), group, quantity: figure, over: figure }),
      { maxLength: 4, selector: (one) => `${one.kind} ${one.group}` },
    );
    const donors = fc.array(fc.tuple(fc.constantFrom("A", "B", "C"), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: 3,
    });
    let refused = 0;
    fc.assert(
      fc.property(group, donors, rules, figure, (winner, given, some, free) => {
        const units = given.reduce((sum, [, quantity]) => sum + quantity, 0);
        // Who has won the goods has used them, by the books.
        const usedBy = (own: (typeof some)[number]): number => (own.group === winner ? units + own.over : own.over);
        const issues = wayBack(
          winner,
          given,
          some.map((one) => rule(one.kind, one.group, one.quantity, usedBy(one))),
          free,
        );
        const gets = (name: string): number =>
          given.reduce((sum, [own, quantity]) => (own === name && own !== winner ? sum + quantity : sum), 0);
        const leaves = ["A", "B", "C"].reduce((sum, name) => sum + gets(name), 0);
        const isOverCap = some.some(
          (one) => one.kind === "cap" && gets(one.group) > Math.max(0, one.quantity - usedBy(one)),
        );
        const minimums = some.filter(({ kind }) => kind === "protect");
        const lack = (one: (typeof some)[number], used: number): number =>
          Math.min(one.quantity, Math.max(0, one.quantity - used));
        const before = minimums.reduce((sum, one) => sum + lack(one, usedBy(one)), 0);
        const usedAfter = (one: (typeof some)[number]): number =>
          usedBy(one) + (one.group === winner ? -leaves : gets(one.group));
        const after = minimums.reduce((sum, one) => sum + lack(one, usedAfter(one)), 0);
        const own = minimums.find((one) => one.group === winner);
        const isRaised = own !== undefined && lack(own, usedAfter(own)) > lack(own, usedBy(own));
        const isBroken = isRaised && (free < before || free < after);
        if (issues.length > 0) refused++;
        expect(issues.length > 0).toBe(isOverCap || isBroken);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(20);
  });
});
