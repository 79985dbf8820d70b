import {
  add,
  clampUnits,
  fromUnits,
  isPositive,
  multiply,
  multiplyDivide,
  multiplyDivideUnits,
  ONE,
  scaleOf,
  subtract,
  toUnits,
  ZERO,
  type Decimal,
} from "../../core/decimal.js";
import { splitUnitsWithin } from "../../core/split-within.js";
import type { AppliedPromotion } from "../../model/promotion/price-adjustment.js";
import type { CouponCode, Promotion } from "../../model/promotion/promotion.js";
import { takenBy } from "../../model/promotion/taken-by.js";
import type { CartState } from "./cart-state.js";
import type { PromotionReason } from "./promotion-reason.js";
import type { PromotionUsage } from "./promotion-usage-totals.js";
import {
  amountOf,
  openProposal,
  propose,
  stepsAt,
  stepsOf,
  worthOf,
  worthOfGift,
  type OpenProposal,
  type Proposal,
} from "./proposal.js";
import type { TakenHere } from "./taken-here.js";

/** What is known of the use of promotions. */
export interface UsageFacts {
  /** What orders have taken of the limits. */
  readonly usage?: PromotionUsage | undefined;
  /** What of that this very order has, which does not stand in its own way. */
  readonly own?: readonly AppliedPromotion[] | undefined;
}

/** What a promotion may still give. Undefined does not bind. */
export interface LimitsLeft {
  /** Money in minor units; gifts count at their value. */
  readonly amount: number | undefined;
  /** Money on this order in minor units. */
  readonly orderAmount: number | undefined;
  /** Steps of quantity. */
  readonly steps: number | undefined;
  /** Whether going beyond the budget means nothing at all. */
  readonly isStrict: boolean;
}

const UNBOUND: LimitsLeft = { amount: undefined, orderAmount: undefined, steps: undefined, isStrict: false };

/**
 * Says what a promotion may still give to a cart.
 *
 * @returns what is left; undefined when some limit is used up, told which
 */
export function limitsLeft(
  promotion: Promotion,
  code: CouponCode | undefined,
  state: CartState,
  facts: UsageFacts,
  taken: TakenHere,
  tell: ((reason: PromotionReason) => void) | undefined,
): LimitsLeft | undefined {
  const { limits, promotionId } = promotion;
  if (limits === undefined) return UNBOUND;
  const totals = facts.usage?.get(promotionId);
  const own = (facts.own ?? []).flatMap((one) =>
    one.promotionId === promotionId ? [{ code: one.code, ...takenBy(one) }] : [],
  );
  const usesOfOwn = own.reduce((all, one) => all + one.uses, 0);
  const customer = state.cart.customer?.customerCode;
  const { uses, usesPerCustomer, usesPerCode, budget, units } = limits;
  const against: PromotionReason[] = [];
  const refuse = (reason: PromotionReason): void => void against.push(reason);
  // A ledger that does not know this order yet gains nothing by it.
  const usesOfOthers = (all: number | undefined, ofOwn: number): number => Math.max(0, (all ?? 0) - ofOwn);
  if (uses !== undefined && usesOfOthers(totals?.uses, usesOfOwn) + taken.uses >= uses) {
    refuse({ code: "uses_exhausted", params: { limit: uses } });
  }
  const ofCustomer = customer === undefined ? 0 : usesOfOthers(totals?.byCustomer.get(customer), usesOfOwn);
  if (usesPerCustomer !== undefined && ofCustomer + taken.uses >= usesPerCustomer) {
    refuse({ code: "customer_uses_exhausted", params: { limit: usesPerCustomer } });
  }
  if (usesPerCode !== undefined && code !== undefined) {
    const ofCode = usesOfOthers(
      totals?.byCode.get(code),
      own.reduce((all, one) => all + (one.code === code ? one.uses : 0), 0),
    );
    if (ofCode >= usesPerCode) refuse({ code: "code_uses_exhausted", params: { limit: usesPerCode } });
  }
  const spent = add(
    lessOwn(
      totals?.amount ?? ZERO,
      own.map((one) => one.amount),
    ),
    fromUnits(taken.amount, state.decimals),
  );
  const money = budget === undefined ? undefined : subtract(budget, spent);
  if (money !== undefined && !isPositive(money)) {
    refuse({ code: "budget_exhausted", params: { limit: budget ?? ZERO, left: ZERO } });
  }
  const given = add(
    lessOwn(
      totals?.units ?? ZERO,
      own.map((one) => one.units),
    ),
    fromUnits(taken.steps, state.quantityScale),
  );
  const stock = units === undefined ? undefined : subtract(units, given);
  if (stock !== undefined && !isPositive(stock)) {
    refuse({ code: "units_exhausted", params: { limit: units ?? ZERO } });
  }
  if (against.length > 0) {
    if (tell !== undefined) against.forEach(tell);
    return undefined;
  }
  return {
    amount: money === undefined ? undefined : atMostUnits(money, state.decimals),
    orderAmount:
      limits.amountPerOrder === undefined
        ? undefined
        : atMostUnits(limits.amountPerOrder, state.decimals) - taken.amount,
    steps: stock === undefined ? undefined : atMostUnits(stock, state.quantityScale),
    isStrict: limits.beyondBudget === "refused",
  };
}

