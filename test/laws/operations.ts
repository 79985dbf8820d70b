import fc, { type Arbitrary } from "fast-check";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { applyAllocationPlan } from "../../src/allocation/apply-allocation-plan.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { applyPayment } from "../../src/billing/apply-payment.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { addDays, calendarDay } from "../../src/core/calendar-day.js";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { recordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { fulfilOrders } from "../../src/cycle/fulfil-orders.js";
import { runCycle } from "../../src/cycle/run-cycle.js";
import { settleOrders } from "../../src/cycle/settle-orders.js";
import { takeInOrders } from "../../src/cycle/take-in-orders.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { confirmOrder } from "../../src/intake/confirm-order.js";
import { correctOrder } from "../../src/intake/correct-order.js";
import { enterOrder } from "../../src/intake/enter-order.js";
import { enterOrders } from "../../src/intake/enter-orders.js";
import { reviewOrder } from "../../src/intake/review-order.js";
import { applyHoldRules } from "../../src/lifecycle/apply-hold-rules.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { releaseHold } from "../../src/lifecycle/release-hold.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { checkTransition, TRANSITIONS } from "../../src/lifecycle/transitions.js";
import { freeStockByItem } from "../../src/allocation/usable-stock.js";
import type { DecisionContext } from "../../src/model/actor.js";
import type { Order } from "../../src/model/order.js";
import type { Outcome } from "../../src/model/outcome.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { priceOrders } from "../../src/pricing/price-orders.js";
import { revisePromotions } from "../../src/pricing/promotions/revise-promotions.js";
import { anyContext } from "../../src/testing/index.js";
import { answerOf, answerOfBatch, type Attempt, type World } from "./answer.js";
import {
  correctionOf,
  someAllocationPolicy,
  someCancellation,
  someContext,
  someCounts,
  someDelivery,
  someDraft,
  someHold,
  someInvoice,
  somePayment,
  somePricePolicy,
  someReconfirmPolicy,
  someReviewPolicy,
  someShipment,
} from "./commands.js";
import { someHoldRules } from "./hold-rules.js";
import { someAddOn, someAmendment, someDeliveryFailure, someTransitLoss, someWrongItem } from "./exception-commands.js";
import { MASTERS, TODAY } from "./masters.js";
import type { RegisteredOperation } from "./registered-operation.js";
import { RELEASE_OPERATIONS } from "./release-operations.js";
import { SHORTAGE_OPERATIONS } from "./shortage-operations.js";
import { promotionsRounded } from "./promotions.js";

/** Every operation of the package: a new one is added here, and all laws are held against it. */
export const OPERATIONS: readonly RegisteredOperation[] = [
  onDraft("enterOrder"),
  onOne("correctOrder", "correct", (order) =>
    fc
      .tuple(correctionOf(order), fc.constantFrom("keep" as const, "renew" as const))
      .map(([draft, receiptTime]) => [
        { draft, receiptTime },
        (now, context) => correctOrder(now, { draft }, { ...context, masters: MASTERS, receiptTime }),
      ]),
  ),
  onOne("reviewOrder", "review", (_order, { stock }) =>
    fc.tuple(someReviewPolicy, fc.boolean()).map(([policy, isHinted]) => {
      const freeStock = isHinted ? { freeStock: freeStockByItem(stock, TODAY) } : {};
      return [policy, (now, context) => reviewOrder(now, { ...context, masters: MASTERS, policy, ...freeStock })];
    }),
  ),
  onOne("priceOrder", "price", () =>
    fc.tuple(somePricePolicy, fc.nat({ max: 3 }), fc.constantFrom("pinned", "now")).map(([policy, luck, asOf]) => {
      const promotions = luck === 0 ? {} : { promotions: { compiled: promotionsRounded(policy.rounding), asOf } };
      return [
        { policy, luck, asOf },
        (now, context) => priceOrder(now, { ...context, masters: MASTERS, policy, ...promotions }),
      ];
    }),
  ),
  onOne("revisePromotions", "revise", () =>
    fc
      .tuple(fc.constantFrom("cancel", "short", "return", "amend"), fc.subarray(["SALT", "RICE"]))
      .map(([cause, unavailable]) => {
        const promotions = { compiled: promotionsRounded("halfUp"), unavailableItems: new Set(unavailable) };
        return [
          { cause, unavailable },
          (now, context) =>
            revisePromotions(
              now,
              { cause },
              { ...context, masters: MASTERS, policy: { rounding: "halfUp" }, promotions },
            ),
        ];
      }),
  ),
  onOne("confirmOrder", "confirm", () => fc.constant([null, confirmOrder])),
  onOne("holdOrder", "hold", (order) =>
    someHold(order).map((command) => [command, (now, context) => holdOrder(now, command, context)]),
  ),
  onOne("applyHoldRules", "hold", (order) =>
    someHoldRules(order).map((command) => [command, (now, context) => applyHoldRules(now, command, context)]),
  ),
  onOne("releaseHold", "releaseHold", (order) =>
    fc
      .tuple(
        fc.constantFrom(...order.holds.map(({ holdId }) => holdId), "NONE"),
        fc.constantFrom("resolved" as const, "rejected" as const),
      )
      .map(([holdId, state]) => [{ holdId, state }, (now, context) => releaseHold(now, { holdId, state }, context)]),
  ),
  onOne("allocateOrder", "allocate", (_order, { stock }) =>
    someAllocationPolicy.map((policy) => [
      { policy, stock },
      (now, context) => allocateOrder(now, stock, { ...context, policy, today: TODAY }),
    ]),
  ),
  onOne("recordPick", "pick", (order) =>
    someCounts(order, "allocated").map((counts) => [counts, (now, context) => recordPick(now, { counts }, context)]),
  ),
  onOne("recordLoad", "load", (order) =>
    someCounts(order, "picked").map((counts) => [
      counts,
      (now, context) => recordLoad(now, { counts, vehicleId: "V-7" }, context),
    ]),
  ),
  onOne("recordShipment", "ship", (order) =>
    someShipment(order).map((command) => [command, (now, context) => recordShipment(now, command, context)]),
  ),
  onOne("recordDelivery", "deliver", (order, { stock }) =>
    someDelivery(order).map((command) => [
      command,
      (now, context) => recordDelivery(now, command, { ...context, stock }),
    ]),
  ),
  onOne("postInvoice", "invoice", (order) =>
    someInvoice(order).map((command) => [command, (now, context) => postInvoice(now, command, context)]),
  ),
  onOne("applyPayment", "pay", (order) =>
    somePayment(order).map((command) => [command, (now, context) => applyPayment(now, command, context)]),
  ),
  onOne("cancelOrder", "cancel", (order) =>
    someCancellation(order).map(([command, policy]) => [
      [command, policy],
      (now, context) => cancelOrder(now, command, { ...context, ...policy }),
    ]),
  ),
  onOne("amendOrder", "amend", (order) =>
    fc
      .tuple(someAmendment(order), fc.constantFrom({}, { consentFrom: "picked" as const }))
      .map(([command, policy]) => [
        [command, policy],
        (now, context) => amendOrder(now, command, { ...context, ...ADDING, ...policy }),
      ]),
  ),
  onOne("addToOrder", "addOn", (order) =>
    someAddOn(order).map((command) => [command, (now, context) => addToOrder(now, command, { ...context, ...ADDING })]),
  ),
  onOne("recordDeliveryFailure", "failDelivery", (order) =>
    someDeliveryFailure(order).map((command) => [
      command,
      (now, context) => recordDeliveryFailure(now, command, { ...context, maxAttempts: 3, today: TODAY }),
    ]),
  ),
  onOne("recordTransitLoss", "loseInTransit", (order) =>
    someTransitLoss(order).map((command) => [command, (now, context) => recordTransitLoss(now, command, context)]),
  ),
  onOne("recordWrongItem", "findWrongItem", (order, { stock }) =>
    someWrongItem(order, stock).map((command) => [
      command,
      (now, context) =>
        recordWrongItem(now, command, { ...context, stock, masters: MASTERS, pricing: { rounding: "halfUp" } }),
    ]),
  ),
  onOne("closeOrder", "close", () => fc.constant([null, closeOrder])),
  {
    name: "enterOrders",
    writes: ["enter"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) =>
      drafts((list, context) => {
        const whole = { ...context, masters: MASTERS, takenOrderNos: numbersOf(orders) };
        return { input: [list, context], run: () => answerOfBatch([], enterOrders(list, whole)) };
      }),
  },
  {
    name: "priceOrders",
    writes: ["price"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) =>
      fc.tuple(fc.subarray([...orders]), somePricePolicy, someContext).chain(([some, policy, context]) =>
        fc.shuffledSubarray(some, { minLength: some.length }).map((others): Attempt => {
          const promotions = { compiled: promotionsRounded(policy.rounding), earlierOrders: new Map([["C-1", 0]]) };
          const whole = { ...context, masters: MASTERS, policy, promotions };
          return {
            input: [some, policy],
            run: () => answerOfBatch(some, priceOrders(some, whole)),
            runPermuted: () => answerOfBatch(others, priceOrders(others, whole)),
          };
        }),
      ),
  },
  {
    name: "allocateBatch",
    writes: ["allocate"],
    isAllOrNothing: true,
    attemptsOn: ({ orders, stock }) =>
      fc.tuple(fc.subarray([...orders]), someAllocationPolicy, someContext).chain(([some, policy, context]) =>
        fc
          .tuple(
            fc.shuffledSubarray(some, { minLength: some.length }),
            fc.shuffledSubarray([...stock], { minLength: stock.length }),
          )
          .map(([otherOrders, otherStock]): Attempt => {
            const whole = { ...context, policy, today: TODAY };
            return {
              input: [some, stock, whole],
              run: () => answerOfBatch(some, allocateBatch(some, stock, whole)),
              runPermuted: () => answerOfBatch(otherOrders, allocateBatch(otherOrders, otherStock, whole)),
            };
          }),
      ),
  },
  ...SHORTAGE_OPERATIONS,
  ...RELEASE_OPERATIONS,
  {
    name: "applyAllocationPlan",
    writes: ["allocate"],
    isAllOrNothing: true,
    attemptsOn: ({ orders, stock }) =>
      fc
        .tuple(fc.subarray([...orders]), someAllocationPolicy, someContext, fc.nat({ max: 4 }))
        .chain(([some, policy, context, luck]) => {
          const planned = planAllocation(some, stock, { ...context, policy, today: TODAY });
          // Now and then the plan is older than the orders, or leaves some of them out.
          const orderPlans =
            luck === 0 ? planned.orders.map((each) => ({ ...each, version: each.version - 1 })) : planned.orders;
          return fc
            .tuple(fc.shuffledSubarray(some, { minLength: some.length }), fc.subarray([...orderPlans]), fc.boolean())
            .map(([others, part, isChecked]): Attempt => {
              const plan = { ...planned, orders: part };
              const whole = isChecked ? { ...context, stock } : context;
              return {
                input: [some, plan, whole],
                run: () => answerOfBatch(some, applyAllocationPlan(some, plan, whole)),
                runPermuted: () => answerOfBatch(others, applyAllocationPlan(others, plan, whole)),
              };
            });
        }),
  },
  {
    name: "reconfirmOrders",
    writes: ["allocate"],
    isAllOrNothing: true,
    attemptsOn: ({ orders, stock }) =>
      fc.tuple(fc.subarray([...orders]), someReconfirmPolicy, someContext).chain(([some, policy, context]) =>
        fc
          .tuple(
            fc.shuffledSubarray(some, { minLength: some.length }),
            fc.shuffledSubarray([...stock], { minLength: stock.length }),
          )
          .map(([otherOrders, otherStock]): Attempt => {
            const whole = { ...context, policy, today: TODAY };
            return {
              input: [some, stock, whole],
              run: () => answerOfBatch(some, reconfirmOrders(some, stock, whole)),
              runPermuted: () => answerOfBatch(otherOrders, reconfirmOrders(otherOrders, otherStock, whole)),
            };
          }),
      ),
  },
  {
    name: "takeInOrders",
    writes: ["enter", "review", "price", "confirm"],
    isAllOrNothing: false,
    attemptsOn: ({ orders, stock }) =>
      fc.tuple(someReviewPolicy, somePricePolicy, fc.boolean()).chain(([review, price, isHinted]) =>
        drafts((list) => {
          const hint = isHinted ? { stock, promotions: { compiled: promotionsRounded(price.rounding) } } : {};
          const whole = {
            ...HANDS,
            masters: MASTERS,
            review,
            price,
            today: TODAY,
            takenOrderNos: numbersOf(orders),
            ...hint,
          };
          return { input: [list, review, price, hint], run: () => answerOfBatch([], takeInOrders(list, whole)) };
        }),
      ),
  },
  onMany("fulfilOrders", ["pick", "load", "ship", "deliver"], (orders) =>
    fulfilOrders(orders, { ...HANDS, shipmentNoFor: ({ orderNo }) => `SH-${orderNo}` }),
  ),
  onMany("settleOrders", ["invoice", "pay", "close"], (orders, terms) =>
    settleOrders(orders, { ...HANDS, ...BILLING, ...(terms === "usual" ? {} : { invoiceFor: dueBeforeIssue }) }),
  ),
  {
    name: "runCycle",
    writes: [
      "enter",
      "review",
      "price",
      "confirm",
      "allocate",
      "pick",
      "load",
      "ship",
      "deliver",
      "invoice",
      "pay",
      "close",
    ],
    isAllOrNothing: false,
    attemptsOn: ({ orders, stock }) =>
      fc.tuple(someReviewPolicy, somePricePolicy, someAllocationPolicy).chain(([review, price, allocation]) =>
        drafts((list) => {
          const whole = {
            ...HANDS,
            ...BILLING,
            masters: MASTERS,
            review,
            price,
            allocation,
            allocationHand: HANDS.handFor("allocate", "batch"),
            today: TODAY,
            takenOrderNos: numbersOf(orders),
            shipmentNoFor: ({ orderNo }: Order) => `SH-${orderNo}`,
          };
          return {
            input: [list, stock, review, price, allocation],
            run: () => answerOfBatch([], runCycle(list, stock, whole)),
          };
        }),
      ),
  },
];

type Decide = (order: Order, context: DecisionContext) => Result<Outcome, Issue>;

/** Whether the table lets an operation be done with an order now, as far as the order alone can tell. */
export function isPossible(order: Order, operation: Operation): boolean {
  const row = TRANSITIONS.find((candidate) => candidate.operation === operation);
  return row !== undefined && row.isReady(order) && checkTransition(order, operation).length === 0;
}

/** A decision on one order: mostly on one that it can be done with now. */
function onOne(
  name: string,
  operation: Operation,
  commandsFor: (order: Order, world: World) => Arbitrary<readonly [command: unknown, decide: Decide]>,
): RegisteredOperation {
  return {
    name,
    writes: [operation],
    isAllOrNothing: true,
    attemptsOn: (world) =>
      fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 999 }), someContext).chain(([luck, choice, context]) => {
        const able = world.orders.filter((order) => isPossible(order, operation));
        const candidates = luck > 1 && able.length > 0 ? able : world.orders;
        const order = candidates[choice % candidates.length];
        if (order === undefined) throw new RangeError("A world without orders cannot be tried.");
        return commandsFor(order, world).map(([command, decide]): Attempt => ({
          input: [order, command, context],
          run: () => answerOf(order.orderNo, [order], decide(order, context)),
        }));
      }),
  };
}

