import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import type { AllocationPolicy, PriorityKey } from "../../src/allocation/allocation-policy.js";
import { decidingKey } from "../../src/allocation/deciding-key.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import type { ServiceFacts } from "../../src/allocation/order-of-service.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import type { ReallocationPolicy } from "../../src/allocation/shortage/reallocation-proposal.js";
import { decimal } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyOrder, anyStock, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

const CONTEXT = anyContext();
const SOURCING = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };

/** What is short has been so since the order came in. */
const orderOf = (orderNo: string, customerClass: string, receivedAt: string, line: AnyOrderLine): Order =>
  anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerClass, customerCode: `C-${orderNo}`, receivedAt },
    lines: [{ ...line, shortages: (line.shortages ?? []).map((shortage) => ({ ...shortage, since: receivedAt })) }],
  });
/** SO-1 has the better class; SO-2 has waited for a month. */
const better = (line: AnyOrderLine): Order => orderOf("SO-1", "A", "2026-03-01T08:00:00.000Z", line);
const older = (line: AnyOrderLine): Order => orderOf("SO-2", "B", "2026-02-01T08:00:00.000Z", line);
const shortOf = (bucket: "backfill" | "deferred", mode: "onArrival" | "wholeOrder"): AnyOrderLine => ({
  orderedQty: "10",
  quantities: { [bucket]: "10" },
  shortages: [{ bucket, cause: "allocation", quantity: "10", since: CONTEXT.at, mode, reason: "short" }],
});

type Facts = Pick<ServiceFacts, "timesDisplaced" | "hostKeys">;
/** Who comes first in a place where the order of service counts. */
type Place = (priority: readonly PriorityKey[], facts: Facts) => string | undefined;

/** Both ask for the same, there is enough for one. */
const served =
  (line: AnyOrderLine, policy: Partial<AllocationPolicy> = {}): Place =>
  (priority, facts) => {
    const orders = [better(line), older(line)];
    const whole = { priority, sourcing: SOURCING, lots: "fifo" as const, ...policy };
    const onHand = policy.sharing === undefined ? "10" : "11";
    const { reasons } = allocateBatch(orders, anyStock({ onHand }), {
      ...CONTEXT,
      ...facts,
      policy: whole,
      today: TODAY,
    });
    return reasons.reduce((most, one) => (Number(one.allocated) > Number(most.allocated) ? one : most)).orderNo;
  };

const harm = { perLine: decimal("1"), perUnit: decimal("1"), perUnitAndDay: decimal("0"), unknownDelayDays: 1 };
const asking = (priority: readonly PriorityKey[]): ReallocationPolicy => ({
  priority,
  sourcing: SOURCING,
  promises: "mayBreak",
  harm,
  steps: 100,
});
const donor = older({ quantities: { allocated: "10" } });
const held = anyStock({ onHand: "10", reserved: "10" });

