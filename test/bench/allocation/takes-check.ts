/** One take: so much of a lot for a line. */
export interface Take {
  /** Line. */
  readonly lineId: string;
  /** Lot. */
  readonly lotNo: string;
  /** Pieces, in whatever the contender counts with. */
  readonly quantity: { toString: () => string };
}

/** What takes come to, in whatever order they were made: their number, their pieces and a sum of hashes. */
export function takesCheck(takes: Iterable<Take>): string {
  let count = 0;
  let pieces = 0;
  let sum = 0;
  for (const { lineId, lotNo, quantity } of takes) {
    const text = `${lineId} ${lotNo} ${quantity.toString()}`;
    let hash = 0x811c9dc5;
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    count++;
    pieces += Number(quantity.toString());
    sum = (sum + (hash >>> 0)) % 2 ** 32;
  }
  return `${count} takes, ${pieces} pieces, ${sum.toString(16)}`;
}
