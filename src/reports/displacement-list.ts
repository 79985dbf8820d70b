import type { CalendarDay } from "../core/calendar-day.js";
import { sum, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Displacement } from "../model/displacement.js";
import type { ItemCode, LineId, OrderNo } from "../model/ids.js";
import { compareText } from "../core/compare-text.js";
import type { Table } from "./table.js";

/** One displacement, as it is printed. */
export interface DisplacementRow {
  /** When it was decided. */
  readonly at: Instant;
  /** Order that was set back. */
  readonly victimOrderNo: OrderNo;
  /** Its line. */
  readonly victimLineId: LineId;
  /** Order that has the goods now. */
  readonly winnerOrderNo: OrderNo;
  /** Its line. */
  readonly winnerLineId: LineId;
  /** Item. */
  readonly itemCode: ItemCode;
  /** Quantity in the base unit. */
  readonly quantity: Decimal;
  /** Day for which the victim was told its goods. */
  readonly oldDate?: CalendarDay;
  /** Day on which it will have them now. */
  readonly newDate?: CalendarDay;
  /** Rule that decided. */
  readonly ruleId: string;
  /** Function that decided, and the person where it is known. */
  readonly decidedBy: string;
  /** What was agreed with the customer. */
  readonly consent?: string;
  /** When the customer was told, or `untold`. */
  readonly told: string;
  /** When the goods were given back. */
  readonly undone?: Instant;
  /** How often the victim had been set back, this time included. */
  readonly times: number;
}

/**
 * Lists who was set back for whom, and which of their customers still have to be told.
 *
 * **Rules**
 * 1. Oldest first; of one instant by winner, victim and item.
 * 2. `times` counts the runs in which the victim's order was set back up to this one: what the key `aged` of the order of
 *    service looks at.
 * 3. Totals: one line for each item.
 * 4. What was undone stands in the list with the instant, and counts neither in `times` nor in the totals.
 *
 * @param ledger displacements, in any order
 * @returns the list. n log n.
 *
 * **Source:** mission 8.7, 7.6; definition B15
 * @example
 * ```ts
 * import { displacementList } from "ordercycle/reports";
 * import { anyDisplacement } from "ordercycle/testing";
 * const { rows, totals } = displacementList([anyDisplacement(), anyDisplacement({ at: "2026-03-03T09:00:00.000Z", quantity: "2" })]);
 * rows.map(({ victimLineId, winnerLineId, quantity, told, times }) => [victimLineId, winnerLineId, quantity, told, times]);
 * // => [["SO-1-1", "SO-9-1", "5", "untold", 1], ["SO-1-1", "SO-9-1", "2", "untold", 2]]
 * totals; // => [{"itemCode": "TEA", "quantity": "7"}]
 * ```
 */
export function displacementList(ledger: readonly Displacement[]): Table<DisplacementRow> {
  const sorted = [...ledger].sort(
    (a, b) =>
      compareText(a.at, b.at) ||
      compareText(a.winner.lineId, b.winner.lineId) ||
      compareText(a.victim.lineId, b.victim.lineId) ||
      compareText(a.itemCode, b.itemCode),
  );
  const runs = new Map<OrderNo, Set<Instant>>();
  const byItem = new Map<ItemCode, Decimal[]>();
  const rows = sorted.map((displacement): DisplacementRow => {
    const { at, victim, winner, itemCode, quantity, ruleId, actor, customerToldAt, undoneAt } = displacement;
    const { oldDate, newDate, consent } = displacement;
    const own = runs.get(victim.orderNo) ?? new Set<Instant>();
    if (undoneAt === undefined) {
      runs.set(victim.orderNo, own.add(at));
      byItem.set(itemCode, [...(byItem.get(itemCode) ?? []), quantity]);
    }
    return {
      at,
      victimOrderNo: victim.orderNo,
      victimLineId: victim.lineId,
      winnerOrderNo: winner.orderNo,
      winnerLineId: winner.lineId,
      itemCode,
      quantity,
      ...(oldDate === undefined ? {} : { oldDate }),
      ...(newDate === undefined ? {} : { newDate }),
      ruleId,
      decidedBy: actor.person === undefined ? actor.function : `${actor.function} ${actor.person}`,
      ...(consent === undefined ? {} : { consent }),
      told: customerToldAt ?? "untold",
      ...(undoneAt === undefined ? {} : { undone: undoneAt }),
      times: own.size,
    };
  });
  return {
    title: "Orders set back",
    columns: [
      { key: "at", heading: "When", align: "left" },
      { key: "victimLineId", heading: "Set back", align: "left" },
      { key: "winnerLineId", heading: "For", align: "left" },
      { key: "itemCode", heading: "Item", align: "left" },
      { key: "quantity", heading: "Quantity", align: "right" },
      { key: "oldDate", heading: "Told for", align: "left" },
      { key: "newDate", heading: "Now on", align: "left" },
      { key: "ruleId", heading: "Rule", align: "left" },
      { key: "decidedBy", heading: "Decided by", align: "left" },
      { key: "consent", heading: "Consent", align: "left" },
      { key: "told", heading: "Customer told", align: "left" },
      { key: "undone", heading: "Undone", align: "left" },
      { key: "times", heading: "Times", align: "right" },
    ],
    rows,
    totals: [...byItem]
      .sort(([a], [b]) => compareText(a, b))
      .map(([itemCode, quantities]) => ({
        itemCode,
        quantity: sum(quantities),
      })),
  };
}
