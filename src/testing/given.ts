import type { Issue } from "../core/issue.js";
import type { Result } from "../core/result.js";
import { applyMovements } from "../model/apply-movements.js";
import { BUCKETS, type Bucket } from "../model/bucket.js";
import type { OrderEvent } from "../model/event.js";
import type { Order, OrderStatus } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { Outcome } from "../model/outcome.js";
import type { HostRequest } from "../model/request.js";
import type { StockPosition } from "../model/stock.js";
import { checkMovementBalance } from "./laws/check-movement-balance.js";
import { checkOutcome } from "./laws/check-outcome.js";
import { checkStockLaws } from "./laws/check-stock-laws.js";
import { deepFreeze } from "./laws/deep-freeze.js";

/** Quantity by bucket in the base unit; buckets that are not named must be empty. */
export type ExpectedQuantities = Readonly<Partial<Record<Bucket, string>>>;

/** What is expected of a decision; what is not named is not looked at. */
export interface Expectation {
  /** Status of the order. */
  readonly status?: OrderStatus;
  /** Buckets of the first line, or of all lines in their order; base unit. */
  readonly quantities?: ExpectedQuantities | readonly ExpectedQuantities[];
  /** Types of the events, in order. */
  readonly events?: readonly OrderEvent["type"][];
  /** Types of the requests, in order. */
  readonly requests?: readonly HostRequest["type"][];
  /** On hand and reserved by position, in the order of the stock; base unit. */
  readonly stock?: readonly (readonly [onHand: string, reserved: string])[];
  /** Codes of the refusal, in order; a decision that is expected to be refused names nothing else. */
  readonly issues?: readonly string[];
}

/** A decision that has been taken and waits to be looked at. */
export interface Decided {
  /** Compares the decision with what is expected; throws an Error that lists every difference. */
  readonly then: (expected: Expectation) => void;
}

/** An order and a stock that wait for a decision. */
export interface Given {
  /** Takes the decision. Order and stock are frozen; a decision that writes into them fails. */
  readonly when: (decide: (order: Order, stock: readonly StockPosition[]) => Result<Outcome>) => Decided;
}

/**
 * Specifies a decision by example: given an order and a stock, when something is decided, then this is expected. Besides
 * what the test names, every law of {@link checkOutcome} must hold, and stock must allow the movements.
 *
 * **Rules**
 * 1. A refusal is compared by its codes; a refusal that was not expected is a difference, and so is a missing one.
 * 2. Buckets that an expected line does not name must be empty.
 * 3. Order and stock are frozen before the decision.
 * 4. An accepted decision must keep all laws, also where the test names nothing.
 *
 * @param order the order before the decision
 * @param stock the positions that the decision may touch
 * @returns the beginning of a specification
 *
 * **Source:** mission 11.1
 * @example
 * ```ts
 * import { holdOrder } from "ordercycle";
 * import { anyContext, anyOrder, given } from "ordercycle/testing";
 * const command = { holdId: "H1", type: "credit", blocks: [], reason: "limit exceeded" };
 * given(anyOrder({ stage: "confirmed" }))
 *   .when((order) => holdOrder(order, command, anyContext()))
 *   .then({ issues: ["hold.blocks_nothing"] });
 * ```
 */
export function given(order: Order, stock: readonly StockPosition[] = []): Given {
  deepFreeze(order);
  deepFreeze(stock);
  return {
    when: (decide) => {
      const result = decide(order, stock);
      return { then: (expected) => compareAll({ order, stock, result }, expected) };
    },
  };
}

interface Taken {
  readonly order: Order;
  readonly stock: readonly StockPosition[];
  readonly result: Result<Outcome>;
}

function compareAll({ order, stock, result }: Taken, expected: Expectation): void {
  if (typeof expected === "function") throw new TypeError("A specification is not a promise: do not await it.");
  const differences = result.ok
    ? [...compareOutcome(result.value, stock, expected), ...brokenLaws(order, result.value, stock)]
    : compareRefusal(result.issues, expected);
  if (differences.length > 0) throw new Error(`The decision is not as specified.\n${differences.join("\n")}`);
}

function compareRefusal(issues: readonly Issue[], { issues: codes, ...rest }: Expectation): string[] {
  const found = issues.map(({ code }) => code);
  if (codes === undefined) return [`accepted: expected yes, found a refusal ${JSON.stringify(issues)}`];
  return [
    ...different("issues", codes, found),
    ...Object.keys(rest).map((name) => `${name}: expected of an accepted decision, found a refusal`),
  ];
}

function compareOutcome(outcome: Outcome, stock: readonly StockPosition[], expected: Expectation): string[] {
  const { order, events, requests } = outcome;
  const { quantities } = expected;
  const lines: readonly ExpectedQuantities[] | undefined = isList(quantities) ? quantities : quantities && [quantities];
  const shown = isList(quantities) ? order.lines : order.lines.slice(0, 1);
  return [
    ...different("issues", expected.issues, []),
    ...different("status", expected.status, order.status),
    ...different(
      "quantities",
      lines?.map(named),
      shown.map(({ quantities: found }) => named(found)),
    ),
    ...different(
      "events",
      expected.events,
      events.map(({ type }) => type),
    ),
    ...different(
      "requests",
      expected.requests,
      requests.map(({ type }) => type),
    ),
    ...(expected.stock === undefined
      ? []
      : different(
          "stock",
          expected.stock,
          applyMovements(stock, outcome.movements).map(({ onHand, reserved }) => [onHand, reserved]),
        )),
  ];
}

function brokenLaws(before: Order, outcome: Outcome, stock: readonly StockPosition[]): string[] {
  const after = stock.length === 0 ? [] : applyMovements(stock, outcome.movements);
  const ofStock =
    stock.length === 0 ? [] : [...checkStockLaws(after), ...checkMovementBalance(stock, after, outcome.movements)];
  return [...checkOutcome(before, outcome), ...ofStock].map(
    ({ law, at, expected, found }) => `law broken (${law}) at ${at}: expected ${expected}, found ${found}`,
  );
}

function different(name: string, expected: unknown, found: unknown): string[] {
  if (expected === undefined || JSON.stringify(expected) === JSON.stringify(found)) return [];
  return [`${name}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
}

function named(quantities: ExpectedQuantities | OrderLine["quantities"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    BUCKETS.flatMap((bucket) => {
      const quantity = quantities[bucket] ?? "0";
      return quantity === "0" ? [] : [[bucket, quantity]];
    }),
  );
}

function isList<Element>(value: Element | readonly Element[] | undefined): value is readonly Element[] {
  return Array.isArray(value);
}
