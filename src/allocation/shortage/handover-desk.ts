import { calendarDay } from "../../core/calendar-day.js";
import { add, negate, ZERO, type Decimal } from "../../core/decimal.js";
import { groupedBy } from "../../core/grouped-by.js";
import { issue } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { recordEvent, type Decision } from "../../lifecycle/record-event.js";
import type { Change } from "../../model/change.js";
import { consentFor, foreignConsents, type Consent, type ConsentIssue } from "../../model/consent.js";
import type { Displacement } from "../../model/displacement.js";
import type { ItemCode, OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import type { ReallocationProposal } from "../../model/reallocation-proposal.js";
import type { HostRequest } from "../../model/request.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { ApplyReallocationContext, ApplyReallocationIssue } from "./apply-reallocation.js";
import { orderIndex, type OrderIndex } from "./order-index.js";
import { givenUp, taken } from "./reallocation-changes.js";
import { isProposal, obstaclesTo } from "./reallocation-obstacles.js";
import { stockAsItIs } from "./stock-now.js";
import { transferLimitIssues, type Given, type ItemRules } from "./transfer-rules.js";

/** What a proposal did. */
interface Handover {
  /** Orders with their events: those who gave in front. */
  readonly outcomes: readonly Outcome[];
  /** Who was set back for whom. */
  readonly displacements: readonly Displacement[];
}

/** Where proposals are carried out one after the other. */
export interface HandoverDesk {
  /** Carries a proposal out on the orders as those before it left them; nothing is moved where it is refused. */
  readonly handOver: (
    proposal: ReallocationProposal,
    consents: readonly Consent[],
  ) => Result<Handover, ApplyReallocationIssue>;
  /** Where things stand. */
  readonly mark: () => number;
  /** Puts everything back to where it stood. */
  readonly undo: (mark: number) => void;
}

/**
 * Opens the desk.
 *
 * @param orders all that take part, each once
 * @param context rules without faults
 */
export function handoverDesk(orders: readonly Order[], context: ApplyReallocationContext): HandoverDesk {
  const { at, stock, today = calendarDay(at.slice(0, 10)), protection = [] } = context;
  const now = new Map<OrderNo, Order>(orders.map((order) => [order.orderNo, order]));
  const rules = new Map<ItemCode, readonly SupplyRule[]>(groupedBy(protection, ({ itemCode }) => itemCode));
  const stockNow = stock && stockAsItIs(orders, stock, today);
  const steps: (() => void)[] = [];
  const rulesOf = (itemCode: ItemCode): ItemRules => ({
    rules: rules.get(itemCode) ?? [],
    freeInAll: () => stockNow?.freeOf(itemCode) ?? ZERO,
  });

  const limitIssues = ({ winner, transfers }: ReallocationProposal): ApplyReallocationIssue[] => {
    const order = now.get(winner.orderNo)!;
    const line = orderIndex(order).lineOf.get(winner.lineId)!;
    const given = transfers.map(({ victim, quantity }): Given => ({ order: now.get(victim.orderNo)!, quantity }));
    return transferLimitIssues({ order, line }, given, rulesOf(line.itemCode));
  };

  /** Goods that go from one group to another count for the one that gets them from now on. */
  const countGroups = ({ itemCode, winner, transfers }: ReallocationProposal): void => {
    const before = rules.get(itemCode);
    if (before === undefined) return;
    const groupOf = (orderNo: OrderNo): string | undefined => now.get(orderNo)!.header.customerClass;
    const moved = new Map<string | undefined, Decimal>();
    for (const { victim, quantity } of transfers) {
      const [from, to] = [groupOf(victim.orderNo), groupOf(winner.orderNo)];
      moved.set(from, add(moved.get(from) ?? ZERO, negate(quantity)));
      moved.set(to, add(moved.get(to) ?? ZERO, quantity));
    }
    const counted = before.map((rule) => ({
      ...rule,
      consumed: add(rule.consumed ?? ZERO, moved.get(rule.group) ?? ZERO),
    }));
    rules.set(itemCode, counted);
    steps.push(() => void rules.set(itemCode, before));
  };

  return {
    handOver: (proposal, consents) => {
      const { proposalId } = proposal;
      if (!isProposal(proposal)) return refuse([issue("reallocate.not_a_proposal", [], { proposalId })]);
      const consentOf = consentsByCustomer(proposal, consents, at);
      const orderOf = (orderNo: OrderNo): Order | undefined => now.get(orderNo);
      const issues = [...obstaclesTo(proposal, { orderOf, stock: stockNow }), ...consentOf.issues];
      if (issues.length === 0) issues.push(...limitIssues(proposal));
      if (issues.length > 0) return refuse(issues);
      const handover = written(proposal, consents, consentOf.by, now, context);
      countGroups(proposal);
      for (const { order } of handover.outcomes) {
        const before = now.get(order.orderNo)!;
        now.set(order.orderNo, order);
        steps.push(() => void now.set(order.orderNo, before));
      }
      return ok(handover);
    },
    mark: () => steps.length,
    undo: (mark) => {
      while (steps.length > mark) steps.pop()!();
    },
  };
}

/** What a proposal that nothing stands against does. */
function written(
  { proposalId, winner, itemCode, transfers }: ReallocationProposal,
  consents: readonly Consent[],
  consentOf: ReadonlyMap<string, Consent>,
  now: ReadonlyMap<OrderNo, Order>,
  context: ApplyReallocationContext,
): Handover {
  const indexes = new Map<OrderNo, OrderIndex>();
  const indexOf = (orderNo: OrderNo): OrderIndex => {
    const index = indexes.get(orderNo) ?? orderIndex(now.get(orderNo)!);
    indexes.set(orderNo, index);
    return index;
  };
  const displacements = transfers.map((transfer): Displacement => {
    const consent = consentOf.get(transfer.customerCode)!;
    return {
      victim: transfer.victim,
      winner,
      itemCode,
      quantity: transfer.quantity,
      ...(transfer.oldDay === undefined ? {} : { oldDate: transfer.oldDay }),
      ...(transfer.newDay === undefined ? {} : { newDate: transfer.newDay }),
      ruleId: "reallocate.least_harm",
      actor: context.actor,
      at: context.at,
      consent: consent.reference,
      customerToldAt: consent.agreedAt,
    };
  });
  const byReference = groupedBy([...consents.entries()], ([, { reference }]) => reference);
  /** Consents that these displacements rest on, in the order in which they were given. */
  const restingOn = (own: readonly Displacement[]): Consent[] =>
    [...new Set(own.map(({ consent }) => consent!))]
      .flatMap((reference) => byReference.get(reference) ?? [])
      .sort(([a], [b]) => a - b)
      .map(([, consent]) => consent);
  const decide = (
    orderNo: OrderNo,
    own: readonly Displacement[],
    changes: readonly Change[],
    requests: readonly HostRequest[],
  ): Outcome => {
    const decision: Decision<"reservation_moved"> = {
      type: "reservation_moved",
      details: {
        proposalId,
        cause: "reallocation",
        displacements: own,
        consents: restingOn(own),
      },
      changes,
      requests,
    };
    return recordEvent(now.get(orderNo)!, decision, context);
  };
  const ofVictim = groupedBy(displacements, ({ victim }) => victim.orderNo);
  const outcomes = [...groupedBy(transfers, ({ victim }) => victim.orderNo)].map(([orderNo, own]) => {
    const { lineOf } = indexOf(orderNo);
    const changes = own.flatMap((transfer) => givenUp(lineOf.get(transfer.victim.lineId)!, transfer, context));
    return decide(orderNo, ofVictim.get(orderNo)!, changes, [
      { type: "notify_customer", orderNo, template: "goods_given_up" },
    ]);
  });
  const places = transfers.flatMap((transfer) => transfer.places);
  const line = indexOf(winner.orderNo).lineOf.get(winner.lineId)!;
  outcomes.push(decide(winner.orderNo, displacements, taken(line, places), []));
  return { outcomes, displacements };
}

/** The consent of each customer who is asked, and what is wrong with the consents. */
function consentsByCustomer(
  { proposalId: subject, transfers }: ReallocationProposal,
  consents: readonly Consent[],
  at: ApplyReallocationContext["at"],
): { readonly by: ReadonlyMap<string, Consent>; readonly issues: readonly ConsentIssue[] } {
  const given = groupedBy(consents, ({ customerCode }) => customerCode);
  const asked = new Set(transfers.map(({ customerCode }) => customerCode));
  const by = new Map<string, Consent>();
  const issues: ConsentIssue[] = [];
  for (const customerCode of asked) {
    const found = consentFor(given.get(customerCode) ?? [], { customerCode, subject, at });
    if (found.consent !== undefined) by.set(customerCode, found.consent);
    issues.push(...found.issues);
  }
  return { by, issues: [...issues, ...foreignConsents(consents, asked, subject)] };
}
