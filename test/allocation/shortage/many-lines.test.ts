import { describe, expect, it } from "vitest";
import { applyReallocation } from "../../../src/allocation/shortage/apply-reallocation.js";
import { decideShortages } from "../../../src/allocation/shortage/decide-shortages.js";
import { proposeReallocation } from "../../../src/allocation/shortage/propose-reallocation.js";
import type { ReallocationPolicy } from "../../../src/allocation/shortage/reallocation-proposal.js";
import { releaseReservation } from "../../../src/allocation/release/release-reservation.js";
import { releaseReservations } from "../../../src/allocation/release/release-reservations.js";
import { eligibilityOf } from "../../../src/allocation/sourcing/eligibility.js";
import { addDays } from "../../../src/core/calendar-day.js";
import { decimal, ZERO, type Decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { OrderLine } from "../../../src/model/order-line.js";
import type { StockPosition } from "../../../src/model/stock.js";
import { anyContext, anyOrder, anyStock } from "../../../src/testing/index.js";
import { TODAY } from "../small-world.js";

const MANY = 10_000;
const places = Array.from({ length: MANY }, (_, place) => place);
const [POSITION] = anyStock() as [StockPosition];
const POLICY: ReallocationPolicy = {
  priority: [{ key: "customerClass", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  promises: "mayBreak",
  harm: { perLine: decimal(5), perUnit: decimal(1), perUnitAndDay: ZERO, unknownDelayDays: 10 },
  steps: 100,
};
const RUN = { runId: "R-1", reason: "short", price: "keep" as const };
const four = decimal(4);

const [SHORT] = anyOrder({ lines: [{ orderedQty: "4", shortagePolicy: "leaveOpen", shortageOffers: ["reallocate"] }] })
  .lines as [OrderLine];
const [HOLDING] = anyOrder({ lines: [{ orderedQty: "4", quantities: { allocated: "4" } }] }).lines as [OrderLine];

/** An order of one pattern: fixtures compute what stays the same once. */
const pattern = anyOrder({ stage: "confirmed", lines: [{}] });
function orderOf(orderNo: string, customerClass: string, lines: readonly Partial<OrderLine>[], like = SHORT): Order {
  const own = lines.map((line, place) => ({ ...like, lineId: `${orderNo}-${place + 1}`, lineNo: place + 1, ...line }));
  return {
    ...pattern,
    orderNo,
    status: like === HOLDING ? "allocated" : pattern.status,
    header: { ...pattern.header, customerClass, customerCode: `C-${orderNo}` },
    lines: own,
  };
}

const item = (place: number): { readonly itemCode: string } => ({ itemCode: `TEA-${place}` });
const reserved = (itemCode: string, part: Partial<StockPosition> = {}): StockPosition => {
  return { ...POSITION, itemCode, onHand: four, reserved: four, ...part };
};

describe("shortages of a great wholesaler's day: nothing that all lines share is looked over for each (mission 9.14)", () => {
  const stock = places.map((place) => reserved(`TEA-${place}`));
  const protection = places.map((place) => ({ kind: "cap" as const, group: "A", ...item(place), quantity: four }));
  const supplies = places.map((place) => ({ ...item(place), day: addDays(TODAY, 7), quantity: four }));
  const bins = places.map((place) => ({ warehouseId: "NORTH", binId: `B-${place}`, temperatureClasses: ["cold"] }));
  const context = { ...anyContext(), stock, today: TODAY, supplies };

  it("many orders of many items, with caps, bins and supplies for each", { timeout: 20_000 }, () => {
    const orders = places.flatMap((place) => [
      orderOf(`SO-${place}`, "A", [item(place)]),
      orderOf(`SP-${place}`, "B", [item(place)], HOLDING),
    ]);
    const policy = { ...POLICY, protection, bins };
    const { reallocations } = decideShortages(orders, RUN, { ...context, policy });
    expect(reallocations.length).toBe(MANY);
    expect(new Set(reallocations.map(({ transfers }) => transfers[0]!.newDay))).toEqual(new Set([addDays(TODAY, 7)]));
  });

  it("one order of many lines, one that holds all their goods", { timeout: 20_000 }, () => {
    const lines = places.map(item);
    const holds = places.map((place) => ({
      holdId: `H-${place}`,
      lineId: `SP-${place + 1}`,
      type: "note",
      reason: "look",
      blocks: ["pick" as const],
      state: "active" as const,
      placedAt: anyContext().at,
      placedBy: anyContext().actor,
    }));
    const donor = { ...orderOf("SP", "B", lines, HOLDING), holds };
    const orders = [orderOf("SO", "A", lines), donor];
    const { reallocations, decisions } = decideShortages(orders, RUN, { ...context, policy: POLICY });
    expect(reallocations.length).toBe(MANY);
    expect(decisions.every(({ code }) => code === "proposed")).toBe(true);
  });

  it("many lines of one item that lies in many places, where nobody gives any", { timeout: 20_000 }, () => {
    const orders = places.map((place) => orderOf(`SO-${place}`, "A", [{ itemCode: "TEA" }]));
    const lots = places.map((place) => reserved("TEA", { lotNo: `L-${place}` }));
    const { decisions } = decideShortages(orders, RUN, { ...context, stock: lots, policy: POLICY });
    expect(decisions.every(({ tried }) => tried[0]!.code === "reallocate.no_donor")).toBe(true);
  });

  it("many orders that wait for supply", { timeout: 20_000 }, () => {
    const line = { shortagePolicy: "deferWholeOrder" as const, shortageOffers: [] };
    const orders = places.map((place) => orderOf(`SO-${place}`, "A", [{ ...item(place), ...line }]));
    const { decisions, orders: after } = decideShortages(orders, RUN, { ...context, policy: POLICY });
    expect(decisions.every(({ code }) => code === "deferred")).toBe(true);
    expect(after[MANY - 1]!.lines[0]!.promises[0]!.day).toBe(addDays(TODAY, 7));
  });

  it("a line of one lot, and as many lots as lines that hold one", { timeout: 20_000 }, () => {
    const count = 5000;
    const lots = places.slice(0, count).map((place) => reserved("TEA", { lotNo: `L-${place}` }));
    const held = lots.map(({ warehouseId, lotNo }): Partial<OrderLine> => ({
      itemCode: "TEA",
      reservations: [{ warehouseId, lotNo: lotNo!, quantities: { allocated: four } }],
    }));
    const orders = [
      orderOf("SO", "A", [{ itemCode: "TEA", oneLotOnly: true }]),
      ...held.map((line, place) => orderOf(`SP-${place}`, "B", [line], HOLDING)),
    ];
    const command = { proposalId: "RP-1", orderNo: "SO", lineId: "SO-1" };
    const result = proposeReallocation(orders, command, { ...context, stock: lots, policy: POLICY });
    const proposal = result.ok ? result.value : undefined;
    expect([proposal?.quantity, proposal?.transfers.length, proposal?.notAsked.length]).toEqual([four, 1, count - 1]);
  });

  it("goods of many customers that go to one line, and of many lines of one order", { timeout: 20_000 }, () => {
    const quantity = decimal(4 * MANY);
    const line = { itemCode: "TEA", orderedQty: quantity, quantities: { ...SHORT.quantities, open: quantity } };
    const source = { warehouseId: "NORTH" };
    const transferOf = (orderNo: string, lineId: string) => ({
      victim: { orderNo, lineId },
      customerCode: `C-${orderNo}`,
      quantity: four,
      places: [{ source, quantity: four }],
      harm: ZERO,
    });
    const moved = (givers: readonly Order[]): Decimal => {
      const transfers = givers.flatMap(({ orderNo, lines }) => lines.map(({ lineId }) => transferOf(orderNo, lineId)));
      const proposal = {
        ...{ proposalId: "RP-1", state: "pending" as const, winner: { orderNo: "SO", lineId: "SO-1" } },
        ...{ itemCode: "TEA", quantity, stillShort: ZERO, transfers, harm: ZERO, optimal: true, notAsked: [] },
      };
      const consents = givers.map(({ orderNo }) => ({
        ...{ customerCode: `C-${orderNo}`, subject: "RP-1", agreedBy: "Ms Wu", agreedAt: anyContext().at },
        reference: `MAIL-${orderNo}`,
      }));
      const { orders } = applyReallocation([orderOf("SO", "A", [line]), ...givers], proposal, consents, anyContext());
      return orders[0]!.lines[0]!.quantities.allocated;
    };
    const tea = { itemCode: "TEA" };
    expect(moved(places.map((place) => orderOf(`SP-${place}`, "B", [tea], HOLDING)))).toBe(quantity);
    const all = places.map(() => tea);
    expect(moved([orderOf("SP", "B", all, HOLDING)])).toBe(quantity);
  });

  it("one order of many lines that give back, each under a hold, for others", { timeout: 20_000 }, () => {
    const order = orderOf("SP", "B", places.map(item), HOLDING);
    const holds = order.lines.map(({ lineId }, place) => ({
      ...{ holdId: `H-${place}`, lineId, type: "note", reason: "look", blocks: ["pick" as const] },
      ...{ state: "active" as const, placedAt: anyContext().at, placedBy: anyContext().actor },
    }));
    const winner = { orderNo: "SO", lineId: "SO-1" };
    const wanted = places.map((place) => ({ ...item(place), quantity: four, winner }));
    const policy = { priority: POLICY.priority, firmHolds: ["firm"] };
    const command = { reason: "needed", wanted };
    const given = releaseReservations([{ ...order, holds }], stock, command, { ...anyContext(), policy, today: TODAY });
    expect(given.displacements.length).toBe(MANY);
    const unbooked = releaseReservations([order], [], command, { ...anyContext(), policy, today: TODAY });
    expect(unbooked.kept.length).toBe(0);
    const wrong = stock.map((position) => ({ ...position, reserved: ZERO }));
    const kept = releaseReservations([order], wrong, command, { ...anyContext(), policy, today: TODAY }).freed;
    expect(kept.every(({ missing }) => missing === ZERO)).toBe(true);
    const released = releaseReservation(order, { reason: "needed", winner }, anyContext());
    expect(released.ok && released.value.movements.length).toBe(MANY);
  });

  it("many bins of one warehouse", { timeout: 20_000 }, () => {
    const many = Array.from({ length: 100_000 }, (_, place) => ({
      warehouseId: "NORTH",
      binId: `B-${place}`,
      temperatureClasses: ["cold"],
    }));
    const facts = [{ warehouseId: "NORTH", temperatureClasses: ["dry"] }];
    const rules = eligibilityOf({ bins: many, warehouses: facts });
    const bars = places.map(() => rules?.barOf(pattern, { ...SHORT, temperatureClass: "frozen" }, "NORTH"));
    expect(new Set(bars)).toEqual(new Set(["temperature_not_kept"]));
  });
});
