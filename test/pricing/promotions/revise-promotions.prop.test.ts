import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, compare, decimal, fromUnits, subtract, sum, ZERO, type Decimal } from "../../../src/core/decimal.js";
import { instant } from "../../../src/core/instant.js";
import { applyChanges } from "../../../src/model/apply-changes.js";
import type { Order } from "../../../src/model/order.js";
import type { Outcome } from "../../../src/model/outcome.js";
import type { Promotion, RevisionCause, RevisionPolicy } from "../../../src/model/promotion/promotion.js";
import type { PromotionEffect } from "../../../src/model/promotion/promotion-effect.js";
import type { PromotionUsageEntry } from "../../../src/model/promotion/promotion-usage.js";
import { priceOrder } from "../../../src/pricing/price-order.js";
import { confirmOrder } from "../../../src/intake/confirm-order.js";
import { planRevision } from "../../../src/pricing/promotions/plan-revision.js";
import { sumPromotionUsage } from "../../../src/pricing/promotions/promotion-usage-totals.js";
import { revisePromotions } from "../../../src/pricing/promotions/revise-promotions.js";
import { anyContext, anyOrder, checkOutcome, deepFreeze } from "../../../src/testing/index.js";
import { granted } from "../../lifecycle/answers.js";
import {
  billed,
  cheapest,
  compiled,
  cups,
  delivered,
  items,
  moneyOff,
  moved,
  percentOff,
  pricing,
  promotion,
  returned,
  revision,
  THREE_FOR_TWO,
} from "../promoted.js";

const POLICIES: readonly RevisionPolicy[] = ["keep", "proRate", "reEvaluate", "clawBack"];
const EFFECTS: readonly PromotionEffect[] = [
  THREE_FOR_TWO,
  percentOff("12.5", items("TEA")),
  moneyOff("7"),
  cups(),
  {
    kind: "buyGet",
    buy: { which: items("TEA"), units: 2 },
    get: { which: items("RICE"), units: 1 },
    reward: { kind: "percent", percent: decimal("50") },
    buyFirst: cheapest,
    getFirst: cheapest,
    repeat: "everyTime",
    partly: "allowed",
  },
  { kind: "chargeOff", charges: ["freight"], reward: { kind: "percent", percent: decimal("50") } },
];

/** Half of everything, from a day on that comes after the order. */
const TODAY = promotion(percentOff("50"), {
  promotionId: "TODAY",
  validity: { from: instant("2026-04-01T00:00:00Z") },
  combination: { priority: 0, base: "initial", discountedLines: "include" },
});

interface Drawn {
  readonly itemCode: string;
  readonly quantity: number;
  readonly price: number;
  /** Of it, what is delivered and billed before the change. */
  readonly out: number;
  /** What goes or comes. */
  readonly part: number;
}

