import path from "node:path";
import {
  addDays,
  calendarDay,
  compilePromotions,
  decimal,
  divideExactly,
  enterOrders,
  indexMasters,
  instant,
  multiply,
  priceOrder,
  subtract,
  sum,
  USUAL_PROMOTION_POLICY,
  type CompiledPromotions,
  type Masters,
  type Order,
  type OrderDraft,
  type OrderLine,
} from "ordercycle";
import type { CsvRecord } from "ordercycle/interchange";
import { parsePromotions } from "ordercycle/schema";
import { beforeAll, describe, expect, it } from "vitest";
import { readAdventureWorks, type AdventureWorks } from "./adventureworks.js";
import { dataSet, readRecords } from "./data-folder.js";

const set = dataSet("adventureworks");
const context = { at: instant("2011-12-31T12:00:00Z"), actor: { function: "orderDesk" } };
/** Prices have 4 decimals and discounts 2, so that nothing is rounded. */
const policy = { rounding: "halfUp", decimals: 6, givenPrice: "honour" } as const;

/** The discount for more than 60 units: the table of products names none for it. */
const WITHOUT_PRODUCT = "6";

/** An offer as it is handed to the parser. */
type Offer = Readonly<Record<string, unknown>>;

/** The offers as promotions. They end with their last day; those of resellers are not for orders of the web shop. */
function offersOf(folder: string): Offer[] {
  const products = new Map<string, string[]>();
  for (const { SpecialOfferID = "", ProductID = "" } of readRecords(
    path.join(folder, "oltp", "SpecialOfferProduct.csv"),
  ))
    products.set(SpecialOfferID, [...(products.get(SpecialOfferID) ?? []), ProductID]);
  return readRecords(path.join(folder, "oltp", "SpecialOffer.csv"))
    .filter(({ Type }) => Type !== "No Discount")
    .map((offer) => offerOf(offer, products.get(offer.SpecialOfferID ?? "") ?? []));
}

function offerOf(row: CsvRecord, products: readonly string[]): Offer {
  const {
    SpecialOfferID,
    Description,
    DiscountPct,
    Type,
    Category,
    StartDate = "",
    EndDate = "",
    MinQty,
    MaxQty,
  } = row;
  const webShop = { kind: "order", fact: "channel", in: ["webShop"] };
  const keep = "keep";
  return {
    promotionId: SpecialOfferID!,
    version: 1,
    name: Description,
    reason: Type,
    owner: "sales",
    validity: { from: startOf(StartDate), to: startOf(addDays(calendarDay(EndDate.slice(0, 10)), 1)) },
    timeZone: "UTC",
    condition: Category === "Reseller" ? { kind: "not", of: webShop } : webShop,
    effect: {
      kind: "percentOff",
      which: {
        kind: "all",
        of: [
          { kind: "items", in: products },
          // An empty cell is a bound that is left out.
          { kind: "quantity", atLeast: MinQty, ...(MaxQty === "" ? {} : { atMost: MaxQty }) },
        ],
      },
      percent: multiply(decimal(DiscountPct!), decimal("100")),
      spread: "eachLine",
    },
    combination: { priority: 1, lane: "offers", base: "initial", discountedLines: "include" },
    revision: { cancel: keep, short: keep, return: keep, amend: keep, unearnedGifts: keep, uses: "spent" },
  };
}

function startOf(day: string): string {
  return `${day.slice(0, 10)}T00:00:00Z`;
}

/** What promotions took off a line, as a fraction of its gross amount. */
function fractionOff({ orderedQty, unitPrice, adjustments = [] }: OrderLine): string {
  return divideExactly(sum(adjustments.map(({ amount }) => amount)), multiply(orderedQty, unitPrice!))!;
}

