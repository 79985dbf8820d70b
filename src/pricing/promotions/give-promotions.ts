import {
  add,
  fromUnits,
  isPositive,
  isZero,
  subtract,
  sum,
  toSafeUnits,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import { minorUnitOf } from "../../core/money.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { LineId } from "../../model/ids.js";
import type { Masters } from "../../model/masters.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type {
  AppliedPromotion,
  ChargeAdjustment,
  LineAdjustment,
  OrderPromotions,
  UnitShare,
} from "../../model/promotion/price-adjustment.js";
import type { PromotionId } from "../../model/promotion/promotion.js";
import type { PromotionCartIssue } from "./cart-state.js";
import { cartOfOrder } from "./cart-of-order.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import type { AppliedRun, PromotionFacts } from "./evaluate.js";
import { lessForgone, unavailableTo, type GiftWithForgone } from "./forgone-gifts.js";
import { pricingOf, runPromotions, type PricedGift, type PromotionRun } from "./price-promotions.js";
import { amountOf, stepsOf, worthOfGift } from "./proposal.js";
import type { StandingPromotions } from "./standing-turns.js";
import { unitShares } from "./unit-shares.js";

/** Promotions for an order, and what is known besides of their use and of the customer. */
export interface OrderPromotionFacts extends Omit<PromotionFacts, "own" | "without"> {
  /** From `compilePromotions`; for an order that is priced again, with the versions that held when it was priced. */
  readonly compiled: CompiledPromotions;
  /** Orders that the customer has placed before this one. */
  readonly earlierOrders?: number;
  /**
   * Whose instant counts for an order that is confirmed: that of its first pricing (`pinned`, the default: a changed order
   * does not get today's promotions by itself), or `now`.
   */
  readonly asOf?: "pinned" | "now";
}

/** A line of goods with its price, as far as the customer keeps it. */
export interface PricedGoods {
  /** The line. */
  readonly line: OrderLine;
  /** Quantity that is kept, in the unit of the order, above zero. */
  readonly kept: Decimal;
  /** Money for one unit of the order. */
  readonly unitPrice: Decimal;
  /** Least money for one unit. */
  readonly floorPrice?: Decimal | undefined;
  /** Amount of what is kept before any discount. */
  readonly gross: Decimal;
  /** Discount agreed for what is kept. */
  readonly agreed: Decimal;
  /** What promotions gave earlier and is not worked out again. */
  readonly standing: readonly StandingAdjustment[];
}

/** What a promotion gave a line earlier, as far as it stands. */
export interface StandingAdjustment {
  /** As it was given. */
  readonly adjustment: LineAdjustment;
  /** Money that stands, above zero. */
  readonly amount: Decimal;
  /** Units that bear it. */
  readonly units: Decimal;
}

/** What promotions give an order. */
export interface GivenPromotions {
  /** Off each line, by its id. */
  readonly adjustments: ReadonlyMap<LineId, readonly LineAdjustment[]>;
  /** What the order remembers. */
  readonly promotions: OrderPromotions;
  /** Money off charges. */
  readonly chargesOff: Decimal;
  /** Goods to add. */
  readonly gifts: readonly PricedGift[];
}

/** What a change of an order leaves standing besides line adjustments. */
export interface Standing {
  /** Promotions that are not worked out. */
  readonly without: ReadonlySet<PromotionId>;
  /** What those that stand took off charges. */
  readonly charges: readonly ChargeAdjustment[];
  /** Those that stand, with what is left of them. */
  readonly applied: readonly AppliedPromotion[];
  /** Their lines. */
  readonly promotions: StandingPromotions;
  /** Gifts of theirs. */
  readonly gifts: readonly PricedGift[];
}

/**
 * Works out promotions for an order's lines of goods, and shares what they give out to the single unit.
 *
 * @param decimals of an amount
 * @returns what they give, or why the order cannot be worked out
 */
