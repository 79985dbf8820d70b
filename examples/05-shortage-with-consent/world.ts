import {
  calendarDay,
  decimal,
  indexMasters,
  instant,
  rational,
  type DecisionContext,
  type Order,
  type ReallocationPolicy,
} from "ordercycle";
import { anyItem, anyOrder, anyStock } from "ordercycle/testing";

/** Today at the seller's. */
export const TODAY = calendarDay("2026-03-02");

/** Who decides, and when. */
export const DESK: DecisionContext = {
  at: instant("2026-03-02T09:00:00Z"),
  actor: { function: "orderDesk", person: "Kim" },
};

/** One pallet of tea: forty cases, and nothing more before next week; and some chai. */
export const STOCK = anyStock(
  { itemCode: "TEA", warehouseId: "NORTH", onHand: "40" },
  { itemCode: "CHAI", warehouseId: "NORTH", onHand: "30" },
);
export const SUPPLIES = [{ itemCode: "TEA", day: calendarDay("2026-03-09"), quantity: decimal("200") }];

/** The café ordered first. The hospital is served before it, but its order came when the pallet had been given away. */
export const CAFE = order("SO-1", "C-CAFE", "C", "40", "2026-03-01T08:00:00.000Z");
export const HOSPITAL = order("SO-2", "C-HOSPITAL", "A", "25", "2026-03-02T08:30:00.000Z");

function order(
  orderNo: string,
  customerCode: string,
  customerClass: string,
  orderedQty: string,
  receivedAt: string,
): Order {
  return anyOrder({
    orderNo,
    stage: "confirmed",
    header: { customerCode, customerClass, receivedAt },
    lines: [
      {
        itemCode: "TEA",
        orderedQty,
        shortagePolicy: "backfillOnArrival",
        shortageOffers: customerClass === "A" ? ["reallocate", "substitute"] : [],
      },
    ],
  });
}

/** Who may be asked: whoever comes later in the order of service, at the least harm. */
export const POLICY: ReallocationPolicy = {
  priority: [{ key: "customerClass", direction: "ascending" }],
  sourcing: { kind: "nearest", areas: [], otherwise: ["NORTH"] },
  promises: "mayBreak",
  harm: { perLine: decimal("5"), perUnit: decimal("1"), perUnitAndDay: decimal("0.5"), unknownDelayDays: 14 },
  steps: 10_000,
};

/** Three of chai stand in for two of tea, for the price of the tea or of the chai, whichever is less; people are asked. */
export const ITEMS = indexMasters({
  items: [
    anyItem({
      itemCode: "TEA",
      substitutes: [
        {
          itemCode: "CHAI",
          ratio: rational(3, 2),
          priority: 1,
          consentRequired: true,
          priceRule: { kind: "lower" },
        },
      ],
    }),
    anyItem({ itemCode: "CHAI", name: "Masala chai" }),
  ],
}).items;

/** What chai costs by itself; what tea costs stands on the line. */
export const unitPriceOf = (itemCode: string) => (itemCode === "CHAI" ? decimal("1.5") : undefined);
