import { subtract, sum, ZERO, type Decimal } from "../core/decimal.js";
import type { AllocationPlan, PlannedLine, PolicyIdentity } from "../model/allocation-plan.js";
import type { LineId, OrderNo, WarehouseId } from "../model/ids.js";
import type { Order } from "../model/order.js";
import { stockOwnerOf } from "../model/stock-owner.js";
import { stockOnce } from "../model/stock-once.js";
import type { StockPosition } from "../model/stock.js";
import { decidingKey, type DecidingKey } from "./deciding-key.js";
import { enoughCap, enoughStock } from "./enough-for-line.js";
import type { PlanAllocationContext } from "./plan-allocation.js";
import { isPlanOf } from "./plan-market.js";
import { freeQuantity, isUsable } from "./usable-stock.js";

/** What an explanation looks at besides the plan: the same that the plan was made from. */
export interface ExplainAllocationFacts extends Pick<
  PlanAllocationContext,
  "policy" | "timesDisplaced" | "hostKeys" | "hostRanks" | "linesTaken"
> {
  /** Orders of the plan. */
  readonly orders: readonly Order[];
  /** Stock before the plan. */
  readonly stock: readonly StockPosition[];
  /** Most lines that are listed as served before, those nearest in the order of service. Default 20. */
  readonly mostServedBefore?: number;
}

/** A line that was served before on the same item, and what it took. */
export interface ServedBefore {
  /** Order. */
  readonly orderNo: OrderNo;
  /** Line. */
  readonly lineId: LineId;
  /** Its place in the order of service. */
  readonly rank: number;
  /** What it took. */
  readonly allocated: Decimal;
  /** Which key put its order before; absent for an earlier line of the same order. */
  readonly decidedBy?: DecidingKey;
}

/** What a warehouse had for a line, in the base unit. */
export interface WarehouseOffer {
  /** Warehouse. */
  readonly warehouseId: WarehouseId;
  /** Usable and free before the run. */
  readonly free: Decimal;
  /** What lines before took. */
  readonly takenBefore: Decimal;
  /** What the line took. */
  readonly taken: Decimal;
}

/** Why a line got what it got. */
export interface AllocationExplanation {
  /** The line as planned. */
  readonly line: PlannedLine;
  /** Policy that decided, where it has an identity. */
  readonly policy?: PolicyIdentity;
  /** Lines that took of the same item before, in the order of service: the nearest. */
  readonly servedBefore: readonly ServedBefore[];
  /** Those that were served before the listed ones, and what they took in all; absent when there are none. */
  readonly servedEarlier?: { readonly lines: number; readonly allocated: Decimal };
  /** Which key put the next order that wants the item behind; absent for the last. */
  readonly servedNext?: DecidingKey;
  /** The warehouses that were asked, nearest first. */
  readonly warehouses: readonly WarehouseOffer[];
  /** The other lines that it waits for, those that are named, as planned: what each lacks and why. Absent where it waits for none. */
  readonly waitsFor?: readonly PlannedLine[];
  /**
   * The smallest quantity of additional stock that would have served the line in full, and where; `atMost` where less may be
   * enough as well. Absent when nothing is short, or no stock would help.
   */
  readonly enough?: { readonly warehouseId: WarehouseId; readonly quantity: Decimal; readonly atMost?: true };
  /**
   * The smallest cap of the customer's group with which the line would have been served in full. Absent when its cap is
   * not why it lacks something, or a greater one alone would not help.
   */
  readonly enoughCap?: { readonly group: string; readonly quantity: Decimal };
}

/**
 * Explains one line of a plan: who was served before on the same item and took what, which key of the order of service
 * decided, what each warehouse had, and what would have been enough.
 *
 * **Rules**
 * 1. Lines of the same item and owner are listed that come before in the order of service and take something: the nearest
 *    ones, the others are counted.
 * 2. Each names the key that put its order before, as `decidingKey` says.
 * 3. For each warehouse that was asked: what was free and usable before, what lines before took, what the line took.
 * 4. Enough is the smallest additional stock, without a lot and fresh, with which the line is served in full although
 *    whoever comes before still takes first; of equal quantities in several warehouses the nearest. It is found by planning
 *    again, so it holds for every policy. Where lines before come in steps or all at once, more stock may serve the line
 *    worse; then all smaller quantities are tried, up to 400 of them and 100,000 lines planned. Where that does not do, `atMost`
 *    says that less may be enough too, and where none was found by then, none is named. For a line that comes together with others it
 *    is what that line itself lacks of its item: absent where the others lack something too, since it alone would not do.
 * 5. Where a line waits for others of its order, each of them is told with what it lacks and why. Where the search for lots for
 *    all of them ended without an answer, the line says so (`searchEnded`).
 * 6. Nothing is enough for a line on hold, nor for a rest that is less than the line's step. Where the cap of its customer
 *    group stands against a line, no stock is enough, but a greater cap may be: the smallest such is named.
 *
 * Nothing of this is worked out when the plan is made.
 *
 * @param plan as `planAllocation` made it
 * @returns undefined for a line that the plan does not have, and where the plan is not what its orders, the stock and the
 * policy lead to for the item: explained by other facts, or shortened where that matters. Linear in the plan, with one plan
 * of the orders of the item – of all orders, where the policy or an order ties items together – to see that it fits, and a
 * few more for what is enough; some dozens where nobody's shortage says how much it is.
 * @throws RangeError when an order or a place of stock is listed twice
 *
 * **Source:** mission 4.15, 9.10; definition B4
 * @example
 * ```ts
 * import { calendarDay, explainAllocation, planAllocation } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const orders = ["SO-1", "SO-2"].map((orderNo) => anyOrder({ orderNo, stage: "confirmed", lines: [{ orderedQty: "30" }] }));
 * const stock = anyStock({ onHand: "20" });
 * const policy = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * explainAllocation(plan, "SO-2-1", { orders, stock, policy })?.enough; // => {"warehouseId":"NORTH","quantity":"40"}
 * ```
 */
