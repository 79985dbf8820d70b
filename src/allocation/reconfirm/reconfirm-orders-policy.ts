import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { Consent, ConsentIssue } from "../../model/consent.js";
import type { Displacement, LineName } from "../../model/displacement.js";
import type { CustomerCode, ItemCode, OrderNo } from "../../model/ids.js";
import type { BatchOutcome } from "../../model/outcome.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import type { AllocationPolicy } from "../allocation-policy.js";
import type { HearProgress } from "../allocation-progress.js";
import type { AllocationPolicyIssue } from "../check-allocation-policy.js";
import type { StockSource } from "../../model/stock.js";
import type { ServiceFacts } from "../order-of-service.js";
import type { OrderRule } from "../order-rule.js";
import type { UnbookedIssue } from "../unbooked-reservations.js";
import type { ServingContext } from "../serve-orders.js";
import type { ReconfirmException, ReconfirmIssue, ReconfirmPolicy } from "./reconfirm-policy.js";

/**
 * When a customer must agree before another order gets what was reserved for it.
 *
 * | value | the customer must agree … |
 * |---|---|
 * | `none` | never |
 * | `whenLosing` | before anything is taken for another order |
 * | `whenLater` | before the goods come later for it than it was told: after the day promised or wanted, or on a day nobody knows; never where no day was told |
 *
 * **Source:** mission 8.7, 7.6; definition B15
 */
export type SetBackConsent = "none" | "whenLosing" | "whenLater";

/** Which orders have a strategy. */
export interface StrategyRule extends OrderRule {
  /** What may be done with what they have. */
  readonly strategy: ReconfirmStrategy;
  /** When their customers must agree to be set back; as the policy has it when absent. */
  readonly consent?: SetBackConsent;
}

/**
 * Goods that may not be used today: of a place that is `held` (quality check, count), or of a lot that has `expired`.
 *
 * **Source:** mission 9.9, 9.18
 */
export type UnusableGoods = "held" | "expired";

/** How a re-confirmation of orders goes about it, as data that a host stores. */
export interface ReconfirmOrdersPolicy extends Omit<ReconfirmPolicy, "protection"> {
  /**
   * Order of service, warehouses, lots, and caps and minimums of customer groups, as in every allocation. What orders of
   * the run have reserved stands in `consumed` of those, as far as the rule counts it.
   */
  readonly allocation: AllocationPolicy;
  /** Strategies; the first rule that fits an order counts. */
  readonly strategies: readonly StrategyRule[];
  /** Strategy of every other order. */
  readonly otherwise: ReconfirmStrategy;
  /** When customers must agree to be set back, where no rule says otherwise. Default `none`. */
  readonly consent?: SetBackConsent;
  /**
   * Of which goods that may not be used today reservations stay as they are, as far as those are on hand: of a lot that is only
   * held it may be known that it will be released. They are given up, and looked for elsewhere, of all that are not named.
   */
  readonly keepsUnusable?: readonly UnusableGoods[];
  /** Orders that were set back as often as this, by `timesDisplaced`, keep what they have. Nobody when absent. */
  readonly maxTimesDisplaced?: number;
}

/** What a re-confirmation of orders needs to know. */
export interface ReconfirmOrdersContext
  extends
    DecisionContext,
    Pick<ServiceFacts, "timesDisplaced" | "hostKeys">,
    Pick<ServingContext, "hostRanks" | "linesTaken"> {
  /** Policy. */
  readonly policy: ReconfirmOrdersPolicy;
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Hears how far the run has come: `read` and `apply` line by line, `plan` once it is decided what each line is to have. */
  readonly onProgress?: HearProgress;
  /** What customers who may be set back agreed to; the subject is the number of the order that gives something up. */
  readonly consents?: readonly Consent[];
  /** Asks the host for the day on which a line that was set back will have its goods. */
  readonly newDateFor?: (victim: LineName, quantity: Decimal) => CalendarDay | undefined;
}

/** Why an order takes no part in a re-confirmation. */
export type ReconfirmOrdersIssue =
  | AllocationPolicyIssue
  | TransitionIssue
  | ReconfirmIssue
  | UnbookedIssue
  | IssueOf<{
      "reconfirm.nothing_to_confirm": { readonly orderNo: OrderNo };
      "allocate.quantity_out_of_range": { readonly itemCode: ItemCode };
    }>;

/** A line that did not get what its strategy promises. */
export interface LineException extends Omit<ReconfirmException, "demandId">, LineName {}

/** What would be taken from a line for another if its customer agreed. */
export interface PendingDisplacement extends Pick<
  Displacement,
  "victim" | "winner" | "itemCode" | "quantity" | "oldDate" | "newDate" | "ruleId"
> {
  /** Customer to be asked. */
  readonly customerCode: CustomerCode;
  /** Why no consent covers it: there is none, or it has expired. */
  readonly issues: readonly ConsentIssue[];
}

/** Goods that a line had reserved at a place and that are not there, or may not be used. */
export interface MissingGoods extends LineName {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place. */
  readonly source: StockSource;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** A place whose goods are not even enough for what cannot be moved: picked, on hold, or of orders that take no part. */
export interface UncoveredPlace {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place. */
  readonly source: StockSource;
  /** What stays reserved there. */
  readonly reserved: Decimal;
  /** What of the goods there may be used. */
  readonly usable: Decimal;
}

/** The answer of a re-confirmation of orders. */
export interface ReconfirmOrdersOutcome extends BatchOutcome {
  /** Lines that did not get what their strategy promises. */
  readonly exceptions: readonly LineException[];
  /** Who was set back for whom: entries for the ledger. */
  readonly displacements: readonly Displacement[];
  /** Who would be set back for whom if all customers agreed: nothing of it is done. None where the run would be aborted all the same. */
  readonly pending: readonly PendingDisplacement[];
  /** What lines had reserved and is not there: they had to move or to lose, also where nothing was changed. By line. */
  readonly missing: readonly MissingGoods[];
  /** Places where somebody has to see to what stays reserved: the run could not move it. By item and place. */
  readonly uncovered: readonly UncoveredPlace[];
  /** Orders that keep what they have, whatever their strategy, since they were set back too often before. */
  readonly spared: readonly OrderNo[];
  /** `aborted`: there are exceptions and nothing was changed, as the policy wants it. */
  readonly result: "done" | "aborted";
}
