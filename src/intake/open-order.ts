import { isPositive, ZERO, type Decimal } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import { withoutGaps } from "../core/without-gaps.js";
import type { Customer } from "../model/customer.js";
import type { CustomerCode, DeliveryWaveId, ItemCode, OrderNo, Uom } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import { baseQuantityOf, newOrderLine } from "../model/new-order-line.js";
import type { OrderDraft, OrderDraftLine } from "../model/order-draft.js";
import type { Order, OrderHeader, Provenance } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";

/** Why a draft cannot become an order. */
export type OpenOrderIssue = IssueOf<{
  "enter.unknown_customer": { readonly customerCode: CustomerCode };
  "enter.unknown_wave": { readonly deliveryWaveId: DeliveryWaveId };
  "enter.no_lines": { readonly orderNo: OrderNo };
  "enter.duplicate_line_no": { readonly lineNo: number };
  "enter.unknown_item": { readonly itemCode: ItemCode };
  "enter.unknown_unit": { readonly itemCode: ItemCode; readonly uom: Uom; readonly known: readonly Uom[] };
  "enter.quantity_not_positive": { readonly itemCode: ItemCode; readonly quantity: Decimal };
  "enter.quantity_out_of_range": {
    readonly itemCode: ItemCode;
    readonly quantity: Decimal;
    readonly baseUom: Uom;
  };
  "enter.quantity_not_exact": { readonly itemCode: ItemCode; readonly quantity: Decimal; readonly uom: Uom };
}>;

/**
 * Makes an order of a draft and the masters: what the customer left open is recalled from the customer master, every
 * field remembers where it came from, and quantities are brought to the base unit exactly.
 *
 * @returns the order at version 0, stage `entered`, or every reason why it cannot be one
 */
export function openOrder(draft: OrderDraft, masters: Masters): Result<Order, OpenOrderIssue> {
  const issues: OpenOrderIssue[] = [];
  const customer = masters.customers.get(draft.customerCode);
  if (customer === undefined) {
    issues.push(issue("enter.unknown_customer", ["customerCode"], { customerCode: draft.customerCode }));
  }
  const { deliveryWaveId } = draft;
  if (deliveryWaveId !== undefined && !masters.deliveryWaves.has(deliveryWaveId)) {
    issues.push(issue("enter.unknown_wave", ["deliveryWaveId"], { deliveryWaveId }));
  }
  if (draft.lines.length === 0) issues.push(issue("enter.no_lines", ["lines"], { orderNo: draft.orderNo }));
  const taken = new Set<number>();
  const lines: OrderLine[] = [];
  for (const [position, draftLine] of draft.lines.entries()) {
    const lineNo = draftLine.lineNo ?? position + 1;
    if (taken.has(lineNo)) issues.push(issue("enter.duplicate_line_no", ["lines", position, "lineNo"], { lineNo }));
    taken.add(lineNo);
    const line = openLine(draft, draftLine, { position, lineNo, customer, masters });
    if (line.ok) lines.push(line.value);
    else issues.push(...line.issues);
  }
  if (issues.length > 0 || customer === undefined) return refuse(issues);
  const { header, provenance } = openHeader(draft, customer);
  return ok({
    orderNo: draft.orderNo,
    version: 0,
    status: "entered",
    stage: "entered",
    header,
    lines: lines.sort((a, b) => a.lineNo - b.lineNo),
    holds: [],
    billing: { invoicedAmount: ZERO, collectedAmount: ZERO, invoices: [], payments: [] },
    provenance,
  });
}

interface LinePlace {
  readonly position: number;
  readonly lineNo: number;
  readonly customer: Customer | undefined;
  readonly masters: Masters;
}

