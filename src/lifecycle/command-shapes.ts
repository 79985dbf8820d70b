import type { HoldableOperation } from "../model/order.js";
import { anything, fields, listOf, oneOf, optional, text, type Shape } from "../model/value-shape.js";
import type { HoldOrder } from "./hold-order.js";
import type { ReleaseHold } from "./release-hold.js";

/** Command of placing a hold; its names are looked at by `checkNames`. */
export const holdShape: Shape = /* @__PURE__ */ (() =>
  fields<HoldOrder>({
    holdId: anything,
    type: anything,
    lineId: optional(text),
    blocks: listOf(
      oneOf<HoldableOperation>({
        confirm: true,
        allocate: true,
        pick: true,
        load: true,
        ship: true,
        deliver: true,
        invoice: true,
        close: true,
      }),
    ),
    reason: anything,
  }))();

/** Command of ending a hold. */
export const holdEndShape: Shape = /* @__PURE__ */ (() =>
  fields<ReleaseHold>({ holdId: text, state: oneOf<ReleaseHold["state"]>({ resolved: true, rejected: true }) }))();
