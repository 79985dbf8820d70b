import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { mergeIntoNextOrder, type MergeIntoNextOrder } from "../../../src/allocation/shortage/merge-into-next-order.js";
import { add, decimal, sum } from "../../../src/core/decimal.js";
import { orderedInBaseUnit } from "../../../src/model/apply-changes.js";
import type { Order } from "../../../src/model/order.js";
import {
  anyContext,
  anyOrder,
  arbitraryOrder,
  checkMoney,
  deepFreeze,
  type AnyOrderLine,
} from "../../../src/testing/index.js";

const context = anyContext();
const merging = (line: AnyOrderLine): AnyOrderLine => ({ shortagePolicy: "mergeIntoNextOrder", ...line });
const first = (...lines: readonly AnyOrderLine[]): Order => anyOrder({ stage: "confirmed", lines: lines.map(merging) });
const next = anyOrder({ orderNo: "SO-2", stage: "confirmed" });
const merge = (from: Order, to: Order, command: Partial<MergeIntoNextOrder> = {}) =>
  mergeIntoNextOrder(deepFreeze(from), deepFreeze(to), { reason: "short", price: "keep", ...command }, context);
const codes = ({ refused }: ReturnType<typeof merge>) =>
  refused.map(({ orderNo, issues }) => [orderNo, ...issues.map(({ code }) => code)]);

