import type { LineId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { Reprint } from "../model/request.js";

/** Asks for papers that name the lines to be printed anew: pick lists for what is reserved, packing lists for what is picked. */
export function reprints(
  { orderNo, lines }: Order,
  allocated: ReadonlySet<LineId>,
  picked: ReadonlySet<LineId>,
  cause: Reprint["cause"],
): Reprint[] {
  const reprint = (touched: ReadonlySet<LineId>, document: Reprint["document"]): Reprint[] => {
    const lineIds = lines.flatMap(({ lineId }) => (touched.has(lineId) ? [lineId] : []));
    return lineIds.length === 0 ? [] : [{ type: "reprint", orderNo, document, cause, lineIds }];
  };
  return [...reprint(allocated, "pick_list"), ...reprint(picked, "packing_list")];
}
