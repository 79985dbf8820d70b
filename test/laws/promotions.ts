import { decimal, divide } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import type { Order } from "../../src/model/order.js";
import type { Promotion } from "../../src/model/promotion/promotion.js";
import { USUAL_PROMOTION_POLICY } from "../../src/model/promotion/promotion-policy.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { compilePromotions, type CompiledPromotions } from "../../src/pricing/promotions/compile-promotions.js";
import { anyContext } from "../../src/testing/index.js";
import { MASTERS } from "./masters.js";

const REVISION = {
  cancel: "reEvaluate",
  short: "keep",
  return: "clawBack",
  amend: "proRate",
  unearnedGifts: "takeBack",
  uses: "giveBack",
} as const;

function promotion(promotionId: string, rest: Partial<Promotion> & Pick<Promotion, "effect">): Promotion {
  return {
    promotionId,
    version: 1,
    name: `Promotion ${promotionId}`,
    reason: "to be held against the laws",
    owner: "sales",
    validity: { from: instant("2026-01-01T00:00:00Z") },
    timeZone: "Europe/Berlin",
    combination: { priority: 10, base: "running", discountedLines: "include" },
    revision: REVISION,
    ...rest,
  };
}

const every = { kind: "every" } as const;
const cheapest = { by: "unitPrice", first: "cheapest" } as const;

/** Promotions over the items that the arbitraries order: something of every kind, each with its own policies. */
const PROMOTIONS: readonly Promotion[] = [
  promotion("TEA-GIFT", {
    currency: "EUR",
    effect: {
      kind: "gift",
      buy: { which: { kind: "items", in: ["TEA"] }, units: 2 },
      items: [{ itemCode: "SALT", value: decimal("1") }, { itemCode: "RICE" }],
      units: decimal("6"),
      maxUnits: decimal("24"),
      repeat: "everyTime",
      choose: "firstAvailable",
      category: "gift",
      whenShort: "backfill",
    },
  }),
  promotion("SALT-HALF", {
    effect: { kind: "percentOff", which: { kind: "items", in: ["SALT"] }, percent: decimal("33.3"), spread: "across" },
    revision: { ...REVISION, cancel: "proRate", short: "proRate", return: "keep" },
  }),
  promotion("RICE-TIERS", {
    effect: {
      kind: "tiers",
      which: { kind: "items", in: ["RICE"] },
      measure: "quantity",
      per: "group",
      mode: "incremental",
      reward: "percent",
      steps: [
        { from: decimal("1"), value: decimal("5") },
        { from: decimal("4"), value: decimal("12.5") },
      ],
    },
    revision: { ...REVISION, cancel: "clawBack", uses: "spent" },
  }),
  promotion("OIL-2-FOR-1", {
    effect: {
      kind: "buyGet",
      buy: { which: { kind: "items", in: ["OIL", "TEA"] }, units: 1 },
      get: { which: { kind: "items", in: ["OIL", "TEA"] }, units: 1 },
      reward: { kind: "percent", percent: decimal("100") },
      buyFirst: cheapest,
      getFirst: cheapest,
      maxUnits: 3,
      repeat: "everyTime",
      partly: "refused",
    },
    limits: { uses: 3, usesPerCustomer: 2 },
    revision: { ...REVISION, cancel: "keep" },
  }),
  promotion("EURO-OFF", {
    currency: "EUR",
    effect: { kind: "amountOff", which: every, amount: decimal("2.5"), per: "across" },
    limits: { budget: decimal("4") },
    combination: { priority: 20, base: "running", discountedLines: "include" },
  }),
  promotion("FREIGHT", {
    effect: { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("50") } },
    condition: { kind: "lines", which: every, measure: "lines", atLeast: decimal("2") },
  }),
];

const COMPILED = new Map<string, CompiledPromotions>();

/** The promotions, rounded as prices are. */
export function promotionsRounded(rounding: (typeof USUAL_PROMOTION_POLICY)["rounding"]): CompiledPromotions {
  const known = COMPILED.get(rounding);
  if (known !== undefined) return known;
  const result = compilePromotions(PROMOTIONS, { ...USUAL_PROMOTION_POLICY, rounding });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  COMPILED.set(rounding, result.value);
  return result.value;
}

/** The order with half of a line given up since it was priced, so that its promotions are due to be revised. */
export function partlyGivenUp(order: Order, choice: number): Order {
  const line = order.lines[choice % order.lines.length];
  if (line === undefined || line.quantities.open === "0") return order;
  const quantity = choice % 3 === 0 ? line.quantities.open : divide(line.quantities.open, decimal("2"), 6, "down");
  if (quantity === "0") return order;
  return applyChanges(order, [
    { kind: "quantity_moved", lineId: line.lineId, from: "open", to: "cancelled", quantity },
  ]);
}

/** The order priced with the promotions, where it can be; else as it was. */
export function withPromotions(order: Order): Order {
  const result = priceOrder(order, {
    ...anyContext({ at: "2026-05-20T09:00:00.000Z" }),
    masters: MASTERS,
    policy: { rounding: "halfUp", givenPrice: "honour" },
    promotions: { compiled: promotionsRounded("halfUp"), asOf: "now" },
  });
  return result.ok ? result.value.order : order;
}
