import type { Decimal } from "../../core/decimal.js";
import type { ItemCode } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { SupplyRule } from "../../model/supply-rule.js";
import type { AllocationColumns } from "../allocation-columns.js";
import type { BatchColumns } from "../batch-columns.js";
import type { ServedTakes } from "../serve-orders.js";
import { checkSharing } from "./check-sharing.js";
import type { ShareQuota } from "./fair-share-policy.js";
import type { FairShareRule } from "./fair-share-rules.js";
import { joinedTakes } from "./joined-takes.js";
import { scarceItems } from "./scarce-items.js";
import { sharingBoard } from "./sharing-board.js";
import { toldUnits, type GivenUp } from "./told-units.js";
import { unitsOfLines } from "./units-of-lines.js";

/**
 * What is set aside for a customer class before the rule shares out the rest; the lines of the class have it together, and
 * what they do not use goes to the other classes with a quota, in proportion to the quotas.
 *
 * **Source:** mission 9.13; definition B7
 */
export interface ClassQuota extends ShareQuota {
  /** Customer class. */
  readonly customerClass: string;
}

/**
 * How a batch shares out an item of which more is asked for than there is, in place of first come, first served.
 *
 * **Source:** mission 9.13; definition B7
 */
export interface BatchSharing {
  /** Items, each shared out for itself; absent for every item that no entry before it names. */
  readonly itemCodes?: readonly ItemCode[];
  /** Rule. */
  readonly rule: FairShareRule;
  /** Least quantity of a line in the base unit, if any at all. Default none. */
  readonly minimum?: Decimal;
  /** Weights of customer classes, above zero. Default 1. */
  readonly weights?: readonly { readonly customerClass: string; readonly weight: Decimal }[];
  /** Customer classes that are served in full before the next ones get anything; all others come last, together. */
  readonly tiers?: readonly (readonly string[])[];
  /** What is set aside for customer classes: a quantity in the base unit, a percentage of what is free, or a ratio. */
  readonly quotas?: readonly ClassQuota[];
}

/**
 * Serves a batch where the policy has an item shared out.
 *
 * **Rules**
 * 1. Every line of an item of which more is asked for than there is – or than caps and protected minimums of customer groups
 *    leave – gets its share first, and no more. No group shares in more than its cap, nobody in what is kept for others.
 * 2. What comes in full or not at all – lines, delivery groups, orders shipped complete or deferred as a whole – gives up
 *    all that its shares and the stock at its turn cannot complete; that is shared out anew among the others, until nothing
 *    changes. Of several that cannot be complete, the half that is served last gives up first, apart for those that want nothing in common. Each round puts one out at
 *    least, so there are never more rounds than such units.
 * 3. A line that could not get the least that is given gets nothing, in the same way.
 * 4. What is then left – since it stands where some may not take it, or for want of steps – is offered in the order of
 *    service to all who lack something, also to those who gave up; but nobody gets less than the least that is given.
 *    Sourcing that wants all of an order from one warehouse wants all that it still lacks, then; where no warehouse has that,
 *    the rest stays. A later run shares it out anew, so it may give more.
 *
 * @param orders in the order of service
 * @param batch columns built from them
 * @param sharing entries of the policy
 * @param protection caps and minimums of customer groups
 * @param serve the engine
 * @returns the takes, line by line; undefined when nothing has to be shared out. n log n in lines and lots for each round.
 * @throws RangeError for figures with which nothing can be shared out
 * @internal
 */
export function serveShares(
  orders: readonly Order[],
  batch: BatchColumns,
  sharing: readonly BatchSharing[],
  protection: readonly SupplyRule[],
  serve: (columns: AllocationColumns, before?: ServedTakes) => ServedTakes,
): ServedTakes | undefined {
  const [fault] = checkSharing(sharing);
  if (fault !== undefined) throw new RangeError(`Cannot share by ${fault.path.join(".")}: ${fault.code}`);
  if (sharing.length === 0) return undefined;
  const { columns } = batch;
  const together = unitsOfLines(orders, batch);
  const scarce = scarceItems(orders, batch, sharing, protection, together);
  if (scarce.length === 0) return undefined;
  const board = sharingBoard(columns, scarce, together);
  const wanted = Float64Array.from(columns.lineUnits);
  const givenUp: GivenUp[] = [];
  for (;;) {
    const shares = board.settle();
    const { most } = shares;
    const first = serve({
      ...columns,
      lineUnits: wanted.map((units, line) => (most[line]! < 0 ? units : most[line]!)),
    });
    const broken = board.giveUp(first);
    for (const unit of broken) givenUp.push({ ...unit, takes: first });
    if (broken.length > 0) continue;
    const lotUnits = Float64Array.from(columns.lotUnits);
    for (let take = 0; take < first.count; take++) lotUnits[first.lot[take]!]! -= first.units[take]!;
    const lacking = wanted.map((units, line) => (board.isOfferedMore(line) ? units - first.lineTaken[line]! : 0));
    const last = serve({ ...columns, lineUnits: lacking, lotUnits }, first);
    const takes = { ...joinedTakes(first, last, lacking), shares };
    const { units } = together;
    const { isScarce, needOf } = board;
    const { lineItem } = columns;
    return toldUnits({ takes, last, shares, units, givenUp, lineItem, isScarce, needOf });
  }
}
