const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** A row as it was scanned. */
export interface ScannedRow {
  /** The cells, at most as many as were to be kept; one that goes on after its closing quote stands as written. */
  readonly cells: string[];
  /** How many cells there are, kept or not. */
  readonly count: number;
  /** Where the next row begins: after the line break, or at the end of the text. */
  readonly next: number;
  /** Position of the first cell that goes on after its closing quote; -1 when there is none. */
  readonly textAfterQuote: number;
  /** Whether a quoted cell never ends; the row then reaches to the end of the text. */
  readonly isUnclosed: boolean;
  /** Whether nothing at all stands on the line. */
  readonly isBlank: boolean;
}

/**
 * Scans one row of a CSV text.
 *
 * @param text the whole text
 * @param start where the row begins, below the length of the text
 * @param separator UTF-16 code of the separator
 * @param keep greatest number of cells to keep; further ones are counted only
 * @returns the row. Linear in the length of the row.
 */
export function scanCsvRow(text: string, start: number, separator: number, keep: number): ScannedRow {
  const length = text.length;
  const cells: string[] = [];
  let count = 0;
  let textAfterQuote = -1;
  let index = start;
  for (;;) {
    const begin = index;
    let from = index;
    let cell: string | undefined;
    if (index < length && text.charCodeAt(index) === QUOTE) {
      const closing = closingQuote(text, index + 1);
      if (closing < 0) return { cells, count, next: length, textAfterQuote, isUnclosed: true, isBlank: false };
      cell = unquoted(text, index + 1, closing);
      from = closing + 1;
      index = from;
    }
    while (index < length) {
      const code = text.charCodeAt(index);
      if (code === separator || code === LINE_FEED || code === CARRIAGE_RETURN) break;
      index += 1;
    }
    if (cell !== undefined && index > from) {
      if (textAfterQuote < 0) textAfterQuote = count;
      cell = text.slice(begin, index);
    }
    if (count < keep) cells.push(cell ?? text.slice(from, index));
    count += 1;
    if (index >= length || text.charCodeAt(index) !== separator) break;
    index += 1;
  }
  const isBlank = index === start;
  return { cells, count, next: afterLineBreak(text, index), textAfterQuote, isUnclosed: false, isBlank };
}

/** Where a quoted cell ends: at the first quote that is not doubled; -1 when there is none. */
function closingQuote(text: string, from: number): number {
  const length = text.length;
  let quote = text.indexOf('"', from);
  while (quote >= 0 && quote + 1 < length && text.charCodeAt(quote + 1) === QUOTE) quote = text.indexOf('"', quote + 2);
  return quote;
}

function unquoted(text: string, from: number, to: number): string {
  const inner = text.slice(from, to);
  return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
}

function afterLineBreak(text: string, index: number): number {
  if (index >= text.length) return text.length;
  const isPair =
    text.charCodeAt(index) === CARRIAGE_RETURN && index + 1 < text.length && text.charCodeAt(index + 1) === LINE_FEED;
  return index + (isPair ? 2 : 1);
}
