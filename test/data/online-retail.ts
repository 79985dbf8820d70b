import { issue, type IssueOf } from "../../src/core/issue.js";
import { refuse, type Result } from "../../src/core/result.js";
import type { CsvRecord } from "../../src/interchange/csv-table.js";
import type { SalesRecord } from "../../src/model/sales-record.js";
import { parseSalesRecord } from "../../src/schema/parse-sales-record.js";
import type { SchemaIssue } from "../../src/schema/schema-issue.js";

/** Why a row of the export is none. */
export type RetailRowIssue = SchemaIssue | IssueOf<{ "retail.no_time": { readonly received: string } }>;

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}$/;

/**
 * Reads a row of the export. An invoice number that begins with C is a cancellation, with A a correction of debts; what
 * was written off stands on invoices without customer and price.
 */
export function parseRetailRow(row: CsvRecord): Result<SalesRecord, RetailRowIssue> {
  const {
    InvoiceNo = "",
    StockCode,
    Description,
    Quantity = "",
    InvoiceDate = "",
    UnitPrice,
    CustomerID,
    Country,
  } = row;
  const day = LOCAL_TIME.exec(InvoiceDate)?.[1];
  if (day === undefined)
    return refuse([issue("retail.no_time", ["InvoiceDate"], { received: InvoiceDate.slice(0, 40) })]);
  return parseSalesRecord({
    documentNo: InvoiceNo,
    kind: kindOf(InvoiceNo, Quantity),
    itemCode: StockCode,
    itemName: Description === "" ? undefined : Description,
    quantity: Quantity,
    unitPrice: UnitPrice,
    soldOn: day,
    // The export writes the numbers of customers as 17850.0.
    customerCode: CustomerID === "" ? undefined : CustomerID?.replace(/\.0$/, ""),
    country: Country,
  });
}

function kindOf(invoiceNo: string, quantity: string): SalesRecord["kind"] {
  if (invoiceNo.startsWith("C")) return "credit";
  if (invoiceNo.startsWith("A")) return "adjustment";
  return quantity.startsWith("-") ? "writeOff" : "sale";
}
