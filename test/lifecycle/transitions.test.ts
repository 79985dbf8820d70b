import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { heldLines } from "../../src/lifecycle/held-lines.js";
import type { Operation } from "../../src/lifecycle/transition.js";
import { checkTransition, TRANSITIONS } from "../../src/lifecycle/transitions.js";
import { BUCKETS } from "../../src/model/bucket.js";
import {
  ENDED_STATUSES,
  ORDER_STATUSES,
  type HoldableOperation,
  type OrderStage,
  type OrderStatus,
} from "../../src/model/order.js";
import { statusOf } from "../../src/model/status-of.js";
import { anyOrder, arbitraryOrder, checkOutcome, deepFreeze } from "../../src/testing/index.js";
import { ATTEMPTS, type Luck } from "./attempts.js";
import { orderIn } from "./order-in.js";

const HOLDABLE: readonly HoldableOperation[] = [
  "confirm",
  "allocate",
  "pick",
  "load",
  "ship",
  "deliver",
  "invoice",
  "close",
];
const OPERATIONS = Object.keys(ATTEMPTS) as Operation[];
/** Stage at which an operation begins, where that is not `confirmed`. */
const STAGE_OF: Readonly<Partial<Record<Operation, OrderStage>>> = {
  review: "entered",
  correct: "returnedForCorrection",
  confirm: "reviewed",
};
const LUCKS: readonly Luck[] = ["1", "0.5", "0"];

describe("the transition table (mission 11.1, 11.3, 4.14)", () => {
  it("has one row for each operation", () => {
    expect(TRANSITIONS.map(({ operation }) => operation).sort()).toEqual([...OPERATIONS].sort());
  });

  it("names known statuses, each once, and says what is needed besides", () => {
    for (const { from, to, guard } of TRANSITIONS) {
      for (const statuses of [from, to]) {
        expect(new Set(statuses).size).toBe(statuses.length);
        expect(statuses.filter((status) => !ORDER_STATUSES.includes(status))).toEqual([]);
      }
      expect(guard).not.toBe("");
    }
  });

  it("lets nothing be done with what is closed, rejected or cancelled", () => {
    const ended = new Set(["closed", "rejected", "cancelled"]);
    expect(TRANSITIONS.flatMap(({ from }) => from).filter((status) => ended.has(status))).toEqual([]);
  });

  it("lets an order that went back to the customer be corrected or cancelled and nothing else", () => {
    const able = TRANSITIONS.filter(({ from }) => from.includes("returnedForCorrection"));
    expect(able.map(({ operation }) => operation)).toEqual(["correct", "cancel"]);
  });

  it("leads from every status to one that ends an order, so that none is stuck", () => {
    const reached = new Set<OrderStatus>(ENDED_STATUSES);
    for (const _round of ORDER_STATUSES)
      for (const { from, to } of TRANSITIONS)
        if (to.some((status) => reached.has(status))) for (const status of from) reached.add(status);
    expect(ORDER_STATUSES.filter((status) => !reached.has(status))).toEqual([]);
  });

  for (const { operation, from } of TRANSITIONS) {
    test.each(ORDER_STATUSES)(
      `rule 1: ${operation} of an order that is %s is refused unless the row names it`,
      (status) => {
        const order = deepFreeze(orderIn(status));
        const expected = from.includes(status)
          ? []
          : [
              {
                code: "status.operation_not_allowed",
                path: ["status"],
                params: { operation, status, allowedFrom: from },
              },
            ];
        expect(checkTransition(order, operation)).toEqual(expected);
        const result = ATTEMPTS[operation](order, "1");
        const found = result.ok ? [] : result.issues.filter(({ code }) => code === "status.operation_not_allowed");
        expect(found).toEqual(expected);
      },
    );
  }

  // Every operation, tried on many orders with good luck and bad: none leads where its row does not.
  test.each(TRANSITIONS)(
    "$operation leads only where its row says, and keeps all laws",
    ({ operation, from, to, keepsStatus }) => {
      const begin = STAGE_OF[operation] ?? "confirmed";
      let granted = 0;
      fc.assert(
        fc.property(arbitraryOrder(), fc.constantFrom(...LUCKS), (drawn, luck) => {
          // Orders of which nothing was touched are put where the operation begins, or it would be refused too often.
          const isUntouched = drawn.lines.every(({ quantities }) =>
            BUCKETS.every((b) => b === "open" || quantities[b] === "0"),
          );
          const staged = begin === "confirmed" || !isUntouched ? drawn : { ...drawn, stage: begin };
          const order = deepFreeze({ ...staged, status: statusOf(staged) });
          const result = ATTEMPTS[operation](order, luck);
          if (!result.ok) return;
          granted += 1;
          expect(from).toContain(order.status);
          expect(to).toContain(result.value.order.status);
          if (keepsStatus) expect(result.value.order.status).toBe(order.status);
          expect(checkOutcome(order, result.value)).toEqual([]);
        }),
        { numRuns: Math.max(300, Number(process.env.FC_RUNS ?? 0)) },
      );
      expect(granted).toBeGreaterThan(0);
    },
  );
});

