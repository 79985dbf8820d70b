import fc, { type Arbitrary } from "fast-check";
import { applyReallocation } from "../../src/allocation/shortage/apply-reallocation.js";
import { applyReallocations } from "../../src/allocation/shortage/apply-reallocations.js";
import { decideShortages } from "../../src/allocation/shortage/decide-shortages.js";
import { deferOrder, type DeferOrder } from "../../src/allocation/shortage/defer-order.js";
import { mergeIntoNextOrder, type MergeIntoNextOrder } from "../../src/allocation/shortage/merge-into-next-order.js";
import { proposeReallocation } from "../../src/allocation/shortage/propose-reallocation.js";
import type { ReallocationPolicy } from "../../src/allocation/shortage/reallocation-proposal.js";
import { undoReallocation } from "../../src/allocation/shortage/undo-reallocation.js";
import { addDays } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import type { Consent } from "../../src/model/consent.js";
import type { ShortageOffer } from "../../src/model/customer.js";
import type { Order } from "../../src/model/order.js";
import type { ReallocationProposal } from "../../src/model/reallocation-proposal.js";
import { answerOf, answerOfBatch, type Attempt, type World } from "./answer.js";
import { someContext } from "./commands.js";
import { TODAY } from "./masters.js";
import type { RegisteredOperation } from "./registered-operation.js";
import { ITEMS_WITH_SUBSTITUTES, ownPriceOf, SUBSTITUTION } from "./substitution.js";

/** What is done about shortages, order by order or between orders. */
export const SHORTAGE_OPERATIONS: readonly RegisteredOperation[] = [
  {
    name: "deferOrder",
    writes: ["defer"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) =>
      fc
        .tuple(oneOf(orders, "defer"), someDeferral(), someContext)
        .map(([order, [command, supplies], context]): Attempt => {
          const whole = { ...context, today: TODAY, ...supplies };
          return {
            input: [order, command, whole],
            run: () => answerOf(order.orderNo, [order], deferOrder(order, command, whole)),
          };
        }),
  },
  {
    name: "mergeIntoNextOrder",
    writes: ["merge", "join"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) =>
      fc.tuple(onePair(orders), fc.nat({ max: 9 }), someContext).chain(([[from, other, isReal], luck, context]) => {
        const to = isReal || luck === 0 ? other : following(from, other);
        return someMerge(from).map((command): Attempt => ({
          input: [from, to, command, context],
          run: () => answerOfBatch([...new Set([from, to])], once(mergeIntoNextOrder(from, to, command, context))),
        }));
      }),
  },
  {
    name: "applyReallocation",
    writes: ["reallocate"],
    isAllOrNothing: true,
    attemptsOn: (world) =>
      fc.tuple(someProposal(world), fc.nat({ max: 9 }), someContext).map(([proposal, luck, context]): Attempt => {
        const consents = consentsTo(proposal).slice(luck === 0 ? 1 : 0);
        const orders = world.orders.filter(({ orderNo }) => isNamed(proposal, orderNo));
        return {
          input: [orders, proposal, consents, context],
          run: () => answerOfBatch(orders, applyReallocation(orders, proposal, consents, context)),
        };
      }),
  },
  {
    name: "applyReallocations",
    writes: ["reallocate"],
    // A proposal that is refused leaves its orders to the others.
    isAllOrNothing: false,
    attemptsOn: ({ orders, stock }) =>
      fc
        .tuple(fc.subarray(allProposals({ orders, stock })), fc.nat({ max: 9 }), someContext)
        .map(([any, luck, context]): Attempt => {
          const some = luck === 8 ? any : any.filter(({ transfers }) => transfers.length > 0);
          const proposals = luck < 4 ? some.map((proposal) => namingOthers(proposal, some)) : some;
          const consents = proposals.flatMap(consentsTo).slice(luck === 9 ? 1 : 0);
          const command = { proposals, consents };
          const whole = { ...context, today: TODAY, stock };
          const run = (list: readonly Order[]) => () => answerOfBatch(list, applyReallocations(list, command, whole));
          return { input: [orders, command, whole], run: run(orders), runPermuted: run([...orders].reverse()) };
        }),
  },
  {
    name: "undoReallocation",
    writes: ["reallocate"],
    isAllOrNothing: true,
    attemptsOn: (world) =>
      fc.tuple(someProposal(world), fc.nat({ max: 9 }), someContext).map(([proposal, luck, context]): Attempt => {
        const orders = world.orders.filter(({ orderNo }) => isNamed(proposal, orderNo));
        const applied = applyReallocation(orders, proposal, consentsTo(proposal), context);
        const command = { proposalId: proposal.proposalId, events: luck === 0 ? [] : applied.events };
        return {
          input: [orders, command, context],
          // Done and undone in one attempt, so that the world at the end is the one at the beginning.
          run: () => {
            const undone = undoReallocation(applied.orders, command, context);
            if (undone.refused.length > 0) return answerOfBatch(orders, { ...undone, orders });
            return answerOfBatch(orders, {
              ...undone,
              events: [...applied.events, ...undone.events],
              movements: [...applied.movements, ...undone.movements],
              requests: [...applied.requests, ...undone.requests],
            });
          },
        };
      }),
  },
  SUBSTITUTION,
  {
    name: "decideShortages",
    writes: ["defer", "merge", "join", "cancel", "substitute"],
    // An order that cannot follow its policy may still take over what another one cannot serve.
    isAllOrNothing: false,
    attemptsOn: ({ orders, stock }) =>
      fc.tuple(fc.nat({ max: 9 }), fc.boolean(), someContext).map(([luck, isAsking, context]): Attempt => {
        const offering = orders.map((order, place) => (isAsking ? withOffers(order, OFFERS[place % 3] ?? []) : order));
        const consents = orders.map(({ orderNo, header }) => agreed(header.customerCode, orderNo));
        const command = {
          runId: luck === 0 ? "" : "R-1",
          reason: "short",
          price: luck < 5 ? ("keep" as const) : ("renew" as const),
          ...(luck < 7 ? { consents } : {}),
        };
        const items = luck % 2 === 0 ? { items: ITEMS_WITH_SUBSTITUTES, unitPriceOf: ownPriceOf } : {};
        const whole = { ...context, policy: POLICY, stock, today: TODAY, ...items };
        const run = (list: readonly Order[]) => () => answerOfBatch(list, decideShortages(list, command, whole));
        return { input: [offering, command, whole], run: run(offering), runPermuted: run([...offering].reverse()) };
      }),
  },
];