/** What others have; nothing where the ledger does not know yet what this order has, which gains it no more. */
function lessOwn(total: Decimal, own: readonly Decimal[]): Decimal {
  const others = own.reduce(subtract, total);
  return isPositive(others) ? others : ZERO;
}

/** A bound in whole units, rounded down; beyond the safe integers nothing binds. */
function atMostUnits(value: Decimal, scale: number): number {
  const fine = Math.max(scale, scaleOf(value));
  return clampUnits(toUnits(value, fine) / 10n ** BigInt(fine - scale));
}

/**
 * Brings a proposal down to what the limits leave.
 *
 * **Rules**
 * 1. Units are given to the lines in their order; a line that gets fewer keeps that part of its discount.
 * 2. Money beyond a limit is cut off lines and charges in proportion to what each would have got.
 * 3. Of gifts beyond a limit of money as many are given as it bears at their value: whole units, or whole times where one
 *    time gives a part of a unit.
 *
 * @returns the proposal, or undefined when nothing is left of it or the budget is strict and would be exceeded
 */
export function withinLimits(
  proposal: Proposal,
  left: LimitsLeft,
  state: CartState,
  tell: ((reason: PromotionReason) => void) | undefined,
  promotion: Promotion,
): Proposal | undefined {
  if (left === UNBOUND) return proposal;
  const counted = left.steps === undefined ? proposal : withinUnits(proposal, left.steps, state);
  if (tell !== undefined && counted !== undefined && left.steps !== undefined) {
    tellUnitsCut(proposal, left.steps, state, tell, promotion.limits?.units ?? ZERO);
  }
  if (counted === undefined) {
    const limit = promotion.limits?.units ?? ZERO;
    tell?.({ code: "units_exhausted", params: { limit } });
    return undefined;
  }
  const sum = worthOf(counted);
  if (left.amount !== undefined && left.isStrict && sum > left.amount) {
    const limit = promotion.limits?.budget ?? ZERO;
    tell?.({ code: "budget_exhausted", params: { limit, left: fromUnits(left.amount, state.decimals) } });
    return undefined;
  }
  const most = Math.min(left.amount ?? sum, left.orderAmount ?? sum);
  if (sum <= most) return counted;
  if (counted.gift !== undefined) return giftWithinAmount(counted, most, left, state, tell, promotion);
  if (tell !== undefined) tellMoneyCut(sum, left, state, tell, promotion);
  return withinAmount(counted, most, state);
}

