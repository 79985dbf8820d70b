import type { Decimal } from "../../core/decimal.js";
import type { ItemCode, Uom } from "../ids.js";
import type { OrderCharge } from "../order.js";
import type { LineSelector } from "./line-selector.js";

/** Which units come first when not all of them get something. */
export interface UnitRanking {
  /** `unitPrice` of the units, or `lineAmount`: the amount of the whole line that they are on. */
  readonly by: "unitPrice" | "lineAmount";
  /** Which of them come first; equal ones in the order of the lines. */
  readonly first: "cheapest" | "dearest";
}

/** A percentage off the lines. */
export interface PercentOff {
  /** Kind of effect. */
  readonly kind: "percentOff";
  /** Lines. */
  readonly which: LineSelector;
  /** 0 to 100. */
  readonly percent: Decimal;
  /** `eachLine` is rounded line by line; `across` once on the sum, which is then shared out. */
  readonly spread: "eachLine" | "across";
  /** Greatest discount of all lines together. */
  readonly cap?: Decimal;
}

/** An amount of money off. */
export interface AmountOff {
  /** Kind of effect. */
  readonly kind: "amountOff";
  /** Lines. */
  readonly which: LineSelector;
  /** Money. */
  readonly amount: Decimal;
  /** Off each unit, off each line, once off a single unit, or shared out across the lines. */
  readonly per: "unit" | "line" | "once" | "across";
  /** For `once`: which unit. The dearest when absent. */
  readonly pick?: UnitRanking;
  /**
   * Whether the amount is stated with tax or without it, where that differs from the prices; it is then converted at the
   * tax rate of each line. An amount that is shared out across lines is shared in the terms in which it is stated, by what
   * the lines come to in them, rounded to the minor unit as an invoice prints them; the shares sum to it in those terms.
   */
  readonly stated?: "taxInclusive" | "taxExclusive";
}

/** A price in place of a dearer one. */
export interface FixedPrice {
  /** Kind of effect. */
  readonly kind: "fixedPrice";
  /** Lines. */
  readonly which: LineSelector;
  /** Money for one unit of the order. A line that is cheaper already keeps its price. */
  readonly unitPrice: Decimal;
}

/** Something off charges of the order. */
export interface ChargeOff {
  /** Kind of effect. */
  readonly kind: "chargeOff";
  /** Kinds of charges: `freight`, usually. */
  readonly charges: readonly OrderCharge["kind"][];
  /** How much: a percentage, an amount across them, or all that they are above a sum. */
  readonly reward:
    | { readonly kind: "percent"; /** 0 to 100. */ readonly percent: Decimal }
    | { readonly kind: "amount"; /** Money. */ readonly amount: Decimal }
    | { readonly kind: "downTo"; /** Money that stays to be paid. */ readonly amount: Decimal };
}

/** What a step of a tier gives: percentage, money off each unit, price of each unit, or one sum across the lines. */
export type TierReward = "percent" | "amountPerUnit" | "unitPrice" | "amount";

/**
 * A discount that grows with quantity or amount.
 *
 * `allUnits`: the step that is reached holds for everything; buying more can then cost less, see `checkTiers`.
 * `incremental`: each step holds for what lies between it and the next.
 */
export interface Tiers {
  /** Kind of effect. */
  readonly kind: "tiers";
  /** Lines that are measured and get the discount. */
  readonly which: LineSelector;
  /** What is measured. `amount` is quantity × price before discounts. */
  readonly measure: "quantity" | "amount";
  /** Measured for each line, for each item over all its lines, or for all lines together as a mixed group. */
  readonly per: "line" | "item" | "group";
  /** See above; `amount` as reward is always `allUnits`. */
  readonly mode: "allUnits" | "incremental";
  /** What the value of a step means. */
  readonly reward: TierReward;
  /** Steps with rising `from`. */
  readonly steps: readonly {
    /** Reached at this quantity or amount. */ readonly from: Decimal;
    /** Percentage or money, by `reward`. */ readonly value: Decimal;
  }[];
}

/** What each full group of units gets. */
export type GroupReward =
  | { /** n for the price of m: the others are free. */ readonly kind: "payFor"; readonly units: number }
  | { /** n for a fixed sum. */ readonly kind: "fixedSum"; readonly amount: Decimal }
  | { /** A percentage off the group. */ readonly kind: "percent"; readonly percent: Decimal }
  | { /** Money off the group. */ readonly kind: "amount"; readonly amount: Decimal };

