import path from "node:path";
import { importCsv } from "../../../src/interchange/import-csv.js";
import { summariseSales } from "../../../src/reports/summarise-sales.js";
import { dataSet, readText } from "../../data/data-folder.js";
import { parseRetailRow } from "../../data/online-retail.js";
import type { Workload } from "../workload.js";

/** A year of a shop's invoices, from the compressed file to the sums. */
export const retailWorkload: Workload = {
  id: "retail",
  title: "Online Retail: read, check and sum up 541,909 invoice lines",
  reference: "importCsv, parseSalesRecord, summariseSales",
  cases: () => [{ name: "the whole file", work: 541_909, settings: {} }],
  contenders: [
    {
      name: "importCsv, parseSalesRecord, summariseSales",
      prepare: () => {
        const set = dataSet("online-retail");
        if (set.isAbsent) throw new Error(`no ${set.folder}: set ORDERCYCLE_DATA to the folder of the data sets`);
        const file = path.join(set.folder, "online-retail.csv.gz");
        const times: number[] = [];
        const readUp = () => {
          times.length = 0;
          const text = timed(times, () => readText(file));
          const imported = timed(times, () => importCsv(text, parseRetailRow));
          if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
          return timed(times, () => summariseSales(imported.value.accepted));
        };
        return {
          run: readUp,
          check: (result) => {
            const { records, amount } = result as ReturnType<typeof summariseSales>;
            return `${records} records, ${amount}`;
          },
          note: () =>
            ["unpack", "read and check", "sum up"]
              .map((name, phase) => `${name} ${Math.round(times[phase] ?? 0)} ms`)
              .join(", "),
        };
      },
    },
  ],
};

function timed<T>(times: number[], work: () => T): T {
  const start = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(start);
  times.push((user + system) / 1000);
  return value;
}
