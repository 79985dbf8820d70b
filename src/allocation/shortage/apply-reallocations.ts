import { groupedBy } from "../../core/grouped-by.js";
import { issue, type Issue, type IssueOf } from "../../core/issue.js";
import { commandFaults } from "../../model/command-shape.js";
import type { Consent, ConsentIssue } from "../../model/consent.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { ordersOnce } from "../../model/orders-once.js";
import type { Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import { supplyRuleFaults } from "../../model/supply-rule.js";
import { handoversShape } from "../command-shapes.js";
import { groupsSharing } from "../partition-batch.js";
import {
  refusedTogether,
  together,
  type ApplyReallocationContext,
  type ApplyReallocationIssue,
  type ReallocationOutcome,
} from "./apply-reallocation.js";
import { handoverDesk } from "./handover-desk.js";

/** Command: proposals to which people have agreed. */
export interface ApplyReallocations {
  /** Proposals, each once: all that name each other, and others. */
  readonly proposals: readonly ReallocationProposal[];
  /** All consents that were given to them, each with the id of its proposal as its subject. */
  readonly consents: readonly Consent[];
}

/** Why proposals are not carried out. */
export type ApplyReallocationsIssue =
  ApplyReallocationIssue | IssueOf<{ "reallocate.listed_twice": { readonly proposalId: string } }>;

/** Proposals that were not carried out: one by itself, or all that name each other. */
export interface ProposalsNotApplied {
  /** Their ids, in the order of the command. */
  readonly proposalIds: readonly string[];
  /** Why. */
  readonly issues: readonly ApplyReallocationsIssue[];
}

/** The answer: for each proposal, that it was carried out, or why not. */
export interface ReallocationsOutcome extends ReallocationOutcome {
  /** Ids of the proposals that were carried out, in the order in which they were. */
  readonly applied: readonly string[];
  /** The others; their orders are as they would be without them. */
  readonly notApplied: readonly ProposalsNotApplied[];
}

/**
 * Carries proposals out to which people have agreed: those that name each other (`together`) all of them or none, since one by
 * itself is of no use.
 *
 * **Rules**
 * 1. Each proposal is carried out as {@link applyReallocation} does it, on the orders as the proposals before it left them:
 *    in the order of the command, which is the order of service where `decideShortages` made them.
 * 2. Proposals that name each other are one: where something stands against one of them, or one of them is not there, none
 *    moves anything, and all reasons are told.
 * 3. Caps and minimums count what earlier proposals of the command moved between groups.
 * 4. A consent to none of the proposals is refused with all of them, not passed over in silence.
 * 5. `refused` names each order of a proposal that was not carried out; other proposals may have changed it all the same.
 *
 * @param orders all orders of the proposals, each once
 * @returns the orders in the order of the input. n log n in proposals, and for each of them the lines of its orders.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 9.14, 8.7, 9.16; definitions B6, B15
 * @example
 * ```ts
 * import { applyReallocations, decimal } from "ordercycle";
 * import { anyContext, anyOrder } from "ordercycle/testing";
 * const four = decimal("4");
 * const line = { orderedQty: "4", quantities: { backfill: "4" } };
 * const short = anyOrder({ orderNo: "SO-1", stage: "confirmed", header: { shipComplete: true }, lines: [line, line] });
 * const donor = anyOrder({ orderNo: "SO-2", stage: "confirmed", header: { customerCode: "C-2" }, lines: [{ quantities: { allocated: "10" } }] });
 * const proposal = (lineNo: number, other: number) => ({
 *   proposalId: `RP-${lineNo}`, state: "pending" as const, winner: { orderNo: "SO-1", lineId: `SO-1-${lineNo}` }, itemCode: "TEA",
 *   quantity: four, stillShort: decimal("0"), harm: decimal("9"), optimal: true, notAsked: [], together: [`RP-${other}`],
 *   transfers: [{ victim: { orderNo: "SO-2", lineId: "SO-2-1" }, customerCode: "C-2", quantity: four, places: [{ source: { warehouseId: "NORTH" }, quantity: four }], harm: decimal("9") }],
 * });
 * const consent = (subject: string) => ({ customerCode: "C-2", subject, agreedBy: "Ms Wu", agreedAt: anyContext().at, reference: "MAIL-7" });
 * const proposals = [proposal(1, 2), proposal(2, 1)];
 * const half = applyReallocations([short, donor], { proposals, consents: [consent("RP-1")] }, anyContext());
 * [half.applied, half.notApplied.map(({ proposalIds, issues }) => [proposalIds, issues[0]!.code])]; // => [[], [[["RP-1", "RP-2"], "consent.missing"]]]
 * const both = applyReallocations([short, donor], { proposals, consents: [consent("RP-1"), consent("RP-2")] }, anyContext());
 * [both.applied, both.orders[0]!.lines.map(({ quantities }) => quantities.allocated)]; // => [["RP-1", "RP-2"], ["4", "4"]]
 * ```
 */
export function applyReallocations(
  orders: readonly Order[],
  command: ApplyReallocations,
  context: ApplyReallocationContext,
): ReallocationsOutcome {
  ordersOnce(orders);
  const misshapen = commandFaults(command, handoversShape);
  const faults = misshapen.length > 0 ? misshapen : callFaults(command, context);
  if (faults.length > 0) {
    const proposalIds = misshapen.length > 0 ? [] : command.proposals.map(({ proposalId }) => proposalId);
    const notApplied = [{ proposalIds, issues: faults }];
    return { ...refusedTogether(orders, faults), displacements: [], applied: [], notApplied };
  }
  const { proposals, consents } = command;
  const consentsTo = groupedBy(consents, ({ subject }) => subject);
  const desk = handoverDesk(orders, context);
  const outcomes: Outcome[] = [];
  const displacements: Displacement[] = [];
  const applied: string[] = [];
  const notApplied: ProposalsNotApplied[] = [];
  const refusals = new Map<OrderNo, (readonly Issue[])[]>();
  for (const places of unitsOf(proposals)) {
    const mark = desk.mark();
    const own: Outcome[] = [];
    const set: Displacement[] = [];
    const issues: ApplyReallocationsIssue[] = missingOf(proposals, places);
    for (const place of places) {
      const proposal = proposals[place]!;
      const result = desk.handOver(proposal, consentsTo.get(proposal.proposalId) ?? []);
      if (result.ok) {
        own.push(...result.value.outcomes);
        set.push(...result.value.displacements);
      } else issues.push(...result.issues.map((found) => ({ ...found, path: ["proposals", place, ...found.path] })));
    }
    const proposalIds = places.map((place) => proposals[place]!.proposalId);
    if (issues.length === 0) {
      outcomes.push(...own);
      displacements.push(...set);
      applied.push(...proposalIds);
      continue;
    }
    desk.undo(mark);
    notApplied.push({ proposalIds, issues });
    for (const orderNo of ordersIn(places.map((place) => proposals[place]!))) {
      const before = refusals.get(orderNo);
      if (before === undefined) refusals.set(orderNo, [issues]);
      else before.push(issues);
    }
  }
  const refused = orders.flatMap(({ orderNo }) => {
    const found = refusals.get(orderNo);
    // Orders that one reason keeps together share it.
    return found === undefined ? [] : [{ orderNo, issues: found.length === 1 ? found[0]! : found.flat() }];
  });
  return { ...together(orders, outcomes), refused, displacements, applied, notApplied };
}

/** What stands against all proposals of a command. */
function callFaults(
  { proposals, consents }: ApplyReallocations,
  { protection = [] }: ApplyReallocationContext,
): ApplyReallocationsIssue[] {
  const issues: ApplyReallocationsIssue[] = supplyRuleFaults(protection, ["protection"]);
  const seen = new Set<string>();
  for (const [place, { proposalId }] of proposals.entries()) {
    if (seen.has(proposalId))
      issues.push(issue("reallocate.listed_twice", ["proposals", place, "proposalId"], { proposalId }));
    seen.add(proposalId);
  }
  const foreign = consents.filter(({ subject }) => !seen.has(subject));
  return [
    ...issues,
    ...foreign.map(({ customerCode, subject, reference }): ConsentIssue =>
      issue("consent.foreign", ["consents"], { customerCode, subject, reference }),
    ),
  ];
}

/** Places of proposals that name each other, as one; in the order of the command. */
function unitsOf(proposals: readonly ReallocationProposal[]): readonly (readonly number[])[] {
  const named = proposals.map(({ proposalId, together: others = [] }) => [proposalId, ...others]);
  return groupsSharing(named).sort((a, b) => a[0]! - b[0]!);
}

/** Proposals that are named by others and not there. */
function missingOf(proposals: readonly ReallocationProposal[], places: readonly number[]): ApplyReallocationsIssue[] {
  const there = new Set(places.map((place) => proposals[place]!.proposalId));
  return places.flatMap((place) => {
    const { proposalId, together: others = [] } = proposals[place]!;
    return others
      .filter((other) => !there.has(other))
      .map((missing) => issue("reallocate.rest_is_missing", ["proposals", place, "together"], { proposalId, missing }));
  });
}

function ordersIn(proposals: readonly ReallocationProposal[]): ReadonlySet<OrderNo> {
  return new Set(
    proposals.flatMap(({ winner, transfers }) => [winner.orderNo, ...transfers.map(({ victim }) => victim.orderNo)]),
  );
}
