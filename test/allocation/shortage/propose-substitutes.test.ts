import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkSubstitutes } from "../../../src/allocation/shortage/check-substitutes.js";
import { proposeSubstitutes } from "../../../src/allocation/shortage/propose-substitutes.js";
import type { ProposeSubstitutesContext } from "../../../src/allocation/shortage/substitute-proposal.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { Item, SubstituteItem } from "../../../src/model/item.js";
import {
  anyItem,
  anyOrder,
  anyStock,
  deepFreeze,
  type AnyOrder,
  type AnyOrderLine,
} from "../../../src/testing/index.js";
import { by, master, TODAY } from "./substitute-world.js";

type Answer = ReturnType<typeof proposeSubstitutes>;
const ask = (
  items: Map<string, Item>,
  onHand: Readonly<Record<string, string>>,
  line: AnyOrderLine = {},
  more: Partial<ProposeSubstitutesContext> = {},
  order: AnyOrder = {},
): Answer => {
  const stock = anyStock(...Object.entries(onHand).map(([itemCode, quantity]) => ({ itemCode, onHand: quantity })));
  const command = { proposalId: "SP", lineId: "SO-1-1" };
  return proposeSubstitutes(deepFreeze(anyOrder({ lines: [line], ...order })), command, {
    items,
    stock,
    today: TODAY,
    ...more,
  });
};
const answered = (...args: Parameters<typeof ask>) => {
  const result = ask(...args);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
};
const propose = (...args: Parameters<typeof ask>) => answered(...args).proposals;
const notOffered = (...args: Parameters<typeof ask>) =>
  answered(...args).notOffered.map(({ itemCode, code }) => `${itemCode} ${code}`);

