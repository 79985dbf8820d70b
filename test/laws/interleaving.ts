import fc, { type Arbitrary } from "fast-check";
import { expect } from "vitest";
import { addDays } from "../../src/core/calendar-day.js";
import { add, fromUnits, subtract, sum, ZERO, type Decimal } from "../../src/core/decimal.js";
import { takeInOrders } from "../../src/cycle/take-in-orders.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { applyEvent } from "../../src/model/apply-event.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { OrderEvent } from "../../src/model/event.js";
import { MOVEMENT_ACCOUNTS, type StockMovement } from "../../src/model/movement.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import type { Order, OrderStatus } from "../../src/model/order.js";
import { stockKey, type StockPosition } from "../../src/model/stock.js";
import {
  anyContext,
  anyOrderDraft,
  arbitrarySource,
  arbitraryStock,
  checkMovementBalance,
  deepFreeze,
  type LawViolation,
} from "../../src/testing/index.js";
import type { Answer, World } from "./answer.js";
import { checkBooks } from "./books.js";
import { brokenLaws, worldAfter } from "./broken-laws.js";
import { EXACT, MASTERS, TODAY } from "./masters.js";
import { isPossible, OPERATIONS } from "./operations.js";
import type { RegisteredOperation } from "./registered-operation.js";
import { count, type Tally } from "./tally.js";

/** What a bookkeeper knows who sees only what comes in and what is lost: the model. */
export interface Ledger {
  /** Received less lost, by item. */
  readonly held: Map<string, Decimal>;
}

/** What stands in the host's tables: the system under test. */
export interface House {
  orders: readonly Order[];
  stock: readonly StockPosition[];
  readonly history: Map<string, OrderEvent[]>;
  /** The same events in the order in which they were written down. */
  readonly log: OrderEvent[];
  /** How long the log was after each step. */
  readonly steps: number[];
  readonly seen: Set<OrderStatus>;
  /** What was tried, over all houses of a test. */
  readonly tally: Tally;
}

export type HouseCommand = fc.Command<Ledger, House>;

/** Orders that were accepted, and goods for some of them. */
export interface Opening {
  readonly drafts: readonly OrderDraft[];
  readonly stock: readonly StockPosition[];
}

/** Four times in five nothing, else one of these. */
function rarely<Part>(...parts: readonly Part[]): Arbitrary<Part | object> {
  return fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constantFrom(...parts) });
}

/**
 * A morning with two to six orders of one to four lines, and stock in warehouses, bins and lots. Some orders go whole or not
 * at all, some lines belong together, want one lot, a certain one, or what the customer left in store.
 */
export function someOpening(): Arbitrary<Opening> {
  const wish = rarely<Partial<OrderDraft["lines"][number]>>(
    { deliveryGroup: "G-1" },
    { deliveryGroup: "G-2" },
    { lotNo: "L-1" },
    { oneLotOnly: true },
    { transactionCategory: "depositDraw" },
    { shortagePolicy: "deferWholeOrder" },
    { shortagePolicy: "mergeIntoNextOrder" },
  );
  const line = fc
    .tuple(fc.constantFrom("TEA", "TEA", "SALT", "RICE", "OIL"), fc.integer({ min: 1, max: 12 }), wish)
    .map(([itemCode, units, wished]) => ({ itemCode, quantity: fromUnits(units * 2, 0), ...wished }));
  // Two customers order often, so that an order has a next one.
  const customer = fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 6, 7);
  const header = rarely<Partial<OrderDraft>>({ shipComplete: true }, { preBooked: true }, { deliveryWaveId: "W-1" });
  const order = fc.tuple(customer, fc.array(line, { minLength: 1, maxLength: 4 }), header);
  return fc
    .tuple(
      fc.array(order, { minLength: 2, maxLength: 6 }),
      arbitraryStock({ maxPositions: 16, maxUnits: 60 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 16, maxLength: 16 }),
    )
    .map(([orders, stock, lives]) => ({
      drafts: orders.map(([customer, lines, wished], place) => ({
        ...anyOrderDraft({ orderNo: `SO-DAY-${place}`, customerCode: `C-${customer}` }),
        ...wished,
        lines,
      })),
      // Nothing is reserved for orders that nobody knows, and most lots are still good.
      stock: stock.map((position, place) => ({
        ...position,
        reserved: ZERO,
        picked: ZERO,
        inTransit: ZERO,
        ...(position.expiresOn === undefined ? {} : { expiresOn: addDays(TODAY, (lives[place] ?? 1) - 5) }),
      })),
    }));
}

