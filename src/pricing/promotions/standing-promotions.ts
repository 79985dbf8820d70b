import {
  add,
  fromUnits,
  isPositive,
  isZero,
  minimum,
  subtract,
  sum,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../../core/decimal.js";
import type { Instant } from "../../core/instant.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import type { LineId } from "../../model/ids.js";
import type { Masters } from "../../model/masters.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import type { AppliedPromotion, GiftOrigin } from "../../model/promotion/price-adjustment.js";
import type { Promotion, PromotionId, RevisionCause, RevisionPolicy } from "../../model/promotion/promotion.js";
import { cartOfOrder } from "./cart-of-order.js";
import type { CompiledPromotion, CompiledPromotions } from "./compile-promotions.js";
import { forgoneOf, giftUnitsOn } from "./forgone-gifts.js";
import type { GiftRules } from "./gift-lines.js";
import type { OrderPromotionFacts, PricedGoods, Standing, StandingAdjustment } from "./give-promotions.js";
import { runPromotions, type PricedGift } from "./price-promotions.js";
import { worthOfGift } from "./proposal.js";
import { indexPromotions } from "./promotion-index.js";
import { isOf, standingAdjustments, type StandingRule } from "./standing-adjustments.js";
import { bearingUnits } from "./unit-shares.js";

/** Why nobody can say what a promotion on the order was. */
export type DefinitionIssue = IssueOf<{
  "revise.definition_missing": { readonly promotionId: PromotionId; readonly version: number };
}>;

/** What of an order's promotions stands after a change, and how its gifts are treated. */
export interface StandingOrder extends Standing {
  /** Discounts that stand, by line. */
  readonly ofLines: ReadonlyMap<LineId, readonly StandingAdjustment[]>;
  /** How gift lines follow. */
  readonly giftRules: GiftRules;
  /** Promotions whose gifts are charged when they are not earned: the value of a unit, where it is known. */
  readonly chargedGifts: ReadonlyMap<PromotionId, (line: OrderLine) => Decimal | undefined>;
}

/** A promotion of the order with its definition and what it says of the cause. */
interface Known {
  readonly applied: AppliedPromotion;
  readonly compiled: CompiledPromotion;
  readonly policy: RevisionPolicy;
  readonly rule: StandingRule;
  /** The gift that it earns on what is kept. */
  readonly gift: PricedGift | undefined;
  /** Units of it that it earns, and that the order does without. */
  readonly forgone: Decimal;
}

/** Says what of an order's promotions stands after a change; what does not is worked out anew. */
export function standingOf(
  order: Order,
  cause: RevisionCause,
  goods: readonly PricedGoods[],
  facts: OrderPromotionFacts,
  setting: {
    readonly at: Instant;
    readonly masters: Partial<Pick<Masters, "items" | "customers">>;
    readonly decimals: number;
    readonly rounding: RoundingMode;
  },
): Result<StandingOrder, DefinitionIssue> {
  const { promotions } = order;
  const issues: DefinitionIssue[] = [];
  const known: Known[] = [];
  const definitions = facts.compiled.promotions;
  const cart = cartOfOrder(order, goods, [], { ...setting, earlierOrders: facts.earlierOrders });
  const there = new Map<PromotionId, Decimal>();
  for (const [position, applied] of (promotions?.applied ?? []).entries()) {
    const { promotionId, version, code } = applied;
    const compiled = definitions.find(
      ({ promotion }) => promotion.promotionId === promotionId && promotion.version === version,
    );
    if (compiled === undefined) {
      const path = ["promotions", "applied", position];
      issues.push(issue("revise.definition_missing", path, { promotionId, version }));
      continue;
    }
    const policy = compiled.promotion.revision[cause];
    const alone = policy === "clawBack" ? compiled : { ...compiled, holds: undefined };
    const earned =
      policy === "proRate" || policy === "clawBack"
        ? runAlone(alone, facts, cart).find((run) => run.code === code)
        : undefined;
    const rule = policy === "clawBack" && earned === undefined ? "nothing" : RULES[policy];
    const left = there.get(promotionId) ?? giftUnitsOn(order, promotionId);
    const { gift, forgone } = giftOf(order, left, rule === "nothing" ? undefined : earned?.gift);
    there.set(promotionId, subtract(left, gift?.quantity ?? ZERO));
    known.push({ applied, compiled, policy, rule, gift, forgone });
  }
  if (issues.length > 0) return refuse(issues);
  const { decimals, rounding } = setting;
  const { remainder } = facts.compiled.policy;
  const ofLines = standingAdjustments(
    known.map(({ applied }) => applied),
    goods,
    (applied) => known.find((one) => one.applied === applied)?.rule ?? "nothing",
    (applied) => onLines(order, applied),
    { decimals, rounding, remainder },
  );
  return ok(standingOrder(order, cause, facts, known, ofLines, { goods, decimals, rounding }));
}

const RULES: Readonly<Record<RevisionPolicy, StandingRule>> = {
  keep: "whole",
  proRate: "ofKeptUnits",
  clawBack: "ofKeptUnits",
  reEvaluate: "nothing",
};

/** What a promotion took off the lines of the order in all. */
function onLines({ lines }: Order, promotion: AppliedPromotion): Decimal {
  const own = lines.flatMap(({ adjustments = [] }) => adjustments.filter((one) => isOf(one, promotion)));
  return sum(own.map(({ amount }) => amount));
}

/** What a promotion would give on a cart if it were the only one. */
function runAlone(
  compiled: CompiledPromotion,
  { compiled: all, coupons, unavailableItems }: OrderPromotionFacts,
  cart: ReturnType<typeof cartOfOrder>,
): { readonly code: string | undefined; readonly gift: PricedGift | undefined }[] {
  const promotions = [{ ...compiled, lane: 0 }];
  const index = indexPromotions(promotions);
  const one: CompiledPromotions = { ...all, promotions, index, isPlain: true, isCombining: false };
  const ran = runPromotions(one, cart, { coupons, unavailableItems });
  if (!ran.ok) return [];
  const { promotionId, version } = compiled.promotion;
  return ran.value.runs.map(({ code, proposal }) => ({
    code,
    gift:
      proposal.gift === undefined
        ? undefined
        : { promotionId, version, ...(code === undefined ? {} : { code }), ...proposal.gift },
  }));
}

/** The gift that is still earned: never more than there is, by all codes together, since nothing was added. */
function giftOf(order: Order, there: Decimal, earned: PricedGift | undefined): Pick<Known, "gift" | "forgone"> {
  if (earned === undefined) return { gift: undefined, forgone: ZERO };
  const quantity = minimum(earned.quantity, there);
  const gift = isPositive(quantity) ? { ...earned, quantity } : undefined;
  return { gift, forgone: minimum(forgoneOf(order, earned.promotionId), subtract(earned.quantity, quantity)) };
}

function standingOrder(
  order: Order,
  cause: RevisionCause,
  { compiled }: OrderPromotionFacts,
  known: readonly Known[],
  ofLines: StandingOrder["ofLines"],
  priced: Priced,
): StandingOrder {
  const anew = new Set(
    compiled.promotions
      .filter(({ promotion }) => promotion.revision[cause] === "reEvaluate")
      .map(({ promotion }) => promotion.promotionId),
  );
  const charges = (order.promotions?.charges ?? []).filter((charge) =>
    known.some(({ applied, rule }) => rule !== "nothing" && isOf(charge, applied)),
  );
  const applied = known.flatMap((one) => {
    const stands = one.rule === "nothing" ? undefined : whatStands(one, ofLines, charges, priced, order);
    return stands === undefined ? [] : [stands];
  });
  const alone = known.filter(({ compiled: { promotion } }) => promotion.combination.exclusive === "lines");
  const isAlone = ({ adjustment }: StandingAdjustment): boolean => alone.some((one) => isOf(adjustment, one.applied));
  const lines = [...ofLines];
  return {
    ofLines,
    without: new Set(compiled.promotions.map(({ promotion }) => promotion.promotionId).filter((id) => !anew.has(id))),
    charges,
    applied,
    promotions: {
      promotions: applied.map((one) => ({
        promotionId: one.promotionId,
        version: one.version,
        ...(one.code === undefined ? {} : { code: one.code }),
        amounts: new Map(
          lines.map(([lineId, standing]) => [
            lineId,
            sum(standing.flatMap(({ adjustment, amount }) => (isOf(adjustment, one) ? [amount] : []))),
          ]),
        ),
      })),
      closed: new Set(lines.filter(([, standing]) => standing.some(isAlone)).map(([lineId]) => lineId)),
    },
    gifts: known.flatMap(({ gift }) => (gift === undefined ? [] : [gift])),
    giftRules: {
      untouched: idsOf(known, ({ policy }) => policy === "keep"),
      // Also of a promotion that an earlier change has taken off the order: its gifts were kept then.
      notReduced: new Set(
        order.lines.flatMap(({ giftOf: origin }) =>
          origin !== undefined && definitionOf(compiled, origin)?.revision.unearnedGifts === "keep"
            ? [origin.promotionId]
            : [],
        ),
      ),
    },
    chargedGifts: new Map(
      known
        .filter(({ compiled: { promotion } }) => promotion.revision.unearnedGifts === "charge")
        .map(({ applied: { promotionId }, compiled: { promotion } }) => [
          promotionId,
          (line) => valueIn(promotion, line),
        ]),
    ),
  };
}

function definitionOf(
  { promotions }: OrderPromotionFacts["compiled"],
  { promotionId, version }: GiftOrigin,
): Promotion | undefined {
  return promotions.find(({ promotion }) => promotion.promotionId === promotionId && promotion.version === version)
    ?.promotion;
}

function idsOf(known: readonly Known[], which: (one: Known) => boolean): Set<PromotionId> {
  return new Set(known.filter(which).map(({ applied }) => applied.promotionId));
}

/** Value of one unit of a gift, as its promotion states it. */
function valueIn({ effect }: CompiledPromotion["promotion"], line: OrderLine): Decimal | undefined {
  return effect.kind === "gift" ? effect.items.find(({ itemCode }) => itemCode === line.itemCode)?.value : undefined;
}

/** Lines of goods with their prices, and how amounts are rounded. */
interface Priced {
  readonly goods: readonly PricedGoods[];
  readonly decimals: number;
  readonly rounding: RoundingMode;
}

/** What of a promotion stands in all; undefined for nothing. */
function whatStands(
  { applied, gift, forgone, policy }: Known,
  ofLines: StandingOrder["ofLines"],
  charges: Standing["charges"],
  { goods, ...setting }: Priced,
  order: Order,
): AppliedPromotion | undefined {
  const { giftWorth: _worth, forgone: _before, uses, ...rest } = applied;
  let amount = sum(charges.filter((one) => isOf(one, applied)).map((one) => one.amount));
  let units = applied.units;
  let most = ZERO;
  for (const { lineId, adjustments = [] } of order.lines) {
    const before = adjustments.find((one) => isOf(one, applied));
    if (before === undefined) continue;
    const part = ofLines.get(lineId)?.find(({ adjustment }) => isOf(adjustment, applied));
    units = subtract(units, subtract(bearingUnits(before), part?.units ?? ZERO));
    if (part === undefined) continue;
    amount = add(amount, part.amount);
    most = add(most, goods.find(({ line }) => line.lineId === lineId)?.kept ?? ZERO);
  }
  // A discount of less than a minor unit for each unit is borne by some of them only, but is given to all.
  units = isPositive(units) ? minimum(units, most) : ZERO;
  const isGiver = order.lines.some(({ giftOf: origin }) => origin?.promotionId === applied.promotionId);
  if (policy === "keep" && isGiver) return { ...applied, amount };
  const all = gift === undefined ? units : add(units, gift.quantity);
  const worth = gift?.value === undefined ? {} : { giftWorth: fromUnits(worthOfGift(gift, setting), setting.decimals) };
  // Goods that once stayed away stay away, also where all is worked out anew at a later change.
  if (isZero(amount) && isZero(all) && isZero(forgone)) return undefined;
  return { ...rest, amount, units: all, ...worth, ...(isZero(forgone) ? {} : { forgone }), uses };
}
