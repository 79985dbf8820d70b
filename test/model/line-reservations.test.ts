import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import {
  closeReservations,
  moveReserved,
  openReservations,
  setLoaded,
  type ReservationMove,
} from "../../src/model/line-reservations.js";
import type { OrderLine } from "../../src/model/order-line.js";
import type { StockSource } from "../../src/model/stock.js";
import { anyOrderLine } from "../../src/testing/index.js";

const NORTH = { warehouseId: "NORTH" };
const four = decimal("4");

/** The line after one move between the buckets of a place. */
function moved(
  line: OrderLine,
  source: StockSource,
  from: ReservationMove["from"],
  to: ReservationMove["to"],
  quantity = four,
): OrderLine {
  const book = openReservations(line);
  moveReserved(book, { source, from, to, quantity });
  return { ...line, reservations: closeReservations(book) };
}

/** The line after something was loaded at a place. */
function withLoaded(line: OrderLine, source: StockSource, loaded: string): OrderLine {
  const book = openReservations(line);
  setLoaded(book, source, decimal(loaded));
  return { ...line, reservations: closeReservations(book) };
}

describe("moveReserved (mission 11.1)", () => {
  it("opens a place with the source's own fields alone", () => {
    const source = { ...NORTH, lotNo: "L1", binId: "B1", owner: "C-1", note: "not a field of a source" };
    const { reservations } = moved(anyOrderLine(), source, undefined, "allocated", four);
    expect(reservations).toEqual([
      { warehouseId: "NORTH", lotNo: "L1", binId: "B1", owner: "C-1", quantities: { allocated: "4" } },
    ]);
  });

  it("adds to a place that the line holds already, and tells lots apart", () => {
    const line = anyOrderLine({ quantities: { allocated: "3" } });
    const same = moved(line, NORTH, undefined, "allocated", four);
    expect(same.reservations).toEqual([{ ...NORTH, quantities: { allocated: "7" } }]);
    const other = moved(line, { ...NORTH, lotNo: "L1" }, undefined, "allocated", four);
    expect(other.reservations).toHaveLength(2);
  });

  it("drops a bucket that is empty, and a place that holds nothing", () => {
    const line = anyOrderLine({ quantities: { allocated: "4" } });
    expect(moved(line, NORTH, "allocated", "picked", four).reservations).toEqual([
      { ...NORTH, quantities: { picked: "4" } },
    ]);
    expect(moved(line, NORTH, "allocated", undefined, four).reservations).toEqual([]);
  });

  it("refuses to take more than the place holds of the bucket", () => {
    const line = anyOrderLine({ quantities: { allocated: "3", picked: "5" } });
    expect(() => moved(line, NORTH, "allocated", "picked", four)).toThrow(RangeError);
    expect(() => moved(anyOrderLine(), NORTH, "allocated", "picked", four)).toThrow("holds 0 allocated");
  });

  test.each([
    ["shipping takes from the vehicle", "shipped", "10", "7", "3"],
    ["shipping all that is loaded leaves nothing on the vehicle", "shipped", "10", "4", undefined],
    ["shipping more than is loaded leaves nothing on the vehicle", "shipped", "10", "2", undefined],
    ["putting back takes from beside the vehicle first", undefined, "10", "6", "6"],
    ["putting back more than stands beside takes the rest from the vehicle", undefined, "5", "5", "1"],
  ] as const)("%s", (_rule, to, picked, loaded, left) => {
    const line = anyOrderLine({ reservations: [{ ...NORTH, quantities: { picked }, loaded }] });
    const [place] = moved(line, NORTH, "picked", to, four).reservations;
    expect(place?.loaded).toBe(left);
  });
});

describe("setLoaded", () => {
  const line = anyOrderLine({
    reservations: [
      { ...NORTH, quantities: { picked: "4" } },
      { ...NORTH, lotNo: "L1", quantities: { allocated: "2" } },
    ],
  });

  it("marks the named place alone", () => {
    expect(withLoaded(line, NORTH, "3").reservations).toEqual([
      { ...NORTH, quantities: { picked: "4" }, loaded: "3" },
      line.reservations[1],
    ]);
  });

  test.each(["-1", "4.5"])("refuses to load %s of 4", (loaded) => {
    expect(() => withLoaded(line, NORTH, loaded)).toThrow("cannot be loaded");
  });

  it("refuses to load where nothing is picked, and where the line holds nothing", () => {
    expect(() => withLoaded(line, { ...NORTH, lotNo: "L1" }, "1")).toThrow("since 0 is picked");
    expect(() => withLoaded(line, { warehouseId: "SOUTH" }, "1")).toThrow("holds nothing at SOUTH");
  });
});
