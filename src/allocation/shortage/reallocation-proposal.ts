import type { Decimal } from "../../core/decimal.js";
import type { OrderNo } from "../../model/ids.js";
import type { StockPosition } from "../../model/stock.js";
import type { AllocationPolicy } from "../allocation-policy.js";
import type { ServiceFacts } from "../order-of-service.js";
import type { SupplyFacts } from "./supply-day.js";

/** How the harm of a transfer is counted, in the site's own measure (money, points). None may be negative. */
export interface HarmRates {
  /** For each line that gives goods up: somebody must be asked. */
  readonly perLine: Decimal;
  /** For each base unit that it gives up. */
  readonly perUnit: Decimal;
  /** For each base unit and day that it comes later. */
  readonly perUnitAndDay: Decimal;
  /** Factor by customer class; 1 for classes that are not named. */
  readonly classFactors?: Readonly<Record<string, Decimal>>;
  /** Days that count when nobody knows when goods come again. */
  readonly unknownDelayDays: number;
}

/** Who may be asked to give goods up, as data that a host stores. */
export interface ReallocationPolicy extends Pick<
  AllocationPolicy,
  "priority" | "sourcing" | "warehouses" | "bins" | "lotRestrictions" | "oneLotPerLine" | "protection"
> {
  /** Whether promised days must be kept. */
  readonly promises: "keep" | "mayBreak";
  /** Types of holds that make the reservations of an order or a line firm. */
  readonly firmHolds?: readonly string[];
  /** Orders that were set back as often as this are left alone. */
  readonly maxTimesDisplaced?: number;
  /** How harm is counted. */
  readonly harm: HarmRates;
  /** Steps of the search for the least harm. */
  readonly steps: number;
}

/** What a proposal rests on. */
export interface ProposeReallocationContext extends SupplyFacts, ServiceFacts {
  /** Who may be asked. */
  readonly policy: ReallocationPolicy;
  /**
   * Positions, each place once, those among them where the orders hold the goods: whether a lot will do for the short line,
   * what is free, and whether stock has what an order is to give up or back.
   */
  readonly stock: readonly StockPosition[];
}

/** Command: for which line. */
export interface ProposeReallocation {
  /** Id for the proposal. */
  readonly proposalId: string;
  /** Order that is short. */
  readonly orderNo: OrderNo;
  /** Its line. */
  readonly lineId: string;
  /** Quantity in the base unit; absent for all that is open or back-filled. */
  readonly quantity?: Decimal;
}
