import path from "node:path";
import {
  add,
  addDays,
  calendarDay,
  compilePromotions,
  decimal,
  divide,
  explainPromotions,
  isPositive,
  parseDecimal,
  pricePromotions,
  round,
  subtract,
  sum,
  USUAL_PROMOTION_POLICY,
  zonedInstant,
  type CalendarDay,
  type CodeVerdict,
  type CompiledPromotions,
  type Coupon,
  type CouponCode,
  type Decimal,
  type Instant,
  type PromotionPolicy,
} from "ordercycle";
import type { CsvRecord } from "ordercycle/interchange";
import { parseCoupons, parsePromotions } from "ordercycle/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { dataSet, readRecords } from "./data-folder.js";

const set = dataSet("completejourney");
const ZONE = "America/New_York";

const keep = "keep";
const usual = {
  version: 1,
  reason: "to bring households back",
  owner: "marketing",
  timeZone: ZONE,
  currency: "USD",
  revision: { cancel: keep, short: keep, return: keep, amend: keep, unearnedGifts: keep, uses: "spent" },
};

const read = (file: string): CsvRecord[] => readRecords(path.join(set.folder, `${file}.csv.gz`));

function compileAll(inputs: readonly object[], policy?: PromotionPolicy): CompiledPromotions {
  const parsed = parsePromotions(inputs);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const compiled = compilePromotions(parsed.value, policy);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return compiled.value;
}

/** Rows by a key, each as one of its cells. */
function grouped(rows: readonly CsvRecord[], key: (row: CsvRecord) => string, cell: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const of = key(row);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [row[cell]!]);
    else group.push(row[cell]!);
  }
  return groups;
}

/** The same number stands on the coupons of several campaigns: with its campaign it is one coupon. */
const codeOf = ({ coupon_upc: upc, campaign_id: campaign }: CsvRecord): CouponCode => `${campaign!}-${upc!}`;

describe.skipIf(set.isAbsent)(set.title("2,102 redemptions of mailed coupons (mission 6.2, 6.3, 6.7)"), () => {
  let lastDays: ReadonlyMap<string, CalendarDay>;
  let households: ReadonlyMap<string, readonly string[]>;
  let coupons: ReadonlyMap<CouponCode, Coupon>;
  let compiled: CompiledPromotions;
  let redemptions: readonly CsvRecord[];

  beforeAll(() => {
    const campaigns = read("campaign_descriptions");
    const rows = read("coupons");
    redemptions = read("coupon_redemptions");
    lastDays = new Map(campaigns.map((row) => [row.campaign_id!, calendarDay(row.end_date!)]));
    households = grouped(read("campaigns"), (row) => row.campaign_id!, "household_id");
    const products = grouped(rows, codeOf, "product_id");
    const records = [...new Map(rows.map((row) => [codeOf(row), row]))].map(([code, row]) => ({
      code,
      batchId: row.campaign_id,
      customerCodes: households.get(row.campaign_id!),
      itemCodes: products.get(code),
    }));
    // Two coupons are good for more than 14,000 products: more than is read unless the host allows it.
    const parsed = parseCoupons(records, { limits: { maxItems: 20_000 } });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues.slice(0, 5)));
    coupons = new Map(parsed.value.map((coupon) => [coupon.code, coupon]));
    // What a coupon is worth is not told: one dollar each.
    compiled = compileAll(
      campaigns.map(({ campaign_id: id, campaign_type: type, start_date: from, end_date: to }) => ({
        ...usual,
        promotionId: id,
        name: type,
        // The last day is a day of the campaign.
        validity: { from: midnight(calendarDay(from!)), to: midnight(addDays(calendarDay(to!), 1)) },
        coupons: { kind: "batch", batchId: id },
        effect: { kind: "amountOff", which: { kind: "couponItems" }, amount: "1", per: "once" },
        combination: { priority: 1, base: "running", discountedLines: "include" },
      })),
    );
  });

  const midnight = (day: CalendarDay): Instant => zonedInstant(day, "00:00", ZONE);
  /** What becomes of the code of a redemption, in a cart of one product. */
  const present = (
    row: CsvRecord,
    change: { at?: Instant; household?: string; itemCode?: string } = {},
  ): CodeVerdict => {
    const code = codeOf(row);
    const itemCode = change.itemCode ?? coupons.get(code)!.itemCodes![0]!;
    const cart = {
      at: change.at ?? zonedInstant(calendarDay(row.redemption_date!), "12:00", ZONE),
      currency: "USD",
      customer: { customerCode: change.household ?? row.household_id! },
      lines: [{ lineId: "1", itemCode, quantity: decimal("1"), unitPrice: decimal("4.99") }],
      couponCodes: [code],
    };
    const explained = explainPromotions(compiled, cart, { coupons });
    const priced = pricePromotions(compiled, cart, { coupons });
    if (!explained.ok || !priced.ok) throw new Error(JSON.stringify([explained, priced]));
    expect(explained.value.pricing).toEqual(priced.value);
    const [verdict] = explained.value.codes;
    expect(priced.value.discount).toBe(verdict!.accepted ? "1" : "0");
    return verdict!;
  };
  /** Every 40th redemption. */
  const sample = (): CsvRecord[] => redemptions.filter((_row, place) => place % 40 === 0);
  const reasonsOf = ({ accepted, reasons }: CodeVerdict): unknown => [accepted, reasons.map(({ code }) => code)];

  it("come from 27 campaigns with 981 numbers, which make 1,197 coupons", () => {
    expect([compiled.promotions.length, coupons.size, redemptions.length]).toEqual([27, 1_197, 2_102]);
    expect(new Set([...coupons.keys()].map((code) => code.split("-")[1])).size).toBe(981);
  });

  it("are all good: 2,102 of 2,102 codes are accepted, for the household, on the day, with a product of the coupon", () => {
    const verdicts = redemptions.map((row) => present(row));
    expect(verdicts.filter(({ accepted }) => accepted).length).toBe(2_102);
    expect(verdicts.flatMap(({ reasons }) => reasons)).toEqual([]);
  });

  it("are good until the campaign's last moment, and not a moment longer (mission 6.2)", () => {
    for (const row of sample()) {
      const dayAfter = addDays(lastDays.get(row.campaign_id!)!, 1);
      const lastMoment = zonedInstant(addDays(dayAfter, -1), "23:59:59", ZONE);
      expect(present(row, { at: lastMoment }).accepted).toBe(true);
      const to = midnight(dayAfter);
      const late = { accepted: false, reasons: [{ code: "ended", params: { to } }] };
      expect(present(row, { at: to })).toEqual({ code: codeOf(row), ...late });
    }
  });

  it("are refused to a household that got no letter (mission 6.3)", () => {
    const all = [...new Set([...households.values()].flat())];
    for (const row of sample()) {
      const mailed = new Set(households.get(row.campaign_id!));
      const household = all.find((one) => !mailed.has(one))!;
      expect(reasonsOf(present(row, { household }))).toEqual([false, ["code_other_customer"]]);
    }
  });

  it("are refused without a product of the coupon (mission 6.3)", () => {
    const all = [...new Set([...coupons.values()].flatMap(({ itemCodes }) => itemCodes!.slice(0, 50)))];
    for (const row of sample()) {
      const listed = new Set(coupons.get(codeOf(row))!.itemCodes);
      const itemCode = all.find((one) => !listed.has(one))!;
      expect(reasonsOf(present(row, { itemCode }))).toEqual([false, ["no_line"]]);
    }
  });

  it("are told apart from codes that nobody issued and from those presented twice (mission 6.3)", () => {
    const couponCodes = ["26-0", "26-0"];
    const cart = { at: midnight(calendarDay("2017-01-01")), currency: "USD", lines: [], couponCodes };
    const explained = explainPromotions(compiled, cart, { coupons });
    expect(explained.ok && explained.value.codes.map(reasonsOf)).toEqual([
      [false, ["code_unknown"]],
      [false, ["code_twice"]],
    ]);
  });
});

