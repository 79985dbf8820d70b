import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { amendOrder, type AmendOrder } from "../../src/exceptions/amend-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { indexMasters } from "../../src/model/masters.js";
import { anyContext, anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const d = decimal;
const context = {
  ...anyContext(),
  masters: indexMasters({}),
  addOn: { pickMinutes: 45 },
  pricing: { rounding: "halfUp" as const },
};
const amend = (order: AnyOrder, command: Omit<AmendOrder, "reason">) =>
  amendOrder(anyOrder({ stage: "confirmed", ...order }), { reason: "asked", ...command }, context);
const bremen = { street: "7 Quay", city: "Bremen", country: "DE" };
const told = { type: "notify_customer", orderNo: "SO-1", template: "order_amended" };

describe("amendOrder in full (mission 14.3, 14.5; definition B19)", () => {
  test.each(["delivered", "returned", "merged"])("rule 2: an order of which all is %s has no delivery", (bucket) => {
    const header = { deliveryAreaPath: ["bremen"], shipToAddress: bremen };
    const lines = [{ quantities: { delivered: "10" } }, { quantities: { [bucket]: "10" } }];
    expect(reasonsOf(amend({ lines }, { header }))).toEqual([
      {
        code: "amend.nothing_to_deliver",
        path: ["header"],
        params: { fields: ["shipToAddress", "deliveryAreaPath"] },
      },
    ]);
  });

  it("rule 2: what was cancelled is not delivered either", () => {
    const lines = [{ quantities: { cancelled: "4", delivered: "6" } }];
    expect(reasonsOf(amend({ lines }, { header: { shipToAddress: bremen } }))).toEqual([
      { code: "amend.nothing_to_deliver", path: ["header"], params: { fields: ["shipToAddress"] } },
    ]);
  });

  test.each(["open", "allocated", "picked", "backfill", "deferred"])(
    "rule 2: goods that are %s can still go elsewhere",
    (bucket) => {
      const lines = [{ quantities: { delivered: "6", [bucket]: "4" } }];
      expect(granted(amend({ lines }, { header: { shipToAddress: bremen } })).order.header.shipToAddress).toEqual(
        bremen,
      );
    },
  );

  it("rule 2: lines with goods on their way are named, those without are not", () => {
    const lines = [
      { quantities: { shipped: "10" } },
      {},
      {
        quantities: { picked: "10" },
        reservations: [{ warehouseId: "NORTH", quantities: { picked: "10" }, loaded: "1" }],
      },
    ];
    expect(reasonsOf(amend({ lines }, { header: { shipToAddress: bremen, remark: "x" } }))).toEqual([
      {
        code: "amend.goods_on_their_way",
        path: ["header"],
        params: { fields: ["shipToAddress"], lineIds: ["SO-1-1", "SO-1-3"] },
      },
    ]);
  });

  it("names and waves of the header are refused at their place, with what was given", () => {
    const header = { deliveryWaveId: "PM", salespersonCode: " ", customerPoNo: "", deliveryAreaPath: ["x", ""] };
    expect(reasonsOf(amend({}, { header, cleared: ["salespersonCode"] }))).toEqual([
      { code: "amend.set_and_cleared", path: ["cleared"], params: { field: "salespersonCode" } },
      { code: "command.not_a_name", path: ["header", "customerPoNo"], params: { field: "customerPoNo" } },
      {
        code: "command.not_a_name",
        path: ["header", "deliveryAreaPath 2"],
        params: { field: "deliveryAreaPath 2" },
      },
      { code: "enter.unknown_wave", path: ["header", "deliveryWaveId"], params: { deliveryWaveId: "PM" } },
    ]);
  });

  it("rule 3: prices are asked for where they may change, and only there", () => {
    const requests = (order: AnyOrder, header: AmendOrder["header"]) =>
      granted(amend(order, { header: header! })).requests;
    const price = { type: "reprice", orderNo: "SO-1", lineIds: ["SO-1-1", "SO-1-2"] };
    const lines = [{}, {}];
    expect(requests({ lines }, { paymentTerm: "cash" })).toEqual([price, told]);
    expect(requests({ lines, totals: null }, { paymentTerm: "cash" })).toEqual([told]);
    expect(requests({ lines }, { paymentMeans: "30" })).toEqual([told]);
    expect(requests({ lines }, { salespersonCode: "S-9" })).toEqual([told]);
  });

  it("details, changes and requests hold what changed, and no field that did not", () => {
    const { events, requests } = granted(
      amend(
        { header: { remark: "ring" }, lines: [{ quantities: { picked: "10" } }] },
        { header: { customerPoNo: "PO-1" }, cleared: ["remark"] },
      ),
    );
    expect(events.map(({ type, details, changes }) => ({ type, details, changes }))).toEqual([
      {
        type: "order_amended",
        details: {
          reason: "asked",
          fields: expect.arrayContaining(["remark", "customerPoNo"]) as unknown,
          lineIds: [],
        },
        changes: [{ kind: "terms_set", header: { customerPoNo: "PO-1" }, cleared: ["remark"] }],
      },
    ]);
    expect(requests).toEqual([
      { type: "reprint", orderNo: "SO-1", document: "packing_list", cause: "amendment", lineIds: ["SO-1-1"] },
      { type: "reprint", orderNo: "SO-1", document: "delivery_note", cause: "amendment", lineIds: ["SO-1-1"] },
      told,
    ]);
  });
});

describe("what goes wrong on the way, in full (mission 14.7; definitions B6, B19)", () => {
  const shipped = anyOrder({
    stage: "confirmed",
    lines: [{ quantities: { shipped: "10" } }, { quantities: { shipped: "4" } }],
  });
  const today = calendarDay("2026-03-02");
  const failure = { reason: "nobody_home", attempt: 1, goods: "inDepot" as const, nextOn: calendarDay("2026-03-02") };

  it("a failed attempt tells the customer, and plans the next delivery unless it was the last", () => {
    const decide = (maxAttempts: number) =>
      granted(recordDeliveryFailure(shipped, failure, { ...context, today, maxAttempts }));
    const message = { type: "notify_customer", orderNo: "SO-1", template: "delivery_failed" };
    const lines = [
      { lineId: "SO-1-1", quantity: "10" },
      { lineId: "SO-1-2", quantity: "4" },
    ];
    const again = decide(2);
    expect(again.requests).toEqual([
      { type: "plan_delivery", orderNo: "SO-1", cause: "failedDelivery", day: "2026-03-02" },
      message,
    ]);
    expect(again.events[0]?.details).toEqual({ ...failure, lines });
    const last = decide(1);
    expect(last.requests).toEqual([
      {
        type: "reprint",
        orderNo: "SO-1",
        document: "delivery_note",
        cause: "delivery",
        lineIds: ["SO-1-1", "SO-1-2"],
      },
      message,
    ]);
    expect(last.events[0]?.details).toEqual({ reason: "nobody_home", attempt: 1, goods: "returned", lines });
  });

  it("a loss is claimed from the carrier, named or not, the note is wrong, and the customer is told", () => {
    const lines = [{ lineId: "SO-1-2", quantity: d("3"), reason: "fell_off" }];
    for (const carrier of [{}, { carrier: "FAST" }]) {
      const { events, requests } = granted(recordTransitLoss(shipped, { ...carrier, lines }, context));
      expect(requests).toEqual([
        { type: "reprint", orderNo: "SO-1", document: "delivery_note", cause: "delivery", lineIds: ["SO-1-2"] },
        { type: "claim_from_carrier", orderNo: "SO-1", ...carrier, lines: [{ ...lines[0], itemCode: "TEA" }] },
        { type: "notify_customer", orderNo: "SO-1", template: "shortage_recorded" },
      ]);
      expect(events[0]?.details).toEqual({
        ...carrier,
        discrepancies: [{ lineId: "SO-1-2", expected: "4", actual: "1", reason: "fell_off" }],
      });
    }
  });
});

describe("amendOrder, the changes that it writes (mission 14.3)", () => {
  const changesOf = (order: AnyOrder, command: object) =>
    granted(amend(order, command)).events.flatMap(({ changes }) => changes);

  it("less of a line moves quantity and says nothing of terms", () => {
    const less = { lines: [{ lineId: "SO-1-1", quantity: d("6") }] };
    expect(changesOf({ stage: "confirmed" }, less)).toEqual([
      { kind: "quantity_moved", lineId: "SO-1-1", from: "open", to: "cancelled", quantity: "4" },
    ]);
  });

  it("only lines that cost something else are priced, with the decimals of the policy", () => {
    const order = anyOrder({ stage: "confirmed", lines: [{ unitPrice: "1.2345" }, { unitPrice: "1.2345" }] });
    const command = { reason: "asked", lines: [{ lineId: "SO-1-2", unitPrice: d("1.2346") }] };
    const priced = (decimals?: number) => {
      const pricing = { ...context.pricing, ...(decimals === undefined ? {} : { decimals }) };
      const [event] = granted(amendOrder(order, command, { ...context, pricing })).events;
      return event!.changes.flatMap((change) => (change.kind === "price_set" ? change.lines : []));
    };
    expect(priced().map(({ lineId, lineAmount }) => [lineId, lineAmount])).toEqual([["SO-1-2", "12.35"]]);
    expect(priced(3).map(({ lineId, lineAmount }) => [lineId, lineAmount])).toEqual([["SO-1-2", "12.346"]]);
  });

  it("a discount alone, or a field alone, is terms", () => {
    const [terms] = changesOf({ stage: "confirmed" }, { lines: [{ lineId: "SO-1-1", unitPrice: d("3") }] });
    expect(terms).toEqual({ kind: "terms_set", lines: [{ lineId: "SO-1-1", unitPrice: "3", priceAgreed: true }] });
    expect(changesOf({ stage: "confirmed" }, { header: { remark: "ring" } })).toEqual([
      { kind: "terms_set", header: { remark: "ring" } },
    ]);
  });
});

describe("amendOrder, several lines down at once (mission 14.3)", () => {
  it("gives up from the last line to the first, however they are listed", () => {
    const lines = [1, 2, 3].map(() => ({ quantities: { open: "10" } }));
    const down = (places: readonly number[]) => ({
      lines: places.map((place) => ({ lineId: `SO-1-${place}`, quantity: d("6") })),
    });
    for (const places of [
      [1, 2, 3],
      [3, 1, 2],
    ]) {
      const [event] = granted(amend({ lines }, down(places))).events;
      const given = event!.changes.flatMap((change) => (change.kind === "quantity_moved" ? [change.lineId] : []));
      expect(given).toEqual(["SO-1-3", "SO-1-2", "SO-1-1"]);
    }
  });
});
