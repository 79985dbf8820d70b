import type { CalendarDay } from "../core/calendar-day.js";
import type { Decimal } from "../core/decimal.js";
import type { Instant } from "../core/instant.js";
import type { Actor } from "./actor.js";
import type { PolicyIdentity } from "./allocation-plan.js";
import type { AllocationReason } from "./allocation-reason.js";
import type { Change } from "./change.js";
import type { Consent } from "./consent.js";
import type { Displacement } from "./displacement.js";
import type { DisputeAction, DisputeReason } from "./dispute-codes.js";
import type { Finding } from "./finding.js";
import type { InvoiceNo, ItemCode, LineId, OrderNo } from "./ids.js";
import type { MergeRecord } from "./merge-record.js";
import type { AmendableField } from "./order.js";
import type { SubstitutedLine } from "./order-line.js";
import type { RevisionCause } from "./promotion/promotion.js";
import type { ReconfirmStrategy } from "./reconfirm-strategy.js";
import type { StockSource } from "./stock.js";
import type { WantedGoods } from "./wanted-goods.js";

/** The ten steps of the order management cycle, 1 planning to 10 post-sales service. **Source:** mission 20.8 */
export type CycleStep = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** A difference between what should be there and what is. */
export interface QuantityDiscrepancy {
  /** Line. */
  readonly lineId: LineId;
  /** Place, where it matters. */
  readonly source?: StockSource;
  /** What should be there, base unit. */
  readonly expected: Decimal;
  /** What is there. */
  readonly actual: Decimal;
  /** Reason in the site's own code. */
  readonly reason: string;
  /** The same as trading partners exchange it. */
  readonly reasonCode?: DisputeReason;
  /** What is asked for. */
  readonly actionCode?: DisputeAction;
  /** What becomes of goods that came beyond what was shipped. */
  readonly surplus?: SurplusAction;
}

/** What becomes of a surplus: the customer keeps it for nothing, gives it back, or keeps and pays it. */
export type SurplusAction = "keep" | "return" | "bill";

/**
 * What becomes of goods that were picked by mistake: back to their place (`putBack`), off the books since they cannot be
 * sold (`writeOff`), left with the customer for nothing (`leave`), or kept by the customer and paid (`bill`).
 */
export type WrongGoods = "putBack" | "writeOff" | "leave" | "bill";

/** Where other goods than those of a line came to light: at the vehicle, at the door, or after the customer had signed. */
export type WrongItemFoundAt = "load" | "delivery" | "afterSigning";

/** What became of a line in a re-confirmation. */
export interface ReconfirmedLine {
  /** Line. */
  readonly lineId: LineId;
  /** What was allowed. */
  readonly strategy: ReconfirmStrategy;
  /** Quantity that was reserved, in the base unit. */
  readonly before: Decimal;
  /** Quantity that is reserved. */
  readonly after: Decimal;
  /** What of `before` turned out not to be there, or not to be usable; absent where all was. */
  readonly missing?: Decimal;
}

