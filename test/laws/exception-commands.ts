import fc, { type Arbitrary } from "fast-check";
import { calendarDay } from "../../src/core/calendar-day.js";
import { add, decimal, fromUnits, negate, scaleOf, sum, toUnits, ZERO, type Decimal } from "../../src/core/decimal.js";
import type { AddToOrder } from "../../src/exceptions/add-to-order.js";
import type { AddedLine } from "../../src/exceptions/added-lines.js";
import type { AmendOrder, LineAmendment } from "../../src/exceptions/amend-order.js";
import { CANCELLABLE_BUCKETS } from "../../src/exceptions/cancel-order.js";
import type { RecordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import type { RecordTransitLoss } from "../../src/exceptions/record-transit-loss.js";
import type { RecordWrongItem } from "../../src/exceptions/record-wrong-item.js";
import type { HeaderTerms, OptionalAmendableField, Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import { stockSource, type StockPosition } from "../../src/model/stock.js";

/** Add-ons: more of lines, new lines, and what cannot be added. */
export function someAddOn({ lines }: Order): Arbitrary<AddToOrder> {
  const more = fc
    .tuple(fc.constantFrom(...lines), fc.integer({ min: 1, max: 9 }))
    .map(([{ lineId }, count]): AddedLine => ({ lineId, quantity: decimal(String(count)) }));
  const fresh = fc
    .tuple(fc.constantFrom("TEA", "SALT", "RICE", "OIL"), fc.integer({ min: 1, max: 50 }), fc.nat({ max: 4 }))
    .map(([itemCode, count, choice]): AddedLine => ({
      itemCode,
      quantity: decimal(String(count)),
      ...(choice === 0 ? { unitPrice: decimal("1.25") } : {}),
      ...(choice === 1 ? { discount: { kind: "percent", percent: decimal("12.5") } } : {}),
      ...(choice === 2 ? { transactionCategory: "sample" } : {}),
    }));
  const wrong = fc.constantFrom<AddedLine>(
    { lineId: "NO-LINE", quantity: decimal("1") },
    { itemCode: "NO-ITEM", quantity: decimal("1") },
    { itemCode: "TEA", quantity: decimal("0") },
    { itemCode: "TEA", quantity: decimal("1"), uom: "PAL" },
  );
  const one = fc.oneof(
    { weight: 6, arbitrary: more },
    { weight: 6, arbitrary: fresh },
    { weight: 1, arbitrary: wrong },
  );
  return fc.array(one, { minLength: 1, maxLength: 3 }).map((added) => ({ lines: added }));
}

/** Amendments of a header and of lines, up, down, and what cannot be. */
export function someAmendment({ lines }: Order): Arbitrary<AmendOrder> {
  const header = fc.constantFrom<HeaderTerms>(
    {},
    {},
    { remark: "ring twice" },
    { customerPoNo: "PO-77", paymentTerm: "credit" },
    { shipToAddress: { street: "7 Quay", city: "Bremen", country: "DE" }, deliveryAreaPath: ["bremen"] },
    { deliveryWaveId: "W-1", requestedDeliveryDate: calendarDay("2026-06-09") },
    { deliveryWaveId: "NO-WAVE" },
  );
  const cleared = fc.constantFrom<readonly OptionalAmendableField[]>([], [], ["remark"], ["requestedDeliveryDate"]);
  const amended = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 1500 })), {
    minLength: lines.length,
    maxLength: lines.length,
  });
  return fc
    .tuple(header, cleared, amended, fc.boolean(), fc.nat({ max: 12 }))
    .map(([fields, gone, choices, isAgreed, slip]) => {
      const wanted = lines.flatMap((line, place) => lineAmendment(line, ...(choices[place] ?? [0, 0])));
      return {
        reason: "customer_asked",
        ...(isAgreed ? { consent: "MAIL-7" } : {}),
        header: fields,
        cleared: gone,
        lines: slip === 0 ? [...wanted, { lineId: "NO-LINE", quantity: decimal("1") }] : wanted,
      };
    });
}

function lineAmendment(line: OrderLine, choice: number, part: number): LineAmendment[] {
  const { lineId, quantities, unitFactor } = line;
  const house = sum(CANCELLABLE_BUCKETS.map((bucket) => quantities[bucket]));
  const there = sum([house, quantities.shipped, quantities.delivered]);
  switch (choice) {
    case 0:
    case 1:
      return [{ lineId, quantity: portionOf(there, Math.min(part, 1000)) }];
    case 2:
    case 3:
      return [{ lineId, quantity: add(there, unitFactor.numerator) }];
    case 4:
      return [{ lineId, unitPrice: decimal("3.1") }];
    case 5:
      return [{ lineId, discount: { kind: "percent", percent: decimal("5") } }];
    case 6:
      return [{ lineId, discount: "none", unitPrice: decimal("2") }];
    default:
      return [];
  }
}

