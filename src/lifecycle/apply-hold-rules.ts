import { ok, refuse, type Result } from "../core/result.js";
import type { DecisionContext } from "../model/actor.js";
import type { LineId } from "../model/ids.js";
import { isInForce } from "../model/is-in-force.js";
import type { Hold, Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { OrderEvent } from "../model/event.js";
import type { Outcome } from "../model/outcome.js";
import { fulfils } from "./hold-condition.js";
import type { HoldRule, HoldTrigger } from "./hold-rule.js";
import { isModified } from "./order-modification.js";
import { recordEvent } from "./record-event.js";
import { checkTransition, type TransitionIssue } from "./transitions.js";

/** Command: hold the order as far as something that has just happened to it demands it. */
export interface ApplyHoldRules {
  /** The order before that; absent when it has just begun. */
  readonly before?: Order;
  /** The rules, as `defineHoldRules` gave them. */
  readonly rules: readonly HoldRule[];
}

/** Why an order is not held although a rule demands it. */
export type ApplyHoldRulesIssue = TransitionIssue;

/**
 * Places the holds that a site's rules demand after something has happened to an order: a modification, a condition that
 * has come true, another hold that was released. It is called after each operation, with the order before and after.
 *
 * **Rules**
 * 1. A modification or a condition on a line, in a rule for whole orders, counts when any line shows it; in a rule for
 *    lines, those lines are held that show it, and for what is on the header all lines.
 * 2. A condition places a hold when it has come true: it holds now and did not hold before. An order that begins had
 *    nothing before.
 * 3. The end of a hold places the holds that wait for it, on the same line; between a line and the whole order, on the
 *    order, or on every line.
 * 4. An order or a line on which a hold of the type is in force is not held a second time.
 * 5. Hold ids are made of type, version before and line number, so a second call after the same event places nothing.
 * 6. When holds are due and the order's status does not allow any, that is refused; nothing due is granted without event.
 *
 * @param order as it is now, after what has happened
 * @returns the outcome with one event for each hold, or the reason against it. Linear in rules times lines.
 *
 * **Source:** mission 7.8
 * @example
 * ```ts
 * import { applyHoldRules, decimal, defineHoldRules } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const rules = defineHoldRules([
 *   {
 *     type: "large_order",
 *     scope: "order",
 *     blocks: ["confirm"],
 *     reason: "the head of sales signs large orders",
 *     triggers: [{ kind: "condition", when: { kind: "payable", atLeast: decimal("1000") } }],
 *   },
 * ]);
 * const before = anyOrder({ stage: "reviewed", lines: [{ orderedQty: "10" }] });
 * const order = anyOrder({ stage: "reviewed", version: 2, lines: [{ orderedQty: "1000" }] });
 * const result = rules.ok && applyHoldRules(order, { before, rules: rules.value }, anyContext());
 * result && result.ok && result.value.order.holds.map(({ holdId, state }) => [holdId, state]); // => [["large_order@1", "active"]]
 * ```
 */
export function applyHoldRules(
  order: Order,
  { before, rules }: ApplyHoldRules,
  context: DecisionContext,
): Result<Outcome, ApplyHoldRulesIssue> {
  const due = rules.flatMap((rule) => holdsOf(rule, before, order, context));
  const issues = due.length === 0 ? [] : checkTransition(order, "hold");
  if (issues.length > 0) return refuse(issues);
  let now = order;
  const events: OrderEvent[] = [];
  for (const hold of due) {
    const details = { holdId: hold.holdId, type: hold.type };
    const placed = recordEvent(now, { type: "hold_placed", details, changes: [{ kind: "hold_set", hold }] }, context);
    now = placed.order;
    events.push(...placed.events);
  }
  // A hold moves no goods and asks the host for nothing.
  return ok({ order: now, events, movements: [], requests: [] });
}

type Pair = readonly [before: OrderLine | undefined, after: OrderLine];

function holdsOf(rule: HoldRule, before: Order | undefined, order: Order, { at }: DecisionContext): Hold[] {
  const { type, scope, blocks, reason, triggers } = rule;
  const wasLine = new Map(before?.lines.map((line) => [line.lineId, line]));
  const pairs = order.lines.map((line): Pair => [wasLine.get(line.lineId), line]);
  const ended = endedHolds(before, order);
  const inForce = new Set(order.holds.filter((hold) => hold.type === type && isInForce(hold)).map(placeOf));
  const known = new Set(order.holds.map(({ holdId }) => holdId));
  const hold = (holdId: string, lineId?: LineId): Hold[] => {
    if (inForce.has(lineId) || known.has(holdId)) return [];
    const line = lineId === undefined ? {} : { lineId };
    return [{ holdId, type, ...line, blocks, reason, placedAt: at, state: "active" }];
  };
  const id = `${type}@${before?.version ?? 0}`;
  const isDue = (some: readonly Pair[], lineId?: LineId): boolean =>
    triggers.some((trigger) => isTriggered(trigger, before, order, some, ended, lineId));
  if (scope === "order") return isDue(pairs) ? hold(id) : [];
  return pairs.flatMap((pair) => {
    const { lineId, lineNo } = pair[1];
    return isDue([pair], lineId) ? hold(`${id}/${lineNo}`, lineId) : [];
  });
}

function placeOf({ lineId }: Hold): LineId | undefined {
  return lineId;
}

/** Holds that were active before and are not any more, and rejected ones that were resolved after all. */
function endedHolds(before: Order | undefined, { holds }: Order): Hold[] {
  const stateBefore = new Map(before?.holds.map(({ holdId, state }) => [holdId, state]));
  return holds.filter(({ holdId, state }) => {
    const was = stateBefore.get(holdId);
    return was !== undefined && was !== state;
  });
}

function isTriggered(
  trigger: HoldTrigger,
  before: Order | undefined,
  order: Order,
  pairs: readonly Pair[],
  ended: readonly Hold[],
  lineId: LineId | undefined,
): boolean {
  switch (trigger.kind) {
    case "modification":
      return before !== undefined && trigger.of.some((each) => isModified(each, before, order, pairs));
    case "condition": {
      const is = pairs.map(([, line]) => line);
      if (!fulfils(trigger.when, order, is)) return false;
      if (before === undefined) return true;
      const was = lineId === undefined ? before.lines : pairs.flatMap(([line]) => (line === undefined ? [] : [line]));
      return was.length === 0 || !fulfils(trigger.when, before, was);
    }
    case "release":
      return ended.some(
        (hold) =>
          hold.type === trigger.of &&
          hold.state === trigger.state &&
          (lineId === undefined || hold.lineId === undefined || hold.lineId === lineId),
      );
  }
}
