import { ZERO, fromUnits, toSafeUnits } from "../../core/decimal.js";
import type { ItemCode, WarehouseId } from "../../model/ids.js";
import type { BatchColumns } from "../batch-columns.js";
import { groupedBy } from "../grouped-by.js";
import type { LineServer, ServiceUnit } from "../line-server.js";
import type { OrderCall, ServeCall } from "../order-call.js";
import type { ChosenSourcing } from "../sourcing-policy.js";
import { chooseWarehouses } from "./choose-warehouses.js";
import { choiceQuota } from "./choice-quota.js";
import { limitIndex } from "./limit-index.js";
import { servingPhases, type LotClass, type Phase } from "./serving-phases.js";
import { placeKey } from "./warehouse-market.js";
import type { ItemQuantity, OfferedQuantity, WarehouseChoice } from "./warehouse-policy.js";

/** Most times that an order is asked again, when lines that take all or nothing do not get it within the limits. */
const MOST_ROUNDS = 3;

/** Serves orders from warehouses that a strategy chooses for each. */
export function serveFromChosen(
  policy: ChosenSourcing,
  batch: BatchColumns,
  server: LineServer,
  numberOf: ReadonlyMap<WarehouseId, number>,
): ServeCall {
  const { lineScale } = batch;
  const { desk } = server;
  const rows = [...policy.areas.map(({ warehouses }) => warehouses), policy.otherwise];
  const unitCosts = new Map((policy.unitCosts ?? []).map((row) => [placeKey(row), row.unitCost]));
  const limitsFor = limitIndex();
  const isWhole = policy.strategy.kind === "wholeFromOne";

  const choose = ({ options, limits, mayGive }: Phase, needs: ReadonlyMap<LotClass, number>) => {
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
    return chooseWarehouses(asked, options, stock, { strategy: policy.strategy, limits: own, steps: policy.steps });
  };

  /** Units that can have what they want as far as stock goes, and what that is. */
  const feasible = (units: readonly ServiceUnit[], { options, classOf, mayGive }: Phase) => {
    const used = new Map<ItemCode, number>();
    const needs = new Map<LotClass, number>();
    const able = units.filter(({ lines, isTogether }) => {
      const usedHere = new Map(used);
      const wants = lines.map((line): number => {
        const lotClass = classOf.get(line)!;
        const sites = options
          .filter(({ warehouseId }) => mayGive(lotClass, warehouseId))
          .map(({ warehouseId }) => numberOf.get(warehouseId)!);
        const parts = sites.map((site) => server.freeFor(line, site));
        const free = parts.reduce((total, part) => (lotClass.isOneLot ? Math.max(total, part) : total + part), 0);
        const left = Math.max(0, free - (usedHere.get(lotClass.itemCode) ?? 0));
        const target = server.targetOf(line);
        const want = isWhole
          ? target
          : isTogether
            ? Math.min(left, target)
            : server.keptOf(line, Math.min(left, server.offeredTo(line, sites)));
        usedHere.set(lotClass.itemCode, (usedHere.get(lotClass.itemCode) ?? 0) + want);
        return want;
      });
      const isAble = isTogether
        ? lines.every((line, place) => server.canTakePart(line) && wants[place] === server.targetOf(line))
        : wants.some((want) => want > 0);
      if (!isAble) return false;
      for (const [itemCode, units] of usedHere) used.set(itemCode, units);
      for (const [place, line] of lines.entries()) {
        const lotClass = classOf.get(line)!;
        if (wants[place]! > 0) needs.set(lotClass, (needs.get(lotClass) ?? 0) + wants[place]!);
      }
      return true;
    });
    return { able, needs };
  };

  /** Chooses and serves; again without the units that got nothing of it. */
  const ask = (call: OrderCall, phase: Phase): WarehouseChoice | undefined => {
    let open = call.units.filter(({ lines }) => lines.every((line) => phase.classOf.has(line)));
    for (let round = 1; ; round++) {
      const { able, needs } = feasible(open, phase);
      const choice = choose(phase, needs);
      if (!choice.ok) return undefined;
      if (isWhole && (choice.value.missing.length > 0 || able.length < open.length)) return choice.value;
      const mark = desk.mark();
      const quota = choiceQuota(
        choice.value,
        phase,
        (quantity, { line }) => toSafeUnits(quantity, lineScale[line]!)!,
        numberOf,
      );
      const without = able.filter((unit) => {
        const before = unit.lines.map(desk.takenBy);
        server.serve(unit, quota.sites, quota);
        return unit.lines.every((line, place) => desk.takenBy(line) === before[place]) && wantsAny(unit);
      });
      if (without.length === 0 || (!isWhole && round === MOST_ROUNDS)) return choice.value;
      desk.undo(mark);
      if (isWhole) return choice.value;
      open = able.filter((unit) => !without.includes(unit));
    }
  };
  const wantsAny = ({ lines }: ServiceUnit): boolean => lines.some((line) => server.targetOf(line) > 0);

  return (call) => {
    const lines = call.units.flatMap((unit) => unit.lines).filter((line) => server.canTakePart(line));
    const classes = lotClasses(lines, batch, server);
    const answers: (WarehouseChoice | undefined)[] = [];
    const dropped: string[] = [];
    const isBlocked = isWhole && call.units.some((unit) => unit.lines.some(server.isUnknown));
    for (const phase of isBlocked ? [] : servingPhases(policy, rows[call.area]!, call.order, classes)) {
      // Lines of one item that may take different lots are offered the same stock twice: what one choice leaves, the
      // next one finds.
      const most = phase.isMixed ? classes.length + 1 : 1;
      for (let round = 0; round < most; round++) {
        const mark = desk.mark();
        answers.push(ask(call, phase));
        if (desk.mark() === mark) break;
      }
      dropped.push(...phase.dropped);
    }
    for (const answer of answers) dropped.push(...(answer?.dropped ?? []).map(({ kind }) => kind));
    const optimal = answers.every((answer) => answer?.optimal === true);
    return { sourcing: { kind: "chosen", optimal, dropped: [...new Set(dropped)] } };
  };

  function lotClasses(lines: readonly number[], { lines: all, columns }: BatchColumns, { isOneLot }: LineServer) {
    const groups = groupedBy(lines, (line) => {
      const { itemCode, lotNo, lineNo } = all[line]!;
      return JSON.stringify([
        itemCode,
        columns.lineExpiry?.[line] ?? 0,
        columns.lineItem[line],
        lotNo ?? "",
        isOneLot(line) ? lineNo : 0,
      ]);
    });
    return [...groups].map(([name, members]): LotClass => ({
      name,
      itemCode: all[members[0]]!.itemCode,
      line: members[0],
      lines: members,
      isOneLot: isOneLot(members[0]),
    }));
  }
}
