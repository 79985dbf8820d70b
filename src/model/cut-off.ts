import { addDays, type CalendarDay } from "../core/calendar-day.js";
import { compareInstants, type Instant } from "../core/instant.js";
import { localDay, zonedInstant } from "../core/time-zone.js";
import type { DeliveryWave } from "./stock.js";

/** Until when orders of a day are taken. */
export type CutOff = Pick<DeliveryWave, "cutOff" | "timeZone">;

/**
 * The first day whose cut-off an order was received before: the day of its receipt, or the next one. Who comes at the very
 * moment of the cut-off comes too late.
 *
 * **Source:** mission 4.10, 9.3; definition B12
 */
export function firstDayInTime(receivedAt: Instant, { cutOff, timeZone }: CutOff): CalendarDay {
  const received = localDay(receivedAt, timeZone);
  const isInTime = compareInstants(receivedAt, zonedInstant(received, cutOff, timeZone)) < 0;
  return isInTime ? received : addDays(received, 1);
}
