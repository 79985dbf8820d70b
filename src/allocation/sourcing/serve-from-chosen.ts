import { ZERO, fromUnits, toSafeUnits } from "../../core/decimal.js";
import type { CalendarDay } from "../../core/calendar-day.js";
import type { WarehouseShipDay } from "../../model/allocation-reason.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { BatchColumns } from "../batch-columns.js";
import type { LineServer, ServiceUnit } from "../line-server.js";
import type { OrderCall, ServeCall } from "../order-call.js";
import type { ChosenSourcing } from "../sourcing-policy.js";
import { chooseWarehouses } from "./choose-warehouses.js";
import { choiceQuota, type ChoiceQuota } from "./choice-quota.js";
import type { ServingContext } from "../serve-orders.js";
import { lineBook, type LineBook } from "./line-book.js";
import { limitIndex } from "./limit-index.js";
import { lotClasses } from "./lot-classes.js";
import {
  placesInUse,
  servingPhases,
  withoutSites,
  type LotClass,
  type Phase,
  type PlacesInUse,
} from "./serving-phases.js";
import { placeKey } from "./warehouse-market.js";
import { barOf } from "./warehouse-network.js";
import type { ItemQuantity, OfferedQuantity, WarehouseChoice, WarehouseLimit } from "./warehouse-policy.js";

/**
 * Serves orders from warehouses that a strategy chooses for each.
 *
 * **Rules**
 * 1. Units that take all or nothing – lines, groups – and do not get it of what was chosen are left out, and the choice is
 *    made again for all others, until everybody takes: as many rounds as sets of warehouses were chosen, and at most one
 *    for each unit.
 * 2. What was left out is asked for again, each unit by itself, when the others are served: so nothing stays behind that
 *    could be added in full to what was served, within the hard limits and as far as the steps suffice. An item of an order
 *    counts as one line, as everywhere in the limits.
 * 3. A group of which lines may take different lots of one item, and for which that was not enough, is served from all
 *    warehouses that may serve it, where limits only keep warehouses out: that no choice is better is not said then. Under
 *    other limits such a group may stay incomplete though it could be complete.
 * 4. That no choice is better is said where every choice that was made is proven, also those by which units were left out, and
 *    nothing was added to what they brought. Where lines may take different lots of one item, all of them are served besides;
 *    where an order was served from its own warehouses first, nothing is left that it lacks.
 * 5. An order that is to come from one warehouse is served as one. A warehouse that has enough for each of its lines, but not
 *    for all beside each other, is passed over for the next best.
 *
 * @returns the server; for an order of n units and k rounds k + n choices at most, the n of one unit each
 */
