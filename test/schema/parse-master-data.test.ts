import { describe, expect, it } from "vitest";
import {
  parseCustomer,
  parseDeliveryWave,
  parseInvoice,
  parseItem,
  parsePriceEntry,
  parsePriceList,
  parseSalesRecord,
  parseSalesRecords,
  parseOrderEvent,
  parseOrderEvents,
  parseStock,
  parseStockMovements,
  parseStockPosition,
} from "../../src/schema/index.js";
import { anyCustomer, anyItem, anyOrderHistory, anyPriceEntry, anyStock } from "../../src/testing/index.js";
import { refusalOf, SAMPLES } from "./samples.js";

const issuesOf = (result: ReturnType<typeof parseItem> | ReturnType<typeof parseStock>): unknown =>
  result.ok ? [] : result.issues.map(({ code, path, params }) => [code, path.join("."), params]);

describe("parsing a customer (mission 4.3, 5.3, 5.4)", () => {
  it("wants one to three levels of delivery area (rule 1)", () => {
    expect(refusalOf(parseCustomer({ ...anyCustomer(), deliveryAreaPath: [] }))).toEqual([
      "schema.too_few deliveryAreaPath",
    ]);
    const result = parseCustomer({ ...anyCustomer(), deliveryAreaPath: ["a", "b", "c", "d"] });
    expect(result.ok ? [] : result.issues).toStrictEqual([
      { code: "schema.too_many", path: ["deliveryAreaPath"], params: { limit: 3, count: 4 } },
    ]);
  });
  it("lets a floor lie below the street and no crew be empty", () => {
    expect(parseCustomer({ ...anyCustomer(), unloadingConditions: { floor: -2 } }).ok).toBe(true);
    expect(refusalOf(parseCustomer({ ...anyCustomer(), unloadingConditions: { crew: 0 } }))).toEqual([
      "schema.out_of_range unloadingConditions.crew",
    ]);
  });
});

describe("parsing an item (mission 4.9, 5.9, 5.10)", () => {
  const withUnits = (...units: unknown[]) => parseItem({ ...anyItem(), units });
  const unit = (uom: string, numerator: unknown, denominator: unknown = 1) => ({
    uom,
    factor: { numerator, denominator },
  });

  it("brings factors to lowest terms (rule 1)", () => {
    const result = withUnits(unit("CS", 24, "2.0"), unit("GRM", "0.001"));
    expect(result.ok ? result.value.units : []).toStrictEqual([
      { uom: "CS", factor: { numerator: "12", denominator: "1" } },
      { uom: "GRM", factor: { numerator: "1", denominator: "1000" } },
    ]);
  });
  it("refuses factors that are none", () => {
    expect(refusalOf(withUnits(unit("CS", 0), unit("PL", 1, "-2")))).toEqual([
      "schema.not_positive units.0.factor.numerator",
      "schema.not_positive units.1.factor.denominator",
    ]);
    expect(refusalOf(withUnits(unit("CS", "9".repeat(30), "0.0000000001")))).toEqual([
      "schema.too_many_digits units.0.factor",
    ]);
  });
  it("refuses a unit that stands twice and a base unit that is not one (rule 1)", () => {
    expect(issuesOf(withUnits(unit("CS", 12), unit("CS", 6)))).toEqual([
      ["schema.duplicate", "units.1.uom", { of: "uom", received: "CS", first: 0 }],
    ]);
    expect(withUnits(unit("EA", 1)).ok).toBe(true);
    expect(issuesOf(withUnits(unit("EA", 2, 3)))).toEqual([
      ["schema.inconsistent", "units.0.factor", { rule: "base_unit", expected: "1/1", actual: "2/3" }],
    ]);
  });
  it("wants a trade item number in digits and keeps its zeros (rule 2)", () => {
    const result = parseItem({ ...anyItem(), gtin: "04006381333931" });
    expect(result.ok && result.value.gtin).toBe("04006381333931");
    for (const gtin of ["4006-381", "", "４００"]) {
      expect(refusalOf(parseItem({ ...anyItem(), gtin }))).toEqual(["schema.not_digits gtin"]);
    }
  });
  it("wants a substitute's period to begin before it ends", () => {
    const substitute = {
      itemCode: "SALT",
      ratio: { numerator: 1, denominator: 1 },
      priority: 1,
      consentRequired: false,
      validFrom: "2026-02-01",
      validTo: "2026-02-01",
    };
    expect(issuesOf(parseItem({ ...anyItem(), substitutes: [substitute] }))).toEqual([
      [
        "schema.inconsistent",
        "substitutes.0.validTo",
        { rule: "validity", expected: "after 2026-02-01", actual: "2026-02-01" },
      ],
    ]);
  });
});

