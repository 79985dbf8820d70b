import type { CalendarDay } from "../../core/calendar-day.js";
import { add, subtract, ZERO, type Decimal } from "../../core/decimal.js";
import { issue, type IssueOf } from "../../core/issue.js";
import { ok, refuse, type Result } from "../../core/result.js";
import { multiplyRational, rational, type Rational } from "../../core/unit-conversion.js";
import { groupedBy } from "../../core/grouped-by.js";
import { checkNames, type NameIssue } from "../../model/check-names.js";
import { isWithinDigits, TERM_DIGITS } from "../../model/digit-limit.js";
import type { ItemCode, LineId, OrderNo } from "../../model/ids.js";
import type { Item, SubstituteItem } from "../../model/item.js";
import type { Order } from "../../model/order.js";
import type { OrderLine } from "../../model/order-line.js";
import { isDepositDraw } from "../../model/stock-owner.js";
import type { SubstituteProposal } from "../../model/substitute-proposal.js";
import { supplyRuleFaults, type SupplyRule, type SupplyRuleFault } from "../../model/supply-rule.js";
import { freeStockByItem } from "../usable-stock.js";
import { freeUnderRules } from "./free-under-rules.js";
import { paidPriceOf, substitutePrice, type PaidPrice } from "./substitute-price.js";
import type {
  NoSubstitute,
  NoSubstituteReason,
  ProposeSubstitutes,
  ProposeSubstitutesContext,
  SubstituteProposals,
} from "./substitute-proposal.js";
import { greatestExchange } from "./substitute-quantity.js";
import { substituteTerms } from "./substitute-terms.js";
import { commandFaults, type CommandShapeIssue } from "../../model/command-shape.js";
import { substitutesShape } from "../command-shapes.js";

/** Why nothing can be proposed for a line. */
export type ProposeSubstitutesIssue = CommandShapeIssue | NameIssue | ReplaceableIssue | SupplyRuleFault;

/** Why a line cannot be replaced by another item. */
export type ReplaceableIssue = IssueOf<{
  "substitute.unknown_line": { readonly orderNo: OrderNo; readonly lineId: LineId };
  "substitute.gift_line": { readonly lineId: LineId };
  "substitute.customer_owned": { readonly lineId: LineId };
  "substitute.not_short": { readonly lineId: LineId };
}>;

/**
 * Proposes items that could take the place of what a line lacks, the best first, with what each would cost more or less.
 * It changes nothing; `applySubstitution` carries a proposal out.
 *
 * **Rules**
 * 1. A substitute is offered on its days of validity; the substitute of a substitute is one too. A circle is walked once.
 *    What is planned or obsolete is passed over.
 * 2. Ratios are multiplied along the way, exactly. A proposal replaces all that is open or back-filled where that is free
 *    and can be given exactly, else the most that steps and order multiples of both items allow, and says what is still
 *    short. A line that takes all or nothing is replaced in all that it lacks.
 * 3. What suffices comes first, then the shorter way, then the better priority step by step, then the item code. An item
 *    that can be reached in several ways is proposed by the first of them.
 * 4. Consent is needed when one step of the way needs it.
 * 5. The price follows the rule of each step of the way. It is told with the difference for one unit of the order, and in
 *    all: what the new line would cost less what the replaced part costs by price and agreed discount, both rounded to the
 *    minor unit. Without a price of either there is no difference.
 * 6. Of what is free no more is offered than caps and protected minimums of customer groups leave to the customer's group;
 *    an item of which they leave too little is not offered, and it is told how much they keep.
 * 7. Gifts are replaced by the promotion that gives them, and goods that the customer left in store by nobody.
 *
 * @param order as last stored
 * @returns proposals and the items that are not offered, with the reason; or every reason why the line cannot be replaced.
 *   n log n in the entries that can be reached, and the length of their ways.
 *
 * **Source:** mission 8.3, 8.9, 5.9
 * @example
 * ```ts
 * import { calendarDay, decimal, indexMasters, proposeSubstitutes, rational } from "ordercycle";
 * import { anyItem, anyOrder, anyStock } from "ordercycle/testing";
 * const substitutes = [{ itemCode: "CHAI", ratio: rational(3, 2), priority: 1, consentRequired: true }];
 * const { items } = indexMasters({ items: [anyItem({ substitutes }), anyItem({ itemCode: "CHAI" })] });
 * const stock = anyStock({ itemCode: "CHAI", onHand: "20" });
 * const context = { items, stock, today: calendarDay("2026-03-02"), unitPriceOf: () => decimal("2") };
 * const result = proposeSubstitutes(anyOrder(), { proposalId: "SP-1", lineId: "SO-1-1" }, context);
 * const [best] = result.ok ? result.value.proposals : [];
 * [best!.itemCode, best!.replaces, best!.quantity, best!.priceDifference, best!.consentRequired]; // => ["CHAI", "10", "15", "5", true]
 * ```
 */