const OFFERS: readonly (readonly ShortageOffer[])[] = [["substitute"], ["reallocate"], ["substitute", "reallocate"]];

function withOffers(order: Order, shortageOffers: readonly ShortageOffer[]): Order {
  return { ...order, lines: order.lines.map((line) => ({ ...line, shortageOffers })) };
}

function oneOf(orders: readonly Order[], operation: "defer" | "merge" | "join"): Arbitrary<Order> {
  const able = orders.filter((order) => checkTransition(order, operation).length === 0);
  return fc.nat({ max: 9 }).chain((luck) => fc.constantFrom(...(luck > 1 && able.length > 0 ? able : orders)));
}

/** An order and the next one of its customer, four times in five where there are any; else any two orders. */
function onePair(orders: readonly Order[]): Arbitrary<readonly [from: Order, to: Order, isReal: boolean]> {
  const joining = orders.filter((order) => checkTransition(order, "join").length === 0);
  const pairs = orders
    .filter((order) => isPossible(order, "merge"))
    .flatMap((from) => joining.filter((to) => isNext(from, to)).map((to) => [from, to, true] as const));
  const any: Arbitrary<readonly [Order, Order, boolean]> = fc.tuple(
    oneOf(orders, "merge"),
    oneOf(orders, "join"),
    fc.constant(false),
  );
  return fc
    .nat({ max: 4 })
    .chain((luck) =>
      luck > 0 && pairs.length > 0 ? fc.constantFrom<readonly [Order, Order, boolean]>(...pairs) : any,
    );
}

function isNext(from: Order, to: Order): boolean {
  const facts = ({ customerCode, currency, shipToAddress }: Order["header"]): string =>
    JSON.stringify([customerCode, currency, shipToAddress]);
  const isLater = from.header.receivedAt <= to.header.receivedAt;
  return from.orderNo !== to.orderNo && isLater && facts(from.header) === facts(to.header);
}

function isPossible(order: Order, operation: Operation): boolean {
  return nextActions(order).some((action) => action.operation === operation && action.isPossible);
}

function someDeferral(): Arbitrary<readonly [DeferOrder, object]> {
  return fc.tuple(fc.constantFrom("stock" as const, "nextOrder" as const), fc.nat({ max: 9 })).map(([until, luck]) => [
    { reason: luck === 0 ? "" : "short", until, ...(luck === 1 ? { cause: "pick" as const } : {}) },
    luck < 3
      ? {}
      : {
          supplies: ["TEA", "SALT", "RICE", "OIL"].map((itemCode) => ({
            itemCode,
            day: addDays(TODAY, luck),
            quantity: decimal(luck === 4 ? "-1" : "500"),
          })),
        },
  ]);
}

