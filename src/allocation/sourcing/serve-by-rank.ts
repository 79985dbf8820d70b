import type { WarehouseId } from "../../model/ids.js";
import type { Order } from "../../model/order.js";
import type { BatchColumns } from "../batch-columns.js";
import { groupedBy } from "../../core/grouped-by.js";
import { choosiestFirst } from "../choosiest-first.js";
import { hostFunction, rankable } from "../host-function.js";
import type { LineServer } from "../line-server.js";
import { nearnessTable } from "../nearness-table.js";
import type { OrderCall, ServeCall, SourceAnswer } from "../order-call.js";
import type { RankedSourcing, WarehouseRule } from "../sourcing-policy.js";

/** Functions of the host that rank a warehouse for an order, by name; undefined where one says nothing. */
export type HostRanks = Readonly<Record<string, (order: Order, warehouseId: WarehouseId) => number | undefined>>;

/** Ranks the warehouses of an order; smaller first, undefined where the rule says nothing. */
type Ranking = (call: OrderCall) => readonly (number | bigint | undefined)[];

/**
 * Serves orders from warehouses that rules rank for each.
 *
 * @throws RangeError for a function of the host that is not there or says what does not rank
 */
export function serveByRank(
  { warehouseIds, rules, per }: RankedSourcing,
  batch: BatchColumns,
  server: LineServer,
  hostRanks: HostRanks,
): ServeCall {
  const { eligibility } = batch;
  const sites = [...new Set(warehouseIds)];
  const rankings = rules.map((rule) => ({
    rule: rule.rule,
    rank: rankingOf(rule, sites, { batch, server, hostRanks }),
  }));
  const serve = (call: OrderCall) => {
    const columns = rankings.map(({ rank }) => rank(call));
    const mayServe = (site: number): boolean =>
      eligibility === undefined ||
      call.units.some(({ lines }) => lines.some((line) => eligibility.mayServe(line, site)));
    const able = [...sites.keys()].filter(mayServe);
    const order = [...able].sort((a, b) => {
      for (const column of columns) {
        const [left, right] = [column[a], column[b]];
        if (left === right) continue;
        if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
        return left < right ? -1 : 1;
      }
      return a - b;
    });
    const offered = new Map<number, number>();
    for (const unit of call.units) {
      const units = server.serve(unit, order);
      for (const [place, line] of unit.lines.entries()) offered.set(line, units[place]!);
    }
    const decisive = decidedBy(columns, able, order[0]);
    const rule = decisive === undefined ? "default" : rankings[decisive]!.rule;
    return { warehouses: order, sourcing: { kind: "ranked" as const, rule }, offered };
  };
  if (per !== "line") return serve;
  return (call) => {
    const offered = new Map<number, number>();
    const byLine = new Map<number, SourceAnswer>();
    for (const unit of call.units) {
      const answer = serve({ ...call, units: [unit] });
      for (const line of unit.lines) byLine.set(line, answer);
      for (const [line, units] of answer.offered) offered.set(line, units);
    }
    return { offered, byLine };
  };
}

/** The first rule that leaves the winner alone; undefined where the order of the list decided. */
function decidedBy(
  columns: readonly ReturnType<Ranking>[],
  sites: readonly number[],
  winner: number | undefined,
): number | undefined {
  if (winner === undefined) return undefined;
  let tied = sites;
  for (const [rule, column] of columns.entries()) {
    const before = tied.length;
    tied = tied.filter((site) => column[site] === column[winner]);
    if (tied.length === 1 && before > 1) return rule;
  }
  return undefined;
}

interface RankingFacts {
  readonly batch: BatchColumns;
  readonly server: LineServer;
  readonly hostRanks: HostRanks;
}

function rankingOf(rule: WarehouseRule, sites: readonly WarehouseId[], facts: RankingFacts): Ranking {
  const { server, batch, hostRanks } = facts;
  const places = (warehouseIds: readonly WarehouseId[]) =>
    sites.map((site) => (warehouseIds.includes(site) ? warehouseIds.indexOf(site) : undefined));
  /** Lines of an order that can be served, by their item: those of one item are held against the same goods. */
  const itemsOf = ({ units }: OrderCall) => {
    const lines = units.flatMap((unit) => unit.lines).filter(server.canTakePart);
    return [...groupedBy(lines, (line) => batch.columns.lineItem[line]!).values()];
  };
  switch (rule.rule) {
    case "preferred": {
      const ranks = places(rule.warehouseIds);
      return () => ranks;
    }
    case "areas": {
      const table = nearnessTable({ areas: rule.areas, otherwise: [] });
      return ({ order }) => places(table.warehousesOf(table.areaOf(order.header.deliveryAreaPath)));
    }
    case "byField":
      return ({ order }) => {
        const value = order.header[rule.field];
        const known = value !== undefined && Object.hasOwn(rule.warehouseIds, value);
        return places(known ? (rule.warehouseIds[value] ?? []) : []);
      };
    case "mostStock":
      return (call) => {
        const items = itemsOf(call);
        const finest = items.reduce((scale, [line]) => Math.max(scale, batch.lineScale[line]!), 0);
        return sites.map((_, site) =>
          items.reduce((total, lines) => {
            const inTurn = choosiestFirst(batch, lines, server.isOneLot);
            const units = server.triedInTurn(inTurn, site, (__, offered) => offered);
            const all = units.reduce((sum, own) => sum + own, 0);
            return total - BigInt(all) * 10n ** BigInt(finest - batch.lineScale[lines[0]]!);
          }, 0n),
        );
      };
    case "fewestSplits":
      return (call) => {
        const items = itemsOf(call);
        return sites.map((_, site) =>
          items.reduce((count, lines) => {
            const inTurn = [...lines].sort((a, b) => server.targetOf(a) - server.targetOf(b));
            const isWhole = (line: number, units: number): boolean => units >= server.targetOf(line);
            const whole = (line: number, offered: number): number =>
              isWhole(line, offered) ? server.targetOf(line) : 0;
            const units = server.triedInTurn(inTurn, site, whole);
            return count + inTurn.filter((line, place) => !isWhole(line, units[place]!)).length;
          }, 0),
        );
      };
    case "host": {
      const ask = hostFunction(hostRanks, rule.name, "rule");
      const ranks = (order: Order) => sites.map((site) => ask(order, site));
      return ({ order }) => rankable(ranks(order), rule.name);
    }
  }
}
