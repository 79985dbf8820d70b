import type { PriorityKey, PriorityKeyName } from "../allocation/allocation-policy.js";
import type { DecidingKey } from "../allocation/deciding-key.js";
import type { AllocationExplanation } from "../allocation/explain-allocation.js";
import type { WarehouseLimit } from "../allocation/sourcing/warehouse-policy.js";
import { ZERO } from "../core/decimal.js";
import type { PlannedTake } from "../model/allocation-plan.js";
import type { IneligibleCode, LotBarCode } from "../model/allocation-reason.js";
import { describeReason } from "./describe-issue.js";
import type { Locale } from "./message-code.js";

/** How an allocation is described. */
export interface DescribeAllocationOptions {
  /** Language; English when absent. */
  readonly locale?: Locale;
}

/** The words of a description besides the sentence of the reason. */
interface Words {
  readonly line: (lineId: string, itemCode: string, rank: number) => string;
  readonly policy: (name: string, version: string | undefined) => string;
  readonly take: (quantity: string, place: string) => string;
  readonly place: (source: PlannedTake["source"]) => string;
  readonly before: string;
  readonly nobody: string;
  readonly earlier: (lines: number, quantity: string) => string;
  readonly took: (lineId: string, rank: number, quantity: string) => string;
  readonly sameOrder: string;
  readonly next: (orderNo: string) => string;
  readonly key: (name: string, first: string, second: string) => string;
  readonly warehouses: string;
  readonly offer: (warehouseId: string, free: string, before: string, taken: string) => string;
  readonly gaveWay: (limits: string) => string;
  readonly limits: Readonly<Record<WarehouseLimit["kind"], string>>;
  readonly shipsOn: (warehouseId: string, day: string) => string;
  readonly notAsked: string;
  readonly bars: Readonly<Record<IneligibleCode, string>>;
  readonly lotsPassed: string;
  readonly lotBars: Readonly<Record<LotBarCode, string>>;
  readonly awaited: string;
  readonly lacks: (lineId: string, itemCode: string, short: string, why: string) => string;
  readonly enough: (quantity: string, warehouseId: string) => string;
  readonly enoughAtMost: (quantity: string, warehouseId: string) => string;
  readonly enoughCap: (group: string, quantity: string) => string;
  readonly none: string;
  readonly keys: Readonly<Record<PriorityKeyName | "aged", string>>;
  readonly host: (name: string) => string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    line: (lineId, itemCode, rank) => `Line ${lineId}, item ${itemCode}, place ${rank} in the order of service`,
    policy: (name, version) => `Policy: ${name}${version === undefined ? "" : `, version ${version}`}`,
    take: (quantity, place) => `takes ${quantity} from ${place}`,
    place: ({ warehouseId, binId, lotNo, owner }) =>
      [
        warehouseId,
        ...(binId === undefined ? [] : [`bin ${binId}`]),
        ...(lotNo === undefined ? [] : [`lot ${lotNo}`]),
        ...(owner === undefined ? [] : [`left in store by ${owner}`]),
      ].join(", "),
    before: "Served before on this item:",
    nobody: "Nobody was served before on this item.",
    earlier: (lines, quantity) => `${lines} more before these took ${quantity} in all`,
    took: (lineId, rank, quantity) => `${lineId} (place ${rank}) took ${quantity}`,
    sameOrder: "an earlier line of the same order",
    next: (orderNo) => `Next on this item: ${orderNo}`,
    key: (name, first, second) => `${name} ${first} before ${second}`,
    warehouses: "Warehouses asked, nearest first:",
    offer: (warehouseId, free, before, taken) =>
      `${warehouseId}: ${free} free, ${before} taken before, ${taken} taken by this line`,
    gaveWay: (limits) => `Limits that gave way: ${limits}`,
    limits: {
      maxDistance: "distance",
      maxWarehouses: "number of warehouses",
      maxWarehousesPerLine: "number of warehouses for a line",
      excluded: "excluded warehouses",
      safetyStock: "safety stock",
      maxLinesPerDay: "lines per day",
      cutOff: "cut-off",
    },
    shipsOn: (warehouseId, day) => `${warehouseId} ships on ${day}, the first day whose cut-off the order meets.`,
    notAsked: "Warehouses not asked:",
    bars: {
      area_not_served: "does not deliver into the area",
      no_vehicle_fits: "has no vehicle that may drive up to the address",
      temperature_not_kept: "does not keep goods of this temperature class",
    },
    lotsPassed: "Lots passed over:",
    lotBars: { lot_not_for_area: "may not go into the area", lot_not_for_customer: "is not for the customer" },
    awaited: "Lines that it waits for:",
    lacks: (lineId, itemCode, short, why) => `${lineId}, item ${itemCode}, ${short} short: ${why}`,
    enough: (quantity, warehouseId) => `${quantity} more in ${warehouseId} would have been enough.`,
    enoughAtMost: (quantity, warehouseId) => `${quantity} more in ${warehouseId} would have been enough, perhaps less.`,
    enoughCap: (group, quantity) => `A cap of ${quantity} for group ${group} would have been enough.`,
    none: "none",
    keys: {
      promisedClass: "promised class",
      customerClass: "customer class",
      customerType: "customer type",
      customerCode: "customer",
      creditRating: "credit grade",
      orderAmount: "amount",
      orderQuantity: "quantity",
      orderLines: "number of lines",
      requestedDeliveryDate: "wanted day",
      promisedDate: "promised day",
      deliveryWave: "delivery wave",
      channel: "channel",
      orderSource: "source",
      waitingSince: "waiting since",
      orderDate: "day of the order",
      receivedAt: "receipt",
      orderNo: "order number",
      aged: "aged (0 yes, 1 no)",
    },
    host: (name) => `key ${name}`,
  },
  zh: {
    line: (lineId, itemCode, rank) => `订单行 ${lineId},商品 ${itemCode},服务顺序第 ${rank} 位`,
    policy: (name, version) => `策略:${name}${version === undefined ? "" : `,版本 ${version}`}`,
    take: (quantity, place) => `从 ${place} 取 ${quantity}`,
    place: ({ warehouseId, binId, lotNo, owner }) =>
      [
        warehouseId,
        ...(binId === undefined ? [] : [`库位 ${binId}`]),
        ...(lotNo === undefined ? [] : [`批次 ${lotNo}`]),
        ...(owner === undefined ? [] : [`${owner} 寄存`]),
      ].join(","),
    before: "该商品此前已分配:",
    nobody: "该商品此前无人分配。",
    earlier: (lines, quantity) => `此前还有 ${lines} 行,共取走 ${quantity}`,
    took: (lineId, rank, quantity) => `${lineId}(第 ${rank} 位)取走 ${quantity}`,
    sameOrder: "同一订单中靠前的行",
    next: (orderNo) => `该商品的下一订单:${orderNo}`,
    key: (name, first, second) => `${name} ${first} 先于 ${second}`,
    warehouses: "询问过的仓库(由近及远):",
    offer: (warehouseId, free, before, taken) => `${warehouseId}:可用 ${free},此前取走 ${before},本行取 ${taken}`,
    gaveWay: (limits) => `已放宽的限制:${limits}`,
    limits: {
      maxDistance: "距离",
      maxWarehouses: "仓库数",
      maxWarehousesPerLine: "每行仓库数",
      excluded: "排除的仓库",
      safetyStock: "安全库存",
      maxLinesPerDay: "每日行数",
      cutOff: "截止时间",
    },
    shipsOn: (warehouseId, day) => `${warehouseId} 于 ${day} 出货,即订单赶上其截止时间的首日。`,
    notAsked: "未询问的仓库:",
    bars: {
      area_not_served: "不配送该区域",
      no_vehicle_fits: "没有可驶达收货地址的车辆",
      temperature_not_kept: "不存放该温度级别的货物",
    },
    lotsPassed: "未使用的批号:",
    lotBars: { lot_not_for_area: "不得发往该区域", lot_not_for_customer: "不供应该客户" },
    awaited: "所等待的订单行:",
    lacks: (lineId, itemCode, short, why) => `${lineId},商品 ${itemCode},短缺 ${short}:${why}`,
    enough: (quantity, warehouseId) => `若 ${warehouseId} 再有 ${quantity} 便足够。`,
    enoughAtMost: (quantity, warehouseId) => `若 ${warehouseId} 再有 ${quantity} 便足够,也许更少即可。`,
    enoughCap: (group, quantity) => `若客户组 ${group} 的上限为 ${quantity} 便足够。`,
    none: "无",
    keys: {
      promisedClass: "承诺类别",
      customerClass: "客户等级",
      customerType: "客户类型",
      customerCode: "客户",
      creditRating: "信用等级",
      orderAmount: "金额",
      orderQuantity: "数量",
      orderLines: "行数",
      requestedDeliveryDate: "要求交货日",
      promisedDate: "承诺日",
      deliveryWave: "配送波次",
      channel: "渠道",
      orderSource: "来源",
      waitingSince: "等待起始",
      orderDate: "订单日期",
      receivedAt: "接单时间",
      orderNo: "订单号",
      aged: "久等(0 是,1 否)",
    },
    host: (name) => `自定义键 ${name}`,
  },
};

