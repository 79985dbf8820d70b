import { compare, fromUnits, isPositive, subtract, type Decimal } from "../../core/decimal.js";
import { addDays, dayOfWeek, type CalendarDay } from "../../core/calendar-day.js";
import { withoutGaps } from "../../core/without-gaps.js";
import { localDay, localTime, type LocalTime } from "../../core/time-zone.js";
import type { ItemCode } from "../../model/ids.js";
import type {
  CustomerFact,
  LineMeasure,
  OrderFact,
  PromotionCondition,
} from "../../model/promotion/promotion-condition.js";
import type { CartState } from "./cart-state.js";
import type { CartLine, PromotionCart } from "./promotion-cart.js";
import type { PromotionReason } from "./promotion-reason.js";
import { compileSelector, isBetween, type CompiledSelector } from "./selector.js";

/** Day and time at a place. */
interface LocalNow {
  readonly day: CalendarDay;
  readonly time: LocalTime;
}

/** Day and time by zone; made when the first condition asks. */
interface Clock {
  /** By zone. */
  byZone: Map<string, LocalNow> | undefined;
}

/** What conditions look at. */
export interface ConditionFacts {
  /** The cart as it is at this point of the evaluation. */
  readonly state: CartState;
  /** Time zone of the promotion. */
  readonly timeZone: string;
  /** Items that the presented coupon is good for. */
  readonly couponItems: ReadonlySet<ItemCode> | undefined;
  /** Day and time by zone, so that each is asked for once. */
  readonly clock: Clock;
}

/** A condition, ready to be asked. `tell` is told every reason against it, where somebody asks. */
export type CompiledCondition = (facts: ConditionFacts, tell?: (reason: PromotionReason) => void) => boolean;

/** Compiles a tree of conditions. */
export function compileCondition(condition: PromotionCondition): CompiledCondition {
  switch (condition.kind) {
    case "customer": {
      const { fact, in: expected } = condition;
      return ({ state }, tell) => {
        const actual = customerFacts(state.cart, fact);
        if (actual.some((value) => expected.includes(value))) return true;
        tell?.({ code: "customer_not_meant", params: { fact, expected, actual } });
        return false;
      };
    }
    case "order": {
      const { fact, in: expected } = condition;
      return ({ state }, tell) => {
        const actual = orderFacts(state.cart, fact);
        if (actual.some((value) => expected.includes(value))) return true;
        tell?.({ code: "order_not_meant", params: { fact, expected, actual } });
        return false;
      };
    }
    case "lines":
      return linesCondition(condition);
    case "nthOrder":
      return nthOrderCondition(condition);
    case "time":
      return timeCondition(condition);
    case "all": {
      const parts = condition.of.map(compileCondition);
      return (facts, tell) => {
        if (tell === undefined) return parts.every((part) => part(facts));
        // Everybody who asks is told everything, not only the first reason.
        return parts.filter((part) => !part(facts, tell)).length === 0;
      };
    }
    case "any": {
      const parts = condition.of.map(compileCondition);
      return (facts, tell) => {
        if (parts.some((part) => part(facts))) return true;
        tell?.({ code: "none_met", params: { ways: parts.length } });
        if (tell !== undefined) for (const part of parts) part(facts, tell);
        return false;
      };
    }
    case "not": {
      const part = compileCondition(condition.of);
      const { of } = condition;
      return (facts, tell) => {
        if (!part(facts)) return true;
        tell?.({ code: "ruled_out", params: { condition: of.kind, ...whatHeld(facts.state.cart, of) } });
        return false;
      };
    }
  }
}

/** What of customer or order made a condition hold. */
function whatHeld(
  cart: PromotionCart,
  condition: PromotionCondition,
): { readonly fact?: CustomerFact | OrderFact; readonly actual?: readonly string[] } {
  if (condition.kind !== "customer" && condition.kind !== "order") return {};
  const { fact, in: ruledOut } = condition;
  return { fact, actual: factsOf(cart, fact).filter((value) => ruledOut.includes(value)) };
}

function customerFacts({ customer = {} }: PromotionCart, fact: CustomerFact): readonly string[] {
  if (fact === "tag") return customer.tags ?? [];
  const value = customer[fact];
  return value === undefined ? [] : [value];
}

function orderFacts({ order = {} }: PromotionCart, fact: OrderFact): readonly string[] {
  if (fact === "deliveryArea") return order.deliveryAreaPath ?? [];
  const value = order[fact];
  return value === undefined ? [] : [value];
}

function linesCondition(condition: Extract<PromotionCondition, { readonly kind: "lines" }>): CompiledCondition {
  const { measure, atLeast, atMost } = condition;
  const selector = compileSelector(condition.which);
  const isEvery = condition.which.kind === "every";
  return ({ state, couponItems }, tell) => {
    const actual = measured(state, selector, isEvery, measure, couponItems);
    if (isBetween(actual, condition)) return true;
    if (atLeast !== undefined && compare(actual, atLeast) < 0) {
      tell?.({ code: "too_little", params: { measure, atLeast, actual, missing: subtract(atLeast, actual) } });
    }
    if (atMost !== undefined && compare(actual, atMost) > 0) {
      tell?.({ code: "too_much", params: { measure, atMost, actual } });
    }
    return false;
  };
}

