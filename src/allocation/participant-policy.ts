import type { CalendarDay } from "../core/calendar-day.js";
import type { Instant } from "../core/instant.js";
import type { IssueOf } from "../core/issue.js";
import type { TransitionIssue } from "../lifecycle/transitions.js";
import type { CustomerCode, ItemCode, LineId } from "../model/ids.js";

/**
 * Why an order comes into question for a batch.
 *
 * | class | the order has … |
 * |---|---|
 * | `deferred` | quantity that waits with the whole order |
 * | `backfill` | short quantity that is to be sent later |
 * | `futureDue` | open quantity that was not due on the day of the order |
 * | `allocatedNotShipped` | quantity that is reserved and not picked |
 * | `holdReleased` | open quantity, and a hold that kept it from being allocated has ended |
 * | `new` | open quantity, and neither of the two |
 *
 * **Source:** mission 9.6; definition B3
 */
export type ParticipantClass = "deferred" | "backfill" | "futureDue" | "allocatedNotShipped" | "holdReleased" | "new";

/** The classes, what was promised first in front. **Source:** mission 9.11 */
export const PARTICIPANT_CLASSES: readonly ParticipantClass[] = [
  "deferred",
  "backfill",
  "futureDue",
  "allocatedNotShipped",
  "holdReleased",
  "new",
];

/** Whether a class takes part. */
export interface ClassPolicy {
  /** Whether it takes part at all. */
  readonly include: boolean;
}

/** Whether short quantity takes part. */
export interface ShortClassPolicy extends ClassPolicy {
  /** Only where an item that is short has free usable stock. Default false. */
  readonly onlyIfStockNow?: boolean;
}

/** Which orders take part in a batch, as data that a host stores. **Source:** mission 9.6; definition B3 */
export interface ParticipantPolicy {
  /** Deferred orders. */
  readonly deferred: ShortClassPolicy;
  /** Orders with back-fill. */
  readonly backfill: ShortClassPolicy;
  /** Orders for a later day, from so many days before it on. */
  readonly futureDue: ClassPolicy & { readonly leadDays: number };
  /** Orders with goods reserved: these keep them, or give them back to the pool first. */
  readonly allocatedNotShipped: ClassPolicy & { readonly reservation: "keep" | "release" };
  /** Orders whose hold has ended. */
  readonly holdReleased: ClassPolicy;
  /** Other open orders. */
  readonly new: ClassPolicy;
}

/** Why an order takes part, or does not. */
export type ParticipantReason =
  | TransitionIssue
  | IssueOf<{
      /** In: the policy includes the class. */
      "participants.included": { readonly participantClass: ParticipantClass };
      /** In: there is stock for something that is short. */
      "participants.stock_now": { readonly participantClass: ParticipantClass; readonly itemCode: ItemCode };
      /** In, with what it has. */
      "participants.keeps_reservation": Readonly<Record<string, never>>;
      /** In, after it has given back what it has. */
      "participants.releases_reservation": Readonly<Record<string, never>>;
      /** In: the hold has ended. */
      "participants.hold_released": { readonly holdId: string; readonly endedAt?: Instant };
      /** In: the day has come. */
      "participants.due": { readonly shipDay: CalendarDay; readonly leadDays: number };
      /** Out: the policy leaves the class out. */
      "participants.class_left_out": { readonly participantClass: ParticipantClass };
      /** Out: no stock for anything that is short. */
      "participants.no_stock_now": {
        readonly participantClass: ParticipantClass;
        readonly itemCodes: readonly ItemCode[];
      };
      /** Out: the back-fill goes with the customer's next order, and none takes part. */
      "participants.no_next_order": { readonly customerCode: CustomerCode };
      /** Out: the day has not come. */
      "participants.not_due": { readonly shipDay: CalendarDay; readonly dueDay: CalendarDay };
      /** Out: the hold ends after the instant of the run. */
      "participants.hold_ends_later": { readonly holdId: string; readonly endedAt?: Instant };
      /** Out: holds on its lines keep all of it back. */
      "participants.lines_on_hold": { readonly lineIds: readonly LineId[] };
      /** Out: nothing waits and nothing is reserved. */
      "participants.nothing_waiting": Readonly<Record<string, never>>;
    }>;
