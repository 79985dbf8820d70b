import path from "node:path";
import {
  compilePromotions,
  decimal,
  enterOrder,
  indexMasters,
  instant,
  isPositive,
  priceOrder,
  subtract,
  sum,
  type Decimal,
  type Order,
} from "ordercycle";
import { parseItem, parseOrderDraft, parsePromotions } from "ordercycle/schema";
import { anyCustomer } from "ordercycle/testing";
import { describe, expect, it } from "vitest";
import { dataSet } from "./data-folder.js";
import { goodsOf, readInvoice, type StatedAllowance, type StatedInvoice, type StatedLine } from "./ubl-invoices.js";

const set = dataSet("edi-ubl");
const keep = "keep";

function granted<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly object[] },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const itemOf = ({ id }: StatedLine): string => `LINE-${id}`;
const every = { kind: "every" };

/** Lines that an allowance of the document is for: those of its category of tax. */
const linesOfCategory = (category: string | undefined): object =>
  category === undefined ? every : { kind: "attribute", name: "taxCategory", in: [category] };

/** An allowance as a promotion: by its percentage, when asked for and stated, or by its amount. */
function promotionOf(
  promotionId: string,
  { amount, percent }: StatedAllowance,
  which: object,
  form: {
    readonly per: "across" | "line";
    readonly priority: number;
    readonly byPercent: boolean;
    readonly currency: string;
  },
): object {
  const { per, priority, byPercent, currency } = form;
  const spread = per === "across" ? "across" : "eachLine";
  return {
    promotionId,
    version: 1,
    name: promotionId,
    reason: "stated on the invoice",
    owner: "billing",
    validity: { from: "2000-01-01T00:00:00Z" },
    timeZone: "UTC",
    currency,
    effect:
      byPercent && percent !== undefined
        ? { kind: "percentOff", which, percent, spread }
        : { kind: "amountOff", which, amount, per },
    // The stated base holds the charge of the line, which is as much as its allowance: the amount before both.
    combination: { priority, base: byPercent ? "initial" : "running", discountedLines: "include" },
    revision: { cancel: keep, short: keep, return: keep, amend: keep, unearnedGifts: keep, uses: "spent" },
  };
}

/** What an invoice sells, and what it takes back, as two priced orders. */
interface Reckoned {
  readonly sold: Order;
  readonly returned: Order | undefined;
}

function reckon(invoice: StatedInvoice, byPercent = false): Reckoned {
  const { lines, allowances, currency } = invoice;
  const sold = lines.filter((line) => !goodsOf(line).isReturn);
  const form = { byPercent, currency };
  const promotions = [
    ...sold.flatMap((line) =>
      line.allowances
        .filter(({ isCharge }) => !isCharge)
        .map((allowance, place) =>
          promotionOf(
            `line ${line.id}/${place}`,
            allowance,
            { kind: "items", in: [itemOf(line)] },
            { ...form, per: "line", priority: 1 },
          ),
        ),
    ),
    ...allowances
      .filter(({ isCharge }) => !isCharge)
      .map((allowance, place) =>
        promotionOf(`document/${place}`, allowance, linesOfCategory(allowance.taxCategory), {
          ...form,
          per: "across",
          priority: 2,
        }),
      ),
  ];
  const charges = [...sold.flatMap((line) => line.allowances), ...allowances].filter(({ isCharge }) => isCharge);
  const returned = lines.filter((line) => goodsOf(line).isReturn);
  return {
    sold: price(
      invoice,
      sold,
      promotions,
      charges.map(({ amount }) => amount),
    ),
    returned: returned.length === 0 ? undefined : price(invoice, returned, [], []),
  };
}

function price(
  { currency, issueDate }: StatedInvoice,
  lines: readonly StatedLine[],
  promotions: readonly object[],
  charges: readonly Decimal[],
): Order {
  const items = lines.map((line) => {
    const attributes = line.taxCategory === undefined ? {} : { taxCategory: line.taxCategory };
    return granted(parseItem({ itemCode: itemOf(line), name: itemOf(line), baseUom: "EA", attributes }));
  });
  const customer = anyCustomer({ customerCode: "BUYER", currency });
  const masters = indexMasters({ items, customers: [customer] });
  const context = { at: instant(`${issueDate}T12:00:00Z`), actor: { function: "billing" }, masters };
  const draft = granted(
    parseOrderDraft({
      orderNo: "SO-1",
      customerCode: "BUYER",
      receivedAt: context.at,
      orderDate: issueDate,
      currency,
      charges: charges.map((amount) => ({ kind: "other", amount })),
      lines: lines.map((line) => {
        const { quantity, unitPrice } = goodsOf(line);
        return { itemCode: itemOf(line), quantity, unitPrice };
      }),
    }),
  );
  const compiled = granted(compilePromotions(granted(parsePromotions(promotions))));
  const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
  const { order } = granted(enterOrder(draft, context));
  return granted(priceOrder(order, { ...context, policy, promotions: { compiled } })).order;
}

