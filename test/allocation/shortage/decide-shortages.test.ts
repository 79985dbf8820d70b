import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { decideShortages, type DecideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import type { ShortagePolicy } from "../../../src/model/customer.js";
import type { Order } from "../../../src/model/order.js";
import {
  anyOrder,
  anyStock,
  arbitraryOrder,
  checkBatchOutcome,
  deepFreeze,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { allConsents, consentOf, CONTEXT, POLICY, stockOf, TODAY } from "./reallocation-world.js";

const order = (orderNo: string, hour: string, line: AnyOrderLine, more: object = {}): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerClass: "B", receivedAt: `2026-03-02T${hour}:00:00.000Z`, ...more },
    lines: [line],
  });
const decide = (orders: readonly Order[], command: Partial<DecideShortages> = {}) =>
  decideShortages(
    deepFreeze([...orders]),
    { runId: "R", reason: "short", price: "keep", ...command },
    { ...CONTEXT, policy: POLICY, stock: stockOf(orders), today: TODAY },
  );
const codes = ({ decisions }: ReturnType<typeof decide>) => decisions.map(({ orderNo, code }) => [orderNo, code]);

const part = { open: "4", allocated: "6" };
const short = (shortagePolicy: ShortagePolicy, more: AnyOrderLine = {}): AnyOrderLine => ({
  quantities: part,
  shortagePolicy,
  ...more,
});

