import { LOT_ORDERS } from "../../model/lot-order.js";
import { anything, fields, listOf, mapOf, oneOf, optional, text, type Shape } from "../../model/value-shape.js";
import { policyFaults, type PolicyShapeIssue } from "../policy-shape.js";
import type { RowKey, RowNames, RowPolicy } from "./allocation-rows.js";

const rowPolicyShape: Shape = /* @__PURE__ */ (() => {
  const texts = listOf(text);
  return fields<RowPolicy>({
    priority: listOf(
      fields<RowKey>({
        column: text,
        direction: oneOf<RowKey["direction"]>({ ascending: true, descending: true }),
        nulls: optional(oneOf<NonNullable<RowKey["nulls"]>>({ first: true, last: true })),
        ranking: optional(texts),
        compares: optional(oneOf<NonNullable<RowKey["compares"]>>({ decimal: true })),
      }),
    ),
    nearest: mapOf(texts),
    otherwise: optional(texts),
    lots: oneOf(LOT_ORDERS),
    // It has a code of its own.
    mustOutlive: anything,
    names: optional(
      fields<RowNames>({ order: optional(mapOf(text)), line: optional(mapOf(text)), lot: optional(mapOf(text)) }),
    ),
  });
})();

/** Finds words that no rule answers to, and fields that are not there or hold something else. @internal */
export function rowPolicyFaults(policy: unknown): PolicyShapeIssue[] {
  const issues = policyFaults(policy, rowPolicyShape);
  return issues;
}
