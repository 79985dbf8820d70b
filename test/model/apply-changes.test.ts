import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { applyChanges, orderedInBaseUnit } from "../../src/model/apply-changes.js";
import { BUCKETS, isShortBucket, isSourcedBucket, type Bucket } from "../../src/model/bucket.js";
import type { Change, QuantityMoved } from "../../src/model/change.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import {
  anyOrder,
  anyOrderLine,
  checkOrderConservation,
  checkOrderRecords,
  deepFreeze,
} from "../../src/testing/index.js";
import { EDGES } from "./edges.js";

const NORTH = { warehouseId: "NORTH" };
const NOTE = {
  cause: "pick",
  mode: "onArrival",
  reason: "not_found",
  since: instant("2026-03-05T09:00:00.000Z"),
} as const;

function move(from: Bucket, to: Bucket, quantity: string, more: Partial<QuantityMoved> = {}): QuantityMoved {
  return {
    kind: "quantity_moved",
    lineId: "SO-1-1",
    from,
    to,
    quantity: decimal(quantity),
    ...(isSourcedBucket(from) || isSourcedBucket(to) ? { source: NORTH } : {}),
    ...(isShortBucket(to) ? { shortage: NOTE } : {}),
    ...more,
  };
}

function firstLine(order: Order): OrderLine {
  return order.lines[0]!;
}

function holding(bucket: Bucket, quantity = "10"): Order {
  return deepFreeze(
    anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", quantities: { [bucket]: quantity } }] }),
  );
}

describe("applyChanges: moves of quantity (mission 11.1, 11.3)", () => {
  test.each(EDGES)("%s → %s is an edge and keeps the line's books (rules 1, 2, 3)", (from, to) => {
    const before = holding(from);
    const change = move(from, to, "4");
    const after = applyChanges(before, [change]);
    const { quantities, reservations, shortages } = firstLine(after);
    expect([quantities[from], quantities[to]]).toEqual(["6", "4"]);
    expect(reservations.map((place) => place.quantities)).toEqual(
      isSourcedBucket(from) || isSourcedBucket(to)
        ? [{ ...(isSourcedBucket(from) ? { [from]: "6" } : {}), ...(isSourcedBucket(to) ? { [to]: "4" } : {}) }]
        : [],
    );
    expect(shortages.map(({ bucket, quantity }) => [bucket, quantity])).toEqual([
      ...(isShortBucket(from) ? [[from, "6"]] : []),
      ...(isShortBucket(to) ? [[to, "4"]] : []),
    ]);
    expect([...checkOrderConservation(before, after, [change]), ...checkOrderRecords(after)]).toEqual([]);
  });

  test.each(EDGES)(
    "%s → %s may take all that its bucket holds, and leaves no empty place or shortage (rule 1)",
    (from, to) => {
      const after = applyChanges(holding(from), [move(from, to, "10")]);
      expect([firstLine(after).quantities[from], firstLine(after).quantities[to]]).toEqual(["0", "10"]);
      expect(checkOrderRecords(after)).toEqual([]);
    },
  );

  const legal = new Set(EDGES.map(([from, to]) => `${from} ${to}`));
  const illegal = BUCKETS.flatMap((from) => BUCKETS.map((to) => [from, to] as const)).filter(
    ([from, to]) => !legal.has(`${from} ${to}`),
  );
  test.each(illegal)("%s → %s is no edge and is refused as a bug (rule 1)", (from, to) => {
    expect(() => applyChanges(holding(from), [move(from, to, "4")])).toThrow(`no move leads from ${from} to ${to}`);
  });

  it("takes no more than the bucket holds (rule 1)", () => {
    expect(() => applyChanges(holding("open"), [move("open", "cancelled", "10.001")])).toThrow(RangeError);
    expect(() => applyChanges(holding("open"), [move("open", "cancelled", "10.001")])).toThrow("10.001 of 10 open");
  });

  test.each(["0", "-1"])("needs a positive quantity, not %s (rule 1)", (quantity) => {
    expect(() => applyChanges(holding("open"), [move("open", "cancelled", quantity)])).toThrow("positive quantity");
  });

  it("needs the place of goods that stand somewhere (rule 2)", () => {
    const { source: _none, ...placeless } = move("open", "allocated", "4");
    expect(() => applyChanges(holding("open"), [placeless])).toThrow("needs a source");
    const { source: _gone, ...released } = move("allocated", "open", "4");
    expect(() => applyChanges(holding("allocated"), [released])).toThrow("needs a source");
  });

  it("takes no more than the named place holds, even when the line holds enough (rule 2)", () => {
    const before = anyOrder({
      stage: "confirmed",
      lines: [
        {
          reservations: [
            { warehouseId: "NORTH", quantities: { allocated: "3" } },
            { warehouseId: "SOUTH", quantities: { allocated: "7" } },
          ],
        },
      ],
    });
    expect(() => applyChanges(before, [move("allocated", "picked", "4")])).toThrow("NORTH holds 3 allocated, not 4");
    expect(() =>
      applyChanges(before, [move("allocated", "picked", "1", { source: { ...NORTH, lotNo: "L1" } })]),
    ).toThrow(RangeError);
  });

  it("needs a cause for what goes short (rule 3)", () => {
    const { shortage: _none, ...causeless } = move("open", "backfill", "4");
    expect(() => applyChanges(holding("open"), [causeless])).toThrow("needs a cause");
  });

  it("serves the oldest shortage first (rule 3; mission 12.2a)", () => {
    const before = anyOrder({
      stage: "confirmed",
      lines: [
        {
          shortages: [
            { quantity: "3", reason: "first" },
            { quantity: "2", reason: "second", since: "2026-03-03T09:00:00.000Z" },
            { bucket: "deferred", quantity: "4" },
          ],
        },
      ],
    });
    const { shortages } = firstLine(applyChanges(before, [move("backfill", "allocated", "4")]));
    expect(shortages.map(({ bucket, reason, quantity }) => [bucket, reason, quantity])).toEqual([
      ["backfill", "second", "1"],
      ["deferred", "sold_out_by_earlier", "4"],
    ]);
  });

  it("applies changes in the order of the list", () => {
    const after = applyChanges(holding("open"), [move("open", "allocated", "10"), move("allocated", "picked", "6")]);
    expect(firstLine(after).quantities).toMatchObject({ open: "0", allocated: "4", picked: "6" });
    expect(() =>
      applyChanges(holding("open"), [move("allocated", "picked", "6"), move("open", "allocated", "10")]),
    ).toThrow(RangeError);
  });

  it("refuses a line that the order does not have", () => {
    expect(() => applyChanges(holding("open"), [move("open", "cancelled", "1", { lineId: "SO-1-9" })])).toThrow(
      "Order SO-1 has no line SO-1-9",
    );
  });
});

