import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocateBatch, type AllocateBatchContext } from "../../src/allocation/allocate-batch.js";
import type { AllocationOutcome } from "../../src/allocation/apply-allocation-plan.js";
import type { AllocationPolicy } from "../../src/allocation/allocation-policy.js";
import type { BinFacts, BinRule } from "../../src/allocation/picking-policy.js";
import type { ChosenSourcing, RankedSourcing, Sourcing, WarehouseRule } from "../../src/allocation/sourcing-policy.js";
import type { WarehouseLimit } from "../../src/allocation/sourcing/warehouse-policy.js";
import { daysBetween } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { Order } from "../../src/model/order.js";
import type { StockPosition } from "../../src/model/stock.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../src/testing/index.js";
import { TODAY } from "./small-world.js";

const NEAREST: Sourcing = { kind: "nearest", areas: [], otherwise: ["NORTH", "SOUTH", "EAST"] };

function allocate(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: Partial<AllocationPolicy> = {},
  more: Partial<AllocateBatchContext> = {},
): AllocationOutcome {
  const whole: AllocationPolicy = { priority: [], sourcing: NEAREST, lots: "fifo", ...policy };
  return allocateBatch(deepFreeze(orders), deepFreeze(stock), {
    ...anyContext(),
    policy: whole,
    today: TODAY,
    ...more,
  });
}

function order(orderNo: string, lines: readonly AnyOrderLine[], more: AnyOrder = {}): Order {
  return anyOrder({ orderNo, stage: "confirmed", lines, ...more });
}

const got = ({ reasons }: AllocationOutcome): string[] =>
  reasons.map(({ lineId, allocated, code }) => `${lineId} ${allocated} ${code}`);
const takes = ({ movements }: AllocationOutcome): string[] =>
  movements.map(({ lineId, quantity, warehouseId, binId, lotNo }) =>
    [lineId, quantity, warehouseId, binId, lotNo].filter(Boolean).join(" "),
  );
const ranked = (...rules: WarehouseRule[]): RankedSourcing => ({
  kind: "ranked",
  warehouseIds: ["NORTH", "SOUTH", "EAST"],
  rules,
});
const chosen = (part: Partial<ChosenSourcing> = {}): ChosenSourcing => ({
  kind: "chosen",
  strategy: { kind: "fewestSplits" },
  limits: [],
  steps: 10_000,
  areas: [],
  otherwise: ["NORTH", "SOUTH", "EAST"].map((warehouseId) => ({ warehouseId })),
  ...part,
});
const tea = (quantity: string): AnyOrderLine => ({ itemCode: "TEA", orderedQty: quantity });
const salt = (quantity: string): AnyOrderLine => ({ itemCode: "SALT", orderedQty: quantity });
const at = (warehouseId: string, itemCode: string, onHand: string) => ({ warehouseId, itemCode, onHand });

describe("allocateBatch: lots that a line names (mission 9.9; definition B5)", () => {
  const stock = anyStock(
    { lotNo: "A", onHand: "5", receivedOn: "2026-01-01" },
    { lotNo: "B", onHand: "5", receivedOn: "2026-01-02" },
    { lotNo: "B", onHand: "2", warehouseId: "SOUTH", receivedOn: "2026-01-02" },
  );

  it("rule 3: takes only the lot that the line names, in every warehouse that it asks", () => {
    expect(takes(allocate([order("SO-1", [{ ...tea("9"), lotNo: "B" }])], stock))).toEqual([
      "SO-1-1 5 NORTH B",
      "SO-1-1 2 SOUTH B",
    ]);
  });

  it("rule 3: says that nothing may be used where the named lot is not there, and who took it where it was", () => {
    expect(got(allocate([order("SO-1", [{ ...tea("9"), lotNo: "X" }])], stock))).toEqual(["SO-1-1 0 no_usable_stock"]);
    const two = [order("SO-1", [{ ...tea("7"), lotNo: "B" }]), order("SO-2", [{ ...tea("1"), lotNo: "B" }])];
    expect(got(allocate(two, stock))).toEqual(["SO-1-1 7 served_in_full", "SO-2-1 0 sold_out_by_earlier"]);
  });
});

