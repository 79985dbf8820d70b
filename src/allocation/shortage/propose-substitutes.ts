import type { CalendarDay } from "../../core/calendar-day.js";
import { add, compare, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import {
  convertQuantity,
  invertRational,
  multiplyRational,
  rational,
  roundRational,
  toExactDecimal,
  type Rational,
} from "../../core/unit-conversion.js";
import { minorUnitOf } from "../../core/money.js";
import type { Currency, ItemCode } from "../../model/ids.js";
import type { Item, SubstituteItem } from "../../model/item.js";
import type { OrderLine } from "../../model/order-line.js";
import type { StockPosition } from "../../model/stock.js";
import { freeStockByItem } from "../usable-stock.js";

/** What proposals of substitutes rest on. */
export interface ProposeSubstitutesContext {
  /** Item master by code. */
  readonly items: ReadonlyMap<ItemCode, Item>;
  /** Positions, each place once. */
  readonly stock: readonly StockPosition[];
  /** Today in the seller's calendar. */
  readonly today: CalendarDay;
  /** Currency of the order. */
  readonly currency: Currency;
  /** Money for one base unit of an item, as this customer would pay it; no price difference is told without it. */
  readonly unitPriceOf?: (itemCode: ItemCode) => Decimal | undefined;
}

/** An item that could take the place of what is short. */
export interface SubstituteProposal {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Items that step in one for another, from the line's item to this one. */
  readonly way: readonly ItemCode[];
  /** Base units of it for one base unit of the line's item, over the whole way. */
  readonly ratio: Rational;
  /** What would be needed of it for all that is short, in its base unit. */
  readonly quantity: Decimal;
  /** What is free of it now. */
  readonly available: Decimal;
  /** Whether that is enough for all that is short. */
  readonly suffices: boolean;
  /** What the customer would pay more, less when negative, for all that is short; absent when a price is not known. */
  readonly priceDifference?: Decimal;
  /** Whether the customer must agree. */
  readonly consentRequired: boolean;
}

/**
 * Proposes items that could take the place of what a line lacks, the best first. It changes nothing.
 *
 * **Rules**
 * 1. A substitute is offered on its days of validity; the substitute of a substitute is one too. A circle is walked once.
 * 2. Ratios are multiplied along the way, exactly. An item of which the needed quantity has no exact decimal, or is no
 *    multiple of its step, is not proposed; neither is one of which nothing is free.
 * 3. What suffices comes first, then the shorter way, then the better priority step by step, then the item code. An item
 *    that can be reached in several ways is proposed by the first of them.
 * 4. Consent is needed when one step of the way needs it.
 * 5. The difference is what the needed quantity costs, less what the short quantity costs at the line's price, each rounded
 *    to the minor unit.
 *
 * @param line the line that is short: what is open or back-filled is to be replaced
 * @returns proposals, the best first; none when nothing is short. n log n in the entries that can be reached, and the
 *   length of their ways.
 * @throws RangeError when the ratios of a way multiply beyond 30 digits
 *
 * **Source:** mission 8.3, 5.9
 * @example
 * ```ts
 * import { calendarDay, decimal, indexMasters, proposeSubstitutes, rational } from "ordercycle";
 * import { anyItem, anyOrder, anyStock } from "ordercycle/testing";
 * const substitutes = [{ itemCode: "CHAI", ratio: rational(3, 2), priority: 1, consentRequired: true }];
 * const { items } = indexMasters({ items: [anyItem({ substitutes }), anyItem({ itemCode: "CHAI" })] });
 * const stock = anyStock({ itemCode: "CHAI", onHand: "20" });
 * const context = { items, stock, today: calendarDay("2026-03-02"), currency: "EUR", unitPriceOf: () => decimal("2") };
 * const [best] = proposeSubstitutes(anyOrder().lines[0]!, context);
 * [best!.itemCode, best!.quantity, best!.suffices, best!.priceDifference, best!.consentRequired]; // => ["CHAI", "15", true, "5", true]
 * ```
 */
export function proposeSubstitutes(line: OrderLine, context: ProposeSubstitutesContext): SubstituteProposal[] {
  const { items, today, stock } = context;
  const short = add(line.quantities.open, line.quantities.backfill);
  if (short === ZERO) return [];
  const free = freeStockByItem(stock, today);
  const proposals: SubstituteProposal[] = [];
  const seen = new Set([line.itemCode]);
  // Step by step, so that every item is first met on its shortest way, and by the best priority among those.
  let ends: readonly Way[] = [{ itemCode: line.itemCode, way: [], ratio: rational(1), consentRequired: false }];
  while (ends.length > 0) {
    const next: Way[] = [];
    for (const end of ends) {
      const valid = (items.get(end.itemCode)?.substitutes ?? []).filter((entry) => isValidOn(entry, today));
      for (const entry of [...valid].sort((a, b) => a.priority - b.priority || (a.itemCode < b.itemCode ? -1 : 1))) {
        const item = items.get(entry.itemCode);
        if (item === undefined || seen.has(entry.itemCode)) continue;
        seen.add(entry.itemCode);
        const way: Way = {
          itemCode: entry.itemCode,
          way: [...end.way, end.itemCode],
          ratio: multiplyRational(end.ratio, entry.ratio),
          consentRequired: end.consentRequired || entry.consentRequired,
        };
        next.push(way);
        const available = free.get(entry.itemCode) ?? ZERO;
        const quantity = quantityOf(item, short, way.ratio);
        if (available === ZERO || quantity === undefined) continue;
        const difference = differenceOf(line, { short, quantity, itemCode: entry.itemCode }, context);
        proposals.push({
          ...way,
          way: [...way.way, entry.itemCode],
          quantity,
          available,
          suffices: compare(available, quantity) >= 0,
          ...(difference === undefined ? {} : { priceDifference: difference }),
        });
      }
    }
    ends = next;
  }
  return [...proposals.filter(({ suffices }) => suffices), ...proposals.filter(({ suffices }) => !suffices)];
}

type Way = Pick<SubstituteProposal, "itemCode" | "way" | "ratio" | "consentRequired">;

function isValidOn({ validFrom, validTo }: SubstituteItem, day: CalendarDay): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day < validTo);
}

function quantityOf({ quantum }: Item, short: Decimal, ratio: Rational): Decimal | undefined {
  const quantity = convertQuantity(short, ratio);
  if (quantum !== undefined) {
    const steps = toExactDecimal(multiplyRational(quantity, invertRational(rational(quantum))));
    if (steps === undefined || steps.includes(".")) return undefined;
  }
  return toExactDecimal(quantity);
}

function differenceOf(
  { unitPrice, unitFactor }: OrderLine,
  { short, quantity, itemCode }: { readonly short: Decimal; readonly quantity: Decimal; readonly itemCode: ItemCode },
  { unitPriceOf, currency }: ProposeSubstitutesContext,
): Decimal | undefined {
  const price = unitPriceOf?.(itemCode);
  if (price === undefined || unitPrice === undefined) return undefined;
  const decimals = minorUnitOf(currency) ?? 2;
  const inUnits = multiplyRational(convertQuantity(short, invertRational(unitFactor)), rational(unitPrice));
  const before = roundRational(inUnits, decimals, "halfUp");
  return subtract(roundRational(convertQuantity(quantity, rational(price)), decimals, "halfUp"), before);
}
