import { describe, expect, it } from "vitest";
import { applySubstitution } from "../../../src/allocation/shortage/apply-substitution.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { proposeSubstitutes } from "../../../src/allocation/shortage/propose-substitutes.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { SupplyRule } from "../../../src/model/supply-rule.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../../src/testing/index.js";
import { POLICY } from "./reallocation-world.js";
import { by, master, TODAY } from "./substitute-world.js";

// Mission 8.3, 8.9; definitions B6, B9: another item steps in as far as the rules of customer groups leave it to the group.

const rule = (kind: SupplyRule["kind"], group: string, quantity: string, consumed = "0"): SupplyRule => ({
  kind,
  group,
  itemCode: "CHAI",
  quantity: decimal(quantity),
  consumed: decimal(consumed),
});
const orderOf = (line: AnyOrderLine = {}, orderNo = "SO-1"): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerClass: "A" },
    lines: [{ orderedQty: "10", unitPrice: "3", ...line }],
  });
const items = master({ TEA: [by("CHAI")], CHAI: [] });
const stock = anyStock({ itemCode: "CHAI", onHand: "20" });
const facts = { items, stock, today: TODAY };

function offered(protection: readonly SupplyRule[], line: AnyOrderLine = {}) {
  const found = proposeSubstitutes(orderOf(line), { proposalId: "SP", lineId: "SO-1-1" }, { ...facts, protection });
  if (!found.ok) return found.issues.map(({ code }) => code);
  const { proposals, notOffered } = found.value;
  return [...proposals.map(({ quantity, available }) => [quantity, available]), ...notOffered];
}

describe("proposeSubstitutes, rule 6: no more than caps and minimums leave to the group", () => {
  it.each<[string, SupplyRule[], AnyOrderLine, unknown[]]>([
    ["all without rules", [], {}, [["10", "20"]]],
    ["what is left of the cap", [rule("cap", "A", "9", "5")], {}, [["4", "4"]]],
    ["what others have not used of their minimums is theirs", [rule("protect", "B", "15", "2")], {}, [["7", "7"]]],
    ["its own minimum keeps nothing from it", [rule("protect", "A", "15")], {}, [["10", "20"]]],
    ["the cap of another group is not its own", [rule("cap", "B", "1", "1")], {}, [["10", "20"]]],
    [
      "nothing where the cap is used up",
      [rule("cap", "A", "9", "9")],
      {},
      [{ itemCode: "CHAI", code: "group_cap", held: "20" }],
    ],
    [
      "nothing where all is kept for others",
      [rule("protect", "B", "30")],
      {},
      [{ itemCode: "CHAI", code: "protected_for_others", held: "20" }],
    ],
    [
      "nothing where too little is left for a line that takes all or nothing",
      [rule("cap", "A", "9"), rule("protect", "B", "4")],
      { partialAllowed: false },
      [{ itemCode: "CHAI", code: "group_cap", held: "11" }],
    ],
    [
      "what rules are not the reason for is told as it is without them",
      [rule("cap", "A", "9")],
      { orderedQty: "30", partialAllowed: false },
      [{ itemCode: "CHAI", code: "not_for_all" }],
    ],
    ["a fault of the rules", [rule("cap", "A", "9"), rule("cap", "A", "8")], {}, ["supply.rule_twice"]],
  ])("%s", (_case, protection, line, answer) => {
    expect(offered(protection, line)).toEqual(answer);
  });
});

describe("applySubstitution, rule 7: caps and minimums as they stand when it is carried out", () => {
  const order = orderOf();
  const found = proposeSubstitutes(order, { proposalId: "SP", lineId: "SO-1-1" }, facts);
  const proposal = found.ok ? found.value.proposals[0]! : undefined;
  const applied = (protection: readonly SupplyRule[], more: object = { stock, today: TODAY }) => {
    const command = { proposal: proposal!, reason: "short" };
    const result = applySubstitution(order, command, { ...anyContext(), items, protection, ...more });
    return result.ok ? result.value.order.lines.length : result.issues.map(({ code, params }) => [code, params]);
  };

  it.each<[string, SupplyRule[], object | undefined, unknown]>([
    ["goes through within them", [rule("cap", "A", "19", "9"), rule("protect", "B", "10")], undefined, 2],
    [
      "is refused over the cap",
      [rule("cap", "A", "19", "12")],
      undefined,
      [["substitute.group_cap", { itemCode: "CHAI", group: "A", held: "3" }]],
    ],
    [
      "is refused where others need it for their minimums",
      [rule("protect", "B", "15", "2"), rule("protect", "A", "99")],
      undefined,
      [["substitute.minimum_protected", { itemCode: "CHAI", held: "3" }]],
    ],
    [
      "tells of both, each with what it keeps",
      [rule("cap", "A", "9"), rule("protect", "B", "15", "2")],
      undefined,
      [
        ["substitute.group_cap", { itemCode: "CHAI", group: "A", held: "1" }],
        ["substitute.minimum_protected", { itemCode: "CHAI", held: "3" }],
      ],
    ],
    [
      "is refused for goods that are not there any more",
      [rule("protect", "B", "0")],
      { stock: [] },
      [["substitute.stock_gone", { itemCode: "CHAI", quantity: "10", free: "0" }]],
    ],
    ["looks at no minimums without stock", [rule("protect", "B", "99")], {}, 2],
    [
      "looks at caps without stock",
      [rule("cap", "A", "9")],
      {},
      [["substitute.group_cap", { itemCode: "CHAI", group: "A", held: "1" }]],
    ],
    [
      "counts no stock that has expired by then",
      [rule("protect", "B", "10")],
      {
        stock: anyStock({ itemCode: "CHAI", onHand: "20", expiresOn: "2026-03-05" }),
        today: calendarDay("2026-03-05"),
      },
      [["substitute.stock_gone", { itemCode: "CHAI", quantity: "10", free: "0" }]],
    ],
    [
      "refuses rules that cannot be used",
      [rule("cap", "A", "9"), rule("cap", "A", "9")],
      undefined,
      [["supply.rule_twice", { kind: "cap", group: "A", itemCode: "CHAI" }]],
    ],
  ])("%s", (_case, protection, more, answer) => {
    expect(applied(protection, more)).toEqual(answer);
  });
});

describe("decideShortages: what steps in keeps caps and minimums, counted over all orders of the run", () => {
  const decided = (protection: readonly SupplyRule[]) => {
    const line: AnyOrderLine = { shortagePolicy: "leaveOpen", shortageOffers: ["substitute"] };
    const orders = [orderOf(line, "SO-1"), orderOf(line, "SO-2")];
    const policy = { ...POLICY, protection };
    const command = { runId: "R", reason: "short", price: "keep" as const };
    return decideShortages(orders, command, { ...anyContext(), ...facts, policy }).decisions.map(
      ({ substituted, tried }) => [substituted, tried.map(({ code }) => code)],
    );
  };

  it.each<[string, SupplyRule[], unknown[]]>([
    ["all of both without rules", [], [["10", []], ["10", []]]], // prettier-ignore
    ["the cap once for both", [rule("cap", "A", "14")], [["10", []], ["4", ["none_offered"]]]], // prettier-ignore
    ["what others keep", [rule("protect", "B", "8")], [["10", []], ["2", ["none_offered"]]]], // prettier-ignore
    ["nothing of a cap that is used up", [rule("cap", "A", "14", "14")], [[undefined, ["none_offered"]], [undefined, ["none_offered"]]]], // prettier-ignore
  ])("%s", (_case, protection, answer) => {
    expect(decided(protection)).toEqual(answer);
  });
});
