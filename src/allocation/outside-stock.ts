import { groupedBy } from "../core/grouped-by.js";
import type { LotNo } from "../model/ids.js";
import type { OrderLine } from "../model/order-line.js";
import type { StockPosition } from "../model/stock.js";
import type { BatchColumns } from "./batch-columns.js";
import type { ItemStock } from "./item-stock.js";

/** What lies free of an item where the policy asks nobody. */
interface Outside {
  /** Positions by lot. */
  readonly byLot: ReadonlyMap<LotNo | undefined, readonly StockPosition[]>;
  /** What lives longest of what lines that may take the same could have; undefined for nothing. */
  readonly longestFor: Map<string, StockPosition | undefined>;
}

/**
 * Finds out whether, before the batch began, a line could have taken goods in a warehouse that the policy does not know:
 * free and usable, of its owner, of the lot that it names and one that is for it, where the warehouse may serve it, with
 * enough life. Lines that may take the same share the search.
 *
 * @returns the answer for a line and the stock of its item and owner
 */
export function outsideStock({
  lines,
  eligibility,
  hasLifeFor,
}: Pick<BatchColumns, "lines" | "eligibility" | "hasLifeFor">): (line: number, stock: ItemStock) => boolean {
  const known = new Map<ItemStock, Outside>();
  const longestFor = (line: number, stock: ItemStock): StockPosition | undefined => {
    const outside = known.get(stock) ?? {
      byLot: groupedBy(stock.elsewhere, ({ lotNo }) => lotNo),
      longestFor: new Map<string, StockPosition | undefined>(),
    };
    known.set(stock, outside);
    const { lotNo } = lines[line] as OrderLine;
    const own = eligibility?.outside(line, outside.byLot);
    const question = `${own?.wish ?? ""}\n${lotNo ?? ""}`;
    if (outside.longestFor.has(question)) return outside.longestFor.get(question);
    const named = lotNo === undefined ? stock.elsewhere : (outside.byLot.get(lotNo) ?? []);
    let longest: StockPosition | undefined;
    for (const position of named)
      if (own?.mayTake(position) !== false && (longest === undefined || livesLonger(position, longest)))
        longest = position;
    outside.longestFor.set(question, longest);
    return longest;
  };
  return (line, stock) => {
    const longest = stock.elsewhere.length === 0 ? undefined : longestFor(line, stock);
    return longest !== undefined && (longest.expiresOn === undefined || hasLifeFor(line, longest.expiresOn));
  };
}

function livesLonger({ expiresOn: one }: StockPosition, { expiresOn: other }: StockPosition): boolean {
  return other !== undefined && (one === undefined || one > other);
}
