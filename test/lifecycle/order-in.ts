import type { Order, OrderStatus } from "../../src/model/order.js";
import { anyOrder } from "../../src/testing/index.js";

const SIGNED = { quantities: { delivered: "10" }, invoicedQty: "10" };
const PAID = {
  invoices: [{ invoiceNo: "I-1", issuedOn: "2026-03-01", dueOn: "2026-03-31", charges: "0", payable: "25" }],
  payments: [{ paymentId: "P-1", amount: "25", receivedAt: "2026-03-01T10:00:00.000Z" }],
};

/** An order with all of its quantity and money where each status wants them. */
const ORDERS: Readonly<Record<OrderStatus, () => Order>> = {
  entered: () => anyOrder({ stage: "entered" }),
  returnedForCorrection: () => anyOrder({ stage: "returnedForCorrection" }),
  rejected: () => anyOrder({ stage: "rejected" }),
  confirmed: () => anyOrder({ stage: "confirmed" }),
  allocated: () => anyOrder({ stage: "confirmed", lines: [{ quantities: { allocated: "10" } }] }),
  picked: () => anyOrder({ stage: "confirmed", lines: [{ quantities: { picked: "10" } }] }),
  shipped: () => anyOrder({ stage: "confirmed", lines: [{ quantities: { shipped: "10" } }] }),
  collected: () => anyOrder({ stage: "confirmed", lines: [SIGNED], billing: PAID }),
  closed: () => anyOrder({ stage: "closed", lines: [SIGNED], billing: PAID }),
  cancelled: () => anyOrder({ stage: "confirmed", lines: [{ quantities: { cancelled: "10" } }] }),
};

/** An order of ten pieces at 2.5 that has the status. */
export function orderIn(status: OrderStatus): Order {
  return ORDERS[status]();
}
