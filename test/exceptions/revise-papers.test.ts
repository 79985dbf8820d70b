import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addToOrder } from "../../src/exceptions/add-to-order.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { recordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import { revisePapers, type PaperRevision } from "../../src/exceptions/revise-papers.js";
import { allocateOrder } from "../../src/allocation/allocate-order.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { add, decimal, isPositive, subtract, sum, ZERO, type Decimal } from "../../src/core/decimal.js";
import { buildPaper, type Paper, type PaperDocument } from "../../src/fulfilment/build-paper.js";
import { fullCounts } from "../../src/fulfilment/floor-count.js";
import { recordDelivery } from "../../src/fulfilment/record-delivery.js";
import { recordLoad } from "../../src/fulfilment/record-load.js";
import { recordPick } from "../../src/fulfilment/record-pick.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { applyMovements } from "../../src/model/apply-movements.js";
import type { Bucket, SourcedBucket } from "../../src/model/bucket.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { Order } from "../../src/model/order.js";
import { stockKey, type StockSource } from "../../src/model/stock.js";
import { anyContext, anyOrder, anyStock, checkPlainData, deepFreeze } from "../../src/testing/index.js";
import { OPERATIONS } from "../laws/operations.js";
import { granted } from "../lifecycle/answers.js";
import { amending } from "./amending.js";

const d = decimal;
const context = anyContext();
const ten = (bucket: Bucket): Order => anyOrder({ stage: "confirmed", lines: [{ quantities: { [bucket]: "10" } }] });
const shortage = { reason: "not_found", stock: "writeOff" as const };
const DOCUMENTS: readonly PaperDocument[] = ["pick_list", "packing_list", "delivery_note"];

/** Version and quantities of the next paper, and what differs. */
function told(revisions: readonly PaperRevision[]): unknown[] {
  return revisions.map(({ voided, next, differences }) => [
    next.document,
    `${voided} → ${next.version}`,
    next.lines.map(({ quantity }) => quantity),
    differences.map(({ before, after }) => `${before} → ${after}`),
  ]);
}

