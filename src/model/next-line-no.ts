import type { Order } from "./order.js";

/** Number of the next line of an order: one that no line of it has or ever had. */
export function nextLineNo({ lines, lastLineNo = 0 }: Pick<Order, "lines" | "lastLineNo">): number {
  return lines.reduce((last, { lineNo }) => Math.max(last, lineNo), lastLineNo) + 1;
}
