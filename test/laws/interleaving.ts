import fc, { type Arbitrary } from "fast-check";
import { expect } from "vitest";
import { addDays } from "../../src/core/calendar-day.js";
import { add, decimal, fromUnits, subtract, sum, ZERO, type Decimal } from "../../src/core/decimal.js";
import { takeInOrders } from "../../src/cycle/take-in-orders.js";
import { checkTransition } from "../../src/lifecycle/transitions.js";
import { applyEvent } from "../../src/model/apply-event.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { Order, OrderStatus } from "../../src/model/order.js";
import { stockKey, type StockPosition } from "../../src/model/stock.js";
import {
  anyContext,
  anyOrderDraft,
  anyStock,
  arbitrarySource,
  checkMovementBalance,
  deepFreeze,
} from "../../src/testing/index.js";
import type { World } from "./answer.js";
import { brokenLaws, worldAfter } from "./broken-laws.js";
import { EXACT, MASTERS, TODAY } from "./masters.js";
import { OPERATIONS } from "./operations.js";
import type { RegisteredOperation } from "./registered-operation.js";

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
  readonly seen: Set<OrderStatus>;
}

export type HouseCommand = fc.Command<Ledger, House>;

/** A house that opens in the morning with three accepted orders and goods for most of them. */
export function openedHouse(): { model: Ledger; real: House } {
  const lines = [
    { itemCode: "TEA", quantity: decimal("10") },
    { itemCode: "OIL", quantity: decimal("5") },
  ];
  const drafts = ["C-1", "C-2", "C-3"].map((customerCode, place) => ({
    ...anyOrderDraft({ orderNo: `SO-DAY-${place}`, customerCode }),
    lines,
  }));
  const { orders, events } = takeInOrders(drafts, {
    handFor: () => anyContext(),
    masters: MASTERS,
    review: { requiredFields: [], priceTolerancePercent: EXACT, severities: {}, onError: "reject" },
    price: { rounding: "halfUp", givenPrice: "replace" },
    today: TODAY,
  });
  const history = new Map(orders.map(({ orderNo }) => [orderNo, events.filter((event) => event.orderNo === orderNo)]));
  const stock = anyStock({ onHand: "25" }, { itemCode: "OIL", warehouseId: "SOUTH", lotNo: "L-1", onHand: "12" });
  const held = new Map(stock.map(({ itemCode, onHand }) => [itemCode, onHand]));
  return { model: { held }, real: { orders, stock, history, seen: new Set() } };
}

/** Operations that begin orders, and those that need some. */
const BEGINNERS = ["enterOrder", "enterOrders", "takeInOrders", "runCycle"];

/** Any operation on any order, with a command that is drawn when the state is known, and goods that come in. */
export function houseCommands(): Arbitrary<HouseCommand>[] {
  const beginning = OPERATIONS.filter(({ name }) => BEGINNERS.includes(name));
  const going = OPERATIONS.filter(({ name }) => !BEGINNERS.includes(name));
  const seed = fc.integer({ min: 0, max: 0x7fffffff });
  return [
    fc.tuple(fc.constantFrom(...beginning), seed).map(([operation, chosen]) => decided(operation, chosen)),
    ...Array.from({ length: 6 }, () =>
      fc.tuple(fc.constantFrom(...going), seed).map(([operation, chosen]) => decided(operation, chosen)),
    ),
    received(),
    received(),
  ];
}

function decided(operation: RegisteredOperation, seed: number): HouseCommand {
  const isBeginner = BEGINNERS.includes(operation.name);
  return {
    check: () => true,
    run: (model, real) => {
      // A house without orders has nothing to decide on, and one with many is slow to check.
      if (isBeginner ? real.orders.length > 12 : real.orders.length === 0) return;
      const world: World = deepFreeze({ orders: real.orders, stock: real.stock });
      const chosen = isBeginner ? operation : feasible(operation, world, seed);
      const [attempt] = fc.sample(chosen.attemptsOn(world), { numRuns: 1, seed });
      if (attempt === undefined) throw new Error("Nothing was drawn.");
      deepFreeze(attempt.input);
      const answer = attempt.run();
      expect(brokenLaws(chosen, world, answer)).toEqual([]);

      real.orders = worldAfter(world, answer.orders);
      real.stock = applyMovements(real.stock, answer.movements);
      for (const event of answer.events)
        real.history.set(event.orderNo, [...(real.history.get(event.orderNo) ?? []), event]);
      for (const order of answer.orders) real.seen.add(order.status);
      for (const movement of answer.movements) {
        if (movement.kind === "lose" || movement.kind === "write_off")
          book(model, movement.itemCode, subtract(ZERO, movement.quantity));
      }
      expect(goodsByItem(real)).toEqual(nonZero(model.held));
    },
    toString: () => `${operation.name}(${seed})`,
  };
}

/** The operation itself, or, three times in four when the table allows it on no order, one that it allows. */
function feasible(operation: RegisteredOperation, { orders }: World, seed: number): RegisteredOperation {
  const isFeasible = ({ writes }: Pick<RegisteredOperation, "writes">): boolean =>
    writes.some(
      (written) => written !== "enter" && orders.some((order) => checkTransition(order, written).length === 0),
    );
  if (isFeasible(operation) || seed % 4 === 0) return operation;
  const others = OPERATIONS.filter(({ name, writes }) => !BEGINNERS.includes(name) && isFeasible({ writes }));
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
        expect(goodsByItem(real)).toEqual(nonZero(model.held));
      },
      toString: () => `receive(${units} at ${stockKey(itemCode, source).replaceAll("\n", "/")})`,
    }));
}

function book({ held }: Ledger, itemCode: string, quantity: Decimal): void {
  held.set(itemCode, add(held.get(itemCode) ?? ZERO, quantity));
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
  return Object.fromEntries([...goods].filter(([, quantity]) => quantity !== ZERO));
}

/** Every order, rebuilt from nothing but its events. */
export function rebuilt({ history }: House): Map<string, Order | undefined> {
  return new Map(
    [...history].map(([orderNo, events]) => [orderNo, events.reduce<Order | undefined>(applyEvent, undefined)]),
  );
}