describe("allocateBatch: one lot for a line (mission 9.9; definition B5)", () => {
  const stock = anyStock(
    { lotNo: "A", onHand: "4", receivedOn: "2026-01-01" },
    { lotNo: "B", binId: "1", onHand: "4", receivedOn: "2026-01-02" },
    { lotNo: "B", binId: "2", onHand: "3", receivedOn: "2026-01-02" },
    { lotNo: "C", warehouseId: "SOUTH", onHand: "8", receivedOn: "2026-01-03" },
  );

  it.each([
    ["the first lot that has all", "4", ["SO-1-1 4 NORTH A"]],
    ["a lot that lies in two bins", "6", ["SO-1-1 4 NORTH 1 B", "SO-1-1 2 NORTH 2 B"]],
    ["a lot of the next warehouse where the nearest has no such one", "8", ["SO-1-1 8 SOUTH C"]],
    ["of the lots that are too small the one that gives most", "20", ["SO-1-1 8 SOUTH C"]],
  ])("takes %s", (_case, quantity, expected) => {
    expect(takes(allocate([order("SO-1", [{ ...tea(quantity), oneLotOnly: true }])], stock))).toEqual(expected);
    expect(takes(allocate([order("SO-1", [tea(quantity)])], stock, { oneLotPerLine: true }))).toEqual(expected);
  });

  it("takes nothing for a line that takes all or nothing, and keeps a line to the lot that it holds", () => {
    const all = { ...tea("20"), oneLotOnly: true, partialAllowed: false };
    expect(got(allocate([order("SO-1", [all])], stock))).toEqual(["SO-1-1 0 partial_not_allowed"]);
    const held = {
      itemCode: "TEA",
      oneLotOnly: true,
      quantities: { open: "5" },
      reservations: [{ warehouseId: "NORTH", lotNo: "A", quantities: { allocated: "1" } }],
    };
    expect(takes(allocate([order("SO-1", [held])], stock))).toEqual(["SO-1-1 4 NORTH A"]);
  });

  it("keeps a line that names its lot to the warehouse in which it holds some of it", () => {
    const held = {
      itemCode: "TEA",
      lotNo: "C",
      oneLotOnly: true,
      quantities: { open: "5" },
      reservations: [{ warehouseId: "NORTH", lotNo: "C", quantities: { allocated: "1" } }],
    };
    expect(takes(allocate([order("SO-1", [held])], stock))).toEqual([]);
    expect(takes(allocate([order("SO-1", [{ ...held, oneLotOnly: false }])], stock))).toEqual(["SO-1-1 5 SOUTH C"]);
  });

  it("keeps a line to its lot when it is offered more of what a sharing left (mission 9.13)", () => {
    const two = anyStock({ lotNo: "A", onHand: "6" }, { lotNo: "B", onHand: "4" });
    const wishes = [{ ...tea("12"), oneLotOnly: true }];
    const sharing = [{ rule: "equalAwards" as const }];
    expect(takes(allocate([order("SO-1", wishes)], two, { sharing }))).toEqual(["SO-1-1 6 NORTH A"]);
    const loose = anyStock({ binId: "1", onHand: "6" }, { lotNo: "B", onHand: "4" });
    expect(takes(allocate([order("SO-1", wishes)], loose, { sharing }))).toEqual(["SO-1-1 6 NORTH 1"]);
    const shortLived = anyStock({ lotNo: "A", onHand: "6" }, { lotNo: "B", onHand: "4", expiresOn: "2026-03-05" });
    const fresh = wishes.map((line) => ({ ...line, minimumRemainingLifeDays: 20 }));
    expect(takes(allocate([order("SO-1", fresh)], shortLived, { sharing }))).toEqual(["SO-1-1 6 NORTH A"]);
  });

  it("keeps a line to its lot when warehouses are chosen again for what one choice left (mission 9.7)", () => {
    const sourcing: Sourcing = {
      kind: "chosen",
      strategy: { kind: "leastCost" },
      limits: [],
      steps: 1000,
      areas: [],
      otherwise: [{ warehouseId: "SOUTH" }, { warehouseId: "EAST" }],
    };
    const two = anyStock(
      { warehouseId: "EAST", lotNo: "A", onHand: "34" },
      { warehouseId: "SOUTH", lotNo: "B", onHand: "5" },
    );
    const lines = [{ ...tea("30"), partialAllowed: false }, tea("9")];
    expect(takes(allocate([order("SO-1", lines)], two, { sourcing, oneLotPerLine: true }))).toEqual([
      "SO-1-1 30 EAST A",
      "SO-1-2 4 EAST A",
    ]);
  });
});

