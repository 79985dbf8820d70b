import { it } from "vitest";
import { allocateColumns } from "../../src/allocation/allocate-columns.js";
function run(n: number, o: {exp?: boolean; q?: number; aon?: boolean}) {
  const lines = n, lots = n;
  const t = performance.now();
  allocateColumns({ items: 1, warehouses: 1, sequence: Int32Array.from({length: lines}, (_, i) => i), lineItem: new Int32Array(lines), lineUnits: new Int32Array(lines).fill(n + 5), lineArea: new Int32Array(lines),
   ...(o.exp ? { lineExpiry: new Int32Array(lines).fill(5), lotExpiry: new Int32Array(lots).fill(9) } : {}),
   ...(o.q ? { lineQuantum: new Float64Array(lines).fill(o.q) } : {}),
   ...(o.aon ? { lineAllOrNothing: new Uint8Array(lines).fill(1) } : {}),
   lotItem: new Int32Array(lots), lotWarehouse: new Int32Array(lots), lotUnits: new Int32Array(lots).fill(1), lotQueue: Int32Array.from({length: lots}, (_, i) => i), nearness: Int32Array.of(0) });
  console.log(JSON.stringify(o), n, Math.round(performance.now() - t), "ms");
}
it("adv", () => { for (const n of [1000, 2000, 4000]) { run(n, {aon: true}); run(n, {aon: true, exp: true}); run(n, {q: n + 3}); run(n, {q: n + 3, exp: true}); } });
