import type { CalendarDay } from "../core/calendar-day.js";
import type { Instant } from "../core/instant.js";
import { issue, type IssueOf } from "../core/issue.js";
import { isLocalTime, isTimeZone, type LocalTime } from "../core/time-zone.js";
import type { DeliveryWaveId } from "../model/ids.js";
import type { Order } from "../model/order.js";

/** A part of the day in which orders are gathered. It ends where the next begins, the last one on the next day. */
export interface ReceiptSlot {
  /** Local time at which it begins, inclusive. */
  readonly from: LocalTime;
  /** Delivery wave that it feeds. */
  readonly deliveryWaveId?: DeliveryWaveId;
  /** Local times inside the slot from which on orders of a customer class go to the next slot. */
  readonly cutOffs?: readonly { readonly customerClass: string; readonly at: LocalTime }[];
}

/** Cuts by the time of receipt. **Source:** mission 9.3; definition B2 */
export interface ReceiptSlotRule {
  /** Variant. */
  readonly kind: "receiptSlot";
  /** IANA time zone of the slots. */
  readonly timeZone: string;
  /** Slots of the day, earliest first. */
  readonly slots: readonly ReceiptSlot[];
}

/** Cuts by the set of processing codes. **Source:** mission 9.4; definition B2 */
export interface ProcessingRule {
  /** Variant. */
  readonly kind: "processing";
  /** Name of a function of the host that says the codes of a line; without it the wished services are the codes. */
  readonly host?: string;
}

/** Cuts by the begin of the delivery area path. **Source:** mission 9.5; definition B2 */
export interface AreaRule {
  /** Variant. */
  readonly kind: "area";
  /** Levels of the path that count. */
  readonly level: 1 | 2 | 3;
}

/** Header fields by which orders can be cut. */
export type BatchField = "deliveryWaveId" | "customerCode" | "salespersonCode" | "channel" | "requestedDeliveryDate";

/** Cuts by route: the one in the customer master, a field of the header, or what the host says. **Source:** mission 9.5 */
export type RouteRule =
  | { readonly kind: "route"; readonly by: "customerRoute" | BatchField }
  | { readonly kind: "route"; readonly by: "host"; /** Name of the function. */ readonly host: string };

/** One way to cut. */
export type SingleBatchRule = ReceiptSlotRule | ProcessingRule | AreaRule | RouteRule;

/** How orders are cut into batches, as data that a host stores. **Source:** mission 9.3, 9.4, 9.5; definition B2 */
export type BatchRule =
  SingleBatchRule | { readonly kind: "combined"; /** First rule first. */ readonly rules: readonly SingleBatchRule[] };

/** What the orders of a batch have in common, by one rule. An empty list or an absent route means that they have none. */
export type BatchPart =
  | {
      readonly kind: "receiptSlot";
      /** Local day on which the slot begins. */
      readonly day: CalendarDay;
      /** Place of the slot in the day, 1 first. */
      readonly slotNo: number;
      /** Local time at which it begins, inclusive. */
      readonly from: LocalTime;
      /** Local time at which it ends, exclusive. */
      readonly to: LocalTime;
      /** Moment at which it ends, exclusive. */
      readonly endsAt: Instant;
      /** Delivery wave that it feeds. */
      readonly deliveryWaveId?: DeliveryWaveId;
    }
  | { readonly kind: "processing"; /** Sorted, each once. */ readonly codes: readonly string[] }
  | { readonly kind: "area"; /** Large to small. */ readonly areaPath: readonly string[] }
  | { readonly kind: "route"; readonly route?: string };

/** A rule made ready to be asked. */
export interface BatchCutter {
  /** The part to which an order belongs. */
  readonly partOf: (order: Order) => BatchPart;
  /** The next part in time, for a rule that has such. */
  readonly later?: (part: BatchPart) => BatchPart;
}

/** What is wrong with a rule. */
export type BatchRuleIssue = IssueOf<{
  "batch.no_rules": Readonly<Record<string, never>>;
  "batch.no_slots": Readonly<Record<string, never>>;
  "batch.unknown_time_zone": { readonly timeZone: string };
  "batch.not_a_time": { readonly time: string };
  "batch.slots_out_of_order": { readonly from: string; readonly previous: string };
  "batch.cut_off_outside_slot": { readonly customerClass: string; readonly at: string; readonly from: string };
  "batch.cut_off_twice": { readonly customerClass: string; readonly from: string };
  "batch.unknown_level": { readonly level: number };
}>;

/** The rules that a rule is made of. */
export function singleRules(rule: BatchRule): readonly SingleBatchRule[] {
  return rule.kind === "combined" ? rule.rules : [rule];
}

/** Every fault of a rule. */
export function batchRuleIssues(rule: BatchRule): BatchRuleIssue[] {
  const rules = singleRules(rule);
  if (rules.length === 0) return [issue("batch.no_rules", ["rule", "rules"], {})];
  return rules.flatMap((single, position) => {
    const path = rule.kind === "combined" ? ["rule", "rules", position] : ["rule"];
    if (single.kind === "receiptSlot") return slotRuleIssues(single, path);
    if (single.kind === "area" && ![1, 2, 3].includes(single.level))
      return [issue("batch.unknown_level", [...path, "level"], { level: single.level })];
    return [];
  });
}

type Path = readonly (string | number)[];

function slotRuleIssues({ timeZone, slots }: ReceiptSlotRule, path: Path): BatchRuleIssue[] {
  const issues: BatchRuleIssue[] = [];
  if (!isTimeZone(timeZone)) issues.push(issue("batch.unknown_time_zone", [...path, "timeZone"], { timeZone }));
  if (slots.length === 0) issues.push(issue("batch.no_slots", [...path, "slots"], {}));
  for (const [position, { from, cutOffs = [] }] of slots.entries()) {
    const slotPath = [...path, "slots", position];
    const previous = slots[position - 1]?.from;
    if (!isLocalTime(from)) issues.push(issue("batch.not_a_time", [...slotPath, "from"], { time: from }));
    else if (previous !== undefined && isLocalTime(previous) && withSeconds(previous) >= withSeconds(from))
      issues.push(issue("batch.slots_out_of_order", [...slotPath, "from"], { from, previous }));
    const to = slots[position + 1]?.from ?? slots[0]?.from ?? from;
    issues.push(...cutOffIssues(cutOffs, from, to, [...slotPath, "cutOffs"]));
  }
  return issues;
}

function cutOffIssues(
  cutOffs: NonNullable<ReceiptSlot["cutOffs"]>,
  from: LocalTime,
  to: LocalTime,
  path: Path,
): BatchRuleIssue[] {
  const issues: BatchRuleIssue[] = [];
  const classes = new Set<string>();
  for (const [position, { customerClass, at }] of cutOffs.entries()) {
    const atPath = [...path, position, "at"];
    if (classes.has(customerClass))
      issues.push(issue("batch.cut_off_twice", [...path, position], { customerClass, from }));
    classes.add(customerClass);
    if (!isLocalTime(at)) issues.push(issue("batch.not_a_time", atPath, { time: at }));
    else if (!isInside(withSeconds(at), withSeconds(from), withSeconds(to)))
      issues.push(issue("batch.cut_off_outside_slot", atPath, { customerClass, at, from }));
  }
  return issues;
}

/** Between begin and end, neither included; an end that is not after the begin is on the next day. */
function isInside(time: string, from: string, to: string): boolean {
  return from < to ? from < time && time < to : time > from || time < to;
}

/** A time of day in its long form, so that times compare as text. */
export function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}
