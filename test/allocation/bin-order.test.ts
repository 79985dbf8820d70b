import { describe, expect, it } from "vitest";
import { binBook } from "../../src/allocation/bin-order.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { LotRule } from "../../src/model/lot-order.js";
import { LOT_ORDERS } from "../../src/model/lot-order.js";
import type { BinFacts, BinRule, WarehousePicking } from "../../src/allocation/picking-policy.js";
import { decimal, subtract } from "../../src/core/decimal.js";
import type { StockPosition } from "../../src/model/stock.js";
import { anyStock } from "../../src/testing/index.js";
import type { PlainPart } from "../../src/testing/plain.js";

type Place = PlainPart<StockPosition>;
const open = (picking: readonly WarehousePicking[], bins: readonly BinFacts[] = [], lots: LotRule = "fifo") => {
  const policy: AllocationPolicy = {
    priority: [],
    sourcing: { kind: "nearest", areas: [], otherwise: [] },
    lots,
    picking,
    bins,
  };
  return binBook(policy);
};
const north = (...chain: WarehousePicking["chain"]): WarehousePicking[] => [{ warehouseId: "NORTH", chain }];
const bin = (binId: string, facts: Partial<BinFacts> = {}): BinFacts => ({ warehouseId: "NORTH", binId, ...facts });
/** Places in the order in which they are picked: bin, or bin/lot. */
function picked(book: ReturnType<typeof binBook>, places: readonly Place[]): string[] {
  const all = anyStock(...places).map((position) => ({ position, free: subtract(position.onHand, position.reserved) }));
  return all
    .sort(book.comparison(all))
    .map(({ position: { binId = "-", lotNo } }) => (lotNo === undefined ? binId : `${binId}/${lotNo}`));
}

