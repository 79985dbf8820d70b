import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { QuantityMoved } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, checkReservationsMatch } from "../../src/testing/index.js";
import { smallWorld, TODAY, type SmallWorld } from "../allocation/small-world.js";

/** The moves that undo what an event moved into a bucket: back to `open`, from the same places. */
function undoing({ changes }: OrderEvent, from: "allocated" | "picked"): QuantityMoved[] {
  return changes.flatMap((change): QuantityMoved[] =>
    change.kind === "quantity_moved" && change.to === from ? [{ ...change, from, to: "open" }] : [],
  );
}

/** Stock that no order holds yet, since the worlds reserve for orders that they do not list. */
function unreserved({ stock }: SmallWorld): StockPosition[] {
  return stock.map((position) => ({ ...position, reserved: "0" as StockPosition["reserved"] }));
}

/** What each line holds, by bucket, without the places and the notes. */
function openedAgain({ lines }: Order) {
  return lines.map(({ quantities: { open, backfill, deferred, cancelled, ...rest } }) => ({
    waiting: [open, backfill, deferred, cancelled].map(Number).reduce((total, part) => total + part, 0),
    rest,
  }));
}

function undo(orders: readonly Order[], events: readonly OrderEvent[], from: "allocated" | "picked") {
  const movements: StockMovement[] = [];
  const undone = orders.map((order) => {
    const changes = events.filter(({ orderNo }) => orderNo === order.orderNo).flatMap((event) => undoing(event, from));
    const outcome = recordEvent(order, { type: "order_picked", details: { discrepancies: [] }, changes }, anyContext());
    movements.push(...outcome.movements);
    expect(applyChanges(order, changes).lines).toEqual(outcome.order.lines);
    return outcome.order;
  });
  return { undone, movements };
}

describe("compensation (mission 9.2, 10.3, 14.1)", () => {
  it("allocating and cancelling the reservations restores stock and frees every line", () => {
    let moved = 0;
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const stock = unreserved(world);
        const { orders, events, movements } = allocateBatch(world.orders, stock, {
          ...anyContext(),
          policy: world.policy,
          today: TODAY,
        });
        const taken = applyMovements(stock, movements);
        expect(checkReservationsMatch(orders, taken)).toEqual([]);
        const back = undo(orders, events, "allocated");
        expect(applyMovements(taken, back.movements)).toEqual(stock);
        expect(back.undone.map(openedAgain)).toEqual(world.orders.map(openedAgain));
        moved += movements.length;
      }),
      { numRuns: runs(150) },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it("picking and putting back restores stock", () => {
    let moved = 0;
    fc.assert(
      fc.property(smallWorld(), (world) => {
        const stock = unreserved(world);
        const allocated = allocateBatch(world.orders, stock, { ...anyContext(), policy: world.policy, today: TODAY });
        const kept: Order[] = [];
        let current = applyMovements(stock, allocated.movements);
        for (const order of allocated.orders) {
          const picked = recordPick(order, { counts: fullCounts(order, "allocated") }, anyContext());
          if (!picked.ok) {
            kept.push(order);
            continue;
          }
          current = applyMovements(current, picked.value.movements);
          const back = undo([picked.value.order], picked.value.events, "picked");
          current = applyMovements(current, back.movements);
          expect(back.undone.map(openedAgain)).toEqual(
            world.orders.filter(({ orderNo }) => orderNo === order.orderNo).map(openedAgain),
          );
          moved += back.movements.length;
        }
        // Orders whose pick a hold forbids keep their reservations; of all others nothing is left.
        expect(checkReservationsMatch(kept, current)).toEqual([]);
        expect(current.map(({ onHand }) => onHand)).toEqual(stock.map(({ onHand }) => onHand));
      }),
      { numRuns: runs(150) },
    );
    expect(moved).toBeGreaterThan(0);
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
