import { consentShape, sourceShape } from "../model/command-shape.js";
import { DISPUTE_ACTIONS, DISPUTE_REASONS } from "../model/dispute-codes.js";
import type { SurplusAction } from "../model/event.js";
import {
  anything,
  decimalText,
  fields,
  listOf,
  nameText,
  oneOf,
  oneOfAll,
  optional,
  text,
  type Shape,
} from "../model/value-shape.js";
import type { SurplusGoods } from "./delivery-surplus.js";
import type { FloorCount } from "./floor-count.js";
import type { RecordDelivery, SignedLine } from "./record-delivery.js";
import type { RecordLoad } from "./record-load.js";
import type { RecordPick } from "./record-pick.js";
import type { RecordShipment } from "./record-shipment.js";
import type { FloorShortage } from "./shortage-on-floor.js";

// Names – reasons, numbers, who received – are looked at by `checkNames`.

const countsShape: Shape = /* @__PURE__ */ (() =>
  listOf(
    fields<FloorCount>({
      lineId: text,
      source: sourceShape,
      quantity: decimalText,
      shortage: optional(
        fields<FloorShortage>({
          reason: anything,
          stock: oneOf<FloorShortage["stock"]>({ writeOff: true, keep: true }),
        }),
      ),
    }),
  ))();

/** Command of picking. */
export const pickShape: Shape = /* @__PURE__ */ (() => fields<RecordPick>({ counts: countsShape }))();

/** Command of loading. */
export const loadShape: Shape = /* @__PURE__ */ (() =>
  fields<RecordLoad>({ counts: countsShape, vehicleId: optional(nameText) }))();

/** Command of shipping. */
export const shipmentShape: Shape = /* @__PURE__ */ (() =>
  fields<RecordShipment>({
    shipmentNo: anything,
    what: oneOf<RecordShipment["what"]>({ picked: true, loaded: true }),
    lineIds: optional(listOf(text)),
    consent: optional(consentShape),
  }))();

/** Command of delivering. */
export const deliveryShape: Shape = /* @__PURE__ */ (() => {
  const dispute = {
    quantity: decimalText,
    reason: anything,
    reasonCode: optional(oneOfAll(DISPUTE_REASONS)),
    actionCode: optional(oneOfAll(DISPUTE_ACTIONS)),
  };
  return fields<RecordDelivery>({
    receivedBy: optional(text),
    lines: optional(
      listOf(
        fields<SignedLine>({
          lineId: text,
          accepted: decimalText,
          refused: optional(
            fields<NonNullable<SignedLine["refused"]>>({
              ...dispute,
              stock: optional(oneOf({ keep: true, writeOff: true })),
            }),
          ),
          short: optional(fields<NonNullable<SignedLine["short"]>>(dispute)),
          over: optional(
            fields<SurplusGoods>({
              quantity: decimalText,
              reason: anything,
              action: oneOf<SurplusAction>({ keep: true, return: true, bill: true }),
              source: sourceShape,
            }),
          ),
        }),
      ),
    ),
  });
})();
