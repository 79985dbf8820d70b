import { readFileSync } from "node:fs";
import path from "node:path";
import {
  decimal,
  multiply,
  parseDecimal,
  type Customer,
  type Issue,
  type Item,
  type OrderDraft,
  type OrderEvent,
  type PriceEntry,
  type Result,
  type StockPosition,
  type Warehouse,
} from "ordercycle";
import { csvRecords, importRows, joinLines, parseCsv, type CsvRecord } from "ordercycle/interchange";
import {
  parseCustomer,
  parseItem,
  parseOrderDraft,
  parseOrderEvent,
  parsePriceEntry,
  parseStockPosition,
  parseWarehouse,
} from "ordercycle/schema";

/** A row of one of the files that could not be taken, and why. */
interface RejectedNorthwindRow {
  /** Name of the file. */
  readonly file: string;
  /** Row, 1 for the first after the header. */
  readonly row: number;
  /** Why. */
  readonly issues: readonly Issue[];
}

/** A row that was damaged and could be mended. */
interface RepairedNorthwindRow {
  /** Name of the file. */
  readonly file: string;
  /** Row, 1 for the first after the header. */
  readonly row: number;
}

/** The trading company Northwind as typed records of the library. */
export interface Northwind {
  readonly customers: readonly Customer[];
  readonly items: readonly Item[];
  readonly prices: readonly PriceEntry[];
  readonly warehouses: readonly Warehouse[];
  readonly stock: readonly StockPosition[];
  /** Orders with their lines, in the order of the file. */
  readonly drafts: readonly OrderDraft[];
  /** Shipments of the past, as events; orders without one are open. The day counts, in UTC. */
  readonly shipments: readonly OrderEvent[];
  /** Rows whose address holds a comma without quotes around it. */
  readonly repaired: readonly RepairedNorthwindRow[];
  /** What could not be taken. */
  readonly rejected: readonly RejectedNorthwindRow[];
}

const CURRENCY = "USD";
const UNIT = "EA";
const WAREHOUSE = "MAIN";

/**
 * Reads the Northwind CSV files of a folder into masters, stock and order drafts.
 *
 * Cells go from text to decimals in the library's parsers and never through a floating-point number.
 */
export function readNorthwind(folder: string): Northwind {
  const rejected: RejectedNorthwindRow[] = [];
  const mendedRows: RepairedNorthwindRow[] = [];
  const read = (file: string): CsvRecord[] => {
    const parsed = parseCsv(readFileSync(path.join(folder, file), "utf8"));
    if (!parsed.ok) throw new Error(`${file}: ${JSON.stringify(parsed.issues)}`);
    const { columns, rows, rejected: damaged } = parsed.value;
    // The rows of a file are put together again in their order, so that a row number still says where to look.
    const all = [...rows];
    for (const { row, cells, issues } of damaged) {
      const mended = withoutBareCommas(columns, cells);
      if (mended === undefined) rejected.push({ file, row, issues });
      else mendedRows.push({ file, row });
      all.splice(row - 1, 0, mended ?? columns.map(() => ""));
    }
    return csvRecords({ columns, rows: all });
  };
  const take = <Row, T, I extends Issue>(
    file: string,
    rows: readonly Row[],
    parse: (row: Row) => Result<T, I>,
  ): readonly T[] => {
    const outcome = importRows(rows, parse);
    rejected.push(...outcome.rejected.map((each) => ({ file, ...each })));
    return outcome.accepted;
  };

  const categories = new Map(read("categories.csv").map((row) => [row.categoryID, row.categoryName]));
  const products = read("products.csv");
  const headers = read("orders.csv");
  const orders = joinLines(headers, read("order-details.csv"), {
    header: ({ orderID }) => orderID ?? "",
    line: ({ orderID }) => orderID ?? "",
  });
  if (orders.orphanLines.length + orders.headersWithoutLines.length + orders.duplicateHeaders.length > 0) {
    throw new Error("orders.csv and order-details.csv do not fit together");
  }
  return {
    customers: take("customers.csv", read("customers.csv"), (row) => parseCustomer(customerOf(row))),
    items: take("products.csv", products, (row) => parseItem(itemOf(row, categories.get(row.categoryID)))),
    prices: take("products.csv", products, (row) => parsePriceEntry(priceOf(row))),
    warehouses: take("products.csv", [{ warehouseId: WAREHOUSE, name: "Northwind" }], (row) => parseWarehouse(row)),
    stock: take("products.csv", products, (row) => parseStockPosition(positionOf(row))),
    drafts: take("orders.csv", orders.joined, ({ header, lines }) => parseOrderDraft(draftOf(header, lines))),
    shipments: take(
      "orders.csv, shipped ones",
      headers.filter(({ shippedDate }) => given(shippedDate) !== undefined),
      (row) => parseOrderEvent(shipmentOf(row)),
    ),
    repaired: mendedRows,
    rejected,
  };
}

