import { describe, expect, test } from "vitest";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import type { Order } from "../../src/model/order.js";
import {
  lateShipments,
  mergedOrderFile,
  orderFiles,
  orderStatusList,
  salesByItem,
  shortageList,
  unclosedList,
  uncollectedList,
  unshippedList,
} from "../../src/reports/index.js";
import { anyOrder } from "../../src/testing/index.js";

const asOf = instant("2026-03-02T20:00:00.000Z");
const today = calendarDay("2026-03-02");

describe("an order that stands in the list twice would double the figures (mission 13.1–13.5, 12.1)", () => {
  const reports: Readonly<Record<string, (orders: readonly Order[]) => unknown>> = {
    orderStatusList: (orders) => orderStatusList(orders, { asOf }),
    unshippedList: (orders) => unshippedList(orders, { today }),
    shortageList: (orders) => shortageList(orders, { asOf }),
    uncollectedList: (orders) => uncollectedList(orders, { today }),
    unclosedList: (orders) => unclosedList(orders),
    orderFiles,
    mergedOrderFile: (orders) => mergedOrderFile([], orders),
    salesByItem,
    lateShipments: (orders) => lateShipments(orders, [], { timeZone: "UTC" }),
  };
  test.each(Object.entries(reports))("%s", (_name, report) => {
    const first = anyOrder({ orderNo: "SO-1", stage: "confirmed" });
    const other = anyOrder({ orderNo: "SO-2", stage: "confirmed" });
    expect(() => report([first, other])).not.toThrow();
    expect(() => report([first, other, first])).toThrow(new RangeError("Order SO-1 is listed twice."));
    // Two versions of one order are no two orders.
    expect(() => report([other, first, { ...first, version: 9 }])).toThrow(RangeError);
  });
});
