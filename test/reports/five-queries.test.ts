import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { subtract, sum, type Decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { closeOrder } from "../../src/lifecycle/close-order.js";
import type { Order } from "../../src/model/order.js";
import { orderFiles } from "../../src/reports/order-files.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { renderCsv } from "../../src/reports/render-csv.js";
import { renderHtml } from "../../src/reports/render-html.js";
import { renderTable } from "../../src/reports/render-table.js";
import { shortageList } from "../../src/reports/shortage-list.js";
import { unclosedList } from "../../src/reports/unclosed-list.js";
import { uncollectedList } from "../../src/reports/uncollected-list.js";
import { unshippedList } from "../../src/reports/unshipped-list.js";
import { anyContext } from "../../src/testing/any-context.js";
import { anyOrder } from "../../src/testing/any-order.js";
import { arbitraryWorld } from "../../src/testing/arbitraries/arbitrary-world.js";
import { deepFreeze } from "../../src/testing/laws/deep-freeze.js";

const asOf = instant("2026-03-10T09:00:00Z");
const today = calendarDay("2026-03-10");
const total = <Row>(rows: readonly Row[], amount: (row: Row) => Decimal): Decimal => sum(rows.map(amount));

describe("orderStatusList (mission 13.1)", () => {
  it("lists every order once, oldest receipt first, then by number (rule 1)", () => {
    const at = (orderNo: string, receivedAt: string): Order => anyOrder({ orderNo, header: { receivedAt } });
    const orders = [
      at("B", "2026-03-02T08:00:00.000Z"),
      at("C", "2026-03-01T08:00:00.000Z"),
      at("A", "2026-03-02T08:00:00.000Z"),
    ];
    expect(orderStatusList(orders, { asOf }).rows.map(({ orderNo }) => orderNo)).toEqual(["C", "A", "B"]);
  });

  it("sums quantities over lines of one unit and leaves them out over several (rule 2)", () => {
    const lines = [{ quantities: { picked: "4", backfill: "1" } }, { quantities: { picked: "2", deferred: "3" } }];
    const [inOne] = orderStatusList([anyOrder({ stage: "confirmed", lines })], { asOf }).rows;
    expect(inOne).toMatchObject({ baseUom: "EA", lines: 2, shortLines: 2, open: "10", picked: "6", short: "4" });
    const mixed = anyOrder({ stage: "confirmed", lines: [{}, { baseUom: "KGM" }] });
    const [inTwo] = orderStatusList([mixed], { asOf }).rows;
    expect(inTwo).toMatchObject({ lines: 2 });
    expect(inTwo).not.toHaveProperty("open");
    expect(inTwo).not.toHaveProperty("baseUom");
  });

  it("counts age in hours from receipt, never below 0 (rule 3)", () => {
    const order = anyOrder({ header: { receivedAt: "2026-03-10T06:33:00.000Z" } });
    expect(orderStatusList([order], { asOf }).rows[0]?.ageHours).toBe("2.5");
    expect(orderStatusList([order], { asOf: instant("2026-03-01T00:00:00Z") }).rows[0]?.ageHours).toBe("0");
  });

  it.each([
    [{ open: "1", allocated: "9" }, ["partlyAllocated"]],
    [{ allocated: "10" }, []],
    [{ allocated: "5", picked: "5" }, ["partlyPicked"]],
    [{ picked: "5", shipped: "5" }, ["partlyShipped"]],
    [{ shipped: "5", delivered: "5" }, ["partlyDelivered"]],
    [{ delivered: "5", cancelled: "3", merged: "2" }, []],
    [{ deferred: "10" }, ["hasShortage"]],
    [
      { delivered: "9", backfill: "1" },
      ["partlyAllocated", "partlyPicked", "partlyShipped", "partlyDelivered", "hasShortage"],
    ],
  ])("flags what is ahead of the rest: %j (rule 4)", (quantities, flags) => {
    const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities }] });
    expect(orderStatusList([order], { asOf }).rows[0]?.flags).toEqual(flags);
  });

  it("names salesperson, status and totals by unit (rule 5)", () => {
    const inPieces = anyOrder({
      orderNo: "A",
      stage: "confirmed",
      header: { salespersonCode: "S-1" },
      lines: [{}, {}],
    });
    const inKilograms = anyOrder({ orderNo: "B", lines: [{ baseUom: "KGM", quantities: { cancelled: "4" } }] });
    const list = orderStatusList([inPieces, inKilograms], { asOf });
    expect(list.rows.map(({ owner, status }) => [owner, status])).toEqual([
      ["S-1", "confirmed"],
      [undefined, "entered"],
    ]);
    expect(list.totals.map(({ baseUom, lines, open, cancelled }) => [baseUom, lines, open, cancelled])).toEqual([
      ["EA", 2, "20", "0"],
      ["KGM", 1, "6", "4"],
    ]);
  });

  it("law: every order once, with its own status", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const { rows } = orderStatusList(deepFreeze(orders), { asOf });
        expect(rows.map(({ orderNo, status }) => `${orderNo} ${status}`).sort()).toEqual(
          orders.map(({ orderNo, status }) => `${orderNo} ${status}`).sort(),
        );
      }),
    );
  });
});

