import type { AllocationPolicy, FieldKey, PriorityKey } from "../../src/allocation/allocation-policy.js";
import type { NearestPolicy } from "./small-world.js";
import type { Order } from "../../src/model/order.js";
import type { OrderLine } from "../../src/model/order-line.js";
import type { StockPosition } from "../../src/model/stock.js";

/** What the oracle gives to one line. */
export interface OracleLine {
  readonly lineId: string;
  readonly requested: bigint;
  readonly allocated: bigint;
  readonly code: string;
  /** Millionths by place, the place written as item/warehouse/bin/lot/owner. */
  readonly takes: Readonly<Record<string, bigint>>;
  /** Lines that keep it from coming. */
  readonly waitsFor?: readonly string[];
}

/**
 * Allocation as a clerk would do it with a pencil: every order is compared with every other, every line looks at every
 * position, everything in millionths of the base unit. Written from the rules alone, to be held against the engine.
 */
export function allocateByHand(
  orders: readonly Order[],
  stock: readonly StockPosition[],
  policy: NearestPolicy,
  today: string,
): OracleLine[] {
  const able = orders.filter(mayBeAllocated);
  const left = new Map(stock.map((position) => [placeOf(position), freeOf(position)]));
  const used = new Map<string, bigint>();
  const answers: OracleLine[] = [];
  for (const order of ranked(able, policy.priority)) {
    const isJoined = able.some(
      (other) =>
        other !== order &&
        other.header.customerCode === order.header.customerCode &&
        !isToBeMerged(other) &&
        other.lines.some(({ quantities }) => millionths(quantities.open) > 0n),
    );
    const desk = { stock, left, policy, today, used };
    const before = new Map(left);
    const usedBefore = new Map(used);
    const putBack = (): void => {
      for (const [place, quantity] of before) left.set(place, quantity);
      used.clear();
      for (const [group, quantity] of usedBefore) used.set(group, quantity);
    };
    const wanting = order.lines
      .map((line) => ({ line, requested: isToBeMerged(order) ? 0n : waiting(line, isJoined) }))
      .filter(({ requested }) => requested > 0n);
    const servedIn = (turn: typeof wanting): OracleLine[] =>
      turn.map(({ line, requested }) => serve(order, line, requested, desk));
    const own = servedIn(wanting);
    if (!isDeferred(order) || own.every((answer) => isComplete(answer, order))) {
      answers.push(...own);
      continue;
    }
    putBack();
    // Those first that may not take from every place, then those whose goods must live longest, and that want most.
    const lifeOf = ({ minimumRemainingLifeDays: days = 0 }: OrderLine): number => Math.max(1, days);
    const freedomOf = ({ line }: (typeof wanting)[number]): number => (isByPlace(order, line, desk) ? 0 : 1);
    const byLife = [...wanting].sort(
      (a, b) =>
        freedomOf(a) - freedomOf(b) ||
        lifeOf(b.line) - lifeOf(a.line) ||
        (a.requested === b.requested ? 0 : b.requested > a.requested ? 1 : -1),
    );
    const again = servedIn(byLife);
    if (again.every((answer) => isComplete(answer, order))) {
      answers.push(...wanting.map(({ line }) => again.find(({ lineId }) => lineId === line.lineId)!));
      continue;
    }
    putBack();
    const triedBack = (turn: typeof wanting): OracleLine[] => {
      const tried = servedIn(
        turn.map(({ line, requested }) => ({ line: { ...line, partialAllowed: false }, requested })),
      );
      putBack();
      return tried;
    };
    const isOk = (turn: typeof wanting): boolean => triedBack(turn).every((answer) => isComplete(answer, order));
    const lacking = wanting.filter((one) => !isOk([one]));
    const others = wanting.filter((one) => !lacking.includes(one) && wholeOf(one.line, one.requested) > 0n);
    const crowded = [...new Set(others.map(({ line }) => line.itemCode + line.transactionCategory))]
      .map((name) => others.filter(({ line }) => line.itemCode + line.transactionCategory === name))
      .filter((turn) => !isOk(turn) && !isOk(byLife.filter((one) => turn.includes(one))))
      .map((turn) => {
        const need = turn.reduce((sum, { line, requested }) => sum + wholeOf(line, requested), 0n);
        const isHeld = ({ line }: (typeof turn)[number]): boolean =>
          allowedBy(order, line, desk) < need && need <= thereFor(order, line, desk);
        return { turn, bar: turn.every(isHeld) ? barOf(order, turn[0]!.line, desk) : undefined };
      });
    const inTheWay = wanting.filter((one) => lacking.includes(one) || crowded.some(({ turn }) => turn.includes(one)));
    const waitsFor = inTheWay.map(({ line }) => line.lineId);
    for (const one of wanting) {
      const { line, requested } = one;
      const nothing = { lineId: line.lineId, requested, allocated: 0n, takes: {} };
      const bar = crowded.find(({ turn }) => turn.includes(one))?.bar;
      if (lacking.includes(one) || wholeOf(line, requested) === 0n) answers.push(triedBack([one])[0]!);
      else if (bar !== undefined) answers.push({ ...nothing, code: bar });
      else answers.push({ ...nothing, code: "whole_order_waits", waitsFor });
    }
  }
  return answers;
}

