import { issue, type IssueOf } from "../core/issue.js";
import type { LineId } from "../model/ids.js";
import type { HoldableOperation, Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { checkGuards, type GuardRefusal, type HostGuard } from "./host-guards.js";
import { heldLines } from "./held-lines.js";
import type { Operation, Transition } from "./transition.js";
import { checkTransition, TRANSITIONS, type TransitionIssue } from "./transitions.js";

/** Why an operation is not possible now. */
export type NextActionIssue =
  | TransitionIssue
  | GuardRefusal
  | IssueOf<{
      "status.not_ready": { readonly operation: Operation; readonly needs: string };
    }>;

/** An operation, and whether it could be done with an order now. */
export interface NextAction {
  /** Operation. */
  readonly operation: Operation;
  /** Whether it is possible, as far as the order alone can tell. */
  readonly isPossible: boolean;
  /** Every reason why it is not. */
  readonly issues: readonly NextActionIssue[];
  /** Lines that a hold of their own keeps out of it. */
  readonly heldLines: readonly LineId[];
}

/**
 * Says what can be done with an order now, and for everything else why not: the buttons of a screen, and their tooltips.
 *
 * **Rules**
 * 1. Every operation of the transition table is told, in the order of the table.
 * 2. What is told as impossible is refused by its operation. What is told as possible may still be refused for reasons that
 *    lie in the command: a number that is taken, stock that is not there.
 * 3. Lines that a hold of their own keeps out make it impossible when nothing else is left for it: when it takes the order
 *    as a whole, as a confirmation and an invoice do, or when no other line has quantity for it.
 * 4. The site's own guards are asked too.
 *
 * @param order as last stored
 * @param guards guards of the host's own
 * @returns one entry for each operation
 *
 * **Source:** mission 11.1, 11.2, 7.8, 13.5
 * @example
 * ```ts
 * import { nextActions } from "ordercycle";
 * import { anyOrder } from "ordercycle/testing";
 * const actions = nextActions(anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] }));
 * actions.filter(({ isPossible }) => isPossible).map(({ operation }) => operation); // => ["price", "hold", "release", "defer", "merge", "join", "reallocate", "pick", "pay", "amend", "addOn", "cancel"]
 * actions.find(({ operation }) => operation === "ship")?.issues[0]?.params; // => { operation: "ship", needs: "picked quantity" }
 * ```
 */
export function nextActions(order: Order, guards: readonly HostGuard[] = []): NextAction[] {
  return TRANSITIONS.map(({ operation, guard, isReady }): NextAction => {
    const held = heldLines(order, operation as HoldableOperation);
    const lineIds = order.lines.flatMap(({ lineId }) => (held.has(lineId) ? [lineId] : []));
    const isStopped = held.size > 0 && isStoppedByLines(order, operation, held, isReady);
    const issues: NextActionIssue[] = checkTransition(order, operation, isStopped ? lineIds : []);
    if (!isReady(order)) issues.push(issue("status.not_ready", ["lines"], { operation, needs: guard }));
    issues.push(...checkGuards(order, operation, guards));
    return { operation, isPossible: issues.length === 0, issues, heldLines: lineIds };
  });
}

/** Whether holds on lines leave an operation nothing to do. */
function isStoppedByLines(
  order: Order,
  operation: Operation,
  held: ReadonlySet<LineId>,
  isReady: Transition["isReady"],
): boolean {
  const linesWhere = (test: (line: OrderLine) => boolean): Order => ({ ...order, lines: order.lines.filter(test) });
  switch (operation) {
    case "confirm":
      return true;
    case "invoice":
      return isReady(linesWhere(({ lineId }) => held.has(lineId)));
    case "pick":
    case "load":
    case "ship":
    case "deliver":
      return isReady(order) && !isReady(linesWhere(({ lineId }) => !held.has(lineId)));
    default:
      return false;
  }
}