function measured(
  state: CartState,
  { test }: CompiledSelector,
  isEvery: boolean,
  measure: LineMeasure,
  couponItems: ReadonlySet<ItemCode> | undefined,
): Decimal {
  const { cart, count } = state;
  // Most conditions ask what all of the order comes to.
  if (isEvery && measure === "amount") return fromUnits(state.grossSum, state.decimals);
  const column = measure === "quantity" ? state.quantity : measure === "amount" ? state.gross : state.left;
  const items = measure === "items" ? new Set<ItemCode>() : undefined;
  let sum = 0;
  let lines = 0;
  for (let k = 0; k < count; k += 1) {
    const line = cart.lines[k] as CartLine;
    if (!isEvery && !test(line, couponItems)) continue;
    lines += 1;
    sum += column[k] ?? 0;
    items?.add(line.itemCode);
  }
  if (items !== undefined) return fromUnits(items.size, 0);
  if (measure === "lines") return fromUnits(lines, 0);
  return fromUnits(sum, measure === "quantity" ? state.quantityScale : state.decimals);
}

function nthOrderCondition({
  from = 1,
  to,
  every,
}: Extract<PromotionCondition, { readonly kind: "nthOrder" }>): CompiledCondition {
  return ({ state }, tell) => {
    const earlier = state.cart.customer?.earlierOrders;
    const order = earlier === undefined ? undefined : earlier + 1;
    const isCounted =
      order !== undefined && order >= from && (to === undefined || order <= to) && (order - from) % (every ?? 1) === 0;
    if (isCounted) return true;
    tell?.({
      code: "order_not_counted",
      params: { order: order ?? "unknown", from, ...withoutGaps<{ to?: number; every?: number }>({ to, every }) },
    });
    return false;
  };
}

function timeCondition(condition: Extract<PromotionCondition, { readonly kind: "time" }>): CompiledCondition {
  const { kind: _time, ...meant } = condition;
  const { weekdays, fromDay, toDay, fromTime, toTime } = meant;
  return (facts, tell) => {
    const { day, time } = clockAt(facts);
    // Hours that run over midnight belong to the day on which they began.
    const begun = isAfterMidnight(time, fromTime, toTime) ? addDays(day, -1) : day;
    const isDay =
      (weekdays === undefined || weekdays.includes(dayOfWeek(begun))) &&
      (fromDay === undefined || begun >= fromDay) &&
      (toDay === undefined || begun < toDay);
    if (isDay && isHour(time, fromTime, toTime)) return true;
    tell?.({ code: "wrong_time", params: { day, time, meant } });
    return false;
  };
}

function clockAt({ state, timeZone, clock }: ConditionFacts): { readonly day: CalendarDay; readonly time: LocalTime } {
  const byZone = (clock.byZone ??= new Map<string, LocalNow>());
  const known = byZone.get(timeZone);
  if (known !== undefined) return known;
  const { at } = state.cart;
  const now = { day: localDay(at, timeZone), time: localTime(at, timeZone) };
  byZone.set(timeZone, now);
  return now;
}

/** Whether it is the second part of hours that run over midnight. */
function isAfterMidnight(time: LocalTime, from: LocalTime | undefined, to: LocalTime | undefined): boolean {
  if (from === undefined || to === undefined) return false;
  return withSeconds(to) < withSeconds(from) && time < withSeconds(to);
}

/** Hours run from the first until before the second, over midnight where the second is the earlier one. */
function isHour(time: LocalTime, from: LocalTime | undefined, to: LocalTime | undefined): boolean {
  const begin = withSeconds(from ?? "00:00");
  const end = to === undefined ? "24:00:00" : withSeconds(to);
  return begin < end ? time >= begin && time < end : time >= begin || time < end;
}

/** A time as it is compared: the order of the texts is the order of the day. */
function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}

/** Facts of the order's header by one of which a condition can be found; undefined where there are none. */
export function headerKeys(
  condition: PromotionCondition,
): { readonly fact: CustomerFact | OrderFact; readonly values: readonly string[] } | undefined {
  if (condition.kind === "customer" || condition.kind === "order")
    return { fact: condition.fact, values: condition.in };
  if (condition.kind !== "all") return undefined;
  for (const part of condition.of) {
    const found = headerKeys(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Selectors of which one must mean a line of the cart for a condition to hold; undefined where none must. */
export function neededLines(condition: PromotionCondition): PromotionConditionLines | undefined {
  if (condition.kind === "lines") {
    return condition.atLeast !== undefined && isPositive(condition.atLeast) ? condition.which : undefined;
  }
  if (condition.kind !== "all") return undefined;
  for (const part of condition.of) {
    const found = neededLines(part);
    if (found !== undefined && compileSelector(found).keys !== undefined) return found;
  }
  return undefined;
}

type PromotionConditionLines = Extract<PromotionCondition, { readonly kind: "lines" }>["which"];

/** Every value that the header of a cart has for a fact. */
export function factsOf(cart: PromotionCart, fact: CustomerFact | OrderFact): readonly string[] {
  return isCustomerFact(fact) ? customerFacts(cart, fact) : orderFacts(cart, fact);
}

function isCustomerFact(fact: CustomerFact | OrderFact): fact is CustomerFact {
  return (
    fact === "customerCode" ||
    fact === "customerType" ||
    fact === "customerClass" ||
    fact === "creditRating" ||
    fact === "tag"
  );
}
