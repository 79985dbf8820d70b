/** A header with its lines. */
export interface JoinedHeader<Header, Line> {
  /** The header. */
  readonly header: Header;
  /** Its lines, at least one, in the order in which they came. */
  readonly lines: readonly Line[];
}

/** A row that found no counterpart. */
export interface UnjoinedRow<Row> {
  /** Number of the row among those of its kind, from 1. */
  readonly row: number;
  /** The key that it looked for. */
  readonly key: string;
  /** The row. */
  readonly value: Row;
}

/** Headers with their lines, and what did not fit: every header and every line is in exactly one of the lists. */
export interface JoinedLines<Header, Line> {
  /** Headers that have lines, in their order. */
  readonly joined: readonly JoinedHeader<Header, Line>[];
  /** Headers without a line. */
  readonly headersWithoutLines: readonly UnjoinedRow<Header>[];
  /** Headers whose key another one had before. */
  readonly duplicateHeaders: readonly UnjoinedRow<Header>[];
  /** Lines without a header. */
  readonly orphanLines: readonly UnjoinedRow<Line>[];
}

/** How headers and lines find each other. */
export interface JoinKeys<Header, Line> {
  /** Key of a header. */
  readonly header: (header: Header) => string;
  /** Key of the header that a line belongs to. */
  readonly line: (line: Line) => string;
}

/**
 * Brings the lines of a detail file under the headers of a header file, and reports what is left over on either side.
 *
 * **Rules**
 * 1. Lines come under the header with the same key; both keep their order, wherever they stand in their files.
 * 2. A line whose header is missing is reported, never dropped.
 * 3. A header without lines is reported: it may be cancelled, or its lines may have been cut off.
 * 4. Of two headers with one key the first gets the lines, the other is reported.
 *
 * @param headers rows of the header file
 * @param lines rows of the detail file
 * @param keys how the two find each other
 * @returns the headers with their lines, and what did not fit. Linear in headers and lines.
 *
 * **Source:** mission 4.13, 5.1, 5.2
 * @example
 * ```ts
 * import { joinLines } from "ordercycle/interchange";
 *
 * const headers = [{ order: "1" }, { order: "2" }];
 * const lines = [{ order: "2", item: "TEA" }, { order: "3", item: "RICE" }, { order: "2", item: "SALT" }];
 * const result = joinLines(headers, lines, { header: ({ order }) => order, line: ({ order }) => order });
 * result.joined.map(({ header, lines }) => [header.order, lines.map(({ item }) => item)]); // => [["2",["TEA","SALT"]]]
 * result.orphanLines; // => [{"row":2,"key":"3","value":{"order":"3","item":"RICE"}}]
 * result.headersWithoutLines.map(({ key }) => key); // => ["1"]
 * ```
 */
export function joinLines<Header, Line>(
  headers: readonly Header[],
  lines: readonly Line[],
  keys: JoinKeys<Header, Line>,
): JoinedLines<Header, Line> {
  const linesOf = new Map<string, Line[]>();
  const first: UnjoinedRow<Header>[] = [];
  const duplicateHeaders: UnjoinedRow<Header>[] = [];
  for (const [position, header] of headers.entries()) {
    const key = keys.header(header);
    const row = { row: position + 1, key, value: header };
    if (linesOf.has(key)) {
      duplicateHeaders.push(row);
      continue;
    }
    linesOf.set(key, []);
    first.push(row);
  }
  const orphanLines: UnjoinedRow<Line>[] = [];
  for (const [position, line] of lines.entries()) {
    const key = keys.line(line);
    const own = linesOf.get(key);
    if (own === undefined) orphanLines.push({ row: position + 1, key, value: line });
    else own.push(line);
  }
  const joined: JoinedHeader<Header, Line>[] = [];
  const headersWithoutLines: UnjoinedRow<Header>[] = [];
  for (const row of first) {
    const own = linesOf.get(row.key)!;
    if (own.length === 0) headersWithoutLines.push(row);
    else joined.push({ header: row.value, lines: own });
  }
  return { joined, headersWithoutLines, duplicateHeaders, orphanLines };
}