describe("revisePapers (mission 14.5, 14.6; definition B17)", () => {
  it("rule 2: a short pick voids the pick list and nothing else", () => {
    const before = ten("allocated");
    const papers = DOCUMENTS.map((document) => buildPaper(before, document, 3));
    const counts = fullCounts(before, "allocated").map((count) => ({ ...count, quantity: d("8"), shortage }));
    const { order, events } = granted(recordPick(before, { counts }, context));
    const revised = revisePapers(papers, order, events);
    expect(told(revised)).toEqual([["pick_list", "3 → 4", ["8"], ["10 → 8"]]]);
    expect(revised[0]).toMatchObject({ fields: [], eventIds: ["SO-1@2"], next: { orderVersion: 2, orderNo: "SO-1" } });
  });

  it("rule 2: a load that is short voids what names picked goods", () => {
    const before = ten("picked");
    const counts = fullCounts(before, "picked").map((count) => ({ ...count, quantity: d("9"), shortage }));
    const { order, events } = granted(recordLoad(before, { counts }, context));
    const papers = DOCUMENTS.map((document) => buildPaper(before, document));
    expect(told(revisePapers(papers, order, events))).toEqual([
      ["packing_list", "1 → 2", ["9"], ["10 → 9"]],
      ["delivery_note", "1 → 2", ["9"], ["10 → 9"]],
    ]);
  });

  it("rule 1: what is carried out and signed for, differences included, changes no paper", () => {
    const first = ten("allocated");
    const list = buildPaper(first, "pick_list");
    const picked = granted(recordPick(first, { counts: fullCounts(first, "allocated") }, context));
    const papers = [list, buildPaper(picked.order, "packing_list"), buildPaper(picked.order, "delivery_note")];
    const shipped = granted(recordShipment(picked.order, { shipmentNo: "SH-1", what: "picked" }, context));
    const lines = [{ lineId: "SO-1-1", accepted: d("7"), refused: { quantity: d("3"), reason: "wet" } }];
    const signed = granted(recordDelivery(shipped.order, { lines }, context));
    const events = [...picked.events, ...shipped.events, ...signed.events];
    expect(revisePapers(papers, signed.order, events)).toEqual([]);
  });

  it("rule 1: a delivery that fails and goes out again needs no other paper", () => {
    const first = ten("picked");
    const papers = [buildPaper(first, "packing_list"), buildPaper(first, "delivery_note")];
    const shipped = granted(recordShipment(first, { shipmentNo: "SH-1", what: "picked" }, context));
    const failure = {
      reason: "nobody_home",
      attempt: 1,
      goods: "inDepot" as const,
      nextOn: calendarDay("2026-03-05"),
    };
    const back = granted(
      recordDeliveryFailure(shipped.order, failure, { ...context, maxAttempts: 2, today: calendarDay("2026-03-02") }),
    );
    const events = [...shipped.events, ...back.events];
    expect(revisePapers(papers, back.order, events)).toEqual([]);
    const last = granted(
      recordDeliveryFailure(shipped.order, failure, { ...context, maxAttempts: 1, today: calendarDay("2026-03-02") }),
    );
    expect(told(revisePapers(papers, last.order, [...shipped.events, ...last.events]))).toEqual([
      ["delivery_note", "1 → 2", [], ["10 → 0"]],
    ]);
  });

  it("rule 2: goods that join come onto the list, at their place; goods that go and come again make no difference", () => {
    const before = anyOrder({
      stage: "confirmed",
      lines: [{ quantities: { open: "4" } }, { orderedQty: "10", quantities: { allocated: "10" } }],
    });
    const list = buildPaper(before, "pick_list");
    const policy = {
      priority: [],
      sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] },
      lots: "fifo" as const,
    };
    const served = granted(allocateOrder(before, anyStock(), { ...context, policy, today: calendarDay("2026-03-02") }));
    expect(told(revisePapers([list], served.order, served.events))).toEqual([
      ["pick_list", "1 → 2", ["4", "10"], ["0 → 4"]],
    ]);
    const gone = granted(cancelOrder(served.order, { reason: "x", lines: [{ lineId: "SO-1-1" }] }, context));
    expect(revisePapers([list], gone.order, [...gone.events, ...served.events])).toEqual([]);
  });

  it("rule 3: a paper that was carried out is settled, and so is one without lines", () => {
    const first = ten("allocated");
    const papers = [buildPaper(first, "pick_list"), buildPaper(first, "packing_list")];
    const picked = granted(recordPick(first, { counts: fullCounts(first, "allocated") }, context));
    const gone = granted(cancelOrder(picked.order, { reason: "x" }, context));
    expect(revisePapers(papers, gone.order, [...picked.events, ...gone.events])).toEqual([]);
  });

  it("rule 1: what comes back from a shipment of a part was on the packing list already", () => {
    const lines = [{ quantities: { picked: "10" } }, { quantities: { picked: "10" } }];
    const first = anyOrder({ stage: "confirmed", lines });
    const list = buildPaper(first, "packing_list");
    const command = { shipmentNo: "SH-1", what: "picked" as const, lineIds: ["SO-1-1"] };
    const shipped = granted(recordShipment(first, command, context));
    const failure = { reason: "x", attempt: 1, goods: "inDepot" as const, nextOn: calendarDay("2026-03-05") };
    const back = granted(
      recordDeliveryFailure(shipped.order, failure, { ...context, maxAttempts: 2, today: calendarDay("2026-03-02") }),
    );
    const events = [...shipped.events, ...back.events];
    expect(revisePapers([list], back.order, events)).toEqual([]);
    const gone = granted(cancelOrder(back.order, { reason: "x", lines: [{ lineId: "SO-1-1" }] }, context));
    expect(told(revisePapers([list], gone.order, [...events, ...gone.events]))).toEqual([
      ["packing_list", "1 → 2", ["10"], ["10 → 0"]],
    ]);
  });

  it("rule 2: what is lost of an earlier shipment does not concern the note of the next", () => {
    const before = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "6", picked: "4" } }] });
    const note = buildPaper(before, "delivery_note");
    const loss = { lines: [{ lineId: "SO-1-1", quantity: d("6"), reason: "lost" }] };
    const lost = granted(recordTransitLoss(before, loss, context));
    expect(revisePapers([note], lost.order, lost.events)).toEqual([]);
  });

  it("rule 4: another address or day voids what is not settled, without a difference in goods", () => {
    const before = anyOrder({
      stage: "confirmed",
      header: { remark: "ring" },
      lines: [{ quantities: { allocated: "10" } }],
    });
    const papers = DOCUMENTS.map((document) => buildPaper(before, document));
    const command = {
      reason: "moved",
      header: { shipToAddress: { street: "7 Quay", city: "Bremen", country: "DE" } },
      cleared: ["remark" as const],
    };
    const { order, events } = granted(amendOrder(before, command, amending));
    const [revised, ...others] = revisePapers(papers, order, events);
    expect([revised?.fields, revised?.differences, revised?.next.version]).toEqual([
      ["shipToAddress", "remark"],
      [],
      2,
    ]);
    expect(others).toEqual([]);
    const paid = granted(amendOrder(before, { reason: "terms", header: { paymentMeans: "30" } }, amending));
    expect(revisePapers(papers, paid.order, paid.events)).toEqual([]);
    const more = addToOrder(before, { lines: [{ lineId: "SO-1-1", quantity: d("4") }] }, amending);
    expect(revisePapers(papers, granted(more).order, granted(more).events)).toEqual([]);
  });

  test.each([
    ["an event is missing", { orderVersion: 0 }],
    ["the paper is younger than the order", { orderVersion: 9 }],
  ])("a bug of the host: %s", (_name, part) => {
    const before = ten("allocated");
    const { order, events } = granted(cancelOrder(before, { reason: "x" }, context));
    const paper: Paper = { ...buildPaper(before, "pick_list"), ...part };
    expect(() => revisePapers([paper], order, events)).toThrow(RangeError);
    expect(revisePapers([{ ...paper, orderNo: "OTHER" }], order, events)).toEqual([]);
  });
});

