import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { issue } from "../../src/core/issue.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import { checkGuards, defineGuards, type HostGuard } from "../../src/lifecycle/host-guards.js";
import { nextActions } from "../../src/lifecycle/next-actions.js";
import { reopenRefusal } from "../../src/lifecycle/reopen-refusal.js";
import { statusDiagram, statusDiagramSvg } from "../../src/lifecycle/status-diagram.js";
import { ORDER_STATUSES, type Order, type OrderStage } from "../../src/model/order.js";
import { statusOf } from "../../src/model/status-of.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";
import { OPERATIONS } from "../laws/operations.js";
import { someWorld } from "../laws/some-world.js";
import { granted, whereOf } from "./answers.js";
import { ATTEMPTS } from "./attempts.js";
import { orderIn } from "./order-in.js";

describe("an order that has ended (mission 12.4b; definition B19)", () => {
  test.each(OPERATIONS)("history is untouchable: $name leaves closed and rejected orders as they are", (operation) => {
    const stages = fc.constantFrom<OrderStage>("closed", "rejected");
    const worlds = fc.tuple(someWorld(), stages).map(([{ orders, stock }, stage]) => ({
      orders: orders.map((order) => {
        const ended = { ...order, stage };
        return { ...ended, status: statusOf(ended) };
      }),
      stock,
    }));
    fc.assert(
      fc.property(
        worlds.chain((world) => operation.attemptsOn(world).map((attempt) => ({ world, attempt }))),
        ({ world, attempt }) => {
          const before = new Set(world.orders.map(({ orderNo }) => orderNo));
          const { before: given, orders, events, movements } = attempt.run();
          // As they were handed over: an attempt may fit an order to another one before it makes the call.
          for (const order of given) expect(orders.find(({ orderNo }) => orderNo === order.orderNo)).toEqual(order);
          expect(events.filter(({ orderNo }) => before.has(orderNo))).toEqual([]);
          expect(movements.filter(({ orderNo }) => orderNo !== undefined && before.has(orderNo))).toEqual([]);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("is reached by an order of which the open rest was given up after a part was shipped", () => {
    const lines = [{ quantities: { open: "4", shipped: "6" } }, { quantities: { allocated: "3", backfill: "7" } }];
    const partly = anyOrder({ stage: "confirmed", lines });
    let order = granted(cancelOrder(partly, { reason: "no_longer_needed" }, anyContext())).order;
    expect(order.lines.map(({ quantities }) => [quantities.shipped, quantities.cancelled])).toEqual([
      ["6", "4"],
      ["0", "10"],
    ]);
    expect(order.status).toBe("shipped");
    for (const step of ["deliver", "invoice", "pay"] as const) order = granted(ATTEMPTS[step](order, "1")).order;
    expect(order.status).toBe("collected");
    expect(granted(closeOrder(order, anyContext())).order.status).toBe("closed");
  });

  it("is not opened again: papers of their own serve instead (rules 1 and 2)", () => {
    const told = (order: Order): unknown => {
      const { code, params } = reopenRefusal(order);
      return "instead" in params ? params.instead : code;
    };
    expect(ORDER_STATUSES.map((status) => [status, told(orderIn(status))])).toEqual([
      ["entered", "reopen.not_ended"],
      ["returnedForCorrection", "reopen.not_ended"],
      ["rejected", ["new_order"]],
      ["confirmed", "reopen.not_ended"],
      ["allocated", "reopen.not_ended"],
      ["picked", "reopen.not_ended"],
      ["shipped", "reopen.not_ended"],
      ["collected", "reopen.not_ended"],
      ["closed", ["return_order", "credit_note", "new_order"]],
      ["cancelled", ["new_order"]],
    ]);
  });
});

describe("guards of the host (mission 11.2)", () => {
  const guard: HostGuard = {
    name: "licence",
    operations: ["ship", "pick"],
    check: ({ header }) =>
      header.customerType === "bar" ? [] : [issue("shop.no_licence", [], {}), issue("shop.dry", [], {})],
  };

  it("are asked for their operations, and refuse with their reasons", () => {
    const order = orderIn("picked");
    expect(checkGuards(order, "ship", [guard, { ...guard, name: "other", operations: [] }])).toEqual([
      {
        code: "status.guard_refuses",
        path: [],
        params: { operation: "ship", guard: "licence", reasons: ["shop.no_licence", "shop.dry"] },
      },
    ]);
    expect(checkGuards({ ...order, header: { ...order.header, customerType: "bar" } }, "ship", [guard])).toEqual([]);
    expect(checkGuards(order, "load", [guard])).toEqual([]);
    const possible = (guards: readonly HostGuard[]): string[] =>
      nextActions(order, guards)
        .filter(({ isPossible }) => isPossible)
        .map(({ operation }) => operation);
    expect(possible([]).filter((operation) => !possible([guard]).includes(operation))).toEqual(["ship"]);
    expect(nextActions(order, [guard]).find(({ operation }) => operation === "ship")?.issues[0]?.code).toBe(
      "status.guard_refuses",
    );
  });

  it("have names of their own and guard operations that there are", () => {
    expect(granted(defineGuards([guard]))).toEqual([guard]);
    expect(whereOf(defineGuards([guard, { ...guard, operations: ["fly" as "ship"] }]))).toEqual([
      "guard.twice at 1.name",
      "guard.unknown_operation at 1.operations",
    ]);
  });
});

describe("statusDiagramSvg (mission 11.1)", () => {
  it("shows every status and every arrow of the Mermaid diagram with its label, and nothing outside the picture", () => {
    const svg = statusDiagramSvg();
    expect(statusDiagramSvg()).toBe(svg);
    for (const status of ORDER_STATUSES) expect(svg).toContain(`>${status}</text>`);
    const arrows = statusDiagram()
      .split("\n")
      .filter((line) => / --> \w+: /.test(line) && !line.includes("[*]"));
    expect(svg.split("marker-end").length - 1).toBe(arrows.length);
    for (const arrow of arrows) expect(svg).toContain(`>${arrow.split(": ")[1]}</text>`);
    const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.map(Number) as [number, number, number];
    for (const [, name, text] of svg.matchAll(/ (x|y|x1|x2|y1|y2)="([^"]+)"/g)) {
      const value = Number(text);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(name!.startsWith("x") ? width : height);
    }
    expect(svg.match(/rx="8"/g)).toHaveLength(ORDER_STATUSES.length + 3);
  });
});
