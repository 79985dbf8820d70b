import type { Decimal } from "../../core/decimal.js";
import type { IssueOf } from "../../core/issue.js";
import type { ItemCode } from "../../model/ids.js";
import type { ReconfirmStrategy } from "../../model/reconfirm-strategy.js";
import type { SupplyRule, SupplyRuleFault } from "../../model/supply-rule.js";
import type { FairShareIssue, FairSharePolicy } from "../fair-share/fair-share-policy.js";

/** A demand that takes part in a re-confirmation. Quantities are in the item's base unit. */
export interface ReconfirmDemand {
  /** Id: of an order line, or whatever asks for stock. */
  readonly demandId: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** What it asks for. */
  readonly requested: Decimal;
  /** What it has now, at most what it asks for. */
  readonly confirmed: Decimal;
  /**
   * What it had before some of it turned out not to be there, at least `confirmed`: whoever may keep what it has may have as
   * much again, after all of its strategy have kept what is there. As `confirmed` when absent.
   */
  readonly had?: Decimal;
  /** What may be done with that. */
  readonly strategy: ReconfirmStrategy;
  /** Place in the order of service, the lower first; equal places go by id. */
  readonly rank: number;
  /** Smallest step in which it gets more or less; absent for any quantity. */
  readonly quantum?: Decimal;
  /** Group of its customer, for caps and protected minimums; absent for a customer of no group. */
  readonly customerGroup?: string;
  /** `whole` for a demand that gets all, as far as its step allows, or nothing. Default `parts`. */
  readonly delivery?: "whole" | "parts";
  /**
   * Demands that name the same group come together or not at all, of whatever items: lines of an order that is shipped
   * complete, of a delivery group. They have one strategy.
   */
  readonly group?: string;
  /** What of that which it has may not be taken away, whatever the strategy: for want of the customer's consent. Default 0. */
  readonly firm?: Decimal;
}

/** What there is of an item, what the demands have of it included. */
export interface ReconfirmPool {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
}

/** How a re-confirmation goes about it, as data that a host stores. */
export interface ReconfirmPolicy {
  /** When a demand is an exception: nothing is changed at all, or all others are served as well as it can be done. */
  readonly onException: "abort" | "bestEffort";
  /** How the demands of strategy `redistribute` share what is left for them. */
  readonly redistribute:
    { readonly kind: "inOrder" } | { readonly kind: "fairShare"; readonly policy: FairSharePolicy };
  /**
   * Caps and protected minimums of customer groups; what the demands have now stands in `consumed`, as far as the rule
   * counts it. Default none.
   */
  readonly protection?: readonly SupplyRule[];
}

/** What a demand has after the run. */
export interface ReconfirmedDemand {
  /** Id. */
  readonly demandId: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** What was allowed. */
  readonly strategy: ReconfirmStrategy;
  /** What it asks for. */
  readonly requested: Decimal;
  /** What it had. */
  readonly before: Decimal;
  /** What it has. */
  readonly after: Decimal;
}

/** A demand that did not get what its strategy promises. */
export interface ReconfirmException {
  /** Id. */
  readonly demandId: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** `win_unmet`: it did not get all; `gain_unmet`, `skip_unmet`: it could not keep what it had. */
  readonly code: "win_unmet" | "gain_unmet" | "skip_unmet";
  /** What is missing. */
  readonly missing: Decimal;
}

/** What went from one demand to another. */
export interface DisplacedQuantity {
  /** Demand that lost it. */
  readonly victimId: string;
  /** Demand that has it. */
  readonly winnerId: string;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity, positive. */
  readonly quantity: Decimal;
  /** The winner's strategy, as `reconfirm_win`. */
  readonly ruleId: string;
}

/** The answer of a re-confirmation. */
export interface Reconfirmation {
  /** Every demand, by item, strategy and place in the order of service. */
  readonly demands: readonly ReconfirmedDemand[];
  /** Demands that did not get what their strategy promises. */
  readonly exceptions: readonly ReconfirmException[];
  /** Who lost what to whom. */
  readonly displacements: readonly DisplacedQuantity[];
  /** `aborted`: there are exceptions and nothing was changed, as the policy wants it. */
  readonly result: "done" | "aborted";
}

/** Why a re-confirmation cannot be run. */
export type ReconfirmIssue =
  | FairShareIssue
  | SupplyRuleFault
  | IssueOf<{
      "reconfirm.listed_twice": { readonly id: string };
      "reconfirm.unknown_strategy": { readonly strategy: string };
      "reconfirm.not_a_quantity": { readonly quantity: string };
      "reconfirm.bad_rank": { readonly rank: string };
      "reconfirm.mixed_group": { readonly group: string };
      "reconfirm.more_firm_than_confirmed": {
        readonly demandId: string;
        readonly firm: Decimal;
        readonly confirmed: Decimal;
      };
      "reconfirm.more_than_requested": {
        readonly demandId: string;
        readonly confirmed: Decimal;
        readonly requested: Decimal;
      };
      "reconfirm.skips_exceed_pool": {
        readonly itemCode: ItemCode;
        readonly skipped: Decimal;
        readonly pool: Decimal;
      };
    }>;
