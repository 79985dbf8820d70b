import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMilliseconds, instant } from "../../src/core/instant.js";
import { asOf } from "../../src/lifecycle/as-of.js";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import { replayOrders } from "../../src/lifecycle/replay-orders.js";
import { applyEvent } from "../../src/model/apply-event.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import { houseCommands, openedHouse, someOpening, type House, type Opening } from "../laws/interleaving.js";

const numRuns = process.env.FC_RUNS === undefined ? 12 : Number(process.env.FC_RUNS);

/** What a house has done in a day, each event a minute after the other. */
function dayOf(opening: Opening, steps: Iterable<fc.Command<never, never>>): { house: House; log: OrderEvent[] } {
  let house: House | undefined;
  fc.modelRun(() => {
    const setup = openedHouse(opening, new Map());
    house = setup.real;
    return setup;
  }, steps as never);
  if (house === undefined) throw new Error("The house was not set up.");
  const begin = instant("2026-06-01T00:00:00Z");
  const log = [...house.history.values()]
    .flat()
    .map((event, place) => ({ ...event, at: addMilliseconds(begin, place * 60_000) }));
  return { house, log };
}

describe("a day of all operations, told by its events alone (mission 11.3, 13.1)", () => {
  const days = fc.tuple(someOpening(), fc.commands(houseCommands(), { maxCommands: 40, size: "max" }), fc.nat());

  it("gives every state that ever was, and a log without one of its events is found out", () => {
    let changed = 0;
    fc.assert(
      fc.property(days, ([opening, steps, choice]) => {
        const { house, log } = dayOf(opening, steps as never);
        const { orders } = house;
        expect(checkEventLog(log, { orders })).toEqual([]);

        const states = new Map<string, Order>();
        for (const event of log) {
          states.set(event.orderNo, applyEvent(states.get(event.orderNo), event));
          const then = new Map(asOf(log, event.at).orders.map((order) => [order.orderNo, order]));
          expect(then).toEqual(states);
        }

        const place = choice % log.length;
        const event = log[place]!;
        const dropped = log.filter((_, each) => each !== place);
        const doubled = [...log.slice(0, place), event, ...log.slice(place)];
        const early = log.map((each, at) => (at === place ? { ...each, at: instant("2026-01-01T00:00:00Z") } : each));
        for (const broken of event.version === 1 ? [dropped, doubled] : [dropped, doubled, early]) {
          changed++;
          const faults = checkEventLog(broken, { orders });
          expect(faults.map(({ params }) => "orderNo" in params && params.orderNo)).toEqual([event.orderNo]);
        }
        const stored = replayOrders(log.slice(0, place));
        expect(new Set(replayOrders(log, { from: stored }))).toEqual(new Set(replayOrders(log)));
      }),
      { numRuns },
    );
    expect(changed).toBeGreaterThan(0);
  });
});
