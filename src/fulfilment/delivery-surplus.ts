import { add, compare, divideExactly, isPositive, multiply, round, subtract, ZERO } from "../core/decimal.js";
import type { Decimal, RoundingMode } from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { minorUnitOf } from "../core/money.js";
import { ok, type Result } from "../core/result.js";
import { agreedAmount, isFree } from "../model/agreed-amount.js";
import { amendedPrices, type AmendedPriceIssue } from "../model/amended-prices.js";
import { applyChanges, orderedInBaseUnit } from "../model/apply-changes.js";
import type { Bucket } from "../model/bucket.js";
import type { Change, PriceSet } from "../model/change.js";
import type { SurplusAction } from "../model/event.js";
import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { stockKey, stockSource, type StockPosition, type StockSource } from "../model/stock.js";

/** Goods that came beyond what was shipped. */
export interface SurplusGoods {
  /** Quantity in the base unit, positive. */
  readonly quantity: Decimal;
  /** Why, in the site's own code. */
  readonly reason: string;
  /** The customer keeps them for nothing, gives them back, or keeps and pays them. */
  readonly action: SurplusAction;
  /** Place that they came from. */
  readonly source: StockSource;
}

/** Why a surplus is refused. */
export type SurplusIssue =
  | AmendedPriceIssue
  | IssueOf<{
      "deliver.surplus_not_positive": { readonly lineId: LineId; readonly quantity: Decimal };
      "deliver.surplus_not_in_stock": { readonly lineId: LineId; readonly quantity: Decimal; readonly free: Decimal };
      "deliver.surplus_not_billable": { readonly lineId: LineId };
    }>;

/** A line and its surplus. */
export interface LineSurplus {
  /** Line. */
  readonly line: OrderLine;
  /** Surplus. */
  readonly over: SurplusGoods;
  /** Place in the command. */
  readonly path: readonly (string | number)[];
}

/** Holds surpluses against what is free at the places they came from, and against what can be billed. */
export function checkSurpluses(
  { billing }: Order,
  surpluses: readonly LineSurplus[],
  stock: readonly StockPosition[],
): SurplusIssue[] {
  const freeAt = new Map(stock.map((one) => [stockKey(one.itemCode, one), subtract(one.onHand, one.reserved)]));
  return surpluses.flatMap(({ line, over, path }): SurplusIssue[] => {
    const { lineId, itemCode, unitFactor, unitPrice } = line;
    const { quantity, action, source } = over;
    const issues: SurplusIssue[] = [];
    if (!isPositive(quantity)) issues.push(issue("deliver.surplus_not_positive", path, { lineId, quantity }));
    if (action === "return") return issues;
    const key = stockKey(itemCode, source);
    const free = freeAt.get(key) ?? ZERO;
    if (compare(quantity, free) > 0)
      issues.push(issue("deliver.surplus_not_in_stock", path, { lineId, quantity, free }));
    freeAt.set(key, subtract(free, quantity));
    const total = add(orderedInBaseUnit(line), quantity);
    const ordered = divideExactly(multiply(total, unitFactor.denominator), unitFactor.numerator);
    const isBillable =
      ordered !== undefined && unitPrice !== undefined && !isFree(line) && billing.invoices.length === 0;
    if (action === "bill" && !isBillable) issues.push(issue("deliver.surplus_not_billable", path, { lineId }));
    return issues;
  });
}

const STEPS: readonly Bucket[] = ["open", "allocated", "picked", "shipped", "delivered"];

/** The changes by which a surplus that is paid for becomes a part of its line: ordered, taken and handed over at once. */
export function billedSurplus({ line: { lineId }, over }: LineSurplus): Change[] {
  const { quantity } = over;
  const source = stockSource(over.source);
  const moves = STEPS.slice(1).map((to, place) => {
    const from = STEPS[place] as Bucket;
    return { kind: "quantity_moved", lineId, from, to, quantity, source } as const;
  });
  return [{ kind: "quantity_added", lineId, quantity }, ...moves];
}

/** The prices of lines that have grown by a surplus; none for an order without prices. */
export function surplusPrices(
  order: Order,
  changes: readonly Change[],
  lineIds: readonly LineId[],
  rounding: RoundingMode,
): Result<readonly PriceSet[], AmendedPriceIssue> {
  if (order.totals === undefined || lineIds.length === 0) return ok([]);
  const after = applyChanges(order, changes);
  const decimals = minorUnitOf(order.header.currency) ?? 2;
  const amended = after.lines.flatMap((line) => {
    const { lineId, unitPrice = ZERO, orderedQty } = line;
    if (!lineIds.includes(lineId)) return [];
    const exact = multiply(orderedQty, unitPrice);
    const gross = round(exact, decimals, rounding);
    return [{ line, unitPrice, gross, amount: agreedAmount(line, exact, decimals, rounding) }];
  });
  const prices = amendedPrices(order, after.lines, amended);
  return prices.ok ? ok([prices.value]) : prices;
}
