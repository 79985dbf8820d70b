// Offers as a shop writes them. Each says who owns it, when it holds, what it gives, how it goes together with others, and
// what becomes of it when the order changes later.

import { decimal, instant, type Promotion, type PromotionEffect, type PromotionRevision } from "ordercycle";

const revision: PromotionRevision = {
  cancel: "reEvaluate",
  short: "keep",
  return: "reEvaluate",
  amend: "reEvaluate",
  unearnedGifts: "charge",
  uses: "giveBack",
};

function offer(
  promotionId: string,
  name: string,
  priority: number,
  effect: PromotionEffect,
  more: Partial<Promotion> = {},
): Promotion {
  return {
    promotionId,
    version: 1,
    name,
    reason: "spring sale",
    owner: "sales",
    validity: { from: instant("2026-03-01T00:00:00Z"), to: instant("2026-04-01T00:00:00Z") },
    timeZone: "Europe/Berlin",
    currency: "EUR",
    effect,
    combination: { priority, base: "running", discountedLines: "include" },
    revision,
    ...more,
  };
}

const items = (...codes: string[]) => ({ kind: "items", in: codes }) as const;
const cheapest = { by: "unitPrice", first: "cheapest" } as const;
const dearest = { by: "unitPrice", first: "dearest" } as const;

export const RECIPES: readonly Promotion[] = [
  offer("JAM-PRICE", "Jam at 2.50", 10, { kind: "fixedPrice", which: items("JAM"), unitPrice: decimal("2.50") }),
  offer("TEA-3-2", "Three teas for the price of two", 20, {
    kind: "groups",
    which: items("TEA", "GREEN-TEA"),
    size: 3,
    per: "group",
    pick: cheapest,
    reward: { kind: "payFor", units: 2 },
  }),
  offer("POT-CUP", "A pot brings a cup at half price", 30, {
    kind: "buyGet",
    buy: { which: items("POT"), units: 1 },
    get: { which: items("CUP"), units: 1 },
    reward: { kind: "percent", percent: decimal("50") },
    buyFirst: dearest,
    getFirst: cheapest,
    repeat: "everyTime",
    partly: "allowed",
  }),
  offer("RICE-STEPS", "Rice by the sack", 40, {
    kind: "tiers",
    which: items("RICE"),
    measure: "quantity",
    per: "line",
    mode: "incremental",
    reward: "percent",
    steps: [
      { from: decimal("10"), value: decimal("5") },
      { from: decimal("20"), value: decimal("10") },
    ],
  }),
  offer(
    "SPRING-7",
    "Seven euros off, once all is counted",
    50,
    { kind: "amountOff", which: { kind: "every" }, amount: decimal("7"), per: "across" },
    { coupons: { kind: "codes", codes: ["SPRING"] }, limits: { budget: decimal("5000"), usesPerCustomer: 1 } },
  ),
  offer(
    "TIN",
    "A tin for orders from 60 euros",
    60,
    {
      kind: "gift",
      items: [{ itemCode: "TIN", value: decimal("3.90") }],
      units: decimal("1"),
      repeat: "once",
      choose: "firstAvailable",
      category: "gift",
      whenShort: "drop",
    },
    {
      condition: { kind: "lines", which: { kind: "every" }, measure: "discountedAmount", atLeast: decimal("60") },
    },
  ),
  offer(
    "FREIGHT-100",
    "Freight free from 100 euros",
    70,
    { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("100") } },
    {
      condition: { kind: "lines", which: { kind: "every" }, measure: "discountedAmount", atLeast: decimal("100") },
    },
  ),
];
