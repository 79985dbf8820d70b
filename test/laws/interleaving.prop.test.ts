import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sum } from "../../src/core/decimal.js";
import { BUCKETS } from "../../src/model/bucket.js";
import { checkEventLog } from "../../src/lifecycle/check-event-log.js";
import { ORDER_STATUSES, type OrderStatus } from "../../src/model/order.js";
import { orderFiles, ORDER_FILES } from "../../src/reports/order-files.js";
import { parseOrder } from "../../src/schema/parse-order.js";
import { parseOrderEvents } from "../../src/schema/parse-order-events.js";
import { parseStock } from "../../src/schema/parse-stock.js";
import { houseCommands, openedHouse, rebuilt, someOpening, type House } from "./interleaving.js";
import { OPERATIONS } from "./operations.js";
import { tallyText, type Tally } from "./tally.js";

/** In CI as many as fit into half a minute; FC_RUNS asks for more. */
const numRuns = Number(process.env.FC_RUNS ?? (process.env.CI === undefined ? 200 : 400));

/** FC_STATISTICS=yes prints which operations were carried out how often. */
const isPrinted = process.env.FC_STATISTICS === "yes";

describe("any interleaving of all operations and goods receipts (mission 5.11, 11.1, 11.3, 14.1)", () => {
  const tally: Tally = new Map();
  const seen = new Set<OrderStatus>();
  let failure: unknown;

  beforeAll(() => {
    const commands = fc.commands(houseCommands(), { maxCommands: 50, size: "max" });
    try {
      fc.assert(
        fc.property(someOpening(), commands, (opening, steps) => {
          let house: House | undefined;
          fc.modelRun(() => {
            const setup = openedHouse(opening, tally);
            house = setup.real;
            return setup;
          }, steps);
          if (house === undefined) throw new Error("The house was not set up.");
          evening(house);
          for (const status of house.seen) seen.add(status);
        }),
        { numRuns },
      );
    } catch (error) {
      failure = error;
    }
    if (isPrinted) console.log(tallyText(tally));
  }, 3_600_000);

  it("keeps all laws after every step, and every order can be rebuilt from its events", () => {
    if (failure !== undefined) throw failure as Error;
  });

  // The runs must have been far enough to mean something.
  it.skipIf(numRuns < 400)("carries out every operation there is, and reaches every status", () => {
    const never = OPERATIONS.filter(({ name }) => (tally.get(name)?.carriedOut ?? 0) === 0).map(({ name }) => name);
    expect(never).toEqual([]);
    expect([...seen].sort()).toEqual([...ORDER_STATUSES].sort());
  });
});

/** What must be true of a house in the evening, whatever was done in it. */
function evening(house: House): void {
  const { orders, stock } = house;
  const events = [...house.history.values()].flat();
  expect(rebuilt(house)).toEqual(new Map(orders.map((order) => [order.orderNo, order])));
  // The host stores it all as text, and reads it back through the door.
  const stored = JSON.parse(JSON.stringify({ orders, stock, events })) as Record<string, unknown[]>;
  for (const [place, order] of orders.entries()) {
    expect(parseOrder(stored.orders?.[place])).toEqual({ ok: true, value: order });
  }
  expect(parseStock(stored.stock)).toEqual({ ok: true, value: stock });
  const read = parseOrderEvents(stored.events);
  expect(read.ok ? read.value : read.issues).toEqual(read.ok ? events : []);
  // Every unit is in one file.
  const files = orderFiles(orders);
  const filed = sum(ORDER_FILES.flatMap((file) => files[file].map(({ quantity }) => quantity)));
  const ordered = orders.flatMap(({ lines }) => lines.flatMap(({ quantities }) => BUCKETS.map((of) => quantities[of])));
  expect(filed).toBe(sum(ordered));
  expect(checkEventLog(events, { orders })).toEqual([]);
}
