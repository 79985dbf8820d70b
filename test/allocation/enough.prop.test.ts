import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { explainAllocation } from "../../src/allocation/explain-allocation.js";
import { planAllocation } from "../../src/allocation/plan-allocation.js";
import { decimal, ZERO } from "../../src/core/decimal.js";
import { describeAllocation } from "../../src/messages/describe-allocation.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

const policy: AllocationPolicy = {
  priority: [{ key: "orderNo", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  lots: "fefo",
};

/** How lines may come: in parts, in steps, in full or not at all, with their order, with their group. */
type Kind = "ordinary" | "stepped" | "inFull" | "complete" | "group";
const KINDS: readonly Kind[] = ["ordinary", "stepped", "inFull", "complete", "group"];

/** An order of one kind, or with lines of several. */
function orderPart(): Arbitrary<(orderNo: string) => Order> {
  const line = fc.record({
    itemCode: fc.constantFrom("TEA", "TEA", "SALT"),
    orderedQty: fc.integer({ min: 1, max: 12 }).map(String),
    kind: fc.constantFrom(...KINDS),
    minimumRemainingLifeDays: fc.constantFrom(0, 0, 10),
  });
  return fc
    .tuple(fc.constantFrom(true, false, false), fc.array(line, { minLength: 1, maxLength: 3 }))
    .map(([isComplete, lines]) => (orderNo: string) => {
      const wishes = lines.map(({ kind, ...wish }): AnyOrderLine => ({
        ...wish,
        ...(kind === "inFull" ? { partialAllowed: false } : {}),
        ...(kind === "stepped" ? { quantum: "3" } : {}),
        ...(kind === "group" ? { deliveryGroup: "G" } : {}),
      }));
      return anyOrder({
        orderNo,
        stage: "confirmed",
        header: { shipComplete: isComplete || lines.some(({ kind }) => kind === "complete") },
        lines: wishes,
      });
    });
}

interface World {
  readonly orders: readonly Order[];
  readonly stock: readonly StockPosition[];
}

function world(): Arbitrary<World> {
  const free = fc.integer({ min: 0, max: 20 }).map(String);
  return fc.record({
    orders: fc
      .array(orderPart(), { minLength: 1, maxLength: 4, size: "max" })
      .map((parts) => parts.map((part, place) => part(`SO-${place + 1}`))),
    stock: fc
      .tuple(free, free, free)
      .map(([near, far, salt]) => [
        ...anyStock({ itemCode: "TEA", lotNo: "L-1", expiresOn: "2026-03-06", onHand: near }),
        ...anyStock({ itemCode: "TEA", lotNo: "L-2", expiresOn: "2026-06-01", onHand: far }),
        ...anyStock({ itemCode: "SALT", onHand: salt }),
      ]),
  });
}

/** Whether the line gets all when so much more of its item is there. */
function servesWith({ orders, stock }: World, lineId: string, itemCode: string, more: number): boolean {
  const added = more === 0 ? [] : anyStock({ itemCode, lotNo: "NEW", onHand: String(more) });
  const plan = planAllocation(orders, [...stock, ...added], { ...anyContext(), policy, today: TODAY });
  return plan.orders.flatMap(({ lines }) => lines).find((line) => line.lineId === lineId)?.short === ZERO;
}

/** More than all lines together want of an item. */
const PLENTY = 160;

describe("what would have been enough (mission 4.15, 9.10)", () => {
  it("serves the line in full, and one unit less does not; where none is named, plenty does not help", () => {
    const seen = { found: 0, whole: 0, none: 0 };
    fc.assert(
      fc.property(world(), (given) => {
        const { orders, stock } = given;
        const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
        for (const { lineId, itemCode, short, allocated } of plan.orders.flatMap(({ lines }) => lines)) {
          if (short === ZERO) continue;
          const { enough } = explainAllocation(plan, lineId, { orders, stock, policy })!;
          if (enough === undefined) {
            seen.none++;
            expect(servesWith(given, lineId, itemCode, PLENTY), `${lineId} +${PLENTY}`).toBe(false);
            continue;
          }
          const units = Number(enough.quantity);
          seen.found++;
          if (allocated === ZERO && units < Number(short)) seen.whole++;
          expect(servesWith(given, lineId, itemCode, units), `${lineId} +${units}`).toBe(true);
          expect(servesWith(given, lineId, itemCode, units - 1), `${lineId} +${units} less one`).toBe(false);
        }
      }),
      { numRuns: 120 },
    );
    // Worlds in which nothing is short, or nothing lies there that a line had no use for, would prove nothing.
    expect(seen.found).toBeGreaterThan(60);
    expect(seen.whole).toBeGreaterThan(5);
    expect(seen.none).toBeGreaterThan(20);
  });

  it("is the least of all quantities, tried one by one, in the nearest of two warehouses that have it", () => {
    const seen = { found: 0, none: 0, small: 0 };
    const sites = ["NORTH", "SOUTH"];
    const sourcings: readonly AllocationPolicy["sourcing"][] = [
      { kind: "nearest", areas: [], otherwise: sites },
      { kind: "wholeOrderFromOne", areas: [], otherwise: sites, ifNone: "nothing" },
      { kind: "ranked", warehouseIds: sites, rules: [{ rule: "mostStock" }] },
    ];
    const rules: readonly AllocationPolicy["protection"][] = [
      [],
      [],
      [{ kind: "cap", group: "B", itemCode: "TEA", quantity: decimal("9") }],
    ];
    const grains = [1, 1, 5];
    const given = fc.tuple(
      world(),
      fc.constantFrom(...sourcings),
      fc.constantFrom(...rules),
      fc.constantFrom(...grains),
    );
    fc.assert(
      fc.property(given, fc.nat(20), ([{ orders, stock }, sourcing, protection, grain], pick) => {
        const own: AllocationPolicy = { ...policy, sourcing, protection: protection ?? [] };
        const coarse = (quantity: string): string => String(Number(quantity) * grain);
        const asked = orders.map(({ orderNo, header, lines }) =>
          anyOrder({
            orderNo,
            stage: "confirmed",
            header: { shipComplete: header.shipComplete === true, customerClass: orderNo === "SO-2" ? "A" : "B" },
            lines: lines.map(({ itemCode, orderedQty, quantum, partialAllowed, deliveryGroup }) => ({
              itemCode,
              orderedQty: coarse(orderedQty),
              partialAllowed,
              ...(quantum === undefined ? {} : { quantum: coarse(quantum) }),
              ...(deliveryGroup === undefined ? {} : { deliveryGroup }),
            })),
          }),
        );
        const there = stock.map((place, index) => ({
          ...place,
          onHand: decimal(coarse(place.onHand)),
          warehouseId: sites[index % 2]!,
        }));
        const facts = { ...anyContext(), policy: own, today: TODAY };
        const plan = planAllocation(asked, there, facts);
        const short = plan.orders.flatMap(({ lines }) => lines).filter((line) => line.short !== ZERO);
        const line = short[pick % Math.max(1, short.length)];
        if (line === undefined) return;
        const isServed = (warehouseId: string, more: number): boolean => {
          const added = anyStock({ itemCode: line.itemCode, warehouseId, lotNo: "NEW", onHand: String(more) });
          const again = planAllocation(asked, [...there, ...added], facts).orders.flatMap(({ lines }) => lines);
          return again.find(({ lineId }) => lineId === line.lineId)?.short === ZERO;
        };
        let least: { warehouseId: string; quantity: string } | undefined;
        for (let more = 1; more <= PLENTY * grain && least === undefined; more++) {
          const warehouseId = line.warehouses.find((site) => isServed(site, more));
          if (warehouseId !== undefined) least = { warehouseId, quantity: String(more) };
        }
        const { enough } = explainAllocation(plan, line.lineId, { orders: asked, stock: there, policy: own })!;
        if (enough?.atMost === true) {
          expect(Number(enough.quantity)).toBeGreaterThanOrEqual(Number(least!.quantity));
          return;
        }
        expect(enough).toEqual(least);
        seen[least === undefined ? "none" : "found"]++;
        if (least !== undefined && Number(least.quantity) < Number(line.short)) seen.small++;
      }),
      { numRuns: process.env.FC_RUNS === undefined ? 25 : Number(process.env.FC_RUNS) },
    );
    expect([seen.found > 5, seen.none > 0, seen.small > 0]).toEqual([true, true, true]);
  });

  it("is less than what serves all before, where one of them takes all or nothing", () => {
    const wishes: readonly AnyOrderLine[] = [
      { orderedQty: "10", partialAllowed: false },
      { orderedQty: "2" },
      { orderedQty: "3" },
    ];
    const orders = wishes.map((line, place) =>
      anyOrder({ orderNo: `SO-${place + 1}`, stage: "confirmed", lines: [line] }),
    );
    const stock = anyStock({ onHand: "0" });
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    // Fifteen serve all three, and one less only two of them; five serve the second and the third.
    expect(explainAllocation(plan, "SO-3-1", { orders, stock, policy })?.enough).toEqual({
      warehouseId: "NORTH",
      quantity: "5",
    });
  });

  it("names what is enough at most where less cannot be ruled out in a few tries", () => {
    const whole = { partialAllowed: false };
    const orders = ["90000.01", "30"].map((orderedQty, place) =>
      anyOrder({ orderNo: `SO-${place + 1}`, stage: "confirmed", lines: [{ orderedQty, ...whole, unitPrice: null }] }),
    );
    const stock = anyStock({ onHand: "0" });
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    const explanation = explainAllocation(plan, "SO-2-1", { orders, stock, policy })!;
    expect(explanation.enough).toEqual({ warehouseId: "NORTH", quantity: "30", atMost: true });
    expect(describeAllocation(explanation)).toMatch(/30 more in NORTH would have been enough, perhaps less\.$/u);
    expect(describeAllocation(explanation, { locale: "zh" })).toMatch(/也许更少即可。$/u);
  });

  const rice = (orderedQty: string, more: AnyOrderLine = {}): AnyOrderLine => ({
    itemCode: "RICE",
    orderedQty,
    ...more,
  });
  const salt = (orderedQty: string): AnyOrderLine => ({ itemCode: "SALT", orderedQty });
  const before = anyOrder({ orderNo: "SO-1", stage: "confirmed", lines: [rice("5")] });
  const complete = { header: { shipComplete: true } };
  const cases: readonly (readonly [string, readonly Order[], AnyOrder, string | undefined])[] = [
    ["in full, nobody before", [], { lines: [rice("60", { partialAllowed: false })] }, "10"],
    ["in full, one before", [before], { lines: [rice("60", { partialAllowed: false })] }, "15"],
    ["a complete order of one line", [], { ...complete, lines: [rice("60")] }, "10"],
    ["a complete order of two", [], { ...complete, lines: [rice("60"), salt("2")] }, "10"],
    ["a complete order with one before", [before], { ...complete, lines: [rice("60"), salt("2")] }, "15"],
    ["two lines of the item", [], { ...complete, lines: [rice("40"), rice("20")] }, "10"],
    ["a group", [], { lines: [rice("60", { deliveryGroup: "G" }), { ...salt("9"), deliveryGroup: "G" }] }, "10"],
    ["a group that lacks another item too", [], { ...complete, lines: [rice("60"), salt("10")] }, undefined],
    ["a complete order that only lacks another item", [], { ...complete, lines: [rice("6"), salt("10")] }, undefined],
  ];
  it.each(cases)("%s: the smallest is named", (_name, others, wish, quantity) => {
    const orders = [...others, anyOrder({ orderNo: "SO-2", stage: "confirmed", ...wish })];
    const stock = [...anyStock({ itemCode: "RICE", onHand: "50" }), ...anyStock({ itemCode: "SALT", onHand: "9" })];
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    expect(explainAllocation(plan, "SO-2-1", { orders, stock, policy })?.enough?.quantity).toBe(quantity);
  });

  it("finds what serves a line although still more would serve who comes before, and not it", () => {
    const orders = [
      anyOrder({ orderNo: "SO-1", stage: "confirmed", ...complete, lines: [salt("6"), rice("1")] }),
      anyOrder({ orderNo: "SO-2", stage: "confirmed", ...complete, lines: [salt("5"), rice("2")] }),
    ];
    const stock = [...anyStock({ itemCode: "SALT", onHand: "1" }), ...anyStock({ itemCode: "RICE", onHand: "2" })];
    const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: TODAY });
    expect(explainAllocation(plan, "SO-2-1", { orders, stock, policy })?.enough?.quantity).toBe("4");
  });
});