describe("binBook (mission 9.8; definition B5)", () => {
  it.each<[string, WarehousePicking["chain"], readonly BinFacts[], readonly Place[], readonly string[]]>([
    [
      "the picker's way, bins without a place on it last",
      [{ rule: "pickSequence" }],
      [bin("A", { pickSequence: 9 }), bin("B", { pickSequence: 2 }), bin("D"), bin("C")],
      [{ binId: "D" }, { binId: "A" }, { binId: "C" }, { binId: "B" }],
      ["B", "A", "C", "D"],
    ],
    [
      "the picker's way: where bins have one place on it, lots by their rule",
      [{ rule: "pickSequence" }],
      [bin("A", { pickSequence: 2 }), bin("B", { pickSequence: 2 })],
      [
        { binId: "B", lotNo: "1", receivedOn: "2026-01-01" },
        { binId: "A", lotNo: "1", receivedOn: "2026-01-03" },
        { binId: "A", lotNo: "2", receivedOn: "2026-01-02" },
      ],
      ["B/1", "A/2", "A/1"],
    ],
    [
      "the bin that holds least, over all its lots",
      [{ rule: "smallestFirst" }],
      [],
      [
        { binId: "A", lotNo: "1", onHand: "3" },
        { binId: "A", lotNo: "2", onHand: "3" },
        { binId: "B", lotNo: "1", onHand: "5" },
        { binId: "C", lotNo: "1", onHand: "5", reserved: "1" },
        { binId: "D", lotNo: "1", onHand: "10" },
      ],
      ["C/1", "B/1", "A/1", "A/2", "D/1"],
    ],
    [
      "the bin that holds least: of equals the one whose first lot goes first, as a whole; goods without a bin are one",
      [{ rule: "smallestFirst" }],
      [],
      [
        { binId: "B", lotNo: "1", onHand: "4" },
        { binId: "A", lotNo: "2", onHand: "2", receivedOn: "2026-01-02" },
        { binId: "A", lotNo: "1", onHand: "2" },
        { lotNo: "1", onHand: "2", receivedOn: "2026-01-03" },
        { lotNo: "2", onHand: "2", receivedOn: "2026-01-05" },
      ],
      ["A/2", "A/1", "-/1", "-/2", "B/1"],
    ],
    [
      "zones in turn, each by its rule, those that are not named where the chain has them",
      [{ zone: "PICK", rule: "pickSequence" }, { rule: "lots" }, { zone: "BULK", rule: "smallestFirst" }],
      [
        bin("A", { zone: "BULK" }),
        bin("B", { zone: "BULK" }),
        bin("C", { zone: "PICK", pickSequence: 2 }),
        bin("D", { zone: "PICK", pickSequence: 1 }),
        bin("E", { zone: "YARD" }),
      ],
      [
        { binId: "A", onHand: "9" },
        { binId: "B", onHand: "8" },
        { binId: "C" },
        { binId: "D" },
        { binId: "E", receivedOn: "2026-01-01" },
        { binId: "F", receivedOn: "2026-01-02" },
        { receivedOn: "2026-01-03" },
      ],
      ["D", "C", "E", "F", "-", "B", "A"],
    ],
    [
      "zones that the chain does not name come last, as the rule for lots has them",
      [{ zone: "PICK", rule: "pickSequence" }],
      [bin("A", { zone: "BULK", pickSequence: 9 }), bin("B", { pickSequence: 1 }), bin("C", { zone: "PICK" })],
      [
        { binId: "A", receivedOn: "2026-01-01" },
        { binId: "B", receivedOn: "2026-01-02" },
        { binId: "C", receivedOn: "2026-01-09" },
      ],
      ["C", "A", "B"],
    ],
    [
      "rules that look at how much is wanted leave the lots in their order before that",
      [{ rule: "fewestPlaces" }],
      [],
      [
        { binId: "A", receivedOn: "2026-01-02", onHand: "1" },
        { binId: "B", receivedOn: "2026-01-01" },
      ],
      ["B", "A"],
    ],
    [
      "another warehouse is left to the rule for lots",
      [{ rule: "smallestFirst" }],
      [],
      [
        { warehouseId: "SOUTH", binId: "A", onHand: "1", receivedOn: "2026-01-02" },
        { warehouseId: "SOUTH", binId: "B", onHand: "9", receivedOn: "2026-01-01" },
      ],
      ["B", "A"],
    ],
  ])("%s", (_case, chain, bins, places, expected) => {
    const book = open(north(...chain), bins);
    expect(picked(book, places)).toEqual(expected);
    expect(picked(book, places.toReversed())).toEqual(expected);
  });

  it.each<[BinRule, boolean]>([
    ["lots", false],
    ["pickSequence", false],
    ["smallestFirst", false],
    ["handlingUnitsFirst", true],
    ["fewestPlaces", true],
  ])("%s looks at how much is wanted: %s", (rule, isChanging) => {
    const picking = [...north({ zone: "X", rule: "lots" }, { rule }), { warehouseId: "SOUTH", chain: [] }];
    expect([...open(picking).changingWarehouses]).toEqual(isChanging ? ["NORTH"] : []);
  });

  it("tells the entry and its rule, and the handling unit of a bin", () => {
    const book = open(north({ zone: "P", rule: "fewestPlaces" }, { rule: "pickSequence" }), [
      bin("A", { zone: "P", handlingUnit: decimal("6") }),
      { warehouseId: "SOUTH", binId: "A", handlingUnit: decimal("7") },
    ]);
    const [inZone, other, elsewhere, loose] = anyStock(
      { binId: "A" },
      { binId: "B" },
      { warehouseId: "SOUTH", binId: "A" },
      {},
    );
    expect([inZone, other, elsewhere, loose].map((place) => book.entryOf(place!))).toEqual([0, 1, 0, 1]);
    expect([inZone, other, elsewhere, loose].map((place) => book.unitOf(place!))).toEqual([
      "6",
      undefined,
      "7",
      undefined,
    ]);
    expect([0, 1, 2].map((entry) => book.ruleOf("NORTH", entry))).toEqual(["fewestPlaces", "pickSequence", "lots"]);
    expect(book.ruleOf("SOUTH", 0)).toBe("lots");
  });
});

describe("LOT_ORDERS (mission 9.9; definition B5)", () => {
  const lots = anyStock(
    { lotNo: "A", receivedOn: "2026-01-03", expiresOn: "2026-05-01" },
    { lotNo: "B", receivedOn: "2026-01-01", expiresOn: "2026-06-01" },
    { lotNo: "C", receivedOn: "2026-01-02", expiresOn: "2026-05-01" },
    { lotNo: "D" },
    { lotNo: "E", expiresOn: "2026-04-01" },
    { lotNo: "F", receivedOn: "2026-01-01" },
    { lotNo: "F", binId: "1", receivedOn: "2026-01-01" },
    { lotNo: "F", binId: "2", receivedOn: "2026-01-01" },
  );

  it.each<[LotRule, string]>([
    ["fifo", "B F F1 F2 C A D E"],
    ["fefo", "E C A B F F1 F2 D"],
    ["lifo", "A C B F F1 F2 D E"],
  ])("%s", (rule, expected) => {
    for (const input of [lots, lots.toReversed()]) {
      const names = input.toSorted(LOT_ORDERS[rule]).map(({ lotNo, binId = "" }) => `${lotNo}${binId}`);
      expect(names.join(" ")).toBe(expected);
    }
  });
});
