import { beforeAll, describe, expect, it } from "vitest";
import { equals, parseDecimal, sum } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import { enterOrders } from "../../src/intake/enter-orders.js";
import { ORDER_STATUSES, type Order } from "../../src/model/order.js";
import { priceOrder } from "../../src/pricing/price-order.js";
import { orderStatusList } from "../../src/reports/order-status-list.js";
import { parseOrder } from "../../src/schema/parse-order.js";
import { dataSet } from "./data-folder.js";
import { mappingOf, migratedOrder, readOracleOrders, type OracleOrders } from "./oracle-oe.js";
import { STATUS_MAPPINGS } from "./oracle-status.js";

const set = dataSet("oracle-oe");
const context = { at: instant("2008-12-31T12:00:00Z"), actor: { function: "orderDesk" } };

describe.skipIf(set.isAbsent)(set.title("105 orders with eleven status codes (mission 4.2, 11.1)"), () => {
  let source: OracleOrders;
  let priced: readonly Order[];

  beforeAll(() => {
    source = readOracleOrders(set.folder);
    const { masters } = source;
    const batch = enterOrders(
      source.orders.map(({ draft }) => draft),
      { ...context, masters },
    );
    expect(batch.refused).toEqual([]);
    priced = batch.orders.map((order) => {
      const policy = { rounding: "halfUp", givenPrice: "honour" } as const;
      const result = priceOrder(order, { ...context, masters, policy });
      if (!result.ok) throw new Error(JSON.stringify(result.issues));
      return result.value.order;
    });
  });

  it("has 319 customers and 288 items, and is entered without a refusal", () => {
    expect([source.masters.customers.size, source.masters.items.size]).toEqual([319, 288]);
    expect(priced.length).toBe(105);
  });

  it("has 665 lines, of which the two that order nothing are refused (mission 4.13)", () => {
    expect(source.emptyLines).toEqual([
      { orderNo: "2454", itemCode: "2293" },
      { orderNo: "2448", itemCode: "3114" },
    ]);
    expect(priced.flatMap(({ lines }) => lines).length).toBe(663);
  });

  it("comes to the stated total on every order, and to 3668054.7 in all (mission 5.2)", () => {
    const differing = priced.filter(
      ({ totals }, position) => !equals(totals!.payable, parseDecimal(source.orders[position]?.statedTotal)!),
    );
    expect(differing.map(({ orderNo }) => orderNo)).toEqual([]);
    expect(sum(priced.map(({ totals }) => totals!.payable))).toBe("3668054.7");
  });

  describe("taken over in the state that its code tells (mission 11.1, 11.2)", () => {
    let migrated: readonly Order[];

    beforeAll(() => {
      migrated = priced.map((order, position) => {
        const result = parseOrder(migratedOrder(order, mappingOf(source.orders[position]!.code)));
        if (!result.ok) throw new Error(JSON.stringify(result.issues));
        return result.value;
      });
    });

    it("maps each of the eleven codes to a status of ours, with a reason", () => {
      const codes = Array.from({ length: 11 }, (_, code) => String(code));
      expect(Object.keys(STATUS_MAPPINGS).sort()).toEqual(codes.sort());
      expect(new Set(source.orders.map(({ code }) => code))).toEqual(new Set(codes));
      for (const { status, reason } of Object.values(STATUS_MAPPINGS)) {
        expect(ORDER_STATUSES).toContain(status);
        expect(reason).not.toBe("");
      }
    });

    it("has the status that papers, goods and money lead to; a code mapped to another one is refused", () => {
      const order = priced[source.orders.findIndex(({ code }) => code === "8")]!;
      const refused = parseOrder(migratedOrder(order, { ...mappingOf("8"), status: "collected" }));
      expect(!refused.ok && refused.issues.map(({ path, params }) => [path, params])).toEqual([
        [["status"], { rule: "status", expected: "shipped", actual: "collected" }],
      ]);
    });

    it("shows 18 orders entered, 16 cancelled, 66 shipped and 5 collected (mission 13.1)", () => {
      const { rows } = orderStatusList(migrated, { asOf: context.at });
      const count = (status: string): number => rows.filter((row) => row.status === status).length;
      expect(rows.length).toBe(105);
      expect(["entered", "cancelled", "shipped", "collected"].map(count)).toEqual([18, 16, 66, 5]);
    });

    it.each([
      ["0", 11],
      ["1", 7],
      ["2", 7],
      ["3", 9],
      ["4", 12],
      ["5", 15],
      ["6", 9],
      ["7", 3],
      ["8", 17],
      ["9", 10],
      ["10", 5],
    ])("code %s: %i orders, all with the status of its mapping", (code, orders) => {
      const own = migrated.filter((_, position) => source.orders[position]?.code === code);
      expect(own.length).toBe(orders);
      expect(new Set(own.map(({ status }) => status))).toEqual(new Set([mappingOf(code).status]));
    });

    it("keeps what the code says besides: the hold, the cause, the service, the payment term, the money", () => {
      const of = (code: string): Order => migrated[source.orders.findIndex((each) => each.code === code)]!;
      expect(of("0").holds.map(({ type, blocks }) => [type, blocks])).toEqual([["entry", ["confirm"]]]);
      expect(of("2").header.remark).toBe("cancelled: bad credit");
      expect(of("7").header.deliveryRequirement).toEqual({ services: ["special"] });
      expect(of("9").header.paymentTerm).toBe("credit");
      expect(of("9").billing.collectedAmount).toBe("0");
      expect(of("10").billing.collectedAmount).toBe(of("10").totals?.payable);
    });
  });
});
