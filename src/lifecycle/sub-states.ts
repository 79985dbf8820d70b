import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { ENDED_STATUSES, type Order, type OrderStatus } from "../model/order.js";

/** A state of the site's own inside a status. */
export interface SubState<Name extends string> {
  /** Name. */
  readonly name: Name;
  /** Status that it is a part of. */
  readonly status: OrderStatus;
  /** Whether an order that comes into the status begins here; one state of each status that has any. */
  readonly isInitial?: true;
  /** Whether the library's operations may take an order out of the status from here. */
  readonly mayLeave?: true;
}

/** A step of the site's own between two states of one status. */
export interface SubStateMove<Name extends string> {
  /** Name of the step. */
  readonly move: string;
  /** States it begins in. */
  readonly from: readonly Name[];
  /** State it leads to. */
  readonly to: Name;
  /** What it needs besides; may be asked any number of times and must answer the same for the same order. */
  readonly guard?: (order: Order) => boolean;
}

/** The site's own states and steps. */
export interface SubStates<Name extends string> {
  /** States. */
  readonly states: readonly SubState<Name>[];
  /** Steps. */
  readonly moves: readonly SubStateMove<Name>[];
}

/** What is wrong with a definition. */
export type SubStateIssue = IssueOf<{
  "sub_state.twice": { readonly name: string };
  "sub_state.unknown": { readonly name: string; readonly move: string };
  "sub_state.no_initial": { readonly status: OrderStatus };
  "sub_state.several_initial": { readonly status: OrderStatus; readonly names: readonly string[] };
  "sub_state.leaves_status": { readonly move: string; readonly from: string; readonly to: string };
  "sub_state.unreachable": { readonly name: string };
  "sub_state.dead_end": { readonly name: string };
}>;

/**
 * Checks the states and steps that a site adds inside the library's statuses, when they are defined and not when an order
 * is stuck in them.
 *
 * **Rules**
 * 1. Every state belongs to one status, and every step stays inside one: only the library's operations change the status.
 * 2. Each status that has states of its own has one in which orders begin.
 * 3. Every state can be reached from there, and from every state one can come to a state that may leave the status; the
 *    statuses that end an order need no way out.
 *
 * @returns the definition, or everything that is wrong with it. Linear in states and steps.
 *
 * **Source:** mission 11.2
 * @example
 * ```ts
 * import { defineSubStates } from "ordercycle";
 * const defined = defineSubStates({
 *   states: [
 *     { name: "picked_loose", status: "picked", isInitial: true },
 *     { name: "packed", status: "picked", mayLeave: true },
 *     { name: "in_quarantine", status: "picked" },
 *   ],
 *   moves: [{ move: "pack", from: ["picked_loose"], to: "packed" }, { move: "lock", from: ["packed"], to: "in_quarantine" }],
 * });
 * defined.ok ? [] : defined.issues.map(({ code, params }) => [code, params]); // => [["sub_state.dead_end", { name: "in_quarantine" }]]
 * ```
 */
export function defineSubStates<const Name extends string>(
  definition: SubStates<Name>,
): Result<SubStates<Name>, SubStateIssue> {
  const issues = [...faultsOfStates(definition), ...faultsOfMoves(definition)];
  if (issues.length === 0) issues.push(...faultsOfWays(definition));
  return issues.length > 0 ? refuse(issues) : ok(definition);
}

function faultsOfStates<Name extends string>({ states }: SubStates<Name>): SubStateIssue[] {
  const issues: SubStateIssue[] = [];
  const seen = new Set<Name>();
  const initialOf = new Map<OrderStatus, Name[]>();
  for (const [place, { name, status, isInitial }] of states.entries()) {
    if (seen.has(name)) issues.push(issue("sub_state.twice", ["states", place, "name"], { name }));
    seen.add(name);
    const initial = initialOf.get(status) ?? [];
    if (isInitial === true) initial.push(name);
    initialOf.set(status, initial);
  }
  for (const [status, names] of initialOf) {
    if (names.length === 0) issues.push(issue("sub_state.no_initial", ["states"], { status }));
    if (names.length > 1) issues.push(issue("sub_state.several_initial", ["states"], { status, names }));
  }
  return issues;
}