/**
 * Money as the export writes it: cents, but for what a computer left of a subtraction, as 4.440892e-16. The point is moved
 * in the text; what lies beyond the places that a decimal can have is cut off.
 */
function moneyOf(cell: string): Decimal {
  const artefact = /^(\d)\.?(\d*)e-(\d+)$/.exec(cell);
  if (artefact === null) return decimal(cell);
  const [, whole = "", rest = "", places] = artefact;
  const text = `0.${"0".repeat(Number(places) - 1)}${whole}${rest}`;
  return round(decimal(text.slice(0, 22)), 2, "halfUp");
}

describe.skipIf(set.isAbsent)(set.title("three discounts on one line of a receipt (mission 6.6, 6.7)"), () => {
  const KINDS = ["retail_disc", "coupon_disc", "coupon_match_disc"] as const;
  const lanes = KINDS.map((lane) => ({ lane, mode: "stack" as const }));
  let rows: readonly CsvRecord[];

  beforeAll(() => {
    rows = read("transactions_sample");
  });

  it("hold one amount that is no amount of money: 4.440892e-16 reads as 0", () => {
    const odd = rows
      .flatMap((row) => [row.sales_value!, ...KINDS.map((kind) => row[kind]!)])
      .filter((cell) => parseDecimal(cell) === undefined);
    expect(odd).toEqual(["4.440892e-16"]);
    expect(moneyOf(odd[0]!)).toBe("0");
    expect(sum(rows.map((row) => moneyOf(row.sales_value!)))).toBe("233935.24");
  });

  it("take 357 of 357 lines from the list amount to the sales value, each with its own amount", () => {
    const all = rows.filter((row) => KINDS.every((kind) => isPositive(moneyOf(row[kind]!))));
    const agreeing = all.filter((row) => {
      const off = KINDS.map((kind) => moneyOf(row[kind]!));
      const list = add(moneyOf(row.sales_value!), sum(off));
      const compiled = compileAll(
        // Given in the wrong order: the lanes decide.
        KINDS.map((lane, place) => ({
          ...usual,
          promotionId: lane,
          name: lane,
          validity: { from: "2017-01-01T00:00:00Z", to: "2018-01-02T00:00:00Z" },
          effect: {
            kind: "amountOff",
            which: { kind: "items", in: [row.product_id] },
            amount: off[place],
            per: "line",
          },
          combination: { priority: 3 - place, lane, base: "running", discountedLines: "include" },
        })).reverse(),
        { ...USUAL_PROMOTION_POLICY, lanes },
      );
      const quantity = decimal(row.quantity!);
      // The list price of a unit may be finer than a cent; the amount of the line is not.
      const unitPrice = divide(list, quantity, 6, "halfUp");
      const priced = pricePromotions(compiled, {
        at: row.transaction_timestamp! as Instant,
        currency: "USD",
        lines: [{ lineId: "1", itemCode: row.product_id!, quantity, unitPrice }],
      });
      if (!priced.ok) throw new Error(JSON.stringify(priced.issues));
      const { adjustments, discount } = priced.value;
      expect(adjustments.map(({ promotionId, amount }) => [promotionId, amount])).toEqual(
        KINDS.map((kind, place) => [kind, off[place]]),
      );
      return subtract(list, discount) === moneyOf(row.sales_value!);
    });
    expect([all.length, agreeing.length]).toEqual([357, 357]);
  });
});
