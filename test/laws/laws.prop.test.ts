import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runCycle } from "../../src/cycle/run-cycle.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import { anyStock, deepFreeze } from "../../src/testing/index.js";
import type { Answer, Attempt, World } from "./answer.js";
import { brokenLaws } from "./broken-laws.js";
import { OPERATIONS } from "./operations.js";
import type { RegisteredOperation } from "./registered-operation.js";
import { someWorld } from "./some-world.js";

interface Scene {
  readonly world: World;
  readonly attempt: Attempt;
}

function scenesOf({ attemptsOn }: RegisteredOperation): fc.Arbitrary<Scene> {
  return someWorld().chain((world) =>
    attemptsOn(world).map((attempt) => ({ world: deepFreeze(world), attempt: frozen(attempt) })),
  );
}

function frozen(attempt: Attempt): Attempt {
  deepFreeze(attempt.input);
  return attempt;
}

/** What an answer says of each order, whatever the order in which it says it. */
function byOrder({ orders, events, movements, requests, refused }: Answer) {
  const numbers = [...new Set([...orders, ...refused].map(({ orderNo }) => orderNo))].sort();
  return numbers.map((orderNo) => ({
    orderNo,
    orders: orders.filter((order) => order.orderNo === orderNo),
    events: events.filter((event) => event.orderNo === orderNo),
    movements: movements.filter((movement) => movement.orderNo === orderNo),
    requests: requests.filter((request) => request.orderNo === orderNo),
    refused: refused.filter((refusal) => refusal.orderNo === orderNo),
  }));
}

describe.each(OPERATIONS)("laws of $name (mission 5.11, 9.2, 11.1, 11.3)", (operation) => {
  it("keeps replay, conservation, stock, money, plain data, the table and refusals, on frozen input", () => {
    fc.assert(
      fc.property(scenesOf(operation), ({ world, attempt }) => {
        const answer = attempt.run();
        expect(brokenLaws(operation, world, answer)).toEqual([]);
        expect(JSON.parse(JSON.stringify(answer.value))).toEqual(answer.value);
      }),
      { numRuns: runs(60) },
    );
  });

  it("answers the same to the same question", () => {
    fc.assert(
      fc.property(scenesOf(operation), ({ attempt }) => {
        expect(attempt.run()).toEqual(attempt.run());
      }),
      { numRuns: runs(20) },
    );
  });

  it("is tried with calls that it accepts and calls that it refuses", () => {
    const answers = fc.sample(scenesOf(operation), { numRuns: 150 }).map(({ attempt }) => attempt.run());
    expect(answers.filter(({ events }) => events.length > 0).length).toBeGreaterThan(0);
    expect(answers.filter(({ refused }) => refused.length > 0).length).toBeGreaterThan(0);
  });
});

const batches = OPERATIONS.filter(({ name }) =>
  ["enterOrders", "priceOrders", "allocateBatch", "takeInOrders", "fulfilOrders", "settleOrders", "runCycle"].includes(
    name,
  ),
);

describe.each(batches)("$name (mission 9.2)", (operation) => {
  it("gives every order the same, whatever the order of the input", () => {
    let permuted = 0;
    fc.assert(
      fc.property(scenesOf(operation), ({ attempt }) => {
        if (attempt.runPermuted === undefined) return;
        permuted++;
        expect(byOrder(attempt.runPermuted())).toEqual(byOrder(attempt.run()));
      }),
      { numRuns: runs(40) },
    );
    expect(permuted).toBeGreaterThan(10);
  });

  it("gives back every order of the input in its place, or says of every draft what became of it", () => {
    fc.assert(
      fc.property(scenesOf(operation), ({ attempt }) => {
        const { before, orders, refused } = attempt.run();
        if (before.length > 0) {
          expect(orders.map(({ orderNo }) => orderNo)).toEqual(before.map(({ orderNo }) => orderNo));
        }
        const [list] = attempt.input as readonly [unknown];
        if (!isDraftList(list)) return;
        const named = [...orders, ...refused].map(({ orderNo }) => orderNo);
        expect([...new Set(named)].sort()).toEqual([...new Set(list.map(({ orderNo }) => orderNo))].sort());
      }),
      { numRuns: runs(20) },
    );
  });
});

describe("runCycle (mission 20.8)", () => {
  it("rule 1: gives the stock that its own movements make of the stock it was given", () => {
    const operation = OPERATIONS.find(({ name }) => name === runCycle.name);
    if (operation === undefined) throw new Error("runCycle is not registered.");
    // Most drafts go back to the customer: where there is plenty of everything, some of the rest reach the door.
    const plenty = deepFreeze(
      ["TEA", "SALT", "RICE", "OIL"].flatMap((itemCode) =>
        ["NORTH", "SOUTH", "EAST"].flatMap((warehouseId) => anyStock({ itemCode, warehouseId, onHand: "100000" })),
      ),
    );
    let moved = 0;
    const isRight = ({ run }: Attempt, stock: World["stock"]): void => {
      const { movements, value } = run();
      moved += movements.length;
      expect((value as ReturnType<typeof runCycle>).stock).toEqual(applyMovements(stock, movements));
    };
    const calls = operation.attemptsOn({ orders: [], stock: plenty }).map(frozen);
    fc.assert(
      fc.property(calls, (attempt) => isRight(attempt, plenty)),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(scenesOf(operation), ({ world, attempt }) => isRight(attempt, world.stock)),
      {
        numRuns: runs(50),
      },
    );
    expect(moved).toBeGreaterThan(0);
  });
});

function isDraftList(list: unknown): list is readonly { readonly orderNo: string }[] {
  return Array.isArray(list) && list.every((each: object) => "orderNo" in each && !("status" in each));
}

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