function onDraft(name: string): RegisteredOperation {
  return {
    name,
    writes: ["enter"],
    isAllOrNothing: true,
    attemptsOn: ({ orders }) =>
      fc.tuple(someDraft, someContext).map(([draft, context]): Attempt => {
        const whole = { ...context, masters: MASTERS, takenOrderNos: numbersOf(orders) };
        return { input: [draft, context], run: () => answerOf(draft.orderNo, [], enterOrder(draft, whole)) };
      }),
  };
}

/** A run over orders of which each goes its own way, now and then on terms that nobody can meet. */
function onMany(
  name: string,
  writes: readonly Operation[],
  decide: (orders: readonly Order[], terms: "usual" | "impossible") => ReturnType<typeof fulfilOrders>,
): RegisteredOperation {
  return {
    name,
    writes,
    isAllOrNothing: false,
    attemptsOn: ({ orders }) =>
      fc
        .tuple(fc.subarray([...orders]), fc.constantFrom("usual" as const, "usual" as const, "impossible" as const))
        .chain(([some, terms]) =>
          fc.shuffledSubarray(some, { minLength: some.length }).map((others): Attempt => ({
            input: some,
            run: () => answerOfBatch(some, decide(some, terms)),
            runPermuted: () => answerOfBatch(others, decide(others, terms)),
          })),
        ),
  };
}

