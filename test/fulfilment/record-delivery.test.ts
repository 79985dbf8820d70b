import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decimal, fromUnits, sum, type Decimal } from "../../src/core/decimal.js";
import { recordDelivery, type RecordDelivery, type SignedLine } from "../../src/fulfilment/record-delivery.js";
import {
  anyContext,
  anyOrder,
  anyStock,
  checkOutcome,
  deepFreeze,
  given,
  type AnyReservation,
} from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";
import { SHORTAGE_TARGETS } from "./shortage-targets.js";

const shipped = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] });
const stock = anyStock({ onHand: "90", inTransit: "10" });
const signed = (accepted: string, refused?: string, short?: string): SignedLine => ({
  lineId: "SO-1-1",
  accepted: decimal(accepted),
  ...(refused === undefined ? {} : { refused: { quantity: decimal(refused), reason: "damaged" } }),
  ...(short === undefined ? {} : { short: { quantity: decimal(short), reason: "not_there" } }),
});
const deliver = (order = shipped, command: RecordDelivery = {}) => recordDelivery(order, command, anyContext());

describe("recordDelivery (mission 10.8, 12.4a, 14.7, 15.1)", () => {
  it("accepts everything when nothing is said", () => {
    given(shipped, stock)
      .when((order) => deliver(order))
      .then({
        status: "shipped",
        quantities: { delivered: "10" },
        events: ["order_delivered"],
        requests: ["notify_customer"],
        stock: [["90", "0"]],
      });
    expect(granted(deliver(shipped, { receivedBy: "M. Rossi" })).events[0]?.details).toEqual({
      receivedBy: "M. Rossi",
      discrepancies: [],
    });
  });

  it("rule 2: accepted goods are the customer's, refused goods come back to their place, short goods are lost", () => {
    given(shipped, stock)
      .when((order) => deliver(order, { lines: [signed("5", "3", "2")] }))
      .then({ status: "confirmed", quantities: { open: "2", delivered: "5", returned: "3" }, stock: [["93", "0"]] });
    const { movements, events } = granted(deliver(shipped, { lines: [signed("5", "3", "2")] }));
    expect(movements.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ["hand_over", "5"],
      ["take_back", "3"],
      ["lose", "2"],
    ]);
    expect(events[0]?.details).toEqual({
      discrepancies: [
        { lineId: "SO-1-1", expected: "10", actual: "5", reason: "damaged" },
        { lineId: "SO-1-1", expected: "10", actual: "5", reason: "not_there" },
      ],
    });
  });

  it("rule 2: refused goods that cannot be sold are written off where they came back to", () => {
    const refused = (lineId: string, quantity: string, becomes: "keep" | "writeOff"): SignedLine => ({
      lineId,
      accepted: decimal("0"),
      refused: { quantity: decimal(quantity), reason: "spoilt", stock: becomes },
    });
    const places = [
      { warehouseId: "NORTH", lotNo: "L-1", quantities: { shipped: "4" } },
      { warehouseId: "NORTH", lotNo: "L-2", quantities: { shipped: "6" } },
    ];
    const order = anyOrder({
      stage: "confirmed",
      lines: [{ reservations: places }, { orderedQty: "3", quantities: { shipped: "3" } }],
    });
    const onTheWay = anyStock(
      { onHand: "90", inTransit: "3" },
      { lotNo: "L-1", onHand: "5", inTransit: "4" },
      { lotNo: "L-2", onHand: "0", inTransit: "6" },
    );
    const lines = [refused("SO-1-1", "10", "writeOff"), refused("SO-1-2", "3", "keep")];
    given(order, onTheWay)
      .when((before) => deliver(before, { lines }))
      .then({
        quantities: [{ returned: "10" }, { returned: "3" }],
        stock: [
          ["93", "0"],
          ["5", "0"],
          ["0", "0"],
        ],
      });
    const { movements } = granted(deliver(order, { lines }));
    expect(movements.map(({ kind, lineId, lotNo, quantity }) => [kind, lineId, lotNo, quantity])).toEqual([
      ["take_back", "SO-1-1", "L-1", "4"],
      ["take_back", "SO-1-1", "L-2", "6"],
      ["take_back", "SO-1-2", undefined, "3"],
      ["write_off", "SO-1-1", "L-1", "4"],
      ["write_off", "SO-1-1", "L-2", "6"],
    ]);
  });

  it.each([
    ["refused goods", { refused: { quantity: decimal("1"), reason: "" } }],
    ["short goods", { short: { quantity: decimal("1"), reason: "not\nthere" } }],
  ])("rule 1: %s without a reason are refused", (_what, part) => {
    expect(reasonsOf(deliver(shipped, { lines: [{ ...signed("9"), ...part }] }))).toEqual([
      { code: "command.not_a_name", path: ["lines", 0, "reason"], params: { field: "reason" } },
    ]);
  });

  test.each([
    ["accepted goods", [signed("10")], []],
    ["refused goods", [signed("7", "3")], []],
    ["a shortage of nothing", [signed("10", "0", "0")], []],
    ["short goods", [signed("7", "1", "2")], ["shortage_recorded"]],
    ["two short lines", [signed("9", "0", "1"), { ...signed("8", "0", "2"), lineId: "SO-1-2" }], ["shortage_recorded"]],
  ])("rule 2: the customer hears of the delivery, and once more when goods were short: %s", (_what, lines, more) => {
    const shippedTwice = [{ quantities: { shipped: "10" } }, { quantities: { shipped: "10" } }];
    const order = anyOrder({ stage: "confirmed", lines: shippedTwice });
    expect(granted(deliver(order, { lines })).requests).toEqual(
      ["order_delivered", ...more].map((template) => ({ type: "notify_customer", orderNo: "SO-1", template })),
    );
  });

  test.each(SHORTAGE_TARGETS)("rule 2: under $policy short goods go $bucket", ({ policy, bucket, mode }) => {
    const order = anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" }, shortagePolicy: policy }] });
    given(order, stock)
      .when((before) => deliver(before, { lines: [signed("9", undefined, "1")] }))
      .then({ quantities: { delivered: "9", [bucket]: "1" }, stock: [["90", "0"]] });
    const { lines } = granted(deliver(order, { lines: [signed("9", undefined, "1")] })).order;
    expect(lines[0]?.shortages).toEqual(
      mode === undefined
        ? []
        : [{ bucket, cause: "delivery", quantity: "1", since: anyContext().at, mode, reason: "not_there" }],
    );
  });

  it("rule 2: all refused comes back, all short under cancelRemainder ends the order", () => {
    given(shipped, stock)
      .when((order) => deliver(order, { lines: [signed("0", "10")] }))
      .then({ status: "collected", quantities: { returned: "10" }, stock: [["100", "0"]] });
    const lines = [{ quantities: { shipped: "10" }, shortagePolicy: "cancelRemainder" as const }];
    given(anyOrder({ stage: "confirmed", lines }), stock)
      .when((order) => deliver(order, { lines: [signed("0", "0", "10")] }))
      .then({ status: "cancelled", quantities: { cancelled: "10" }, stock: [["90", "0"]] });
  });

  it("rule 1: lines that are not named stay in transit", () => {
    const lines = [{ quantities: { shipped: "10" } }, { quantities: { shipped: "4" } }];
    given(anyOrder({ stage: "confirmed", lines }), anyStock({ inTransit: "14" }))
      .when((order) => deliver(order, { lines: [signed("10")] }))
      .then({ status: "confirmed", quantities: [{ delivered: "10" }, { open: "6", shipped: "4" }] });
  });

  test.each([
    ["too little", signed("9"), "9"],
    ["too much", signed("10", "1"), "11"],
    ["too much by a hair", signed("10.001"), "10.001"],
    ["nothing at all", signed("0"), "0"],
  ])("rule 1: %s is refused", (_what, line, total) => {
    expect(reasonsOf(deliver(shipped, { lines: [line] }))).toEqual([
      {
        code: "deliver.does_not_add_up",
        path: ["lines", 0],
        params: { lineId: "SO-1-1", shipped: "10", signed: total },
      },
    ]);
  });

  test.each([signed("-1", "11"), signed("11", "-1"), signed("11", undefined, "-1")])(
    "rule 1: negative parts are refused, also when the sum is right",
    (line) => {
      expect(reasonsOf(deliver(shipped, { lines: [line] }))).toEqual([
        { code: "deliver.negative", path: ["lines", 0], params: { lineId: "SO-1-1" } },
      ]);
    },
  );

  it("rule 1: a line of which nothing was shipped cannot be signed for, not even for nothing", () => {
    const lines = [{ quantities: { shipped: "10" } }, {}];
    const order = anyOrder({ stage: "confirmed", lines });
    expect(whereOf(deliver(order, { lines: [{ lineId: "SO-1-2", accepted: decimal("0") }] }))).toEqual([
      "deliver.does_not_add_up at lines.0",
    ]);
  });

  it("tells unknown lines and lines that are named twice", () => {
    const lines = [signed("10"), { ...signed("1"), lineId: "X" }, signed("10")];
    expect(reasonsOf(deliver(shipped, { lines }))).toEqual([
      { code: "deliver.unknown_line", path: ["lines", 1, "lineId"], params: { lineId: "X" } },
      { code: "deliver.listed_twice", path: ["lines", 2], params: { lineId: "SO-1-1" } },
    ]);
  });

  it("is refused when nothing is on its way, or nothing is named", () => {
    const allocated = anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] });
    expect(reasonsOf(deliver(allocated))).toEqual([
      { code: "deliver.nothing_shipped", path: ["lines"], params: { orderNo: "SO-1" } },
    ]);
    expect(whereOf(deliver(shipped, { lines: [] }))).toEqual(["deliver.no_lines at lines"]);
  });

  it("tells all reasons at once", () => {
    given({ ...anyOrder({ holds: [{ lineId: "SO-1-1", blocks: ["deliver"] }] }) })
      .when((order) => deliver(order, { lines: [signed("-1"), signed("0"), { ...signed("1"), lineId: "X" }] }))
      .then({
        issues: [
          "status.operation_not_allowed",
          "status.on_hold",
          "deliver.negative",
          "deliver.does_not_add_up",
          "deliver.listed_twice",
          "deliver.does_not_add_up",
          "deliver.unknown_line",
        ],
      });
  });

  it("rule 2: spreads what was signed for over the places that the goods came from, in their order", () => {
    const places = [
      { warehouseId: "NORTH", lotNo: "L-1", quantities: { shipped: "4" } },
      { warehouseId: "NORTH", lotNo: "L-2", quantities: { shipped: "3", delivered: "1" } },
      { warehouseId: "SOUTH", quantities: { shipped: "2" } },
    ];
    const order = anyOrder({ stage: "confirmed", lines: [{ orderedQty: "10", reservations: places }] });
    const { movements } = granted(deliver(order, { lines: [signed("5", "2", "2")] }));
    expect(movements.map(({ kind, warehouseId, lotNo, quantity }) => [kind, lotNo ?? warehouseId, quantity])).toEqual([
      ["hand_over", "L-1", "4"],
      ["hand_over", "L-2", "1"],
      ["take_back", "L-2", "2"],
      ["lose", "SOUTH", "2"],
    ]);
  });

  it("accepted + refused + short = shipped, place by place, on any spread", () => {
    const place = fc.tuple(
      fc.constantFrom("NORTH", "SOUTH"),
      fc.constantFrom("L-1", "L-2", "L-3"),
      fc.integer({ min: 1, max: 500 }),
    );
    const places = fc.uniqueArray(place, {
      selector: ([warehouse, lot]) => warehouse + lot,
      minLength: 1,
      maxLength: 6,
    });
    const policies = fc.constantFrom(...SHORTAGE_TARGETS);
    fc.assert(
      fc.property(places, fc.nat(), fc.nat(), policies, (drawn, a, b, { policy, bucket }) => {
        const total = drawn.reduce((all, [, , units]) => all + units, 0);
        const [accepted, end] = [a % (total + 1), b % (total + 1)].sort((x, y) => x - y) as [number, number];
        const [taken, back, lost] = [accepted, end - accepted, total - end].map((units) => fromUnits(units, 1)) as [
          Decimal,
          Decimal,
          Decimal,
        ];
        const reservations = drawn.map(([warehouseId, lotNo, units]): AnyReservation => ({
          warehouseId,
          lotNo,
          quantities: { shipped: fromUnits(units, 1) },
        }));
        const orderedQty = fromUnits(total, 1);
        const order = deepFreeze(
          anyOrder({ stage: "confirmed", lines: [{ orderedQty, reservations, shortagePolicy: policy }] }),
        );
        const outcome = granted(deliver(order, { lines: [signed(taken, back, lost)] }));
        expect(checkOutcome(order, outcome)).toEqual([]);
        const { quantities } = outcome.order.lines[0]!;
        expect([quantities.shipped, quantities.delivered, quantities.returned, quantities[bucket]]).toEqual([
          "0",
          taken,
          back,
          lost,
        ]);
        for (const [warehouseId, lotNo, units] of drawn) {
          const here = outcome.movements.filter((found) => found.warehouseId === warehouseId && found.lotNo === lotNo);
          expect(sum(here.map(({ quantity }) => quantity))).toBe(fromUnits(units, 1));
        }
        expect(sum([taken, back, lost])).toBe(orderedQty);
      }),
    );
  });
});
