import { describe, expect, it, test } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import { rational } from "../../src/core/unit-conversion.js";
import { enterOrder } from "../../src/intake/enter-order.js";
import { indexMasters } from "../../src/model/masters.js";
import {
  anyContext,
  anyCustomer,
  anyItem,
  anyOrderDraft,
  checkOutcome,
  deepFreeze,
  type AnyOrderDraft,
} from "../../src/testing/index.js";
import { granted, reasonsOf, whereOf } from "../lifecycle/answers.js";

const wave = { deliveryWaveId: "AM", name: "Morning", cutOff: "11:00", departure: "13:00", timeZone: "Europe/Berlin" };
const masters = indexMasters({
  customers: [anyCustomer(), anyCustomer({ customerCode: "C-2", name: "Bare", currency: "JPY" })],
  items: [
    anyItem(),
    anyItem({
      itemCode: "RICE",
      baseUom: "KGM",
      quantum: "0.5",
      spec: "long grain",
      units: [
        { uom: "THIRD", factor: rational(1, 3) },
        { uom: "BAG", factor: rational(25, 2) },
      ],
    }),
  ],
  deliveryWaves: [wave as never],
});
const enter = (part: AnyOrderDraft = {}, takenOrderNos?: ReadonlySet<string>) =>
  enterOrder(anyOrderDraft(part), {
    ...anyContext(),
    masters,
    ...(takenOrderNos === undefined ? {} : { takenOrderNos }),
  });
const entered = (part: AnyOrderDraft = {}) => granted(enter(part)).order;

describe("enterOrder (mission 4.2, 4.3, 4.13, 12.1)", () => {
  it("makes an order of a draft, at version 1 and all of it open", () => {
    const outcome = granted(enter());
    expect(outcome.order).toMatchObject({ orderNo: "SO-1", version: 1, status: "entered", stage: "entered" });
    expect(outcome.order).not.toHaveProperty("totals");
    expect(outcome.order.billing).toEqual({ invoicedAmount: "0", collectedAmount: "0", invoices: [], payments: [] });
    expect(outcome.order.lines[0]).toMatchObject({
      lineId: "SO-1-1",
      lineNo: 1,
      itemName: "Green tea",
      transactionCategory: "sale",
      orderedQty: "10",
      uom: "EA",
      unitFactor: { numerator: "1", denominator: "1" },
      unitPrice: "2.5",
      allowance: "0",
      lineAmount: "0",
      invoicedQty: "0",
      partialAllowed: true,
      shortagePolicy: "leaveOpen",
    });
    expect(outcome.events.map(({ type, details }) => [type, details])).toEqual([["order_entered", { lines: 1 }]]);
    expect([outcome.movements, outcome.requests]).toEqual([[], []]);
    expect(checkOutcome(undefined, outcome)).toEqual([]);
  });

  const refusals: readonly (readonly [rule: string, part: AnyOrderDraft, issue: unknown])[] = [
    [
      "rule 1: an unknown customer",
      { customerCode: "NOBODY" },
      { code: "enter.unknown_customer", path: ["customerCode"], params: { customerCode: "NOBODY" } },
    ],
    [
      "rule 1: an unknown delivery wave",
      { deliveryWaveId: "PM" },
      { code: "enter.unknown_wave", path: ["deliveryWaveId"], params: { deliveryWaveId: "PM" } },
    ],
    ["rule 1: no lines", { lines: [] }, { code: "enter.no_lines", path: ["lines"], params: { orderNo: "SO-1" } }],
    [
      "rule 1: a line number that is used twice",
      { lines: [{ lineNo: 7 }, { lineNo: 3 }, { lineNo: 7 }] },
      { code: "enter.duplicate_line_no", path: ["lines", 2, "lineNo"], params: { lineNo: 7 } },
    ],
    [
      "rule 1: an unknown item",
      { lines: [{}, { itemCode: "SOAP" }] },
      { code: "enter.unknown_item", path: ["lines", 1, "itemCode"], params: { itemCode: "SOAP" } },
    ],
    [
      "rule 1: a unit that the item does not have",
      { lines: [{ uom: "PAL" }] },
      {
        code: "enter.unknown_unit",
        path: ["lines", 0, "uom"],
        params: { itemCode: "TEA", uom: "PAL", known: ["EA", "CS"] },
      },
    ],
    ...["0", "-3"].map(
      (quantity) =>
        [
          `a quantity of ${quantity}, which is not above zero,`,
          { lines: [{}, { quantity }] },
          {
            code: "enter.quantity_not_positive",
            path: ["lines", 1, "quantity"],
            params: { itemCode: "TEA", quantity },
          },
        ] as const,
    ),
    [
      "rule 3: a quantity that the base unit cannot hold exactly",
      { lines: [{ itemCode: "RICE", uom: "THIRD", quantity: "1" }] },
      {
        code: "enter.quantity_not_exact",
        path: ["lines", 0, "quantity"],
        params: { itemCode: "RICE", quantity: "1", uom: "THIRD" },
      },
    ],
  ];
  test.each(refusals)("%s is refused", (_rule, part, expected) => {
    expect(reasonsOf(enter(part))).toEqual([expected]);
  });

  it("refuses a number that exists already", () => {
    expect(reasonsOf(enter({}, new Set(["SO-1"])))).toEqual([
      { code: "enter.order_no_taken", path: ["orderNo"], params: { orderNo: "SO-1" } },
    ]);
    expect(enter({}, new Set(["SO-2"])).ok).toBe(true);
  });

  it("rule 4: tells all reasons at once and keeps nothing", () => {
    const draft = deepFreeze(
      anyOrderDraft({
        customerCode: "NOBODY",
        deliveryWaveId: "PM",
        lines: [
          { lineNo: 1, itemCode: "SOAP" },
          { lineNo: 1, uom: "PAL" },
          { lineNo: 2, itemCode: "RICE", uom: "THIRD", quantity: "2" },
          { lineNo: 3, quantity: "0" },
        ],
      }),
    );
    expect(whereOf(enterOrder(draft, { ...anyContext(), masters, takenOrderNos: new Set(["SO-1"]) }))).toEqual([
      "enter.order_no_taken at orderNo",
      "enter.unknown_customer at customerCode",
      "enter.unknown_wave at deliveryWaveId",
      "enter.unknown_item at lines.0.itemCode",
      "enter.duplicate_line_no at lines.1.lineNo",
      "enter.unknown_unit at lines.1.uom",
      "enter.quantity_not_exact at lines.2.quantity",
      "enter.quantity_not_positive at lines.3.quantity",
    ]);
  });

  it("takes an absent unit for the base unit, and recalls name, specification and step of the item", () => {
    const { lines } = granted(
      enterOrder(
        { ...anyOrderDraft(), lines: [{ itemCode: "RICE", quantity: "1.5" as never }] },
        { ...anyContext(), masters },
      ),
    ).order;
    expect(lines[0]).toMatchObject({ uom: "KGM", baseUom: "KGM", itemSpec: "long grain", quantum: "0.5" });
    expect(lines[0]).not.toHaveProperty("unitPrice");
  });

  it("sorts lines by their numbers", () => {
    const { lines } = entered({ lines: [{ lineNo: 20 }, { lineNo: 10 }] });
    expect(lines.map(({ lineId }) => lineId)).toEqual(["SO-1-10", "SO-1-20"]);
  });
});

