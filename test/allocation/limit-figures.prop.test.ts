import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch } from "../../src/allocation/allocate-batch.js";
import { allocateColumns } from "../../src/allocation/allocate-columns.js";
import { allocateRows } from "../../src/allocation/allocate-rows.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import { completeOrders } from "../../src/allocation/completion/complete-orders.js";
import { fairShare } from "../../src/allocation/fair-share/fair-share.js";
import { reconfirmOrders } from "../../src/allocation/reconfirm/reconfirm-orders.js";
import { releaseReservations } from "../../src/allocation/release/release-reservations.js";
import { fromUnits, toUnits, type Decimal } from "../../src/core/decimal.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Order } from "../../src/model/order.js";
import { promiseOrders } from "../../src/scheduling/promise-orders.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  checkReservationsMatch,
  checkStockLaws,
  deepFreeze,
} from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

// Mission 9.2; definition B1: at the limit of digits figures are exact, or refused; never rounded.

const SCALE = 6;
const SAFE = 2n ** 53n;
/** The most that a quantity may be, in millionths. */
const MOST = 10n ** 18n - 1n;
const unitsOf = (quantity: Decimal): bigint => toUnits(quantity, SCALE);
const total = (all: readonly bigint[]): bigint => all.reduce((sum, one) => sum + one, 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Figures where numbers end: around the greatest whole number that they hold, at several decimals, and at the most digits. */
const figure: Arbitrary<bigint> = fc
  .tuple(
    fc.constantFrom(SAFE, SAFE / 2n, SAFE / 3n, MOST, MOST / 7n, 10n ** 12n, 1n),
    fc.bigInt({ min: -2n, max: 2n }),
    fc.constantFrom(1n, 1n, 10n ** 3n, 10n ** 6n),
  )
  .map(([near, off, step]) => {
    const units = ((near + off) / step) * step;
    return units < step ? step : units > MOST ? (MOST / step) * step : units;
  });
const quantity = (units: bigint): Decimal => fromUnits(units, SCALE);
const figures = fc.array(figure, { minLength: 1, maxLength: 4 });

const policy: AllocationPolicy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH"] },
  lots: "fifo",
};
const context = { ...anyContext(), policy, today: TODAY };
const lineOf = (units: bigint, part: object = {}) => ({ orderedQty: quantity(units), ...part });
const orderOf = (place: number, units: bigint, part: object = {}): Order =>
  anyOrder({ orderNo: `SO-${place}`, stage: "confirmed", lines: [lineOf(units, part)] });
const stockOf = (lots: readonly bigint[]) =>
  anyStock(
    ...lots.map((units, place) => ({
      warehouseId: place % 2 === 0 ? "NORTH" : "SOUTH",
      lotNo: `L-${place}`,
      onHand: quantity(units),
    })),
  );
/** What each gets, one after the other. */
function inTurn(wanted: readonly bigint[], there: bigint, isWhole: boolean): bigint[] {
  let left = there;
  return wanted.map((units) => {
    const own = isWhole && units > left ? 0n : least(units, left);
    left -= own;
    return own;
  });
}
const OUT = "out_of_range";
const counts = { exact: 0, refused: 0 };

