import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { applySubstitution } from "../../../src/allocation/shortage/apply-substitution.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { deferOrder } from "../../../src/allocation/shortage/defer-order.js";
import { undoReallocation } from "../../../src/allocation/shortage/undo-reallocation.js";
import { decimal, multiply, sum } from "../../../src/core/decimal.js";
import type { Result } from "../../../src/core/result.js";
import { rational } from "../../../src/core/unit-conversion.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import { applyMovements } from "../../../src/model/apply-movements.js";
import type { Consent } from "../../../src/model/consent.js";
import type { ShortageOffer, ShortagePolicy } from "../../../src/model/customer.js";
import type { OrderEvent } from "../../../src/model/event.js";
import type { Order } from "../../../src/model/order.js";
import type { Quantities } from "../../../src/model/order-line.js";
import type { BatchOutcome, Outcome } from "../../../src/model/outcome.js";
import type { ReallocationProposal } from "../../../src/model/reallocation-proposal.js";
import type { StockPosition } from "../../../src/model/stock.js";
import type { SubstituteProposal } from "../../../src/model/substitute-proposal.js";
import { anyOrder, anyStock, checkReservationsMatch, checkStockLaws, deepFreeze } from "../../../src/testing/index.js";
import { consentOf, CONTEXT, POLICY, TODAY, stockOf } from "./reallocation-world.js";
import { by, master } from "./substitute-world.js";

const allocation = { priority: [], sourcing: POLICY.sourcing, lots: "fifo" } as const;

/** An order of ten, or of another quantity, allocated and then decided. */
function served(shortagePolicy: ShortagePolicy, onHand: string, orderedQty = "10", after: readonly Order[] = []) {
  const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty, shortagePolicy }] });
  const stock = anyStock({ onHand });
  const given = allocateBatch(deepFreeze([order]), stock, { ...CONTEXT, policy: allocation, today: TODAY });
  const command = { runId: "R-1", reason: "short", price: "keep" } as const;
  return decideShortages(deepFreeze([...given.orders, ...after]), command, {
    ...CONTEXT,
    policy: POLICY,
    stock: [...applyMovements(stock, given.movements), ...(after.length === 0 ? [] : stockOf(after))],
    today: TODAY,
  });
}

const quantitiesOf = ({ orders }: ReturnType<typeof served>): Quantities => orders[0]!.lines[0]!.quantities;
const named = ({ allocated, backfill, deferred, merged, cancelled, open }: Quantities) =>
  [allocated, backfill, deferred, merged, cancelled, open].join(" ");
const next = anyOrder({
  orderNo: "SO-2",
  stage: "confirmed",
  lines: [
    {
      quantities: { allocated: "10" },
      reservations: [{ warehouseId: "NORTH", lotNo: "L-2", quantities: { allocated: "10" } }],
    },
  ],
});

describe("ten are ordered and six are there (mission 9.14, 9.15, 9.16, 9.17; definition B6)", () => {
  test.each<[ShortagePolicy, string, string]>([
    // allocated, backfill, deferred, merged, cancelled, open
    ["backfillOnArrival", "no order", "6 4 0 0 0 0"],
    ["backfillWithNextOrder", "no order", "6 4 0 0 0 0"],
    ["cancelRemainder", "no order", "6 0 0 0 4 0"],
    ["leaveOpen", "no order", "6 0 0 0 0 4"],
    ["deferWholeOrder", "no order", "0 0 10 0 0 0"],
    ["mergeIntoNextOrder", "no order", "0 0 10 0 0 0"],
    ["mergeIntoNextOrder", "an order", "0 0 0 10 0 0"],
  ])("%s, with %s of the customer after it: %s", (policy, after, expected) => {
    const outcome = served(policy, "6", "10", after === "an order" ? [next] : []);
    expect(named(quantitiesOf(outcome))).toBe(expected);
    expect(outcome.refused).toEqual([]);
  });

  it.each(["backfillOnArrival", "cancelRemainder", "leaveOpen", "deferWholeOrder", "mergeIntoNextOrder"] as const)(
    "%s: nothing happens when all are there",
    (policy) => {
      expect(named(quantitiesOf(served(policy, "10")))).toBe("10 0 0 0 0 0");
    },
  );
});

describe("what Peppol says of ten of which six come now (definition B6)", () => {
  /** What is delivered now, what will come later, and what is neither and so never comes. */
  const told = ({ allocated, backfill, cancelled }: Quantities) => ({
    delivered: allocated,
    outstanding: backfill,
    dropped: cancelled,
  });

  it("10 = 6 + 4: the rest is outstanding", () => {
    expect(told(quantitiesOf(served("backfillOnArrival", "6")))).toEqual({
      delivered: "6",
      outstanding: "4",
      dropped: "0",
    });
  });

  it("6 + 0: four are dropped", () => {
    expect(told(quantitiesOf(served("cancelRemainder", "6")))).toEqual({
      delivered: "6",
      outstanding: "0",
      dropped: "4",
    });
  });

  it("6 + 3: one is dropped, since only three can come again", () => {
    const [order] = served("backfillOnArrival", "6").orders;
    const result = cancelOrder(
      order!,
      { reason: "run_out", lines: [{ lineId: "SO-1-1", quantity: "1" as never }] },
      CONTEXT,
    );
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    expect(told(result.value.order.lines[0]!.quantities)).toEqual({ delivered: "6", outstanding: "3", dropped: "1" });
    expect(result.value.order.lines[0]!.shortages.map(({ quantity }) => quantity)).toEqual(["3"]);
  });
});

