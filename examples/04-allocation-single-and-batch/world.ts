import {
  calendarDay,
  decimal,
  instant,
  USUAL_PRIORITY,
  type AllocationPolicy,
  type DecisionContext,
  type Order,
  type StockPosition,
} from "ordercycle";
import { anyOrder } from "ordercycle/testing";

/** Today at the seller's. */
export const TODAY = calendarDay("2026-03-02");

/** Who decides, and when. */
export const DESK: DecisionContext = {
  at: instant("2026-03-02T09:00:00Z"),
  actor: { function: "orderDesk", person: "Kim" },
};

/** What was promised first, then the class of the customer; the north of the town is served from the north. */
export const POLICY: AllocationPolicy = {
  identity: { policyId: "spring", version: "2", name: "Promises and good customers first" },
  priority: USUAL_PRIORITY,
  sourcing: {
    kind: "nearest",
    areas: [{ areaPath: ["town", "north"], warehouseIds: ["NORTH", "SOUTH"] }],
    otherwise: ["SOUTH", "NORTH"],
  },
  lots: "fefo",
};

/** Tea in two warehouses, by lot; some of it too old to be sold. */
export const STOCK: readonly StockPosition[] = [
  lot("NORTH", "N-1", "40", "2026-09-30"),
  lot("NORTH", "N-2", "25", "2026-06-30"),
  lot("NORTH", "N-0", "90", "2026-03-01"),
  lot("SOUTH", "S-1", "30", "2026-12-31"),
];

function lot(warehouseId: string, lotNo: string, onHand: string, expiresOn: string): StockPosition {
  const none = decimal("0");
  return {
    itemCode: "TEA",
    warehouseId,
    lotNo,
    onHand: decimal(onHand),
    reserved: none,
    picked: none,
    inTransit: none,
    inbound: none,
    onOrder: none,
    expiresOn: calendarDay(expiresOn),
  };
}

/** A confirmed order of one line. */
export function order(orderNo: string, customerClass: string, orderedQty: string, part: string, more = {}): Order {
  return anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode: `C-${orderNo}`, customerClass, deliveryAreaPath: ["town", part], ...more },
    lines: [{ itemCode: "TEA", orderedQty, shortagePolicy: "backfillOnArrival" }],
  });
}

/** The morning's orders, as they came in. */
export const ORDERS: readonly Order[] = [
  order("SO-1", "C", "35", "north"),
  order("SO-2", "A", "30", "north"),
  order("SO-3", "B", "20", "south"),
  order("SO-4", "C", "12", "south", { preBooked: true }),
  order("SO-5", "D", "8", "north"),
];