export function proposeSubstitutes(
  order: Order,
  command: ProposeSubstitutes,
  context: ProposeSubstitutesContext,
): Result<SubstituteProposals, ProposeSubstitutesIssue> {
  const misshapen = commandFaults(command, substitutesShape);
  if (misshapen.length > 0) return refuse(misshapen);
  const { proposalId, lineId } = command;
  const line = order.lines.find((one) => one.lineId === lineId);
  const { protection = [] } = context;
  const issues: ProposeSubstitutesIssue[] = [
    ...checkNames({ proposalId }),
    ...replaceableIssues(order, line, lineId),
    ...supplyRuleFaults(protection, ["protection"]),
  ];
  if (line === undefined || issues.length > 0) return refuse(issues);
  const free = freeStockByItem(context.stock, context.today);
  const rules = groupedBy(protection, ({ itemCode }) => itemCode);
  const rulesOf = (itemCode: ItemCode): readonly SupplyRule[] => rules.get(itemCode) ?? [];
  return ok(rankSubstitutes(order, line, { proposalId, firstRank: 1 }, { ...context, free, rulesOf }));
}

/** Why a line cannot be replaced at all. */
export function replaceableIssues({ orderNo }: Order, line: OrderLine | undefined, lineId: LineId): ReplaceableIssue[] {
  const path = ["lineId"];
  if (line === undefined) return [issue("substitute.unknown_line", path, { orderNo, lineId })];
  return [
    ...(line.giftOf === undefined ? [] : [issue("substitute.gift_line", path, { lineId })]),
    ...(isDepositDraw(line) ? [issue("substitute.customer_owned", path, { lineId })] : []),
    ...(shortOf(line) === ZERO ? [issue("substitute.not_short", path, { lineId })] : []),
  ];
}

/** What of a line another item could take the place of. */
export function shortOf({ quantities }: OrderLine): Decimal {
  return add(quantities.open, quantities.backfill);
}

/** What ranking substitutes rests on: as for a proposal, with what is free already summed. */
export interface RankingFacts extends Omit<ProposeSubstitutesContext, "stock" | "protection"> {
  /** Free quantity by item. */
  readonly free: ReadonlyMap<ItemCode, Decimal>;
  /** Caps and minimums of an item, as they stand. */
  readonly rulesOf: (itemCode: ItemCode) => readonly SupplyRule[];
}

/** The proposals for a line that can be replaced, the best first. */
export function rankSubstitutes(
  order: Order,
  line: OrderLine,
  { proposalId, firstRank }: { readonly proposalId: string; readonly firstRank: number },
  facts: RankingFacts,
): SubstituteProposals {
  const { items, today } = facts;
  const found: Offer[] = [];
  const reasons = new Map<ItemCode, Omit<NoSubstitute, "itemCode">>();
  const seen = new Set([line.itemCode]);
  // Step by step, so that every item is first met on its shortest way, and by the best priority among those.
  let ends: readonly Way[] = [
    {
      itemCode: line.itemCode,
      way: [line.itemCode],
      ratio: rational(1),
      consentRequired: false,
      paid: paidPriceOf(line),
    },
  ];
  while (ends.length > 0) {
    const next: Way[] = [];
    for (const end of ends) {
      const entries = [...(items.get(end.itemCode)?.substitutes ?? [])];
      for (const entry of entries.sort((a, b) => a.priority - b.priority || (a.itemCode < b.itemCode ? -1 : 1))) {
        const { itemCode } = entry;
        if (seen.has(itemCode)) continue;
        if (!isValidOn(entry, today)) {
          reasons.set(itemCode, { code: "not_valid_today" });
          continue;
        }
        seen.add(itemCode);
        const item = items.get(itemCode);
        const way = item === undefined ? undefined : prolonged(end, entry, { order, line }, facts);
        if (way === undefined) {
          reasons.set(itemCode, { code: item === undefined ? "unknown_item" : "out_of_range" });
          continue;
        }
        next.push(way);
        const offer = offerUnderRules(order, line, item as Item, way, facts);
        if ("code" in offer) reasons.set(itemCode, offer);
        else {
          reasons.delete(itemCode);
          found.push(offer);
        }
      }
    }
    ends = next;
  }
  const ranked = [...found.filter(({ suffices }) => suffices), ...found.filter(({ suffices }) => !suffices)];
  return {
    proposals: ranked.map((offer, place) => ({ proposalId: `${proposalId}-${firstRank + place}`, ...offer })),
    notOffered: [...reasons.keys()].sort().map((itemCode) => ({ itemCode, ...reasons.get(itemCode)! })),
  };
}