function wholeOf({ quantum }: OrderLine, requested: bigint): bigint {
  return quantum === undefined ? requested : requested - (requested % millionths(quantum));
}

/** What lies there for a line, whatever rules of customer groups let it have of that. */
function thereFor(order: Order, line: OrderLine, desk: Desk): bigint {
  return acceptable(order, line, desk).reduce((total, lot) => total + (desk.left.get(placeOf(lot)) ?? 0n), 0n);
}

/** Deferred as a whole: all or nothing. */
function isDeferred({ lines }: Order): boolean {
  return lines.some(({ shortages }) =>
    shortages.some(({ bucket, mode }) => bucket === "deferred" && mode === "wholeOrder"),
  );
}

function isComplete({ lineId, requested, allocated, code }: OracleLine, { lines }: Order): boolean {
  const { quantum } = lines.find((line) => line.lineId === lineId) as OrderLine;
  if (code === "on_hold" || code === "no_stock_record") return false;
  return allocated === requested - (requested % (quantum === undefined ? 1n : millionths(quantum)));
}

interface Desk {
  readonly stock: readonly StockPosition[];
  readonly left: Map<string, bigint>;
  readonly policy: NearestPolicy;
  readonly today: string;
  /** What customer groups took in this run, the group and the item written as one text. */
  readonly used: Map<string, bigint>;
}

function serve(order: Order, line: OrderLine, requested: bigint, desk: Desk): OracleLine {
  const answer = { lineId: line.lineId, requested };
  if (order.holds.some((hold) => hold.state === "active" && hold.lineId === line.lineId && blocksAllocation(hold))) {
    return { ...answer, allocated: 0n, code: "on_hold", takes: {} };
  }
  const lots = acceptable(order, line, desk);
  const there = smaller(
    requested,
    lots.reduce((total, lot) => total + (desk.left.get(placeOf(lot)) ?? 0n), 0n),
  );
  const offered = smaller(there, allowedBy(order, line, desk));
  const step = line.quantum === undefined ? 1n : millionths(line.quantum);
  const whole = requested - (requested % step);
  const keptOf = (units: bigint, most: bigint): bigint => {
    const kept = units - (units % step);
    return !line.partialAllowed && kept < most ? 0n : kept;
  };
  const allocated = keptOf(offered, whole);

  const takes: Record<string, bigint> = {};
  let need = allocated;
  for (const lot of lots) {
    const place = placeOf(lot);
    const taken = smaller(need, desk.left.get(place) ?? 0n);
    if (taken === 0n) continue;
    takes[place] = taken;
    desk.left.set(place, (desk.left.get(place) ?? 0n) - taken);
    need -= taken;
  }
  const name = `${order.header.customerClass} ${line.itemCode}`;
  if (line.transactionCategory !== "depositDraw") desk.used.set(name, (desk.used.get(name) ?? 0n) + allocated);
  // What it lacks, with what is there for it and what rules let it have of that.
  const lacks = whole - allocated;
  const more = keptOf(smaller(lacks, there - allocated), lacks);
  const isHeld = allocated < there && more > 0n && keptOf(smaller(more, allowedBy(order, line, desk)), lacks) === 0n;
  const code = isHeld ? barOf(order, line, desk) : codeOf(line, { requested, allocated, offered }, lots, desk, order);
  return { ...answer, allocated, code, takes };
}

/** What rules let a customer group have of an item that lies there now: neither beyond its cap nor of others' minimums. */
function allowedBy(order: Order, line: OrderLine, desk: Desk): bigint {
  const { room, capLeft } = groupRoom(order, line, desk);
  return capLeft === undefined ? room : smaller(room, capLeft);
}

