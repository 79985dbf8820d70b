import path from "node:path";
import { decimal, multiply, parseDecimal } from "../../src/core/decimal.js";
import type { CsvRecord } from "../../src/interchange/csv-table.js";
import { importRows, type ImportOutcome } from "../../src/interchange/import-rows.js";
import { joinLines, type JoinedHeader, type JoinedLines } from "../../src/interchange/join-lines.js";
import type { Customer } from "../../src/model/customer.js";
import type { Item } from "../../src/model/item.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import { parseCustomer } from "../../src/schema/parse-customer.js";
import { parseItem } from "../../src/schema/parse-item.js";
import { parseOrderDraft } from "../../src/schema/parse-order-draft.js";
import { readRecords } from "./data-folder.js";

/** The bicycle maker's orders as typed records, and their rows for what they state of themselves. */
export interface AdventureWorks {
  readonly customers: ImportOutcome<Customer>;
  readonly items: ImportOutcome<Item>;
  /** Header rows with their line rows, and those that did not fit. */
  readonly rows: JoinedLines<CsvRecord, CsvRecord>;
  /** Drafts in the order of `rows.joined`. */
  readonly drafts: ImportOutcome<OrderDraft>;
}

/** Reads the orders. The subset has no customer file: customers are known by the number that the headers give. */
export function readAdventureWorks(folder: string): AdventureWorks {
  const read = (file: string): CsvRecord[] => readRecords(path.join(folder, "oltp", file));
  const headers = read("SalesOrderHeader.csv");
  const rows = joinLines(headers, read("SalesOrderDetail.csv"), {
    header: ({ salesorderid: id }) => id ?? "",
    line: ({ salesorderid: id }) => id ?? "",
  });
  const firstOf = new Map(headers.map((header) => [header.customerid, header]).reverse() as [string, CsvRecord][]);
  return {
    rows,
    customers: importRows([...firstOf.values()], (header) => parseCustomer(customerOf(header))),
    items: importRows(read("Product.csv"), (row) => parseItem(itemOf(row))),
    drafts: importRows(rows.joined, (order) => parseOrderDraft(draftOf(order))),
  };
}

function customerOf({ customerid, accountnumber, shiptoaddressid, territoryid }: CsvRecord): object {
  return {
    customerCode: customerid,
    name: accountnumber,
    shipToAddress: { street: `address ${shiptoaddressid ?? ""}`, city: "", country: `territory ${territoryid ?? ""}` },
    deliveryAreaPath: [`territory ${territoryid ?? ""}`],
    currency: "USD",
  };
}

function itemOf({ ProductID, Name, ReorderPoint }: CsvRecord): object {
  return { itemCode: ProductID, name: Name, baseUom: "EA", reorderLevel: ReorderPoint };
}

function draftOf({ header, lines }: JoinedHeader<CsvRecord, CsvRecord>): object {
  const { salesorderid, customerid, orderdate = "", duedate, salespersonid, taxamt, freight, onlineorderflag } = header;
  return {
    orderNo: salesorderid,
    customerCode: customerid,
    receivedAt: `${orderdate.replace(" ", "T")}Z`,
    orderDate: orderdate.slice(0, 10),
    requestedDeliveryDate: duedate?.slice(0, 10),
    salespersonCode: salespersonid === "" ? undefined : salespersonid,
    channel: onlineorderflag === "t" ? "webShop" : undefined,
    charges: [
      { kind: "tax", amount: taxamt },
      { kind: "freight", amount: freight },
    ],
    lines: lines.map(({ productid, orderqty, unitprice, unitpricediscount }) => ({
      itemCode: productid,
      quantity: orderqty,
      unitPrice: unitprice,
      discount: percentOf(unitpricediscount),
    })),
  };
}

/** The file writes 2 % as 0.02. What is no number is handed on as it stands, for the parser to refuse. */
function percentOf(cell: string | undefined): object | undefined {
  const fraction = parseDecimal(cell);
  if (fraction === "0") return undefined;
  return { kind: "percent", percent: fraction === undefined ? cell : multiply(fraction, decimal("100")) };
}