describe("applyChanges: what changes the sum of a line (rule 4)", () => {
  it("adds quantity as open and counts it in the unit of the order", () => {
    const order = anyOrder({
      lines: [
        { orderedQty: "2", uom: "CS", unitFactor: { numerator: "12", denominator: "1" }, quantities: { picked: "5" } },
      ],
    });
    const after = applyChanges(order, [{ kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("6") }]);
    expect([firstLine(after).orderedQty, firstLine(after).quantities.open, firstLine(after).quantities.picked]).toEqual(
      ["2.5", "25", "5"],
    );
    expect(orderedInBaseUnit(firstLine(after))).toBe("30");
  });

  test.each(["0", "-2"])("adds no quantity of %s", (quantity) => {
    const added: Change = { kind: "quantity_added", lineId: "SO-1-1", quantity: decimal(quantity) };
    expect(() => applyChanges(anyOrder(), [added])).toThrow(RangeError);
  });

  it("refuses a quantity that the unit of the order cannot say exactly", () => {
    const order = anyOrder({ lines: [{ orderedQty: "2", unitFactor: { numerator: "3", denominator: "1" } }] });
    const added: Change = { kind: "quantity_added", lineId: "SO-1-1", quantity: decimal("1") };
    expect(() => applyChanges(order, [added])).toThrow("cannot be written exactly");
  });

  it("lets a line join, which further changes of the same list find", () => {
    const line = anyOrderLine({ lineNo: 2, orderedQty: "3" });
    const after = applyChanges(anyOrder(), [
      { kind: "line_added", line },
      { ...move("open", "cancelled", "1"), lineId: "SO-1-2" },
    ]);
    expect(after.lines.map(({ lineId, quantities }) => [lineId, quantities.open])).toEqual([
      ["SO-1-1", "10"],
      ["SO-1-2", "2"],
    ]);
  });

  it("lets no line join twice, nor with quantity that is not open", () => {
    const line = anyOrderLine();
    expect(() => applyChanges(anyOrder(), [{ kind: "line_added", line }])).toThrow("exists already");
    const begun = anyOrderLine({ lineNo: 2, quantities: { allocated: "1" } });
    expect(() => applyChanges(anyOrder(), [{ kind: "line_added", line: begun }])).toThrow("must begin open");
  });

  it("lets no line join whose buckets are not what was ordered", () => {
    const line = { ...anyOrderLine({ lineNo: 2, orderedQty: "3" }), orderedQty: decimal("4") };
    expect(() => applyChanges(anyOrder(), [{ kind: "line_added", line }])).toThrow("not what was ordered");
  });
});