export function explainAllocation(
  plan: AllocationPlan,
  lineId: LineId,
  facts: ExplainAllocationFacts,
): AllocationExplanation | undefined {
  const line = plan.orders.flatMap(({ lines }) => lines.filter((each) => each.lineId === lineId))[0];
  const orderOf = new Map(facts.orders.map((order) => [order.orderNo, order]));
  const own = line === undefined ? undefined : orderOf.get(line.orderNo);
  if (line === undefined || own === undefined) return undefined;
  const { itemCode } = line;
  stockOnce(facts.stock);
  if (!isPlanOf(plan, itemCode, facts)) return undefined;
  const owner = ownerOf(own, line);
  const rivals = plan.orders.flatMap(({ orderNo, lines }) => {
    const order = orderOf.get(orderNo);
    return order === undefined
      ? []
      : lines.filter((each) => each.itemCode === itemCode && ownerOf(order, each) === owner);
  });
  const between = (other: PlannedLine): DecidingKey | undefined => {
    const order = orderOf.get(other.orderNo);
    if (order === undefined || order === own) return undefined;
    return decidingKey([order, own], facts.policy.priority, { ...facts, at: plan.at });
  };
  const before = rivals.filter(({ rank, allocated }) => rank < line.rank && allocated !== ZERO);
  const next = rivals.find(({ rank, orderNo }) => rank > line.rank && orderNo !== line.orderNo);
  const servedNext = next === undefined ? undefined : between(next);
  const usable = facts.stock.filter(
    (position) => position.itemCode === itemCode && position.owner === owner && isUsable(position, plan.today),
  );
  const shortBefore = rivals.filter(({ rank, short }) => rank < line.rank && short !== ZERO).map(({ short }) => short);
  const warehouses = line.warehouses.map((warehouseId) => ({
    warehouseId,
    free: sum(usable.filter((position) => position.warehouseId === warehouseId).map(freeQuantity)),
    takenBefore: takenAt(warehouseId, before),
    taken: takenAt(warehouseId, [line]),
  }));
  const left = subtract(sum(warehouses.map(({ free }) => free)), sum(warehouses.map(({ takenBefore }) => takenBefore)));
  const enough =
    line.short === ZERO ? undefined : enoughStock(plan, line, { owner, shortBefore: sum(shortBefore), left }, facts);
  const greaterCap = line.code === "group_cap" ? enoughCap(plan, line, facts) : undefined;
  const awaited = awaitedBy(line, plan);
  const listed = Math.max(0, before.length - (facts.mostServedBefore ?? MOST_SERVED_BEFORE));
  return {
    line,
    ...(plan.policy === undefined ? {} : { policy: plan.policy }),
    servedBefore: before.slice(listed).map((each) => {
      const decidedBy = between(each);
      const { orderNo, rank, allocated } = each;
      return { orderNo, lineId: each.lineId, rank, allocated, ...(decidedBy === undefined ? {} : { decidedBy }) };
    }),
    ...(listed === 0
      ? {}
      : {
          servedEarlier: { lines: listed, allocated: sum(before.slice(0, listed).map(({ allocated }) => allocated)) },
        }),
    ...(servedNext === undefined ? {} : { servedNext }),
    warehouses,
    ...(awaited.length === 0 ? {} : { waitsFor: awaited }),
    ...(enough === undefined ? {} : { enough }),
    ...(greaterCap === undefined ? {} : { enoughCap: greaterCap }),
  };
}

/** Lines that somebody reads before they count. */
const MOST_SERVED_BEFORE = 20;

function awaitedBy({ orderNo, lineId, waitsFor = [] }: PlannedLine, plan: AllocationPlan): PlannedLine[] {
  const named = new Set(waitsFor.filter((other) => other !== lineId));
  if (named.size === 0) return [];
  const own = plan.orders.find((order) => order.orderNo === orderNo)?.lines ?? [];
  return own.filter((line) => named.has(line.lineId));
}

function takenAt(warehouseId: WarehouseId, lines: readonly PlannedLine[]): Decimal {
  return sum(
    lines.flatMap(({ takes }) =>
      takes.filter(({ source }) => source.warehouseId === warehouseId).map(({ quantity }) => quantity),
    ),
  );
}

/** Whose stock a line draws: ours, or what its customer left in store. */
function ownerOf({ lines, header }: Order, { lineId }: PlannedLine): string | undefined {
  const line = lines.find((one) => one.lineId === lineId);
  return line && stockOwnerOf(header, line);
}
