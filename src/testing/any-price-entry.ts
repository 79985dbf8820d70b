import type { PriceEntry } from "../model/item.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/**
 * An entry of the price list: `TEA` at 2.5 EUR a piece, for everybody and at any time.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the price
 * @throws RangeError when the price or the quantity is not a decimal
 *
 * **Source:** mission 3.6
 * @example
 * ```ts
 * import { anyPriceEntry } from "ordercycle/testing";
 * anyPriceEntry({ unitPrice: "2.40", minQuantity: "100" }).unitPrice; // => "2.4"
 * ```
 */
export function anyPriceEntry(part: PlainPart<PriceEntry> = {}): PriceEntry {
  const entry = { itemCode: "TEA", uom: "EA", currency: "EUR", unitPrice: "2.5", ...part };
  return complete<PriceEntry>(withDecimals(entry, ["minQuantity", "unitPrice", "floorPrice"]));
}
