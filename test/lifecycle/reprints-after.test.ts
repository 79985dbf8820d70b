import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { revisePapers } from "../../src/exceptions/revise-papers.js";
import { buildPaper, type PaperDocument } from "../../src/fulfilment/build-paper.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { recordEvent } from "../../src/lifecycle/record-event.js";
import type { Bucket } from "../../src/model/bucket.js";
import type { Change } from "../../src/model/change.js";
import type { OrderEventType } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import type { HostRequest } from "../../src/model/request.js";
import { anyContext, anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { granted } from "./answers.js";
import { amending } from "../exceptions/amending.js";

const d = decimal;
const context = anyContext();

/** The reprints that are asked for, in short. */
function reprintsOf(requests: readonly HostRequest[]): string[] {
  return requests.flatMap((request) =>
    request.type === "reprint" ? [`${request.document} (${request.cause}): ${request.lineIds.join(" ")}`] : [],
  );
}

const north = { warehouseId: "NORTH" };
const moved = (lineNo: number, from: Bucket, to: Bucket, quantity: string, binId?: string): Change => ({
  kind: "quantity_moved",
  lineId: `SO-1-${lineNo}`,
  from,
  to,
  quantity: d(quantity),
  source: binId === undefined ? north : { ...north, binId },
  ...(to === "backfill"
    ? { shortage: { cause: "pick", mode: "onArrival", reason: "none", since: context.at } as const }
    : {}),
});

/** What an event of these changes asks for. */
function askedAfter(order: Order, type: OrderEventType, changes: readonly Change[], details: object = {}): string[] {
  return reprintsOf(recordEvent(order, { type, details: details as never, changes }, context).requests);
}

const three = (bucket: Bucket): AnyOrder => ({
  stage: "confirmed",
  lines: [1, 2, 3].map(() => ({ quantities: { [bucket]: "10" } })),
});

describe("papers that an event has made wrong (mission 14.5, 14.6; definition B17)", () => {
  test.each<[Bucket, Bucket, PaperDocument[]]>([
    ["allocated", "open", ["pick_list"]],
    ["allocated", "backfill", ["pick_list"]],
    ["allocated", "cancelled", ["pick_list"]],
    ["allocated", "merged", ["pick_list"]],
    ["allocated", "picked", []],
    ["picked", "open", ["packing_list", "delivery_note"]],
    ["picked", "cancelled", ["packing_list", "delivery_note"]],
    ["picked", "shipped", []],
    ["shipped", "open", ["delivery_note"]],
    ["shipped", "returned", ["delivery_note"]],
    ["shipped", "delivered", []],
    ["shipped", "picked", []],
    ["delivered", "open", []],
    ["open", "allocated", []],
  ])("rule 1: goods that go from %s to %s", (from, to, documents) => {
    const asked = askedAfter(anyOrder(three(from)), "transit_loss_recorded", [moved(2, from, to, "4")]);
    expect(asked).toEqual(documents.map((document) => `${document} (delivery): SO-1-2`));
  });

  it("rule 1: only what leaves in all counts, place by place", () => {
    const bins = (first: string, second: string) =>
      [first, second].map((quantity, place) => ({
        ...north,
        binId: `B-${place}`,
        quantities: { allocated: quantity },
      }));
    const order = anyOrder({ stage: "confirmed", lines: [{ reservations: bins("6", "4") }] });
    const out = moved(1, "allocated", "open", "3", "B-0");
    const back = (quantity: string, binId: string) => moved(1, "open", "allocated", quantity, binId);
    const list = ["pick_list (allocation): SO-1-1"];
    expect(askedAfter(order, "order_reconfirmed", [out, back("3", "B-0")])).toEqual([]);
    expect(askedAfter(order, "order_reconfirmed", [out, back("2", "B-0")])).toEqual(list);
    expect(askedAfter(order, "order_reconfirmed", [out, back("3", "B-1")])).toEqual(list);
    const more = [out, back("3", "B-0"), moved(1, "allocated", "open", "1", "B-1")];
    expect(askedAfter(order, "order_reconfirmed", more)).toEqual(list);
  });

  it("rule 1: a line that is taken and handed over at once was never on a paper", () => {
    const order = anyOrder(three("shipped"));
    const billed = granted(
      recordDelivery(
        order,
        { lines: [{ lineId: "SO-1-1", accepted: d("8"), short: { quantity: d("2"), reason: "gone" } }] },
        context,
      ),
    );
    // Rule 2: nor is what the customer signs for a reason to print anything.
    expect(reprintsOf(billed.requests)).toEqual([]);
  });

  test.each<[OrderEventType, string, object]>([
    ["order_picked", "pick", {}],
    ["order_loaded", "load", {}],
    ["delivery_failed", "delivery", {}],
    ["transit_loss_recorded", "delivery", {}],
    ["wrong_item_found", "load", { foundAt: "load" }],
    ["wrong_item_found", "delivery", { foundAt: "delivery" }],
    ["quantity_cancelled", "cancellation", {}],
    ["order_amended", "amendment", {}],
    ["order_priced", "promotion", {}],
    ["promotions_revised", "promotion", {}],
    ["order_deferred", "allocation", {}],
    ["quantity_merged", "allocation", {}],
    ["reservation_moved", "allocation", {}],
    ["order_reconfirmed", "allocation", {}],
  ])("after %s the cause is %s", (type, cause, details) => {
    const asked = askedAfter(anyOrder(three("picked")), type, [moved(1, "picked", "cancelled", "1")], details);
    expect(asked).toEqual([`packing_list (${cause}): SO-1-1`, `delivery_note (${cause}): SO-1-1`]);
  });

  it("rule 3: lines stand in their order, once, each paper with its own", () => {
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { allocated: "5", picked: "5" } }, { quantities: { allocated: "10" } }, {}],
    });
    expect(reprintsOf(granted(cancelOrder(order, { reason: "asked" }, context)).requests)).toEqual([
      "pick_list (cancellation): SO-1-1 SO-1-2",
      "packing_list (cancellation): SO-1-1",
      "delivery_note (cancellation): SO-1-1",
    ]);
  });

  it("rule 3: a header field that papers show concerns all that they name, another one none", () => {
    const order = anyOrder({
      stage: "confirmed",
      header: { remark: "ring", paymentMeans: "10" },
      lines: (["open", "allocated", "picked", "shipped", "delivered"] as const).map((bucket) => ({
        quantities: { [bucket]: "10" },
      })),
    });
    const asked = (command: object) =>
      reprintsOf(granted(amendOrder(order, { reason: "asked", ...command }, amending)).requests);
    const all = [
      "pick_list (amendment): SO-1-2",
      "packing_list (amendment): SO-1-3",
      "delivery_note (amendment): SO-1-3 SO-1-4",
    ];
    expect(asked({ header: { remark: "ring twice" } })).toEqual(all);
    expect(asked({ cleared: ["remark"] })).toEqual(all);
    expect(asked({ header: { customerPoNo: "PO-1" } })).toEqual(all);
    expect(asked({ header: { paymentMeans: "30" } })).toEqual([]);
    expect(asked({ cleared: ["paymentMeans"] })).toEqual([]);
    expect(asked({ cleared: ["paymentMeans", "remark"] })).toEqual(all);
    // One change among several is enough.
    expect(asked({ header: { remark: "x" }, lines: [{ lineId: "SO-1-1", quantity: d("9") }] })).toEqual(all);
    expect(asked({ lines: [{ lineId: "SO-1-2", unitPrice: d("3") }] })).toEqual([]);
  });

  it("a note on its way is asked for when its goods are lost or taken back, as revisePapers says", () => {
    const order = anyOrder({ ...three("picked"), lines: three("picked").lines!.slice(0, 2) });
    const note = buildPaper(order, "delivery_note");
    const shipped = granted(recordShipment(order, { shipmentNo: "SH-1", what: "picked" }, context));
    const lines = [{ lineId: "SO-1-2", quantity: d("4"), reason: "lost" }];
    const lost = granted(recordTransitLoss(shipped.order, { lines }, context));
    expect(reprintsOf(lost.requests)).toEqual(["delivery_note (delivery): SO-1-2"]);
    const [revised] = revisePapers([note], lost.order, [...shipped.events, ...lost.events]);
    expect(revised?.differences.map(({ lineId, before, after }) => [lineId, before, after])).toEqual([
      ["SO-1-2", "10", "6"],
    ]);
    const today = calendarDay("2026-03-02");
    const failure = { reason: "nobody_home", attempt: 1, goods: "inDepot" as const, nextOn: today };
    const failed = (maxAttempts: number) =>
      reprintsOf(granted(recordDeliveryFailure(shipped.order, failure, { ...context, today, maxAttempts })).requests);
    expect(failed(2)).toEqual([]);
    expect(failed(1)).toEqual(["delivery_note (delivery): SO-1-1 SO-1-2"]);
  });
});
