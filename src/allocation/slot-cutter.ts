import { addDays, type CalendarDay } from "../core/calendar-day.js";
import type { Instant } from "../core/instant.js";
import { localDay, zonedInstant } from "../core/time-zone.js";
import { withSeconds, type BatchCutter, type BatchPart, type ReceiptSlot, type ReceiptSlotRule } from "./batch-rule.js";

/** Makes a rule of receipt slots ready. Moments decide, not what the clock shows, so a slot is one stretch of time. */
export function slotCutter({ slots, timeZone }: ReceiptSlotRule): BatchCutter {
  const begins = new Map<CalendarDay, readonly Instant[]>();
  const beginsOn = (day: CalendarDay): readonly Instant[] => {
    const known = begins.get(day) ?? beginsOf(slots, day, timeZone);
    begins.set(day, known);
    return known;
  };
  const slotPart = (day: CalendarDay, place: number): BatchPart => {
    const { from, deliveryWaveId } = slots[place] as ReceiptSlot;
    const isLast = place === slots.length - 1;
    return {
      kind: "receiptSlot",
      day,
      slotNo: place + 1,
      from,
      to: (slots[isLast ? 0 : place + 1] as ReceiptSlot).from,
      endsAt: (isLast ? beginsOn(addDays(day, 1))[0] : beginsOn(day)[place + 1]) as Instant,
      ...(deliveryWaveId === undefined ? {} : { deliveryWaveId }),
    };
  };
  const nextPart = (day: CalendarDay, place: number): BatchPart =>
    place === slots.length - 1 ? slotPart(addDays(day, 1), 0) : slotPart(day, place + 1);
  return {
    partOf: ({ header: { receivedAt, customerClass } }) => {
      let day = localDay(receivedAt, timeZone);
      let place = lastReached(beginsOn(day), receivedAt);
      while (place < 0) {
        day = addDays(day, -1);
        place = lastReached(beginsOn(day), receivedAt);
      }
      const { from, cutOffs } = slots[place] as ReceiptSlot;
      const cutOff = cutOffs?.find((candidate) => candidate.customerClass === customerClass)?.at;
      if (cutOff === undefined) return slotPart(day, place);
      const cutOffDay = withSeconds(cutOff) < withSeconds(from) ? addDays(day, 1) : day;
      return receivedAt < zonedInstant(cutOffDay, cutOff, timeZone) ? slotPart(day, place) : nextPart(day, place);
    },
    later: (part) => (part.kind === "receiptSlot" ? nextPart(part.day, part.slotNo - 1) : part),
  };
}

/** Moments at which the slots of a day begin, never one after the next. */
function beginsOf(slots: readonly ReceiptSlot[], day: CalendarDay, timeZone: string): readonly Instant[] {
  const begins = slots.map(({ from }) => zonedInstant(day, from, timeZone));
  // A begin that the clocks skip moves behind those that come right after the gap: such a slot is empty on that day.
  for (let place = begins.length - 2; place >= 0; place--) {
    const begin = begins[place] as Instant;
    const next = begins[place + 1] as Instant;
    if (begin > next) begins[place] = next;
  }
  return begins;
}

function lastReached(begins: readonly Instant[], moment: Instant): number {
  let [low, high] = [0, begins.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const begin = begins[middle] as Instant;
    if (begin <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
