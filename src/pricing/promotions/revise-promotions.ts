import { isPositive } from "../../core/decimal.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { recordEvent } from "../../lifecycle/record-event.js";
import { checkTransition, type TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Order } from "../../model/order.js";
import type { Outcome } from "../../model/outcome.js";
import type { RevisionCause } from "../../model/promotion/promotion.js";
import type { HostRequest } from "../../model/request.js";
import { planRevision, type PromotionRevisionPlan, type RevisionContext, type RevisionIssue } from "./plan-revision.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { fields, oneOf, type Shape } from "../../model/value-shape.js";

/** Command: work out the promotions of an order again, since the order has changed. */
export interface RevisePromotions {
  /** What has changed it. */
  readonly cause: RevisionCause;
}

/** What revising promotions needs to know. */
export interface RevisePromotionsContext extends DecisionContext, RevisionContext {}

/** Why promotions are not revised. */
export type RevisePromotionsIssue = CommandShapeIssue | TransitionIssue | RevisionIssue;

const revisionShape: Shape = /* @__PURE__ */ (() =>
  fields<RevisePromotions>({
    cause: oneOf<RevisionCause>({ cancel: true, short: true, return: true, amend: true }),
  }))();

/** The outcome, and the plan that it carries out. */
export interface RevisionOutcome extends Outcome {
  /** What it means for lines, gifts and money. */
  readonly plan: PromotionRevisionPlan;
}

/**
 * Works out the promotions of an order again after a part of it was cancelled, stayed short, came back or was amended.
 *
 * **Rules**
 * 1. It does what `planRevision` shows for the order as it is.
 * 2. Where nothing comes out differently, nothing is written.
 * 3. The host is asked to correct what was billed, and to have gifts come back that were not earned after all.
 *
 * @param order as last stored, its quantities changed already
 * @returns the outcome with its plan, or every reason against it
 *
 * **Source:** mission 6.8
 * @example
 * ```ts
 * import { compilePromotions, indexMasters, revisePromotions } from "ordercycle";
 * import { anyContext, anyOrder, anyPromotion } from "ordercycle/testing";
 * const compiled = compilePromotions([anyPromotion()]);
 * if (!compiled.ok) throw new Error("refused");
 * const context = { ...anyContext(), masters: indexMasters({}), policy: { rounding: "halfUp" } as const, promotions: { compiled: compiled.value } };
 * const result = revisePromotions(anyOrder({ stage: "confirmed" }), { cause: "cancel" }, context);
 * !result.ok && result.issues.map(({ code }) => code); // => ["revise.no_promotions"]
 * ```
 */
export function revisePromotions(
  order: Order,
  command: RevisePromotions,
  context: RevisePromotionsContext,
): Result<RevisionOutcome, RevisePromotionsIssue> {
  const misshapen = commandFaults(command, revisionShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { cause } = command;
  const forbidden = checkTransition(order, "revise");
  const planned = planRevision(order, cause, [], context);
  if (!planned.ok) return refuse([...forbidden, ...planned.issues]);
  if (forbidden.length > 0) return refuse(forbidden);
  const plan = planned.value;
  const { prices, giftChanges, gifts, credit, charge } = plan;
  const { orderNo } = order;
  const requests: HostRequest[] = gifts.takeBack.map(({ lineId, quantity }) => ({
    type: "take_back_gift",
    orderNo,
    lineId,
    quantity,
  }));
  if (isPositive(credit) || isPositive(charge)) requests.push({ type: "correct_billing", orderNo, credit, charge });
  const isSame = giftChanges.length === 0 && requests.length === 0 && plan.lines.length === 0;
  const before = order.promotions?.applied;
  if (isSame && JSON.stringify(before) === JSON.stringify(prices.promotions?.applied)) {
    return ok({ order, events: [], movements: [], requests: [], plan });
  }
  const details = { cause, payable: prices.totals.payable };
  const changes = [...giftChanges, prices];
  return ok({ ...recordEvent(order, { type: "promotions_revised", details, changes, requests }, context), plan });
}
