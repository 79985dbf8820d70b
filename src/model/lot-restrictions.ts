import type { BarredLot, LotBarCode } from "./allocation-reason.js";
import type { CustomerCode, ItemCode, LotNo } from "./ids.js";
import type { OrderHeader } from "./order.js";

/**
 * For whom a lot may be used: released for some countries only, recalled in one, kept for a customer, not to be sent to
 * another. Whoever meets all that is said of a lot may have it; a lot that is not listed is for all.
 *
 * **Source:** mission 9.9; definition B5
 */
export interface LotRestriction {
  /** Item. */
  readonly itemCode: ItemCode;
  /** Lot, in every warehouse and bin. */
  readonly lotNo: LotNo;
  /** Only into these delivery areas, large to small; each stands for all areas below it. */
  readonly onlyAreas?: readonly (readonly string[])[];
  /** Not into these. An order whose area ends before it says whether it lies in one is kept off as well. */
  readonly notAreas?: readonly (readonly string[])[];
  /** Only for these customers. */
  readonly onlyCustomers?: readonly CustomerCode[];
  /** Not for these. */
  readonly notCustomers?: readonly CustomerCode[];
}

/** Who asks for a lot. */
type LotAsker = Pick<OrderHeader, "customerCode" | "deliveryAreaPath">;

/** The lots of an item that an order may not have, each with the first reason that applies; in the order of the list. */
export type BarredLotsOf = (asker: LotAsker, itemCode: ItemCode) => readonly BarredLot[];

const NONE: readonly BarredLot[] = [];

/**
 * Makes ready what is said of lots.
 *
 * @returns answers in the number of the item's restrictions and their areas
 */
export function lotRestrictions(restrictions: readonly LotRestriction[]): BarredLotsOf {
  const rulesOf = new Map<ItemCode, [LotNo, (header: LotAsker) => LotBarCode | undefined][]>();
  for (const restriction of restrictions) {
    const { itemCode, lotNo } = restriction;
    const known = rulesOf.get(itemCode) ?? [];
    known.push([lotNo, barOf(restriction)]);
    rulesOf.set(itemCode, known);
  }
  return (header, itemCode) =>
    rulesOf.get(itemCode)?.flatMap(([lotNo, bar]): BarredLot[] => {
      const code = bar(header);
      return code === undefined ? [] : [{ lotNo, code }];
    }) ?? NONE;
}

function barOf({
  onlyAreas,
  notAreas = [],
  onlyCustomers,
  notCustomers = [],
}: LotRestriction): (header: LotAsker) => LotBarCode | undefined {
  const only = onlyCustomers && new Set(onlyCustomers);
  const not = new Set(notCustomers);
  return ({ customerCode, deliveryAreaPath }) => {
    if (onlyAreas?.some((area) => begins(area, deliveryAreaPath)) === false) return "lot_not_for_area";
    if (notAreas.some((area) => begins(area, deliveryAreaPath) || begins(deliveryAreaPath, area)))
      return "lot_not_for_area";
    return only?.has(customerCode) === false || not.has(customerCode) ? "lot_not_for_customer" : undefined;
  };
}

/** Whether an area is another one, or has it below. */
function begins(area: readonly string[], path: readonly string[]): boolean {
  return area.every((part, level) => path[level] === part);
}
