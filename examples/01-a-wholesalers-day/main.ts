// `npm start` runs the wholesaler's own day; `npm start -- --data <folder>` runs the Northwind orders in that folder.

import { existsSync } from "node:fs";
import path from "node:path";
import { runDay } from "./day.js";
import { runNorthwind } from "./northwind-day.js";
import { printDay } from "./print-day.js";

const [flag, folder] = process.argv.slice(2);
if (flag !== undefined && (flag !== "--data" || folder === undefined)) {
  console.error("Usage: npm start [-- --data <folder with the Northwind CSV files>]");
  process.exitCode = 1;
} else if (folder !== undefined && !existsSync(path.join(folder, "orders.csv"))) {
  console.error(`There is no orders.csv in ${folder}.`);
  process.exitCode = 1;
} else {
  console.log(printDay(folder === undefined ? runDay() : runNorthwind(folder)));
}