function faultsOfMoves<Name extends string>({ states, moves }: SubStates<Name>): SubStateIssue[] {
  const statusOf = new Map(states.map(({ name, status }) => [name, status]));
  return moves.flatMap(({ move, from, to }, place) => {
    const unknown = [...from, to].filter((name) => !statusOf.has(name));
    const leaving = unknown.length > 0 ? [] : from.filter((name) => statusOf.get(name) !== statusOf.get(to));
    return [
      ...unknown.map((name): SubStateIssue => issue("sub_state.unknown", ["moves", place], { name, move })),
      ...leaving.map((name): SubStateIssue =>
        issue("sub_state.leaves_status", ["moves", place], { move, from: name, to }),
      ),
    ];
  });
}

function faultsOfWays<Name extends string>({ states, moves }: SubStates<Name>): SubStateIssue[] {
  const forward = new Map<Name, Name[]>();
  const backward = new Map<Name, Name[]>();
  for (const { from, to } of moves) {
    for (const name of from) {
      note(forward, name, to);
      note(backward, to, name);
    }
  }
  const namesWhere = (test: (state: SubState<Name>) => boolean): Name[] => states.filter(test).map(({ name }) => name);
  const reached = reachable(
    namesWhere(({ isInitial }) => isInitial === true),
    forward,
  );
  const leaving = reachable(
    namesWhere(({ mayLeave, status }) => mayLeave === true || ENDED_STATUSES.includes(status)),
    backward,
  );
  return states.flatMap(({ name }, place): SubStateIssue[] => [
    ...(reached.has(name) ? [] : [issue("sub_state.unreachable", ["states", place], { name })]),
    ...(leaving.has(name) ? [] : [issue("sub_state.dead_end", ["states", place], { name })]),
  ]);
}

function note<Name extends string>(steps: Map<Name, Name[]>, from: Name, to: Name): void {
  const known = steps.get(from);
  if (known === undefined) steps.set(from, [to]);
  else known.push(to);
}

function reachable<Name extends string>(begin: readonly Name[], steps: ReadonlyMap<Name, readonly Name[]>): Set<Name> {
  const reached = new Set(begin);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) for (const next of steps.get(name) ?? []) reached.add(next);
  return reached;
}

/**
 * Says in which state of the site an order is after something has happened to it.
 *
 * @param current state before; undefined for an order that had none
 * @returns the state before while the status is the same; otherwise the one in which orders begin; undefined where the
 * site has none for the status
 *
 * **Source:** mission 11.2
 * @example
 * ```ts
 * import { subStateOf } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const states = [{ name: "new", status: "entered", isInitial: true }, { name: "seen", status: "entered", mayLeave: true }] as const;
 * subStateOf({ states, moves: [] }, anyOrder(), undefined); // => "new"
 * subStateOf({ states, moves: [] }, anyOrder(), "seen"); // => "seen"
 * subStateOf({ states, moves: [] }, anyOrder({ stage: "rejected" }), "seen"); // => undefined
 * ```
 */
export function subStateOf<Name extends string>(
  { states }: SubStates<Name>,
  { status }: Order,
  current: Name | undefined,
): Name | undefined {
  const here = states.filter((state) => state.status === status);
  const state = here.find(({ name }) => name === current) ?? here.find(({ isInitial }) => isInitial === true);
  return state?.name;
}

/**
 * Lists the site's own steps from a state.
 *
 * @returns each step that begins there, where it leads, and whether its guard lets the order pass
 *
 * **Source:** mission 11.2
 * @example
 * ```ts
 * import { subStateMoves } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const states = [{ name: "new", status: "entered", isInitial: true }, { name: "seen", status: "entered", mayLeave: true }] as const;
 * const moves = [{ move: "look", from: ["new"], to: "seen", guard: ({ lines }: { lines: readonly unknown[] }) => lines.length > 5 }] as const;
 * subStateMoves({ states, moves }, anyOrder(), "new"); // => [{ move: "look", to: "seen", isPossible: false }]
 * ```
 */
export function subStateMoves<Name extends string>(
  { moves }: SubStates<Name>,
  order: Order,
  current: Name,
): { readonly move: string; readonly to: Name; readonly isPossible: boolean }[] {
  return moves
    .filter(({ from }) => from.includes(current))
    .map(({ move, to, guard }) => ({ move, to, isPossible: guard?.(order) ?? true }));
}
