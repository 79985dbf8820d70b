import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { sum } from "../../../src/core/decimal.js";
import { cancelOrder } from "../../../src/exceptions/cancel-order.js";
import type { ShortagePolicy } from "../../../src/model/customer.js";
import type { Order } from "../../../src/model/order.js";
import type { Quantities } from "../../../src/model/order-line.js";
import { anyOrder, anyStock, deepFreeze } from "../../../src/testing/index.js";
import { CONTEXT, POLICY, TODAY } from "./reallocation-world.js";

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
    stock,
    today: TODAY,
  });
}

const quantitiesOf = ({ orders }: ReturnType<typeof served>): Quantities => orders[0]!.lines[0]!.quantities;
const named = ({ allocated, backfill, deferred, merged, cancelled, open }: Quantities) =>
  [allocated, backfill, deferred, merged, cancelled, open].join(" ");
const next = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });

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
