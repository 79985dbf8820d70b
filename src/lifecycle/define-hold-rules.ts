import { compare, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { checkNames, type NameIssue } from "../model/check-names.js";
import type { HoldableOperation } from "../model/order.js";
import type { HoldCondition, HoldRule } from "./hold-rule.js";

/** What is wrong with the rules. */
export type HoldRuleIssue =
  | NameIssue
  | IssueOf<{
      "hold_rule.type_twice": { readonly type: string };
      "hold_rule.blocks_nothing": { readonly type: string };
      "hold_rule.not_by_line": { readonly type: string; readonly operation: HoldableOperation };
      "hold_rule.unknown_type": { readonly type: string; readonly trigger: string };
      "hold_rule.empty_range": { readonly type: string; readonly atLeast: Decimal; readonly atMost: Decimal };
      "hold_rule.cycle": { readonly cycle: readonly string[] };
    }>;

/** Operations that know lines: the others take the order as a whole. */
const BY_LINE: readonly HoldableOperation[] = ["allocate", "pick", "load", "ship", "deliver"];

/**
 * Checks the types of hold that a site defines, when they are defined and not when orders are stuck in them.
 *
 * **Rules**
 * 1. Types and reasons are names; every type is defined once and blocks something.
 * 2. A hold on a line blocks operations that can leave that line out: allocate, pick, load, ship, deliver.
 * 3. A trigger by the end of another hold names a type that is defined.
 * 4. No hold can bring itself about again, directly or through others, however those ended: people would release the same
 *    holds for ever. Every cycle is named once, with the type in it that is defined first.
 * 5. The bounds of a condition leave something between them.
 *
 * @param rules types of hold with what they block and what places them
 * @returns the rules, or everything that is wrong with them. Linear in rules, triggers and conditions.
 *
 * **Source:** mission 7.8
 * @example
 * ```ts
 * import { defineHoldRules, type HoldRule } from "ordercycle";
 * const rule = (type: string, of: string): HoldRule => ({
 *   type,
 *   scope: "order",
 *   blocks: ["allocate"],
 *   reason: "to be looked at",
 *   triggers: [{ kind: "release", of, state: "resolved" }],
 * });
 * const defined = defineHoldRules([rule("credit", "address"), rule("address", "credit")]);
 * defined.ok ? [] : defined.issues.map(({ code, params }) => [code, params]); // => [["hold_rule.cycle", { cycle: ["credit", "address", "credit"] }]]
 * ```
 */
export function defineHoldRules(rules: readonly HoldRule[]): Result<readonly HoldRule[], HoldRuleIssue> {
  const types = new Set(rules.map(({ type }) => type));
  const seen = new Set<string>();
  const issues: HoldRuleIssue[] = [];
  for (const [place, { type, reason, scope, blocks, triggers }] of rules.entries()) {
    for (const wrong of checkNames({ type, reason })) issues.push({ ...wrong, path: [place, ...wrong.path] });
    if (seen.has(type)) issues.push(issue("hold_rule.type_twice", [place, "type"], { type }));
    seen.add(type);
    if (blocks.length === 0) issues.push(issue("hold_rule.blocks_nothing", [place, "blocks"], { type }));
    for (const operation of scope === "line" ? blocks : []) {
      if (!BY_LINE.includes(operation)) {
        issues.push(issue("hold_rule.not_by_line", [place, "blocks"], { type, operation }));
      }
    }
    for (const [number, trigger] of triggers.entries()) {
      const path = [place, "triggers", number];
      if (trigger.kind === "release" && !types.has(trigger.of)) {
        issues.push(issue("hold_rule.unknown_type", [...path, "of"], { type, trigger: trigger.of }));
      }
      if (trigger.kind === "condition") issues.push(...emptyRanges(type, trigger.when, [...path, "when"]));
    }
  }
  issues.push(...cyclesOf(rules).map((cycle) => issue("hold_rule.cycle", [], { cycle })));
  return issues.length > 0 ? refuse(issues) : ok(rules);
}

function emptyRanges(type: string, condition: HoldCondition, path: readonly (string | number)[]): HoldRuleIssue[] {
  switch (condition.kind) {
    case "payable":
    case "measure": {
      const { atLeast, atMost } = condition;
      if (atLeast === undefined || atMost === undefined || compare(atLeast, atMost) <= 0) return [];
      return [issue("hold_rule.empty_range", path, { type, atLeast, atMost })];
    }
    case "all":
    case "any":
      return condition.of.flatMap((part, place) => emptyRanges(type, part, [...path, "of", place]));
    case "not":
      return emptyRanges(type, condition.of, [...path, "of"]);
    default:
      return [];
  }
}

/** From each type to those that its end places; each cycle that a walk from the first type on runs into. */
function cyclesOf(rules: readonly HoldRule[]): string[][] {
  const next = new Map<string, Set<string>>(rules.map(({ type }) => [type, new Set()]));
  for (const { type, triggers } of rules) {
    for (const trigger of triggers) if (trigger.kind === "release") next.get(trigger.of)?.add(type);
  }
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const begin of next.keys()) {
    if (done.has(begin)) continue;
    // The way from the beginning to where the walk stands, each type with those that are still to be tried after it.
    const way: { readonly type: string; readonly rest: Iterator<string> }[] = [];
    const onWay = new Map<string, number>();
    const enter = (type: string): void => {
      onWay.set(type, way.length);
      way.push({ type, rest: (next.get(type) ?? new Set<string>()).values() });
    };
    enter(begin);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const step = top.rest.next();
      if (step.done === true) {
        done.add(top.type);
        onWay.delete(top.type);
        way.pop();
      } else if (onWay.has(step.value)) {
        cycles.push([...way.slice(onWay.get(step.value)).map(({ type }) => type), step.value]);
      } else if (!done.has(step.value)) enter(step.value);
    }
  }
  return cycles;
}