const PLACES: Readonly<Record<string, Place>> = {
  "an allocation": served({ orderedQty: "10" }),
  "back-fill when goods arrive": served(shortOf("backfill", "onArrival")),
  "orders that wait as a whole": served(shortOf("deferred", "wholeOrder")),
  "the odd step of a share": served({ orderedQty: "10" }, { sharing: [{ rule: "equalAwards" }] }),
  "a plan": (priority, facts) => {
    const orders = [better({ orderedQty: "10" }), older({ orderedQty: "10" })];
    const policy = { priority, sourcing: SOURCING, lots: "fifo" as const };
    return planAllocation(orders, anyStock({ onHand: "10" }), { ...CONTEXT, ...facts, policy, today: TODAY }).orders[0]
      ?.orderNo;
  },
  "an explanation": (priority, facts) => {
    const orders = [better({ orderedQty: "10" }), older({ orderedQty: "10" })];
    const stock = anyStock({ onHand: "10" });
    const policy = { priority, sourcing: SOURCING, lots: "fifo" as const };
    const plan = planAllocation(orders, stock, { ...CONTEXT, ...facts, policy, today: TODAY });
    const last = plan.orders[1]!.lines[0]!.lineId;
    const [before] = explainAllocation(plan, last, { orders, stock, policy, ...facts })!.servedBefore;
    expect(before?.decidedBy?.key).toEqual(priority[0]);
    return before?.decidedBy?.first;
  },
  "the key that decides": (priority, facts) =>
    decidingKey([better({}), older({})], priority, { ...facts, at: CONTEXT.at }).first,
  "a re-confirmation": (priority, facts) => {
    const orders = [better({ orderedQty: "10" }), older({ orderedQty: "10" })];
    const outcome = reconfirmOrders(orders, anyStock({ onHand: "10" }), {
      ...CONTEXT,
      ...facts,
      today: TODAY,
      policy: {
        allocation: { priority, sourcing: SOURCING, lots: "fifo" },
        strategies: [],
        otherwise: "redistribute",
        onException: "bestEffort",
        redistribute: { kind: "inOrder" },
      },
    });
    return outcome.orders.find(({ lines }) => lines[0]!.quantities.allocated === "10")?.orderNo;
  },
  "who may be asked to give goods up": (priority, facts) => {
    const command = { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1" };
    const context = { ...CONTEXT, ...facts, policy: asking(priority), stock: held, today: TODAY };
    return proposeReallocation([better({ orderedQty: "10" }), donor], command, context).ok ? "SO-1" : "SO-2";
  },
  "who gives goods back": (priority, facts) => {
    const line = { orderedQty: "10", quantities: { allocated: "10" } };
    const command = { reason: "shop_window", wanted: [{ itemCode: "TEA", quantity: decimal("10") }] };
    const context = { ...CONTEXT, ...facts, policy: { priority }, today: TODAY };
    const stock = anyStock({ onHand: "20", reserved: "20" });
    const { orders } = releaseReservations([better(line), older(line)], stock, command, context);
    return orders.find(({ lines }) => lines[0]!.quantities.allocated === "10")?.orderNo;
  },
  "what becomes of a shortage": (priority, facts) => {
    const short = better({ orderedQty: "10", shortageOffers: ["reallocate"], shortagePolicy: "leaveOpen" });
    const context = { ...CONTEXT, ...facts, policy: asking(priority), stock: held, today: TODAY };
    const command = { runId: "R-1", reason: "short", price: "keep" as const };
    return decideShortages([short, donor], command, context).reallocations.length === 1 ? "SO-1" : "SO-2";
  },
};

const BY_CLASS: PriorityKey = { key: "customerClass", direction: "ascending" };

/** By receipt SO-2 would be first, by class SO-1: each chain says otherwise than what comes after its first key. */
const CHAINS: readonly (readonly [by: string, keys: readonly PriorityKey[], facts: Facts, first: string])[] = [
  ["class", [BY_CLASS], {}, "SO-1"],
  ["days of waiting", [{ key: "aged", afterDays: 20 }, BY_CLASS], {}, "SO-2"],
  [
    "how often they were set back",
    [{ key: "aged", afterDisplacements: 2 }],
    { timesDisplaced: new Map([["SO-1", 2]]) },
    "SO-1",
  ],
  [
    "a function of the host",
    [{ key: "host", name: "stairs", direction: "ascending" }, BY_CLASS],
    { hostKeys: { stairs: ({ orderNo }) => (orderNo === "SO-1" ? 4 : 0) } },
    "SO-2",
  ],
];

// Mission 9.2, 9.10, 9.11, 9.15, 9.18, 8.7; definition B4: one order of service, and not one for each operation.
describe.each(Object.entries(PLACES))("the order of service decides %s", (_place, firstIn) => {
  it.each(CHAINS)("by %s", (_by, keys, facts, first) => {
    expect(firstIn(keys, facts)).toBe(first);
  });
});