/** Which buckets a paper lists, and where its goods go when it is carried out: said once more, for the oracle. */
const LISTS: Readonly<Record<PaperDocument, readonly SourcedBucket[]>> = {
  pick_list: ["allocated"],
  packing_list: ["picked"],
  delivery_note: ["picked", "shipped"],
};
const STEPS = [
  "allocateOrder",
  "recordPick",
  "recordLoad",
  "recordShipment",
  "recordDelivery",
  "cancelOrder",
  "recordDeliveryFailure",
  "recordTransitLoss",
  "recordWrongItem",
];

describe("papers against the order (mission 14.5, 14.6)", () => {
  it("the next version names what a paper built now would hold, and what was carried out since", () => {
    const seen = new Set<string>();
    const seeds = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat()), { minLength: 3, maxLength: 10 });
    fc.assert(
      fc.property(seeds, fc.nat({ max: 4 }), (steps, printedAfter) => {
        const history = lived(steps);
        const from = Math.min(printedAfter, history.orders.length - 1);
        const before = history.orders[from]!;
        const after = history.orders.at(-1)!;
        const events = history.events.slice(from);
        for (const document of DOCUMENTS) {
          const isOnRoad = before.lines.some(({ quantities }) => quantities.shipped !== ZERO);
          if (isOnRoad && document !== "pick_list") continue;
          const paper = deepFreeze(buildPaper(before, document));
          const revisions = revisePapers([paper], after, deepFreeze(events));
          expect(checkPlainData(revisions)).toEqual([]);
          const next = revisions[0]?.next ?? paper;
          expect(byPlace(next)).toEqual(expected(paper, history.orders.slice(from), events));
          if (revisions.length > 0) seen.add(document);
        }
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 150) },
    );
    expect(seen.size).toBe(3);
  });
});

/** An order of two lines over three bins, and what random steps make of it. */
function lived(steps: readonly (readonly [name: string, seed: number])[]) {
  const lines = [{ orderedQty: "20" }, { itemCode: "SALT", orderedQty: "6" }];
  let stock = anyStock({ binId: "A", onHand: "12" }, { binId: "B", onHand: "30" }, { itemCode: "SALT", onHand: "9" });
  const orders = [anyOrder({ stage: "confirmed", lines })];
  const events: OrderEvent[] = [];
  for (const [name, seed] of [["allocateOrder", 1], ...steps] as const) {
    const operation = OPERATIONS.find((one) => one.name === name);
    const world = { orders: [orders.at(-1)!], stock };
    for (const attempt of fc.sample(operation!.attemptsOn(world), { numRuns: 2, seed })) {
      const answer = attempt.run();
      if (answer.events.length === 0) continue;
      orders.push(answer.orders[0]!);
      events.push(...answer.events);
      stock = applyMovements(stock, answer.movements);
      break;
    }
  }
  return { orders, events };
}

function expected(paper: Paper, orders: readonly Order[], events: readonly OrderEvent[]): Record<string, Decimal> {
  const lists = LISTS[paper.document];
  const isListed = (bucket: Bucket): boolean => (lists as readonly Bucket[]).includes(bucket);
  const held = (order: Order): Map<string, Decimal> =>
    new Map(
      order.lines.flatMap(({ lineId, reservations }) =>
        reservations.map((place) => [
          keyOf(lineId, place),
          sum(lists.map((bucket) => place.quantities[bucket] ?? ZERO)),
        ]),
      ),
    );
  const done = new Map<string, Decimal>();
  let last = held(orders[0]!);
  for (const [place, event] of events.entries()) {
    if ([...last.values()].every((quantity) => quantity === ZERO)) break;
    const now = held(orders[place + 1]!);
    const carriesOut =
      event.type === "order_delivered" ||
      (paper.document === "pick_list" && event.type === "order_picked") ||
      (paper.document === "packing_list" && ["order_shipped", "delivery_failed"].includes(event.type));
    for (const change of event.changes) {
      if (!carriesOut || change.kind !== "quantity_moved" || change.source === undefined) continue;
      const key = keyOf(change.lineId, change.source);
      const isSigned = event.type === "order_delivered";
      const out = isListed(change.from) && !isListed(change.to);
      const back = !isListed(change.from) && isListed(change.to);
      const isStep =
        isSigned || ["allocated picked", "picked shipped", "shipped picked"].includes(`${change.from} ${change.to}`);
      if (out && isStep) done.set(key, add(done.get(key) ?? ZERO, change.quantity));
      if (back && isStep) done.set(key, subtract(done.get(key) ?? ZERO, change.quantity));
    }
    last = now;
  }
  const all = [...new Set([...last.keys(), ...done.keys()])].map(
    (key) => [key, add(last.get(key) ?? ZERO, done.get(key) ?? ZERO)] as const,
  );
  return Object.fromEntries(all.filter(([, quantity]) => isPositive(quantity)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function byPlace({ lines }: Paper): Record<string, Decimal> {
  const all = lines.map(({ lineId, source, quantity }) => [keyOf(lineId, source), quantity] as const);
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function keyOf(lineId: string, source: StockSource): string {
  return stockKey(lineId, source);
}