describe("enterOrder recalls the customer master (mission 4.3)", () => {
  it("rule 2: what the draft leaves open comes from the master and is marked so", () => {
    const { header, provenance } = entered();
    const customer = anyCustomer();
    expect(header).toEqual({
      orderDate: "2026-03-02",
      receivedAt: "2026-03-02T08:00:00.000Z",
      paymentMeans: "30",
      paymentTerm: "credit",
      customerCode: "C-100",
      customerName: "Corner Shop",
      customerType: "retailer",
      customerClass: "B",
      salespersonCode: "S-1",
      shipToAddress: customer.shipToAddress,
      deliveryAreaPath: ["hamburg", "harbour"],
      currency: "EUR",
      charges: [],
    });
    expect(provenance).toEqual({
      paymentMeans: "master",
      paymentTerm: "master",
      customerName: "master",
      customerType: "master",
      customerClass: "master",
      salespersonCode: "master",
      shipToAddress: "master",
      deliveryAreaPath: "master",
      currency: "master",
      charges: "rule",
    });
  });

  it("rule 2: what the draft says stands and is marked so", () => {
    const given = {
      customerName: "CORNER SHOP",
      requestedDeliveryDate: "2026-03-05",
      deliveryWaveId: "AM",
      paymentMeans: "10",
      paymentTerm: "cash" as const,
      salespersonCode: "S-9",
      deliveryRequirement: { note: "ring twice" },
      customerPoNo: "PO 7",
      remark: "please call",
      shipToAddress: { street: "9 Mill Lane", city: "Bremen", country: "DE" },
      deliveryAreaPath: ["bremen", "neustadt"],
      orderSource: "call" as const,
      channel: "phone" as const,
      currency: "USD",
      charges: [{ kind: "freight" as const, amount: "5.00" }],
      preBooked: true,
    };
    const { header, provenance } = entered(given);
    expect(header).toMatchObject({ ...given, charges: [{ kind: "freight", amount: "5" }] });
    const fields = Object.keys(given);
    expect(Object.fromEntries(fields.map((field) => [field, provenance[field]]))).toEqual(
      Object.fromEntries(fields.map((field) => [field, "given"])),
    );
  });

  it("rule 2: what neither knows stays open and is not marked", () => {
    const bare = {
      customerCode: "C-3",
      name: "Bare",
      shipToAddress: { street: "1", city: "B", country: "DE" },
      deliveryAreaPath: [],
      currency: "JPY",
    };
    const context = { ...anyContext(), masters: indexMasters({ customers: [bare], items: [anyItem()] }) };
    const { header, provenance } = granted(enterOrder(anyOrderDraft({ customerCode: "C-3" }), context)).order;
    for (const field of ["paymentTerm", "paymentMeans", "customerType", "creditRating", "salespersonCode", "remark"]) {
      expect(header).not.toHaveProperty(field);
      expect(provenance).not.toHaveProperty(field);
    }
  });

  it("rule 2: shortage wishes come from the draft, then the master, then the usual", () => {
    const strict = anyCustomer({
      partialAllowed: false,
      shortagePolicy: "cancelRemainder",
      minimumRemainingLifeDays: 30,
      credit: { rating: "A" },
    });
    const context = { ...anyContext(), masters: indexMasters({ customers: [strict], items: [anyItem()] }) };
    const lineOf = (part: AnyOrderDraft) => granted(enterOrder(anyOrderDraft(part), context)).order.lines[0];
    const wishes = (line: ReturnType<typeof lineOf>) => [line?.partialAllowed, line?.shortagePolicy];
    expect(wishes(lineOf({}))).toEqual([false, "cancelRemainder"]);
    expect(wishes(lineOf({ partialAllowed: true, shortagePolicy: "backfillOnArrival" }))).toEqual([
      true,
      "backfillOnArrival",
    ]);
    expect(lineOf({})?.minimumRemainingLifeDays).toBe(30);
    expect(granted(enterOrder(anyOrderDraft(), context)).order.header.creditRating).toBe("A");
  });

  it("rule 2: the street's limits are recalled with the usual address only, the temperature with the item (mission 5.5)", () => {
    const vehicleRestriction = { maxHeightMetres: decimal("2.5") };
    const items = [anyItem({ temperatureClass: "chilled" }), anyItem({ itemCode: "SALT" })];
    const masters = indexMasters({ customers: [anyCustomer({ vehicleRestriction })], items });
    const enter = (part: AnyOrderDraft) => granted(enterOrder(anyOrderDraft(part), { ...anyContext(), masters })).order;
    const usual = enter({ lines: [{ itemCode: "TEA" }, { itemCode: "SALT" }] });
    expect([usual.header.vehicleRestriction, usual.provenance.vehicleRestriction]).toEqual([
      vehicleRestriction,
      "master",
    ]);
    expect(usual.lines.map(({ temperatureClass }) => temperatureClass)).toEqual(["chilled", undefined]);
    expect(usual.lines[1]).not.toHaveProperty("temperatureClass");
    const { shipToAddress } = anyCustomer();
    const other = enter({ shipToAddress });
    expect(other.header).not.toHaveProperty("vehicleRestriction");
    const given = enter({ shipToAddress, vehicleRestriction: { accessTo: "10:00" } });
    expect([given.header.vehicleRestriction, given.provenance.vehicleRestriction]).toEqual([
      { accessTo: "10:00" },
      "given",
    ]);
  });
});

