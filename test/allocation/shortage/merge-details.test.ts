import { describe, expect, it, test } from "vitest";
import { mergeIntoNextOrder, type MergeIntoNextOrder } from "../../../src/allocation/shortage/merge-into-next-order.js";
import { decimal } from "../../../src/core/decimal.js";
import type { Order } from "../../../src/model/order.js";
import type { LineDiscount } from "../../../src/model/order-line.js";
import { anyContext, anyOrder, deepFreeze, type AnyOrder, type AnyOrderLine } from "../../../src/testing/index.js";

const CONTEXT = anyContext();
const from = (lines: readonly AnyOrderLine[], more: AnyOrder = {}): Order =>
  anyOrder({
    stage: "confirmed",
    lines: lines.map((line) => ({ shortagePolicy: "mergeIntoNextOrder", ...line })),
    ...more,
  });
const next = (more: AnyOrder = {}): Order => anyOrder({ orderNo: "SO-2", stage: "confirmed", ...more });
const merge = (one: Order, other: Order, command: Partial<MergeIntoNextOrder> = {}) =>
  mergeIntoNextOrder(deepFreeze(one), deepFreeze(other), { reason: "short", price: "keep", ...command }, CONTEXT);
const part = (quantity: string, lineId = "SO-1-1") => ({ lines: [{ lineId, quantity: decimal(quantity) }] });
const issuesOf = ({ refused }: ReturnType<typeof merge>) => refused.flatMap(({ issues }) => issues);
const consent = { customerCode: "C-100", subject: "SO-1", agreedBy: "Lee", agreedAt: CONTEXT.at, reference: "MAIL-1" };