it("ordered is always what is allocated, back-filled, deferred, merged, cancelled and open (definition B6)", () => {
  const policies = [
    "backfillOnArrival",
    "backfillWithNextOrder",
    "deferWholeOrder",
    "mergeIntoNextOrder",
    "leaveOpen",
    "cancelRemainder",
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...policies),
      fc.nat({ max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.boolean(),
      (policy, onHand, ordered, hasNext) => {
        const outcome = served(policy, `${onHand}`, `${ordered}`, hasNext ? [next] : []);
        const { allocated, backfill, deferred, merged, cancelled, open, ...others } = quantitiesOf(outcome);
        expect(sum([allocated, backfill, deferred, merged, cancelled, open])).toBe(`${ordered}`);
        expect(sum(Object.values(others))).toBe("0");
        const isWhole = policy === "deferWholeOrder" || policy === "mergeIntoNextOrder";
        const isShort = onHand < ordered;
        expect(allocated).toBe(isShort && isWhole ? "0" : `${Math.min(onHand, ordered)}`);
        const joined = outcome.orders[1]?.lines.slice(1).map(({ quantities }) => quantities.open) ?? [];
        expect(sum(joined)).toBe(merged);
      },
    ),
    { numRuns: 200 },
  );
});

describe("whatever is decided, and in whatever order (mission 8.3, 9.14, 9.15, 9.16, 9.17; definition B6)", () => {
  it("ordered = allocated + back-fill + deferred + merged + cancelled + open, for each line after each step", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(someShop, fc.array(someStep, { minLength: 4, maxLength: 14 }), (shop, steps) => {
        let now = shop;
        for (const step of [allocating, ...steps]) {
          now = step(now);
          for (const type of new Set(now.news.map((event) => event.type))) seen.set(type, (seen.get(type) ?? 0) + 1);
          for (const line of now.orders.flatMap((order) => order.lines)) {
            const { allocated, backfill, deferred, merged, cancelled, open, ...others } = line.quantities;
            const ordered = multiply(line.orderedQty, line.unitFactor.numerator);
            expect(sum([allocated, backfill, deferred, merged, cancelled, open])).toBe(ordered);
            expect(sum(Object.values(others))).toBe("0");
            expect(sum(line.shortages.map(({ quantity }) => quantity))).toBe(sum([backfill, deferred]));
          }
          // What one line lost to another is what the other has of it, by the ratio; nothing else grows.
          for (const event of now.news) {
            if (event.type !== "quantity_substituted") continue;
            expect(event.details.by.quantity).toBe(multiply(event.details.replaced.quantity, decimal("1.5")));
          }
          const joined = now.orders.flatMap(({ lines }) => lines.filter(({ mergedFrom }) => mergedFrom !== undefined));
          const left = now.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.merged));
          expect(sum(joined.map((line) => multiply(line.orderedQty, line.unitFactor.numerator)))).toBe(sum(left));
          expect(checkStockLaws(now.stock)).toEqual([]);
          expect(checkReservationsMatch(now.orders, now.stock)).toEqual([]);
        }
      }),
      { numRuns: 80 },
    );
    for (const type of OUTCOMES) expect([type, (seen.get(type) ?? 0) > 2]).toEqual([type, true]);
  });
});

const OUTCOMES = [
  "order_allocated",
  "quantity_substituted",
  "reservation_moved",
  "order_deferred",
  "quantity_merged",
  "lines_joined",
  "quantity_cancelled",
];

/** Orders and stock, what waits for an answer, and what happened last. */
interface Shop {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
  readonly reallocations: readonly ReallocationProposal[];
  readonly substitutions: readonly SubstituteProposal[];
  readonly transfers: readonly { readonly proposalId: string; readonly events: readonly OrderEvent[] }[];
  readonly news: readonly OrderEvent[];
}

type Step = (shop: Shop) => Shop;

const ITEMS = master({
  TEA: [
    by("CHAI", { ratio: rational(3, 2) }),
    by("MATE", { ratio: rational(3, 2), priority: 2, consentRequired: true }),
  ],
  CHAI: [],
  MATE: [],
});
const agreed = (subject: string): Consent => consentOf("C-100", subject);