describe("enterOrder brings quantities to the base unit (mission 5.10)", () => {
  test.each([
    ["TEA", "CS", "5", "60"],
    ["TEA", "CS", "0.5", "6"],
    ["TEA", "EA", "7", "7"],
    ["RICE", "BAG", "3", "37.5"],
    ["RICE", "BAG", "0.1", "1.25"],
    ["RICE", "THIRD", "3", "1"],
    ["RICE", "THIRD", "4.5", "1.5"],
  ])("rule 3: %s in %s, %s of them, are %s of the base unit", (itemCode, uom, quantity, open) => {
    const [line] = entered({ lines: [{ itemCode, uom, quantity }] }).lines;
    expect([line?.orderedQty, line?.quantities.open]).toEqual([quantity, open]);
  });

  test.each(["1", "2", "0.1", "1.0000000001"])("rule 3: %s thirds of a kilogram are never rounded", (quantity) => {
    expect(whereOf(enter({ lines: [{ itemCode: "RICE", uom: "THIRD", quantity }] }))).toEqual([
      "enter.quantity_not_exact at lines.0.quantity",
    ]);
  });
});

describe("enterOrder, rule 3: figures that a stored order cannot hold", () => {
  test.each([
    ["too many decimals", "0.000001", rational(1, 1000)],
    ["too many digits", "999999999999", rational(12)],
  ])("%s in the base unit are refused", (_what, quantity, factor) => {
    const masters = indexMasters({
      customers: [anyCustomer()],
      items: [anyItem({ units: [{ uom: "XX", factor }] })],
    });
    const draft = anyOrderDraft({ lines: [{ quantity, uom: "XX" }] });
    const result = enterOrder(draft, { ...anyContext(), masters });
    expect(result.ok ? [] : result.issues.map(({ code }) => code)).toEqual(["enter.quantity_out_of_range"]);
  });
});