/** The house as it opens. */
export function openedHouse({ drafts, stock }: Opening, tally: Tally): { model: Ledger; real: House } {
  const { orders, events } = takeInOrders(drafts, {
    handFor: () => anyContext(),
    masters: MASTERS,
    review: { requiredFields: [], priceTolerancePercent: EXACT, severities: {}, onError: "reject" },
    price: { rounding: "halfUp", givenPrice: "replace" },
    today: TODAY,
  });
  const history = new Map(orders.map(({ orderNo }) => [orderNo, events.filter((event) => event.orderNo === orderNo)]));
  const model: Ledger = { held: new Map() };
  for (const { itemCode, onHand } of stock) book(model, itemCode, onHand);
  return { model, real: { orders, stock, history, log: [...events], steps: [], seen: new Set(), tally } };
}

/** Operations that begin orders; all others need some. */
const BEGINNERS = ["enterOrder", "enterOrders", "takeInOrders", "runCycle"];

/** How often an operation is drawn, where that is not twice: what brings orders on more, what ends them less. */
const WEIGHTS: Readonly<Record<string, number>> = {
  allocateBatch: 3,
  allocateOrder: 5,
  recordPick: 8,
  recordLoad: 3,
  recordShipment: 8,
  recordDelivery: 8,
  postInvoice: 6,
  applyPayment: 4,
  closeOrder: 6,
  confirmOrder: 6,
  holdOrder: 1,
  cancelOrder: 1,
  fulfilOrders: 1,
  settleOrders: 1,
};

const GOING = OPERATIONS.filter(({ name }) => !BEGINNERS.includes(name)).flatMap((operation) =>
  Array.from({ length: WEIGHTS[operation.name] ?? 2 }, () => operation),
);

/** Any operation on any order, with a command that is drawn when the state is known, and goods that come in. */
export function houseCommands(): Arbitrary<HouseCommand>[] {
  const beginning = OPERATIONS.filter(({ name }) => BEGINNERS.includes(name));
  const seed = fc.integer({ min: 0, max: 0x7fffffff });
  return [
    fc.tuple(fc.constantFrom(...beginning), seed).map(([operation, chosen]) => decided(operation, chosen)),
    ...Array.from({ length: 8 }, () =>
      fc.tuple(fc.constantFrom(...GOING), seed).map(([operation, chosen]) => decided(operation, chosen)),
    ),
    ...Array.from({ length: 5 }, () => seed.map((chosen) => decided("furthest", chosen))),
    received(),
  ];
}

/** What brings an order to its end, the last step first. */
const LAST_STEPS = [
  ["closeOrder"],
  ["confirmOrder"],
  ["reviewOrder"],
  ["settleOrders", "postInvoice"],
  ["recordDelivery", "recordDelivery", "recordDeliveryFailure", "recordTransitLoss"],
  ["recordShipment", "recordShipment", "recordLoad"],
  ["recordPick"],
  ["applyPayment"],
];

/** The latest step that can be done with any order now. */
function furthest({ orders }: House, seed: number): RegisteredOperation {
  const steps = LAST_STEPS.flatMap((names) =>
    OPERATIONS.filter((operation) => operation.name === names[seed % names.length]),
  );
  const possible = steps.find(({ writes: [written] }) =>
    orders.some((order) => written !== undefined && written !== "enter" && isPossible(order, written)),
  );
  return possible ?? GOING[0]!;
}

function decided(wanted: RegisteredOperation | "furthest", seed: number): HouseCommand {
  return {
    check: () => true,
    run: (model, real) => {
      const operation = wanted === "furthest" ? furthest(real, seed) : wanted;
      const isBeginner = BEGINNERS.includes(operation.name);
      // A house without orders has nothing to decide on, and one with many is slow to check.
      if (isBeginner ? real.orders.length > 12 : real.orders.length === 0) return;
      const world: World = deepFreeze({ orders: real.orders, stock: real.stock });
      const chosen = isBeginner ? operation : feasible(operation, world, seed);
      const [attempt] = fc.sample(chosen.attemptsOn(world), { numRuns: 1, seed });
      if (attempt === undefined) throw new Error("Nothing was drawn.");
      deepFreeze(attempt.input);
      const answer = attempt.run();
      const broken = [...brokenLaws(chosen, world, answer), ...untoldActions(chosen, answer)];
      if (broken.length > 0) expect(broken).toEqual([]);
      count(real.tally, chosen.name, answer);
      // A refusal and an answer that tells of nothing have changed nothing, as the laws have just seen.
      if (answer.events.length === 0 || !isOfHouse(world, answer)) return;

      real.orders = worldAfter(world, answer.orders);
      real.stock = applyMovements(real.stock, answer.movements);
      for (const event of answer.events)
        real.history.set(event.orderNo, [...(real.history.get(event.orderNo) ?? []), event]);
      real.log.push(...answer.events);
      real.steps.push(real.log.length);
      for (const order of answer.orders) real.seen.add(order.status);
      for (const { kind, itemCode, quantity } of answer.movements) {
        const { from, to } = MOVEMENT_ACCOUNTS[kind];
        if (to === "lost") book(model, itemCode, subtract(ZERO, quantity));
        if (from === "lost") book(model, itemCode, quantity);
      }
      mustBeSame(goodsByItem(real), nonZero(model.held));
      // The books of an order depend on no other; in the evening all are looked at together.
      const stood = new Set(world.orders);
      const touched = answer.orders.filter((order) => !stood.has(order));
      const amiss = checkBooks(touched, real.log.filter(isOfMergedFile));
      if (amiss.length > 0) expect(amiss).toEqual([]);
    },
    toString: () => `${wanted === "furthest" ? wanted : wanted.name}(${seed})`,
  };
}