/** Failures of all that is on its way, of some lines, of parts of them, and what cannot be. */
export function someDeliveryFailure({ lines }: Order): Arbitrary<RecordDeliveryFailure> {
  const shipped = lines.filter(({ quantities }) => quantities.shipped !== ZERO);
  const part = fc.constantFrom(undefined, 300, 700, 1000, 1001);
  return fc
    .tuple(
      fc.constantFrom("onVehicle" as const, "inDepot" as const),
      fc.constantFrom(1, 1, 2, 3, 0),
      fc.nat({ max: 5 }),
      fc.option(fc.subarray(shipped.length === 0 ? [...lines] : shipped)),
      fc.array(part, { minLength: lines.length, maxLength: lines.length }),
    )
    .map(([goods, attempt, choice, named, parts]) => ({
      reason: "nobody_home",
      attempt,
      goods,
      ...(choice === 0 ? {} : { nextOn: calendarDay(choice === 1 ? "2026-05-03" : "2026-06-03") }),
      ...(named === null
        ? {}
        : {
            lines: named.map(({ lineId, quantities }, place) => {
              const thousandths = parts[place];
              const quantity = thousandths === undefined ? ZERO : portionOf(quantities.shipped, thousandths);
              return quantity === ZERO ? { lineId } : { lineId, quantity };
            }),
          }),
    }));
}

export function someTransitLoss({ lines }: Order): Arbitrary<RecordTransitLoss> {
  const shipped = lines.filter(({ quantities }) => quantities.shipped !== ZERO);
  const parts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: shipped.length, maxLength: shipped.length });
  return fc.tuple(parts, fc.boolean(), fc.nat({ max: 9 })).map(([shares, isKnown, slip]) => {
    const lost = shipped.flatMap(({ lineId, quantities }, place) => {
      const quantity = portionOf(quantities.shipped, shares[place] ?? 0);
      return quantity === ZERO ? [] : [{ lineId, quantity, reason: "lost" }];
    });
    const [first] = lost;
    const wrong = slip === 0 && first !== undefined ? [{ ...first, quantity: negate(first.quantity) }] : [];
    return { ...(isKnown ? { carrier: "NORTHWAY" } : {}), lines: [...lost, ...wrong] };
  });
}

const FOUND_AT = { picked: "load", shipped: "delivery", delivered: "afterSigning" } as const;

export function someWrongItem({ lines }: Order, stock: readonly StockPosition[]): Arbitrary<RecordWrongItem> {
  const places = lines.flatMap((line) =>
    line.reservations.flatMap((place) =>
      (["picked", "shipped", "delivered"] as const).flatMap((bucket) => {
        const quantity = place.quantities[bucket];
        return quantity === undefined ? [] : [{ lineId: line.lineId, source: stockSource(place), bucket, quantity }];
      }),
    ),
  );
  const nowhere = {
    lineId: lines[0]?.lineId ?? "",
    source: { warehouseId: "NOWHERE" },
    bucket: "picked" as const,
    quantity: decimal("1"),
  };
  return fc
    .tuple(
      fc.constantFrom(...(places.length === 0 ? [nowhere] : places)),
      fc.constantFrom(...(stock.length === 0 ? [{ itemCode: "TEA", warehouseId: "NORTH" }] : stock)),
      fc.constantFrom("putBack" as const, "writeOff" as const, "leave" as const, "bill" as const),
      fc.integer({ min: 1, max: 1000 }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 3 }),
    )
    .map(([place, taken, goods, part, slip, luck]) => {
      const quantity = portionOf(place.quantity, part);
      return {
        foundAt: FOUND_AT[place.bucket],
        ...(luck === 0 ? {} : { consent: "MAIL-7" }),
        lineId: slip === 0 ? "NO-LINE" : place.lineId,
        source: place.source,
        quantity: quantity === ZERO ? place.quantity : quantity,
        reason: "wrong_bin",
        wrong: {
          itemCode: taken.itemCode,
          source: stockSource(taken),
          quantity: decimal("1"),
          goods,
          ...(luck === 1 ? { unitPrice: decimal("1.25") } : {}),
        },
      };
    });
}

/** So many thousandths of a quantity, in its own decimals. */
function portionOf(whole: Decimal, thousandths: number): Decimal {
  const scale = scaleOf(whole);
  return fromUnits((toUnits(whole, scale) * BigInt(thousandths)) / 1000n, scale);
}
