import {
  add,
  maximum,
  minimum,
  multiply,
  multiplyDivide,
  multiplyRound,
  round,
  scaleOf,
  subtract,
  sum,
  ZERO,
  type Decimal,
  type RoundingMode,
} from "../core/decimal.js";
import { issue, type IssueOf } from "../core/issue.js";
import { ok, refuse, type Result } from "../core/result.js";
import type { PriceSet } from "../model/change.js";
import type { ItemCode, LineId } from "../model/ids.js";
import { inUnitOfOrder, keptInBaseUnit } from "../model/kept-quantity.js";
import type { Masters } from "../model/masters.js";
import { agreedAmount, isFree, isMoreThan } from "../model/agreed-amount.js";
import type { Order, OrderTotals } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import { findPrice, priceQuery } from "./find-price.js";
import type { GivenPromotions, PricedGoods } from "./promotions/give-promotions.js";

/** How prices are taken and rounded. */
export interface PricePolicy {
  /** How half a unit is rounded. */
  readonly rounding: RoundingMode;
  /** Decimals of a line amount; the currency's minor unit when absent. */
  readonly decimals?: number;
  /**
   * Whether a price that came with the order stands (`honour`) or the price structure rules (`replace`). Prices that were
   * promised since then stand either way.
   */
  readonly givenPrice: "honour" | "replace";
}

/** Master files that pricing reads: prices, and what promotions ask of items and customers. */
export type PriceMasters = Pick<Masters, "prices"> & Partial<Pick<Masters, "items" | "customers">>;

/** Why a line has no price. */
export type PriceLineIssue = IssueOf<{
  "price.no_price": { readonly lineId: LineId; readonly itemCode: ItemCode };
  "price.ambiguous": { readonly lineId: LineId; readonly itemCode: ItemCode; readonly prices: readonly Decimal[] };
  "price.discount_exceeds_amount": { readonly lineId: LineId; readonly discount: Decimal; readonly gross: Decimal };
}>;

/** A line with its price and what was agreed, before promotions. */
export interface PricedLine {
  /** The line. */
  readonly line: OrderLine;
  /** Money for one unit of the order. */
  readonly unitPrice: Decimal;
  /** Least money for one unit. */
  readonly floorPrice: Decimal | undefined;
  /** Quantity × price, rounded. */
  readonly gross: Decimal;
  /** The same less the agreed discount, rounded once. */
  readonly amount: Decimal;
}

/** Prices the lines of an order, each by itself, or tells every reason why one cannot be priced. */
export function priceLines(
  order: Order,
  { prices }: Pick<Masters, "prices">,
  policy: PricePolicy,
  decimals: number,
): Result<readonly PricedLine[], PriceLineIssue> {
  const issues: PriceLineIssue[] = [];
  const priced: PricedLine[] = [];
  for (const [position, line] of order.lines.entries()) {
    const price = priceOf(order, line, position, prices, policy);
    if (!price.ok) {
      issues.push(...price.issues);
      continue;
    }
    const { unitPrice, floorPrice } = price.value;
    const exactGross = multiply(line.orderedQty, unitPrice);
    const gross = round(exactGross, decimals, policy.rounding);
    const amount = agreedAmount(line, exactGross, decimals, policy.rounding);
    if (!isFree(line) && isMoreThan(line.discount, exactGross)) {
      const params = { lineId: line.lineId, discount: subtract(gross, amount), gross };
      issues.push(issue("price.discount_exceeds_amount", ["lines", position, "discount"], params));
      continue;
    }
    priced.push({ line, unitPrice, floorPrice, gross, amount });
  }
  return issues.length > 0 ? refuse(issues) : ok(priced);
}

function priceOf(
  { header }: Order,
  line: OrderLine,
  position: number,
  prices: Masters["prices"],
  policy: PricePolicy,
): Result<{ readonly unitPrice: Decimal; readonly floorPrice: Decimal | undefined }, PriceLineIssue> {
  const { lineId, itemCode, unitPrice, priceAgreed = false } = line;
  if (isFree(line)) return ok({ unitPrice: ZERO, floorPrice: undefined });
  const found = findPrice(prices.get(itemCode) ?? [], priceQuery(header, line));
  if (unitPrice !== undefined && (priceAgreed || policy.givenPrice === "honour")) {
    return ok({ unitPrice, floorPrice: found.kind === "found" ? found.floorPrice : undefined });
  }
  switch (found.kind) {
    case "found":
      return ok({ unitPrice: found.unitPrice, floorPrice: found.floorPrice });
    case "none":
      return refuse([issue("price.no_price", ["lines", position, "itemCode"], { lineId, itemCode })]);
    case "ambiguous": {
      const rivals = found.entries.map((entry) => entry.unitPrice);
      return refuse([issue("price.ambiguous", ["lines", position, "itemCode"], { lineId, itemCode, prices: rivals })]);
    }
  }
}

/** Lines of goods as far as the customer keeps them: what promotions are worked out for. */
export function goodsOf(priced: readonly PricedLine[], decimals: number, rounding: RoundingMode): PricedGoods[] {
  return priced.flatMap(({ line, unitPrice, floorPrice, gross, amount }): PricedGoods[] => {
    if (isFree(line)) return [];
    const kept = inUnitOfOrder(line, keptInBaseUnit(line));
    if (kept === ZERO) return [];
    const goods = { line, kept, unitPrice, floorPrice, standing: [] };
    const agreed = subtract(gross, amount);
    if (kept === line.orderedQty) return [{ ...goods, gross, agreed }];
    const grossKept = multiplyRound(kept, unitPrice, decimals, rounding);
    const share = multiplyDivide(agreed, kept, line.orderedQty, Math.max(decimals, scaleOf(agreed)), "down");
    // What is kept is not worth more than the whole line: a cent that rounding leaves on it was given already.
    const least = subtract(grossKept, amount);
    return [{ ...goods, gross: grossKept, agreed: maximum(minimum(share, grossKept), least) }];
  });
}

/** The change that writes prices, what promotions took off, and the totals that follow. */
export function priceSetOf(
  order: Order,
  priced: readonly PricedLine[],
  added: readonly OrderLine[],
  given: GivenPromotions | undefined,
): PriceSet {
  const lines = priced.map(({ line, unitPrice, gross, amount }): PriceSet["lines"][number] => {
    const adjustments = given?.adjustments.get(line.lineId) ?? [];
    const taken = sum(adjustments.map((one) => one.amount));
    return {
      lineId: line.lineId,
      unitPrice,
      allowance: add(subtract(gross, amount), taken),
      lineAmount: subtract(amount, taken),
      ...(adjustments.length === 0 ? {} : { adjustments }),
    };
  });
  const free = added.map(({ lineId }) => ({ lineId, unitPrice: ZERO, allowance: ZERO, lineAmount: ZERO }));
  const net = sum(lines.map(({ lineAmount }) => lineAmount));
  const charges = subtract(sum(order.header.charges.map(({ amount }) => amount)), given?.chargesOff ?? ZERO);
  const totals: OrderTotals = {
    gross: sum(priced.map(({ gross }) => gross)),
    allowances: sum(lines.map(({ allowance }) => allowance)),
    net,
    charges,
    payable: add(net, charges),
  };
  return {
    kind: "price_set",
    lines: [...lines, ...free],
    totals,
    ...(given === undefined ? {} : { promotions: given.promotions }),
  };
}