export function givePromotions(
  order: Order,
  goods: readonly PricedGoods[],
  facts: OrderPromotionFacts,
  setting: {
    readonly at: Instant;
    readonly masters: Partial<Pick<Masters, "items" | "customers">>;
    readonly decimals: number;
    readonly rounding: RoundingMode;
    readonly standing?: Standing;
  },
): Result<GivenPromotions, PromotionCartIssue> {
  const { decimals, standing, at } = setting;
  const { compiled, coupons, usage } = facts;
  checkRounding(compiled, order, setting);
  const standingCharges = standing?.charges ?? [];
  const cart = cartOfOrder(order, goods, standingCharges, { ...setting, earlierOrders: facts.earlierOrders });
  const own = order.promotions?.applied;
  const ran = runPromotions(compiled, cart, {
    coupons,
    usage,
    unavailableItems: unavailableTo(order, facts.unavailableItems),
    own,
    without: standing?.without,
    standing: standing?.promotions,
  });
  if (!ran.ok) return refuse(ran.issues);
  const { adjustments, charges, gifts: earned } = pricingOf(compiled, ran.value);
  const gifts = lessForgone(order, earned);
  const byLine = new Map<LineId, Part[]>();
  for (const { lineId, ...part } of adjustments) byLine.set(lineId, [...(byLine.get(lineId) ?? []), part]);
  const given = new Map<LineId, LineAdjustment[]>();
  for (const one of goods) {
    const parts = [...one.standing.map(standingPart), ...(byLine.get(one.line.lineId) ?? [])];
    if (parts.length > 0) given.set(one.line.lineId, adjustmentsOf(one, parts, decimals));
  }
  const allCharges = [...standingCharges, ...charges];
  const applied = [
    ...(standing?.applied ?? []),
    ...ran.value.runs.map((run) => appliedOf(facts, ran.value, run, earned, gifts)),
  ];
  return ok({
    adjustments: given,
    promotions: { asOf: at, applied, charges: allCharges },
    chargesOff: sum(allCharges.map(({ amount }) => amount)),
    gifts: [...(standing?.gifts ?? []), ...gifts.flatMap(({ gift }) => gift ?? [])],
  });
}

/** Prices and promotions that are rounded in two ways would not add up. */
export function checkRounding(
  { policy }: CompiledPromotions,
  { header }: Order,
  { decimals, rounding }: { readonly decimals: number; readonly rounding: RoundingMode },
): void {
  const own = policy.decimals ?? minorUnitOf(header.currency) ?? 2;
  if (own !== decimals || policy.rounding !== rounding) {
    throw new RangeError("The policies of prices and of promotions must round alike, to the same decimals.");
  }
}

/** A discount on a line before it is shared out to units. */
interface Part extends Omit<LineAdjustment, "shares"> {
  readonly units: Decimal;
  /** What units bore before, where it stands. */
  readonly before?: readonly UnitShare[];
}

function standingPart({ adjustment, amount, units }: StandingAdjustment): Part {
  const { shares: before, ...rest } = adjustment;
  return { ...rest, amount, units, before };
}

/** Shares out to units; what is not kept stands at the end of the line and bears nothing. */
function adjustmentsOf(goods: PricedGoods, parts: readonly Part[], decimals: number): LineAdjustment[] {
  const { line, kept, gross, agreed } = goods;
  const start = toSafeUnits(subtract(gross, agreed), decimals) ?? 0;
  const amounts = parts.map(({ amount, ...rest }) => ({ ...rest, amount: toSafeUnits(amount, decimals) ?? 0 }));
  const gone = subtract(line.orderedQty, kept);
  const rest: UnitShare[] = isPositive(gone) ? [{ quantity: gone, amount: ZERO }] : [];
  return unitShares(kept, start, amounts, decimals).map((shares, place): LineAdjustment => {
    const { promotionId, version, code, amount } = parts[place] as Part;
    const last = shares.at(-1);
    const all =
      last !== undefined && isZero(last.amount) && rest.length > 0
        ? [...shares.slice(0, -1), { quantity: add(last.quantity, gone), amount: ZERO }]
        : [...shares, ...rest];
    return { promotionId, version, ...(code === undefined ? {} : { code }), amount, shares: all };
  });
}

/** What a promotion gave in all. */
function appliedOf(
  { compiled }: OrderPromotionFacts,
  { state }: PromotionRun,
  { slot, code, proposal }: AppliedRun,
  earned: readonly PricedGift[],
  gifts: readonly GiftWithForgone[],
): AppliedPromotion {
  const { promotionId, version, name, revision } = (compiled.promotions[slot] as CompiledPromotion).promotion;
  const place = earned.findIndex((one) => one.promotionId === promotionId && one.code === code);
  const { gift, forgone = ZERO } = gifts[place] ?? {};
  const ofLines = fromUnits(stepsOf(proposal, state), state.quantityScale);
  return {
    promotionId,
    version,
    name,
    ...(code === undefined ? {} : { code }),
    amount: fromUnits(amountOf(proposal), state.decimals),
    units: gift?.quantity ?? ofLines,
    ...(gift?.value === undefined ? {} : { giftWorth: fromUnits(worthOfGift(gift, state), state.decimals) }),
    ...(isZero(forgone) ? {} : { forgone }),
    uses: revision.uses,
  };
}