type Offer = Omit<SubstituteProposal, "proposalId">;

interface Way extends Pick<SubstituteProposal, "itemCode" | "way" | "consentRequired"> {
  readonly ratio: Rational;
  readonly paid: PaidPrice;
}

function isValidOn({ validFrom, validTo }: SubstituteItem, day: CalendarDay): boolean {
  return (validFrom === undefined || validFrom <= day) && (validTo === undefined || day < validTo);
}

/** A way with one step more; undefined when its ratio has more digits than a record may have. */
function prolonged(
  end: Way,
  { itemCode, ratio: step, consentRequired, priceRule = { kind: "own" } }: SubstituteItem,
  { order, line }: { readonly order: Order; readonly line: OrderLine },
  { unitPriceOf }: RankingFacts,
): Way | undefined {
  const ratio = multiplyRational(end.ratio, step);
  if (![ratio.numerator, ratio.denominator].every((term) => isWithinDigits(term, TERM_DIGITS))) return undefined;
  const own = unitPriceOf?.(itemCode, order);
  return {
    itemCode,
    way: [...end.way, itemCode],
    ratio,
    consentRequired: end.consentRequired || consentRequired,
    paid: substitutePrice(line, end.paid, step, priceRule, own),
  };
}

/** What can be offered of what rules leave; where they are why nothing can, which of them and how much they keep. */
function offerUnderRules(
  order: Order,
  line: OrderLine,
  item: Item,
  way: Way,
  { free, rulesOf }: RankingFacts,
): Offer | Omit<NoSubstitute, "itemCode"> {
  const all = free.get(item.itemCode) ?? ZERO;
  const { available, held, limits } = freeUnderRules(all, rulesOf(item.itemCode), order.header.customerClass);
  const offer = offerOf(order, line, item, way, available);
  if (typeof offer !== "string") return offer;
  // The last of them keeps most.
  const limit = limits.at(-1);
  const isHeld = limit !== undefined && typeof offerOf(order, line, item, way, all) !== "string";
  return isHeld ? { code: limit, held } : { code: offer };
}

function offerOf(
  { orderNo, header }: Order,
  line: OrderLine,
  item: Item,
  { paid, ...way }: Way,
  available: Decimal,
): Offer | NoSubstituteReason {
  const { lifeStatus = "active" } = item;
  if (lifeStatus === "planned" || lifeStatus === "obsolete") return "not_orderable";
  if (available === ZERO) return "none_free";
  const short = shortOf(line);
  const exchange = greatestExchange(line, item, { short, available, ratio: way.ratio });
  if (exchange === undefined) return "no_exact_quantity";
  const stillShort = subtract(short, exchange.replaces);
  const suffices = stillShort === ZERO;
  if (!suffices && !line.partialAllowed) return "not_for_all";
  const terms = substituteTerms(line, item, exchange, paid, header.currency);
  if (terms === undefined) return "out_of_range";
  return {
    state: "pending",
    line: { orderNo, lineId: line.lineId },
    customerCode: header.customerCode,
    ...way,
    ...exchange,
    stillShort,
    suffices,
    available,
    ...terms,
  };
}