function barOf(order: Order, line: OrderLine, desk: Desk): string {
  const { room, capLeft } = groupRoom(order, line, desk);
  return capLeft !== undefined && capLeft < room ? "group_cap" : "protected_for_others";
}

function groupRoom({ header }: Order, { itemCode, transactionCategory }: OrderLine, desk: Desk) {
  const { stock, left, policy, today, used } = desk;
  const own = transactionCategory === "depositDraw" ? [] : (policy.protection ?? []);
  const rules = own.filter((rule) => rule.itemCode === itemCode);
  if (rules.length === 0) return { room: 10n ** 30n, capLeft: undefined };
  const anywhere = [...policy.sourcing.areas.flatMap((area) => area.warehouseIds), ...policy.sourcing.otherwise];
  let room = stock
    .filter(
      (position) =>
        position.itemCode === itemCode &&
        position.owner === undefined &&
        anywhere.includes(position.warehouseId) &&
        mayBeUsed(position, today),
    )
    .reduce((total, position) => total + (left.get(placeOf(position)) ?? 0n), 0n);
  let capLeft: bigint | undefined;
  for (const { kind, group, quantity, consumed } of rules) {
    const gone = millionths(consumed ?? "0") + (used.get(`${group} ${itemCode}`) ?? 0n);
    const rest = millionths(quantity) > gone ? millionths(quantity) - gone : 0n;
    if (kind === "protect" && group !== header.customerClass) room -= rest;
    if (kind === "cap" && group === header.customerClass) capLeft = rest;
  }
  return { room: room > 0n ? room : 0n, capLeft };
}

function codeOf(
  line: OrderLine,
  { requested, allocated, offered }: { requested: bigint; allocated: bigint; offered: bigint },
  lots: readonly StockPosition[],
  { stock, policy, today }: Desk,
  order: Order,
): string {
  if (allocated === requested) return "served_in_full";
  const ofItem = stock.filter(({ itemCode }) => itemCode === line.itemCode);
  if (ofItem.length === 0) return "no_stock_record";
  const step = millionths(line.quantum ?? "0");
  if (requested - allocated < step) return "below_quantum";
  if (allocated > 0n) return "served_in_part";
  if (offered > 0n) return line.partialAllowed || offered < step ? "below_quantum" : "partial_not_allowed";
  if (lots.some((lot) => freeOf(lot) > 0n)) return "sold_out_by_earlier";
  if (
    acceptable(order, line, { stock, left: new Map(), policy, today, used: new Map() }, "all").some(
      (lot) => freeOf(lot) > 0n,
    )
  )
    return "not_eligible";
  const asked = new Set(askedBy(order, policy));
  const isElsewhere = (lot: StockPosition): boolean =>
    !asked.has(lot.warehouseId) &&
    freeOf(lot) > 0n &&
    isGoodEnough(lot, order, line, today) &&
    mayServe(lot, order, line, policy);
  if (ofItem.some(isElsewhere)) return "stock_elsewhere";
  const anywhere = new Set([
    ...policy.sourcing.areas.flatMap((area) => area.warehouseIds),
    ...policy.sourcing.otherwise,
  ]);
  const usable = ofItem.filter(
    (position) => anywhere.has(position.warehouseId) && isOurs(position, line, order) && mayBeUsed(position, today),
  );
  return usable.length > 0 && usable.every((position) => freeOf(position) === 0n) ? "empty_stock" : "no_usable_stock";
}

/**
 * Whether the warehouse delivers there, has a vehicle for the street, and keeps the goods as they must be kept, and the
 * lot is for the area and the customer.
 */
export function mayServe(
  position: StockPosition,
  { header }: Order,
  { temperatureClass }: OrderLine,
  { warehouses = [], bins = [], lotRestrictions = [] }: Pick<NearestPolicy, "warehouses" | "bins" | "lotRestrictions">,
): boolean {
  const { warehouseId, binId } = position;
  const facts = warehouses.find((warehouse) => warehouse.warehouseId === warehouseId);
  const area = written(header.deliveryAreaPath);
  if (isBarredLot(position, header, lotRestrictions)) return false;
  if (facts?.servedAreas?.every((path) => !area.startsWith(written(path))) === true) return false;
  const highest = header.vehicleRestriction?.maxHeightMetres;
  const fits = (height: string | undefined): boolean =>
    highest === undefined || (height !== undefined && Number(height) <= Number(highest));
  if (facts?.vehicles?.every(({ heightMetres }) => !fits(heightMetres)) === true) return false;
  const bin = bins.find((candidate) => candidate.warehouseId === warehouseId && candidate.binId === binId);
  const classes = bin?.temperatureClasses ?? facts?.temperatureClasses;
  return temperatureClass === undefined || classes === undefined || classes.includes(temperatureClass);
}

