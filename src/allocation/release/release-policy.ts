import type { CalendarDay } from "../../core/calendar-day.js";
import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { TransitionIssue } from "../../lifecycle/transitions.js";
import type { DecisionContext } from "../../model/actor.js";
import type { CommandShapeIssue } from "../../model/command-shape.js";
import type { NameIssue } from "../../model/check-names.js";
import type { Displacement, LineName } from "../../model/displacement.js";
import type { ItemCode } from "../../model/ids.js";
import type { BatchOutcome } from "../../model/outcome.js";
import type { WantedGoods } from "../../model/wanted-goods.js";
import type { HearProgress } from "../allocation-progress.js";
import type { PriorityKey } from "../allocation-policy.js";
import type { OrderRule } from "../order-rule.js";
import type { PolicyShapeIssue } from "../policy-shape.js";
import type { ServiceFacts } from "../order-of-service.js";
import type { UnbookedIssue } from "../unbooked-reservations.js";

/** Which orders give goods back, as data that a host stores. */
export interface ReleasePolicy {
  /** Order of service, as in every allocation: who is served last gives first. */
  readonly priority: readonly PriorityKey[];
  /** Orders that keep what they have: those that fit one of these rules. None when absent. */
  readonly keeps?: readonly OrderRule[];
  /** Types of holds that make the reservations of an order or a line firm. */
  readonly firmHolds?: readonly string[];
  /** Orders that were set back as often as this keep what they have. */
  readonly maxTimesDisplaced?: number;
  /** Whether goods that come together are given back, all of them; or kept. Default `give`. */
  readonly together?: "give" | "keep";
}

/** Command: what is to be free. */
export interface ReleaseReservations {
  /** Why, in the site's own code. */
  readonly reason: string;
  /** What is to be free, each item once. */
  readonly wanted: readonly WantedGoods[];
}

/** What giving back the last ones first needs to know. */
export interface ReleaseReservationsContext extends DecisionContext, Pick<ServiceFacts, "timesDisplaced" | "hostKeys"> {
  /** Policy. */
  readonly policy: ReleasePolicy;
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Hears how far the run has come: `read` while it is found out who may be asked, `apply` while it is written down. */
  readonly onProgress?: HearProgress;
}

/** Why nothing is asked for, or an order cannot be asked. */
export type ReleaseReservationsIssue =
  | TransitionIssue
  | NameIssue
  | CommandShapeIssue
  | PolicyShapeIssue
  | IssueOf<{
      "release.nothing_wanted": Readonly<Record<string, never>>;
      "release.wanted_twice": { readonly itemCode: ItemCode };
      "release.wanted_not_positive": { readonly itemCode: ItemCode; readonly quantity: Decimal };
    }>;

/** What became of goods that were wanted. */
export interface FreedGoods extends WantedGoods {
  /** What was free of them before, in the base unit. */
  readonly before: Decimal;
  /** What is free of them now. */
  readonly after: Decimal;
  /** What nobody could give. */
  readonly missing: Decimal;
}

/** What a line gave back. */
export interface ReleasedQuantity extends LineName {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/**
 * Why a line kept goods that were wanted when it was its turn.
 *
 * | code | the line kept them, since … |
 * |---|---|
 * | `kept_by_rule` | its order fits one of the rules of the policy |
 * | `firm_hold` | a hold makes its goods firm, or those of a line that it comes together with |
 * | `displaced_too_often` | its order was set back often enough |
 * | `comes_together` | it comes together with others, or as a whole, and the policy spares those |
 * | `not_in_books` | what it, or what comes together with it, has reserved is not in the stock that was given; `issues` name the places |
 */
export type KeptReasonCode = "kept_by_rule" | "firm_hold" | "displaced_too_often" | "comes_together" | "not_in_books";

/** A line that kept goods that were wanted. */
export interface KeptGoods extends LineName {
  /** Why. */
  readonly code: KeptReasonCode;
  /** What stands against giving it back, with the place; for `not_in_books` alone. */
  readonly issues?: readonly UnbookedIssue[];
}

/** The answer. */
export interface ReleaseReservationsOutcome extends BatchOutcome {
  /** What became of what was wanted, in its order. */
  readonly freed: readonly FreedGoods[];
  /** Who gave what, the first that was asked in front. */
  readonly released: readonly ReleasedQuantity[];
  /** Who was set back for whom, where it is said who is to have the goods: entries for the ledger. */
  readonly displacements: readonly Displacement[];
  /** Who was passed over, and why. */
  readonly kept: readonly KeptGoods[];
}