export function serveFromChosen(
  policy: ChosenSourcing,
  batch: BatchColumns,
  server: LineServer,
  numberOf: ReadonlyMap<WarehouseId, number>,
  { orders, today, linesTaken = [], before }: ServingContext & { readonly orders: readonly Order[] },
): ServeCall {
  const { lineScale } = batch;
  const { desk } = server;
  const rows = [...policy.areas.map(({ warehouses }) => warehouses), policy.otherwise];
  const unitCosts = new Map((policy.unitCosts ?? []).map((row) => [placeKey(row), row.unitCost]));
  const limitsFor = limitIndex();
  const isWhole = policy.strategy.kind === "wholeFromOne";
  const isPerLine = policy.limits.some(({ kind }) => kind === "maxWarehousesPerLine");

  const book = lineBook(policy.limits, linesTaken);
  for (let take = 0; take < (before?.count ?? 0); take++) {
    const line = before!.line[take]!;
    const { orderNo } = orders[batch.lineOrder[line]!]!;
    book?.note(orderNo, batch.lines[line]!.itemCode, batch.lots[before!.lot[take]!]!.warehouseId);
  }

  const choose = (order: Order, { options, limits, mayGive, inUse }: Phase, needs: ReadonlyMap<LotClass, number>) => {
    const asked: ItemQuantity[] = [];
    const stock: OfferedQuantity[] = [];
    for (const [lotClass, need] of needs) {
      const { name, itemCode, line } = lotClass;
      const scale = lineScale[line]!;
      asked.push({ itemCode: name, quantity: fromUnits(need, scale) });
      for (const { warehouseId } of options) {
        const free = mayGive(lotClass, warehouseId) ? server.freeFor(line, numberOf.get(warehouseId)!) : 0;
        // All of a line of one lot comes from one place: where not all of it is, there is nothing for it.
        if (free === 0 || (lotClass.isOneLot && free < need)) continue;
        const unitCost = unitCosts.get(placeKey({ itemCode, warehouseId })) ?? ZERO;
        stock.push({ itemCode: name, warehouseId, quantity: fromUnits(free, scale), unitCost });
      }
    }
    const own = limitsFor(limits, [...needs.keys()], options);
    const day = { receivedAt: order.header.receivedAt, shipDay: today, linesTaken: book?.taken() ?? [], inUse };
    const { strategy, steps } = policy;
    return chooseWarehouses(asked, options, stock, { strategy, limits: own, steps }, day);
  };
  const noted = (call: AskedOrder, choice: WarehouseChoice, quota: ChoiceQuota): WarehouseChoice => {
    for (const { itemCode, warehouseId } of quota.used()) {
      call.book?.note(call.order.orderNo, itemCode, warehouseId);
      call.inUse.note(itemCode, warehouseId);
    }
    return choice;
  };

  /** Units that can have what they want as far as stock goes, and what that is. */
  const feasible = (units: readonly ServiceUnit[], { options, classOf, mayGive }: Phase) => {
    const used = new Map<ItemCode, number>();
    const needs = new Map<LotClass, number>();
    const able = units.filter(({ lines, isTogether }) => {
      const usedHere = new Map<ItemCode, number>();
      const usedOf = (itemCode: ItemCode): number => usedHere.get(itemCode) ?? used.get(itemCode) ?? 0;
      const found = lines.map((line) => {
        const lotClass = classOf.get(line)!;
        const sites = options
          .filter(({ warehouseId }) => mayGive(lotClass, warehouseId))
          .map(({ warehouseId }) => numberOf.get(warehouseId)!);
        const parts = sites.map((site) => server.freeFor(line, site));
        const free = parts.reduce((total, part) => (lotClass.isOneLot ? Math.max(total, part) : total + part), 0);
        return { line, lotClass, sites, free: Math.min(free, server.leftFor(line)) };
      });
      // Of lines that come together those with the least to choose from count first: none counts what others need.
      if (isTogether) found.sort((a, b) => a.free - b.free);
      const wants = found.map(({ line, lotClass, sites, free }): number => {
        const left = Math.max(0, free - usedOf(lotClass.itemCode));
        const target = server.targetOf(line);
        const want = isWhole
          ? target
          : isTogether
            ? Math.min(left, target)
            : server.keptOf(line, Math.min(left, server.offeredTo(line, sites)));
        usedHere.set(lotClass.itemCode, usedOf(lotClass.itemCode) + want);
        return want;
      });
      const isAble = isTogether
        ? found.every(({ line }, place) => server.canTakePart(line) && wants[place] === server.targetOf(line))
        : isWhole || wants.some((want) => want > 0);
      if (!isAble) return false;
      for (const [itemCode, units] of usedHere) used.set(itemCode, units);
      for (const [place, { lotClass }] of found.entries()) {
        if (wants[place]! > 0) needs.set(lotClass, (needs.get(lotClass) ?? 0) + wants[place]!);
      }
      return true;
    });
    return { able, needs };
  };

  /** Chooses and serves; again without the units that got nothing of it, until there are none. */
  const ask = (call: AskedOrder, units: readonly ServiceUnit[], first: Phase): WarehouseChoice | undefined => {
    let phase = first;
    let open = units.filter(({ lines }) => lines.every((line) => phase.classOf.has(line)));
    let isProven = true;
    for (;;) {
      const { able, needs } = feasible(open, phase);
      const found = choose(call.order, phase, needs);
      if (!found.ok) return undefined;
      // Who is left out since a choice had nothing for it might have been served by a better one.
      isProven &&= found.value.optimal;
      const choice = { ...found.value, optimal: isProven };
      if (isWhole && (choice.missing.length > 0 || able.length < open.length)) return choice;
      const mark = desk.mark();
      const quota = choiceQuota(
        choice,
        phase,
        (quantity, { line }) => toSafeUnits(quantity, lineScale[line]!)!,
        numberOf,
      );
      // An order from one warehouse is served as one, so that its lines do not take from each other what others need.
      const together = { lines: able.flatMap(({ lines }) => lines), isTogether: true };
      const idle = (isWhole ? [together] : able).filter((unit) => {
        const before = unit.lines.map(desk.takenBy);
        server.serve(unit, quota.sites, quota);
        return unit.lines.every((line, place) => desk.takenBy(line) === before[place]) && wantsAny(unit);
      });
      if (idle.length === 0) return noted(call, choice, quota);
      // Who was passed over for one that could not take it stays: without that one there may be something for it.
      const chosenFor = new Set(choice.takes.map(({ itemCode }) => itemCode));
      const stuck = idle.filter(({ lines }) => lines.some((line) => chosenFor.has(phase.classOf.get(line)!.name)));
      if (!isWhole && stuck.length === 0 && able.length === open.length) return noted(call, choice, quota);
      desk.undo(mark);
      if (isWhole) {
        // One that has enough for each line, but not for all beside each other, is none that has all.
        phase = withoutSites(phase, choice);
        continue;
      }
      const without = new Set(stuck.length > 0 ? stuck : idle);
      // Who was not able beside these may be so now.
      open = open.filter((unit) => !without.has(unit));
    }
  };
  const wantsAny = ({ lines }: ServiceUnit): boolean => lines.some((line) => server.targetOf(line) > 0);
  const isShort = (line: number): boolean => server.canTakePart(line) && server.targetOf(line) > 0;
  /** Asks for units of an order in all the ways in which it may be served. */
  const askFor = (call: AskedOrder, units: readonly ServiceUnit[]) => {
    const lines = units.flatMap((unit) => unit.lines).filter((line) => server.canTakePart(line));
    const phases = servingPhases(policy, rows[call.area]!, call.inUse, lotClasses(lines, batch, server));
    const answers = phases.map((phase) => {
      const mark = desk.mark();
      const choice = ask(call, units, phase);
      return { choice, dropped: phase.dropped, tookAny: desk.mark() > mark };
    });
    return { answers, isMixed: phases.some((phase) => phase.isMixed) };
  };

  /**
   * Serves a group whose lines may take different lots from all warehouses that may serve it, where limits do no more than
   * keep warehouses out: what was chosen for each line by itself may not do for all.
   */
  const takeAnywhere = ({ order, area }: AskedOrder, unit: ServiceUnit): boolean => {
    if (!policy.limits.every(keepsOut)) return false;
    const day = { receivedAt: order.header.receivedAt, shipDay: today };
    const open = rows[area]!.filter((option) => barOf(option, policy.limits, day) === undefined);
    const mark = desk.mark();
    server.serve(
      unit,
      open.map(({ warehouseId }) => numberOf.get(warehouseId)!),
    );
    return desk.mark() > mark;
  };

  /** Tries lines of an order by themselves, and leaves all as it was. */
  const trialOf = (given: OrderCall): ((line: number) => boolean) => {
    let alone: AskedOrder | undefined;
    return (line) => {
      alone ??= { ...given, inUse: { ...placesInUse(given.order), note: () => undefined }, book: undefined };
      const mark = desk.mark();
      askFor(alone, [{ lines: [line], isTogether: true }]);
      const isServed = server.targetOf(line) === 0;
      desk.undo(mark);
      return isServed;
    };
  };

  return (given) => {
    const call = { ...given, inUse: placesInUse(given.order), book };
    // A limit for each line counts what the line that has goods from most warehouses leaves: another may have more left.
    const isLeftMore = isPerLine && call.inUse.warehouses.size > 0;
    const isBlocked = isWhole && call.units.some((unit) => unit.lines.some(server.isUnknown));
    const { answers, isMixed } = isBlocked ? { answers: [], isMixed: false } : askFor(call, call.units);
    const isStepwise = answers.length > 1;
    const sites = rows[call.area]!.map(({ warehouseId }) => numberOf.get(warehouseId)!);
    const isThere = (line: number): boolean => server.keptOf(line, server.offeredTo(line, sites)) > 0;
    let isAdded = false;
    if (!isWhole && (call.units.length > 1 || isMixed)) {
      // Lines of one item that may take different lots are offered the same stock twice: who got a part may get more.
      const isOpen = ({ lines, isTogether }: ServiceUnit): boolean =>
        (isMixed || isLeftMore || lines.every((line) => desk.takenBy(line) === 0)) &&
        (isTogether ? lines.every((line) => isThere(line) || server.targetOf(line) === 0) : lines.some(isThere));
      for (const unit of call.units) {
        if (!isOpen(unit)) continue;
        const again = askFor(call, [unit]).answers.filter(({ tookAny }) => tookAny);
        answers.push(...again);
        isAdded ||= again.length > 0;
        if (isMixed && unit.isTogether && isOpen(unit) && takeAnywhere(call, unit))
          answers.push({ choice: undefined, dropped: [], tookAny: true });
      }
    }
    const dropped = answers.flatMap((answer) => [
      ...answer.dropped,
      ...(answer.choice?.dropped ?? []).map(({ kind }) => kind),
    ]);
    // What several choices bring, one after the other, a single one might have brought better; and of lines that may take
    // different lots of an item one may have taken what another could not do without.
    const lacking = call.units.flatMap(({ lines }) => lines.filter(isShort));
    const isCrossed = isAdded || (isMixed && lacking.length > 0) || (isStepwise && lacking.some(isThere));
    const optimal = !isCrossed && answers.every(({ choice }) => choice?.optimal === true);
    const shipDays = answers.flatMap(({ choice }) => laterShipDays(choice, today));
    const told = { kind: "chosen" as const, optimal, dropped: [...new Set(dropped)] };
    return {
      sourcing: shipDays.length === 0 ? told : { ...told, shipDays },
      couldHave: trialOf(given),
    };
  };
}

/** Whether a limit says no more than which warehouses may serve. */
function keepsOut({ strength, kind }: WarehouseLimit): boolean {
  return strength === "hard" && (kind === "excluded" || kind === "maxDistance" || kind === "cutOff");
}

/** An order whose turn has come, with the warehouses from which it has goods. */
interface AskedOrder extends OrderCall {
  readonly inUse: PlacesInUse;
  /** Where lines are written that warehouses take on. */
  readonly book: LineBook | undefined;
}

/** Warehouses that serve and from which goods leave later than today, with the day. */
function laterShipDays(choice: WarehouseChoice | undefined, today: CalendarDay): WarehouseShipDay[] {
  return (choice?.reasons ?? []).flatMap(({ warehouseId, code, shipsOn }) =>
    code === "used" && shipsOn !== undefined && shipsOn > today ? [{ warehouseId, shipsOn }] : [],
  );
}
