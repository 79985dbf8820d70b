import {
  calendarDay,
  indexMasters,
  instant,
  type AddOnPolicy,
  type AllocationPolicy,
  type DecisionContext,
  type LocalTime,
  type Order,
  type StockPosition,
} from "ordercycle";
import { anyCustomer, anyItem, anyOrder, anyPriceEntry, anyStock } from "ordercycle/testing";

/** Today at the seller's. */
export const TODAY = calendarDay("2026-03-02");

/** The day on which what failed today is tried again. */
export const TOMORROW = calendarDay("2026-03-03");

/** Who acts, and when. */
export function at(time: string, who: string): DecisionContext {
  return { at: instant(`2026-03-02T${time}:00Z`), actor: { function: who } };
}

/** First come, first served, from the one warehouse there is. */
export const POLICY: AllocationPolicy = {
  priority: [],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  lots: "fifo",
};

/** Items, prices and the afternoon's vehicle, whose cut-off is at 13:00 and which leaves at 15:00. */
export const MASTERS = indexMasters({
  customers: [anyCustomer()],
  items: [anyItem(), anyItem({ itemCode: "COFFEE", name: "Coffee" })],
  prices: [anyPriceEntry(), anyPriceEntry({ itemCode: "COFFEE", unitPrice: "4" })],
  deliveryWaves: [
    {
      deliveryWaveId: "PM",
      name: "Afternoon",
      cutOff: "13:00" as LocalTime,
      departure: "15:00" as LocalTime,
      timeZone: "UTC",
    },
  ],
});

/** Three quarters of an hour to get more goods onto a vehicle. */
export const ADD_ON: AddOnPolicy = { pickMinutes: 45 };

/** Tea in two bins and coffee in a third, as the books have it. */
export const STOCK: readonly StockPosition[] = anyStock(
  { itemCode: "TEA", warehouseId: "NORTH", binId: "A-1", onHand: "60" },
  { itemCode: "TEA", warehouseId: "NORTH", binId: "B-2", onHand: "40" },
  { itemCode: "COFFEE", warehouseId: "NORTH", binId: "C-3", onHand: "40" },
);

/** The morning's confirmed orders, one for each thing that goes wrong. */
export const ORDERS: readonly Order[] = [
  order("SO-1", ["TEA", "20"]),
  order("SO-2", ["COFFEE", "10"]),
  order("SO-3", ["TEA", "12"]),
  order("SO-4", ["TEA", "6"]),
  order("SO-5", ["TEA", "8"]),
  order("SO-6", ["TEA", "24"], ["COFFEE", "5"]),
  order("SO-7", ["COFFEE", "4"]),
  order("SO-8", ["TEA", "9"]),
];

function order(orderNo: string, ...lines: readonly (readonly [itemCode: string, quantity: string])[]): Order {
  return anyOrder({
    orderNo,
    stage: "confirmed",
    header: { deliveryWaveId: "PM" },
    lines: lines.map(([itemCode, orderedQty]) => ({ itemCode, orderedQty, shortagePolicy: "backfillOnArrival" })),
  });
}
