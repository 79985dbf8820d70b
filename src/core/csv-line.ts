/**
 * One row of a CSV text by RFC 4180, with its line break.
 *
 * **Rules**
 * 1. A cell is quoted when it holds a separator, a quote or a line break, or begins with a byte order mark.
 * 2. A row of one empty cell is written as `""`, since an empty line is no row.
 */
export function csvLine(cells: readonly string[], separator: string, lineBreak: string): string {
  if (cells.length === 1 && cells[0] === "") return `""${lineBreak}`;
  const written = cells.map((cell) => (needsQuotes(cell, separator) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return `${written.join(separator)}${lineBreak}`;
}

function needsQuotes(cell: string, separator: string): boolean {
  return cell.includes(separator) || /["\r\n]|^\uFEFF/u.test(cell);
}