describe("items that could step in (mission 8.3, 5.9)", () => {
  test.each<[string, Partial<SubstituteItem>, boolean]>([
    ["on its first day", { validFrom: TODAY }, true],
    ["before its first day", { validFrom: calendarDay("2026-03-03") }, false],
    ["on its last day", { validTo: calendarDay("2026-03-03") }, true],
    ["afterwards", { validTo: TODAY }, false],
  ])("rule 1: %s", (_case, validity, isOffered) => {
    const items = master({ TEA: [by("CHAI", validity)], CHAI: [] });
    expect(propose(items, { CHAI: "20" })).toHaveLength(isOffered ? 1 : 0);
    expect(notOffered(items, { CHAI: "20" })).toEqual(isOffered ? [] : ["CHAI not_valid_today"]);
  });

  it("rules 1, 2 and 4: the substitute of a substitute, with ratios multiplied and consent kept, also round a circle", () => {
    const items = master({
      TEA: [by("CHAI", { ratio: rational(2, 3), consentRequired: true })],
      CHAI: [by("MATE", { ratio: rational(3, 4) })],
      MATE: [by("TEA")],
    });
    expect(answered(items, { MATE: "20", TEA: "99" }, { unitPrice: undefined as never })).toEqual({
      proposals: [
        {
          proposalId: "SP-1",
          state: "pending",
          line: { orderNo: "SO-1", lineId: "SO-1-1" },
          customerCode: "C-100",
          itemCode: "MATE",
          way: ["TEA", "CHAI", "MATE"],
          ratio: rational(1, 2),
          replaces: "10",
          quantity: "5",
          stillShort: "0",
          suffices: true,
          available: "20",
          orderedQty: "5",
          uom: "EA",
          unitFactor: rational(1),
          consentRequired: true,
        },
      ],
      notOffered: [{ itemCode: "CHAI", code: "none_free" }],
    });
  });

  it("rule 1: passes over what cannot be ordered, and walks on from it", () => {
    const items = master({ TEA: [by("NEW"), by("OLD"), by("LAST")], NEW: [by("CHAI")], OLD: [], LAST: [], CHAI: [] });
    const life = (itemCode: string, lifeStatus: "planned" | "obsolete" | "discontinued") =>
      items.set(itemCode, { ...items.get(itemCode)!, lifeStatus });
    life("NEW", "planned");
    life("OLD", "obsolete");
    life("LAST", "discontinued");
    const stock = { NEW: "20", OLD: "20", LAST: "20", CHAI: "20" };
    expect(propose(items, stock).map(({ itemCode }) => itemCode)).toEqual(["LAST", "CHAI"]);
    expect(notOffered(items, stock)).toEqual(["NEW not_orderable", "OLD not_orderable"]);
  });

  test.each<[string, Partial<SubstituteItem>, Partial<Item>, AnyOrderLine, string, string]>([
    ["all, exactly", {}, {}, {}, "10", "10 10 0"],
    ["all, though much more is there", { ratio: rational(1, 4) }, {}, {}, "99", "10 2.5 0"],
    ["what is there", {}, {}, {}, "7", "7 7 3"],
    ["what is there, in the decimals of it", {}, {}, {}, "7.25", "7.25 7.25 2.75"],
    ["whole ratios where all is not exact", { ratio: rational(1, 3) }, {}, {}, "99", "9 3 1"],
    ["multiples of its step", { ratio: rational(1, 4) }, { quantum: decimal("1") }, {}, "99", "8 2 2"],
    ["multiples of its order multiple", {}, { orderMultiple: decimal("4") }, {}, "99", "8 8 2"],
    [
      "multiples of both",
      {},
      { orderMultiple: decimal("4"), quantum: decimal("3") },
      { orderedQty: "30" },
      "99",
      "24 24 6",
    ],
    ["so that the rest can be given in the line's step", {}, {}, { quantum: "5" }, "9", "5 5 5"],
    ["all that is left, though it is no multiple of the line's step", {}, {}, { quantum: "4" }, "10", "10 10 0"],
  ])("rule 2: replaces %s", (_case, entry, item, line, onHand, expected) => {
    const items = master({ TEA: [by("CHAI", entry)], CHAI: [] });
    items.set("CHAI", { ...items.get("CHAI")!, ...item });
    const found = propose(items, { CHAI: onHand }, line);
    expect(found.map(({ replaces, quantity, stillShort }) => `${replaces} ${quantity} ${stillShort}`)).toEqual([
      expected,
    ]);
    expect(found[0]!.suffices).toBe(found[0]!.stillShort === "0");
  });

  test.each<[string, Partial<SubstituteItem>, Partial<Item>, AnyOrderLine, string, string]>([
    ["nothing is free", {}, {}, {}, "0", "none_free"],
    ["a step is too large", {}, { quantum: decimal("12") }, {}, "99", "no_exact_quantity"],
    ["not one ratio fits", { ratio: rational(1, 11) }, {}, {}, "99", "no_exact_quantity"],
    ["all is wanted and a part is there", {}, {}, { partialAllowed: false }, "9", "not_for_all"],
    ["its price has too many digits", { priceRule: { kind: "own" } }, {}, {}, "99", "out_of_range"],
  ])("rule 2: proposes nothing where %s, and says so", (_case, entry, item, line, onHand, code) => {
    const items = master({ TEA: [by("CHAI", entry)], CHAI: [] });
    items.set("CHAI", { ...items.get("CHAI")!, ...item });
    const unitPriceOf = () => decimal("1000000000000");
    const facts = code === "out_of_range" ? { unitPriceOf } : {};
    expect([propose(items, { CHAI: onHand }, line, facts), notOffered(items, { CHAI: onHand }, line, facts)]).toEqual([
      [],
      [`CHAI ${code}`],
    ]);
  });

  it("rule 2: does not walk beyond ratios that a record may have, nor to items that the master lacks", () => {
    const long = rational(999_999_999_989, 999_999_999_988);
    const items = master({
      TEA: [by("CHAI", { ratio: long })],
      CHAI: [by("MATE", { ratio: long }), by("GONE")],
      MATE: [],
    });
    expect(notOffered(items, { MATE: "99" })).toEqual(["CHAI none_free", "GONE unknown_item", "MATE out_of_range"]);
  });

  it("rule 3: what suffices first, then the shorter way, the better priority, the item code", () => {
    const items = master({
      TEA: [by("LATE", { priority: 3 }), by("B"), by("A"), by("FEW", { priority: 0 })],
      A: [by("FAR", { priority: 0 })],
      B: [],
      LATE: [],
      FEW: [],
      FAR: [],
    });
    const plenty = { LATE: "10", A: "10", B: "10", FAR: "10", FEW: "9.9" };
    expect(
      propose(items, plenty).map(({ proposalId, itemCode, suffices }) => [proposalId, itemCode, suffices]),
    ).toEqual([
      ["SP-1", "A", true],
      ["SP-2", "B", true],
      ["SP-3", "LATE", true],
      ["SP-4", "FAR", true],
      ["SP-5", "FEW", false],
    ]);
  });

  it("rule 3: an item that two ways reach is proposed by the first, also when the other is no longer valid", () => {
    const items = master({
      TEA: [by("CHAI", { validTo: TODAY }), by("MATE"), by("CHAI", { ratio: rational(2), priority: 2 })],
      MATE: [by("CHAI", { ratio: rational(3) })],
      CHAI: [],
    });
    const found = answered(items, { CHAI: "99" });
    expect([found.proposals.map(({ quantity }) => quantity), found.notOffered]).toEqual([
      ["20"],
      [{ itemCode: "MATE", code: "none_free" }],
    ]);
  });

  it("asks of the line what is open and what is back-filled, in the unit of the line where the item has it", () => {
    const items = master({ TEA: [by("CHAI")], CHAI: [] });
    const cases = { uom: "CS", unitFactor: { numerator: "12", denominator: "1" }, unitPrice: "24" };
    const short = (open: string, backfill: string) =>
      propose(items, { CHAI: "99" }, { ...cases, orderedQty: "3", quantities: { open, backfill, allocated: "6" } }).map(
        ({ replaces, orderedQty, uom, unitFactor }) => [replaces, orderedQty, uom, unitFactor.numerator],
      );
    expect(short("12", "18")).toEqual([["30", "2.5", "CS", "12"]]);
    items.set("CHAI", { ...items.get("CHAI")!, units: [{ uom: "CS", factor: rational(7) }] });
    expect(short("12", "18")).toEqual([["30", "30", "EA", "1"]]);
    items.set("CHAI", { ...items.get("CHAI")!, units: [] });
    expect(short("12", "18")).toEqual([["30", "30", "EA", "1"]]);
  });

  test.each<[string, AnyOrderLine, string]>([
    ["lacks nothing", { quantities: { allocated: "10" } }, "substitute.not_short"],
    ["waits as deferred only", { quantities: { deferred: "10" } }, "substitute.not_short"],
    ["is a gift", { giftOf: { promotionId: "P", version: 1, triggers: [] } }, "substitute.gift_line"],
    ["draws the customer's own goods", { transactionCategory: "depositDraw" }, "substitute.customer_owned"],
  ])("rule 6: proposes nothing for a line that %s", (_case, line, code) => {
    const result = ask(master({ TEA: [by("CHAI")], CHAI: [] }), { CHAI: "99" }, line);
    expect(result.ok ? [] : result.issues).toEqual([{ code, path: ["lineId"], params: { lineId: "SO-1-1" } }]);
  });

  it("refuses an unknown line and a name without a letter at once", () => {
    const result = proposeSubstitutes(
      anyOrder(),
      { proposalId: " ", lineId: "X" },
      { items: new Map(), stock: [], today: TODAY },
    );
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual([
      "command.not_a_name",
      "substitute.unknown_line",
    ]);
  });
});