/** The other order, as if the same customer had placed it later for the same address. */
function following({ orderNo, header }: Order, other: Order): Order {
  const { customerCode, shipToAddress, currency, receivedAt } = header;
  const isPair = other.header.currency === currency && other.orderNo !== orderNo;
  const later = other.header.receivedAt < receivedAt ? { receivedAt } : {};
  return isPair ? { ...other, header: { ...other.header, customerCode, shipToAddress, ...later } } : other;
}

/** A merge of an order into itself names it twice; the laws look at each order once. */
function once(outcome: ReturnType<typeof mergeIntoNextOrder>): ReturnType<typeof mergeIntoNextOrder> {
  const orders = [...new Map(outcome.orders.map((order) => [order.orderNo, order])).values()];
  return { ...outcome, orders };
}

function someMerge({ orderNo, header, lines }: Order): Arbitrary<MergeIntoNextOrder> {
  return fc
    .tuple(
      fc.constantFrom("keep" as const, "renew" as const),
      fc.nat({ max: 9 }),
      fc.subarray(lines.map(({ lineId }) => lineId)),
    )
    .map(([price, luck, lineIds]) => ({
      reason: "short",
      price,
      ...(luck === 0 ? {} : { consent: agreed(luck === 1 ? "C-99" : header.customerCode, orderNo) }),
      ...(luck < 7
        ? {}
        : { lines: lineIds.map((lineId) => ({ lineId, ...(luck === 9 ? { quantity: decimal("1") } : {}) })) }),
    }));
}

function agreed(customerCode: string, subject: string): Consent {
  const agreedAt = instant("2026-06-01T08:00:00.000Z");
  return { customerCode, subject, agreedBy: "Ms Wu", agreedAt, reference: `MAIL-${customerCode}` };
}

function consentsTo({ proposalId, transfers }: ReallocationProposal): Consent[] {
  return [...new Set(transfers.map(({ customerCode }) => customerCode))].map((code) => agreed(code, proposalId));
}

function isNamed({ winner, transfers }: ReallocationProposal, orderNo: string): boolean {
  return winner.orderNo === orderNo || transfers.some(({ victim }) => victim.orderNo === orderNo);
}

const POLICY: ReallocationPolicy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH", "EAST"] },
  promises: "mayBreak",
  harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0.5"), unknownDelayDays: 7 },
  steps: 10_000,
};

/** Proposals for any line of a world that is short and has donors; one that cannot be carried out where there is none. */
function someProposal(world: World): Arbitrary<ReallocationProposal> {
  const proposals = allProposals(world);
  const real = proposals.filter(({ transfers }) => transfers.length > 0);
  return fc.nat({ max: 9 }).chain((luck) => fc.constantFrom(...(luck > 0 && real.length > 0 ? real : proposals)));
}

/** Proposals of one item are carried out together. */
function namingOthers(proposal: ReallocationProposal, all: readonly ReallocationProposal[]): ReallocationProposal {
  const together = all
    .filter(({ proposalId, itemCode }) => proposalId !== proposal.proposalId && itemCode === proposal.itemCode)
    .map(({ proposalId }) => proposalId);
  return together.length === 0 ? proposal : { ...proposal, together };
}

function allProposals({ orders, stock }: World): ReallocationProposal[] {
  const ahead = { ...POLICY, priority: [{ key: "host", name: "first", direction: "ascending" }] } as const;
  return orders.flatMap((order) =>
    order.lines.flatMap(({ lineId, itemCode }) => {
      const command = { proposalId: `RP-${lineId}`, orderNo: order.orderNo, lineId };
      const hostKeys = { first: (other: Order): number => (other === order ? 0 : 1) };
      const found = proposeReallocation(orders, command, { policy: ahead, stock, today: TODAY, hostKeys });
      return found.ok ? [found.value] : [impossible(command, itemCode)];
    }),
  );
}

function impossible(
  { proposalId, orderNo, lineId }: { readonly proposalId: string; readonly orderNo: string; readonly lineId: string },
  itemCode: string,
): ReallocationProposal {
  return {
    proposalId,
    state: "pending",
    winner: { orderNo, lineId },
    itemCode,
    quantity: decimal("1"),
    stillShort: decimal("0"),
    transfers: [],
    harm: decimal("0"),
    optimal: true,
    notAsked: [],
  };
}