/**
 * Something for each full group of n units; units left over pay their price. Units of a line that costs nothing any more make
 * no group.
 */
export interface Groups {
  /** Kind of effect. */
  readonly kind: "groups";
  /** Lines. */
  readonly which: LineSelector;
  /** Units of a group, at least 1. */
  readonly size: number;
  /** Groups of one line, of one item over its lines, or mixed. */
  readonly per: "line" | "item" | "group";
  /** Which units form groups first; within a group of `payFor`, the cheapest units are the free ones. */
  readonly pick: UnitRanking;
  /** What each gets. */
  readonly reward: GroupReward;
  /** Most groups on one order. */
  readonly maxGroups?: number;
}

/** What must be bought for something else: a number of units, or an amount. */
export interface Trigger {
  /** Lines. */
  readonly which: LineSelector;
  /** Units for each time, at least 1; of whole units only. */
  readonly units?: number;
  /** Or money for each time: quantity × price before discounts. */
  readonly amount?: Decimal;
}

/**
 * Buy A, get B cheaper, when both are on the order. Units that are bought for it and units that are got are used up: no
 * other promotion of this kind can use them again. Units of a line that costs nothing any more count as got already: what is
 * got is chosen among those that still cost something.
 */
export interface BuyGet {
  /** Kind of effect. */
  readonly kind: "buyGet";
  /** A. */
  readonly buy: Trigger;
  /** B: lines and units for each time. The same lines as A are allowed; then a unit is either bought or got. */
  readonly get: {
    /** Lines. */ readonly which: LineSelector;
    /** Units for each time, at least 1. */ readonly units: number;
  };
  /** Percentage off each unit got: 100 is free; or a price for it, or money off. */
  readonly reward:
    | { readonly kind: "percent"; readonly percent: Decimal }
    | { readonly kind: "unitPrice"; readonly amount: Decimal }
    | { readonly kind: "amount"; readonly amount: Decimal };
  /** Which units are bought first; those that cannot be got anyway come before them. */
  readonly buyFirst: UnitRanking;
  /** Which units are got first. */
  readonly getFirst: UnitRanking;
  /** Most units got on one order. */
  readonly maxUnits?: number;
  /** Whether it is given for every full trigger or once. */
  readonly repeat: "everyTime" | "once";
  /** Whether a last time may give fewer units than it should, for want of more on the order. */
  readonly partly: "allowed" | "refused";
  /**
   * Which units of other promotions it may not use: those used in any way (`any`, the default), or those used in the same
   * way, so that a unit got from one may count as bought for another (`sameRole`).
   */
  readonly blocked?: "any" | "sameRole";
}

/**
 * Goods added to the order by themselves as a line of their own, at no price. They follow what was bought: more of it
 * brings more of them, and what is no longer earned goes.
 */
export interface Gift {
  /** Kind of effect. */
  readonly kind: "gift";
  /** What must be bought; absent when the conditions or a coupon alone earn the gift. */
  readonly buy?: Trigger;
  /** Goods of which one is given; the first that can be had, unless `choose` says otherwise. */
  readonly items: readonly {
    /** Item. */ readonly itemCode: ItemCode;
    /** Unit; the item's base unit when absent. */ readonly uom?: Uom;
    /**
     * What one unit is worth: for the budget, for comparison of promotions and for charging what was not earned after all.
     * A promotion whose money is limited must state it.
     */
    readonly value?: Decimal;
  }[];
  /** Units for each time. */
  readonly units: Decimal;
  /** Most units on one order. */
  readonly maxUnits?: Decimal;
  /** Whether it is given for every full trigger or once. */
  readonly repeat: "everyTime" | "once";
  /** Who chooses of several goods: the list, or the customer, whose choice comes with the order. */
  readonly choose: "firstAvailable" | "dearestAvailable" | "customer";
  /** Category of the line: `gift`, or `exchange` for goods that a coupon is exchanged for. */
  readonly category: "gift" | "exchange";
  /** What becomes of a gift that is short: it comes later, it is left out, or the next of the list takes its place. */
  readonly whenShort: "backfill" | "drop" | "replace";
}

/**
 * What a promotion gives. Money is in the promotion's currency.
 *
 * **Source:** mission 2.5, 6.1, 6.3, 6.4, 6.5; definition B18
 */
export type PromotionEffect = PercentOff | AmountOff | FixedPrice | ChargeOff | Tiers | Groups | BuyGet | Gift;
