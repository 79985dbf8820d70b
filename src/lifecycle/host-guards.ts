import { issue, type Issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { Order } from "../model/order.js";
import type { Operation } from "./transition.js";
import { TRANSITIONS } from "./transitions.js";

/** A guard of the host's own: what a site demands of an order before an operation, besides what the library does. */
export interface HostGuard {
  /** Name, unique among the guards. */
  readonly name: string;
  /** Operations that it guards. */
  readonly operations: readonly Operation[];
  /** What stands against them, in the host's own codes; empty for nothing. The same order must give the same answer. */
  readonly check: (order: Order) => readonly Issue[];
}

/** What is wrong with the guards. */
export type HostGuardIssue = IssueOf<{
  "guard.twice": { readonly guard: string };
  "guard.unknown_operation": { readonly guard: string; readonly operation: string };
}>;

/** That a guard of the host forbids an operation. */
export type GuardRefusal = IssueOf<{
  "status.guard_refuses": {
    readonly operation: Operation;
    readonly guard: string;
    readonly reasons: readonly string[];
  };
}>;

/**
 * Checks a site's own guards when they are defined.
 *
 * **Rules**
 * 1. Every guard has a name of its own, since refusals name it.
 * 2. It guards operations of the transition table.
 *
 * @returns the guards, or everything that is wrong with them. Linear.
 *
 * **Source:** mission 11.2
 * @example
 * ```ts
 * import { defineGuards, issue, type HostGuard, type Order } from "ordercycle";
 * const noWine: HostGuard = {
 *   name: "licence",
 *   operations: ["ship"],
 *   check: ({ header }: Order) => (header.customerType === "bar" ? [] : [issue("shop.no_licence", ["header", "customerType"], {})]),
 * };
 * defineGuards([noWine]).ok; // => true
 * const twice = defineGuards([noWine, noWine]);
 * twice.ok ? [] : twice.issues.map(({ code }) => code); // => ["guard.twice"]
 * ```
 */
export function defineGuards(guards: readonly HostGuard[]): Result<readonly HostGuard[], HostGuardIssue> {
  const known = new Set<string>(TRANSITIONS.map(({ operation }) => operation));
  const seen = new Set<string>();
  const issues: HostGuardIssue[] = [];
  for (const [place, { name, operations }] of guards.entries()) {
    if (seen.has(name)) issues.push(issue("guard.twice", [place, "name"], { guard: name }));
    seen.add(name);
    for (const operation of operations) {
      if (known.has(operation)) continue;
      issues.push(issue("guard.unknown_operation", [place, "operations"], { guard: name, operation }));
    }
  }
  return issues.length > 0 ? refuse(issues) : ok(guards);
}

/**
 * Asks a site's own guards whether an operation may be done with an order; a host asks before it calls the operation.
 *
 * @param order as last stored
 * @param operation operation of the transition table
 * @param guards the guards, as `defineGuards` gave them
 * @returns one refusal for each guard that forbids it, with the codes of its reasons
 *
 * **Source:** mission 11.2
 * @example
 * ```ts
 * import { checkGuards, issue } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const guards = [{ name: "stocktaking", operations: ["pick" as const], check: () => [issue("shop.counting", [], {})] }];
 * checkGuards(anyOrder(), "pick", guards).map(({ params }) => params); // => [{ operation: "pick", guard: "stocktaking", reasons: ["shop.counting"] }]
 * checkGuards(anyOrder(), "ship", guards); // => []
 * ```
 */
export function checkGuards(order: Order, operation: Operation, guards: readonly HostGuard[]): GuardRefusal[] {
  return guards.flatMap(({ name: guard, operations, check }): GuardRefusal[] => {
    const reasons = operations.includes(operation) ? check(order).map(({ code }) => code) : [];
    return reasons.length === 0 ? [] : [issue("status.guard_refuses", [], { operation, guard, reasons })];
  });
}
