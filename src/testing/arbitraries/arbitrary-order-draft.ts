import { array, boolean, constantFrom, integer, oneof, tuple, type Arbitrary } from "fast-check";
import { decimal } from "../../core/decimal.js";
import type { OrderDraft, OrderDraftLine } from "../../model/order-draft.js";
import { TRANSACTION_CATEGORIES } from "../../model/order-line.js";
import { anyOrderDraft } from "../any-order-draft.js";
import { ARBITRARY_ITEMS } from "./arbitrary-item.js";
import { arbitraryCalendarDay } from "./arbitrary-calendar-day.js";
import { arbitraryInstant } from "./arbitrary-instant.js";
import { arbitraryMoney } from "./arbitrary-money.js";
import { arbitraryQuantity } from "./arbitrary-quantity.js";
import { optionalFields, plainRecord } from "./plain-record.js";

/**
 * Orders as they come in, for the customers and items of {@link arbitraryCustomer} and {@link arbitraryItem}: 1 to 6 lines, line
 * numbers given for all or for none, any mix of the fields that a customer may leave open.
 *
 * @returns a fast-check arbitrary
 *
 * **Source:** mission 4.2
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { arbitraryOrderDraft, checkPlainData } from "ordercycle/testing";
 * fc.sample(arbitraryOrderDraft(), 50).flatMap((draft) => checkPlainData(draft)); // => []
 * ```
 */
export function arbitraryOrderDraft(): Arbitrary<OrderDraft> {
  const header = optionalFields({
    customerName: constantFrom("Corner Shop", "Station Café"),
    requestedDeliveryDate: arbitraryCalendarDay(),
    deliveryWaveId: constantFrom("W-1", "W-2"),
    paymentMeans: constantFrom("10", "30"),
    paymentTerm: constantFrom("prepaid" as const, "cash" as const, "credit" as const),
    salespersonCode: constantFrom("S-1", "S-2"),
    customerPoNo: integer({ min: 1, max: 99999 }).map((number) => `PO ${number}`),
    remark: constantFrom("please call", "请先打电话"),
    shipToAddress: constantFrom({ street: "9 Mill Lane", city: "Bremen", country: "DE" }),
    deliveryAreaPath: constantFrom<readonly string[]>(["bremen"], ["bremen", "neustadt"]),
    orderSource: constantFrom("visit" as const, "call" as const, "advert" as const, "direct" as const),
    channel: constantFrom("phone" as const, "fax" as const, "edi" as const, "webShop" as const),
    charges: array(
      plainRecord({ kind: constantFrom("freight" as const, "tax" as const), amount: arbitraryMoney({ max: "100" }) }),
      {
        maxLength: 2,
      },
    ),
    partialAllowed: boolean(),
    shortagePolicy: constantFrom(
      "backfillOnArrival" as const,
      "leaveOpen" as const,
      "cancelRemainder" as const,
      "deferWholeOrder" as const,
    ),
    shortageOffers: constantFrom(["reallocate" as const], ["substitute" as const, "reallocate" as const]),
    preBooked: boolean(),
    shipComplete: boolean(),
    couponCodes: constantFrom<readonly string[]>(["SPRING"], ["SPRING", "春天"]),
    giftChoices: constantFrom<Readonly<Record<string, string>>>({}, { "P-1": "TEA" }),
  });
  return tuple(
    integer({ min: 1, max: 9999 }),
    integer({ min: 1, max: 9 }),
    arbitraryInstant(),
    header,
    array(arbitraryDraftLine(), { minLength: 1, maxLength: 6 }),
    boolean(),
  ).map(([orderNumber, customerNumber, receivedAt, more, lines, isNumbered]) => ({
    ...anyOrderDraft({
      orderNo: `SO-${orderNumber}`,
      customerCode: `C-${customerNumber}`,
      receivedAt,
      orderDate: receivedAt.slice(0, 10),
      currency: "EUR",
    }),
    ...more,
    lines: isNumbered ? lines.map((line, place) => ({ ...line, lineNo: (place + 1) * 10 })) : lines,
  }));
}

function arbitraryDraftLine(): Arbitrary<OrderDraftLine> {
  const discount = oneof(
    integer({ min: 0, max: 100 }).map((percent) => ({ kind: "percent" as const, percent: decimal(percent) })),
    arbitraryMoney({ max: "1" }).map((amount) => ({ kind: "amount" as const, amount })),
  );
  const rest = optionalFields({
    unitPrice: arbitraryMoney({ max: "500" }),
    discount,
    transactionCategory: constantFrom(...TRANSACTION_CATEGORIES),
    deliveryGroup: constantFrom("G-1", "G-2"),
    lotNo: constantFrom("L-1", "L-2"),
    oneLotOnly: boolean(),
  });
  return constantFrom(...ARBITRARY_ITEMS).chain(({ itemCode, name, baseUom, units }) =>
    tuple(
      arbitraryQuantity({ max: "500" }),
      optionalFields({
        uom: constantFrom(baseUom, ...(units ?? []).map(({ uom }) => uom)),
        itemName: constantFrom(name),
      }),
      rest,
    ).map(([quantity, named, more]) => ({ itemCode, quantity, ...named, ...more })),
  );
}