/** What an event tells besides its changes, by type of event. */
export interface EventDetails {
  /** The order was entered. */
  readonly order_entered: { /** Lines entered. */ readonly lines: number };
  /** A corrected version took its place. */
  readonly order_corrected: { /** Version that it replaces. */ readonly replaces: number };
  /** It passed the review. */
  readonly order_reviewed: { /** Warnings that remain. */ readonly findings: readonly Finding[] };
  /** It went back to the customer. */
  readonly order_returned_for_correction: { /** What is wrong. */ readonly findings: readonly Finding[] };
  /** It was turned down for good. */
  readonly order_rejected: { /** What is wrong. */ readonly findings: readonly Finding[] };
  /** It was priced. */
  readonly order_priced: { /** Amount to pay. */ readonly payable: Decimal };
  /** Promotions were worked out again after a change. */
  readonly promotions_revised: {
    /** Change. */ readonly cause: RevisionCause;
    /** Amount to pay. */ readonly payable: Decimal;
  };
  /** It was accepted. */
  readonly order_confirmed: { /** Amount expected from the customer. */ readonly receivableExpected: Decimal };
  /** Stock was given to it, or not. */
  readonly order_allocated: {
    /** What each line got and why. */
    readonly reasons: readonly AllocationReason[];
    /** Policy that decided, where it has an identity. */
    readonly policy?: PolicyIdentity;
  };
  /** Reservations were decided anew: it gained or lost. */
  readonly order_reconfirmed: {
    /** Lines whose reservation changed. */ readonly lines: readonly ReconfirmedLine[];
    /** Where its lines were set back, for whom. */ readonly displacements: readonly Displacement[];
  };
  /** Reserved goods went back; the order goes on waiting for them. */
  readonly reservation_released: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** What was to be free when it gave them up as one that is served last; absent where they were asked of it. */
    readonly wanted?: readonly WantedGoods[];
    /** Where its lines were set back, for whom; absent where the goods are for nobody yet. */
    readonly displacements?: readonly Displacement[];
  };
  /** It waits as a whole, and what it held was released. */
  readonly order_deferred: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** What it waits for. */ readonly until: "stock" | "nextOrder";
    /** Day on which all of it can be had, as far as supply is known. */ readonly proposedDay?: CalendarDay;
  };
  /** Quantity of it went over to another order. */
  readonly quantity_merged: { /** What went where. */ readonly records: readonly MergeRecord[] };
  /** Quantity of another order came to it. */
  readonly lines_joined: { /** What came from where. */ readonly records: readonly MergeRecord[] };
  /** Another item took the place of what a line lacked. */
  readonly quantity_substituted: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** Proposal that was carried out. */ readonly proposalId: string;
    /** Line that lacked goods, its item, and what was replaced in its base unit. */ readonly replaced: SubstitutedLine;
    /** Line that steps in, its item, and its quantity in its own base unit. */ readonly by: SubstitutedLine;
    /** What the customer pays more, less when negative; absent when a price is not known. */
    readonly priceDifference?: Decimal;
    /** What the customer agreed to; absent where nobody had to be asked. */ readonly consent?: Consent;
  };
  /** Goods that were reserved for one line are now reserved for another, or went back. */
  readonly reservation_moved: {
    /** Proposal that was agreed to. */ readonly proposalId: string;
    /** Whether goods were transferred or given back. */ readonly cause: "reallocation" | "undoing";
    /** Who was set back for whom; empty when goods went back. */ readonly displacements: readonly Displacement[];
    /** What the customers who were set back agreed to. */ readonly consents: readonly Consent[];
  };
  /** Goods were picked. */
  readonly order_picked: { /** Differences found. */ readonly discrepancies: readonly QuantityDiscrepancy[] };
  /** Goods were loaded. */
  readonly order_loaded: {
    /** Vehicle. */ readonly vehicleId?: string;
    /** Differences found. */ readonly discrepancies: readonly QuantityDiscrepancy[];
  };
  /** Goods left the house. */
  readonly order_shipped: {
    /** Number of the shipment. */ readonly shipmentNo: string;
    /** What the customer agreed to, where goods that come together left in part. */ readonly consent?: Consent;
  };
  /** The customer signed. */
  readonly order_delivered: {
    /** Who signed. */ readonly receivedBy?: string;
    /** Differences found. */ readonly discrepancies: readonly QuantityDiscrepancy[];
  };
  /** The order, or a part of it, was cancelled. */
  readonly quantity_cancelled: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** What was agreed with the customer. */ readonly consent?: string;
  };
  /** Something else was agreed than before. */
  readonly order_amended: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** What was agreed with the customer. */ readonly consent?: string;
    /** Header fields that changed. */ readonly fields: readonly AmendableField[];
    /** Lines that changed. */ readonly lineIds: readonly LineId[];
  };
  /** More goods joined the order. */
  readonly add_on_joined: { /** Lines that grew or are new. */ readonly lineIds: readonly LineId[] };
  /** A delivery came to nothing. */
  readonly delivery_failed: {
    /** Why, in the site's own code. */ readonly reason: string;
    /** Which attempt it was, from 1. */ readonly attempt: number;
    /** Where the goods are now. */ readonly goods: "onVehicle" | "inDepot" | "returned";
    /** Day of the next attempt. */ readonly nextOn?: CalendarDay;
    /** What was not handed over. */ readonly lines: readonly {
      /** Line. */ readonly lineId: LineId;
      /** Quantity in the base unit. */ readonly quantity: Decimal;
    }[];
  };
  /** Goods were lost or spoilt on their way. */
  readonly transit_loss_recorded: {
    /** Carrier. */ readonly carrier?: string;
    /** What is missing. */ readonly discrepancies: readonly QuantityDiscrepancy[];
  };
  /** Other goods than those of the line were picked. */
  readonly wrong_item_found: {
    /** Where it came to light. */ readonly foundAt: WrongItemFoundAt;
    /** Item that was there. */ readonly wrongItemCode: ItemCode;
    /** Place that it was taken from. */ readonly wrongSource: StockSource;
    /** What became of it. */ readonly wrongGoods: WrongGoods;
    /** What was agreed with the customer who keeps and pays it. */ readonly consent?: string;
    /** Line on which it is billed. */ readonly billedLineId?: LineId;
    /** What is missing of the right item. */ readonly discrepancies: readonly QuantityDiscrepancy[];
  };
  /** An invoice was posted. */
  readonly invoice_posted: { /** Number. */ readonly invoiceNo: InvoiceNo; /** To pay. */ readonly payable: Decimal };
  /** Money came in. */
  readonly payment_applied: { /** Payment. */ readonly paymentId: string; /** Money. */ readonly amount: Decimal };
  /** A hold was placed. */
  readonly hold_placed: { /** Hold. */ readonly holdId: string; /** Kind. */ readonly type: string };
  /** A hold ended. */
  readonly hold_released: {
    /** Hold. */ readonly holdId: string;
    /** How it ended. */ readonly state: "resolved" | "rejected";
  };
  /** The order was closed. */
  readonly order_closed: { /** Money collected in all. */ readonly collected: Decimal };
}

/** Names of the events, past tense. */
export type OrderEventType = keyof EventDetails;

/** What every event carries. */
export interface EventBase<Type extends OrderEventType> {
  /** What happened. */
  readonly type: Type;
  /** Id: order number, `@`, version. */
  readonly eventId: string;
  /** Order. */
  readonly orderNo: OrderNo;
  /** Version of the order after the event. */
  readonly version: number;
  /** When it was done. */
  readonly at: Instant;
  /** When the work began, if that was earlier. */
  readonly startedAt?: Instant;
  /** Step of the cycle. */
  readonly step: CycleStep;
  /** Who did it. */
  readonly actor: Actor;
  /** Whether the customer hears of it. */
  readonly customerVisible: boolean;
  /** What it told besides. */
  readonly details: EventDetails[Type];
  /** What it changed on the order. */
  readonly changes: readonly Change[];
}

/**
 * Something that happened to an order. The list of an order's events rebuilds the order and feeds history, reports and
 * the trace.
 *
 * **Source:** mission 11.3, 20.1
 */
export type OrderEvent = { [Type in OrderEventType]: EventBase<Type> }[OrderEventType];