/**
 * Prints why a line got what it got: what it takes and why no more, who was served before and which key decided, what
 * each warehouse had, and what would have been enough.
 *
 * @param explanation from `explainAllocation`
 * @param options language
 * @returns text of several lines, for a screen or a letter
 *
 * **Source:** mission 4.15, 9.10
 * @example
 * ```ts
 * import { calendarDay, describeAllocation, explainAllocation, planAllocation } from "ordercycle";
 * import { anyContext, anyOrder, anyStock } from "ordercycle/testing";
 * const orders = [anyOrder({ stage: "confirmed", lines: [{ orderedQty: "30" }] })];
 * const stock = anyStock({ onHand: "20" });
 * const policy = { priority: [], sourcing: { kind: "nearest" as const, areas: [], otherwise: ["NORTH"] }, lots: "fifo" as const };
 * const plan = planAllocation(orders, stock, { ...anyContext(), policy, today: calendarDay("2026-03-02") });
 * const explanation = explainAllocation(plan, "SO-1-1", { orders, stock, policy })!;
 * describeAllocation(explanation).split("\n").at(-1); // => "10 more in NORTH would have been enough."
 * ```
 */
export function describeAllocation(
  explanation: AllocationExplanation,
  options: DescribeAllocationOptions = {},
): string {
  const { locale = "en" } = options;
  const words = Object.hasOwn(WORDS, locale) ? WORDS[locale] : WORDS.en;
  const { line, policy, servedBefore, servedEarlier, servedNext, warehouses, enough, enoughCap } = explanation;
  const texts = [words.line(line.lineId, line.itemCode, line.rank)];
  if (policy !== undefined) texts.push(words.policy(policy.name ?? policy.policyId, policy.version));
  texts.push(`  ${describeReason(line, locale)}`);
  for (const { source, quantity } of line.takes) texts.push(`  ${words.take(quantity, words.place(source))}`);
  texts.push(servedBefore.length === 0 && servedEarlier === undefined ? words.nobody : words.before);
  if (servedEarlier !== undefined) texts.push(`  ${words.earlier(servedEarlier.lines, servedEarlier.allocated)}`);
  for (const { lineId, rank, allocated, decidedBy } of servedBefore) {
    const why = decidedBy === undefined ? words.sameOrder : keyText(decidedBy, words);
    texts.push(`  ${words.took(lineId, rank, allocated)}: ${why}`);
  }
  if (servedNext !== undefined) texts.push(`${words.next(servedNext.second)}: ${keyText(servedNext, words)}`);
  if (warehouses.length > 0) texts.push(words.warehouses);
  for (const { warehouseId, free, takenBefore, taken } of warehouses)
    texts.push(`  ${words.offer(warehouseId, free, takenBefore, taken)}`);
  const { ineligible = [], barredLots = [], sourcing } = line;
  if (sourcing?.kind === "chosen") {
    const { dropped, shipDays = [] } = sourcing;
    if (dropped.length > 0) texts.push(words.gaveWay(dropped.map((kind) => limitName(kind, words)).join(", ")));
    for (const { warehouseId, shipsOn } of shipDays) texts.push(words.shipsOn(warehouseId, shipsOn));
  }
  if (ineligible.length > 0) texts.push(words.notAsked);
  for (const { warehouseId, code } of ineligible) texts.push(`  ${warehouseId}: ${words.bars[code]}`);
  if (barredLots.length > 0) texts.push(words.lotsPassed);
  for (const { lotNo, code } of barredLots) texts.push(`  ${lotNo}: ${words.lotBars[code]}`);
  const { waitsFor = [] } = explanation;
  if (waitsFor.length > 0) texts.push(words.awaited);
  for (const other of waitsFor)
    texts.push(`  ${words.lacks(other.lineId, other.itemCode, other.short, describeReason(other, locale))}`);
  if (line.short !== ZERO && enough !== undefined) {
    const say = enough.atMost === true ? words.enoughAtMost : words.enough;
    texts.push(say(enough.quantity, enough.warehouseId));
  }
  if (enoughCap !== undefined) texts.push(words.enoughCap(enoughCap.group, enoughCap.quantity));
  return texts.join("\n");
}

function keyText({ key, firstValue, secondValue }: DecidingKey, words: Words): string {
  return words.key(nameOf(key, words), firstValue ?? words.none, secondValue ?? words.none);
}

/** A limit of a later version of the library stands as it is written. */
function limitName(kind: string, { limits }: Words): string {
  return Object.hasOwn(limits, kind) ? limits[kind as WarehouseLimit["kind"]] : kind;
}

function nameOf(key: PriorityKey, words: Words): string {
  return key.key === "host" ? words.host(key.name) : words.keys[key.key];
}