describe("unshippedList (mission 13.2)", () => {
  it("lists lines of confirmed orders with quantity before shipping (rule 1)", () => {
    const lines = [{ quantities: { shipped: "10" } }, { quantities: { shipped: "4" } }];
    const orders = (["confirmed", "entered", "closed", "rejected"] as const).map((stage) =>
      anyOrder({ orderNo: stage, stage, lines }),
    );
    expect(unshippedList(orders, { today }).rows.map(({ lineId, unshipped }) => [lineId, unshipped])).toEqual([
      ["confirmed-2", "6"],
    ]);
  });

  it("stands by requested day, then order and line number, not text (rule 3)", () => {
    const many = Array.from({ length: 11 }, () => ({}));
    const dated = anyOrder({ orderNo: "Z", stage: "confirmed", header: { requestedDeliveryDate: "2026-03-11" } });
    const undated = anyOrder({ orderNo: "A", stage: "confirmed", lines: many });
    const { rows } = unshippedList([undated, dated], { today });
    expect(rows.map(({ lineId }) => lineId)).toEqual(["Z-1", ...many.map((_, place) => `A-${place + 1}`)]);
  });

  it("says how many days the requested day has passed, and the latest promise", () => {
    const promises = (["2026-03-12", "2026-03-20"] as const).map((day) => ({
      day,
      kind: "onHand" as const,
      promisedAt: "2026-03-02T09:00:00.000Z",
    }));
    const wanted = (requestedDeliveryDate: string): Order =>
      anyOrder({ stage: "confirmed", header: { requestedDeliveryDate }, lines: [{ promises }] });
    const late = unshippedList([wanted("2026-03-09")], { today }).rows[0];
    expect([late?.daysLate, late?.promisedDay]).toEqual([1, "2026-03-20"]);
    expect(unshippedList([wanted("2026-03-10")], { today }).rows[0]).not.toHaveProperty("daysLate");
  });

  it("law: unshipped = expected sales + allocated + shortage + picked, in all and by unit (rules 2 and 4)", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const list = unshippedList(deepFreeze(orders), { today });
        const { expectedSales, allocatedNotShipped, shortage, pickedNotShipped } = orderFiles(orders);
        const inFiles = [...expectedSales, ...allocatedNotShipped, ...shortage, ...pickedNotShipped];
        for (const { baseUom } of list.totals) {
          const inUnit = inFiles.filter((row) => row.baseUom === baseUom);
          expect(list.totals.find((row) => row.baseUom === baseUom)?.unshipped).toBe(
            total(inUnit, ({ quantity }) => quantity),
          );
        }
        expect(total(list.rows, ({ unshipped }) => unshipped)).toBe(total(inFiles, ({ quantity }) => quantity));
        expect(total(list.rows, ({ open }) => open)).toBe(total(expectedSales, ({ quantity }) => quantity));
        expect(total(list.rows, ({ short }) => short)).toBe(total(shortage, ({ quantity }) => quantity));
      }),
    );
  });
});

