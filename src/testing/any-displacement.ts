import type { Displacement } from "../model/displacement.js";
import { complete, type PlainPart } from "./plain.js";
import { withDecimals } from "./with-decimals.js";

/**
 * A displacement: order `SO-1` lost 5 `TEA` to order `SO-9`, and its customer was not told, unless the test says
 * otherwise.
 *
 * @param part what the test cares about; the rest is filled in
 * @returns the displacement
 *
 * **Source:** mission 8.7; definition B15
 * @example
 * ```ts
 * import { anyDisplacement } from "ordercycle/testing";
 * anyDisplacement({ quantity: "3.50" }).quantity; // => "3.5"
 * ```
 */
export function anyDisplacement(part: PlainPart<Displacement> = {}): Displacement {
  const plain = {
    victim: { orderNo: "SO-1", lineId: "SO-1-1" },
    winner: { orderNo: "SO-9", lineId: "SO-9-1" },
    itemCode: "TEA",
    quantity: "5",
    ruleId: "reconfirm_win",
    actor: { function: "orderDesk" },
    at: "2026-03-02T09:00:00.000Z",
    ...part,
  };
  return complete<Displacement>(withDecimals(plain, ["quantity"]));
}
