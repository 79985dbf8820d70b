import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkSubstitutes } from "../../../src/allocation/shortage/check-substitutes.js";
import {
  proposeSubstitutes,
  type ProposeSubstitutesContext,
} from "../../../src/allocation/shortage/propose-substitutes.js";
import { calendarDay } from "../../../src/core/calendar-day.js";
import { decimal } from "../../../src/core/decimal.js";
import { rational } from "../../../src/core/unit-conversion.js";
import type { Item, SubstituteItem } from "../../../src/model/item.js";
import { anyItem, anyOrderLine, anyStock, deepFreeze, type AnyOrderLine } from "../../../src/testing/index.js";

const today = calendarDay("2026-03-02");
const by = (itemCode: string, more: Partial<SubstituteItem> = {}): SubstituteItem => ({
  itemCode,
  ratio: rational(1),
  priority: 1,
  consentRequired: false,
  ...more,
});
const master = (entries: Readonly<Record<string, readonly SubstituteItem[]>>, quantum?: string): Map<string, Item> =>
  new Map(
    Object.entries(entries).map(([itemCode, substitutes]) => [
      itemCode,
      anyItem({ itemCode, substitutes, ...(quantum === undefined || itemCode === "TEA" ? {} : { quantum }) }),
    ]),
  );
const propose = (
  items: Map<string, Item>,
  onHand: Readonly<Record<string, string>>,
  line: AnyOrderLine = {},
  more: Partial<ProposeSubstitutesContext> = {},
) => {
  const stock = anyStock(...Object.entries(onHand).map(([itemCode, quantity]) => ({ itemCode, onHand: quantity })));
  return proposeSubstitutes(deepFreeze(anyOrderLine(line)), { items, stock, today, currency: "EUR", ...more });
};

describe("items that could step in (mission 8.3, 5.9)", () => {
  test.each<[string, Partial<SubstituteItem>, boolean]>([
    ["on its first day", { validFrom: today }, true],
    ["before its first day", { validFrom: calendarDay("2026-03-03") }, false],
    ["on its last day", { validTo: calendarDay("2026-03-03") }, true],
    ["afterwards", { validTo: today }, false],
  ])("rule 1: %s", (_case, validity, isOffered) => {
    const items = master({ TEA: [by("CHAI", validity)], CHAI: [] });
    expect(propose(items, { CHAI: "20" })).toHaveLength(isOffered ? 1 : 0);
  });

  it("rules 1, 2 and 4: the substitute of a substitute, with ratios multiplied and consent kept, also round a circle", () => {
    const items = master({
      TEA: [by("CHAI", { ratio: rational(2, 3), consentRequired: true })],
      CHAI: [by("MATE", { ratio: rational(3, 4) })],
      MATE: [by("TEA")],
    });
    expect(propose(items, { MATE: "20", TEA: "99" })).toEqual([
      {
        itemCode: "MATE",
        way: ["TEA", "CHAI", "MATE"],
        ratio: rational(1, 2),
        quantity: "5",
        available: "20",
        suffices: true,
        consentRequired: true,
      },
    ]);
  });

  it("rule 2: leaves out what has no exact quantity, breaks its step, or is not there", () => {
    const third = master({ TEA: [by("CHAI", { ratio: rational(1, 3) })], CHAI: [] });
    const half = master({ TEA: [by("CHAI", { ratio: rational(1, 4) })], CHAI: [] }, "0.5");
    const broken = master({ TEA: [by("CHAI", { ratio: rational(1, 4) })], CHAI: [] }, "1");
    expect(propose(third, { CHAI: "99" })).toEqual([]);
    expect(propose(half, { CHAI: "99" }).map(({ quantity }) => quantity)).toEqual(["2.5"]);
    expect(propose(broken, { CHAI: "99" })).toEqual([]);
    expect(propose(half, {})).toEqual([]);
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
    expect(propose(items, plenty).map(({ itemCode, suffices }) => [itemCode, suffices])).toEqual([
      ["A", true],
      ["B", true],
      ["LATE", true],
      ["FAR", true],
      ["FEW", false],
    ]);
  });

  it("rule 5: tells the difference in price for all that is short, in the unit of the order", () => {
    const items = master({ TEA: [by("CHAI", { ratio: rational(3, 2) })], CHAI: [] });
    // One case of twelve at 24 is short; eighteen of the other at 1.25 make 22.5.
    const line = { orderedQty: "1", uom: "CS", unitFactor: { numerator: "12", denominator: "1" }, unitPrice: "24" };
    const difference = (unitPriceOf?: () => ReturnType<typeof decimal>) =>
      propose(items, { CHAI: "99" }, line, unitPriceOf === undefined ? {} : { unitPriceOf })[0]?.priceDifference;
    expect([difference(() => decimal("1.25")), difference(() => decimal("2")), difference()]).toEqual([
      "-1.5",
      "12",
      undefined,
    ]);
  });

  it("proposes nothing for a line that lacks nothing", () => {
    const items = master({ TEA: [by("CHAI")], CHAI: [] });
    expect(propose(items, { CHAI: "99" }, { quantities: { allocated: "10" } })).toEqual([]);
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