describe("shortageList (mission 13.3)", () => {
  it("groups by item and customer, with orders, causes and the oldest date (rules 1, 2 and 3)", () => {
    const short = (orderNo: string, customerCode: string, cause: "pick" | "allocation", day: string): Order =>
      anyOrder({
        orderNo,
        stage: "confirmed",
        header: { customerCode },
        lines: [{ shortages: [{ quantity: "2", cause, since: `${day}T09:00:00.000Z` }] }],
      });
    const orders = [
      short("SO-3", "C-2", "pick", "2026-03-09"),
      short("SO-2", "C-1", "pick", "2026-03-08"),
      short("SO-1", "C-1", "allocation", "2026-03-05"),
    ];
    const { rows, totals } = shortageList(orders, { asOf });
    expect(
      rows.map(({ customerCode, quantity, orderNos, causes, waitingDays }) => [
        customerCode,
        quantity,
        orderNos,
        causes,
        waitingDays,
      ]),
    ).toEqual([
      ["C-1", "4", ["SO-1", "SO-2"], ["allocation", "pick"], "5"],
      ["C-2", "2", ["SO-3"], ["pick"], "1"],
    ]);
    expect(totals).toEqual([{ itemCode: "TEA", baseUom: "EA", quantity: "6" }]);
  });

  it("keeps two base units of one item apart (rule 1)", () => {
    const lines = [{ quantities: { backfill: "1" } }, { baseUom: "KGM", quantities: { backfill: "2" } }];
    const { rows, totals } = shortageList([anyOrder({ stage: "confirmed", lines })], { asOf });
    expect(rows.map(({ baseUom, quantity }) => [baseUom, quantity])).toEqual([
      ["EA", "1"],
      ["KGM", "2"],
    ]);
    expect(totals).toHaveLength(2);
  });

  it("law: item by item the shortage file (rule 1)", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const { rows, totals } = shortageList(deepFreeze(orders), { asOf });
        const { shortage } = orderFiles(orders);
        for (const itemCode of new Set(shortage.map((row) => row.itemCode))) {
          const inFile = total(
            shortage.filter((row) => row.itemCode === itemCode),
            ({ quantity }) => quantity,
          );
          expect(
            total(
              rows.filter((row) => row.itemCode === itemCode),
              ({ quantity }) => quantity,
            ),
          ).toBe(inFile);
        }
        expect(sum(totals.map(({ quantity }) => quantity!))).toBe(total(shortage, ({ quantity }) => quantity));
      }),
    );
  });
});

