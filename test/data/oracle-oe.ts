import path from "node:path";
import { ZERO } from "../../src/core/decimal.js";
import { instant } from "../../src/core/instant.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import type { CsvRecord } from "../../src/interchange/csv-table.js";
import { joinLines, type JoinedHeader } from "../../src/interchange/join-lines.js";
import { indexMasters, type Masters } from "../../src/model/masters.js";
import type { OrderDraft } from "../../src/model/order-draft.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { parseCustomer } from "../../src/schema/parse-customer.js";
import { parseItem } from "../../src/schema/parse-item.js";
import { parseOrderDraft } from "../../src/schema/parse-order-draft.js";
import { readRecords } from "./data-folder.js";
import { STATUS_MAPPINGS, type GoodsBucket, type StatusMapping } from "./oracle-status.js";

/** The order entry sample as typed records, and the header rows for what has no field. */
export interface OracleOrders {
  /** Customers and items. */
  readonly masters: Masters;
  /** Orders in the order of their file. */
  readonly orders: readonly { readonly draft: OrderDraft; readonly statedTotal: string; readonly code: string }[];
  /** Lines that order nothing: the parser refuses them, and their orders are taken without them. */
  readonly emptyLines: readonly { readonly orderNo: string; readonly itemCode: string }[];
}

/** Reads the order entry sample. */
export function readOracleOrders(folder: string): OracleOrders {
  const read = (file: string): CsvRecord[] => readRecords(path.join(folder, file));
  const { joined, orphanLines, headersWithoutLines } = joinLines(read("orders.csv"), read("order_items.csv"), {
    header: ({ order_id: id }) => id ?? "",
    line: ({ order_id: id }) => id ?? "",
  });
  if (orphanLines.length + headersWithoutLines.length > 0) throw new Error("Orders and lines do not fit together.");
  const emptyLines: { orderNo: string; itemCode: string }[] = [];
  const draftFrom = (order: JoinedHeader<CsvRecord, CsvRecord>): OrderDraft => {
    const parsed = parseOrderDraft(draftOf(order));
    if (parsed.ok) return parsed.value;
    const isEmpty = (position: number): boolean =>
      parsed.issues.some(
        ({ code, path: [list, at, field] }) =>
          code === "schema.not_positive" && list === "lines" && at === position && field === "quantity",
      );
    for (const [position, { order_id: orderNo = "", product_id: itemCode = "" }] of order.lines.entries()) {
      if (isEmpty(position)) emptyLines.push({ orderNo, itemCode });
    }
    return taken(
      parseOrderDraft(draftOf({ ...order, lines: order.lines.filter((_, position) => !isEmpty(position)) })),
    );
  };
  return {
    emptyLines,
    masters: indexMasters({
      customers: read("customers.csv").map((row) => taken(parseCustomer(customerOf(row)))),
      items: read("products.csv").map((row) => taken(parseItem(itemOf(row)))),
    }),
    orders: joined.map((order) => ({
      draft: draftFrom(order),
      statedTotal: order.header.order_total ?? "",
      code: order.header.order_status ?? "",
    })),
  };
}

/** A priced order in the state that its code tells, as a record to be parsed: nothing here is trusted yet. */
export function migratedOrder(order: Order, mapping: StatusMapping): object {
  const { goods, hold, money, paymentTerm, remark, services, stage, status } = mapping;
  const day = order.header.orderDate;
  const payable = order.totals?.payable ?? ZERO;
  return {
    ...order,
    stage,
    status,
    header: { ...order.header, paymentTerm, remark, deliveryRequirement: services && { services } },
    lines: order.lines.map((line) => lineIn(line, goods, mapping)),
    holds:
      hold === undefined
        ? []
        : [{ ...hold, holdId: "H-1", reason: mapping.meaning, placedAt: order.header.receivedAt, state: "active" }],
    billing: {
      invoicedAmount: money === undefined ? ZERO : payable,
      collectedAmount: money === "paid" ? payable : ZERO,
      invoices:
        money === undefined
          ? []
          : [{ invoiceNo: `I-${order.orderNo}`, issuedOn: day, dueOn: day, charges: ZERO, payable }],
      payments:
        money === "paid" ? [{ paymentId: "P-1", amount: payable, receivedAt: instant(`${day}T23:59:59Z`) }] : [],
    },
  };
}

/** The mapping of a code. */
export function mappingOf(code: string): StatusMapping {
  const mapping = STATUS_MAPPINGS[code];
  if (mapping === undefined) throw new Error(`No status code: ${code}`);
  return mapping;
}

function lineIn(line: OrderLine, goods: GoodsBucket, { money }: StatusMapping): object {
  const quantity = line.orderedQty;
  const isSourced = goods === "shipped" || goods === "delivered";
  return {
    ...line,
    quantities: { ...line.quantities, open: ZERO, [goods]: quantity },
    // From which warehouse the goods were shipped is not in the files.
    reservations: isSourced ? [{ warehouseId: "unknown", quantities: { [goods]: quantity } }] : [],
    invoicedQty: money === undefined ? ZERO : quantity,
  };
}

function customerOf({ customer_id: id, name, city, state, country, credit_limit: limit }: CsvRecord): object {
  return {
    customerCode: id,
    name,
    shipToAddress: { street: "", city, region: state, country },
    deliveryAreaPath: [country, city],
    credit: { limit },
    currency: "USD",
  };
}

function itemOf({ product_id: id, product_name: name, product_status: status }: CsvRecord): object {
  const lifeStatus = status === "orderable" ? "active" : status === "under development" ? "planned" : status;
  return { itemCode: id, name, baseUom: "EA", lifeStatus };
}

function draftOf({ header, lines }: JoinedHeader<CsvRecord, CsvRecord>): object {
  const { order_id: id, order_date: date = "", order_mode: mode, customer_id: customer, sales_rep_id: person } = header;
  return {
    orderNo: id,
    customerCode: customer,
    receivedAt: `${date}Z`,
    orderDate: date.slice(0, 10),
    channel: mode === "online" ? "webShop" : undefined,
    salespersonCode: person === "" ? undefined : person,
    lines: lines.map((line) => ({
      itemCode: line.product_id,
      quantity: line.quantity,
      unitPrice: line.unit_price,
    })),
  };
}

function taken<T>(result: Result<T, Issue>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