describe("merging into the next order (mission 9.17, 12.2b)", () => {
  it("rule 2: takes what waits or is reserved, and frees what was reserved; what was picked stays", () => {
    const from = first({
      orderedQty: "20",
      quantities: { open: "1", deferred: "2", backfill: "3", allocated: "4", picked: "10" },
    });
    const { orders, movements, records } = merge(from, next);
    expect(orders[0]?.lines[0]?.quantities).toMatchObject({ merged: "10", picked: "10", open: "0", allocated: "0" });
    expect(movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([["release", "4"]]);
    expect(records).toEqual([
      {
        from: { orderNo: "SO-1", lineId: "SO-1-1" },
        to: { orderNo: "SO-2", lineId: "SO-2-2" },
        itemCode: "TEA",
        quantity: "10",
        reason: "short",
      },
    ]);
  });

  it("rule 3: a line joins with the memory of where it came from, and money adds up at once", () => {
    const discount = { kind: "percent", percent: "10" } as const;
    const { orders, requests } = merge(first({ orderedQty: "4", unitPrice: "1.99", discount }), next);
    const [, line] = orders[1]!.lines;
    expect(line).toMatchObject({
      mergedFrom: { orderNo: "SO-1", lineId: "SO-1-1" },
      orderedQty: "4",
      unitPrice: "1.99",
      lineAmount: "7.16",
      allowance: "0.8",
    });
    expect([orders[1]?.totals?.net, checkMoney(orders[1]!)]).toEqual(["32.16", []]);
    expect(requests).toContainEqual({ type: "reprice", orderNo: "SO-2", lineIds: ["SO-2-2"] });
  });

  it.each<[string, AnyOrderLine, string, unknown]>([
    ["whole cases stay cases", { orderedQty: "2", uom: "CS", unitPrice: "24" }, "12", ["1", "CS", "24"]],
    [
      "five pieces of a case join as pieces, at their part of the price",
      { orderedQty: "2", uom: "CS", unitPrice: "24" },
      "5",
      ["5", "EA", "2"],
    ],
    [
      "a price without exact part does not come along",
      { orderedQty: "2", uom: "CS", unitPrice: "25" },
      "5",
      ["5", "EA", undefined],
    ],
  ])("rules 3 and 4: %s", (_case, line, quantity, expected) => {
    const from = first({ ...line, unitFactor: { numerator: "12", denominator: "1" } });
    const { orders } = merge(from, next, { lines: [{ lineId: "SO-1-1", quantity: decimal(quantity) }] });
    const joined = orders[1]?.lines[1];
    expect([joined?.orderedQty, joined?.uom, joined?.unitPrice]).toEqual(expected);
  });

  it("rule 4: a discount in money comes along by its share; renewing leaves price and discount behind", () => {
    const from = first({ orderedQty: "10", discount: { kind: "amount", amount: "5" } });
    const lines = [{ lineId: "SO-1-1", quantity: decimal("4") }];
    expect(merge(from, next, { lines }).orders[1]?.lines[1]).toMatchObject({
      discount: { kind: "amount", amount: "2" },
    });
    const renewed = merge(from, next, { lines, price: "renew" }).orders[1]?.lines[1];
    expect([renewed?.unitPrice, renewed?.discount, renewed?.lineAmount]).toEqual([undefined, undefined, "0"]);
  });

  it("rule 5: a line of another policy needs the customer's consent, to this order, and in time", () => {
    const from = anyOrder({ stage: "confirmed" });
    const consent = {
      customerCode: "C-100",
      subject: "SO-1",
      agreedBy: "Lee",
      agreedAt: context.at,
      reference: "MAIL-1",
    };
    expect(codes(merge(from, next))).toEqual([["SO-1", "consent.missing"]]);
    expect(codes(merge(from, next, { consent: { ...consent, expiresAt: context.at } }))).toEqual([
      ["SO-1", "consent.expired"],
    ]);
    expect(codes(merge(from, next, { consent: { ...consent, subject: "SO-7" } }))).toEqual([
      ["SO-1", "consent.foreign"],
    ]);
    expect(codes(merge(from, next, { consent: { ...consent, customerCode: "C-7" } }))).toEqual([
      ["SO-1", "consent.foreign"],
    ]);
    expect(merge(from, next, { consent }).records[0]?.consent).toBe("MAIL-1");
  });

  test.each<[string, Order, Order, Partial<MergeIntoNextOrder>, string]>([
    ["itself", first({}), first({}), {}, "merge.same_order"],
    [
      "another customer's order",
      first({}),
      anyOrder({ orderNo: "SO-2", header: { customerCode: "C-9" } }),
      {},
      "merge.differs",
    ],
    [
      "another address",
      first({}),
      anyOrder({
        orderNo: "SO-2",
        header: { shipToAddress: { street: "9 Mill Lane", city: "Bremen", country: "DE" } },
      }),
      {},
      "merge.differs",
    ],
    ["another currency", first({}), anyOrder({ orderNo: "SO-2", header: { currency: "USD" } }), {}, "merge.differs"],
    [
      "an earlier order",
      first({}),
      anyOrder({ orderNo: "SO-2", header: { receivedAt: "2020-01-01T00:00:00.000Z" } }),
      {},
      "merge.earlier_order",
    ],
    ["nothing left", first({ quantities: { picked: "10" } }), next, {}, "merge.nothing_left"],
    ["no line named", first(), next, { lines: [] }, "merge.no_lines"],
    ["a line that is not there", first({}), next, { lines: [{ lineId: "X" }] }, "merge.unknown_line"],
    ["a line twice", first({}), next, { lines: [{ lineId: "SO-1-1" }, { lineId: "SO-1-1" }] }, "merge.listed_twice"],
    [
      "less than nothing",
      first({}),
      next,
      { lines: [{ lineId: "SO-1-1", quantity: decimal("-1") }] },
      "merge.quantity_not_positive",
    ],
    [
      "more than there is",
      first({}),
      next,
      { lines: [{ lineId: "SO-1-1", quantity: decimal("10.5") }] },
      "merge.more_than_left",
    ],
    [
      "a gift",
      first({ giftOf: { promotionId: "P", version: 1, triggers: [] } }),
      next,
      { lines: [{ lineId: "SO-1-1" }] },
      "merge.gift_line",
    ],
    ["a reason without a letter", first({}), next, { reason: "" }, "command.not_a_name"],
    [
      "an order that has left",
      first({}),
      anyOrder({ orderNo: "SO-2", stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] }),
      {},
      "status.operation_not_allowed",
    ],
  ])("refuses %s, and leaves both as they were", (_case, from, to, command, code) => {
    const outcome = merge(from, to, command);
    expect(outcome.refused.flatMap(({ issues }) => issues.map((found) => found.code))).toContain(code);
    expect([outcome.orders[0] === from, outcome.orders[1] === to, outcome.events]).toEqual([true, true, []]);
  });

  it("rule 6: both ends reconcile, by the records of both events and by the buckets, whatever the orders", () => {
    let merged = 0;
    fc.assert(
      fc.property(arbitraryOrder(), arbitraryOrder(), (from, other) => {
        const { customerCode, shipToAddress, currency, receivedAt } = from.header;
        if (other.header.currency !== currency) return;
        const to: Order = {
          ...other,
          orderNo: "SO-NEXT",
          header: { ...other.header, customerCode, shipToAddress, receivedAt },
        };
        const consent = { customerCode, subject: from.orderNo, agreedBy: "Lee", agreedAt: context.at, reference: "M" };
        const { orders, events, records } = merge(from, to, { consent });
        if (events.length === 0) return;
        merged++;
        expect(events.map(({ details }) => details)).toEqual([{ records }, { records }]);
        const left = (order: Order) => order.lines.map(({ quantities }) => quantities.merged).reduce(add, decimal("0"));
        const held = (order: Order) => order.lines.map(orderedInBaseUnit).reduce(add, decimal("0"));
        const all = sum(records.map(({ quantity }) => quantity));
        expect(left(orders[0]!)).toBe(add(left(from), all));
        expect(held(orders[1]!)).toBe(add(held(to), all));
        for (const { from: origin, to: target, quantity, itemCode } of records) {
          const line = orders[1]!.lines.find(({ lineId }) => lineId === target.lineId);
          expect([line?.mergedFrom, line?.quantities.open, line?.itemCode]).toEqual([origin, quantity, itemCode]);
        }
      }),
      { numRuns: 400 },
    );
    expect(merged).toBeGreaterThan(10);
  });
});
