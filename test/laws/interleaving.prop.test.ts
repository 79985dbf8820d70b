import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrderStatus } from "../../src/model/order.js";
import { openedHouse, houseCommands, rebuilt, type House } from "./interleaving.js";

const numRuns = process.env.FC_RUNS === undefined ? 200 : Number(process.env.FC_RUNS);

describe("any interleaving of all operations and goods receipts (mission 5.11, 11.1, 11.3, 14.1)", () => {
  it("keeps all laws after every step, and every order can be rebuilt from its events", () => {
    const seen = new Set<OrderStatus>();
    const commands = fc.commands(houseCommands(), { maxCommands: 40, size: "max" });
    fc.assert(
      fc.property(commands, (steps) => {
        let house: House | undefined;
        fc.modelRun(() => {
          const setup = openedHouse();
          house = setup.real;
          return setup;
        }, steps);
        if (house === undefined) throw new Error("The house was not set up.");
        const orders = new Map(house.orders.map((order) => [order.orderNo, order]));
        expect(rebuilt(house)).toEqual(orders);
        for (const status of house.seen) seen.add(status);
      }),
      { numRuns },
    );
    // The run must have been far enough to mean something.
    if (numRuns >= 200) {
      expect([...seen].sort()).toEqual(
        expect.arrayContaining(["allocated", "closed", "collected", "confirmed", "entered", "picked", "shipped"]),
      );
    }
  });
});