/** Money that allowances of the document gave. */
const givenByDocument = ({ promotions }: Order): Decimal =>
  sum(promotions!.applied.flatMap(({ promotionId, amount }) => (promotionId.startsWith("document") ? [amount] : [])));
const chargesOf = (allowances: readonly StatedAllowance[]): Decimal =>
  sum(allowances.flatMap(({ isCharge, amount }) => (isCharge ? [amount] : [])));

const EN16931 = ["1", "2", "3", "4", "5"].map((number) => `en16931/ubl-tc434-example${number}.xml`);
const FILES = [...EN16931, "ubl/UBL-Invoice-2.0-Example.xml", "ubl/UBL-Invoice-2.1-Example.xml"];

describe.skipIf(set.isAbsent)(set.title("allowances and charges of seven UBL invoices (mission 5.2, 6.6)"), () => {
  const read = (file: string): StatedInvoice => readInvoice(path.join(set.folder, file));

  it("hold four EN 16931 lines, and one of UBL 2.1, that do not come to what they state", () => {
    const odd = FILES.flatMap((file) =>
      read(file).lines.flatMap(({ id, isConsistent }) => (isConsistent ? [] : [[file, id]])),
    );
    expect(odd).toEqual([
      [EN16931[0], "20"],
      [EN16931[1], "1"],
      [EN16931[2], "1"],
      [EN16931[2], "2"],
      [FILES[6], "1"],
    ]);
  });

  it.each([
    [FILES[0]!, "229.6", "0", "229.6"],
    [FILES[1]!, "1436.5", "100", "1436.5"],
    [FILES[2]!, "1600", "0", "1700"],
    [FILES[3]!, "4000", "0", "4000"],
    [FILES[4]!, "4000", "150", "4000"],
    [FILES[5]!, "100", "10", "90"],
    [FILES[6]!, "1436.5", "100", "1436.5"],
  ])("%s: lines %s, allowances %s, without tax %s, as stated", (file, lines, allowances, withoutTax) => {
    const invoice = read(file);
    const { sold, returned } = reckon(invoice);
    const taken = givenByDocument(sold);
    const backNet = returned?.totals?.net ?? decimal("0");
    const onLines = sum([sold.totals!.net, taken, chargesOf(invoice.lines.flatMap((line) => line.allowances))]);
    expect(subtract(onLines, backNet)).toBe(invoice.total("LineExtensionAmount"));
    expect(taken).toBe(invoice.total("AllowanceTotalAmount"));
    expect(subtract(sold.totals!.payable, backNet)).toBe(invoice.total("TaxExclusiveAmount"));
    const stated = ["LineExtensionAmount", "AllowanceTotalAmount", "TaxExclusiveAmount"].map(invoice.total);
    expect(stated).toEqual([lines, allowances, withoutTax]);
  });

  it.each(FILES)(
    "%s: what each allowance gives is shared out to the cent, over lines and units (mission 6.6)",
    (file) => {
      const { sold } = reckon(read(file));
      const adjustments = sold.lines.flatMap((line) => line.adjustments ?? []);
      for (const { promotionId, amount } of sold.promotions!.applied) {
        const own = adjustments.filter((one) => one.promotionId === promotionId);
        expect(sum(own.map((one) => one.amount))).toBe(amount);
        expect(own.every((one) => isPositive(one.amount))).toBe(true);
        expect(sum(own.flatMap(({ shares }) => shares.map((share) => share.amount)))).toBe(amount);
      }
      for (const { orderedQty, adjustments: own = [] } of sold.lines) {
        for (const { shares } of own) expect(sum(shares.map(({ quantity }) => quantity))).toBe(orderedQty);
      }
    },
  );

  it.each(EN16931)("%s: leaves the stated taxable amount of each category of tax", (file) => {
    const invoice = read(file);
    const { sold, returned } = reckon(invoice);
    const lineByItem = new Map(invoice.lines.map((line) => [itemOf(line), line]));
    const of = (category: string, order: Order | undefined): Decimal =>
      sum(
        (order?.lines ?? []).flatMap(({ itemCode, lineAmount }) =>
          lineByItem.get(itemCode)!.taxCategory === category ? [lineAmount] : [],
        ),
      );
    for (const [category, stated] of invoice.taxable) {
      const charged = chargesOf([
        ...invoice.allowances.filter(({ taxCategory }) => taxCategory === category),
        ...invoice.lines.filter(({ taxCategory }) => taxCategory === category).flatMap((line) => line.allowances),
      ]);
      expect(subtract(sum([of(category, sold), charged]), of(category, returned))).toBe(stated);
    }
  });

  it("give the same by the percentage that an allowance states: 10 % of 1000 and of 1500 (mission 6.6)", () => {
    const invoice = read(EN16931[4]!);
    const { sold } = reckon(invoice, true);
    expect(sold.promotions!.applied.map(({ promotionId, amount }) => [promotionId, amount])).toEqual([
      ["line 1/0", "100"],
      ["document/0", "150"],
    ]);
  });
});