/** Whether an attempt was made on orders as they are stored: some are made on orders that were fitted to them. */
function isOfHouse({ orders }: World, { before }: Answer): boolean {
  const stored = new Map(orders.map((order) => [order.orderNo, order]));
  return before.every((order) => {
    const own = stored.get(order.orderNo);
    return own === order || JSON.stringify(own) === JSON.stringify(order);
  });
}

/** What an operation did although the list of next actions called it impossible. */
function untoldActions({ name, writes }: RegisteredOperation, { before, events }: Answer): LawViolation[] {
  // A re-confirmation decides anew on what is reserved already: it is a run over many orders, no next action of one.
  if (name === "reconfirmOrders") return [];
  const [order] = before;
  const [operation] = writes;
  if (before.length !== 1 || writes.length !== 1 || order === undefined || events.length === 0) return [];
  const told = nextActions(order).find((action) => action.operation === operation);
  return told === undefined || told.isPossible
    ? []
    : [
        {
          law: "what is told as impossible is refused",
          at: order.orderNo,
          expected: JSON.stringify(told.issues),
          found: "it was done",
        },
      ];
}

/** The operation itself, or, eleven times in twelve when it can be done with no order, one that can. */
function feasible(operation: RegisteredOperation, { orders }: World, seed: number): RegisteredOperation {
  const isFeasible = ({ writes }: Pick<RegisteredOperation, "writes">): boolean =>
    writes.some((written) => written !== "enter" && orders.some((order) => isPossible(order, written)));
  if (isFeasible(operation) || seed % 12 === 0) return operation;
  const others = GOING.filter(isFeasible);
  return others[seed % others.length] ?? operation;
}

function received(): Arbitrary<HouseCommand> {
  return fc
    .tuple(
      fc.constantFrom("TEA", "SALT", "RICE", "OIL"),
      arbitrarySource(),
      fc.integer({ min: 1, max: 3000 }),
      fc.nat({ max: 9 }),
      fc.constantFrom({}, {}, { expiresOn: addDays(TODAY, 10) }, { expiresOn: addDays(TODAY, 60) }),
    )
    .map(([itemCode, source, units, age, life]) => ({
      check: () => true,
      run: (model, real) => {
        const line = { itemCode, ...source, quantity: fromUnits(units, 0), at: anyContext().at };
        const dates = { receivedOn: addDays(TODAY, -age), ...life };
        const movements: StockMovement[] = [
          { kind: "purchase", ...line, ...dates },
          { kind: "advise", ...line },
          { kind: "receive", ...line },
        ];
        const before = real.stock;
        real.stock = applyMovements(before, movements);
        expect(checkMovementBalance(before, real.stock, movements)).toEqual([]);
        book(model, itemCode, line.quantity);
        mustBeSame(goodsByItem(real), nonZero(model.held));
      },
      toString: () => `receive(${units} at ${stockKey(itemCode, source).replaceAll("\n", "/")})`,
    }));
}

function book({ held }: Ledger, itemCode: string, quantity: Decimal): void {
  held.set(itemCode, add(held.get(itemCode) ?? ZERO, quantity));
}

/** The merged order file reads what left, what joined, and what lines grew by. */
function isOfMergedFile({ type, changes }: OrderEvent): boolean {
  return type === "quantity_merged" || type === "lines_joined" || changes.some(({ kind }) => kind === "quantity_added");
}

/** Compares as text, and in full only what differs. */
export function mustBeSame(found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected)) expect(found).toEqual(expected);
}

/** By item: what stands in the house or is on its way, and what customers have kept. */
function goodsByItem({ orders, stock }: House): Record<string, Decimal> {
  const goods = new Map<string, Decimal>();
  for (const { itemCode, onHand, inTransit } of stock)
    goods.set(itemCode, sum([goods.get(itemCode) ?? ZERO, onHand, inTransit]));
  for (const { itemCode, quantities } of orders.flatMap(({ lines }) => lines)) {
    goods.set(itemCode, add(goods.get(itemCode) ?? ZERO, quantities.delivered));
  }
  return nonZero(goods);
}

function nonZero(goods: ReadonlyMap<string, Decimal>): Record<string, Decimal> {
  return Object.fromEntries([...goods].filter(([, quantity]) => quantity !== ZERO).sort());
}

/** Every order, rebuilt from nothing but its events. */
export function rebuilt({ history }: House): Map<string, Order | undefined> {
  return new Map(
    [...history].map(([orderNo, events]) => [orderNo, events.reduce<Order | undefined>(applyEvent, undefined)]),
  );
}
