import { sourceShape } from "../model/command-shape.js";
import type { Address } from "../model/address.js";
import type { DeliveryRequirement, PaymentTerm, VehicleRestriction } from "../model/customer.js";
import type { WrongGoods, WrongItemFoundAt } from "../model/event.js";
import { OPTIONAL_AMENDABLE_FIELDS, type HeaderTerms } from "../model/order.js";
import { TRANSACTION_CATEGORIES } from "../model/order-line.js";
import {
  anything,
  decimalText,
  fields,
  listOf,
  oneOf,
  oneOfAll,
  optional,
  text,
  variants,
  type Shape,
  nameText,
  measureText,
  timeOfDay,
} from "../model/value-shape.js";
import type { AddToOrder } from "./add-to-order.js";
import type { MoreOfLine, NewLine } from "./added-lines.js";
import type { AmendOrder, LineAmendment } from "./amend-order.js";
import type { CancelOrder } from "./cancel-order.js";
import type { RecordDeliveryFailure } from "./record-delivery-failure.js";
import type { RecordTransitLoss } from "./record-transit-loss.js";
import type { RecordWrongItem } from "./record-wrong-item.js";

// Names and days – reasons, references, when – are looked at by `checkNames` and `checkDays`.

const somePartShape: Shape = /* @__PURE__ */ (() =>
  optional(
    listOf(fields<NonNullable<CancelOrder["lines"]>[number]>({ lineId: text, quantity: optional(decimalText) })),
  ))();

const discountShape: Shape = /* @__PURE__ */ (() =>
  variants("kind", {
    percent: fields({ kind: anything, percent: decimalText }),
    amount: fields({ kind: anything, amount: decimalText }),
  }))();

/** Command of cancelling. */
export const cancellationShape: Shape = /* @__PURE__ */ (() =>
  fields<CancelOrder>({ reason: anything, lines: somePartShape, consent: anything }))();

const headerShape: Shape = /* @__PURE__ */ (() =>
  fields<HeaderTerms>({
    shipToAddress: optional(
      fields<Address>({
        name: optional(text),
        street: text,
        city: text,
        region: optional(text),
        postalCode: optional(text),
        country: nameText,
      }),
    ),
    deliveryAreaPath: optional(listOf(text)),
    deliveryWaveId: anything,
    requestedDeliveryDate: anything,
    deliveryRequirement: optional(
      fields<DeliveryRequirement>({
        windowFrom: optional(timeOfDay),
        windowTo: optional(timeOfDay),
        services: optional(listOf(nameText)),
        note: optional(text),
      }),
    ),
    vehicleRestriction: optional(
      fields<VehicleRestriction>({
        maxLengthMetres: optional(measureText),
        maxHeightMetres: optional(measureText),
        maxWeightKilograms: optional(measureText),
        accessFrom: optional(timeOfDay),
        accessTo: optional(timeOfDay),
      }),
    ),
    paymentMeans: anything,
    paymentTerm: optional(oneOf<PaymentTerm>({ prepaid: true, cash: true, credit: true })),
    salespersonCode: anything,
    customerPoNo: anything,
    remark: optional(text),
  }))();

/** Command of amending. */
export const amendmentShape: Shape = /* @__PURE__ */ (() => {
  const discount: Shape = (value, path, report) => {
    if (value !== "none") discountShape(value, path, report);
  };
  return fields<AmendOrder>({
    reason: anything,
    consent: anything,
    header: optional(headerShape),
    cleared: optional(listOf(oneOfAll(OPTIONAL_AMENDABLE_FIELDS))),
    lines: optional(
      listOf(
        fields<LineAmendment>({
          lineId: text,
          quantity: optional(decimalText),
          unitPrice: optional(decimalText),
          discount: optional(discount),
        }),
      ),
    ),
  });
})();

/** Command of adding. */
export const addingShape: Shape = /* @__PURE__ */ (() => {
  const more = fields<MoreOfLine>({ lineId: text, quantity: decimalText });
  const fresh = fields<NewLine>({
    itemCode: text,
    quantity: decimalText,
    uom: optional(text),
    unitPrice: optional(decimalText),
    discount: optional(discountShape),
    transactionCategory: optional(oneOfAll(TRANSACTION_CATEGORIES)),
  });
  const either: Shape = (value, path, report) => {
    const isFresh = typeof value === "object" && value !== null && "itemCode" in value;
    (isFresh ? fresh : more)(value, path, report);
  };
  return fields<AddToOrder>({ lines: listOf(either) });
})();

/** Command of a delivery that failed. */
export const failureShape: Shape = /* @__PURE__ */ (() =>
  fields<RecordDeliveryFailure>({
    reason: anything,
    attempt: anything,
    goods: oneOf<RecordDeliveryFailure["goods"]>({ onVehicle: true, inDepot: true }),
    nextOn: anything,
    lines: somePartShape,
  }))();

/** Command of a loss on the way. */
export const lossShape: Shape = /* @__PURE__ */ (() =>
  fields<RecordTransitLoss>({
    carrier: anything,
    lines: listOf(
      fields<RecordTransitLoss["lines"][number]>({ lineId: text, quantity: decimalText, reason: anything }),
    ),
  }))();

/** Command of other goods than those of the line. */
export const wrongItemShape: Shape = /* @__PURE__ */ (() =>
  fields<RecordWrongItem>({
    foundAt: oneOf<WrongItemFoundAt>({ load: true, delivery: true, afterSigning: true }),
    lineId: text,
    source: sourceShape,
    quantity: decimalText,
    reason: anything,
    consent: anything,
    wrong: fields<RecordWrongItem["wrong"]>({
      itemCode: text,
      source: sourceShape,
      quantity: decimalText,
      goods: oneOf<WrongGoods>({ putBack: true, writeOff: true, leave: true, bill: true }),
      unitPrice: optional(decimalText),
    }),
  }))();
