import { decimal } from "../core/decimal.js";
import type { OrderDraft, OrderDraftLine } from "../model/order-draft.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/** What a test may say about an order as it came in; lines may be given in part. */
export interface AnyOrderDraft extends PlainPart<Omit<OrderDraft, "lines">> {
  /** Lines; one of 10 pieces of `TEA` at 2.5 when absent. */
  readonly lines?: readonly PlainPart<OrderDraftLine>[];
}

/**
 * An order as it came in: `SO-1` of customer `C-100` for 10 pieces of `TEA` at 2.5, unless the test says otherwise.
 *
 * @param part what the test cares about
 * @returns the draft
 * @throws RangeError when a quantity or a price is not a decimal
 *
 * **Source:** mission 4.2
 * @example
 * ```ts
 * import { anyOrderDraft } from "ordercycle/testing";
 * const draft = anyOrderDraft({ lines: [{ itemCode: "RICE", quantity: "4.0" }] });
 * [draft.orderNo, draft.lines[0]!.itemCode, draft.lines[0]!.quantity]; // => ["SO-1", "RICE", "4"]
 * ```
 */
export function anyOrderDraft(part: AnyOrderDraft = {}): OrderDraft {
  return complete<OrderDraft>({
    orderNo: "SO-1",
    customerCode: "C-100",
    receivedAt: "2026-03-02T08:00:00.000Z",
    orderDate: "2026-03-02",
    ...part,
    ...(part.charges === undefined ? {} : { charges: part.charges.map((charge) => withDecimals(charge, ["amount"])) }),
    lines: (part.lines ?? [{}]).map(draftLine),
  });
}

function draftLine(part: PlainPart<OrderDraftLine>): OrderDraftLine {
  const line = { itemCode: "TEA", uom: "EA", unitPrice: "2.5", ...part, quantity: decimal(part.quantity ?? "10") };
  return complete<OrderDraftLine>(withDecimals(line, ["unitPrice"]));
}
