import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { decimal, divide, multiply, sum } from "../../src/core/decimal.js";
import { CANCELLABLE_BUCKETS, cancelOrder, type CancelOrder } from "../../src/exceptions/cancel-order.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import { applyChanges } from "../../src/model/apply-changes.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { QuantityMoved } from "../../src/model/change.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import type { StockMovement } from "../../src/model/movement.js";
import type { Outcome } from "../../src/model/outcome.js";
import { stockKey, type StockPosition, type StockSource } from "../../src/model/stock.js";
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

  it("allocating, picking some of it and cancelling, at once or part by part, restores every lot and bin", () => {
    let putBack = 0;
    let released = 0;
    const shares = fc.array(fc.nat({ max: 4 }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(smallWorld(), shares, shares, (world, picks, parts) => {
        const stock = unreserved(world);
        const allocated = allocateBatch(world.orders, stock, { ...anyContext(), policy: world.policy, today: TODAY });
        let current = applyMovements(stock, allocated.movements);
        const started = allocated.orders.map((order, place) => {
          const picked = partlyPicked(order, picks, place);
          current = applyMovements(current, picked?.movements ?? []);
          return picked?.order ?? order;
        });
        const atOnce = started.map((order) => cancelled(order, [{ reason: "no_longer_needed" }]));
        const inParts = started.map((order) => cancelled(order, portions(order, parts)));
        const after = (ends: readonly Cancelled[]): StockPosition[] =>
          applyMovements(
            current,
            ends.flatMap(({ movements }) => movements),
          );
        expect(after(atOnce)).toEqual(stock);
        expect(after(inParts)).toEqual(stock);
        expect(inParts.map(({ order }) => order.lines.map(({ quantities }) => quantities))).toEqual(
          atOnce.map(({ order }) => order.lines.map(({ quantities }) => quantities)),
        );
        for (const [place, { movements }] of atOnce.entries()) {
          const back = movements.filter(({ kind }) => kind === "put_back");
          expect(back.map(placeOf)).toEqual(pickedPlaces(started[place]!).reverse());
          putBack += back.length;
          released += movements.length - back.length;
        }
      }),
      { numRuns: runs(150) },
    );
    expect([putBack, released].every((count) => count > 0)).toBe(true);
  });
});

type Cancelled = Pick<Outcome, "order" | "movements">;

/** Carries cancellations out one after the other; what asks for nothing or more than is left is passed over. */
function cancelled(order: Order, commands: readonly CancelOrder[]): Cancelled {
  return commands.reduce<Cancelled>(
    (before, command) => {
      const result = cancelOrder(before.order, command, anyContext());
      if (!result.ok) return before;
      return { order: result.value.order, movements: [...before.movements, ...result.value.movements] };
    },
    { order, movements: [] },
  );
}

/** Up to four quarters of each line, line by line, and in the end the rest. */
function portions({ lines }: Order, parts: readonly number[]): CancelOrder[] {
  const some = lines.flatMap(({ lineId, quantities }, place) => {
    const left = sum(CANCELLABLE_BUCKETS.map((bucket) => quantities[bucket]));
    const quarter = divide(left, decimal("4"), 4, "down");
    return Array.from({ length: parts[place % parts.length] ?? 0 }, () => ({
      reason: "a_part",
      lines: [{ lineId, quantity: quarter }],
    }));
  });
  return [...some, { reason: "the_rest" }];
}

/** Picks quarters of what is allocated; undefined where nothing is picked or a hold forbids it. */
function partlyPicked(order: Order, picks: readonly number[], at: number): Outcome | undefined {
  const counts = fullCounts(order, "allocated").flatMap((count, place) => {
    const quarters = picks[(at * 5 + place) % picks.length] ?? 0;
    const quantity = divide(multiply(count.quantity, decimal(String(quarters))), decimal("4"), 4, "down");
    return quantity === "0" ? [] : [{ ...count, quantity }];
  });
  const result = recordPick(order, { counts }, anyContext());
  return result.ok ? result.value : undefined;
}

function placeOf(place: Pick<StockMovement, "lineId"> & StockSource & { readonly itemCode: string }): string {
  return `${place.lineId} ${stockKey(place.itemCode, place)}`;
}

/** Places from which an order has picked goods, in the order of its lines. */
function pickedPlaces({ lines }: Order): string[] {
  return lines.flatMap(({ lineId, itemCode, reservations }) =>
    reservations.flatMap((place) =>
      place.quantities.picked === undefined ? [] : [placeOf({ ...place, lineId, itemCode })],
    ),
  );
}

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
