import { planCompleteShipments } from "../../../src/allocation/completion/plan-complete-shipments.js";
import { fromUnits } from "../../../src/core/decimal.js";
import { importPeer } from "../peers.js";
import type { Contender, Workload } from "../workload.js";
import { completionWorld, scoreOf, type CompletionWorld, type SentOrder } from "./completion-world.js";

type Plan = (world: CompletionWorld) => readonly SentOrder[];

/** W2: which orders to serve in full, and from which warehouses, when not all can be served. */
export const completionWorkload: Workload = {
  id: "w2",
  title: "Complete orders from few warehouses",
  reference: "planCompleteShipments",
  cases: ({ isQuick, sizes }) =>
    (sizes.length > 0 ? sizes : isQuick ? [30] : [30, 60, 120, 10_000]).map((orders) => ({
      name: `${orders.toLocaleString("en")} orders, 3 warehouses`,
      work: orders,
      settings: { orders, warehouses: 3 },
    })),
  contenders: [
    planning("planCompleteShipments", () => planned),
    planning("by hand: nearest warehouse, in the order of receipt", () => servedInTurn),
    {
      ...planning("HiGHS, mixed integer program, 60 s at most", async () => {
        const solver = await (await importPeer<{ default: () => Promise<Highs> }>("highs")).default();
        return (world) => solvedBy(solver, world);
      }),
      isFor: ({ orders = 0 }) => orders <= 120,
    },
  ],
};

/** Each finds another plan: what it is worth is shown, not compared. */
function planning(name: string, build: () => Plan | Promise<Plan>): Contender {
  return {
    name,
    isApart: true,
    prepare: async ({ orders = 1, warehouses = 1 }) => {
      const world = completionWorld(orders, warehouses, 1);
      const plan = await build();
      return { run: () => plan(world), check: (result) => scoreOf(world, result as readonly SentOrder[]) };
    },
  };
}

const named = (place: number): string => String(place).padStart(6, "0");

function planned({ orders, stock, shipmentCost }: CompletionWorld): SentOrder[] {
  const result = planCompleteShipments(
    orders.map(({ value, needs }, order) => ({
      orderNo: named(order),
      value: fromUnits(value, 2),
      needs: needs.map(({ item, units }) => ({ itemCode: named(item), quantity: fromUnits(units, 0) })),
    })),
    stock.flatMap((row, item) =>
      row.map((units, site) => ({ itemCode: named(item), warehouseId: named(site), quantity: fromUnits(units, 0) })),
    ),
    { shipmentCost: fromUnits(shipmentCost, 2), steps: 200_000 },
  );
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  const parts = new Map<string, SentOrder["parts"][number][]>();
  for (const { orderNo, warehouseId, items } of result.value.shipments) {
    const own = parts.get(orderNo) ?? [];
    for (const { itemCode, quantity } of items)
      own.push({ item: Number(itemCode), site: Number(warehouseId), units: Number(quantity) });
    parts.set(orderNo, own);
  }
  return [...parts].map(([orderNo, own]) => ({ order: Number(orderNo), parts: own }));
}

function servedInTurn({ orders, stock }: CompletionWorld): SentOrder[] {
  const left = stock.map((row) => [...row]);
  return orders.flatMap(({ needs, near }, order): SentOrder[] => {
    const whole = near.find((site) => needs.every(({ item, units }) => left[item]![site]! >= units));
    const sites = whole === undefined ? near : [whole];
    if (needs.some(({ item, units }) => sites.reduce((sum, site) => sum + left[item]![site]!, 0) < units)) return [];
    const parts = needs.flatMap(({ item, units }) => {
      let open = units;
      return sites.flatMap((site) => {
        const part = Math.min(open, left[item]![site]!);
        open -= part;
        left[item]![site]! -= part;
        return part > 0 ? [{ item, site, units: part }] : [];
      });
    });
    return [{ order, parts }];
  });
}

interface Highs {
  readonly solve: (
    problem: string,
    options: object,
  ) => { readonly Columns: Readonly<Record<string, { readonly Primal: number }>> };
}

/** y: an order is served; z: a warehouse takes part in it; x: units of an item for it from a warehouse. */
function solvedBy(solver: Highs, { orders, stock, warehouses, shipmentCost }: CompletionWorld): SentOrder[] {
  const sites = Array.from({ length: warehouses }, (_, site) => site);
  const [gains, rows, whole, yesOrNo]: string[][] = [[], [], [], []];
  const takers = stock.map((row) => row.map((): string[] => []));
  for (const [order, { value, needs }] of orders.entries()) {
    gains!.push(`+ ${value} y${order}`, ...sites.map((site) => `- ${shipmentCost} z${order}_${site}`));
    yesOrNo!.push(`y${order}`, ...sites.map((site) => `z${order}_${site}`));
    for (const { item, units } of needs) {
      const names = sites.map((site) => `x${order}_${item}_${site}`);
      whole!.push(...names);
      for (const site of sites) {
        takers[item]![site]!.push(names[site]!);
        rows!.push(`${names[site]!} - ${units} z${order}_${site} <= 0`);
      }
      rows!.push(`${names.join(" + ")} - ${units} y${order} = 0`);
    }
  }
  for (const [item, row] of takers.entries())
    for (const [site, names] of row.entries())
      if (names.length > 0) rows!.push(`${names.join(" + ")} <= ${stock[item]![site]!}`);
  const problem = [
    `Maximize\n obj: ${gains!.join(" ")}`,
    `Subject To\n${rows!.map((row, at) => ` c${at}: ${row}`).join("\n")}`,
    `General\n ${whole!.join(" ")}`,
    `Binary\n ${yesOrNo!.join(" ")}\nEnd`,
  ].join("\n");
  const { Columns } = solver.solve(problem, { time_limit: 60, mip_rel_gap: 1e-4 });
  return orders.flatMap(({ needs }, order): SentOrder[] => {
    if (Math.round(Columns[`y${order}`]!.Primal) === 0) return [];
    const parts = needs.flatMap(({ item }) =>
      sites.flatMap((site) => {
        const units = Math.round(Columns[`x${order}_${item}_${site}`]!.Primal);
        return units > 0 ? [{ item, site, units }] : [];
      }),
    );
    return [{ order, parts }];
  });
}