describe("checkTransition and holds (mission 7.8)", () => {
  test.each(HOLDABLE)("rule 2: an active hold on the order forbids to %s it", (operation) => {
    const status = TRANSITIONS.find((row) => row.operation === operation)?.from[0] ?? "entered";
    const order = { ...orderIn(status), holds: anyOrder({ holds: [{ type: "credit", blocks: [operation] }] }).holds };
    const expected = {
      code: "status.on_hold",
      path: ["holds", 0],
      params: { operation, holdId: "H-1", type: "credit" },
    };
    expect(checkTransition(order, operation)).toEqual([expected]);
    const result = ATTEMPTS[operation](order, "1");
    // Closing looks at every active hold, whatever it blocks, and tells each once in its own words.
    const told =
      operation === "close" ? { code: "close.hold_active", path: ["holds", 0], params: { holdId: "H-1" } } : expected;
    expect(result.ok ? [] : result.issues).toContainEqual(told);
  });

  it("rule 2: a hold that was resolved, or blocks something else, forbids nothing; a rejected one still does", () => {
    const holds = [{ state: "resolved" as const, blocks: ["allocate" as const] }, { blocks: ["pick" as const] }];
    expect(checkTransition(anyOrder({ stage: "confirmed", holds }), "allocate")).toEqual([]);
    const rejected = [{ state: "rejected" as const, blocks: ["allocate" as const] }];
    expect(checkTransition(anyOrder({ stage: "confirmed", holds: rejected }), "allocate")[0]?.code).toBe(
      "status.on_hold",
    );
  });

  it("rule 2: a hold on a line forbids only what touches the line", () => {
    const lines = [{}, {}];
    const holds = [{ lineId: "SO-1-2", blocks: ["pick" as const] }];
    const order = anyOrder({ stage: "confirmed", lines, holds });
    expect(checkTransition(order, "pick")).toEqual([]);
    expect(checkTransition(order, "pick", ["SO-1-1"])).toEqual([]);
    expect(checkTransition(order, "pick", ["SO-1-1", "SO-1-2"]).map(({ code }) => code)).toEqual(["status.on_hold"]);
    expect([...heldLines(order, "pick")]).toEqual(["SO-1-2"]);
    expect([...heldLines(order, "ship")]).toEqual([]);
  });

  it("tells every hold and the status at once", () => {
    const holds = [{ blocks: ["close" as const] }, { blocks: ["close" as const] }];
    expect(checkTransition(anyOrder({ holds }), "close").map(({ code }) => code)).toEqual([
      "status.operation_not_allowed",
      "status.on_hold",
      "status.on_hold",
    ]);
  });
});