describe("applyChanges: facts besides quantity", () => {
  it("marks what stands on the vehicle, and takes the mark away with zero", () => {
    const marked = applyChanges(holding("picked"), [
      { kind: "reservation_set", lineId: "SO-1-1", source: NORTH, loaded: decimal("7") },
    ]);
    expect(firstLine(marked).reservations).toEqual([{ ...NORTH, quantities: { picked: "10" }, loaded: "7" }]);
    const unmarked = applyChanges(marked, [
      { kind: "reservation_set", lineId: "SO-1-1", source: NORTH, loaded: decimal("0") },
    ]);
    expect(firstLine(unmarked).reservations).toEqual([{ ...NORTH, quantities: { picked: "10" } }]);
  });

  it("writes prices of lines and the totals with them", () => {
    const totals = {
      gross: decimal("30"),
      allowances: decimal("1"),
      net: decimal("29"),
      charges: decimal("0"),
      payable: decimal("29"),
    };
    const price = { lineId: "SO-1-1", unitPrice: decimal("3"), allowance: decimal("1"), lineAmount: decimal("29") };
    const after = applyChanges(anyOrder({ totals: null, lines: [{ unitPrice: null }] }), [
      { kind: "price_set", lines: [price], totals },
    ]);
    expect(firstLine(after)).toMatchObject(price);
    expect(after.totals).toEqual(totals);
    expect(() => applyChanges(anyOrder(), [{ kind: "price_set", lines: [{ ...price, lineId: "?" }], totals }])).toThrow(
      RangeError,
    );
  });

  it("keeps earlier promises (mission 8.1)", () => {
    const promise = (day: string) => ({ day: calendarDay(day), kind: "onHand", promisedAt: NOTE.since }) as const;
    const after = applyChanges(anyOrder(), [
      { kind: "promise_set", lineId: "SO-1-1", promise: promise("2026-03-09") },
      { kind: "promise_set", lineId: "SO-1-1", promise: promise("2026-03-12") },
    ]);
    expect(firstLine(after).promises.map(({ day }) => day)).toEqual(["2026-03-09", "2026-03-12"]);
  });

  it("places a hold and ends the one of the same id, leaving others alone", () => {
    const order = anyOrder({ holds: [{ holdId: "H-1" }, { holdId: "H-2" }] });
    const [hold] = order.holds;
    if (hold === undefined) throw new Error("the fixture has holds");
    const ended = { ...hold, state: "resolved", endedAt: NOTE.since } as const;
    const placed = { ...hold, holdId: "H-3" };
    const after = applyChanges(order, [
      { kind: "hold_set", hold: ended },
      { kind: "hold_set", hold: placed },
    ]);
    expect(after.holds).toEqual([ended, order.holds[1], placed]);
  });

  it("writes what is agreed anew, and where it came from (mission 14.4)", () => {
    const order = anyOrder({
      header: { remark: "back door", paymentTerm: "credit" },
      lines: [{ discount: { kind: "percent", percent: "5" } }, {}],
      provenance: { remark: "given", paymentTerm: "master" },
    });
    const after = applyChanges(order, [
      {
        kind: "terms_set",
        header: { customerPoNo: "PO-7" },
        cleared: ["remark"],
        lines: [{ lineId: "SO-1-1", unitPrice: decimal("2.4") }, { lineId: "SO-1-2" }],
      },
    ]);
    const { remark: _remark, ...header } = order.header;
    expect(after.header).toEqual({ ...header, customerPoNo: "PO-7" });
    expect(after.provenance).toEqual({ paymentTerm: "master", customerPoNo: "given" });
    expect(firstLine(after).unitPrice).toBe("2.4");
    expect("discount" in firstLine(after)).toBe(false);
    expect("unitPrice" in (after.lines[1] ?? {})).toBe(false);
    expect(applyChanges(order, [{ kind: "terms_set" }])).toEqual(order);
  });

  it("posts invoices with what they bill, and applies payments (mission 15.1)", () => {
    const invoice = {
      invoiceNo: "I-1",
      issuedOn: calendarDay("2026-03-10"),
      dueOn: calendarDay("2026-04-09"),
      charges: decimal("0"),
      payable: decimal("15"),
    };
    const payment = { paymentId: "P-1", amount: decimal("10"), receivedAt: NOTE.since };
    const invoicedLines = [{ lineId: "SO-1-1", quantity: decimal("6") }];
    const once = applyChanges(holding("delivered"), [{ kind: "billing_set", invoice, invoicedLines }]);
    const twice = applyChanges(once, [
      {
        kind: "billing_set",
        invoice: { ...invoice, invoiceNo: "I-2", payable: decimal("10") },
        invoicedLines: [{ lineId: "SO-1-1", quantity: decimal("4") }],
      },
      { kind: "billing_set", payment },
    ]);
    expect(firstLine(once).invoicedQty).toBe("6");
    expect(firstLine(twice).invoicedQty).toBe("10");
    expect(twice.billing).toMatchObject({ invoicedAmount: "25", collectedAmount: "10", payments: [payment] });
    expect(twice.billing.invoices.map(({ invoiceNo }) => invoiceNo)).toEqual(["I-1", "I-2"]);
  });

  it("rule 5: bills no more than was delivered, and never nothing", () => {
    const bill = (quantity: string): Change => {
      return { kind: "billing_set", invoicedLines: [{ lineId: "SO-1-1", quantity: decimal(quantity) }] };
    };
    const { quantities } = firstLine(holding("delivered"));
    expect(firstLine(applyChanges(holding("delivered"), [bill(quantities.delivered)])).invoicedQty).toBe(
      quantities.delivered,
    );
    for (const quantity of ["10.01", "0", "-1"]) {
      expect(() => applyChanges(holding("delivered"), [bill(quantity)])).toThrow("cannot be invoiced");
    }
  });

  it("lets a corrected order take the place of the old one, and no other", () => {
    const corrected = anyOrder({ lines: [{ orderedQty: "3" }, { orderedQty: "4" }] });
    const after = applyChanges(anyOrder({ stage: "returnedForCorrection" }), [
      { kind: "order_opened", order: corrected },
      { ...move("open", "cancelled", "1"), lineId: "SO-1-2" },
    ]);
    expect(after.lines.map(({ quantities }) => quantities.open)).toEqual(["3", "3"]);
    expect(after.stage).toBe("entered");
    expect(() => applyChanges(anyOrder(), [{ kind: "order_opened", order: anyOrder({ orderNo: "SO-2" }) }])).toThrow(
      "cannot take the place",
    );
  });
});

describe("applyChanges: status and version (rule 6)", () => {
  it("derives the status anew and leaves the version to the event", () => {
    const before = anyOrder({ version: 7 });
    const after = applyChanges(before, [{ kind: "stage_set", stage: "confirmed" }, move("open", "allocated", "10")]);
    expect([after.status, after.version]).toEqual(["allocated", 7]);
  });

  it("mends a forged status", () => {
    expect(applyChanges({ ...anyOrder(), status: "closed" }, []).status).toBe("entered");
  });

  it("gives a new order and leaves the given one as it was", () => {
    const before = holding("open");
    const text = JSON.stringify(before);
    const after = applyChanges(before, [move("open", "cancelled", "1")]);
    expect(JSON.stringify(before)).toBe(text);
    expect(after).not.toBe(before);
    expect(after.lines).not.toBe(before.lines);
  });
});
