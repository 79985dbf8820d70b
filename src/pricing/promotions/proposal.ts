import { clampUnits, multiplyRound, toUnits, type Decimal } from "../../core/decimal.js";
import type { ItemCode, LineId, Uom } from "../../model/ids.js";
import type { Gift, PromotionEffect } from "../../model/promotion/promotion-effect.js";
import type { CartState } from "./cart-state.js";
import type { PromotionReason } from "./promotion-reason.js";

/** Goods that a promotion adds to the order. */
export interface EarnedGift {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Unit; the item's base unit when absent. */
  readonly uom?: Uom;
  /** Units. */
  readonly quantity: Decimal;
  /** What one unit is worth; unknown when absent. */
  readonly value?: Decimal;
  /** Category of the line. */
  readonly category: Gift["category"];
  /** What becomes of it when it is short. */
  readonly whenShort: Gift["whenShort"];
  /** Lines that earned it. */
  readonly triggers: readonly LineId[];
}

/** What a promotion would take off a cart, in minor units and steps; nothing of it is done yet. */
export interface Proposal {
  /** Places of the lines, each once. */
  readonly lines: readonly number[];
  /** Money off each of them, above zero. */
  readonly amounts: readonly number[];
  /** Steps of quantity that get something, for each of them; all of every line where undefined. */
  readonly units: readonly number[] | undefined;
  /** Money off charges, by place. */
  readonly charges?: readonly number[];
  /** Goods given. */
  readonly gift?: EarnedGift;
  /** Minor units that the gift is worth. */
  readonly giftWorth?: number;
  /** Whole units that are used up. */
  readonly used?: readonly UsedUnits[];
}

/** Whole units of a line that an offer uses up. */
export interface UsedUnits {
  /** Place of the line. */
  readonly k: number;
  /** Units bought for it. */
  readonly bought: number;
  /** Units got by it. */
  readonly got: number;
}

/** A proposal to which lines are still added. */
export interface OpenProposal extends Proposal {
  /** See {@link Proposal}. */
  readonly lines: number[];
  /** See {@link Proposal}. */
  readonly amounts: number[];
  /** See {@link Proposal}. */
  readonly units: number[];
}

/** What an effect works on. */
export interface EffectRun {
  /** The cart. */
  readonly state: CartState;
  /** Amounts that it is computed from: those before promotions, or those left by the promotions before it. */
  readonly base: readonly number[];
  /** Places of the lines that it is about (for an offer: those that must be bought), rising. */
  readonly lines: readonly number[];
  /** Places of the lines that are got; only for `buyGet`. */
  readonly getLines: readonly number[];
  /** Items that cannot be had as gifts now. */
  readonly unavailableItems: ReadonlySet<ItemCode> | undefined;
  /** Told why nothing is proposed, where somebody asks. */
  readonly tell: ((reason: PromotionReason) => void) | undefined;
}

/** An effect, ready to be worked out for any cart. */
export type ProposeEffect = (run: EffectRun) => Proposal | undefined;

/** What compiling an effect needs to know of its promotion and the policy. */
export interface EffectSetting {
  /** Decimals of a minor unit, where the promotion names money. */
  readonly decimals: number;
  /** Whether prices hold their tax. */
  readonly prices: "taxInclusive" | "taxExclusive";
  /** Id of the promotion, by which the customer's choice of a gift is found. */
  readonly promotionId: string;
}

/** Compiles effects of one kind. */
export type CompileEffect<Kind extends PromotionEffect["kind"]> = (
  effect: Extract<PromotionEffect, { readonly kind: Kind }>,
  setting: EffectSetting,
) => ProposeEffect;

/** Money that a proposal takes off lines and charges. */
export function amountOf({ amounts, charges }: Proposal): number {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  if (charges !== undefined) for (const amount of charges) sum += amount;
  return sum;
}

/** What a proposal is worth to the customer, and costs its owner: money off lines and charges, and gifts at their value. */
export function worthOf(proposal: Proposal): number {
  return amountOf(proposal) + (proposal.giftWorth ?? 0);
}

/** Minor units that goods given are worth; nothing where no value is stated. */
export function worthOfGift(
  { value, quantity }: Pick<EarnedGift, "value" | "quantity">,
  { decimals, rounding }: Pick<CartState, "decimals" | "rounding">,
): number {
  return value === undefined ? 0 : clampUnits(toUnits(multiplyRound(value, quantity, decimals, rounding), decimals));
}

/** Collects what is taken off lines; what is zero or below is left out. */
export function openProposal(): OpenProposal {
  return { lines: [], amounts: [], units: [] };
}

/** Adds money off a line. */
export function propose(proposal: OpenProposal, k: number, amount: number, units: number): void {
  if (amount <= 0) return;
  proposal.lines.push(k);
  proposal.amounts.push(amount);
  proposal.units.push(units);
}

/** Money off all of each line, in the order of the lines; those that get nothing are left out. */
export function proposeWhole(run: EffectRun, amounts: readonly number[]): Proposal | undefined {
  const { lines } = run;
  let given = 0;
  for (let place = 0; place < amounts.length; place += 1) if ((amounts[place] ?? 0) > 0) given += 1;
  // Mostly every line gets something, and its list is taken as it is.
  if (given > 0 && given === lines.length) return { lines, amounts, units: undefined };
  const isGiven = (_value: number, place: number): boolean => (amounts[place] ?? 0) > 0;
  return proposalOrNothing({ lines: lines.filter(isGiven), amounts: amounts.filter(isGiven), units: undefined }, run);
}

/** Steps of quantity that get something on the line at a place of a proposal. */
export function stepsAt({ lines, units }: Proposal, place: number, { quantity }: Pick<CartState, "quantity">): number {
  return (units === undefined ? quantity[lines[place] ?? 0] : units[place]) ?? 0;
}

/** Steps of quantity that get something on all lines. */
export function stepsOf(proposal: Proposal, state: CartState): number {
  let steps = 0;
  for (let place = 0; place < proposal.lines.length; place += 1) steps += stepsAt(proposal, place, state);
  return steps;
}

/** The proposal, or undefined where nothing came together. */
export function proposalOrNothing(proposal: Proposal, run: EffectRun): Proposal | undefined {
  if (proposal.lines.length > 0) return proposal;
  run.tell?.({ code: run.lines.length === 0 ? "no_line" : "nothing_left", params: {} });
  return undefined;
}
