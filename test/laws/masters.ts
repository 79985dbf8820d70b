import { rational } from "../../src/core/unit-conversion.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { decimal } from "../../src/core/decimal.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import type { Item } from "../../src/model/item.js";
import { indexMasters, type Masters } from "../../src/model/masters.js";
import type { ShortagePolicy } from "../../src/model/customer.js";
import { anyCustomer, anyItem, anyPriceEntry, anyWarehouse, deepFreeze } from "../../src/testing/index.js";

/** Today, for all operations of the laws. */
export const TODAY = calendarDay("2026-06-01");

const SHORTAGE_POLICIES: readonly ShortagePolicy[] = [
  "backfillOnArrival",
  "backfillWithNextOrder",
  "leaveOpen",
  "cancelRemainder",
];

/** The items that the arbitraries of the package order, with steps and multiples that only some of them have. */
const ITEMS: readonly Item[] = [
  anyItem({ itemCode: "TEA", name: "Green tea", quantum: "1" }),
  anyItem({ itemCode: "SALT", name: "Sea salt", orderMultiple: "2", quantum: "6" }),
  {
    ...anyItem({ itemCode: "RICE", name: "Round rice", baseUom: "KGM" }),
    units: [{ uom: "GRM", factor: rational(1, 1000) }],
  },
  {
    ...anyItem({ itemCode: "OIL", name: "Olive oil", baseUom: "LTR", minOrderQty: "2" }),
    units: [{ uom: "CAN", factor: rational(5) }],
  },
];

/** Masters that know most of what the arbitrary drafts name: W-2 is missing, and so is a price for oil in yen. */
export const MASTERS: Masters = sealed(
  indexMasters({
    customers: Array.from({ length: 8 }, (_, place) =>
      anyCustomer({
        customerCode: `C-${place + 1}`,
        customerClass: "ABC"[place % 3] ?? "A",
        currency: place === 7 ? "JPY" : "EUR",
        deliveryAreaPath: place % 2 === 0 ? ["hamburg", "harbour"] : ["bremen"],
        partialAllowed: place % 3 !== 0,
        shortagePolicy: SHORTAGE_POLICIES[place % 4] ?? "leaveOpen",
        ...(place === 2 ? { minimumRemainingLifeDays: 20 } : {}),
      }),
    ),
    items: ITEMS,
    prices: [
      ...["TEA", "SALT"].flatMap((itemCode) => [
        anyPriceEntry({ itemCode, unitPrice: "2.5" }),
        anyPriceEntry({ itemCode, unitPrice: "2.333", minQuantity: "100" }),
        anyPriceEntry({ itemCode, unitPrice: "310", currency: "JPY" }),
      ]),
      anyPriceEntry({ itemCode: "RICE", uom: "KGM", unitPrice: "1.999" }),
      anyPriceEntry({ itemCode: "OIL", uom: "LTR", unitPrice: "7.25" }),
      anyPriceEntry({ itemCode: "OIL", uom: "CAN", unitPrice: "33" }),
    ],
    warehouses: ["NORTH", "SOUTH", "EAST"].map((warehouseId) => anyWarehouse({ warehouseId })),
    deliveryWaves: [
      {
        deliveryWaveId: "W-1",
        name: "Morning",
        cutOff: "06:00" as LocalTime,
        departure: "08:00" as LocalTime,
        timeZone: "Europe/Berlin",
      },
    ],
  }),
);

/** No tolerance, for checks of prices. */
export const EXACT = decimal("0");

/** Freezes the entries of the masters and takes the writing methods off its maps. */
function sealed(masters: Masters): Masters {
  for (const index of Object.values(masters) as Map<string, unknown>[]) {
    for (const entry of index.values()) deepFreeze(entry);
    for (const method of ["set", "delete", "clear"] as const) {
      Object.defineProperty(index, method, {
        value: () => {
          throw new TypeError("A decision wrote into the masters.");
        },
      });
    }
  }
  return Object.freeze(masters);
}