const written = (path: readonly string[]): string => path.map((part) => `${part}/`).join("");

function isBarredLot(
  { itemCode, lotNo }: Pick<StockPosition, "itemCode" | "lotNo">,
  header: Order["header"],
  restrictions: NonNullable<NearestPolicy["lotRestrictions"]>,
): boolean {
  const area = written(header.deliveryAreaPath);
  return restrictions
    .filter((said) => said.itemCode === itemCode && said.lotNo === lotNo)
    .some(
      ({ onlyAreas, notAreas, onlyCustomers, notCustomers }) =>
        onlyAreas?.some((path) => area.startsWith(written(path))) === false ||
        notAreas?.some((path) => area.startsWith(written(path)) || written(path).startsWith(area)) === true ||
        onlyCustomers?.includes(header.customerCode) === false ||
        notCustomers?.includes(header.customerCode) === true,
    );
}

/** Whether places of one warehouse may differ for a line: bins that keep other temperatures, or a lot that it may not have. */
function isByPlace(order: Order, line: OrderLine, { stock, policy, today }: Desk): boolean {
  const { bins = [], lotRestrictions = [], sourcing } = policy;
  const isByBin = bins.some(({ temperatureClasses }) => temperatureClasses !== undefined);
  if (isByBin && line.temperatureClass !== undefined) return true;
  const anywhere = [...sourcing.areas.flatMap(({ warehouseIds }) => warehouseIds), ...sourcing.otherwise];
  return stock.some(
    (position) =>
      position.itemCode === line.itemCode &&
      freeOf(position) > 0n &&
      anywhere.includes(position.warehouseId) &&
      isOurs(position, line, order) &&
      mayBeUsed(position, today) &&
      isBarredLot(position, order.header, lotRestrictions),
  );
}

/** The warehouses that an order asks. */
function askedBy({ header: { deliveryAreaPath } }: Order, { sourcing }: NearestPolicy): readonly string[] {
  let warehouses = sourcing.otherwise;
  let longest = -1;
  for (const { areaPath, warehouseIds } of sourcing.areas) {
    const begins = areaPath.every((part, level) => deliveryAreaPath[level] === part);
    if (begins && areaPath.length > longest) [warehouses, longest] = [warehouseIds, areaPath.length];
  }
  return warehouses;
}

/** The lots that a line may take, in the order in which it takes them. */
function acceptable(
  order: Order,
  line: OrderLine,
  { stock, policy, today }: Desk,
  places: "eligible" | "all" = "eligible",
): StockPosition[] {
  const lots: StockPosition[] = [];
  for (const warehouseId of new Set(askedBy(order, policy))) {
    const here = stock.filter(
      (position) =>
        (places === "all" || mayServe(position, order, line, policy)) &&
        position.warehouseId === warehouseId &&
        isGoodEnough(position, order, line, today),
    );
    lots.push(...here.sort((a, b) => compareKeys(lotKeys(a, policy.lots), lotKeys(b, policy.lots))));
  }
  return lots;
}

/** Whether a lot will do for a line, wherever it lies: item, owner, condition, life, and the number that the line names. */
export function isGoodEnough(position: StockPosition, order: Order, line: OrderLine, today: string): boolean {
  const { requestedDeliveryDate: wanted } = order.header;
  const delivery = wanted === undefined || wanted < today ? today : wanted;
  const life = Math.max(1, line.minimumRemainingLifeDays ?? 0);
  return (
    position.itemCode === line.itemCode &&
    isOurs(position, line, order) &&
    mayBeUsed(position, today) &&
    (line.lotNo === undefined || position.lotNo === line.lotNo) &&
    (position.expiresOn === undefined || dayNumber(position.expiresOn) - dayNumber(delivery) >= life)
  );
}