describe("allocateBatch: bins (mission 9.8; definition B5)", () => {
  const bins: BinFacts[] = [
    { warehouseId: "NORTH", binId: "A", zone: "BULK", pickSequence: 3, handlingUnit: decimal("6") },
    { warehouseId: "NORTH", binId: "B", zone: "BULK", pickSequence: 1, handlingUnit: decimal("4") },
    { warehouseId: "NORTH", binId: "C", zone: "PICK", pickSequence: 2 },
  ];
  const stock = anyStock(
    { binId: "A", onHand: "13", receivedOn: "2026-01-03" },
    { binId: "B", onHand: "9", receivedOn: "2026-01-02" },
    { binId: "C", onHand: "5", receivedOn: "2026-01-01" },
  );
  const pick = (quantity: string, chain: readonly { readonly zone?: string; readonly rule: BinRule }[]): string =>
    takes(allocate([order("SO-1", [tea(quantity)])], stock, { picking: [{ warehouseId: "NORTH", chain }], bins }))
      .map((take) => take.replace("SO-1-1 ", "").replace("NORTH ", ""))
      .join(", ");

  it.each<[BinRule, string, string]>([
    ["lots", "7", "5 C, 2 B"],
    ["pickSequence", "12", "9 B, 3 C"],
    ["smallestFirst", "15", "5 C, 9 B, 1 A"],
    ["handlingUnitsFirst", "12", "12 A"],
    ["handlingUnitsFirst", "17", "12 A, 4 B, 1 C"],
    ["handlingUnitsFirst", "3", "3 C"],
    ["handlingUnitsFirst", "24", "12 A, 8 B, 4 C"],
    ["handlingUnitsFirst", "27", "13 A, 9 B, 5 C"],
    ["fewestPlaces", "4", "4 C"],
    ["fewestPlaces", "9", "9 B"],
    ["fewestPlaces", "10", "10 A"],
    ["fewestPlaces", "17", "13 A, 4 C"],
    ["fewestPlaces", "20", "13 A, 7 B"],
  ])("%s takes %s as %s", (rule, quantity, expected) => {
    const sorted = (text: string): string[] => text.split(", ").sort();
    expect(sorted(pick(quantity, [{ rule }]))).toEqual(sorted(expected));
  });

  it("goes through zones in turn, each by its rule; zones that are not named come last", () => {
    expect(pick("20", [{ zone: "BULK", rule: "pickSequence" }, { rule: "lots" }])).toBe("9 B, 11 A");
    expect(
      pick("7", [
        { zone: "PICK", rule: "lots" },
        { zone: "BULK", rule: "fewestPlaces" },
      ]),
    ).toBe("5 C, 2 B");
    expect(pick("24", [{ zone: "BULK", rule: "smallestFirst" }])).toBe("9 B, 13 A, 2 C");
  });

  it("fewestPlaces: a bin counts once, whatever lots lie in it, and also for who may not take all of them", () => {
    const places = anyStock(
      { binId: "A", lotNo: "1", onHand: "3" },
      { binId: "A", lotNo: "2", onHand: "3", expiresOn: "2026-05-01" },
      { binId: "B", lotNo: "3", onHand: "5" },
      { binId: "C", lotNo: "1", onHand: "2", expiresOn: "2026-03-20" },
    );
    const policy = { picking: [{ warehouseId: "NORTH", chain: [{ rule: "fewestPlaces" as const }] }] };
    const picked = (line: AnyOrderLine): string[] => takes(allocate([order("SO-1", [line])], places, policy));
    expect(picked(tea("6"))).toEqual(["SO-1-1 3 NORTH A 1", "SO-1-1 3 NORTH A 2"]);
    expect(picked({ ...tea("6"), minimumRemainingLifeDays: 30 })).toEqual(["SO-1-1 3 NORTH A 1", "SO-1-1 3 NORTH A 2"]);
    // In the first bin only three live so long.
    expect(picked({ ...tea("6"), minimumRemainingLifeDays: 90 })).toEqual(["SO-1-1 5 NORTH B 3", "SO-1-1 1 NORTH A 1"]);
    const two = [order("SO-1", [tea("4")]), order("SO-2", [tea("7")])];
    expect(takes(allocate(two, places, policy))).toEqual([
      "SO-1-1 4 NORTH B 3",
      "SO-2-1 3 NORTH A 1",
      "SO-2-1 3 NORTH A 2",
      "SO-2-1 1 NORTH B 3",
    ]);
  });

  it("leaves to the rule for lots what the way leaves equal, also bins that are not on it", () => {
    const places = anyStock(
      { binId: "X", onHand: "5", expiresOn: "2026-09-01" },
      { binId: "Y", onHand: "5", expiresOn: "2026-04-01" },
    );
    const policy = {
      lots: "fefo" as const,
      picking: [{ warehouseId: "NORTH", chain: [{ rule: "pickSequence" as const }] }],
      bins: ["X", "Y"].map((binId) => ({ warehouseId: "NORTH", binId })),
    };
    expect(takes(allocate([order("SO-1", [tea("6")])], places, policy))).toEqual([
      "SO-1-1 5 NORTH Y",
      "SO-1-1 1 NORTH X",
    ]);
  });

  it("leaves other warehouses to the rule for lots", () => {
    const outcome = allocate([order("SO-1", [tea("6")])], stock, {
      picking: [{ warehouseId: "SOUTH", chain: [{ rule: "fewestPlaces" }] }],
      bins,
    });
    expect(takes(outcome)).toEqual(["SO-1-1 5 NORTH C", "SO-1-1 1 NORTH B"]);
  });

  it("fewestPlaces: needs as few places as any choice of them does", () => {
    const piles = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(piles, fc.integer({ min: 1, max: 30 }), (free, wanted) => {
        const need = Math.min(
          wanted,
          free.reduce((total, units) => total + units, 0),
        );
        let least = Infinity;
        for (let set = 1; set < 2 ** free.length; set++) {
          const members = free.filter((_, place) => (set >> place) % 2 === 1);
          if (members.reduce((total, units) => total + units, 0) >= need) least = Math.min(least, members.length);
        }
        const places = anyStock(...free.map((units, place) => ({ binId: `B-${place}`, onHand: String(units) })));
        const policy = { picking: [{ warehouseId: "NORTH", chain: [{ rule: "fewestPlaces" as const }] }] };
        expect(takes(allocate([order("SO-1", [tea(String(wanted))])], places, policy)).length).toBe(least);
      }),
      { numRuns: 150 },
    );
  });
});

describe("allocateBatch: lines that come together (mission 9.16; definition B6)", () => {
  it("serves an order that comes complete in full or not at all, and offers its stock to those after it", () => {
    const orders = [
      order("SO-1", [tea("5"), salt("5")], { header: { shipComplete: true } }),
      order("SO-2", [tea("7")]),
      order("SO-3", [salt("4")], { header: { shipComplete: true } }),
    ];
    const stock = anyStock(at("NORTH", "TEA", "9"), at("NORTH", "SALT", "4"));
    expect(got(allocate(orders, stock))).toEqual([
      "SO-1-1 0 group_incomplete",
      "SO-1-2 0 partial_not_allowed",
      "SO-2-1 7 served_in_full",
      "SO-3-1 4 served_in_full",
    ]);
  });

  it("keeps groups of one order apart, and serves a group where its first line stands", () => {
    const lines = [
      { ...tea("4"), deliveryGroup: "G" },
      tea("4"),
      { ...tea("4"), deliveryGroup: "G" },
      { ...tea("3"), deliveryGroup: "H" },
    ];
    expect(got(allocate([order("SO-1", lines)], anyStock({ onHand: "9" })))).toEqual([
      "SO-1-1 4 served_in_full",
      "SO-1-2 1 served_in_part",
      "SO-1-3 4 served_in_full",
      "SO-1-4 0 sold_out_by_earlier",
    ]);
  });

  it.each([
    ["a line is on hold", { holds: [{ lineId: "SO-1-2" }] }, ["group_incomplete", "on_hold"]],
    [
      "an item has no stock record",
      { lines: [tea("1"), { itemCode: "RICE" }] },
      ["group_incomplete", "no_stock_record"],
    ],
  ])("gives nothing to the group when %s", (_case, more, codes) => {
    const outcome = allocate(
      [order("SO-1", [tea("1"), salt("1")], { header: { shipComplete: true }, ...more })],
      anyStock({}, { itemCode: "SALT" }),
    );
    expect(outcome.reasons.map(({ code }) => code)).toEqual(codes);
    expect(outcome.movements).toEqual([]);
  });

  it("a group whose lots live too short for one of its lines puts back what the others took", () => {
    const stock = anyStock(
      { lotNo: "A", onHand: "5", expiresOn: "2026-03-06" },
      { lotNo: "B", onHand: "5", expiresOn: "2026-06-01" },
    );
    const group = [tea("6"), { ...tea("4"), minimumRemainingLifeDays: 30 }];
    const lines = group.map((line) => ({ ...line, deliveryGroup: "G" }));
    const others = [order("SO-2", [tea("10")])];
    // The first line empties lot A and begins lot B, of which the second then finds 4.
    expect(got(allocate([order("SO-1", lines)], stock, { lots: "fefo" }))).toEqual([
      "SO-1-1 6 served_in_full",
      "SO-1-2 4 served_in_full",
    ]);
    // Both need lot B, which has not enough for them, although each alone and their item in all seem to have.
    const both = [tea("3"), tea("3")].map((line) => ({ ...line, minimumRemainingLifeDays: 30, deliveryGroup: "G" }));
    expect(got(allocate([order("SO-1", both), ...others], stock))).toEqual([
      "SO-1-1 0 group_incomplete",
      "SO-1-2 0 group_incomplete",
      "SO-2-1 10 served_in_full",
    ]);
  });
});

