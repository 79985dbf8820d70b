import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, subtract, ZERO } from "../../src/core/decimal.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { StockPosition } from "../../src/model/stock.js";
import { checkMovementBalance, deepFreeze } from "../../src/testing/index.js";
import type { World } from "./answer.js";
import { OPERATIONS } from "./operations.js";
import { someWorld } from "./some-world.js";

/**
 * Operations of allocation that decide about the stock that they are given. The others are handed positions, if any, as facts
 * for what they offer or keep back; what their orders hold elsewhere is the business of who posts the movements.
 */
const DECIDING_FOR_STOCK = OPERATIONS.filter(({ name }) =>
  [
    ...["allocateOrder", "allocateBatch", "applyAllocationPlan", "reconfirmOrders", "releaseReservations"],
    ...["decideShortages", "applyReallocations"],
  ].includes(name),
);

/** What may be wrong with the stock that a host loads, position by position. */
const someSlip = fc.constantFrom(
  "right",
  "right",
  "right",
  "absent",
  "countedLess",
  "nothingThere",
  "lessReserved",
  "notReserved",
  "held",
  "pickedMore",
);

function slipped(position: StockPosition, slip: string, units: number): StockPosition[] {
  const { onHand, reserved, picked } = position;
  const quantity = decimal(units);
  const less = (figure: typeof onHand) => (Number(figure) > units ? subtract(figure, quantity) : ZERO);
  switch (slip) {
    case "absent":
      return [];
    case "countedLess":
      return [{ ...position, onHand: less(onHand) }];
    case "nothingThere":
      return [{ ...position, onHand: ZERO, reserved: ZERO, picked: ZERO }];
    case "lessReserved":
      return [{ ...position, reserved: less(reserved), picked: less(picked) }];
    case "notReserved":
      return [{ ...position, reserved: picked }];
    case "held":
      return [{ ...position, condition: "held" }];
    case "pickedMore":
      return [{ ...position, picked: reserved }];
    default:
      return [position];
  }
}

/** Worlds of which the stock is not what the orders have in it. */
const someSlippedWorld: fc.Arbitrary<World> = someWorld().chain(({ orders, stock }) =>
  fc
    .array(fc.tuple(someSlip, fc.integer({ min: 1, max: 20 })), { minLength: stock.length, maxLength: stock.length })
    .map((slips) => ({
      orders,
      stock: stock.flatMap((position, place) => slipped(position, ...slips[place]!)),
    })),
);

describe("stock that does not have what orders hold (mission 5.11, 9.18)", () => {
  it("is given to every operation of allocation that is handed stock", () => {
    expect(DECIDING_FOR_STOCK).toHaveLength(7);
  });

  it.each(DECIDING_FOR_STOCK)("what $name answers can be posted to the stock that it was given", (operation) => {
    let moved = 0;
    fc.assert(
      fc.property(
        someSlippedWorld.chain((world) => operation.attemptsOn(world).map((attempt) => ({ world, attempt }))),
        ({ world, attempt }) => {
          deepFreeze(world);
          deepFreeze(attempt.input);
          const { movements } = attempt.run();
          moved += movements.length;
          const after = applyMovements(world.stock, movements);
          expect(checkMovementBalance(world.stock, after, movements)).toEqual([]);
        },
      ),
      { numRuns: Number(process.env.FC_RUNS ?? 120) },
    );
    // Few worlds have goods that others could give up: some runs meet none of them.
    expect(moved).toBeGreaterThan(operation.name === "applyReallocations" ? -1 : 0);
  });
});
