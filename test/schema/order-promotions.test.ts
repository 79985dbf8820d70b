import { describe, expect, it } from "vitest";
import { parseChange, parseItem, parseOrder, parsePriceEntry } from "../../src/schema/index.js";
import { anyItem, anyPriceEntry } from "../../src/testing/index.js";
import { FULL_ORDER, refusalOf, SAMPLES } from "./samples.js";

type Loose = Record<string, unknown>;
type Line = (typeof FULL_ORDER.lines)[number];

/** What is told of the full order after a change of its first line, its promotions or its header. */
function found(change: { readonly line?: Loose; readonly order?: Loose }): unknown {
  const lines = FULL_ORDER.lines.map((line: Line, place: number) => (place === 0 ? { ...line, ...change.line } : line));
  const result = parseOrder(JSON.parse(JSON.stringify({ ...FULL_ORDER, lines, ...change.order })));
  return result.ok ? [] : result.issues.map(({ code, path, params }) => [code, path.join("."), params]);
}
const broken = (rule: "adjustments" | "promotions", path: string, expected: string, actual: string): unknown => [
  "schema.inconsistent",
  path,
  { rule, expected, actual },
];
const named = { promotionId: "P-1", version: 1, code: "TEA-7" };
const adjusted = (amount: string, ...shares: readonly (readonly [quantity: string, amount: string])[]): Loose => ({
  adjustments: [{ ...named, amount, shares: shares.map(([quantity, share]) => ({ quantity, amount: share })) }],
});
const { promotions } = FULL_ORDER;

describe("promotions on a stored order (mission 6.6, 6.7)", () => {
  it("are taken as they were stored", () => {
    expect(found({})).toEqual([]);
    expect(found({ line: { adjustments: [] } })).toEqual([]);
  });

  it("give what their shares sum to, by unit", () => {
    expect(found({ line: adjusted("1", ["10", "1"]) })).toEqual([]);
    expect(found({ line: adjusted("1", ["9", "0.9"], ["1", "0.2"]) })).toEqual([
      broken("adjustments", "lines.0.adjustments.0.shares", "1", "1.1"),
    ]);
    expect(found({ line: adjusted("1", ["9", "1"]) })).toEqual([
      broken("adjustments", "lines.0.adjustments.0.shares", "10", "9"),
    ]);
  });

  it("give no more than the line's allowance says in all", () => {
    const { allowance } = FULL_ORDER.lines[0]!;
    expect(allowance).toBe("2.5");
    expect(found({ line: adjusted("2.5", ["10", "2.5"]) })).toEqual([]);
    const two = [
      ...(adjusted("2", ["10", "2"]).adjustments as Loose[]),
      ...(adjusted("1", ["10", "1"]).adjustments as Loose[]),
    ];
    expect(found({ line: { adjustments: two } })).toEqual([
      broken("adjustments", "lines.0.adjustments", "at most 2.5", "3"),
    ]);
  });

  it("are named by what they took off, with the code that started them", () => {
    const told = (place: string) => broken("promotions", place, "a promotion that has applied", "P-1");
    const line = "lines.0.adjustments.0.promotionId";
    const charge = "promotions.charges.0.promotionId";
    expect(found({ order: { promotions: undefined } })).toEqual([told(line)]);
    expect(found({ order: { promotions: { ...promotions, applied: [] } } })).toEqual([told(line), told(charge)]);
    const otherCode = promotions.applied.map((applied) => ({ ...applied, code: "TEA-8" }));
    expect(found({ order: { promotions: { ...promotions, applied: otherCode } } })).toEqual([told(line), told(charge)]);
  });

  it("take something off charges that are there", () => {
    const charges = promotions.charges.map((charge) => ({ ...charge, charge: 1 }));
    expect(found({ order: { promotions: { ...promotions, charges } } })).toEqual([
      broken("promotions", "promotions.charges.0.charge", "a charge of the order", "1"),
    ]);
  });

  it("are refused where they are not well formed", () => {
    const shapes = {
      line: { giftOf: { promotionId: "P-1", version: 0, triggers: [7] } },
      order: { promotions: { ...promotions, asOf: "now" } },
    };
    expect((found(shapes) as unknown[][]).map(([code, path]) => [code, path])).toEqual([
      ["schema.out_of_range", "lines.0.giftOf.version"],
      ["schema.wrong_type", "lines.0.giftOf.triggers.0"],
      ["schema.not_an_instant", "promotions.asOf"],
    ]);
    expect((found({ line: adjusted("1") }) as unknown[][])[0]).toEqual([
      "schema.too_few",
      "lines.0.adjustments.0.shares",
      { limit: 1, count: 0 },
    ]);
  });

  it("come with a change of prices", () => {
    const change = SAMPLES.change.find((sample) => (sample as Loose).kind === "price_set") as Loose;
    expect(parseChange(change)).toMatchObject({
      ok: true,
      value: { promotions: { applied: [{ promotionId: "P-1" }] } },
    });
    expect(refusalOf(parseChange({ ...change, promotions: {} }))).toEqual([
      "schema.required promotions.asOf",
      "schema.required promotions.applied",
      "schema.required promotions.charges",
    ]);
  });
});

describe("what promotions need of the masters (mission 6.2)", () => {
  it("is a floor that is not above the price (rule 2)", () => {
    const price = (floorPrice: string) => parsePriceEntry({ ...anyPriceEntry({ unitPrice: "2.5" }), floorPrice });
    expect([price("0").ok, price("2.50").ok]).toEqual([true, true]);
    const above = price("2.51");
    expect(above.ok ? [] : above.issues).toEqual([
      {
        code: "schema.inconsistent",
        path: ["floorPrice"],
        params: { rule: "floor_price", expected: "at most 2.5", actual: "2.51" },
      },
    ]);
    expect(refusalOf(price("-1"))).toEqual(["schema.negative floorPrice"]);
  });

  it("are tags, attributes and a tax rate of items", () => {
    const item = { ...anyItem(), tags: ["new"], attributes: { brand: "Lee", 产地: "杭州" }, taxRate: "7.0" };
    expect(parseItem(item)).toMatchObject({ ok: true, value: { ...item, taxRate: "7" } });
    expect(refusalOf(parseItem({ ...item, tags: [""], attributes: { brand: 7 }, taxRate: 101 }))).toEqual([
      "schema.empty tags.0",
      "schema.wrong_type attributes.brand",
      "schema.out_of_range taxRate",
    ]);
  });
});
