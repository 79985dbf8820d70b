import { compare, isPositive } from "../../core/decimal.js";
import { issue } from "../../core/issue.js";
import { checkSelector } from "./check-promotion-condition.js";
import { checkCount, checkDigits, checkMoney, checkPercent, type PromotionCheck } from "./promotion-check.js";
import type { BuyGet, ChargeOff, Gift, Groups, Tiers, Trigger } from "./promotion-effect.js";

type Path = readonly (string | number)[];

/** Checks what a promotion gives. @internal */
export function checkPromotionEffect(check: PromotionCheck): void {
  const { effect } = check.promotion;
  const path: Path = ["effect"];
  if ("which" in effect) checkSelector(check, effect.which, [...path, "which"]);
  switch (effect.kind) {
    case "percentOff":
      checkPercent(check, effect.percent, [...path, "percent"]);
      if (effect.cap !== undefined) checkMoney(check, effect.cap, [...path, "cap"], "amount");
      break;
    case "amountOff":
      checkMoney(check, effect.amount, [...path, "amount"], effect.per === "unit" ? "unitAmount" : "amount");
      break;
    case "fixedPrice":
      checkMoney(check, effect.unitPrice, [...path, "unitPrice"], "unitPrice");
      break;
    case "chargeOff":
      checkChargeOff(check, effect, path);
      break;
    case "tiers":
      checkTiers(check, effect, path);
      break;
    case "groups":
      checkGroups(check, effect, path);
      break;
    case "buyGet":
      checkBuyGet(check, effect, path);
      break;
    case "gift":
      checkGift(check, effect, path);
      break;
  }
}

function checkChargeOff(check: PromotionCheck, { charges, reward }: ChargeOff, path: Path): void {
  const { promotionId } = check.promotion;
  if (charges.length === 0) check.issues.push(issue("promotion.no_charges", [...path, "charges"], { promotionId }));
  const place = [...path, "reward"];
  if (reward.kind === "percent") checkPercent(check, reward.percent, [...place, "percent"]);
  else checkMoney(check, reward.amount, [...place, "amount"], reward.kind === "downTo" ? "bound" : "amount");
}

function checkTiers(check: PromotionCheck, { steps, measure, mode, reward }: Tiers, path: Path): void {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  if (steps.length === 0) issues.push(issue("promotion.no_steps", [...path, "steps"], { promotionId }));
  const isPerUnit = reward === "amountPerUnit" || reward === "unitPrice";
  if (
    (measure === "amount" && isPerUnit && mode === "incremental") ||
    (mode === "incremental" && reward === "amount")
  ) {
    issues.push(issue("promotion.tier_reward_not_possible", [...path, "reward"], { promotionId, reward }));
  }
  for (const [place, { from, value }] of steps.entries()) {
    const at = [...path, "steps", place];
    const before = steps[place - 1];
    if (!isPositive(from) || (before !== undefined && compare(from, before.from) <= 0)) {
      issues.push(issue("promotion.steps_not_rising", [...at, "from"], { promotionId, value: from }));
    }
    if (measure === "amount") checkMoney(check, from, [...at, "from"], "bound");
    else checkDigits(check, from, [...at, "from"]);
    if (reward === "percent") checkPercent(check, value, [...at, "value"]);
    else checkMoney(check, value, [...at, "value"], reward === "amountPerUnit" ? "unitAmount" : reward);
  }
}

function checkGroups(check: PromotionCheck, { size, reward, maxGroups }: Groups, path: Path): void {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  const least = reward.kind === "payFor" ? 2 : 1;
  if (!Number.isSafeInteger(size) || size < least) {
    issues.push(issue("promotion.group_too_small", [...path, "size"], { promotionId, size }));
  }
  if (maxGroups !== undefined) checkCount(check, maxGroups, [...path, "maxGroups"]);
  const place = [...path, "reward"];
  switch (reward.kind) {
    case "payFor":
      if (!Number.isSafeInteger(reward.units) || reward.units < 0 || reward.units >= size) {
        issues.push(issue("promotion.nothing_free", [...place, "units"], { promotionId, size, payFor: reward.units }));
      }
      break;
    case "percent":
      checkPercent(check, reward.percent, [...place, "percent"]);
      break;
    default:
      checkMoney(check, reward.amount, [...place, "amount"], reward.kind === "fixedSum" ? "bound" : "amount");
  }
}

function checkTrigger(check: PromotionCheck, { which, units, amount }: Trigger, path: Path): void {
  const { promotion, issues } = check;
  const { promotionId } = promotion;
  checkSelector(check, which, [...path, "which"]);
  if (units === undefined && amount === undefined)
    issues.push(issue("promotion.trigger_incomplete", path, { promotionId }));
  if (units !== undefined && amount !== undefined)
    issues.push(issue("promotion.trigger_ambiguous", path, { promotionId }));
  if (units !== undefined) checkCount(check, units, [...path, "units"]);
  if (amount !== undefined) checkMoney(check, amount, [...path, "amount"], "amount");
}

function checkBuyGet(check: PromotionCheck, { buy, get, reward, maxUnits }: BuyGet, path: Path): void {
  checkTrigger(check, buy, [...path, "buy"]);
  checkSelector(check, get.which, [...path, "get", "which"]);
  checkCount(check, get.units, [...path, "get", "units"]);
  if (maxUnits !== undefined) checkCount(check, maxUnits, [...path, "maxUnits"]);
  const place = [...path, "reward"];
  if (reward.kind === "percent") checkPercent(check, reward.percent, [...place, "percent"]);
  else checkMoney(check, reward.amount, [...place, "amount"], reward.kind === "amount" ? "unitAmount" : "unitPrice");
}

function checkGift(check: PromotionCheck, { buy, items, units, maxUnits }: Gift, path: Path): void {
  const { promotion, issues } = check;
  const { promotionId, limits } = promotion;
  // Only who gives the goods knows what they are worth: free goods often have no price.
  const isMoneyLimited = limits?.budget !== undefined || limits?.amountPerOrder !== undefined;
  if (buy !== undefined) checkTrigger(check, buy, [...path, "buy"]);
  if (items.length === 0) issues.push(issue("promotion.gift_without_item", [...path, "items"], { promotionId }));
  const seen = new Set<string>();
  for (const [place, { itemCode, value }] of items.entries()) {
    const at = [...path, "items", place];
    if (seen.has(itemCode)) issues.push(issue("promotion.gift_item_twice", at, { promotionId, itemCode }));
    seen.add(itemCode);
    if (value !== undefined) checkMoney(check, value, [...at, "value"], "unitPrice");
    else if (isMoneyLimited) {
      issues.push(issue("promotion.gift_without_value", [...at, "value"], { promotionId, itemCode }));
    }
  }
  for (const [field, quantity] of Object.entries({ units, maxUnits })) {
    if (quantity === undefined) continue;
    checkDigits(check, quantity, [...path, field]);
    if (isPositive(quantity)) continue;
    issues.push(issue("promotion.gift_units_not_positive", [...path, field], { promotionId, value: quantity }));
  }
}
