import fc, { type Arbitrary } from "fast-check";
import { decimal } from "../../src/core/decimal.js";
import type { ApplyHoldRules } from "../../src/lifecycle/apply-hold-rules.js";
import type { HoldRule, HoldTrigger } from "../../src/lifecycle/hold-rule.js";
import type { Order } from "../../src/model/order.js";

const TRIGGERS: readonly HoldTrigger[] = [
  { kind: "condition", when: { kind: "payable", atLeast: decimal("1") } },
  { kind: "condition", when: { kind: "not", of: { kind: "header", field: "channel", in: ["edi"] } } },
  { kind: "condition", when: { kind: "measure", measure: "orderedQty", atLeast: decimal("2") } },
  { kind: "condition", when: { kind: "any", of: [{ kind: "line", fact: "itemCode", in: ["TEA", "OIL"] }] } },
  { kind: "modification", of: [{ kind: "header", fields: ["remark", "shipToAddress"] }, { kind: "lineAdded" }] },
  { kind: "modification", of: [{ kind: "quantityAdded" }, { kind: "repriced" }, { kind: "quantityCancelled" }] },
  { kind: "release", of: "credit", state: "resolved" },
];

/** Rules that look at an order of which something was otherwise before. */
export function someHoldRules(order: Order): Arbitrary<ApplyHoldRules> {
  const rules = fc
    .uniqueArray(
      fc.record({
        type: fc.constantFrom("large", "watched", "after"),
        scope: fc.constantFrom("order" as const, "line" as const),
        blocks: fc.constantFrom<HoldRule["blocks"]>(["allocate"], ["pick", "ship"]),
        reason: fc.constant("to be looked at"),
        triggers: fc.subarray([...TRIGGERS], { minLength: 1 }),
      }),
      { selector: ({ type }) => type, minLength: 1 },
    )
    .map((each): readonly HoldRule[] => each);
  const before = fc.constantFrom<Order | undefined>(
    undefined,
    order,
    { ...order, header: { ...order.header, remark: "otherwise" } },
    { ...order, lines: order.lines.slice(1) },
    { ...order, holds: order.holds.map((hold) => ({ ...hold, state: "active" as const })) },
  );
  return fc.tuple(rules, before).map(([each, was]) => ({ rules: each, ...(was === undefined ? {} : { before: was }) }));
}
