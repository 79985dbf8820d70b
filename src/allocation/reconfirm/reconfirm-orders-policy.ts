import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Displacement, LineName } from "../../model/displacement.js";
import type { CustomerCode, ItemCode, OrderNo } from "../../model/ids.js";
import type { BatchOutcome } from "../../model/outcome.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import type { AllocationPolicy } from "../allocation-policy.js";
import type { ServiceFacts } from "../order-of-service.js";
import type { ReconfirmException, ReconfirmIssue, ReconfirmPolicy } from "./reconfirm-policy.js";

/** Which orders have a strategy: those that fit everything that is named. */
export interface StrategyRule {
  /** Customer classes. */
  readonly customerClasses?: readonly string[];
  /** Customer types. */
  readonly customerTypes?: readonly string[];
  /** Customers. */
  readonly customerCodes?: readonly CustomerCode[];
  /** `given`: a day was promised for one of the lines; `none`: for no line. */
  readonly promise?: "given" | "none";
  /** `yes` for orders that were booked ahead. */
  readonly preBooked?: "yes" | "no";
  /** What may be done with what they have. */
  readonly strategy: ReconfirmStrategy;
}

/** How a re-confirmation of orders goes about it, as data that a host stores. */
export interface ReconfirmOrdersPolicy extends ReconfirmPolicy {
  /** Order of service, warehouses and lots, as in every allocation. */
  readonly allocation: AllocationPolicy;
  /** Strategies; the first rule that fits an order counts. */
  readonly strategies: readonly StrategyRule[];
  /** Strategy of every other order. */
  readonly otherwise: ReconfirmStrategy;
}

/** What a re-confirmation of orders needs to know. */
export interface ReconfirmOrdersContext extends DecisionContext, Pick<ServiceFacts, "timesDisplaced" | "hostKeys"> {
  /** Policy. */
  readonly policy: ReconfirmOrdersPolicy;
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** What was agreed with customers who may be set back, as a reference, by order. */
  readonly consents?: Readonly<Record<OrderNo, string>>;
  /** Asks the host for the day on which a line that was set back will have its goods. */
  readonly newDateFor?: (victim: LineName, quantity: Decimal) => CalendarDay | undefined;
}

/** Why an order takes no part in a re-confirmation. */
export type ReconfirmOrdersIssue =
  | TransitionIssue
  | ReconfirmIssue
  | IssueOf<{
      "reconfirm.nothing_to_confirm": { readonly orderNo: OrderNo };
      "allocate.quantity_out_of_range": { readonly itemCode: ItemCode };
    }>;

/** A line that did not get what its strategy promises. */
export interface LineException extends Omit<ReconfirmException, "demandId">, LineName {}

/** The answer of a re-confirmation of orders. */
export interface ReconfirmOrdersOutcome extends BatchOutcome {
  /** Lines that did not get what their strategy promises. */
  readonly exceptions: readonly LineException[];
  /** Who was set back for whom: entries for the ledger. */
  readonly displacements: readonly Displacement[];
  /** `aborted`: there are exceptions and nothing was changed, as the policy wants it. */
  readonly result: "done" | "aborted";
}