describe("uncollectedList (mission 13.4)", () => {
  const invoice = (invoiceNo: string, issuedOn: string, dueOn: string, payable: string) => ({
    invoiceNo,
    issuedOn,
    dueOn,
    payable,
    charges: "0",
  });
  const paid = (amount: string) => ({ paymentId: "P-1", amount, receivedAt: "2026-03-04T09:00:00.000Z" });

  it("counts payments towards the oldest invoice first (rules 1 and 2)", () => {
    const invoices = [
      invoice("I-3", "2026-02-03", "2026-03-05", "30"),
      invoice("I-1", "2026-01-01", "2026-01-31", "20"),
      invoice("I-2", "2026-01-01", "2026-02-01", "10"),
    ];
    const list = uncollectedList([anyOrder({ billing: { invoices, payments: [paid("25.5")] } })], { today });
    expect(
      list.rows.map(({ invoiceNo, collected, receivable, daysPastDue, band }) => [
        invoiceNo,
        collected,
        receivable,
        daysPastDue,
        band,
      ]),
    ).toEqual([
      ["I-2", "5.5", "4.5", 37, "31–60"],
      ["I-3", "0", "30", 5, "1–30"],
    ]);
    expect(list.ageing).toEqual([
      { currency: "EUR", band: "1–30", receivable: "30" },
      { currency: "EUR", band: "31–60", receivable: "4.5" },
    ]);
  });

  it("names orders whose goods are gone without invoice, at amount 0 (rule 3)", () => {
    const order = (quantities: object, invoicedQty = "0"): Order =>
      anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities, invoicedQty }] });
    const states = [
      order({ shipped: "10" }),
      order({ delivered: "10" }),
      order({ delivered: "10" }, "10"),
      order({ picked: "10" }),
    ].map((each) => uncollectedList([each], { today }).rows.map(({ state, receivable }) => [state, receivable]));
    expect(states).toEqual([[["toInvoice", "0"]], [["toInvoice", "0"]], [], []]);
  });

  it("owes the customer what was paid beyond the invoices (rule 4)", () => {
    const billing = { invoices: [invoice("I-1", "2026-01-01", "2026-01-31", "20")], payments: [paid("25")] };
    const { rows, totals, ageing } = uncollectedList([anyOrder({ billing })], { today });
    expect(rows.map(({ state, receivable }) => [state, receivable])).toEqual([["credit", "-5"]]);
    expect(totals).toEqual([{ currency: "EUR", invoiced: "0", collected: "5", receivable: "-5" }]);
    expect(ageing).toEqual([]);
  });

  it("leaves out orders that have ended, which are settled (rule 5)", () => {
    const billing = { invoices: [invoice("I-1", "2026-01-01", "2026-01-31", "20")], payments: [paid("25")] };
    const orders = (["confirmed", "closed", "rejected", "returnedForCorrection"] as const).map((stage) =>
      anyOrder({ orderNo: stage, stage, billing }),
    );
    const { rows, totals } = uncollectedList(orders, { today });
    expect(rows.map(({ orderNo, receivable }) => [orderNo, receivable])).toEqual([
      ["confirmed", "-5"],
      ["returnedForCorrection", "-5"],
    ]);
    expect(totals).toEqual([{ currency: "EUR", invoiced: "0", collected: "10", receivable: "-10" }]);
  });

  it("stands by customer, order and day; bands are the caller's (rules 6 and 7)", () => {
    const billing = { invoices: [invoice("I-1", "2026-03-01", "2026-03-08", "5")] };
    const orders = [
      anyOrder({ orderNo: "SO-2", header: { customerCode: "B" }, billing }),
      anyOrder({ orderNo: "SO-1", header: { customerCode: "B", currency: "USD" }, billing }),
      anyOrder({ orderNo: "SO-3", header: { customerCode: "A" }, billing }),
    ];
    const bands = [{ name: "fresh", lastDay: 1 }, { name: "old" }];
    const { rows, totals } = uncollectedList(orders, { today, bands });
    expect(rows.map(({ orderNo, band }) => [orderNo, band])).toEqual([
      ["SO-3", "old"],
      ["SO-1", "old"],
      ["SO-2", "old"],
    ]);
    expect(totals.map(({ currency, receivable }) => [currency, receivable])).toEqual([
      ["EUR", "10"],
      ["USD", "5"],
    ]);
  });

  it.each([
    [[]],
    [[{ name: "a", lastDay: 5 }]],
    [[{ name: "a" }, { name: "b" }]],
    [[{ name: "a", lastDay: 5 }, { name: "b", lastDay: 5 }, { name: "c" }]],
    [[{ name: "a", lastDay: 5 }, { name: "a" }]],
  ])("throws over bands that do not hold every day once: %j", (bands) => {
    expect(() => uncollectedList([], { today, bands })).toThrow(RangeError);
  });

  it("law: receivable = invoiced − collected, exactly, by currency (rule 5)", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const { rows } = uncollectedList(deepFreeze(orders), { today });
        for (const currency of new Set(orders.map(({ header }) => header.currency))) {
          const own = orders
            .filter(
              ({ header, status }) =>
                header.currency === currency && !["closed", "cancelled", "rejected"].includes(status),
            )
            .map(({ billing }) => billing);
          const receivable = subtract(
            total(own, ({ invoicedAmount }) => invoicedAmount),
            total(own, ({ collectedAmount }) => collectedAmount),
          );
          expect(
            total(
              rows.filter((row) => row.currency === currency),
              (row) => row.receivable,
            ),
          ).toBe(receivable);
        }
      }),
    );
  });

  it("law: an order with a row is not collected or is owed something; a paid and billed one has none", () => {
    fc.assert(
      fc.property(arbitraryWorld(), ({ orders }) => {
        const { rows } = uncollectedList(orders, { today });
        const open = new Set(rows.filter(({ state }) => state !== "credit").map(({ orderNo }) => orderNo));
        expect(orders.filter(({ orderNo, status }) => status === "collected" && open.has(orderNo))).toEqual([]);
      }),
    );
  });
});