describe("lines that come together and stand in each other's way (mission 9.9, 9.16; definitions B5, B6)", () => {
  const kinds: readonly Sourcing[] = [
    NEAREST,
    { ...NEAREST, kind: "wholeOrderFromOne", ifNone: "nothing" },
    ranked(),
    chosen(),
    chosen({ strategy: { kind: "wholeFromOne" } }),
  ];
  // Lot A is first in every order of lots; the first line would take it, and the second can do with no other.
  const stock = anyStock(
    { lotNo: "A", onHand: "4", receivedOn: "2026-01-01", expiresOn: "2026-06-01" },
    { lotNo: "B", onHand: "6", receivedOn: "2026-01-02", expiresOn: "2026-03-20" },
  );

  it.each<[string, AnyOrderLine, boolean]>([
    ["a line that needs a longer life", { minimumRemainingLifeDays: 60 }, true],
    ["a line that names the lot", { lotNo: "A" }, true],
    ["a line of one lot that has enough nowhere else", { oneLotOnly: true, minimumRemainingLifeDays: 40 }, true],
    ["a line that names a lot that is not there", { lotNo: "C" }, false],
  ])("are all served where that is possible in any turn: %s", (_case, more, isServed) => {
    const lines = [tea("5"), { ...tea("4"), ...more }];
    const expected = isServed ? ["5 served_in_full", "4 served_in_full"] : undefined;
    for (const sourcing of kinds)
      for (const header of [{ shipComplete: true }, {}]) {
        const own = header.shipComplete === true ? lines : lines.map((line) => ({ ...line, deliveryGroup: "G" }));
        const { reasons, movements } = allocate([order("SO-1", own, { header })], stock, { sourcing });
        const told = reasons.map(({ allocated, code }) => `${allocated} ${code}`);
        if (expected === undefined) expect(movements).toEqual([]);
        else expect([sourcing.kind, ...told]).toEqual([sourcing.kind, ...expected]);
      }
  });

  it("an order from one chosen warehouse passes over one that has enough for each line, and not for all of them", () => {
    const places = anyStock(
      at("NORTH", "TEA", "2"),
      { ...at("NORTH", "SALT", "1"), expiresOn: "2026-03-05" },
      at("SOUTH", "TEA", "3"),
      at("SOUTH", "SALT", "1"),
    );
    const lines = [salt("1"), { ...tea("1"), minimumRemainingLifeDays: 5 }, tea("2")];
    const sourcing = chosen({ strategy: { kind: "wholeFromOne" } });
    const found = allocate([order("SO-1", lines, { header: { requestedDeliveryDate: "2026-03-02" } })], places, {
      sourcing,
    });
    expect(found.movements.map(({ warehouseId }) => warehouseId)).toEqual(["SOUTH", "SOUTH", "SOUTH"]);
    expect(found.reasons[0]?.sourcing).toMatchObject({ kind: "chosen", optimal: true });
    // A line of which its step wants nothing keeps nobody.
    const small = [{ ...tea("1"), quantum: "2" }, tea("1")];
    expect(got(allocate([order("SO-1", small)], places, { sourcing }))).toEqual([
      "SO-1-1 0 below_quantum",
      "SO-1-2 1 served_in_full",
    ]);
    // By LIFO the first line would take the only lot that the second may take.
    const lots = anyStock(
      { lotNo: "A", onHand: "4", receivedOn: "2026-02-01", expiresOn: "2026-06-01" },
      { lotNo: "B", onHand: "5", receivedOn: "2026-01-01", expiresOn: "2026-03-20" },
    );
    const two = [tea("5"), { ...tea("4"), minimumRemainingLifeDays: 60 }];
    expect(got(allocate([order("SO-1", two)], lots, { sourcing, lots: "lifo" }))).toEqual([
      "SO-1-1 5 served_in_full",
      "SO-1-2 4 served_in_full",
    ]);
  });

  it("an order from one warehouse is served so as well, whatever comes together", () => {
    const lines = [tea("5"), { ...tea("4"), minimumRemainingLifeDays: 60 }];
    const outcome = allocate([order("SO-1", lines)], stock, { sourcing: kinds[1]! });
    expect(got(outcome)).toEqual(["SO-1-1 5 served_in_full", "SO-1-2 4 served_in_full"]);
    // A line on hold does not keep the others, unless it comes with them.
    const held = { holds: [{ lineId: "SO-1-2" }] };
    expect(got(allocate([order("SO-1", lines, held)], stock, { sourcing: kinds[1]! }))).toEqual([
      "SO-1-1 5 served_in_full",
      "SO-1-2 0 on_hold",
    ]);
    const grouped = lines.map((line) => ({ ...line, deliveryGroup: "G" }));
    expect(allocate([order("SO-1", grouped, held)], stock, { sourcing: kinds[1]! }).movements).toEqual([]);
  });

  it("that differ in the life alone come whenever all of them can: no life asks for more than lives so long", () => {
    const days = ["2026-03-10", "2026-03-20", "2026-04-01", "2026-06-01"];
    const lives = [1, 10, 20, 60];
    const small = fc.constantFrom(1, 2, 3, 4, 5);
    const lots = fc.array(fc.tuple(fc.constantFrom(...days.keys()), small, fc.constantFrom("NORTH", "SOUTH")), {
      minLength: 1,
      maxLength: 4,
      size: "max",
    });
    const wishes = fc.array(fc.tuple(fc.constantFrom(...lives.keys()), small), {
      minLength: 2,
      maxLength: 4,
      size: "max",
    });
    let [served, failed] = [0, 0];
    fc.assert(
      fc.property(
        lots,
        wishes,
        fc.constantFrom("fifo" as const, "fefo" as const, "lifo" as const),
        (has, wants, rule) => {
          const offered = anyStock(
            ...has.map(([day, onHand, warehouseId], place) => ({
              warehouseId,
              lotNo: `L-${place}`,
              onHand: `${onHand}`,
              expiresOn: days[day]!,
              receivedOn: `2026-01-0${9 - place}`,
            })),
          );
          const lines = wants.map(([life, quantity]) => ({
            ...tea(`${quantity}`),
            minimumRemainingLifeDays: lives[life]!,
          }));
          const isPossible = lives.every(
            (life, level) =>
              wants.filter(([own]) => own >= level).reduce((total, [, quantity]) => total + quantity, 0) <=
              has
                .filter(([day]) => daysBetween(TODAY, days[day] as never) >= life)
                .reduce((total, [, units]) => total + units, 0),
          );
          const { movements } = allocate([order("SO-1", lines, { header: { shipComplete: true } })], offered, {
            lots: rule,
          });
          expect(movements.length > 0).toBe(isPossible);
          if (isPossible) served++;
          else failed++;
        },
      ),
      { numRuns: 200 },
    );
    expect(Math.min(served, failed)).toBeGreaterThan(10);
  });
});

