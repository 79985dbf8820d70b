import { minimum, subtract, type Decimal } from "../core/decimal.js";
import { ok, type Result } from "../core/result.js";
import type { Bucket } from "../model/bucket.js";
import type { Change, LineAdded } from "../model/change.js";
import type { ItemCode, LineId } from "../model/ids.js";
import { keptInBaseUnit } from "../model/kept-quantity.js";
import { lineAmountUpTo, shareDecimals } from "../model/line-amount-up-to.js";
import type { Masters } from "../model/masters.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { postedRounding } from "../model/posted-rounding.js";
import { stockSource, type StockSource } from "../model/stock.js";
import { addedLines, type AddedLineIssue } from "./added-lines.js";
import { priceAmendment, type AmendmentPricing, type PriceAmendmentIssue } from "./price-amendment.js";

/** Goods that the customer did not order and keeps. */
export interface KeptGoods {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Place that they were taken from. */
  readonly source: StockSource;
  /** Quantity in the base unit of the item. */
  readonly quantity: Decimal;
  /** Price agreed for one base unit; from the price structure when absent. */
  readonly unitPrice?: Decimal;
}

/** The line on which goods that the customer keeps are billed. */
export interface BilledGoods {
  /** The line. */
  readonly lineId: LineId;
  /** Its changes: ordered, taken, handed over and priced at once. */
  readonly changes: readonly Change[];
}

const STEPS: readonly Bucket[] = ["open", "allocated", "picked", "shipped", "delivered"];

/**
 * Makes goods that the customer has and keeps a line of their own, handed over already, so that the next invoice bills
 * them. Lines that were invoiced stay as they are.
 *
 * @returns the line and its changes, or every reason why it has no item or no price
 */
export function billedWrongGoods(
  order: Order,
  { itemCode, source, quantity, unitPrice }: KeptGoods,
  { masters, pricing }: { readonly masters: Pick<Masters, "items" | "prices"> } & Pick<AmendmentPricing, "pricing">,
): Result<BilledGoods, AddedLineIssue | PriceAmendmentIssue> {
  const ordered = { itemCode, quantity, ...(unitPrice === undefined ? {} : { unitPrice }) };
  const added = addedLines(order, [ordered], masters);
  if (!added.ok) return added;
  const [{ line }] = added.value as readonly [LineAdded];
  const { lineId } = line;
  const place = stockSource(source);
  const moves = STEPS.slice(1).map((to, step): Change => {
    return { kind: "quantity_moved", lineId, from: STEPS[step] as Bucket, to, quantity, source: place };
  });
  const changes = [...added.value, ...moves];
  const prices = priceAmendment(order, changes, [lineId], { masters, pricing });
  return prices.ok ? ok({ lineId, changes: [...changes, ...prices.value] }) : prices;
}

/**
 * Money that was billed for goods of a line that the customer did not get and will not get.
 *
 * @param line as it was
 * @param quantity what is given up of it, in the base unit
 * @returns money to credit, rounded as the invoices of the order were
 */
export function billedForNothing(order: Order, line: OrderLine, quantity: Decimal): Decimal {
  const rounding = postedRounding(order) ?? "halfUp";
  const decimals = shareDecimals(line, order.header.currency);
  const kept = keptInBaseUnit(line);
  const billed = (rest: Decimal): Decimal => lineAmountUpTo(line, minimum(line.invoicedQty, rest), decimals, rounding);
  return subtract(billed(kept), billed(subtract(kept, quantity)));
}