function lotKeys(lot: StockPosition, rule: AllocationPolicy["lots"]): (string | number)[] {
  const received = lot.receivedOn === undefined ? Infinity : dayNumber(lot.receivedOn);
  const expires = lot.expiresOn === undefined ? Infinity : dayNumber(lot.expiresOn);
  const place = [lot.lotNo ?? "", lot.binId ?? ""];
  if (rule === "fefo") return [expires, received, ...place];
  return [rule === "lifo" && lot.receivedOn !== undefined ? -received : received, ...place];
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [level, key] of a.entries()) {
    const other = b[level] as string | number;
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

function ranked(orders: readonly Order[], keys: readonly PriorityKey[]): Order[] {
  const rest = [...orders];
  const sorted: Order[] = [];
  while (rest.length > 0) {
    const first = rest.find((order) => rest.every((other) => other === order || goesBefore(order, other, keys)));
    if (first === undefined) throw new Error("No order goes before all others.");
    sorted.push(first);
    rest.splice(rest.indexOf(first), 1);
  }
  return sorted;
}

function goesBefore(a: Order, b: Order, keys: readonly PriorityKey[]): boolean {
  for (const one of keys) {
    if (one.key === "aged" || one.key === "host") throw new Error("The clerk knows only what stands on the order.");
    const { key, direction, nulls = "last" } = one;
    const [left, right] = [valueOf(a, key), valueOf(b, key)];
    if (left === right) continue;
    if (left === undefined) return nulls === "first";
    if (right === undefined) return nulls === "last";
    return direction === "ascending" ? left < right : left > right;
  }
  const [early, late] = [a.header.receivedAt, b.header.receivedAt];
  return early === late ? a.orderNo < b.orderNo : early < late;
}

function valueOf(order: Order, key: FieldKey["key"]): string | bigint | number | undefined {
  const { header, lines, totals } = order;
  const has = (bucket: "deferred" | "backfill"): boolean =>
    lines.some(({ quantities }) => millionths(quantities[bucket]) > 0n);
  switch (key) {
    case "promisedClass":
      return header.preBooked === true ? 0 : has("deferred") ? 1 : has("backfill") ? 2 : 3;
    case "orderAmount":
      return totals === undefined ? undefined : millionths(totals.payable);
    case "orderQuantity":
      return lines
        .flatMap(({ quantities }) => Object.values(quantities))
        .reduce((all, part) => all + millionths(part), 0n);
    case "orderNo":
      return order.orderNo;
    case "orderLines":
      return lines.length;
    case "deliveryWave":
      return header.deliveryWaveId;
    case "promisedDate":
      return lines.flatMap(({ promises }) => promises.slice(-1).map(({ day }) => String(day))).sort()[0];
    case "waitingSince":
      return (
        lines.flatMap(({ shortages }) => shortages.map(({ since }) => String(since))).sort()[0] ?? header.receivedAt
      );
    default:
      return header[key];
  }
}

function waiting({ quantities, shortages }: OrderLine, isJoined: boolean): bigint {
  const keptBack = shortages
    .filter(({ bucket, mode }) => mode === "withNextOrder" && (bucket === "deferred" || !isJoined))
    .reduce((total, { quantity }) => total + millionths(quantity), 0n);
  return millionths(quantities.open) + millionths(quantities.deferred) + millionths(quantities.backfill) - keptBack;
}

function isToBeMerged({ lines }: Order): boolean {
  return lines.some(({ shortages }) =>
    shortages.some(({ bucket, mode }) => bucket === "deferred" && mode === "withNextOrder"),
  );
}

function mayBeAllocated({ status, holds }: Order): boolean {
  const isHeld = holds.some((hold) => hold.state === "active" && hold.lineId === undefined && blocksAllocation(hold));
  return !isHeld && ["confirmed", "allocated", "picked", "shipped", "collected"].includes(status);
}

function blocksAllocation({ blocks }: Order["holds"][number]): boolean {
  return blocks.includes("allocate");
}

function isOurs({ owner }: StockPosition, { transactionCategory }: OrderLine, { header }: Order): boolean {
  return owner === (transactionCategory === "depositDraw" ? header.customerCode : undefined);
}

function mayBeUsed({ condition, expiresOn }: StockPosition, today: string): boolean {
  return condition !== "held" && (expiresOn === undefined || expiresOn > today);
}

function freeOf({ onHand, reserved }: StockPosition): bigint {
  return millionths(onHand) - millionths(reserved);
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** A place, written in the oracle's own way. */
export function placeOf(
  place: Omit<StockPosition, "onHand" | "reserved" | "picked" | "inTransit" | "inbound" | "onOrder">,
) {
  const { itemCode, warehouseId, binId = "-", lotNo = "-", owner = "-" } = place;
  return [itemCode, warehouseId, binId, lotNo, owner].join("/");
}

/** Decimal text in millionths. */
export function millionths(text: string): bigint {
  const [whole = "0", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(6, "0"));
}