describe("allocateBatch: the whole order from one warehouse (mission 9.7; definition B5)", () => {
  const whole = (ifNone: "nearest" | "nothing"): Sourcing => ({ ...NEAREST, kind: "wholeOrderFromOne", ifNone });
  const stock = anyStock(
    at("NORTH", "TEA", "9"),
    at("SOUTH", "TEA", "5"),
    at("SOUTH", "SALT", "5"),
    at("EAST", "SALT", "9"),
  );

  it("passes over a nearer warehouse that has only a part", () => {
    const outcome = allocate([order("SO-1", [tea("4"), salt("4")])], stock, { sourcing: whole("nothing") });
    expect(takes(outcome)).toEqual(["SO-1-1 4 SOUTH", "SO-1-2 4 SOUTH"]);
    expect(outcome.reasons[0]).toMatchObject({
      warehouses: ["SOUTH"],
      sourcing: { kind: "wholeOrderFromOne", found: true },
    });
  });

  it("asks them in turn where none has all, or gives nothing, as the policy says", () => {
    const orders = [order("SO-1", [tea("6"), salt("4")])];
    expect(takes(allocate(orders, stock, { sourcing: whole("nearest") }))).toEqual([
      "SO-1-1 6 NORTH",
      "SO-1-2 4 SOUTH",
    ]);
    const nothing = allocate(orders, stock, { sourcing: whole("nothing") });
    expect(got(nothing)).toEqual(["SO-1-1 0 sourcing_limits", "SO-1-2 0 sourcing_limits"]);
    expect(nothing.reasons[0]?.sourcing).toEqual({ kind: "wholeOrderFromOne", found: false });
  });

  it("keeps to the warehouse that the order has goods from", () => {
    const lines = [
      tea("2"),
      {
        itemCode: "SALT",
        orderedQty: "1",
        quantities: { allocated: "1" },
        reservations: [{ warehouseId: "SOUTH", quantities: { allocated: "1" } }],
      },
    ];
    expect(takes(allocate([order("SO-1", lines)], stock, { sourcing: whole("nothing") }))).toEqual(["SO-1-1 2 SOUTH"]);
  });

  it("gives nothing where the order has goods from two warehouses already", () => {
    const reservations = ["NORTH", "SOUTH"].map((warehouseId) => ({ warehouseId, quantities: { allocated: "1" } }));
    const lines = [tea("2"), { itemCode: "SALT", orderedQty: "2", quantities: { allocated: "2" }, reservations }];
    const outcome = allocate([order("SO-1", lines)], stock, { sourcing: whole("nothing") });
    expect(takes(outcome)).toEqual([]);
    expect(outcome.reasons[0]?.sourcing).toEqual({ kind: "wholeOrderFromOne", found: false });
  });
});