describe.skipIf(set.isAbsent)(set.title("special offers of a bicycle maker (mission 6.2, 6.5, 6.6, 6.7)"), () => {
  let source: AdventureWorks;
  let masters: Masters;
  let compiled: CompiledPromotions;

  const compileOffers = (): CompiledPromotions => {
    const parsed = parsePromotions(offersOf(set.folder).filter(({ promotionId }) => promotionId !== WITHOUT_PRODUCT));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    const lanes = [{ lane: "offers", mode: "bestPerLine" as const }];
    const result = compilePromotions(parsed.value, { ...USUAL_PROMOTION_POLICY, decimals: 6, lanes });
    if (!result.ok) throw new Error(JSON.stringify(result.issues));
    return result.value;
  };
  /** The orders as they came in: what was recorded as discount is not told. */
  const price = (
    promotions: CompiledPromotions,
    change: (draft: OrderDraft) => OrderDraft = (draft) => draft,
  ): Order[] => {
    const drafts = source.drafts.accepted.map((draft) =>
      change({ ...draft, lines: draft.lines.map(({ discount: _recorded, ...line }) => line) }),
    );
    const batch = enterOrders(drafts, { ...context, masters });
    expect(batch.refused).toEqual([]);
    return batch.orders.map((order) => {
      const at = order.header.receivedAt;
      const result = priceOrder(order, { ...context, at, masters, policy, promotions: { compiled: promotions } });
      if (!result.ok) throw new Error(JSON.stringify(result.issues));
      return result.value.order;
    });
  };

  beforeAll(() => {
    source = readAdventureWorks(set.folder);
    masters = indexMasters({ customers: source.customers.accepted, items: source.items.accepted });
    compiled = compileOffers();
  });

  it("are read: 14 promotions; “No Discount” is none, and the one that names no product is refused (mission 6.2)", () => {
    expect(compiled.promotions.length).toBe(14);
    const all = parsePromotions(offersOf(set.folder));
    expect(all.ok ? [] : all.issues.map(({ code, params }) => [code, params])).toEqual([
      ["promotion.empty_condition", { promotionId: WITHOUT_PRODUCT, kind: "items" }],
    ]);
  });

  it("give the recorded discount on 5,675 of 5,675 lines, 34 of them discounted (mission 6.2, 6.5)", () => {
    const orders = price(compiled);
    const pairs = orders.flatMap(({ lines }, place) =>
      lines.map((line, at) => [fractionOff(line), decimal(source.rows.joined[place]!.lines[at]!.unitpricediscount!)]),
    );
    expect([orders.length, pairs.length]).toEqual([1566, 5675]);
    expect(pairs.filter(([given, recorded]) => given === recorded).length).toBe(5675);
    expect(pairs.filter(([, recorded]) => recorded !== "0").length).toBe(34);
  });

  it("name the offer that the line itself names, and bring the orders to 12527981.992754 (mission 6.6)", () => {
    const orders = price(compiled);
    const pairs = orders.flatMap(({ lines }, place) =>
      lines.map(({ adjustments = [] }, at) => [
        adjustments.map(({ promotionId }) => promotionId),
        // 1 is “No Discount”.
        [source.rows.joined[place]!.lines[at]!.specialofferid!].filter((id) => id !== "1"),
      ]),
    );
    expect(pairs.map(([given]) => given)).toEqual(pairs.map(([, recorded]) => recorded));
    expect(sum(orders.map(({ totals }) => totals!.net))).toBe("12527981.992754");
    const given = orders.flatMap(({ promotions }) => promotions!.applied);
    expect(sum(given.map(({ amount }) => amount))).toBe(
      sum(orders.map(({ totals }) => subtract(totals!.gross, totals!.net))),
    );
  });

  it("give nothing to the same orders when the web shop takes them, or a day before they begin (mission 6.2)", () => {
    const online = price(compiled, (draft) => ({ ...draft, channel: "webShop" }));
    const early = price(compiled, (draft) => ({ ...draft, receivedAt: instant("2011-05-30T23:59:59.999Z") }));
    for (const orders of [online, early]) expect(orders.flatMap(({ promotions }) => promotions!.applied)).toEqual([]);
  });
});