describe("figures at the limit of digits are exact or refused", () => {
  it("allocateBatch: as somebody counts who has fingers enough", () => {
    fc.assert(
      fc.property(figures, figures, fc.boolean(), (wanted, lots, isWhole) => {
        const orders = deepFreeze(wanted.map((units, place) => orderOf(place, units, { partialAllowed: !isWhole })));
        const stock = deepFreeze(stockOf(lots));
        const outcome = allocateBatch(orders, stock, context);
        const after = applyMovements(stock, outcome.movements);
        expect(checkStockLaws(after)).toEqual([]);
        expect(checkReservationsMatch(outcome.orders, after)).toEqual([]);
        for (const { issues } of outcome.refused) expect(issues[0]!.code).toContain(OUT);
        const refused = new Set(outcome.refused.map(({ orderNo }) => orderNo));
        if (refused.size > 0) counts.refused++;
        // Whoever can be counted beside all lots takes part.
        const isSmall = (units: bigint): boolean => units < SAFE;
        const able = wanted.map((units, place) => (refused.has(`SO-${place}`) ? 0n : units));
        if (isSmall(total(lots)))
          expect(wanted.every((units, place) => !isSmall(units) || !refused.has(`SO-${place}`))).toBe(true);
        counts.exact++;
        const given = outcome.orders.map(({ lines }) => unitsOf(lines[0]!.quantities.allocated));
        expect(given).toEqual(inTurn(able, total(lots), isWhole));
      }),
      { numRuns: 200 },
    );
    expect(Math.min(counts.exact, counts.refused)).toBeGreaterThan(10);
  });

  it.each(["proportional", "equalAwards"] as const)("allocateBatch, shared out: %s", (rule) => {
    fc.assert(
      fc.property(figures, figures, (wanted, lots) => {
        const orders = wanted.map((units, place) => orderOf(place, units));
        const outcome = allocateBatch(orders, stockOf(lots), {
          ...context,
          policy: { ...policy, sharing: [{ rule }] },
        });
        if (outcome.refused.length > 0) return;
        const given = outcome.orders.map(({ lines }) => unitsOf(lines[0]!.quantities.allocated));
        expect(given.every((units, place) => units <= wanted[place]!)).toBe(true);
        expect(total(given)).toBe(least(total(wanted), total(lots)));
      }),
      { numRuns: 100 },
    );
  });

  it("allocateRows", () => {
    fc.assert(
      fc.property(figures, figures, (wanted, there) => {
        const orders = wanted.map((units, place) => ({
          ...{ orderNo: place, class: "A", area: "HH" },
          lines: [{ lineId: 1, sku: "TEA", quantity: quantity(units) }],
        }));
        const lots = there.map((units, place) => ({
          ...{ lotId: `L-${place}`, sku: "TEA", warehouseId: "NORTH", quantity: quantity(units) },
          ...{ receivedOn: "2026-02-01", expiresOn: null },
        }));
        const answer = allocateRows({ orders, lots }, {
          ...{ priority: [{ column: "orderNo", direction: "ascending" }], nearest: { HH: ["NORTH"] }, lots: "fifo" },
          ...{ mustOutlive: TODAY, names: { line: { itemCode: "sku" }, lot: { itemCode: "sku" } } },
        } as never);
        if (!answer.ok) {
          expect(answer.issues.every(({ code }) => /range|large|exact|digits/u.test(code))).toBe(true);
          return;
        }
        const { takes, shortages } = answer.value;
        const given = wanted.map((_, place) =>
          total(takes.filter(({ orderNo }) => orderNo === place).map((take) => unitsOf(take.quantity))),
        );
        expect(given).toEqual(inTurn(wanted, total(there), false));
        const short = wanted.map((_, place) =>
          total(shortages.filter(({ orderNo }) => orderNo === place).map((one) => unitsOf(one.quantity))),
        );
        expect(short).toEqual(wanted.map((units, place) => units - given[place]!));
      }),
      { numRuns: 200 },
    );
  });

  it("allocateColumns: whole numbers up to the greatest that can be counted; lots whose sum cannot are refused", () => {
    const safe = fc.bigInt({ min: SAFE - 5n, max: SAFE - 1n });
    const units = fc.oneof(safe, fc.bigInt({ min: 1n, max: 9n }), fc.constant(SAFE / 2n + 1n));
    fc.assert(
      fc.property(
        fc.array(units, { minLength: 1, maxLength: 4 }),
        fc.array(units, { minLength: 1, maxLength: 4 }),
        (wanted, lots) => {
          const columns = {
            ...{ items: 1, warehouses: 1, sequence: Int32Array.from(wanted.keys()) },
            lineItem: new Int32Array(wanted.length),
            lineUnits: Float64Array.from(wanted, Number),
            lineArea: new Int32Array(wanted.length),
            lotItem: new Int32Array(lots.length),
            lotWarehouse: new Int32Array(lots.length),
            lotUnits: Float64Array.from(lots, Number),
            lotQueue: Int32Array.from(lots.keys()),
            nearness: Int32Array.of(0),
          };
          if (total(lots) >= SAFE) {
            expect(() => allocateColumns(columns)).toThrow(RangeError);
            return;
          }
          const given = Array.from(allocateColumns(columns).lineTaken, BigInt);
          expect(given).toEqual(inTurn(wanted, total(lots), false));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("completeOrders: no pool is exceeded by a unit, and nobody is left out who fits", () => {
    fc.assert(
      fc.property(figures, figures, figures, (wanted, there, values) => {
        const orders = wanted.map((units, place) => ({
          orderNo: `SO-${place}`,
          value: quantity(values[place % values.length]!),
          needs: [{ itemCode: "TEA", quantity: quantity(units) }],
        }));
        const stock = there.map((units) => ({ itemCode: "TEA", quantity: quantity(units) }));
        const result = completeOrders(orders, stock, { objective: "value", steps: 1000 });
        if (!result.ok) {
          expect(result.issues.map(({ code }) => code)).toEqual([`complete.${OUT}`]);
          return;
        }
        const isIn = orders.map(({ orderNo }) => result.value.complete.includes(orderNo));
        const used = total(wanted.filter((_, place) => isIn[place]));
        expect(used <= total(there)).toBe(true);
        for (const [place, units] of wanted.entries()) if (!isIn[place]) expect(used + units > total(there)).toBe(true);
        const worth = total(orders.filter((_, place) => isIn[place]).map(({ value }) => unitsOf(value)));
        expect(unitsOf(result.value.reached)).toBe(worth);
      }),
      { numRuns: 200 },
    );
  });

  it.each(["proportional", "equalAwards", "equalLosses", "talmud"] as const)("fairShare, %s", (rule) => {
    fc.assert(
      fc.property(figures, figure, (wanted, available) => {
        const claims = wanted.map((units, place) => ({ claimId: `C-${place}`, requested: quantity(units) }));
        const result = fairShare(claims, quantity(available), { rule, quantum: quantity(1n) });
        if (!result.ok) throw new Error(JSON.stringify(result.issues));
        const given = result.value.shares.map((share) => unitsOf(share.quantity));
        expect(given.every((units, place) => units <= wanted[place]! && units >= 0n)).toBe(true);
        expect(total(given)).toBe(least(available, total(wanted)));
        expect(unitsOf(result.value.left)).toBe(available - total(given));
      }),
      { numRuns: 150 },
    );
  });

  it("releaseReservations and reconfirmOrders: the books agree to the last unit", () => {
    fc.assert(
      fc.property(figures, figure, figure, (held, wanted, more) => {
        const kept = held.map((units) => least(units, MOST / 8n));
        const orders = deepFreeze(
          kept.map((units, place) =>
            anyOrder({
              orderNo: `SO-${place}`,
              stage: "confirmed",
              header: { customerClass: place % 2 === 0 ? "A" : "B" },
              lines: [{ orderedQty: quantity(units), quantities: { allocated: quantity(units) } }],
            }),
          ),
        );
        const all = total(kept);
        const stock = deepFreeze(anyStock({ onHand: quantity(all), reserved: quantity(all) }));
        const command = { reason: "needed", wanted: [{ itemCode: "TEA", quantity: quantity(wanted) }] };
        const given = releaseReservations(orders, stock, command, {
          ...anyContext(),
          today: TODAY,
          policy: { priority: [] },
        });
        expect(unitsOf(given.freed[0]!.after)).toBe(least(wanted, all));
        expect(checkReservationsMatch(given.orders, applyMovements(stock, given.movements))).toEqual([]);

        const asking = orderOf(99, least(more, MOST / 8n), {});
        const outcome = reconfirmOrders(
          [...orders, { ...asking, header: { ...asking.header, customerClass: "W" } }],
          stock,
          {
            ...anyContext(),
            today: TODAY,
            policy: {
              allocation: policy,
              strategies: [
                { customerClasses: ["W"], strategy: "win" },
                { customerClasses: ["A"], strategy: "redistribute" },
              ],
              ...{ otherwise: "fill", onException: "bestEffort", redistribute: { kind: "inOrder" } },
            } as never,
          },
        );
        const after = applyMovements(stock, outcome.movements);
        expect(checkStockLaws(after)).toEqual([]);
        expect(checkReservationsMatch(outcome.orders, after)).toEqual([]);
        if (outcome.refused.length > 0) return;
        const got = total(outcome.orders.map(({ lines }) => unitsOf(lines[0]!.quantities.allocated)));
        expect(got <= all).toBe(true);
        const winner = outcome.orders.at(-1)!.lines[0]!;
        expect(unitsOf(winner.quantities.allocated)).toBe(least(least(more, MOST / 8n), all));
      }),
      { numRuns: 60 },
    );
  });

  it("promiseOrders: no more and no less than there is", () => {
    fc.assert(
      fc.property(figures, figures, (wanted, there) => {
        const asking = wanted.map((units, place) => ({ order: orderOf(place, units) }));
        const supplies = there.map((units) => ({ itemCode: "TEA", day: TODAY, quantity: quantity(units) }));
        const result = promiseOrders(asking, { today: TODAY, supplies });
        if (!result.ok) throw new Error(JSON.stringify(result.issues));
        expect(result.value.map(({ promised }) => unitsOf(promised))).toEqual(inTurn(wanted, total(there), false));
        expect(result.value.map(({ short, promised }) => unitsOf(short) + unitsOf(promised))).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });
});
