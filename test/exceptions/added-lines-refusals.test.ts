import { describe, expect, it, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import { rational } from "../../src/core/unit-conversion.js";
import { addOnObstacles } from "../../src/exceptions/add-on-obstacles.js";
import { addedLines, moreOfLine, type AddedLine } from "../../src/exceptions/added-lines.js";
import { planAddOn, type AddOnRequest } from "../../src/exceptions/plan-add-on.js";
import { indexMasters } from "../../src/model/masters.js";
import { anyContext, anyCustomer, anyItem, anyOrder, type AnyOrder } from "../../src/testing/index.js";
import { granted, reasonsOf } from "../lifecycle/answers.js";

const d = decimal;
const third = { numerator: "1", denominator: "3" };
const units = [
  { uom: "CS", factor: rational(12) },
  { uom: "DROP", factor: rational(1, 3) },
  { uom: "MG", factor: rational(1, 4) },
];
const wave = {
  deliveryWaveId: "AM",
  name: "Morning",
  cutOff: "10:00" as LocalTime,
  departure: "13:00" as LocalTime,
  timeZone: "UTC",
};
const masters = indexMasters({
  customers: [anyCustomer()],
  items: [{ ...anyItem(), units }],
  deliveryWaves: [wave],
});
const context = { ...anyContext(), masters, addOn: { pickMinutes: 45 } };

describe("addedLines (mission 14.4; definition B19)", () => {
  test.each<[string, AddedLine, string, object]>([
    [
      "a new line of a part that the base unit cannot say",
      { itemCode: "TEA", quantity: d("1"), uom: "DROP" },
      "enter.quantity_not_exact",
      { itemCode: "TEA", quantity: "1", uom: "DROP" },
    ],
    [
      "a new line that is too much in the base unit",
      { itemCode: "TEA", quantity: d("100000000000"), uom: "CS" },
      "enter.quantity_out_of_range",
      { itemCode: "TEA", quantity: "1200000000000", baseUom: "EA" },
    ],
    [
      "a new line that is too much in its own unit only",
      { itemCode: "TEA", quantity: d("2000000000000"), uom: "MG" },
      "enter.quantity_out_of_range",
      { itemCode: "TEA", quantity: "2000000000000", baseUom: "EA" },
    ],
    [
      "more of a line, of a part that the base unit cannot say",
      { lineId: "SO-1-2", quantity: d("1") },
      "enter.quantity_not_exact",
      { itemCode: "TEA", quantity: "1", uom: "DROP" },
    ],
    [
      "more of a line than one line can hold",
      { lineId: "SO-1-1", quantity: d("999999999999") },
      "enter.quantity_out_of_range",
      { itemCode: "TEA", quantity: "1000000000009", baseUom: "EA" },
    ],
  ])("refuses %s", (_name, one, code, params) => {
    const order = anyOrder({ lines: [{}, { orderedQty: "3", uom: "DROP", baseUom: "EA", unitFactor: third }] });
    // It stands second, so that its place is not the first place.
    const fine = { itemCode: "TEA", quantity: d("1") };
    expect(reasonsOf(addedLines(order, [fine, one], masters))).toEqual([{ code, path: ["lines", 1], params }]);
  });

  it("more of a line in its base unit that its own unit cannot say is refused", () => {
    const [line] = anyOrder({
      lines: [{ orderedQty: "2", uom: "BX", baseUom: "EA", unitFactor: { numerator: "3", denominator: "1" } }],
    }).lines;
    expect(reasonsOf(moreOfLine(line!, d("1"), ["lines", 4, "quantity"]))).toEqual([
      {
        code: "enter.quantity_not_exact",
        path: ["lines", 4, "quantity"],
        params: { itemCode: "TEA", quantity: "1", uom: "BX" },
      },
    ]);
    expect(granted(moreOfLine(line!, d("6"), []))).toEqual({
      kind: "quantity_added",
      lineId: "SO-1-1",
      quantity: "6",
    });
  });

  it("a line of an order without lines is served on the usual terms, and has only what was said of it", () => {
    const [added] = granted(
      addedLines({ orderNo: "SO-7", lines: [] }, [{ itemCode: "TEA", quantity: d("2"), uom: "CS" }], masters),
    );
    expect(added).toEqual({
      kind: "line_added",
      line: {
        ...anyOrder({ orderNo: "SO-7" }).lines[0],
        itemName: anyItem().name,
        orderedQty: "2",
        uom: "CS",
        unitFactor: { numerator: "12", denominator: "1" },
        unitPrice: undefined,
        lineAmount: "0",
        quantities: { ...anyOrder().lines[0]?.quantities, open: "24" },
        partialAllowed: true,
        shortagePolicy: "leaveOpen",
      },
    });
  });

  it("new lines are numbered after the last, in the order in which they were named", () => {
    const order = anyOrder({ lines: [{ lineNo: 8 }, { lineNo: 3 }] });
    const more = { lineId: "SO-1-3", quantity: d("1") };
    const fresh = { itemCode: "TEA", quantity: d("1"), transactionCategory: "sample" as const };
    const changes = granted(addedLines(order, [fresh, more, fresh], masters));
    expect(
      changes.map((change) =>
        change.kind === "line_added"
          ? [change.line.lineId, change.line.lineNo, change.line.transactionCategory]
          : [change.lineId, change.quantity],
      ),
    ).toEqual([
      ["SO-1-9", 9, "sample"],
      ["SO-1-3", "1"],
      ["SO-1-10", 10, "sample"],
    ]);
  });
});

describe("addOnObstacles (mission 14.4; definition B19)", () => {
  const obstacles = (part: AnyOrder, at = "2026-03-02T09:00:00Z") =>
    addOnObstacles(anyOrder({ stage: "confirmed", ...part }), instant(at), context);
  const invoice = { invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" };
  const AM = { deliveryWaveId: "AM", requestedDeliveryDate: "2026-03-02" };

  it("names each with its place and its facts", () => {
    expect(obstacles({})).toEqual([]);
    const loaded = {
      orderedQty: "10",
      reservations: [
        { warehouseId: "NORTH", quantities: { picked: "4" } },
        { warehouseId: "SOUTH", quantities: { picked: "6" }, loaded: "1" },
      ],
    };
    const part: AnyOrder = {
      lines: [{}, loaded, { quantities: { picked: "10" } }],
      holds: [{ blocks: ["invoice"] }, { type: "stocktaking", blocks: ["invoice", "ship"] }],
      billing: { invoices: [invoice, { ...invoice, invoiceNo: "I-2" }] },
    };
    const common = [
      { code: "add.already_invoiced", path: ["billing", "invoices"], params: { invoices: 2 } },
      { code: "add.on_hold", path: ["holds", 1], params: { holdId: "H-2", type: "stocktaking" } },
      { code: "add.on_vehicle", path: ["lines", 1], params: { lineId: "SO-1-2" } },
    ];
    const path = ["header", "deliveryWaveId"];
    expect(obstacles(part)).toEqual([...common, { code: "add.no_cut_off", path, params: { orderNo: "SO-1" } }]);
    expect(obstacles({ ...part, header: { deliveryWaveId: "PM" } })).toEqual([
      ...common,
      { code: "add.unknown_wave", path, params: { deliveryWaveId: "PM" } },
    ]);
    expect(obstacles({ ...part, header: AM }, "2026-03-02T12:30:00Z")).toEqual([
      ...common,
      {
        code: "add.past_cut_off",
        path,
        params: { deliveryWaveId: "AM", cutOff: "2026-03-02T10:00:00.000Z" },
      },
      {
        code: "add.no_time_to_pick",
        path,
        params: {
          deliveryWaveId: "AM",
          departure: "2026-03-02T13:00:00.000Z",
          minutesLeft: 30,
          minutesNeeded: 45,
        },
      },
    ]);
  });

  test.each(["allocate", "pick", "load", "ship"] as const)("a hold on %s keeps goods out", (operation) => {
    const hold = { blocks: [operation] };
    expect(obstacles({ holds: [hold] })).toEqual([
      { code: "add.on_hold", path: ["holds", 0], params: { holdId: "H-1", type: "credit" } },
    ]);
    expect(obstacles({ holds: [{ ...hold, state: "resolved" }] })).toEqual([]);
  });

  test.each(["confirm", "deliver", "invoice", "close"] as const)("a hold on %s does not", (operation) => {
    expect(obstacles({ holds: [{ blocks: [operation] }] })).toEqual([]);
  });
});

describe("planAddOn (mission 14.4; definition B19)", () => {
  const request: AddOnRequest = { customerCode: "C-100", lines: [{ itemCode: "TEA", quantity: d("4") }] };
  const [tea] = request.lines;
  const lineOf = (part: AnyOrder, one: object = {}) => {
    const plan = planAddOn([anyOrder(part)], { ...request, lines: [{ ...tea!, ...one }] }, context);
    return plan.decision === "join" ? plan.command.lines : plan;
  };
  const gift = { promotionId: "P", version: 1, triggers: [] };
  const caseLine = { uom: "CS", baseUom: "EA", unitFactor: { numerator: "12", denominator: "1" } };

  test.each<[string, AnyOrder, object]>([
    ["a gift", { lines: [{ giftOf: gift }] }, {}],
    ["another item", { lines: [{ itemCode: "COFFEE" }] }, {}],
    ["another unit", { lines: [caseLine] }, {}],
    ["the base unit when a case is wanted", {}, { uom: "CS" }],
    ["a sample", { lines: [{ transactionCategory: "sample" }] }, {}],
    ["goods when a sample is wanted", {}, { transactionCategory: "sample" }],
    ["another price", {}, { unitPrice: d("2.4") }],
    ["another discount", { lines: [{ discount: { kind: "percent", percent: "5" } }] }, {}],
  ])("rule 4: nothing joins a line of %s", (_name, part, one) => {
    expect(lineOf(part, one)).toEqual([{ ...tea, ...one }]);
  });

  test.each<[string, AnyOrder, object]>([
    ["of the same, past a gift", { lines: [{ giftOf: gift }, {}] }, {}],
    ["of the same case, past pieces", { lines: [{}, caseLine] }, { uom: "CS" }],
    ["of pieces, named or not", { lines: [caseLine, {}] }, { uom: "EA" }],
    [
      "at the same discount",
      { lines: [{}, { discount: { kind: "percent", percent: "5" } }] },
      { discount: { kind: "percent", percent: d("5") } },
    ],
    ["that is a sample as well", { lines: [{}, { transactionCategory: "sample" }] }, { transactionCategory: "sample" }],
  ])("rule 4: it joins the line %s", (_name, part, one) => {
    expect(lineOf(part, one)).toEqual([{ lineId: "SO-1-2", quantity: "4" }]);
  });

  it("rule 2: tells what each order has otherwise than the request, with its facts", () => {
    const shipToAddress = { street: "7 Quay", city: "Bremen", country: "DE" };
    const wanted = { ...request, shipToAddress, requestedDeliveryDate: calendarDay("2026-03-09") };
    const order = anyOrder({ header: { customerCode: "C-7", requestedDeliveryDate: "2026-03-10" } });
    expect(planAddOn([order], wanted, context)).toEqual({
      decision: "newOrder",
      considered: [
        {
          orderNo: "SO-1",
          obstacles: [
            {
              code: "add.other_customer",
              path: ["customerCode"],
              params: { orderNo: "SO-1", customerCode: "C-100" },
            },
            { code: "add.other_address", path: ["shipToAddress"], params: { orderNo: "SO-1" } },
            {
              code: "add.other_date",
              path: ["requestedDeliveryDate"],
              params: { orderNo: "SO-1", requestedDeliveryDate: "2026-03-09" },
            },
          ],
        },
      ],
    });
  });

  it("rule 1: refuses with every reason and its facts", () => {
    const lines = [{ itemCode: "NONE", quantity: d("1") }];
    expect(planAddOn([], { customerCode: "C-7", lines }, context)).toEqual({
      decision: "refuse",
      issues: [
        { code: "enter.unknown_customer", path: ["customerCode"], params: { customerCode: "C-7" } },
        { code: "enter.unknown_item", path: ["lines", 0], params: { itemCode: "NONE" } },
      ],
    });
  });
});