const someShop: fc.Arbitrary<Shop> = fc
  .record({
    lines: fc.array(
      fc.record({
        orderedQty: fc.integer({ min: 1, max: 12 }).map((quantity) => `${quantity * 2}`),
        shortagePolicy: fc.constantFrom<ShortagePolicy>(
          "backfillOnArrival",
          "backfillWithNextOrder",
          "deferWholeOrder",
          "mergeIntoNextOrder",
          "leaveOpen",
          "cancelRemainder",
        ),
        shortageOffers: fc.constantFrom<readonly ShortageOffer[]>(
          [],
          ["substitute"],
          ["reallocate"],
          ["reallocate", "substitute"],
        ),
      }),
      { minLength: 3, maxLength: 6 },
    ),
    tea: fc.nat({ max: 30 }),
    chai: fc.nat({ max: 15 }),
    mate: fc.nat({ max: 15 }),
  })
  .map(({ lines, tea, chai, mate }) => ({
    orders: lines.map((line, place) =>
      anyOrder({
        orderNo: `SO-${place + 1}`,
        stage: "confirmed",
        header: { receivedAt: `2026-03-02T${10 + place}:00:00.000Z`, customerClass: "CBA"[place % 3]! },
        lines: place % 2 === 0 ? [line] : [line, { ...line, orderedQty: "4" }],
      }),
    ),
    stock: anyStock(
      { itemCode: "TEA", onHand: `${tea}` },
      { itemCode: "CHAI", onHand: `${chai}` },
      { itemCode: "MATE", onHand: `${mate}` },
    ),
    reallocations: [],
    substitutions: [],
    transfers: [],
    news: [],
  }));

/** What an operation answered, posted. */
function posted(shop: Shop, answer: Pick<BatchOutcome, "orders" | "movements" | "events">): Shop {
  const after = new Map(answer.orders.map((order) => [order.orderNo, order]));
  return {
    ...shop,
    orders: shop.orders.map((order) => after.get(order.orderNo) ?? order),
    stock: applyMovements(shop.stock, answer.movements),
    news: answer.events,
  };
}

const postedOne = (shop: Shop, result: Result<Outcome>): Shop =>
  result.ok ? posted(shop, { ...result.value, orders: [result.value.order] }) : { ...shop, news: [] };

const allocating: Step = (shop) =>
  posted(
    shop,
    allocateBatch(shop.orders, shop.stock, {
      ...CONTEXT,
      policy: allocation,
      today: TODAY,
    }),
  );

const deciding: Step = (shop) => {
  const consents = shop.orders.map(({ orderNo }) => agreed(orderNo));
  const outcome = decideShortages(
    shop.orders,
    { runId: `R-${shop.transfers.length}`, reason: "short", price: "keep", consents },
    { ...CONTEXT, policy: POLICY, stock: shop.stock, today: TODAY, items: ITEMS },
  );
  const { reallocations, substitutions } = outcome;
  return { ...posted(shop, outcome), reallocations, substitutions };
};

const answering: Step = (shop) => {
  const [proposal] = shop.substitutions;
  if (proposal === undefined) return { ...shop, news: [] };
  const order = shop.orders.find(({ orderNo }) => orderNo === proposal.line.orderNo)!;
  const command = { proposal, reason: "short", consents: [agreed(proposal.proposalId)] };
  const after = postedOne(shop, applySubstitution(order, command, { ...CONTEXT, items: ITEMS }));
  return { ...after, substitutions: shop.substitutions.slice(1) };
};

/** The first proposal is agreed to; where none waits, orders are decided before. */
const transferring: Step = (before) => {
  const shop = before.reallocations.length > 0 ? { ...before, news: [] } : deciding(before);
  const [proposal] = shop.reallocations;
  if (proposal === undefined) return shop;
  const outcome = applyReallocation(shop.orders, proposal, [agreed(proposal.proposalId)], CONTEXT);
  const after = posted(shop, outcome);
  const transfers = [...shop.transfers, { proposalId: proposal.proposalId, events: outcome.events }];
  return { ...after, news: [...shop.news, ...after.news], transfers, reallocations: shop.reallocations.slice(1) };
};

const undoing: Step = (shop) => {
  const last = shop.transfers.at(-1);
  return last === undefined ? { ...shop, news: [] } : posted(shop, undoReallocation(shop.orders, last, CONTEXT));
};

const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(allocating) },
  { weight: 4, arbitrary: fc.constant(deciding) },
  { weight: 2, arbitrary: fc.constantFrom(answering, transferring, transferring, undoing) },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 5 }).map(
      (place): Step =>
        (shop) =>
          postedOne(
            shop,
            deferOrder(
              shop.orders[place % shop.orders.length]!,
              { reason: "short", until: "stock" },
              { ...CONTEXT, today: TODAY },
            ),
          ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 5 }).map(
      (place): Step =>
        (shop) =>
          postedOne(shop, cancelOrder(shop.orders[place % shop.orders.length]!, { reason: "asked" }, CONTEXT)),
    ),
  },
);