describe("the graph of substitutes (mission 5.9)", () => {
  it("rules 1 and 2: names what is unknown and what closes a circle, the item itself included", () => {
    const items = master({ A: [by("B"), by("GONE")], B: [by("C")], C: [by("A"), by("C")], D: [by("A")] });
    expect(checkSubstitutes(items).map(({ code, params }) => [code, params.itemCode, params.substitute])).toEqual([
      ["substitute.unknown_item", "A", "GONE"],
      ["substitute.cycle", "C", "A"],
      ["substitute.cycle", "C", "C"],
    ]);
  });

  it("rule 2: without the entries that are named no circle is left, and none is named where there is none", () => {
    const codes = ["A", "B", "C", "D", "E"];
    const edges = fc.dictionary(fc.constantFrom(...codes), fc.uniqueArray(fc.constantFrom(...codes)), {
      noNullPrototype: true,
    });
    let circles = 0;
    fc.assert(
      fc.property(edges, (graph) => {
        const entries = (left: (from: string, to: string) => boolean) =>
          master(
            Object.fromEntries(
              codes.map((from) => [from, (graph[from] ?? []).filter((to) => left(from, to)).map((to) => by(to))]),
            ),
          );
        const named = checkSubstitutes(entries(() => true));
        if (named.length > 0) circles++;
        const rest = entries(
          (from, to) => !named.some(({ params }) => params.itemCode === from && params.substitute === to),
        );
        expect(checkSubstitutes(rest)).toEqual([]);
        expect(named.length > 0).toBe(hasCircle(entries(() => true)));
      }),
    );
    expect(circles).toBeGreaterThan(10);
  });

  it("walks a chain that is longer than calls can be nested", () => {
    const chain = Array.from({ length: 20_000 }, (_, place): [string, Item] => {
      return [
        `I-${place}`,
        anyItem({ itemCode: `I-${place}`, substitutes: place === 19_999 ? [] : [by(`I-${place + 1}`)] }),
      ];
    });
    expect(checkSubstitutes(new Map(chain))).toEqual([]);
  });
});

/** Whether some item reaches itself, by adding what can be reached until nothing is new. */
function hasCircle(items: ReadonlyMap<string, Item>): boolean {
  return [...items.keys()].some((start) => {
    const reached = new Set<string>();
    let edge = [start];
    while (edge.length > 0) {
      edge = edge
        .flatMap((code) => (items.get(code)?.substitutes ?? []).map(({ itemCode }) => itemCode))
        .filter((code) => !reached.has(code));
      for (const code of edge) reached.add(code);
    }
    return reached.has(start);
  });
}