describe("allocateBatch: warehouses that rules rank (mission 9.7; definition B5)", () => {
  const stock = anyStock(
    at("NORTH", "TEA", "3"),
    at("SOUTH", "TEA", "9"),
    at("EAST", "TEA", "9"),
    at("EAST", "SALT", "1"),
  );
  const first = (rules: readonly WarehouseRule[], lines = [tea("4"), salt("1")]) => {
    const outcome = allocate(
      [order("SO-1", lines, { header: { customerCode: "C-1" } })],
      stock,
      {
        sourcing: ranked(...rules),
      },
      { hostRanks: { farAway: (_order, warehouseId) => (warehouseId === "NORTH" ? 9 : 1) } },
    );
    const [reason] = outcome.reasons;
    return [reason?.warehouses.join(" "), reason?.sourcing?.kind === "ranked" && reason.sourcing.rule];
  };

  it.each<[string, WarehouseRule[], string, string]>([
    ["no rule: the order of the list", [], "NORTH SOUTH EAST", "default"],
    ["a preferred one", [{ rule: "preferred", warehouseIds: ["EAST"] }], "EAST NORTH SOUTH", "preferred"],
    ["a rule that says nothing of any", [{ rule: "preferred", warehouseIds: ["WEST"] }], "NORTH SOUTH EAST", "default"],
    [
      "the area's",
      [{ rule: "areas", areas: [{ areaPath: ["hamburg"], warehouseIds: ["SOUTH", "EAST"] }] }],
      "SOUTH EAST NORTH",
      "areas",
    ],
    [
      "the customer's",
      [{ rule: "byField", field: "customerCode", warehouseIds: { "C-1": ["SOUTH"] } }],
      "SOUTH NORTH EAST",
      "byField",
    ],
    ["most stock", [{ rule: "mostStock" }], "EAST SOUTH NORTH", "mostStock"],
    ["fewest splits", [{ rule: "fewestSplits" }], "EAST SOUTH NORTH", "fewestSplits"],
    [
      "a tie that goes to the next rule",
      [{ rule: "host", name: "farAway" }, { rule: "fewestSplits" }],
      "EAST SOUTH NORTH",
      "fewestSplits",
    ],
    ["a tie that nothing breaks", [{ rule: "host", name: "farAway" }], "SOUTH EAST NORTH", "default"],
  ])("%s", (_case, rules, warehouses, rule) => {
    expect(first(rules)).toEqual([warehouses, rule]);
  });

  it("takes from the ranked warehouses in turn, and counts what earlier orders took", () => {
    const orders = [order("SO-1", [tea("9")]), order("SO-2", [tea("10")])];
    const outcome = allocate(orders, stock, { sourcing: ranked({ rule: "mostStock" }) });
    expect(takes(outcome)).toEqual(["SO-1-1 9 SOUTH", "SO-2-1 9 EAST", "SO-2-1 1 NORTH"]);
  });

  it("ranks for each line apart where the policy says so, and says for each which rule decided", () => {
    const outcome = allocate([order("SO-1", [tea("4"), salt("1")])], stock, {
      sourcing: { ...ranked({ rule: "mostStock" }), per: "line" },
    });
    expect(takes(outcome)).toEqual(["SO-1-1 4 SOUTH", "SO-1-2 1 EAST"]);
    expect(outcome.reasons.map(({ warehouses, sourcing }) => [warehouses.join(" "), sourcing])).toEqual([
      ["SOUTH EAST NORTH", { kind: "ranked", rule: "default" }],
      ["EAST NORTH SOUTH", { kind: "ranked", rule: "mostStock" }],
    ]);
  });

  it("counts stock of several items in the same measure, each up to what is wanted", () => {
    const sourcing = ranked({ rule: "mostStock" });
    const halves = [at("NORTH", "TEA", "0.5"), at("NORTH", "SALT", "4"), at("SOUTH", "TEA", "3.5")];
    const both = order("SO-1", [tea("5"), salt("5")]);
    expect(allocate([both], anyStock(...halves), { sourcing }).reasons[0]?.warehouses[0]).toBe("NORTH");
    const plenty = [at("NORTH", "TEA", "50"), at("SOUTH", "TEA", "4.5"), at("SOUTH", "SALT", "1")];
    expect(allocate([both], anyStock(...plenty), { sourcing }).reasons[0]?.warehouses[0]).toBe("SOUTH");
  });

  it("counts what a warehouse has once, however many lines of an item want it", () => {
    const first = (rule: "mostStock" | "fewestSplits", ...places: readonly ReturnType<typeof at>[]) => {
      const lines = [tea("5"), tea("4"), salt("5")];
      const outcome = allocate([order("SO-1", lines)], anyStock(...places), { sourcing: ranked({ rule }) });
      return outcome.reasons[0]?.warehouses[0];
    };
    // Six for nine pieces of tea are less than two and five pieces of salt.
    const many = [at("NORTH", "TEA", "6"), at("SOUTH", "TEA", "2"), at("SOUTH", "SALT", "5")];
    expect(first("mostStock", ...many)).toBe("SOUTH");
    // Eight serve one of the lines of tea in full, not both.
    const some = [at("NORTH", "TEA", "8"), at("SOUTH", "TEA", "4"), at("SOUTH", "SALT", "5")];
    expect(first("fewestSplits", ...some)).toBe("SOUTH");
  });

  it("leaves ties of all rules to the order of the list, and lines without stock out of the count", () => {
    const unknown = order("SO-1", [{ itemCode: "OIL", orderedQty: "1" }, tea("1")]);
    const outcome = allocate([unknown], anyStock(at("EAST", "TEA", "9"), at("SOUTH", "TEA", "9")), {
      sourcing: ranked({ rule: "fewestSplits" }),
    });
    expect(outcome.reasons.map(({ warehouses, code }) => [warehouses.join(" "), code])).toEqual([
      ["SOUTH EAST NORTH", "no_stock_record"],
      ["SOUTH EAST NORTH", "served_in_full"],
    ]);
    expect(outcome.reasons[1]?.sourcing).toEqual({ kind: "ranked", rule: "default" });
  });

  it("stops the run for a function of the host that is not there", () => {
    expect(() =>
      allocate([order("SO-1", [tea("1")])], stock, { sourcing: ranked({ rule: "host", name: "no" }) }),
    ).toThrow("There is no rule no of the host.");
  });

  it("stops the run where the host ranks a warehouse by what is no number", () => {
    const half = (_: Order, warehouseId: string) => (warehouseId === "SOUTH" ? Number.NaN : 1);
    const sourcing = ranked({ rule: "host", name: "half" });
    expect(() => allocate([order("SO-1", [tea("1")])], stock, { sourcing }, { hostRanks: { half } })).toThrow(
      "What half of the host says does not rank: NaN.",
    );
  });
});