const anyLines = fc.array(
  fc.record<Drawn>({
    itemCode: fc.constantFrom("TEA", "RICE"),
    quantity: fc.integer({ min: 1, max: 12 }),
    price: fc.integer({ min: 1, max: 2_000 }),
    out: fc.nat({ max: 12 }),
    part: fc.nat({ max: 12 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const anyPromotions = (policy: RevisionPolicy | "what each says") =>
  fc
    .array(
      fc.record({
        effect: fc.constantFrom(...EFFECTS),
        own: policy === "what each says" ? fc.constantFrom(...POLICIES) : fc.constant(policy),
        unearnedGifts: fc.constantFrom("keep" as const, "takeBack" as const, "charge" as const),
        uses: fc.constantFrom("giveBack" as const, "spent" as const),
        least: fc.option(fc.nat({ max: 60 })),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) =>
      list.map(({ effect, own, unearnedGifts, uses, least }, place) =>
        promotion(effect, {
          promotionId: `P-${place}`,
          revision: { ...revision(own), unearnedGifts, uses },
          ...(least === null
            ? {}
            : {
                condition: { kind: "lines", which: { kind: "every" }, measure: "amount", atLeast: decimal(`${least}`) },
              }),
        }),
      ),
    );

/** A cause, where the quantity is that it concerns, and where it goes. */
const CHANGES = {
  "open quantity that is cancelled": { cause: "cancel", isOut: false },
  "a shortage": { cause: "short", isOut: false },
  "goods that were billed and come back": { cause: "return", isOut: true },
  "an amendment that adds": { cause: "amend", isOut: false },
} as const satisfies Record<string, { readonly cause: RevisionCause; readonly isOut: boolean }>;

const entriesOf = ({ requests }: Pick<Outcome, "requests">): readonly PromotionUsageEntry[] =>
  requests.flatMap((one) => (one.type === "post_promotion_usage" ? one.entries : []));

/** An order that was priced and confirmed with promotions, with all that the ledger was told. */
function ordered(lines: readonly Drawn[], promotions: readonly Promotion[]) {
  const open = anyOrder({
    stage: "reviewed",
    totals: null,
    header: { charges: [{ kind: "freight", amount: "5" }] },
    lines: lines.map(({ itemCode, quantity, price }) => ({
      itemCode,
      orderedQty: `${quantity}`,
      unitPrice: fromUnits(price, 2),
    })),
  });
  const priced = granted(priceOrder(open, pricing(compiled(...promotions))));
  const confirmed = granted(confirmOrder(priced.order, anyContext()));
  return { order: confirmed.order, ledger: [...entriesOf(priced), ...entriesOf(confirmed)] };
}

/** Some of the goods, and all gifts where asked, leave the house; what left is billed. */
function sent(order: Order, lines: readonly Drawn[], gifts: boolean): Order {
  let after = order;
  for (const [place, { quantity, out }] of lines.entries()) {
    const part = Math.min(out, quantity);
    if (part > 0) after = delivered(after, `SO-1-${place + 1}`, `${part}`);
  }
  if (lines.some(({ out }) => out > 0)) after = billed(after);
  for (const { lineId, giftOf, quantities } of gifts ? after.lines : []) {
    if (giftOf !== undefined && quantities.open !== ZERO) after = delivered(after, lineId, quantities.open);
  }
  return after;
}

/** What goes, or comes as a negative quantity, of each line. */
function leavingOf(lines: readonly Drawn[], { cause, isOut }: (typeof CHANGES)[keyof typeof CHANGES]) {
  return lines.flatMap(({ quantity, out, part }, place) => {
    const left = Math.min(out, quantity);
    const most = isOut ? left : quantity - left;
    const some = cause === "amend" ? -part : Math.min(part, most);
    return some === 0 ? [] : [{ lineId: `SO-1-${place + 1}`, quantity: decimal(`${some}`) }];
  });
}

function changed(order: Order, leaving: ReturnType<typeof leavingOf>, cause: RevisionCause): Order {
  return leaving.reduce((now, { lineId, quantity }) => {
    if (cause === "return") return returned(now, lineId, quantity);
    if (cause !== "amend") return moved(now, lineId, quantity, "open", "cancelled");
    const more = subtract(ZERO, quantity);
    return { ...applyChanges(now, [{ kind: "quantity_added", lineId, quantity: more }]), version: now.version + 1 };
  }, order);
}

const factsOf = (promotions: readonly Promotion[]) => {
  const facts = { compiled: compiled(...promotions) };
  return { ...pricing(facts, { at: "2026-05-01T00:00:00.000Z" }), promotions: facts };
};

/** What stands on an order, by promotion. */
function standing({ promotions }: Order): Map<string, { uses: number; amount: Decimal; units: Decimal }> {
  return new Map(
    (promotions?.applied ?? []).map(({ promotionId, amount, giftWorth = ZERO, units }) => [
      promotionId,
      { uses: 1, amount: add(amount, giftWorth), units },
    ]),
  );
}

describe.each([...POLICIES, "what each says"] as const)(
  "an order is changed later, and its promotions say %s (mission 6.8, 11.3)",
  (policy) => {
    it.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])(
      "%s: preview equals apply, nothing below zero, today's promotions stay away, the ledger is what stands",
      (name) => {
        const change = CHANGES[name];
        fc.assert(
          fc.property(anyPromotions(policy), anyLines, fc.boolean(), (promotions, lines, hasLeft) => {
            const { order: first, ledger } = ordered(lines, promotions);
            const order = sent(first, lines, hasLeft);
            const leaving = leavingOf(lines, change);
            const { cause } = change;
            const preview = granted(planRevision(deepFreeze(order), cause, leaving, factsOf(promotions)));
            const after = changed(order, leaving, cause);
            if (after.status === "cancelled") return;
            const outcome = granted(revisePromotions(deepFreeze(after), { cause }, factsOf(promotions)));
            expect(checkOutcome(after, outcome)).toEqual([]);
            expect(outcome.plan).toEqual(preview);
            for (const { amountAfter } of outcome.plan.lines) expect(compare(amountAfter, ZERO)).not.toBe(-1);
            // What began after the order was priced changes nothing.
            const today = granted(revisePromotions(after, { cause }, factsOf([...promotions, TODAY])));
            expect([today.order, today.plan]).toEqual([outcome.order, outcome.plan]);
            // What each took off lines and charges is what the order says of it.
            for (const { promotionId, amount } of outcome.order.promotions?.applied ?? []) {
              const own = [
                ...outcome.order.lines.flatMap(({ adjustments = [] }) => adjustments),
                ...(outcome.order.promotions?.charges ?? []),
              ].filter((one) => one.promotionId === promotionId);
              expect(sum(own.map((one) => one.amount))).toBe(amount);
            }
            // The ledger: what was taken less what was given back is what stands.
            const totals = sumPromotionUsage([...ledger, ...entriesOf(outcome)]);
            const stands = standing(outcome.order);
            if (outcome.order.status === "cancelled") return;
            for (const { promotionId, revision: own } of promotions) {
              const { uses, amount, units } = totals.get(promotionId) ?? { uses: 0, amount: ZERO, units: ZERO };
              const known = stands.get(promotionId) ?? { uses: 0, amount: ZERO, units: ZERO };
              // Uses that are spent stay spent when nothing of the promotion is left.
              if (own.uses === "spent" && known.uses === 0) continue;
              expect({ promotionId, uses, amount, units }).toEqual({ promotionId, ...known });
            }
            const again = granted(revisePromotions(outcome.order, { cause }, factsOf(promotions)));
            expect([again.events, again.requests, again.plan.lines]).toEqual([[], [], []]);
          }),
          { numRuns: process.env.FC_RUNS === undefined ? 8 : Number(process.env.FC_RUNS) },
        );
      },
    );
  },
);