function tellUnitsCut(
  proposal: Proposal,
  steps: number,
  state: CartState,
  tell: (reason: PromotionReason) => void,
  limit: Decimal,
): void {
  const { quantityScale } = state;
  const wanted = proposal.gift?.quantity ?? fromUnits(stepsOf(proposal, state), quantityScale);
  const left = fromUnits(steps, quantityScale);
  if (isPositive(subtract(wanted, left))) tell({ code: "units_cut", params: { limit, left, wanted } });
}

function tellMoneyCut(
  sum: number,
  { amount, orderAmount }: LimitsLeft,
  { decimals }: CartState,
  tell: (reason: PromotionReason) => void,
  { limits }: Promotion,
): void {
  const wanted = fromUnits(sum, decimals);
  if (amount !== undefined && sum > amount) {
    tell({ code: "budget_cut", params: { limit: limits?.budget ?? ZERO, left: fromUnits(amount, decimals), wanted } });
  }
  if (orderAmount !== undefined && sum > orderAmount) {
    tell({ code: "order_limit_reached", params: { limit: limits?.amountPerOrder ?? ZERO, wanted } });
  }
}

function withinUnits(proposal: Proposal, steps: number, state: CartState): Proposal | undefined {
  const { gift } = proposal;
  if (gift !== undefined) return giftWithin(proposal, fromUnits(steps, state.quantityScale), state);
  const result: OpenProposal = { ...proposal, ...openProposal() };
  let left = steps;
  for (const [place, k] of proposal.lines.entries()) {
    const [amount, units] = [proposal.amounts[place] ?? 0, stepsAt(proposal, place, state)];
    const given = Math.min(left, units);
    const part = given === units ? amount : multiplyDivideUnits(amount, given, units, state.rounding);
    left -= given;
    propose(result, k, part, given);
  }
  return result.lines.length === 0 && proposal.charges === undefined ? undefined : result;
}

/** As many gifts as the limit leaves. */
function giftWithin(proposal: Proposal, most: Decimal, state: CartState): Proposal | undefined {
  const { gift } = proposal;
  if (gift === undefined || !isPositive(subtract(gift.quantity, most))) return proposal;
  if (!isPositive(most)) return undefined;
  const fewer = { ...gift, quantity: most };
  return { ...proposal, gift: fewer, giftWorth: worthOfGift(fewer, state) };
}

/** As many gifts as a limit of money bears; undefined, and told why, where it does not bear one. */
function giftWithinAmount(
  proposal: Proposal,
  most: number,
  left: LimitsLeft,
  state: CartState,
  tell: ((reason: PromotionReason) => void) | undefined,
  promotion: Promotion,
): Proposal | undefined {
  const { gift } = proposal;
  const { effect, limits } = promotion;
  if (gift?.value === undefined) return proposal;
  const step = effect.kind === "gift" && scaleOf(effect.units) > 0 ? effect.units : ONE;
  const money = fromUnits(most, state.decimals);
  const times = multiplyDivide(money, ONE, multiply(gift.value, step), 0, "down");
  const fewer = giftWithin(proposal, multiply(times, step), state);
  if (tell === undefined) return fewer;
  // A budget that does not bear a single gift is as good as spent.
  if (fewer === undefined && left.amount === most) {
    tell({ code: "budget_exhausted", params: { limit: limits?.budget ?? ZERO, left: money } });
  } else tellMoneyCut(worthOf(proposal), left, state, tell, promotion);
  return fewer;
}

function withinAmount(proposal: Proposal, most: number, state: CartState): Proposal | undefined {
  const { lines, charges } = proposal;
  const all = [...proposal.amounts, ...(charges ?? [])];
  const parts = splitUnitsWithin(most, all, all, state.remainder);
  const result: OpenProposal = { ...proposal, ...openProposal() };
  for (const [place, k] of lines.entries()) propose(result, k, parts[place] ?? 0, stepsAt(proposal, place, state));
  const cut = charges === undefined ? {} : { charges: Array.from(parts).slice(lines.length) };
  return result.lines.length === 0 && amountOf({ ...result, ...cut }) === 0 ? undefined : { ...result, ...cut };
}
