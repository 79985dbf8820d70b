import type { RoundingMode } from "../core/decimal.js";
import type { RemainderRule } from "../core/split-amount.js";
import type { PromotionPolicy } from "../model/promotion/promotion-policy.js";
import type { NextStep } from "../pricing/promotions/next-step.js";
import type { Locale } from "./message-code.js";

/** Buckets of what the customer ordered and neither has nor will have. */
export type GoneBucket = "cancelled" | "merged" | "returned";

/** The words of an explanation besides its sentences. */
interface Words {
  readonly order: (orderNo: string, currency: string) => string;
  readonly unpriced: string;
  readonly agreed: string;
  readonly gift: string;
  readonly free: string;
  readonly gone: Readonly<Record<GoneBucket, string>>;
  readonly part: (quantity: string, ordered: string, uom: string) => string;
  readonly goods: string;
  readonly discounts: string;
  readonly payable: string;
  readonly promotions: string;
  readonly applied: string;
  readonly notApplied: string;
  readonly codes: string;
  readonly accepted: string;
  readonly more: (missing: string, measure: NextStep["measure"], goods: string, reward: string) => string;
  readonly reward: Readonly<Record<string, (value: string) => string>>;
  readonly code: (code: string) => string;
  readonly others: (count: number) => string;
  readonly best: string;
  readonly notProved: string;
  readonly rounded: (how: string, place: string, shared: string) => string;
  readonly rounding: Readonly<Record<RoundingMode, string>>;
  readonly shared: Readonly<Record<RemainderRule, string>>;
  readonly prices: Readonly<Record<PromotionPolicy["prices"], string>>;
}

/** The words of one language. */
export type PriceWords = Words;

/** The words by language. */
export const PRICE_WORDS: Readonly<Record<Locale, PriceWords>> = {
  en: {
    order: (orderNo, currency) => `Order ${orderNo}, in ${currency}`,
    unpriced: "not priced yet",
    agreed: "agreed discount",
    gift: "gift",
    free: "free",
    gone: { cancelled: "cancelled", merged: "went into another order", returned: "came back" },
    part: (quantity, ordered, uom) => `${quantity} of ${ordered} ${uom}`,
    goods: "Goods",
    discounts: "Discounts",
    payable: "To pay",
    promotions: "Promotions",
    applied: "applied",
    notApplied: "did not apply",
    codes: "Codes",
    accepted: "accepted",
    more: (missing, measure, goods, reward) =>
      `${missing} more${measure === "amount" ? " to spend" : ""}${goods === "" ? "" : ` (${goods})`} → ${reward}`,
    reward: {
      percent: (value) => `${value} % off`,
      amountPerUnit: (value) => `${value} off each`,
      unitPrice: (value) => `${value} each`,
      amount: (value) => `${value} off`,
      payFor: (value) => `a full group, of which ${value} are paid for`,
      fixedSum: (value) => `a full group for ${value}`,
      gift: (value) => `${value} as a gift`,
    },
    code: (code) => `code ${code}`,
    others: (count) => `${count} more for other goods, times, codes or currencies`,
    best: "No other choice of promotions gives the customer more.",
    notProved: "Not every choice of promotions was tried; another one may give the customer more.",
    rounded: (how, place, shared) => `Amounts are rounded to ${place}, ${how}; ${shared}.`,
    rounding: {
      halfUp: "halves up",
      halfEven: "halves to the even digit",
      halfDown: "halves down",
      up: "away from zero",
      down: "towards zero",
      ceiling: "up",
      floor: "down",
    },
    shared: {
      largestRemainder: "what is left over of a share goes to the lines that lost most by rounding",
      firstLines: "what is left over of a share goes to the first lines",
      roundThenAdjust: "shares are rounded to the nearest, and the first lines make up the difference",
      lastLine: "the last line takes what is left over of a share",
    },
    prices: { taxInclusive: "Prices include tax.", taxExclusive: "Prices are without tax." },
  },
  zh: {
    order: (orderNo, currency) => `订单 ${orderNo},币种 ${currency}`,
    unpriced: "尚未计价",
    agreed: "约定折扣",
    gift: "赠品",
    free: "免费",
    gone: { cancelled: "已取消", merged: "已并入其他订单", returned: "已退回" },
    part: (quantity, ordered, uom) => `${quantity} ${uom}(共订 ${ordered} ${uom})`,
    goods: "商品",
    discounts: "折扣合计",
    payable: "应付",
    promotions: "促销",
    applied: "已适用",
    notApplied: "未适用",
    codes: "兑换码",
    accepted: "已接受",
    more: (missing, measure, goods, reward) =>
      `再${measure === "amount" ? "消费" : "购买"} ${missing}${goods === "" ? "" : `(${goods})`} → ${reward}`,
    reward: {
      percent: (value) => `减 ${value} %`,
      amountPerUnit: (value) => `每件减 ${value}`,
      unitPrice: (value) => `每件 ${value}`,
      amount: (value) => `减 ${value}`,
      payFor: (value) => `每组只付 ${value} 件`,
      fixedSum: (value) => `每组 ${value}`,
      gift: (value) => `赠 ${value} 件`,
    },
    code: (code) => `兑换码 ${code}`,
    others: (count) => `另有 ${count} 项促销适用于其他商品、时间、兑换码或币种`,
    best: "没有其他促销组合对客户更优惠。",
    notProved: "未尝试所有促销组合,可能存在更优惠的组合。",
    rounded: (how, place, shared) => `金额按 ${place} 舍入,${how};${shared}。`,
    rounding: {
      halfUp: "四舍五入",
      halfEven: "四舍六入五成双",
      halfDown: "五舍六入",
      up: "远离零",
      down: "向零",
      ceiling: "向上",
      floor: "向下",
    },
    shared: {
      largestRemainder: "分摊余额归舍入损失最大的行",
      firstLines: "分摊余额归最前的行",
      roundThenAdjust: "各行先四舍五入,差额由最前的行补足",
      lastLine: "分摊余额归最后一行",
    },
    prices: { taxInclusive: "价格含税。", taxExclusive: "价格不含税。" },
  },
};