describe("what becomes of a shortage (mission 9.14, 9.15, 9.16, 9.17; definition B6)", () => {
  it.each<[ShortagePolicy, string, object]>([
    ["deferWholeOrder", "deferred", { deferred: "10" }],
    ["mergeIntoNextOrder", "deferred_until_next_order", { deferred: "10" }],
    ["cancelRemainder", "cancelled", { cancelled: "4", allocated: "6" }],
    ["leaveOpen", "stays", part],
    ["backfillOnArrival", "stays", part],
  ])("rules 3 and 4: %s", (policy, code, quantities) => {
    const outcome = decide([order("SO-1", "08", short(policy))]);
    expect(codes(outcome)).toEqual([["SO-1", code]]);
    expect(outcome.orders[0]?.lines[0]?.quantities).toMatchObject({ open: "0", ...quantities });
    expect(outcome.decisions[0]?.short).toBe("4");
  });

  it("rule 1: looks at nothing that is not short, not confirmed, or on hold", () => {
    const held = anyOrder({ orderNo: "SO-3", stage: "confirmed", lines: [short("cancelRemainder")], holds: [{}] });
    const orders = [
      order("SO-1", "08", { quantities: { allocated: "10" }, shortagePolicy: "cancelRemainder" }),
      anyOrder({ orderNo: "SO-2", lines: [short("cancelRemainder")] }),
      held,
      order("SO-4", "08", { quantities: { backfill: "4", allocated: "6" } }),
    ];
    expect(decide(orders)).toMatchObject({ orders, decisions: [], events: [], refused: [] });
  });

  it("rule 3: goes over into the next order of the customer that stays, past one that waits, never back", () => {
    const orders = [
      order("SO-0", "07", { quantities: { allocated: "10" } }),
      order("SO-1", "08", short("mergeIntoNextOrder")),
      order("SO-2", "09", short("deferWholeOrder")),
      order("SO-3", "09", { quantities: { allocated: "10" } }, { customerCode: "C-9" }),
      order("SO-4", "10", { quantities: { open: "2" } }),
      order("SO-5", "11", { quantities: { open: "2" } }),
    ];
    const outcome = decide(orders);
    expect(outcome.decisions[0]).toMatchObject({ code: "merged", nextOrderNo: "SO-4" });
    expect(outcome.orders.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1, 2, 1]);
    expect(outcome.orders[0]?.lines[0]?.quantities.allocated).toBe("10");
    expect(outcome.orders[4]?.lines[1]?.mergedFrom).toEqual({ orderNo: "SO-1", lineId: "SO-1-1" });
  });

  it("rule 3: of two orders that want to go over, the later waits and the earlier waits with it", () => {
    const orders = [order("SO-1", "08", short("mergeIntoNextOrder")), order("SO-2", "09", short("mergeIntoNextOrder"))];
    expect(codes(decide(orders))).toEqual([
      ["SO-1", "deferred_until_next_order"],
      ["SO-2", "deferred_until_next_order"],
    ]);
  });

  it("rule 3: what waits for the next order goes over into it once it is there, and stays until then", () => {
    const alone = [order("SO-1", "08", short("mergeIntoNextOrder"))];
    const waits = decide(alone);
    expect(codes(waits)).toEqual([["SO-1", "deferred_until_next_order"]]);
    const still = decide(waits.orders);
    expect([codes(still), still.decisions[0]?.short, still.orders, still.events]).toEqual([
      [["SO-1", "deferred_until_next_order"]],
      "10",
      waits.orders,
      [],
    ]);
    // A later order that waits itself is no order to go over into; one that stays is, for both.
    const second = order("SO-2", "09", short("mergeIntoNextOrder"));
    const both = decide([...waits.orders, second]);
    expect(codes(both)).toEqual([
      ["SO-1", "deferred_until_next_order"],
      ["SO-2", "deferred_until_next_order"],
    ]);
    const third = order("SO-3", "10", { quantities: { allocated: "10" } });
    const merged = decide([...both.orders, third]);
    expect(merged.decisions.map(({ orderNo, code, nextOrderNo }) => [orderNo, code, nextOrderNo])).toEqual([
      ["SO-1", "merged", "SO-3"],
      ["SO-2", "merged", "SO-3"],
    ]);
    expect(
      merged.orders.map(({ lines }) => lines.map(({ quantities }) => [quantities.merged, quantities.open])),
    ).toEqual([
      [["10", "0"]],
      [["10", "0"]],
      [
        ["0", "0"],
        ["0", "10"],
        ["0", "10"],
      ],
    ]);
    // What was deferred until stock suffices does not go over.
    const deferred = decide([order("SO-1", "08", short("deferWholeOrder"))]);
    expect(decide([...deferred.orders, third]).decisions).toEqual([]);
  });

  it.each<[string, readonly Order[], string | undefined]>([
    [
      "past one that goes on waiting for its own next order",
      decide([order("SO-2", "09", short("mergeIntoNextOrder"))]).orders,
      undefined,
    ],
    [
      "into the nearest, not past one that was refused and stays",
      [
        anyOrder({
          orderNo: "SO-2",
          stage: "confirmed",
          header: { receivedAt: "2026-03-02T09:00:00.000Z" },
          lines: [short("mergeIntoNextOrder"), {}],
        }),
        order("SO-3", "10", { quantities: { open: "2" } }),
      ],
      "SO-2",
    ],
    [
      "past one that went over itself but for what is picked",
      [
        order("SO-2", "09", short("mergeIntoNextOrder", { quantities: { open: "4", picked: "6" } })),
        order("SO-3", "10", { quantities: { open: "2" } }),
      ],
      "SO-3",
    ],
  ])("rule 5: goes over %s", (_case, later, expected) => {
    const { decisions } = decide([order("SO-1", "08", short("mergeIntoNextOrder")), ...later]);
    expect([decisions[0]?.orderNo, decisions[0]?.nextOrderNo]).toEqual(["SO-1", expected]);
  });

  it("rule 5: refuses what a policy cannot have, and leaves the order as it was", () => {
    const lines = [short("deferWholeOrder"), { quantities: { shipped: "1" } }];
    const away = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines });
    const mixed = anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [short("mergeIntoNextOrder"), {}] });
    const next = order("SO-3", "10", { quantities: { open: "2" } });
    const outcome = decide([away, mixed, next]);
    expect(outcome.refused.map(({ orderNo, issues }) => [orderNo, issues[0]?.code])).toEqual([
      ["SO-2", "consent.missing"],
      ["SO-1", "defer.under_way"],
    ]);
    expect(outcome.orders).toEqual([away, mixed, next]);
    const agreed = decide([mixed, next], { consents: [consentOf("C-100", "SO-2")] });
    expect([agreed.refused, agreed.orders[1]?.lines.length]).toEqual([[], 3]);
  });

  it("rule 2: asks first where the line offers it; nobody who is asked or waits moves; then the policy is followed", () => {
    const offers = short("cancelRemainder", { shortageOffers: ["reallocate"] });
    const winner = order("SO-1", "08", offers, { customerClass: "A" });
    const donor = order("SO-2", "09", short("deferWholeOrder"), { customerCode: "C-2" });
    const first = decide([winner, donor]);
    expect(codes(first)).toEqual([
      ["SO-1", "proposed"],
      ["SO-2", "order_is_asked_to_give"],
    ]);
    expect([first.orders, first.movements]).toEqual([[winner, donor], []]);
    const [proposal] = first.reallocations;
    expect([proposal?.proposalId, proposal?.quantity]).toEqual(["R-SO-1-1", "4"]);

    const agreed = applyReallocation(first.orders, proposal!, allConsents(proposal!), CONTEXT);
    expect(agreed.orders[0]?.lines[0]?.quantities).toMatchObject({ allocated: "10", open: "0" });

    const second = decide([winner, donor], { turnedDown: [{ lineId: "SO-1-1", offer: "reallocate" }] });
    expect(codes(second)).toEqual([
      ["SO-1", "cancelled"],
      ["SO-2", "deferred"],
    ]);
    expect(second.decisions[0]?.tried).toEqual([{ offer: "reallocate", code: "turned_down" }]);
  });

  it("rule 2: says why nobody could be asked, and follows the policy at once", () => {
    const line = short("deferWholeOrder", { shortageOffers: ["reallocate"] });
    const { decisions } = decide([order("SO-1", "08", line)]);
    expect(decisions[0]).toMatchObject({
      code: "deferred",
      tried: [{ offer: "reallocate", code: "reallocate.no_donor" }],
    });
  });

  it("rule 4: an allocation leaves open what is to be given up only after something else was tried", () => {
    const policy = { priority: [], sourcing: POLICY.sourcing, lots: "fifo" } as const;
    const allocated = (shortageOffers: readonly "reallocate"[]) =>
      allocateBatch(
        [order("SO-1", "08", { shortagePolicy: "cancelRemainder", shortageOffers })],
        anyStock({ onHand: "6" }),
        {
          ...CONTEXT,
          policy,
          today: TODAY,
        },
      ).orders[0]?.lines[0]?.quantities;
    expect(allocated([])).toMatchObject({ allocated: "6", cancelled: "4" });
    expect(allocated(["reallocate"])).toMatchObject({ allocated: "6", open: "4" });
  });

  it("keeps every law of a batch, in whatever order the orders are listed", () => {
    const world = fc.array(arbitraryOrder(), { minLength: 1, maxLength: 5 }).map((orders) =>
      orders.map((one, place): Order => ({
        ...one,
        orderNo: `SO-${place}`,
        header: { ...one.header, customerCode: place % 2 === 0 ? "C-1" : "C-2" },
        lines: one.lines.map((line) => ({ ...line, shortageOffers: line.lineNo % 2 === 0 ? ["reallocate"] : [] })),
      })),
    );
    let decided = 0;
    fc.assert(
      fc.property(world, (orders) => {
        const outcome = decide(orders);
        expect(checkBatchOutcome(orders, outcome)).toEqual([]);
        decided += outcome.decisions.length;
        const reversed = decide([...orders].reverse());
        expect({ ...reversed, orders: [...reversed.orders].reverse() }).toEqual(outcome);
      }),
      { numRuns: 150 },
    );
    expect(decided).toBeGreaterThan(50);
  });

  it("refuses names without a letter for all, and an order that is listed twice", () => {
    const one = order("SO-1", "08", short("cancelRemainder"));
    expect(decide([one], { runId: "", reason: " " }).refused[0]?.issues.map(({ code }) => code)).toEqual([
      "command.not_a_name",
      "command.not_a_name",
    ]);
    expect(() => decide([one, one])).toThrow(RangeError);
  });
});
