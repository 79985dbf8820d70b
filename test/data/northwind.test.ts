import {
  allocateBatch,
  calendarDay,
  confirmOrder,
  decimal,
  enterOrders,
  indexMasters,
  instant,
  isPositive,
  priceOrder,
  reviewOrder,
  sum,
  type AllocationOutcome,
  type Decimal,
  type Issue,
  type Masters,
  type Order,
  type Outcome,
  type Result,
  type RoundingMode,
} from "ordercycle";
import { lateShipments, reorderList } from "ordercycle/reports";
import { beforeAll, describe, expect, it } from "vitest";
import { readNorthwind, type Northwind } from "../../examples/shared/northwind.js";
import { dataSet } from "./data-folder.js";

const set = dataSet("northwind");
const context = { at: instant("1998-05-06T17:00:00Z"), actor: { function: "orderDesk" } };

function granted(result: Result<Outcome, Issue>): Order {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value.order;
}

describe.skipIf(set.isAbsent)(set.title("830 orders of a trading company (mission 4.2, 4.13)"), () => {
  let northwind: Northwind;
  let masters: Masters;
  let entered: readonly Order[];

  /** Prices every order; with 6 decimals nothing is rounded, since prices have 2 and discounts 2. */
  const priced = (rounding: RoundingMode, decimals: number): Order[] =>
    entered.map((order) =>
      granted(priceOrder(order, { ...context, masters, policy: { rounding, decimals, givenPrice: "honour" } })),
    );
  const total = (orders: readonly Order[], part: "gross" | "net" | "charges"): Decimal =>
    sum(orders.map(({ totals }) => totals![part]));

  beforeAll(() => {
    northwind = readNorthwind(set.folder);
    masters = indexMasters(northwind);
    const batch = enterOrders(northwind.drafts, { ...context, masters });
    expect(batch.refused).toEqual([]);
    entered = batch.orders;
  });

  it("has 200 rows whose street holds a bare comma: they are told apart, mended and taken (mission 4.13)", () => {
    const files = northwind.repaired.map(({ file }) => file);
    expect(files.filter((file) => file === "customers.csv").length).toBe(24);
    expect(files.filter((file) => file === "orders.csv").length).toBe(176);
    expect(files.length).toBe(200);
    const order = entered.find(({ orderNo }) => orderNo === "10251");
    expect(order?.header.shipToAddress).toEqual({
      name: "Victuailles en stock",
      street: "2, rue du Commerce",
      city: "Lyon",
      postalCode: "69004",
      country: "France",
    });
    expect(masters.customers.get("VICTE")?.shipToAddress.street).toBe("2, rue du Commerce");
  });

  it("is read and entered without a single rejected row", () => {
    expect(northwind.rejected).toEqual([]);
    expect(northwind.customers.length).toBe(91);
    expect([northwind.items.length, northwind.prices.length, northwind.stock.length]).toEqual([77, 77, 77]);
    expect(entered.length).toBe(830);
    expect(entered.flatMap(({ lines }) => lines).length).toBe(2155);
  });

  it("keeps names beyond ASCII, and has no address field that reads NULL", () => {
    expect(masters.customers.get("TORTU")?.name).toBe("Tortuga Restaurante");
    expect(masters.customers.get("ANATR")?.shipToAddress.city).toBe("México D.F.");
    expect(masters.customers.get("ANATR")?.deliveryAreaPath).toEqual(["Mexico", "México D.F."]);
    expect(JSON.stringify([northwind, entered]).includes('"NULL"')).toBe(false);
  });

  it("comes to the known gross, net and freight, each rounding by its own name (mission 3.6, 5.2)", () => {
    const exact = priced("halfUp", 6);
    expect(total(exact, "gross")).toBe("1354458.59");
    expect(total(exact, "net")).toBe("1265793.0395");
    expect(total(exact, "charges")).toBe("64942.69");
    expect(total(priced("halfUp", 2), "net")).toBe("1265793.29");
    expect(total(priced("halfEven", 2), "net")).toBe("1265793.02");
  });

  it("has 838 lines with a discount", () => {
    const lines = priced("halfUp", 6).flatMap((order) => order.lines);
    expect(lines.filter(({ allowance }) => isPositive(allowance)).length).toBe(838);
  });

  it("was shipped after the wanted day 37 times (mission 18.5)", () => {
    const { rows } = lateShipments(entered, northwind.shipments, { timeZone: "UTC" });
    expect(northwind.shipments.length).toBe(809);
    expect(rows.length).toBe(37);
  });

  it("should buy items 30 and 70 again (mission 18.6)", () => {
    const { rows } = reorderList(northwind.items, northwind.stock);
    expect(rows.map(({ itemCode }) => itemCode)).toEqual(["30", "70"]);
  });

  describe("its open orders, allocated from the units in stock (mission 9.10, 9.12)", () => {
    let outcome: AllocationOutcome;

    beforeAll(() => {
      const shipped = new Set(northwind.shipments.map(({ orderNo }) => orderNo));
      const open = entered.filter(({ orderNo }) => !shipped.has(orderNo));
      expect(open.length).toBe(21);
      // Many lines were sold at the list prices of their day, which are not in the files.
      const policy = {
        requiredFields: ["requestedDeliveryDate", "salespersonCode"] as const,
        priceTolerancePercent: decimal("0"),
        severities: { "review.price_differs": "warning" } as const,
        onError: "returnForCorrection" as const,
      };
      const confirmed = open.map((order) => {
        const reviewed = granted(reviewOrder(order, { ...context, masters, policy }));
        const pricing = { rounding: "halfUp", givenPrice: "honour" } as const;
        return granted(confirmOrder(granted(priceOrder(reviewed, { ...context, masters, policy: pricing })), context));
      });
      expect(new Set(confirmed.map(({ status }) => status))).toEqual(new Set(["confirmed"]));
      outcome = allocateBatch(confirmed, northwind.stock, {
        ...context,
        today: calendarDay("1998-05-06"),
        policy: {
          // The order number comes before the chain's own end, which would look at the day of receipt first.
          priority: [
            { key: "requestedDeliveryDate", direction: "ascending" },
            { key: "orderNo", direction: "ascending" },
          ],
          sourcing: { kind: "nearest", areas: [], otherwise: ["MAIN"] },
          lots: "fifo",
        },
      });
    });

    it("serve 44 lines in full, 13 in part and 16 not at all", () => {
      const { reasons } = outcome;
      const full = reasons.filter(({ short }) => short === "0");
      const none = reasons.filter(({ allocated }) => allocated === "0");
      expect(outcome.refused).toEqual([]);
      expect([reasons.length, full.length, none.length]).toEqual([73, 44, 16]);
      expect(reasons.filter(({ allocated, short }) => isPositive(allocated) && isPositive(short)).length).toBe(13);
    });

    it("get 727 of 1,198 units", () => {
      expect(sum(outcome.reasons.map(({ requested }) => requested))).toBe("1198");
      expect(sum(outcome.orders.flatMap(({ lines }) => lines.map(({ quantities }) => quantities.allocated)))).toBe(
        "727",
      );
      expect(sum(outcome.reasons.map(({ allocated }) => allocated))).toBe("727");
    });

    it("are complete in 6 of 21 cases", () => {
      expect(outcome.orders.filter(({ status }) => status === "allocated").length).toBe(6);
    });

    it("say of every short line that stock ended or was sold out before", () => {
      const codes = outcome.reasons.filter(({ short }) => isPositive(short)).map(({ code }) => code);
      const known = new Set(["served_in_part", "sold_out_by_earlier", "empty_stock"]);
      expect(codes.filter((code) => !known.has(code))).toEqual([]);
      expect(codes.length).toBe(29);
    });
  });
});
