import type { CalendarDay } from "../../core/calendar-day.js";
import { consentFor } from "../../model/consent.js";
import type { Displacement } from "../../model/displacement.js";
import type { OrderNo } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import { ruleFor } from "./order-demands.js";
import type { PendingDisplacement, ReconfirmOrdersContext, SetBackConsent } from "./reconfirm-orders-policy.js";

/**
 * Finds the displacements to which the victim's customer would have to agree and has not.
 *
 * @param displacements what a run would do
 * @param orders orders of the run
 * @param context policy, consents and the instant of the run
 * @returns those that are not covered, in their order
 * @internal
 */
export function pendingDisplacements(
  displacements: readonly Displacement[],
  orders: readonly Order[],
  { policy, consents = [], at }: ReconfirmOrdersContext,
): PendingDisplacement[] {
  const orderOf = new Map<OrderNo, Order>(orders.map((order) => [order.orderNo, order]));
  return displacements.flatMap((displacement): PendingDisplacement[] => {
    const order = orderOf.get(displacement.victim.orderNo)!;
    if (!mustAgree(ruleFor(order, policy).consent, displacement)) return [];
    const { customerCode } = order.header;
    const { consent, issues } = consentFor(consents, { customerCode, subject: order.orderNo, at });
    if (consent !== undefined) return [];
    const { victim, winner, itemCode, quantity, oldDate, newDate, ruleId } = displacement;
    return [
      {
        victim,
        winner,
        itemCode,
        quantity,
        ...(oldDate === undefined ? {} : { oldDate }),
        ...(newDate === undefined ? {} : { newDate }),
        ruleId,
        customerCode,
        issues,
      },
    ];
  });
}

function mustAgree(
  rule: SetBackConsent,
  { oldDate, newDate }: { readonly oldDate?: CalendarDay; readonly newDate?: CalendarDay },
): boolean {
  switch (rule) {
    case "none":
      return false;
    case "whenLosing":
      return true;
    case "whenLater":
      return oldDate !== undefined && (newDate === undefined || newDate > oldDate);
  }
}