function openLine(draft: OrderDraft, given: OrderDraftLine, place: LinePlace): Result<OrderLine, OpenOrderIssue> {
  const { position, lineNo, customer, masters } = place;
  const { itemCode, quantity } = given;
  const item = masters.items.get(itemCode);
  if (item === undefined) return refuse([issue("enter.unknown_item", ["lines", position, "itemCode"], { itemCode })]);
  if (!isPositive(quantity)) {
    return refuse([issue("enter.quantity_not_positive", ["lines", position, "quantity"], { itemCode, quantity })]);
  }
  const uom = given.uom ?? item.baseUom;
  const base = baseQuantityOf(item, quantity, uom);
  switch (base.kind) {
    case "unknown_unit":
      return refuse([issue("enter.unknown_unit", ["lines", position, "uom"], { itemCode, uom, known: base.known })]);
    case "not_exact":
      return refuse([issue("enter.quantity_not_exact", ["lines", position, "quantity"], { itemCode, quantity, uom })]);
    case "out_of_range": {
      const params = { itemCode, quantity: base.quantity, baseUom: item.baseUom };
      return refuse([issue("enter.quantity_out_of_range", ["lines", position, "quantity"], params)]);
    }
    case "exact":
      break;
  }
  const { itemName, unitPrice, discount, deliveryGroup, lotNo, oneLotOnly } = given;
  const minimumRemainingLifeDays = customer?.minimumRemainingLifeDays;
  const shortageOffers = given.shortageOffers ?? draft.shortageOffers ?? customer?.shortageOffers;
  return ok(
    newOrderLine(item, base, {
      lineId: `${draft.orderNo}-${lineNo}`,
      lineNo,
      transactionCategory: given.transactionCategory ?? "sale",
      orderedQty: quantity,
      uom,
      ...(itemName === undefined ? {} : { itemName }),
      ...(unitPrice === undefined ? {} : { unitPrice }),
      ...(discount === undefined ? {} : { discount }),
      partialAllowed: draft.partialAllowed ?? customer?.partialAllowed ?? true,
      shortagePolicy: given.shortagePolicy ?? draft.shortagePolicy ?? customer?.shortagePolicy ?? "leaveOpen",
      ...(shortageOffers === undefined ? {} : { shortageOffers }),
      ...(minimumRemainingLifeDays === undefined ? {} : { minimumRemainingLifeDays }),
      ...(deliveryGroup === undefined ? {} : { deliveryGroup }),
      ...(lotNo === undefined ? {} : { lotNo }),
      ...(oneLotOnly === undefined ? {} : { oneLotOnly }),
    }),
  );
}

/** Fields of the header that the customer master can supply when the draft leaves them open. */
function openHeader(draft: OrderDraft, customer: Customer): Pick<Order, "header" | "provenance"> {
  const provenance: Record<string, Provenance> = {};
  const recall = <Value>(field: string, given: Value | undefined, master: Value | undefined): Value | undefined => {
    if (given !== undefined) provenance[field] = "given";
    else if (master !== undefined) provenance[field] = "master";
    return given ?? master;
  };
  const rule = <Value>(field: string, value: Value): Value => {
    provenance[field] = "rule";
    return value;
  };
  const header: OrderHeader = withoutGaps({
    deliveryWaveId: recall("deliveryWaveId", draft.deliveryWaveId, undefined),
    orderDate: draft.orderDate,
    receivedAt: draft.receivedAt,
    paymentMeans: recall("paymentMeans", draft.paymentMeans, customer.paymentMeans),
    paymentTerm: recall("paymentTerm", draft.paymentTerm, customer.paymentTerm),
    customerCode: draft.customerCode,
    customerName: recall("customerName", draft.customerName, customer.name) ?? customer.name,
    customerType: recall("customerType", undefined, customer.customerType),
    customerClass: recall("customerClass", undefined, customer.customerClass),
    creditRating: recall("creditRating", undefined, customer.credit?.rating),
    salespersonCode: recall("salespersonCode", draft.salespersonCode, customer.salespersonCode),
    deliveryRequirement: recall("deliveryRequirement", draft.deliveryRequirement, customer.deliveryRequirement),
    customerPoNo: recall("customerPoNo", draft.customerPoNo, undefined),
    requestedDeliveryDate: recall("requestedDeliveryDate", draft.requestedDeliveryDate, undefined),
    remark: recall("remark", draft.remark, undefined),
    shipToAddress: recall("shipToAddress", draft.shipToAddress, customer.shipToAddress) ?? customer.shipToAddress,
    deliveryAreaPath: recall("deliveryAreaPath", draft.deliveryAreaPath, customer.deliveryAreaPath) ?? [],
    // The restriction of the master is that of the usual street.
    vehicleRestriction: recall(
      "vehicleRestriction",
      draft.vehicleRestriction,
      draft.shipToAddress === undefined ? customer.vehicleRestriction : undefined,
    ),
    orderSource: recall("orderSource", draft.orderSource, undefined),
    channel: recall("channel", draft.channel, undefined),
    currency: recall("currency", draft.currency, customer.currency) ?? customer.currency,
    charges: recall("charges", draft.charges, undefined) ?? rule("charges", []),
    preBooked: recall("preBooked", draft.preBooked, undefined),
    shipComplete: recall("shipComplete", draft.shipComplete, customer.shipComplete),
    couponCodes: recall("couponCodes", draft.couponCodes, undefined),
    giftChoices: recall("giftChoices", draft.giftChoices, undefined),
  });
  return { header, provenance };
}
