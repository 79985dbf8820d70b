import { groupedBy } from "../../core/grouped-by.js";
import type { BatchColumns } from "../batch-columns.js";
import type { LineServer } from "../line-server.js";
import type { LotClass } from "./serving-phases.js";

/** Puts lines of an order that may take the same lots into one class; a line of one lot is a class of its own. */
export function lotClasses(
  lines: readonly number[],
  { lines: all, columns, eligibility }: BatchColumns,
  { isOneLot }: LineServer,
): LotClass[] {
  const groups = groupedBy(lines, (line) => {
    const { itemCode, lotNo, lineNo } = all[line]!;
    return JSON.stringify([
      itemCode,
      columns.lineExpiry?.[line] ?? 0,
      columns.lineItem[line],
      eligibility?.wishOf(line) ?? 0,
      lotNo ?? "",
      isOneLot(line) ? lineNo : 0,
    ]);
  });
  return [...groups].map(([name, members]): LotClass => ({
    name,
    itemCode: all[members[0]]!.itemCode,
    line: members[0],
    lines: members,
    isOneLot: isOneLot(members[0]),
  }));
}