describe("what goes over, and what is written down (mission 9.17, 12.2b; definition B6)", () => {
  test.each([
    // open deferred backfill allocated merged
    ["1", "0 2 3 4 1"],
    ["2", "0 1 3 4 2"],
    ["5", "0 0 1 4 5"],
    ["6", "0 0 0 4 6"],
    ["7.5", "0 0 0 2.5 7.5"],
    ["10", "0 0 0 0 10"],
  ])("rule 2: of %s, what has the least work behind it goes first", (quantity, expected) => {
    const line: AnyOrderLine = { quantities: { open: "1", deferred: "2", backfill: "3", allocated: "4" } };
    const { open, deferred, backfill, allocated, merged } = merge(from([line]), next(), part(quantity)).orders[0]!
      .lines[0]!.quantities;
    expect([open, deferred, backfill, allocated, merged].join(" ")).toBe(expected);
  });

  it("rule 2: frees the last places first", () => {
    const reservations = ["NORTH", "SOUTH"].map((warehouseId) => ({ warehouseId, quantities: { allocated: "5" } }));
    const { movements, orders } = merge(from([{ quantities: { allocated: "10" }, reservations }]), next(), part("7"));
    expect(movements.map(({ kind, warehouseId, quantity }) => `${kind} ${warehouseId} ${quantity}`)).toEqual([
      "release SOUTH 5",
      "release NORTH 2",
    ]);
    expect(orders[0]?.lines[0]?.reservations).toEqual([{ warehouseId: "NORTH", quantities: { allocated: "3" } }]);
  });

  it("rule 2: gifts stay behind when all goes over, and nothing goes where there are only gifts", () => {
    const gift: AnyOrderLine = { giftOf: { promotionId: "P", version: 1, triggers: [] } };
    const { orders, records } = merge(from([gift, {}]), next());
    expect(records.map(({ from: origin, to }) => [origin.lineId, to.lineId])).toEqual([["SO-1-2", "SO-2-2"]]);
    expect(orders[0]?.lines.map(({ quantities }) => quantities.merged)).toEqual(["0", "10"]);
    expect(issuesOf(merge(from([gift]), next()))).toEqual([
      { code: "merge.nothing_left", path: ["lines"], params: { orderNo: "SO-1" } },
    ]);
  });

  it("rule 3: a line joins open, with its terms and without what happened to it", () => {
    const terms = {
      itemSpec: "loose",
      quantum: "1",
      partialAllowed: false,
      shortageOffers: ["substitute"],
      minimumRemainingLifeDays: 9,
      deliveryGroup: "G",
      lotNo: "L-1",
      oneLotOnly: true,
      transactionCategory: "sample",
    } as const;
    const promises = [{ day: "2026-03-09", kind: "scheduled" as const, promisedAt: CONTEXT.at }];
    const one = from([{ ...terms, quantities: { allocated: "6", deferred: "4" }, promises }]);
    const joined = merge(one, next({ lines: [{}, {}, {}] })).orders[1]!.lines[3]!;
    expect(joined).toEqual({
      ...one.lines[0],
      lineId: "SO-2-4",
      lineNo: 4,
      // Samples cost nothing, whatever price they came with.
      unitPrice: "0",
      priceAgreed: true,
      allowance: "0",
      lineAmount: "0",
      mergedFrom: { orderNo: "SO-1", lineId: "SO-1-1" },
      quantities: { ...one.lines[0]!.quantities, open: "10", allocated: "0", deferred: "0" },
      reservations: [],
      shortages: [],
      promises: [],
    });
  });

  it("rule 3: what cannot be written in the unit of the order, or is too long in it, joins in the base unit", () => {
    const gross: AnyOrderLine = {
      orderedQty: "1",
      uom: "GRO",
      unitFactor: { numerator: "144", denominator: "1" },
      unitPrice: "288",
    };
    const joined = (line: AnyOrderLine, quantity: string) => {
      const { uom, orderedQty, unitFactor, unitPrice } = merge(from([line]), next(), part(quantity)).orders[1]!
        .lines[1]!;
      return [uom, orderedQty, unitFactor.numerator, unitPrice];
    };
    expect(joined(gross, "36")).toEqual(["GRO", "0.25", "144", "288"]);
    expect(joined(gross, "48")).toEqual(["EA", "48", "1", "2"]);
    expect(joined({ ...gross, unitFactor: { numerator: "128", denominator: "1" }, unitPrice: "128" }, "2")).toEqual([
      "GRO",
      "0.015625",
      "128",
      "128",
    ]);
    expect(joined({ ...gross, unitFactor: { numerator: "128", denominator: "1" }, unitPrice: "128" }, "1")).toEqual([
      "EA",
      "1",
      "1",
      "1",
    ]);
    // A price that has too many decimals in the base unit does not come along.
    expect(joined({ ...gross, unitFactor: { numerator: "1024", denominator: "1" }, unitPrice: "1" }, "1")).toEqual([
      "EA",
      "1",
      "1",
      undefined,
    ]);
  });

  it("rule 4: a discount in money that comes to nothing is none, and a percentage comes along as it is", () => {
    const discounted = (discount: AnyOrderLine["discount"], quantity: string) =>
      merge(from([{ discount: discount! }]), next(), part(quantity)).orders[1]!.lines[1]!.discount;
    expect(discounted({ kind: "amount", amount: "0.09" }, "1")).toBeUndefined();
    expect(discounted({ kind: "amount", amount: "0.19" }, "1")).toEqual({ kind: "amount", amount: "0.01" });
    expect(discounted({ kind: "percent", percent: "12.5" }, "1")).toEqual({ kind: "percent", percent: "12.5" });
  });

  it("rule 4: the totals of the next order grow by what joined, a discount never beyond the goods, charges kept", () => {
    const totals = { gross: "25", allowances: "1", net: "24", charges: "3", payable: "27" };
    const to = { ...next(), totals: totals as never };
    const after = (discount: LineDiscount) => {
      const plain = from([{ orderedQty: "3", unitPrice: "3.335" }]);
      const one = { ...plain, lines: plain.lines.map((line) => ({ ...line, discount })) };
      const { orders } = merge(one, to);
      const { allowance, lineAmount } = orders[1]!.lines[1]!;
      return [allowance, lineAmount, Object.values(orders[1]!.totals!).join(" ")];
    };
    // 10.005 is 10.01; a tenth off the exact value is 9.0045.
    expect(after({ kind: "percent", percent: decimal("10") })).toEqual(["1.01", "9", "35.01 2.01 33 3 36"]);
    expect(after({ kind: "amount", amount: decimal("99") })).toEqual(["10.01", "0", "35.01 11.01 24 3 27"]);
    expect(after({ kind: "percent", percent: decimal("100") })).toEqual(["10.01", "0", "35.01 11.01 24 3 27"]);
  });

  it("rule 4: an order that is not priced stays without amounts", () => {
    const { totals: _totals, ...unpriced } = next();
    const { orders } = merge(from([{}]), unpriced);
    expect([orders[1]?.totals, orders[1]?.lines[1]?.lineAmount, orders[1]?.lines[1]?.unitPrice]).toEqual([
      undefined,
      "0",
      "2.5",
    ]);
  });

  it("rule 6: writes an event on each order, tells the customer once, and asks for prices of what joined", () => {
    const { events, requests, records } = merge(from([{}, {}]), next(), { consent });
    expect(events.map(({ orderNo, type, step }) => [orderNo, type, step])).toEqual([
      ["SO-1", "quantity_merged", 6],
      ["SO-2", "lines_joined", 6],
    ]);
    expect(records.map((record) => record.consent)).toEqual(["MAIL-1", "MAIL-1"]);
    expect(requests).toEqual([
      { type: "notify_customer", orderNo: "SO-1", template: "order_merged" },
      { type: "reprice", orderNo: "SO-2", lineIds: ["SO-2-2", "SO-2-3"] },
    ]);
  });

  test.each<[string, Parameters<typeof merge>, object]>([
    [
      "an unknown line",
      [from([{}]), next(), { lines: [{ lineId: "SO-1-1" }, { lineId: "X" }] }],
      { code: "merge.unknown_line", path: ["lines", 1], params: { lineId: "X" } },
    ],
    [
      "a line twice",
      [from([{}]), next(), { lines: [{ lineId: "SO-1-1" }, { lineId: "SO-1-1" }] }],
      { code: "merge.listed_twice", path: ["lines", 1], params: { lineId: "SO-1-1" } },
    ],
    [
      "nothing of a line",
      [from([{}]), next(), part("0")],
      { code: "merge.quantity_not_positive", path: ["lines", 0], params: { lineId: "SO-1-1", quantity: "0" } },
    ],
    [
      "a list of no lines",
      [from([{}]), next(), { lines: [] }],
      { code: "merge.no_lines", path: ["lines"], params: { orderNo: "SO-1" } },
    ],
    [
      "more than is left",
      [from([{ quantities: { open: "3", picked: "7" } }]), next(), part("4")],
      { code: "merge.more_than_left", path: ["lines", 0], params: { lineId: "SO-1-1", quantity: "4", left: "3" } },
    ],
    [
      "itself",
      [from([{}]), { ...next(), orderNo: "SO-1" }],
      { code: "merge.same_order", path: ["to"], params: { orderNo: "SO-1" } },
    ],
    [
      "an earlier one",
      [from([{}]), next({ header: { receivedAt: "2020-01-01T00:00:00.000Z" } })],
      { code: "merge.earlier_order", path: ["to", "header", "receivedAt"], params: { orderNo: "SO-2" } },
    ],
    [
      "one in another currency",
      [from([{}]), next({ header: { currency: "USD" } })],
      { code: "merge.differs", path: ["to", "header", "currency"], params: { orderNo: "SO-2", field: "currency" } },
    ],
  ])("refuses %s with one issue, and leaves both", (_case, args, expected) => {
    const outcome = merge(...args);
    expect(issuesOf(outcome)).toEqual([expected]);
    expect(outcome).toMatchObject({ orders: [args[0], args[1]], events: [], movements: [], requests: [], records: [] });
  });

  it("rule 1: takes an order of the same instant, and an address whose fields stand in another order", () => {
    const shipToAddress = { street: "1 Harbour Road", city: "Hamburg", postalCode: "20457", country: "DE" };
    const turned = { country: "DE", postalCode: "20457", city: "Hamburg", street: "1 Harbour Road" };
    const receivedAt = "2026-03-01T08:00:00.000Z";
    const outcome = merge(
      from([{}], { header: { shipToAddress, receivedAt } }),
      next({ header: { shipToAddress: turned, receivedAt } }),
    );
    expect(outcome.refused).toEqual([]);
  });

  it("rule 5: asks for consent only where a line that goes over has another policy", () => {
    const mixed = from([{}, { shortagePolicy: "leaveOpen" }]);
    expect(merge(mixed, next(), { lines: [{ lineId: "SO-1-1" }] }).refused).toEqual([]);
    expect(issuesOf(merge(mixed, next())).map(({ code }) => code)).toEqual(["consent.missing"]);
    expect(merge(mixed, next(), { consent }).refused).toEqual([]);
    expect(
      issuesOf(merge(from([{}]), next(), { consent: { ...consent, expiresAt: CONTEXT.at } })).map(({ code }) => code),
    ).toEqual(["consent.expired"]);
  });

  it("refuses amounts that the next order could not hold, gross and payable each", () => {
    const big = (gross: string, net: string) => {
      const allowances = "0";
      return { ...next(), totals: { gross, allowances, net, charges: "0", payable: net } as never };
    };
    const amounts = (to: Order) =>
      issuesOf(merge(from([{ orderedQty: "1", unitPrice: "1" }]), to)).map(({ code, params }) => [code, params]);
    const out = (amount: string) => ["merge.amount_out_of_range", { amount }];
    expect(amounts(big("999999999999", "5"))).toEqual([out("1000000000000")]);
    expect(amounts(big("999999999999", "999999999999"))).toEqual([out("1000000000000"), out("1000000000000")]);
    expect(amounts(big("999999999998", "999999999998"))).toEqual([]);
  });

  it("refuses for each order what keeps it, and says both", () => {
    const closed = anyOrder({ orderNo: "SO-2", stage: "closed" });
    const { refused } = merge(anyOrder({ lines: [{ shortagePolicy: "mergeIntoNextOrder" }] }), closed);
    expect(refused.map(({ orderNo, issues }) => [orderNo, issues.map(({ code }) => code)])).toEqual([
      ["SO-1", ["status.operation_not_allowed"]],
      ["SO-2", ["status.operation_not_allowed"]],
    ]);
  });
});
