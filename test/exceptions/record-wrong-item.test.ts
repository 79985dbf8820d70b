import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { postInvoice } from "../../src/billing/post-invoice.js";
import { recordWrongItem, type RecordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import { revisePapers } from "../../src/exceptions/revise-papers.js";
import { buildPaper } from "../../src/fulfilment/build-paper.js";
import { indexMasters } from "../../src/model/masters.js";
import {
  anyContext,
  anyItem,
  anyOrder,
  anyPriceEntry,
  anyStock,
  given,
  type AnyOrder,
} from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";

const d = decimal;
const context = anyContext();
const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });

describe("recordWrongItem (mission 14.6, 14.7; definitions B6, B17)", () => {
  const north = { warehouseId: "NORTH" };
  const wrong = { itemCode: "COFFEE", source: north, quantity: d("3"), goods: "putBack" as const };
  const atLoad: RecordWrongItem = {
    foundAt: "load",
    lineId: "SO-1-1",
    source: north,
    quantity: d("4"),
    reason: "mix_up",
    wrong,
  };
  const picked = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
  const both = (tea: object) => anyStock({ ...tea }, { itemCode: "COFFEE", onHand: "5" });

  it("rule 1: at the vehicle, the line's own goods are free where they lie, and the line is short", () => {
    given(picked, both({ onHand: "10", reserved: "10", picked: "10" }))
      .when((order, stock) => recordWrongItem(order, atLoad, { ...context, stock }))
      .then({
        quantities: { open: "4", picked: "6" },
        requests: ["reprint", "reprint", "count_stock", "count_stock", "notify_customer"],
        stock: [
          ["10", "6"],
          ["5", "0"],
        ],
      });
  });

  it("rule 1: at the customer, they are found again where the books had let go of them", () => {
    given(shipped, both({ onHand: "90", inTransit: "10" }))
      .when((order, stock) => recordWrongItem(order, { ...atLoad, foundAt: "delivery" }, { ...context, stock }))
      .then({
        quantities: { open: "4", shipped: "6" },
        stock: [
          ["94", "0"],
          ["5", "0"],
        ],
      });
  });

  test.each(["writeOff", "leave"] as const)("rule 2: goods to %s go off the books where they came from", (goods) => {
    given(shipped, both({ onHand: "90", inTransit: "10" }))
      .when((order, stock) =>
        recordWrongItem(order, { ...atLoad, foundAt: "delivery", wrong: { ...wrong, goods } }, { ...context, stock }),
      )
      .then({
        quantities: { open: "4", shipped: "6" },
        stock: [
          ["94", "0"],
          ["2", "0"],
        ],
      });
  });

  test.each([
    ["load", "picked"],
    ["delivery", "shipped"],
  ] as const)("rules 1 and 5: found at %s, the shortage and the paper say so", (foundAt, bucket) => {
    const lines = [{ shortagePolicy: "backfillOnArrival" as const, quantities: { [bucket]: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines });
    const {
      order: after,
      requests,
      events,
    } = granted(recordWrongItem(order, { ...atLoad, foundAt }, { ...context, stock: [] }));
    expect(after.lines[0]?.shortages).toEqual([
      { bucket: "backfill", cause: foundAt, quantity: "4", since: context.at, mode: "onArrival", reason: "mix_up" },
    ]);
    const papers = foundAt === "load" ? (["packing_list", "delivery_note"] as const) : (["delivery_note"] as const);
    expect(requests).toEqual([
      ...papers.map((document) => ({
        type: "reprint",
        orderNo: "SO-1",
        document,
        cause: foundAt,
        lineIds: ["SO-1-1"],
      })),
      { type: "count_stock", orderNo: "SO-1", itemCode: "TEA", source: north },
      { type: "count_stock", orderNo: "SO-1", itemCode: "COFFEE", source: north },
      { type: "notify_customer", orderNo: "SO-1", template: "shortage_recorded" },
    ]);
    expect(events[0]?.details).toEqual({
      foundAt,
      wrongItemCode: "COFFEE",
      wrongSource: north,
      wrongGoods: "putBack",
      discrepancies: [{ lineId: "SO-1-1", source: north, expected: "10", actual: "6", reason: "mix_up" }],
    });
  });

  it("rule 2: only what is free there can go off the books", () => {
    const stock = anyStock({ itemCode: "COFFEE", onHand: "5", reserved: "3" });
    const command = { ...atLoad, wrong: { ...wrong, goods: "writeOff" as const } };
    expect(reasonsOf(recordWrongItem(picked, command, { ...context, stock }))[0]?.params).toEqual({
      itemCode: "COFFEE",
      warehouseId: "NORTH",
      quantity: "3",
      free: "2",
    });
    expect(whereOf(recordWrongItem(picked, command, { ...context, stock: [] }))).toEqual([
      "wrong.not_free at wrong.quantity",
    ]);
    const enough = anyStock({ itemCode: "COFFEE", onHand: "5", reserved: "2" });
    expect(recordWrongItem(picked, command, { ...context, stock: enough }).ok).toBe(true);
  });

  it("rule 2: what stands elsewhere, or of another item, does not count", () => {
    const command = { ...atLoad, wrong: { ...wrong, goods: "writeOff" as const } };
    const stock = anyStock(
      { itemCode: "COFFEE", warehouseId: "SOUTH", onHand: "50" },
      { itemCode: "TEA", onHand: "50" },
      { itemCode: "COFFEE", onHand: "1" },
    );
    expect(reasonsOf(recordWrongItem(picked, command, { ...context, stock }))[0]?.params).toEqual({
      itemCode: "COFFEE",
      warehouseId: "NORTH",
      quantity: "3",
      free: "1",
    });
  });

  it("tells of everything that is wrong at once", () => {
    const command = {
      ...atLoad,
      reason: "",
      quantity: d("0"),
      wrong: { ...wrong, itemCode: "TEA", quantity: d("-1"), goods: "leave" as const },
    };
    expect(whereOf(recordWrongItem(picked, command, { ...context, stock: [] }))).toEqual([
      "command.not_a_name at reason",
      "wrong.quantity_not_positive at wrong.quantity",
      "wrong.not_at_customer at wrong.goods",
      "wrong.quantity_not_positive at quantity",
      "wrong.same_goods at wrong",
    ]);
    expect(reasonsOf(recordWrongItem(shipped, atLoad, { ...context, stock: [] }))[0]).toEqual({
      code: "wrong.more_than_there",
      path: ["quantity"],
      params: { lineId: "SO-1-1", bucket: "picked", quantity: "4", there: "0" },
    });
    expect(whereOf(recordWrongItem(picked, { ...atLoad, lineId: "X" }, { ...context, stock: [] }))).toEqual([
      "wrong.unknown_line at lineId",
    ]);
  });
});

describe("goods that prove wrong after the customer has signed (mission 14.7, 15.1; definitions B6, B17)", () => {
  const north = { warehouseId: "NORTH" };
  const wrong = { itemCode: "COFFEE", source: north, quantity: d("3"), goods: "bill" as const };
  const found: RecordWrongItem = {
    foundAt: "afterSigning",
    lineId: "SO-1-1",
    source: north,
    quantity: d("4"),
    reason: "mix_up",
    consent: "MAIL-7",
    wrong,
  };
  const masters = indexMasters({
    items: [anyItem(), anyItem({ itemCode: "COFFEE", name: "Coffee" })],
    prices: [anyPriceEntry({ itemCode: "COFFEE", unitPrice: "4.1" })],
  });
  const stock = anyStock({ onHand: "90" }, { itemCode: "COFFEE", onHand: "5" });
  const whole = { ...context, stock, masters };
  const delivered = (line: object = {}, part: AnyOrder = {}) =>
    anyOrder({ stage: "confirmed", lines: [{ quantities: { delivered: "10" }, ...line }], ...part });
  const invoice = (order: ReturnType<typeof delivered>, invoiceNo: string) =>
    granted(
      postInvoice(
        order,
        { invoiceNo, issuedOn: calendarDay("2026-03-05"), dueOn: calendarDay("2026-04-04"), rounding: "halfUp" },
        context,
      ),
    );
  const wrongIn = (order: ReturnType<typeof delivered>, part: Partial<RecordWrongItem> = {}) =>
    granted(recordWrongItem(order, { ...found, ...part }, whole));

  it("rules 1 and 3: the right goods lie free and are short; what the customer keeps is a line, handed over and priced", () => {
    given(delivered(), stock)
      .when((order) => recordWrongItem(order, found, whole))
      .then({
        status: "confirmed",
        quantities: { open: "4", delivered: "6" },
        requests: ["count_stock", "count_stock", "reprice", "notify_customer"],
        stock: [
          ["94", "0"],
          ["2", "0"],
        ],
      });
    const { order, events, movements } = wrongIn(delivered());
    expect(order.lines[1]).toMatchObject({
      lineId: "SO-1-2",
      itemCode: "COFFEE",
      itemName: "Coffee",
      transactionCategory: "sale",
      orderedQty: "3",
      unitPrice: "4.1",
      lineAmount: "12.3",
      quantities: { delivered: "3", open: "0" },
      reservations: [{ warehouseId: "NORTH", quantities: { delivered: "3" } }],
    });
    expect(order.totals?.payable).toBe("37.3");
    expect(movements.map(({ kind, itemCode, quantity }) => [kind, itemCode, quantity])).toEqual([
      ["receive_return", "TEA", "4"],
      ["reserve", "COFFEE", "3"],
      ["pick", "COFFEE", "3"],
      ["issue", "COFFEE", "3"],
      ["hand_over", "COFFEE", "3"],
    ]);
    expect(events[0]?.details).toEqual({
      foundAt: "afterSigning",
      wrongItemCode: "COFFEE",
      wrongSource: north,
      wrongGoods: "bill",
      consent: "MAIL-7",
      billedLineId: "SO-1-2",
      discrepancies: [{ lineId: "SO-1-1", source: north, expected: "10", actual: "6", reason: "mix_up" }],
    });
  });

  it("rule 3: the next invoice bills what the customer keeps, before and after others", () => {
    const kept = invoice(wrongIn(delivered()).order, "I-1").invoice;
    expect(kept.lines.map(({ itemCode, quantity, amount }) => [itemCode, quantity, amount])).toEqual([
      ["TEA", "6", "15"],
      ["COFFEE", "3", "12.3"],
    ]);
    const billed = invoice(delivered(), "I-1").order;
    const later = wrongIn(billed);
    expect(later.requests.map(({ type }) => type)).toEqual(["count_stock", "count_stock", "notify_customer"]);
    expect(invoice(later.order, "I-2").invoice).toMatchObject({ net: "12.3", payable: "12.3" });
  });

  it("rule 3: an agreed price stands before that of the price structure, at the door as well", () => {
    const agreed = { wrong: { ...wrong, unitPrice: d("3.333") } };
    expect(wrongIn(delivered(), agreed).order.lines[1]?.lineAmount).toBe("10");
    const down = recordWrongItem(delivered(), { ...found, ...agreed }, { ...whole, pricing: { rounding: "down" } });
    expect(granted(down).order.lines[1]?.lineAmount).toBe("9.99");
    const atDoor = wrongIn(shipped, { foundAt: "delivery", ...agreed });
    expect(
      atDoor.order.lines.map(({ quantities }) => [quantities.open, quantities.shipped, quantities.delivered]),
    ).toEqual([
      ["4", "6", "0"],
      ["0", "0", "3"],
    ]);
    expect(atDoor.requests.map(({ type }) => type)).toEqual([
      "reprint",
      "count_stock",
      "count_stock",
      "reprice",
      "notify_customer",
    ]);
  });

  it("rule 3: an order without prices waits for its first pricing", () => {
    const { totals: _none, ...unpriced } = delivered();
    const { order, requests } = wrongIn(unpriced);
    expect([order.totals, order.lines[1]?.unitPrice, order.lines[1]?.quantities.delivered]).toEqual([
      undefined,
      undefined,
      "3",
    ]);
    expect(requests.map(({ type }) => type)).not.toContain("reprice");
  });

  test.each([
    ["leaveOpen", "open", []],
    ["backfillOnArrival", "backfill", []],
    ["cancelRemainder", "cancelled", [["10", "0"]]],
  ] as const)("rule 4: billed goods of a line that says %s go to %s", (shortagePolicy, bucket, credits) => {
    const billed = invoice(delivered({ shortagePolicy }), "I-1").order;
    const { order, requests } = wrongIn(billed, { wrong: { ...wrong, goods: "putBack" } });
    expect([order.lines[0]?.quantities[bucket], order.lines[0]?.quantities.delivered]).toEqual(["4", "6"]);
    expect(order.lines[0]?.shortages.map(({ cause, reason }) => [cause, reason])).toEqual(
      bucket === "backfill" ? [["delivery", "mix_up"]] : [],
    );
    expect(
      requests.flatMap((request) => (request.type === "correct_billing" ? [[request.credit, request.charge]] : [])),
    ).toEqual(credits);
  });

  it("rule 4: only what was billed is credited, to the cent that was billed", () => {
    const credit = (line: object, quantity: string) =>
      wrongIn(delivered({ shortagePolicy: "cancelRemainder", ...line }, { billing: { invoices: [billing] } }), {
        quantity: d(quantity),
      }).requests.flatMap((request) => (request.type === "correct_billing" ? [request.credit] : []));
    const billing = { invoiceNo: "I-1", issuedOn: "2026-03-02", dueOn: "2026-04-01", charges: "0", payable: "3.33" };
    // Ten for 3.33; rounded down when the invoice was.
    const tenth = { unitPrice: "0.333", lineAmount: "3.33" };
    expect(credit({ ...tenth, invoicedQty: "10" }, "4")).toEqual(["1.33"]);
    expect(credit({ ...tenth, invoicedQty: "8" }, "4")).toEqual(["0.66"]);
    expect(credit({ ...tenth, invoicedQty: "6" }, "4")).toEqual([]);
    expect(credit({ ...tenth, invoicedQty: "0" }, "4")).toEqual([]);
    // An amount finer than the currency is credited as finely.
    expect(credit({ unitPrice: "0.3333", lineAmount: "3.333", invoicedQty: "10" }, "4")).toEqual(["1.333"]);
    // A currency of three decimals is credited in its own.
    const dinars = delivered(
      { shortagePolicy: "cancelRemainder", unitPrice: "0.1", lineAmount: "1", invoicedQty: "10" },
      { header: { currency: "KWD" }, billing: { invoices: [billing] } },
    );
    const credited = recordWrongItem(
      dinars,
      { ...found, quantity: d("3.333"), wrong: { ...wrong, goods: "putBack" } },
      whole,
    );
    expect(granted(credited).requests).toContainEqual({
      type: "correct_billing",
      orderNo: "SO-1",
      credit: "0.333",
      charge: "0",
    });
    const down = delivered(
      { shortagePolicy: "cancelRemainder", ...tenth, invoicedQty: "10" },
      { billing: { invoices: [{ ...billing, rounding: "up" }] } },
    );
    expect(wrongIn(down).requests).toContainEqual({
      type: "correct_billing",
      orderNo: "SO-1",
      credit: "1.33",
      charge: "0",
    });
    const sixTenths = { ...tenth, unitPrice: "0.3335", lineAmount: "3.34", invoicedQty: "10" };
    const up = delivered(
      { shortagePolicy: "cancelRemainder", ...sixTenths },
      { billing: { invoices: [{ ...billing, rounding: "up" }] } },
    );
    expect(wrongIn(up).requests.flatMap((one) => (one.type === "correct_billing" ? [one.credit] : []))).toEqual([
      "1.33",
    ]);
  });

  test.each([
    ["putBack", "5"],
    ["writeOff", "2"],
    ["leave", "2"],
  ] as const)("rule 2: of goods to %s, %s are in the books afterwards", (goods, left) => {
    const { consent: _none, ...unasked } = found;
    given(delivered(), stock)
      .when((order) => recordWrongItem(order, { ...unasked, wrong: { ...wrong, goods } }, { ...context, stock }))
      .then({
        quantities: { open: "4", delivered: "6" },
        requests: ["count_stock", "count_stock", "notify_customer"],
        stock: [
          ["94", "0"],
          [left, "0"],
        ],
      });
  });

  it("rule 5: a note that the customer has signed is settled, and others know nothing of goods that are billed", () => {
    const other = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { delivered: "10" } }, { quantities: { picked: "10" } }],
    });
    const note = buildPaper(other, "delivery_note");
    const { order, events } = wrongIn(other);
    expect(revisePapers([note], order, events)).toEqual([]);
  });

  it("an order that was paid is in work again, and one of which all is given up has ended and pays back", () => {
    const paid = (shortagePolicy: "leaveOpen" | "cancelRemainder") =>
      delivered(
        { shortagePolicy, invoicedQty: "10" },
        {
          billing: {
            invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-02", dueOn: "2026-04-01", charges: "0", payable: "25" }],
            payments: [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-04T09:00:00.000Z" }],
          },
        },
      );
    expect(paid("leaveOpen").status).toBe("collected");
    expect(wrongIn(paid("leaveOpen")).order.status).toBe("confirmed");
    const all = wrongIn(paid("cancelRemainder"), { quantity: d("10"), wrong: { ...wrong, goods: "putBack" } });
    expect(all.order.status).toBe("cancelled");
    expect(all.requests).toContainEqual({ type: "correct_billing", orderNo: "SO-1", credit: "25", charge: "0" });
  });

  it("rule 3: without consent, item, price or free goods it is refused, and at the vehicle nobody has kept anything", () => {
    const { consent: _none, ...unasked } = found;
    expect(reasonsOf(recordWrongItem(delivered(), unasked, whole))).toEqual([
      { code: "wrong.consent_needed", path: ["consent"], params: { itemCode: "COFFEE", quantity: "3" } },
    ]);
    expect(whereOf(recordWrongItem(delivered(), { ...found, consent: " " }, whole))).toEqual([
      "command.not_a_name at consent",
    ]);
    expect(whereOf(recordWrongItem(delivered(), found, { ...context, stock }))).toEqual([
      "enter.unknown_item at wrong",
    ]);
    const priceless = indexMasters({ items: [anyItem({ itemCode: "COFFEE" })] });
    expect(whereOf(recordWrongItem(delivered(), found, { ...whole, masters: priceless }))).toEqual([
      "price.no_price at wrong",
    ]);
    expect(whereOf(recordWrongItem(delivered(), found, { ...whole, stock: [] }))).toEqual([
      "wrong.not_free at wrong.quantity",
    ]);
    const picked = anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] });
    expect(whereOf(recordWrongItem(picked, { ...found, foundAt: "load" }, whole))).toEqual([
      "wrong.not_at_customer at wrong.goods",
    ]);
    expect(reasonsOf(recordWrongItem(shipped, found, whole))[0]?.params).toMatchObject({
      bucket: "delivered",
      there: "0",
    });
  });
});