/** `…,2, rue du Commerce,Lyon,…`: what is too much belongs to the street, the one cell in which people write commas. */
function withoutBareCommas(columns: readonly string[], cells: readonly string[]): readonly string[] | undefined {
  const street = columns.findIndex((column) => column === "address" || column === "shipAddress");
  const surplus = cells.length - columns.length;
  if (street < 0 || surplus < 1) return undefined;
  const end = street + surplus + 1;
  return [...cells.slice(0, street), cells.slice(street, end).join(","), ...cells.slice(end)];
}

/** The files write the four letters NULL where there is nothing. */
function given(cell: string | undefined): string | undefined {
  return cell === "NULL" ? undefined : cell;
}

/** `1996-07-04 00:00:00.000`: the times are always midnight, so only the day says anything. */
function dayOf(cell: string | undefined): string | undefined {
  return given(cell)?.slice(0, 10);
}

function customerOf(row: CsvRecord): object {
  return {
    customerCode: row.customerID,
    name: row.companyName,
    contact: { name: given(row.contactName), phone: given(row.phone) },
    shipToAddress: {
      name: row.companyName,
      street: row.address,
      city: row.city,
      region: given(row.region),
      postalCode: given(row.postalCode),
      country: row.country,
    },
    deliveryAreaPath: [row.country, row.city],
    currency: CURRENCY,
  };
}

function itemOf(row: CsvRecord, category: string | undefined): object {
  return {
    itemCode: row.productID,
    name: row.productName,
    spec: given(row.quantityPerUnit),
    baseUom: UNIT,
    categories: [category],
    lifeStatus: row.discontinued === "1" ? "discontinued" : "active",
    reorderLevel: row.reorderLevel,
  };
}

function priceOf(row: CsvRecord): object {
  return { itemCode: row.productID, uom: UNIT, currency: CURRENCY, unitPrice: row.unitPrice };
}

function positionOf(row: CsvRecord): object {
  return {
    itemCode: row.productID,
    warehouseId: WAREHOUSE,
    onHand: row.unitsInStock,
    reserved: "0",
    picked: "0",
    inTransit: "0",
    inbound: "0",
    onOrder: row.unitsOnOrder,
  };
}

function draftOf(header: CsvRecord, lines: readonly CsvRecord[]): object {
  const orderDate = dayOf(header.orderDate);
  return {
    orderNo: header.orderID,
    customerCode: header.customerID,
    receivedAt: `${orderDate ?? ""}T00:00:00Z`,
    orderDate,
    requestedDeliveryDate: dayOf(header.requiredDate),
    salespersonCode: given(header.employeeID),
    shipToAddress: {
      name: header.shipName,
      street: header.shipAddress,
      city: header.shipCity,
      region: given(header.shipRegion),
      postalCode: given(header.shipPostalCode),
      country: header.shipCountry,
    },
    charges: [{ kind: "freight", amount: header.freight }],
    lines: lines.map((line) => ({
      itemCode: line.productID,
      quantity: line.quantity,
      uom: UNIT,
      unitPrice: line.unitPrice,
      discount: discountOf(line.discount),
    })),
  };
}

/** The files tell the day of a shipment and the shipper, not what was on it. */
function shipmentOf({ orderID, shippedDate, shipVia }: CsvRecord): object {
  return {
    type: "order_shipped",
    eventId: `${orderID ?? ""}@2`,
    orderNo: orderID,
    version: 2,
    at: `${dayOf(shippedDate) ?? ""}T00:00:00Z`,
    step: 7,
    actor: { function: "transport", person: given(shipVia) },
    customerVisible: true,
    details: { shipmentNo: orderID },
    changes: [],
  };
}

/** The files write 5 % as 0.05. What is no number is handed on as it stands, for the parser to refuse. */
function discountOf(cell: string | undefined): object | undefined {
  const fraction = parseDecimal(cell);
  if (fraction === "0") return undefined;
  return { kind: "percent", percent: fraction === undefined ? cell : multiply(fraction, decimal("100")) };
}
