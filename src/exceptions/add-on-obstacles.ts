import { addDays, type CalendarDay } from "../core/calendar-day.js";
import { compareInstants, millisecondsBetween, type Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { zonedInstant } from "../core/time-zone.js";
import { checkTransition, type TransitionIssue } from "../lifecycle/transitions.js";
import { firstDayInTime } from "../model/cut-off.js";
import type { DeliveryWaveId, LineId } from "../model/ids.js";
import type { Masters } from "../model/masters.js";
import type { HoldableOperation, Order, OrderHeader } from "../model/order.js";
import { holds } from "../model/status-of.js";
import type { DeliveryWave } from "../model/stock.js";

/** How long it takes to get more goods onto a vehicle. */
export interface AddOnPolicy {
  /** Minutes from the decision until more goods can be picked, packed and loaded. */
  readonly pickMinutes: number;
  /** Calendar days from the departure to the requested delivery; 0 when absent. */
  readonly transitDays?: number;
}

/** What is needed to say whether there is still time. */
export interface AddOnTiming {
  /** Delivery waves. */
  readonly masters: Pick<Masters, "deliveryWaves">;
  /** How long it takes. */
  readonly addOn: AddOnPolicy;
}

/** Why more goods cannot join an order. */
export type AddOnObstacle =
  | TransitionIssue
  | IssueOf<{
      "add.on_hold": { readonly holdId: string; readonly type: string };
      "add.already_invoiced": { readonly invoices: number };
      "add.on_vehicle": { readonly lineId: LineId };
      "add.unknown_wave": { readonly deliveryWaveId: DeliveryWaveId };
      "add.no_cut_off": { readonly orderNo: string };
      "add.past_cut_off": { readonly deliveryWaveId: DeliveryWaveId; readonly cutOff: Instant };
      "add.no_time_to_pick": {
        readonly deliveryWaveId: DeliveryWaveId;
        readonly departure: Instant;
        readonly minutesLeft: number;
        readonly minutesNeeded: number;
      };
    }>;

const MILLISECONDS_PER_MINUTE = 60_000;

/** Steps that goods which join an order still have to take. */
const STEPS_AHEAD: readonly HoldableOperation[] = ["allocate", "pick", "load", "ship"];

/**
 * Lists everything that keeps more goods from joining an order at an instant.
 *
 * **Rules**
 * 1. An order that has left the house, has ended, is with the customer for correction or was invoiced takes no more.
 * 2. Nor does one that is kept on hold, or of which goods stand on the vehicle.
 * 3. Until its wave leaves there must be time to pick.
 * 4. Once goods of it are picked, the cut-off of its wave counts too; without a wave nobody can say that there is time.
 *
 * @param at instant of the decision
 * @returns every obstacle; empty when there is none
 *
 * **Source:** mission 14.4; definition B19
 */
export function addOnObstacles(order: Order, at: Instant, { masters, addOn }: AddOnTiming): AddOnObstacle[] {
  const { billing, header, lines, orderNo } = order;
  const obstacles: AddOnObstacle[] = checkTransition(order, "addOn");
  if (billing.invoices.length > 0) {
    obstacles.push(issue("add.already_invoiced", ["billing", "invoices"], { invoices: billing.invoices.length }));
  }
  for (const [place, { holdId, type, state, blocks }] of order.holds.entries()) {
    const isAhead = state === "active" && blocks.some((operation) => STEPS_AHEAD.includes(operation));
    if (isAhead) obstacles.push(issue("add.on_hold", ["holds", place], { holdId, type }));
  }
  for (const [place, { lineId, reservations }] of lines.entries()) {
    if (reservations.every(({ loaded }) => loaded === undefined)) continue;
    obstacles.push(issue("add.on_vehicle", ["lines", place], { lineId }));
  }
  const isPicked = holds(lines, "picked");
  const { deliveryWaveId } = header;
  if (deliveryWaveId === undefined) {
    if (isPicked) obstacles.push(issue("add.no_cut_off", ["header", "deliveryWaveId"], { orderNo }));
    return obstacles;
  }
  const path = ["header", "deliveryWaveId"];
  const wave = masters.deliveryWaves.get(deliveryWaveId);
  if (wave === undefined) return [...obstacles, issue("add.unknown_wave", path, { deliveryWaveId })];
  const { cutOff, departure } = runOf(wave, header, addOn.transitDays ?? 0);
  if (isPicked && compareInstants(at, cutOff) >= 0)
    obstacles.push(issue("add.past_cut_off", path, { deliveryWaveId, cutOff }));
  const minutesLeft = Math.floor(millisecondsBetween(at, departure) / MILLISECONDS_PER_MINUTE);
  if (minutesLeft < addOn.pickMinutes) {
    const minutesNeeded = addOn.pickMinutes;
    obstacles.push(issue("add.no_time_to_pick", path, { deliveryWaveId, departure, minutesLeft, minutesNeeded }));
  }
  return obstacles;
}

/**
 * Cut-off and departure of the run that an order leaves with: on the day that brings it to the customer on the requested
 * date, else the first run whose cut-off it was received before.
 */
function runOf(
  wave: DeliveryWave,
  { requestedDeliveryDate, receivedAt }: OrderHeader,
  transitDays: number,
): { readonly cutOff: Instant; readonly departure: Instant } {
  const on = (day: CalendarDay) => ({
    cutOff: zonedInstant(day, wave.cutOff, wave.timeZone),
    departure: zonedInstant(day, wave.departure, wave.timeZone),
  });
  if (requestedDeliveryDate !== undefined) return on(addDays(requestedDeliveryDate, -transitDays));
  return on(firstDayInTime(receivedAt, wave));
}
