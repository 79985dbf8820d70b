import { checkNames, type NameIssue } from "../../model/check-names.js";
import type { LineName } from "../../model/displacement.js";

/**
 * Holds the name of the line that is to have goods against what the ledger may hold.
 *
 * @param path where it stands in the command
 */
export function checkWinner(winner: LineName | undefined, path: readonly (string | number)[]): NameIssue[] {
  if (winner === undefined) return [];
  // A command from outside may have anything in its place.
  const { orderNo, lineId } = Object(winner) as LineName;
  return checkNames({ orderNo, lineId }).map((found) => ({ ...found, path: [...path, "winner", ...found.path] }));
}
