import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal, isNegative, isPositive, isZero } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { OrderEvent } from "../../src/model/event.js";
import type { SalesRecord } from "../../src/model/sales-record.js";
import { lateShipments } from "../../src/reports/late-shipments.js";
import { reorderList } from "../../src/reports/reorder-list.js";
import { summariseSales } from "../../src/reports/summarise-sales.js";
import { anyItem } from "../../src/testing/any-item.js";
import { anyOrder } from "../../src/testing/any-order.js";
import { anyStock } from "../../src/testing/any-stock.js";

const data = process.env.ORDERCYCLE_DATA ?? "";
const northwind = path.join(data, "northwind");
const onlineRetail = path.join(data, "online-retail", "online-retail.csv.gz");

describe("reports on the Northwind sample", () => {
  it.runIf(existsSync(northwind))("list products 30 and 70 to reorder (mission 18.6)", () => {
    const products = records(readFileSync(path.join(northwind, "products.csv"), "utf8"));
    const items = products.map((product) => ({
      ...anyItem(),
      itemCode: product.productID!,
      reorderLevel: decimal(product.reorderLevel!),
      lifeStatus: product.discontinued === "1" ? ("discontinued" as const) : ("active" as const),
    }));
    const stock = products.map((product) => ({
      ...anyStock()[0]!,
      itemCode: product.productID!,
      onHand: decimal(product.unitsInStock!),
      inbound: decimal("0"),
      onOrder: decimal(product.unitsOnOrder!),
    }));
    expect(reorderList(items, stock).rows.map(({ itemCode }) => itemCode)).toEqual(["30", "70"]);
  });

  it.runIf(existsSync(northwind))("list 37 orders shipped after the required date (mission 18.5)", () => {
    const rows = records(readFileSync(path.join(northwind, "orders.csv"), "utf8"));
    const orders = rows.map(({ orderID, requiredDate }) =>
      anyOrder({ orderNo: orderID!, header: { requestedDeliveryDate: requiredDate!.slice(0, 10) } }),
    );
    const shipped = rows
      .filter(({ shippedDate }) => shippedDate !== "NULL")
      .map(
        ({ orderID, shippedDate }) =>
          ({
            type: "order_shipped",
            orderNo: orderID,
            at: instant(`${shippedDate!.replace(" ", "T")}Z`),
          }) as unknown as OrderEvent,
      );
    expect([orders.length, shipped.length]).toEqual([830, 809]);
    expect(lateShipments(orders, shipped, { timeZone: "UTC" }).rows).toHaveLength(37);
  });
});

describe("reports on half a million lines of a real web shop", () => {
  it.runIf(existsSync(onlineRetail))("sum up the sales history to the penny (mission 18.1, 12.4b)", () => {
    const rows = records(gunzipSync(readFileSync(onlineRetail)).toString("utf8"));
    const summary = summariseSales(rows.map(salesRecord));
    expect(summary).toMatchObject({
      records: 541909,
      documents: 25900,
      items: 4070,
      customers: 4372,
      countries: 38,
      amount: "9747747.934",
    });
    expect(summary.byKind.sale.amount).toBe("10666684.544");
    expect(summary.byKind.credit).toMatchObject({ records: 9288, amount: "-896812.49" });
    expect(summary.byKind.writeOff).toMatchObject({ records: 1336, amount: "0" });
  });
});

function salesRecord(row: Readonly<Record<string, string>>): SalesRecord {
  const { InvoiceNo, StockCode, Quantity, UnitPrice, InvoiceDate, CustomerID, Country } = row;
  const quantity = decimal(Quantity!);
  const unitPrice = decimal(UnitPrice!);
  const isSale = isPositive(quantity) && isPositive(unitPrice);
  const isWriteOff = isNegative(quantity) && isZero(unitPrice);
  const kind = InvoiceNo!.startsWith("C") ? "credit" : isWriteOff ? "writeOff" : isSale ? "sale" : "adjustment";
  return {
    documentNo: InvoiceNo!,
    kind,
    itemCode: StockCode!,
    quantity,
    unitPrice,
    soldOn: calendarDay(InvoiceDate!.slice(0, 10)),
    ...(CustomerID === "" ? {} : { customerCode: CustomerID! }),
    country: Country!,
  };
}

/** Reads CSV with a line of headings. */
function records(text: string): Readonly<Record<string, string>>[] {
  const [headings = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => [...line.matchAll(/("((?:[^"]|"")*)"|[^,]*)(?:,|$)/g)].map((match) => match[2] ?? match[1] ?? ""));
  return rows.map((cells) => Object.fromEntries(headings.map((heading, place) => [heading, cells[place] ?? ""])));
}
