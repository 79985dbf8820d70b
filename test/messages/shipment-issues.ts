import type { Issue } from "../../src/core/issue.js";
import { recordShipment } from "../../src/fulfilment/record-shipment.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";

/** Real issues of goods that come together and would leave in part. */
export function shipmentIssues(): readonly Issue[] {
  const lines = [{ quantities: { picked: "8", backfill: "2" } }];
  const order = anyOrder({ stage: "confirmed", header: { shipComplete: true }, lines });
  const result = recordShipment(order, { shipmentNo: "SH-1", what: "picked" }, anyContext());
  return result.ok ? [] : result.issues;
}
