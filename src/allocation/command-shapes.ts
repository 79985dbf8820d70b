import { consentShape, sourceShape } from "../model/command-shape.js";
import type { ShortageOffer } from "../model/customer.js";
import type { LineName } from "../model/displacement.js";
import type { OrderEvent } from "../model/event.js";
import type { ShortageCause } from "../model/order-line.js";
import type { ReallocationProposal, ReallocationTransfer } from "../model/reallocation-proposal.js";
import type { PlacedQuantity } from "../model/reserved-places.js";
import type { WantedGoods } from "../model/wanted-goods.js";
import {
  anything,
  decimalText,
  fields,
  listOf,
  oneOf,
  optional,
  text,
  type Shape,
  nameText,
  quantityText,
} from "../model/value-shape.js";
import type { LineToRelease, ReleaseReservation } from "./release/release-reservation.js";
import type { ReleaseReservations } from "./release/release-policy.js";
import type { ApplyReallocations } from "./shortage/apply-reallocations.js";
import type { ApplySubstitution } from "./shortage/apply-substitution.js";
import type { DecideShortages } from "./shortage/decide-shortages.js";
import type { TurnedDownOffer } from "./shortage/decide-shortages-context.js";
import type { DeferOrder } from "./shortage/defer-order.js";
import type { MergeIntoNextOrder } from "./shortage/merge-into-next-order.js";
import type { ProposeReallocation } from "./shortage/reallocation-proposal.js";
import type { UndoReallocation } from "./shortage/undo-reallocation.js";
import type { ProposeSubstitutes } from "./shortage/substitute-proposal.js";

// Names – reasons, ids of runs – are looked at by `checkNames`; events come through their parsers.

const PRICES = { keep: true, renew: true };

/** Consents. */
const consentsShape: Shape = /* @__PURE__ */ (() => listOf(consentShape))();

/** Command of giving back. */
export const releaseShape: Shape = /* @__PURE__ */ (() =>
  fields<ReleaseReservation>({
    reason: anything,
    lines: optional(
      listOf(fields<LineToRelease>({ lineId: text, quantity: optional(decimalText), source: optional(sourceShape) })),
    ),
    rest: optional(oneOf<NonNullable<ReleaseReservation["rest"]>>({ mayWait: true })),
    winner: anything,
  }))();

/** Command of giving back the last ones first. */
export const releasesShape: Shape = /* @__PURE__ */ (() =>
  fields<ReleaseReservations>({
    reason: anything,
    wanted: listOf(
      fields<WantedGoods>({
        itemCode: nameText,
        warehouseId: optional(nameText),
        quantity: quantityText,
        winner: anything,
      }),
    ),
  }))();

/** Command of deferring. */
export const deferralShape: Shape = /* @__PURE__ */ (() =>
  fields<DeferOrder>({
    reason: anything,
    until: anything,
    cause: optional(oneOf<ShortageCause>({ allocation: true, pick: true, load: true, delivery: true })),
  }))();

/** Command of merging. */
export const mergeShape: Shape = /* @__PURE__ */ (() =>
  fields<MergeIntoNextOrder>({
    reason: anything,
    lines: optional(
      listOf(
        fields<NonNullable<MergeIntoNextOrder["lines"]>[number]>({ lineId: text, quantity: optional(decimalText) }),
      ),
    ),
    price: oneOf<MergeIntoNextOrder["price"]>(PRICES),
    consent: optional(consentShape),
  }))();

/** Command of deciding on shortages. */
export const shortagesShape: Shape = /* @__PURE__ */ (() =>
  fields<DecideShortages>({
    runId: anything,
    reason: anything,
    price: oneOf<DecideShortages["price"]>(PRICES),
    turnedDown: optional(
      listOf(
        fields<TurnedDownOffer>({
          lineId: text,
          offer: oneOf<ShortageOffer>({ reallocate: true, substitute: true }),
        }),
      ),
    ),
    consents: optional(consentsShape),
  }))();

/** Command of proposing goods of others. */
export const askingShape: Shape = /* @__PURE__ */ (() =>
  fields<ProposeReallocation>({
    proposalId: anything,
    orderNo: text,
    lineId: text,
    quantity: optional(decimalText),
  }))();

/** Command of proposing other items. */
export const substitutesShape: Shape = /* @__PURE__ */ (() =>
  fields<ProposeSubstitutes>({ proposalId: anything, lineId: text }))();

/** Command of putting another item in the place of one. */
export const substitutionShape: Shape = /* @__PURE__ */ (() =>
  fields<ApplySubstitution>({
    proposal: fields<Pick<ApplySubstitution["proposal"], "line" | "way">>({
      line: fields<ApplySubstitution["proposal"]["line"]>({ orderNo: text, lineId: text }),
      way: listOf(text),
    }),
    reason: anything,
    quantity: optional(decimalText),
    consents: optional(consentsShape),
  }))();

/** A proposal of goods of others. */
const proposalShape: Shape = /* @__PURE__ */ (() =>
  fields<Pick<ReallocationProposal, "proposalId" | "winner" | "itemCode" | "quantity" | "transfers" | "together">>({
    proposalId: text,
    winner: fields<LineName>({ orderNo: text, lineId: text }),
    itemCode: text,
    quantity: decimalText,
    transfers: listOf(
      fields<Omit<ReallocationTransfer, "harm">>({
        victim: fields<LineName>({ orderNo: text, lineId: text }),
        customerCode: text,
        quantity: decimalText,
        places: listOf(fields<PlacedQuantity>({ source: sourceShape, quantity: decimalText })),
        oldDay: optional(text),
        newDay: optional(text),
      }),
    ),
    together: optional(listOf(text)),
  }))();

/** Command of handing goods over: a proposal, and what was agreed to. */
export const handoverShape: Shape = /* @__PURE__ */ (() =>
  fields({ proposal: proposalShape, consents: consentsShape }))();

/** Command of handing goods over: several proposals, and what was agreed to. */
export const handoversShape: Shape = /* @__PURE__ */ (() =>
  fields<ApplyReallocations>({ proposals: listOf(proposalShape), consents: consentsShape }))();

/** Command of the way back. */
export const undoingShape: Shape = /* @__PURE__ */ (() =>
  fields<UndoReallocation>({ proposalId: text, events: listOf(fields<Pick<OrderEvent, "type">>({ type: text })) }))();
