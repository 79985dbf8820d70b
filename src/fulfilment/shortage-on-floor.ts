import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { StockMovement } from "../model/movement.js";
import type { OrderLine } from "../model/order-line.js";
import type { OrderNo } from "../model/ids.js";
import { stockSource, type StockSource } from "../model/stock.js";

/** What was found missing on the floor. */
export interface FloorShortage {
  /** Why, in the site's own code (`not_found`, `damaged` …). */
  readonly reason: string;
  /**
   * What becomes of the missing goods in the books: `writeOff` takes them off the stock, so that the next order is not
   * promised goods that are not there; `keep` leaves them, for a site that counts first.
   */
  readonly stock: "writeOff" | "keep";
}

/** Takes missing goods off the stock. */
export function writeOff(
  line: OrderLine,
  source: StockSource,
  quantity: Decimal,
  at: Instant,
  orderNo: OrderNo,
): StockMovement {
  return {
    kind: "write_off",
    itemCode: line.itemCode,
    ...stockSource(source),
    quantity,
    at,
    orderNo,
    lineId: line.lineId,
  };
}
