import { allocateColumns } from "../../../src/allocation/allocate-columns.js";
import { reasonCodes } from "../../../src/allocation/allocation-reasons.js";
import { plannedOrders } from "../../../src/allocation/planned-orders.js";
import { allocateBatch } from "../../../src/allocation/allocate-batch.js";
import { columnsInOrder, readBatch } from "../../../src/allocation/batch-columns.js";
import { keyReader, serviceByKnown } from "../../../src/allocation/order-of-service.js";
import { instant } from "../../../src/core/instant.js";
import type { Order } from "../../../src/model/order.js";
import { TODAY, type OrderWorld } from "./order-world.js";

/** When and by whom the batch is run. */
export const CONTEXT = { at: instant("2026-03-02T09:00:00.000Z"), actor: { function: "warehouse" } } as const;

/** Tells where the time of `allocateBatch` goes, from one run of its parts. */
export function allocationPhases({ orders, stock, policy }: OrderWorld): string {
  const times: [string, number][] = [];
  const timed = <T>(name: string, work: () => T): T => {
    globalThis.gc?.();
    const start = process.cpuUsage();
    const value = work();
    const { user, system } = process.cpuUsage(start);
    times.push([name, user + system]);
    return value;
  };
  const keys = keyReader(policy.priority);
  const read = timed("reading", () => readBatch(orders, stock, policy, TODAY, undefined, keys.read));
  const sequence = timed("sort", () => serviceByKnown(orders, policy.priority, {}, keys.known));
  const served = sequence.map((place) => orders[place] as Order);
  const batch = timed("into columns", () => columnsInOrder(read, served, sequence, TODAY));
  const takes = timed("loop", () => allocateColumns(batch.columns));
  timed("plan", () => plannedOrders(served, batch, takes, reasonCodes(batch, takes, new Set()), undefined));
  timed("all", () => allocateBatch(orders, stock, { ...CONTEXT, policy, today: TODAY }));
  const all = times.pop()?.[1] ?? 0;
  const rest = times.reduce((left, [, time]) => left - time, all);
  return [...times, ["apply", rest] as const]
    .map(([name, time]) => `${name} ${Math.round((time / all) * 100)} %`)
    .join(", ");
}