describe("allocateBatch: warehouses that a strategy chooses (mission 9.7; definition B5)", () => {
  const stock = anyStock(
    at("NORTH", "TEA", "9"),
    at("SOUTH", "TEA", "5"),
    at("SOUTH", "SALT", "5"),
    at("EAST", "SALT", "9"),
  );
  const both = [tea("4"), salt("4")];

  it("serves an order from as few warehouses as can be, and says that it is proven", () => {
    const outcome = allocate([order("SO-1", both)], stock, { sourcing: chosen() });
    expect(takes(outcome)).toEqual(["SO-1-1 4 SOUTH", "SO-1-2 4 SOUTH"]);
    expect(outcome.reasons[0]?.sourcing).toEqual({ kind: "chosen", optimal: true, dropped: [] });
  });

  it("chooses for each order from what those before it left", () => {
    const outcome = allocate([order("SO-1", both), order("SO-2", both)], stock, { sourcing: chosen() });
    expect(takes(outcome).slice(2)).toEqual(["SO-2-1 4 NORTH", "SO-2-2 4 EAST"]);
  });

  it("names the soft limit that gave way, and leaves unserved what a hard one forbids", () => {
    const limit = { kind: "maxWarehouses" as const, count: 1 };
    const lines = [tea("6"), salt("4")];
    const soft = allocate([order("SO-1", lines)], stock, {
      sourcing: chosen({ limits: [{ ...limit, strength: "soft" }] }),
    });
    expect(got(soft)).toEqual(["SO-1-1 6 served_in_full", "SO-1-2 4 served_in_full"]);
    expect(soft.reasons[0]?.sourcing).toMatchObject({ dropped: ["maxWarehouses"] });
    const hard = allocate([order("SO-1", lines)], stock, {
      sourcing: chosen({ limits: [{ ...limit, strength: "hard" }] }),
    });
    expect(new Set(hard.movements.map(({ warehouseId }) => warehouseId)).size).toBe(1);
  });

  it("asks again without a line that takes all or nothing and would not get all within the limits", () => {
    const limits = [{ kind: "maxWarehouses" as const, count: 1, strength: "hard" as const }];
    const lots = anyStock(
      at("NORTH", "TEA", "8"),
      at("SOUTH", "TEA", "1"),
      at("SOUTH", "SALT", "5"),
      at("EAST", "SALT", "5"),
    );
    const askFor = (more: AnyOrderLine): string[] =>
      got(allocate([order("SO-1", [{ ...tea("9"), ...more }, salt("10")])], lots, { sourcing: chosen({ limits }) }));
    expect(askFor({})).toEqual(["SO-1-1 8 served_in_part", "SO-1-2 0 sourcing_limits"]);
    // What was chosen for the tea is not all of it, so the salt that was passed over for it has its turn.
    expect(askFor({ partialAllowed: false })).toEqual(["SO-1-1 0 sourcing_limits", "SO-1-2 5 served_in_part"]);
  });

  it("does not weigh what warehouses have of an item that the order can have nothing of for its step", () => {
    const strategy = {
      kind: "weighted" as const,
      weights: [
        { factor: "stock" as const, weight: decimal("0.6"), worst: decimal("0"), best: decimal("1") },
        { factor: "distance" as const, weight: decimal("0.4"), worst: decimal("100"), best: decimal("0") },
      ],
    };
    const otherwise = [
      { warehouseId: "NORTH", distance: decimal("100") },
      { warehouseId: "SOUTH", distance: decimal("0") },
    ];
    const lots = anyStock(at("NORTH", "TEA", "9"), at("SOUTH", "TEA", "2"), at("WEST", "SALT", "9"));
    const complete = order("SO-1", [tea("4"), { ...salt("3"), quantum: "5" }], { header: { shipComplete: true } });
    expect(takes(allocate([complete], lots, { sourcing: chosen({ strategy, otherwise }) }))).toEqual([
      "SO-1-1 4 NORTH",
    ]);
  });

  it("a warehouse that the order has goods from takes part for nothing, also where nothing limits their number", () => {
    const stock = anyStock(at("NORTH", "TEA", "4"), at("SOUTH", "TEA", "9"));
    const begun = {
      ...tea("3"),
      quantities: { open: "2", allocated: "1" },
      reservations: [{ warehouseId: "SOUTH", quantities: { allocated: "1" } }],
    };
    const otherwise = [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH", fixedCost: decimal("5") }];
    for (const kind of ["fewestSplits", "leastCost"] as const) {
      const sourcing = chosen({ strategy: { kind }, otherwise });
      expect(takes(allocate([order("SO-1", [begun])], stock, { sourcing }))).toEqual(["SO-1-1 2 SOUTH"]);
      expect(takes(allocate([order("SO-1", [tea("2")])], stock, { sourcing }))).toEqual(["SO-1-1 2 NORTH"]);
    }
  });

  it("does not say that no choice is better where one for which the steps did not suffice left a group out", () => {
    const stock = anyStock(at("EAST", "TEA", "1"), at("NORTH", "TEA", "1"), at("SOUTH", "TEA", "2"));
    const dear = { warehouseId: "SOUTH", fixedCost: decimal("1") };
    const otherwise = [{ warehouseId: "EAST" }, { warehouseId: "NORTH" }, dear];
    const one: WarehouseLimit = { kind: "maxWarehousesPerLine", strength: "hard", count: 1 };
    const whole = order("SO-1", [{ ...tea("2"), partialAllowed: false }]);
    const told = (steps: number) => {
      const sourcing = chosen({ strategy: { kind: "leastCost" }, limits: [one], otherwise, steps });
      const [reason] = allocate([whole], stock, { sourcing }).reasons;
      return [reason?.allocated, reason?.sourcing?.kind === "chosen" && reason.sourcing.optimal];
    };
    expect(told(2)).toEqual(["0", false]);
    expect(told(1000)).toEqual(["2", true]);
  });

  it("a limit for each line leaves a line what another has used up of it", () => {
    const salt: AnyOrderLine = {
      itemCode: "SALT",
      orderedQty: "2",
      quantities: { allocated: "1" },
      reservations: [{ warehouseId: "NORTH", quantities: { allocated: decimal("1") } }],
    };
    const two = order("SO-1", [salt, { itemCode: "TEA", orderedQty: "10" }]);
    const stock = [
      ...anyStock({ itemCode: "SALT", warehouseId: "NORTH", onHand: "1", reserved: "1" }),
      ...anyStock(
        { itemCode: "TEA", warehouseId: "SOUTH", onHand: "4" },
        { itemCode: "TEA", warehouseId: "EAST", onHand: "4" },
      ),
    ];
    const perLine = (count: number, strength: "hard" | "soft" = "hard"): string[] =>
      got(
        allocate([two], stock, { sourcing: chosen({ limits: [{ kind: "maxWarehousesPerLine", strength, count }] }) }),
      );
    expect(perLine(1)).toEqual(["SO-1-1 0 empty_stock", "SO-1-2 4 served_in_part"]);
    expect(perLine(2)).toEqual(["SO-1-1 0 empty_stock", "SO-1-2 8 served_in_part"]);
  });

  it("counts the warehouses that the order holds goods from against the limit", () => {
    const held = {
      itemCode: "SALT",
      orderedQty: "1",
      quantities: { allocated: "1" },
      reservations: [{ warehouseId: "EAST", quantities: { allocated: "1" } }],
    };
    const limits = [{ kind: "maxWarehouses" as const, count: 1, strength: "hard" as const }];
    expect(got(allocate([order("SO-1", [tea("1"), held])], stock, { sourcing: chosen({ limits }) }))).toEqual([
      "SO-1-1 0 sourcing_limits",
    ]);
    const two = chosen({ limits: [{ ...limits[0]!, count: 2 }] });
    expect(got(allocate([order("SO-1", [tea("1"), held])], stock, { sourcing: two }))).toEqual([
      "SO-1-1 1 served_in_full",
    ]);
  });

  it("keeps safety stock, and takes the cheapest by fixed and unit costs", () => {
    const quantities = [{ itemCode: "TEA", warehouseId: "NORTH", quantity: decimal("9") }];
    const limits = [{ kind: "safetyStock" as const, strength: "hard" as const, quantities }];
    expect(takes(allocate([order("SO-1", [tea("2")])], stock, { sourcing: chosen({ limits }) }))).toEqual([
      "SO-1-1 2 SOUTH",
    ]);
    const unitCosts = [{ itemCode: "TEA", warehouseId: "NORTH", unitCost: decimal("0.5") }];
    const otherwise = [{ warehouseId: "NORTH" }, { warehouseId: "SOUTH", fixedCost: decimal("2") }];
    const cheap = chosen({ strategy: { kind: "leastCost" }, unitCosts, otherwise });
    expect(takes(allocate([order("SO-1", [tea("3")])], stock, { sourcing: cheap }))).toEqual(["SO-1-1 3 NORTH"]);
    expect(takes(allocate([order("SO-1", [tea("5")])], stock, { sourcing: cheap }))).toEqual(["SO-1-1 5 SOUTH"]);
  });

  it("splits over no more warehouses than any choice of them needs, and at no more cost (≤ 6 warehouses × 5 items)", () => {
    const world = fc.record({
      wants: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
      free: fc.array(fc.array(fc.nat({ max: 6 }), { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
      fixed: fc.array(fc.nat({ max: 9 }), { minLength: 6, maxLength: 6 }),
      kind: fc.constantFrom("fewestSplits" as const, "leastCost" as const),
    });
    fc.assert(
      fc.property(world, ({ wants, free, fixed, kind }) => {
        const sum = (units: readonly number[]): number => units.reduce((total, one) => total + one, 0);
        const reachable = wants.map((want, item) => Math.min(want, sum(free.map((row) => row[item]!))));
        let best: readonly [number, number] = [Infinity, Infinity];
        for (let set = 0; set < 2 ** free.length; set++) {
          const sites = free.map((_, site) => site).filter((site) => (set >> site) % 2 === 1);
          if (reachable.some((need, item) => sum(sites.map((site) => free[site]![item]!)) < need)) continue;
          const [count, cost] = [sites.length, sum(sites.map((site) => fixed[site]!))];
          const figures = kind === "fewestSplits" ? ([count, cost] as const) : ([cost, count] as const);
          if (figures[0] < best[0] || (figures[0] === best[0] && figures[1] < best[1])) best = figures;
        }
        const places = free.flatMap((row, site) =>
          row.map((units, item) => at(`W-${site}`, `I-${item}`, String(units))),
        );
        const otherwise = free.map((_, site) => ({ warehouseId: `W-${site}`, fixedCost: decimal(fixed[site]!) }));
        const lines = wants.map((want, item) => ({ itemCode: `I-${item}`, orderedQty: String(want) }));
        const outcome = allocate([order("SO-1", lines)], anyStock(...places), {
          sourcing: chosen({ strategy: { kind }, otherwise }),
        });
        expect(outcome.reasons.map(({ allocated }) => Number(allocated))).toEqual(reachable);
        const used = [...new Set(outcome.movements.map(({ warehouseId }) => Number(warehouseId.slice(2))))];
        const [count, cost] = [used.length, sum(used.map((site) => fixed[site]!))];
        expect(kind === "fewestSplits" ? [count, cost] : [cost, count]).toEqual(best);
      }),
      { numRuns: 150 },
    );
  });
});
