import { compareText } from "../../core/compare-text.js";
import { issue, type IssueOf } from "../../core/issue.js";
import type { ItemCode } from "../../model/ids.js";
import type { Item } from "../../model/item.js";

/** What is wrong with the substitutes of the item master. */
export type SubstituteIssue = IssueOf<{
  "substitute.unknown_item": { readonly itemCode: ItemCode; readonly substitute: ItemCode };
  "substitute.cycle": { readonly itemCode: ItemCode; readonly substitute: ItemCode };
}>;

/**
 * Checks the substitutes of the item master: who steps in for whom must never lead back.
 *
 * **Rules**
 * 1. A substitute that the master does not have is unknown.
 * 2. Each entry that closes a circle is named; an item that steps in for itself is the smallest one. Without the entries
 *    that are named, no circle is left. Days of validity do not matter: what is no circle today may be one tomorrow.
 *
 * @param items item master by code
 * @returns every issue, by item code; empty when all is well. n log n in items, linear in entries.
 *
 * **Source:** mission 5.9
 * @example
 * ```ts
 * import { checkSubstitutes, indexMasters, rational } from "ordercycle";
 * import { anyItem } from "ordercycle/testing";
 * const by = (itemCode: string) => [{ itemCode, ratio: rational(1), priority: 1, consentRequired: true }];
 * const { items } = indexMasters({ items: [anyItem({ substitutes: by("CHAI") }), anyItem({ itemCode: "CHAI", substitutes: by("TEA") })] });
 * checkSubstitutes(items).map(({ code, params }) => [code, params]); // => [["substitute.cycle", { itemCode: "TEA", substitute: "CHAI" }]]
 * ```
 */
export function checkSubstitutes(items: ReadonlyMap<ItemCode, Item>): SubstituteIssue[] {
  const issues: SubstituteIssue[] = [];
  const done = new Set<ItemCode>();
  const onPath = new Set<ItemCode>();
  for (const start of [...items.keys()].sort()) {
    if (done.has(start)) continue;
    // An own stack: a chain of substitutes may be longer than calls can be nested.
    const stack: { readonly itemCode: ItemCode; next: number }[] = [{ itemCode: start, next: 0 }];
    onPath.add(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { itemCode } = top;
      const entry = items.get(itemCode)?.substitutes?.[top.next++];
      if (entry === undefined) {
        stack.pop();
        onPath.delete(itemCode);
        done.add(itemCode);
        continue;
      }
      const substitute = entry.itemCode;
      const named = { itemCode, substitute };
      if (!items.has(substitute)) issues.push(issue("substitute.unknown_item", [itemCode], named));
      else if (onPath.has(substitute)) issues.push(issue("substitute.cycle", [itemCode], named));
      else if (!done.has(substitute)) {
        onPath.add(substitute);
        stack.push({ itemCode: substitute, next: 0 });
      }
    }
  }
  return issues.sort((a, b) => compareText(a.params.itemCode, b.params.itemCode));
}
