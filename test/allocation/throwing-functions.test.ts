import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import type { AllocationPolicy, PriorityKey } from "../../src/allocation/allocation-policy.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { cutBatches } from "../../src/allocation/cut-batches.js";
import { decidingKey } from "../../src/allocation/deciding-key.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { orderOfService } from "../../src/allocation/order-of-service.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import type { ReconfirmOrdersPolicy } from "../../src/allocation/reconfirm/reconfirm-orders-policy.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { applySubstitution } from "../../src/allocation/shortage/apply-substitution.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import { proposeSubstitutes } from "../../src/allocation/shortage/propose-substitutes.js";
import type { ReallocationPolicy } from "../../src/allocation/shortage/reallocation-proposal.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { indexMasters } from "../../src/model/masters.js";
import type { Order } from "../../src/model/order.js";
import { anyContext, anyItem, anyOrder, anyStock, deepFreeze, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.2, 9.10: what a function of the host throws is the host's, and nothing is half done by then.

const order = (orderNo: string, line: AnyOrderLine, customerClass = "A"): Order =>
  anyOrder({ orderNo, stage: "confirmed", header: { customerClass, customerCode: `C-${orderNo}` }, lines: [line] });
const waiting = deepFreeze([order("SO-1", { orderedQty: "6" }), order("SO-2", { orderedQty: "6" }, "B")]);
const held = { orderedQty: "6", quantities: { allocated: "6" } };
const short: AnyOrderLine = {
  orderedQty: "6",
  quantities: { open: "6" },
  shortageOffers: ["reallocate", "substitute"],
};
const mixed = deepFreeze([order("SO-1", short), order("SO-2", held, "B"), order("SO-3", held, "C")]);
const stock = deepFreeze(anyStock({ onHand: "9" }, { warehouseId: "SOUTH", onHand: "9" }));
const reserved = deepFreeze(anyStock({ onHand: "12", reserved: "12" }, { itemCode: "CHAI", onHand: "20" }));
const substitutes = [{ itemCode: "CHAI", ratio: rational(1), priority: 1, consentRequired: false }];
const { items } = indexMasters({ items: [anyItem({ substitutes }), anyItem({ itemCode: "CHAI" })] });

const byHost: readonly PriorityKey[] = [{ key: "host", name: "stairs", direction: "ascending" }];
const sourcing = { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] };
const plain = { priority: [], sourcing, lots: "fifo" as const };
const keyed: AllocationPolicy = { ...plain, priority: byHost };
const ranked: AllocationPolicy = {
  ...plain,
  sourcing: { kind: "ranked", warehouseIds: ["NORTH", "SOUTH"], rules: [{ rule: "host", name: "stairs" }] },
};
const asking: ReallocationPolicy = {
  priority: [],
  sourcing,
  promises: "mayBreak",
  harm: { perLine: ZERO, perUnit: ZERO, perUnitAndDay: ZERO, unknownDelayDays: 1 },
  steps: 100,
};
const context = { ...anyContext(), today: TODAY };
const run = { runId: "R-1", reason: "short", price: "keep" as const };
const reconfirming = (allocation: AllocationPolicy): ReconfirmOrdersPolicy => ({
  allocation,
  strategies: [
    { customerClasses: ["A"], strategy: "win" },
    { customerClasses: ["B", "C"], strategy: "redistribute" },
  ],
  otherwise: "skip",
  onException: "bestEffort",
  redistribute: { kind: "inOrder" },
});
const lineOf = { proposalId: "RP-1", orderNo: "SO-1", lineId: "SO-1-1" };

type Ask = () => never;
const places = (ask: Ask) => ({ hostKeys: { stairs: ask }, hostRanks: { stairs: ask } });
const substitute = () => {
  const found = proposeSubstitutes(mixed[0]!, lineOf, {
    items,
    stock: reserved,
    today: TODAY,
    unitPriceOf: () => decimal(2),
  });
  if (!found.ok) throw new RangeError("Nothing is proposed.");
  return { proposal: found.value.proposals[0]!, reason: "short" };
};