describe("unclosedList (mission 13.5)", () => {
  const collected = (orderNo: string, short: object, holds: readonly object[] = []): Order =>
    anyOrder({
      orderNo,
      stage: "confirmed",
      lines: [{ orderedQty: "10", invoicedQty: "8", quantities: { delivered: "8", ...short } }],
      holds,
      billing: { invoicedAmount: "20", collectedAmount: "20" },
    });

  it("lists collected orders with every reason against closing (rules 1 and 2)", () => {
    const orders = [
      collected("SO-4", { cancelled: "2" }, [{ state: "active" }]),
      collected("SO-3", { deferred: "2" }, [{ lineId: "SO-3-1" }, { state: "resolved" }]),
      collected("SO-2", { backfill: "2" }),
      collected("SO-1", { cancelled: "2" }, [{ state: "resolved" }]),
      collected("SO-0", { shipped: "2" }),
      anyOrder({ orderNo: "SO-9", stage: "closed" }),
    ];
    const { rows, totals } = unclosedList(orders);
    expect(rows.map(({ orderNo, reasons, holdIds }) => [orderNo, reasons, holdIds])).toEqual([
      ["SO-1", ["ready_to_close"], []],
      ["SO-2", ["backfill_waiting"], []],
      ["SO-3", ["deferral_waiting", "hold_active"], ["H-1"]],
      ["SO-4", ["hold_active"], ["H-1"]],
    ]);
    expect(totals).toEqual([{ currency: "EUR", collected: "80" }]);
  });

  it("names the claims and returns of each order that are open, and no others (rule 2)", () => {
    const orders = [
      collected("SO-1", { backfill: "1", deferred: "1" }, [{ state: "active" }, { state: "rejected" }]),
      collected("SO-2", { cancelled: "2" }),
      collected("SO-3", { cancelled: "2" }),
    ];
    const openCases = [
      { orderNo: "SO-1", caseId: "R-9", kind: "return" },
      { orderNo: "SO-1", caseId: "CL-2", kind: "claim" },
      { orderNo: "SO-1", caseId: "CL-1", kind: "claim" },
      { orderNo: "SO-2", caseId: "CL-3", kind: "claim" },
      { orderNo: "SO-7", caseId: "CL-4", kind: "claim" },
    ] as const;
    const list = unclosedList(orders, { openCases });
    expect(list.rows.map(({ orderNo, reasons, caseIds }) => [orderNo, reasons, caseIds])).toEqual([
      [
        "SO-1",
        ["backfill_waiting", "deferral_waiting", "hold_active", "claim_open", "return_open"],
        ["CL-1", "CL-2", "R-9"],
      ],
      ["SO-2", ["claim_open"], ["CL-3"]],
      ["SO-3", ["ready_to_close"], []],
    ]);
    // What the list calls ready is closed, and nothing else is.
    const closed = orders.filter((order) => closeOrder(order, { ...anyContext(), openCases }).ok);
    expect(closed.map(({ orderNo }) => orderNo)).toEqual(["SO-3"]);
    expect([renderTable(list), renderCsv(list), renderHtml(list)].map((text) => text.includes("R-9"))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("stands by customer, then order (rule 3)", () => {
    const of = (orderNo: string, customerCode: string): Order => {
      const order = collected(orderNo, { cancelled: "2" });
      return { ...order, header: { ...order.header, customerCode } };
    };
    expect(unclosedList([of("1", "B"), of("3", "A"), of("2", "A")]).rows.map(({ orderNo }) => orderNo)).toEqual([
      "2",
      "3",
      "1",
    ]);
  });
});

describe("all five queries", () => {
  it("law: a permutation of the orders changes nothing, and the result is plain data", () => {
    const lists = [
      (orders: readonly Order[]) => orderStatusList(orders, { asOf }),
      (orders: readonly Order[]) => unshippedList(orders, { today }),
      (orders: readonly Order[]) => shortageList(orders, { asOf }),
      (orders: readonly Order[]) => uncollectedList(orders, { today }),
      (orders: readonly Order[]) => unclosedList(orders),
    ];
    fc.assert(
      fc.property(arbitraryWorld({ maxOrders: 6 }), ({ orders }) => {
        for (const list of lists) {
          expect(list([...orders].reverse())).toEqual(list(orders));
          expect(JSON.parse(JSON.stringify(list(orders)))).toEqual(list(orders));
        }
      }),
    );
  });
});
