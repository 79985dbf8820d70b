import { sum, type Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Displacement } from "../model/displacement.js";
import type { OrderNo } from "../model/ids.js";
import { compareText } from "../core/compare-text.js";
import { groupRows } from "./group-rows.js";
import type { Table } from "./table.js";

/** The orders that one decision in favour of one order set aside. */
export interface SetAsideRow {
  /** When it was decided. */
  readonly at: Instant;
  /** Order that was put first. */
  readonly winnerOrderNo: OrderNo;
  /** Rule that decided. */
  readonly ruleId: string;
  /** Orders that were set aside for it, by number. */
  readonly victimOrderNos: readonly OrderNo[];
  /** How many. */
  readonly orders: number;
  /** How many of their customers have not been told. */
  readonly untold: number;
  /** Quantity that they lost, in base units over all items. */
  readonly quantity: Decimal;
}

/**
 * Lists for each order that was put first which orders were set aside for it.
 *
 * **Rules**
 * 1. A row for each instant, winner and rule; oldest first, then by winner and rule.
 * 2. An order counts once in a row, and as untold as long as its customer was not told of all of it.
 * 3. What was undone is not in it.
 *
 * @param ledger displacements, in any order
 * @returns the list. n log n.
 *
 * **Source:** mission 7.6, 8.7; definition B15
 * @example
 * ```ts
 * import { setAsideList } from "ordercycle/reports";
 * import { anyDisplacement } from "ordercycle/testing";
 * const other = anyDisplacement({ victim: { orderNo: "SO-2", lineId: "SO-2-1" }, customerToldAt: "2026-03-02T12:00:00.000Z" });
 * const [row] = setAsideList([other, anyDisplacement()]).rows;
 * [row!.winnerOrderNo, row!.victimOrderNos, row!.untold, row!.quantity]; // => ["SO-9", ["SO-1", "SO-2"], 1, "10"]
 * ```
 */
export function setAsideList(ledger: readonly Displacement[]): Table<SetAsideRow> {
  const keyOf = ({ at, winner, ruleId }: Displacement): string => JSON.stringify([at, winner.orderNo, ruleId]);
  const standing = ledger.filter(({ undoneAt }) => undoneAt === undefined);
  const rows = groupRows(standing, keyOf)
    .map(([, group]): SetAsideRow => {
      const { at, winner, ruleId } = group[0]!;
      const victimOrderNos = [...new Set(group.map(({ victim }) => victim.orderNo))].sort(compareText);
      const untold = group.filter(({ customerToldAt }) => customerToldAt === undefined);
      return {
        at,
        winnerOrderNo: winner.orderNo,
        ruleId,
        victimOrderNos,
        orders: victimOrderNos.length,
        untold: new Set(untold.map(({ victim }) => victim.orderNo)).size,
        quantity: sum(group.map(({ quantity }) => quantity)),
      };
    })
    .sort(
      (a, b) =>
        compareText(a.at, b.at) || compareText(a.winnerOrderNo, b.winnerOrderNo) || compareText(a.ruleId, b.ruleId),
    );
  return {
    title: "Orders set aside for others",
    columns: [
      { key: "at", heading: "When", align: "left" },
      { key: "winnerOrderNo", heading: "Put first", align: "left" },
      { key: "ruleId", heading: "Rule", align: "left" },
      { key: "orders", heading: "Set aside", align: "right" },
      { key: "quantity", heading: "Quantity", align: "right" },
      { key: "untold", heading: "Untold", align: "right" },
      { key: "victimOrderNos", heading: "Orders", align: "left" },
    ],
    rows,
    totals: [],
  };
}