describe("parsing prices (mission 3.6)", () => {
  it("wants a period to begin before it ends (rule 1)", () => {
    const period = { validFrom: "2026-02-01", validTo: "2026-01-31" };
    expect(refusalOf(parsePriceEntry({ ...anyPriceEntry(), ...period }))).toEqual(["schema.inconsistent validTo"]);
    expect(parsePriceEntry({ ...anyPriceEntry(), validFrom: "2026-02-01", validTo: "2026-02-02" }).ok).toBe(true);
  });
  it("refuses two prices that differ in the money alone (rule 1)", () => {
    const entry = anyPriceEntry();
    const list = [entry, { ...entry, uom: "CS" }, { ...entry, minQuantity: "0.0", unitPrice: "3" }];
    expect(issuesOf(parsePriceList(list) as never)).toEqual([
      ["schema.duplicate", "2", { of: "price", received: "TEA EA EUR 0", first: 0 }],
    ]);
    for (const other of [
      { itemCode: "SALT" },
      { customerType: "retailer" },
      { paymentTerm: "cash" },
      { uom: "CS" },
      { currency: "USD" },
      { minQuantity: "1" },
      { validFrom: "2026-01-01" },
      { validTo: "2026-01-01" },
    ]) {
      expect(parsePriceList([entry, { ...entry, ...other }]).ok).toBe(true);
    }
  });
});

describe("parsing stock (mission 5.11, 9.7)", () => {
  const position = anyStock({ onHand: "5", reserved: "3", picked: "2" })[0]!;

  it("gives the positions back in their order", () => {
    const stock = anyStock({}, { lotNo: "L1" }, { itemCode: "SALT" });
    expect(parseStock(JSON.parse(JSON.stringify(stock)))).toStrictEqual({ ok: true, value: stock });
    expect(parseStock([])).toStrictEqual({ ok: true, value: [] });
  });
  it("refuses a place that stands twice (rule 1)", () => {
    expect(issuesOf(parseStock([position, { ...position, lotNo: "L" }, position]))).toEqual([
      ["schema.duplicate", "2", { of: "place", received: "TEA NORTH", first: 0 }],
    ]);
  });
  it("wants on hand ≥ reserved ≥ picked ≥ 0 (rule 2)", () => {
    expect(issuesOf(parseStock([{ ...position, onHand: "2" }]))).toEqual([
      ["schema.inconsistent", "0.reserved", { rule: "reserved_within_on_hand", expected: "at most 2", actual: "3" }],
    ]);
    expect(refusalOf(parseStockPosition({ ...position, picked: "3.5" }))).toEqual(["schema.inconsistent picked"]);
    expect(refusalOf(parseStockPosition({ ...position, picked: "-1" }))).toEqual(["schema.negative picked"]);
    expect(parseStockPosition({ ...position, onHand: "3", picked: "3" }).ok).toBe(true);
  });
  it("names the record at fault by its index", () => {
    expect(refusalOf(parseStock([position, 3, { ...position, lotNo: "\n" }]))).toEqual([
      "schema.wrong_type 1",
      "schema.control_character 2.lotNo",
    ]);
  });
  it("wants a list", () => {
    expect(refusalOf(parseStock(position))).toEqual(["schema.wrong_type "]);
    expect(refusalOf(parseStock(undefined))).toEqual(["schema.required "]);
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(refusalOf(parseStock(proxy))).toEqual(["schema.unreadable "]);
  });
});

describe("parsing waves, invoices, sales and history (mission 9.3, 15.1, 12.4b, 11.3)", () => {
  it("wants the name of a time zone, not an offset", () => {
    const [wave] = SAMPLES.deliveryWave as readonly object[];
    for (const timeZone of ["+02:00", "Europe/Nowhere", "", "constructor"]) {
      expect(refusalOf(parseDeliveryWave({ ...wave, timeZone }))).toEqual(["schema.unknown_time_zone timeZone"]);
    }
  });
  it("wants an invoice to sum up (rule 1)", () => {
    const [invoice] = SAMPLES.invoice as readonly object[];
    expect(refusalOf(parseInvoice({ ...invoice, net: "9", payable: "14" }))).toEqual(["schema.inconsistent net"]);
    expect(refusalOf(parseInvoice({ ...invoice, payable: "14" }))).toEqual(["schema.inconsistent payable"]);
    const huge = "9".repeat(30);
    expect(refusalOf(parseInvoice({ ...invoice, net: huge, charges: huge }))).toHaveLength(2);
  });
  it("lets sales records be negative", () => {
    const [record] = SAMPLES.salesRecord as readonly object[];
    const result = parseSalesRecord(record);
    expect(result.ok && [result.value.quantity, result.value.unitPrice]).toEqual(["-6", "-2.5"]);
    expect(refusalOf(parseSalesRecords([record, { ...record, quantity: "x" }]))).toEqual([
      "schema.not_a_decimal 1.quantity",
    ]);
  });
  it("gives a history back as it was stored", () => {
    const { events, movements } = anyOrderHistory();
    expect(parseOrderEvents(JSON.parse(JSON.stringify(events)))).toStrictEqual({ ok: true, value: events });
    expect(parseStockMovements(JSON.parse(JSON.stringify(movements)))).toStrictEqual({ ok: true, value: movements });
  });
  it("knows the types of events and the ten steps", () => {
    const [event] = anyOrderHistory().events;
    expect(refusalOf(parseOrderEvent({ ...event, type: "order_eaten" }))).toEqual(["schema.not_allowed type"]);
    expect(refusalOf(parseOrderEvent({ ...event, step: 11 }))).toEqual(["schema.not_allowed step"]);
    expect(refusalOf(parseOrderEvent({ ...event, step: "1" }))).toEqual(["schema.not_allowed step"]);
    const findings = [{ code: "a", path: [true], params: {}, severity: "error" }];
    expect(refusalOf(parseOrderEvent({ ...event, type: "order_rejected", details: { findings } }))).toEqual([
      "schema.wrong_type details.findings.0.path.0",
    ]);
  });
});