/** Lists of drafts in which a number may come twice; where none does, their order changes nothing. */
function drafts(
  attempt: (list: readonly Parameters<typeof enterOrder>[0][], context: DecisionContext) => Attempt,
): Arbitrary<Attempt> {
  return fc
    .tuple(fc.array(someDraft, { maxLength: 4 }), fc.boolean(), someContext)
    .chain(([some, isRepeated, context]) => {
      const list = isRepeated && some[0] !== undefined ? [...some, some[0]] : some;
      return fc.shuffledSubarray(list, { minLength: list.length }).map((others): Attempt => {
        const isUnique = new Set(list.map(({ orderNo }) => orderNo)).size === list.length;
        const { input, run } = attempt(list, context);
        return isUnique ? { input, run, runPermuted: attempt(others, context).run } : { input, run };
      });
    });
}

function numbersOf(orders: readonly Order[]): ReadonlySet<string> {
  return new Set(orders.map(({ orderNo }) => orderNo));
}

const HANDS = {
  handFor: (operation: string, orderNo: string): DecisionContext =>
    anyContext({ at: "2026-06-01T09:00:00.000Z", actor: { function: operation, person: orderNo } }),
};

function dueBeforeIssue(order: Order): ReturnType<typeof BILLING.invoiceFor> {
  const { issuedOn, ...rest } = BILLING.invoiceFor(order);
  return { ...rest, issuedOn, dueOn: addDays(issuedOn, -1) };
}

const ADDING = { masters: MASTERS, addOn: { pickMinutes: 45 }, pricing: { rounding: "halfUp" as const } };

const BILLING = {
  invoiceFor: ({ orderNo, version }: Order) => ({
    invoiceNo: `INV-${orderNo}-${version}`,
    issuedOn: calendarDay("2026-06-01"),
    dueOn: addDays(calendarDay("2026-06-01"), 30),
  }),
  rounding: "halfUp" as const,
  paymentIdFor: ({ orderNo, version }: Order) => `P-${orderNo}-${version}`,
};