const CASES: readonly (readonly [name: string, call: (ask: Ask) => unknown])[] = [
  ["hostKeys, orderOfService", (ask) => orderOfService(waiting, byHost, places(ask))],
  ["hostKeys, decidingKey", (ask) => decidingKey([waiting[0]!, waiting[1]!], byHost, places(ask))],
  ["hostKeys, planAllocation", (ask) => planAllocation(waiting, stock, { ...context, ...places(ask), policy: keyed })],
  ["hostKeys, allocateBatch", (ask) => allocateBatch(waiting, stock, { ...context, ...places(ask), policy: keyed })],
  [
    "hostKeys, allocateOrder",
    (ask) => allocateOrder(waiting[0]!, stock, { ...context, ...places(ask), policy: keyed }),
  ],
  [
    "hostKeys, explainAllocation",
    (ask) => {
      const plan = planAllocation(waiting, stock, { ...context, hostKeys: { stairs: () => 1 }, policy: keyed });
      return explainAllocation(plan, "SO-1-1", { orders: waiting, stock, policy: keyed, ...places(ask) });
    },
  ],
  [
    "hostKeys, reconfirmOrders",
    (ask) => reconfirmOrders(mixed, reserved, { ...context, ...places(ask), policy: reconfirming(keyed) }),
  ],
  [
    "hostKeys, releaseReservations",
    (ask) => {
      const wanted = [{ itemCode: "TEA", quantity: decimal(3) }];
      const own = { ...context, ...places(ask), policy: { priority: byHost } };
      return releaseReservations(mixed, reserved, { reason: "needed", wanted }, own);
    },
  ],
  [
    "hostKeys, proposeReallocation",
    (ask) => {
      const policy = { ...asking, priority: byHost };
      return proposeReallocation(mixed, lineOf, { ...context, ...places(ask), policy, stock: reserved });
    },
  ],
  [
    "hostKeys, decideShortages",
    (ask) => {
      const policy = { ...asking, priority: byHost };
      return decideShortages(mixed, run, { ...context, ...places(ask), policy, stock: reserved });
    },
  ],
  [
    "hostRanks, planAllocation",
    (ask) => planAllocation(waiting, stock, { ...context, ...places(ask), policy: ranked }),
  ],
  ["hostRanks, allocateBatch", (ask) => allocateBatch(waiting, stock, { ...context, ...places(ask), policy: ranked })],
  [
    "hostRanks, allocateOrder",
    (ask) => allocateOrder(waiting[0]!, stock, { ...context, ...places(ask), policy: ranked }),
  ],
  [
    "hostRanks, reconfirmOrders",
    (ask) => reconfirmOrders(mixed, reserved, { ...context, ...places(ask), policy: reconfirming(ranked) }),
  ],
  [
    "onProgress, planAllocation",
    (ask) => planAllocation(waiting, stock, { ...context, onProgress: ask, policy: plain }),
  ],
  ["onProgress, allocateBatch", (ask) => allocateBatch(waiting, stock, { ...context, onProgress: ask, policy: plain })],
  [
    "onProgress, applyAllocationPlan",
    (ask) => {
      const plan = planAllocation(waiting, stock, { ...context, policy: plain });
      return applyAllocationPlan(waiting, plan, { ...context, onProgress: ask });
    },
  ],
  [
    "onProgress, decideShortages",
    (ask) => decideShortages(mixed, run, { ...context, onProgress: ask, policy: asking, stock: reserved }),
  ],
  [
    "onProgress, releaseReservations",
    (ask) => {
      const wanted = [{ itemCode: "TEA", quantity: decimal(3) }];
      const own = { ...context, onProgress: ask, policy: { priority: [] } };
      return releaseReservations(mixed, reserved, { reason: "needed", wanted }, own);
    },
  ],
  [
    "onProgress, reconfirmOrders",
    (ask) => reconfirmOrders(mixed, reserved, { ...context, onProgress: ask, policy: reconfirming(plain) }),
  ],
  [
    "newDateFor, reconfirmOrders",
    (ask) => reconfirmOrders(mixed, reserved, { ...context, newDateFor: ask, policy: reconfirming(plain) }),
  ],
  [
    "unitPriceOf, proposeSubstitutes",
    (ask) => proposeSubstitutes(mixed[0]!, lineOf, { items, stock: reserved, today: TODAY, unitPriceOf: ask }),
  ],
  [
    "unitPriceOf, applySubstitution",
    (ask) => applySubstitution(mixed[0]!, substitute(), { ...context, items, unitPriceOf: ask }),
  ],
  [
    "unitPriceOf, decideShortages",
    (ask) => {
      const offers = mixed.map((one) => ({ ...one, lines: one.lines.map((line) => ({ ...line, shortageOffers: ["substitute" as const] })) })); // prettier-ignore
      return decideShortages(deepFreeze(offers), run, {
        ...context,
        policy: asking,
        stock: reserved,
        items,
        unitPriceOf: ask,
      });
    },
  ],
  [
    "shipDay, selectParticipants",
    (ask) => {
      const classes = { deferred: { include: true }, backfill: { include: true, onlyIfStockNow: true }, futureDue: { include: true, leadDays: 2 } }; // prettier-ignore
      const rest = { allocatedNotShipped: { include: true, reservation: "keep" as const }, holdReleased: { include: true }, new: { include: true } }; // prettier-ignore
      const later = anyOrder({ stage: "confirmed", header: { requestedDeliveryDate: calendarDay("2026-06-01") } });
      return selectParticipants([later], [], { ...classes, ...rest }, { ...context, shipDay: ask });
    },
  ],
  [
    "processingCodes, cutBatches",
    (ask) => cutBatches(waiting, { kind: "processing", host: "stairs" }, { processingCodes: { stairs: ask } }),
  ],
  [
    "routes, cutBatches",
    (ask) => cutBatches(waiting, { kind: "route", by: "host", host: "stairs" }, { routes: { stairs: ask } }),
  ],
];

describe("a function of the host that throws", () => {
  it.each(CASES)("comes out as it was thrown, and leaves nothing behind: %s", (_name, call) => {
    class NoAnswer extends Error {}
    const fault = new NoAnswer("The line to the yard is dead.");
    let asked = 0;
    const throwing = (): never => {
      asked++;
      throw fault;
    };
    // Everything that is handed over is frozen: whoever wrote on it would throw something else.
    let thrown: unknown;
    try {
      call(throwing);
    } catch (cause) {
      thrown = cause;
    }
    expect(thrown).toBe(fault);
    expect(asked).toBe(1);
    // The next call knows nothing of it.
    const answering = (() => undefined) as unknown as Ask;
    expect(call(answering)).toEqual(call(answering));
  });
});
