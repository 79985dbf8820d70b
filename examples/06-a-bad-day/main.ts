// A day in the warehouse on which everything goes wrong that can, and where every piece is in the evening.

import { add, compare, sum, type Decimal } from "ordercycle";
import { ORDER_FILES, orderFiles } from "ordercycle/reports";
import { openBooks, shelves } from "./books.js";
import { addOn, cancelPicked, morning, shortLoad, shortPick, wrongItem } from "./floor.js";
import { failedDelivery, lostParcel, refusal, wrongAfterSigning } from "./road.js";
import { ORDERS, STOCK } from "./world.js";

const books = openBooks(ORDERS, STOCK);
console.log("Stock is shown by bin: on hand / reserved / on its way");
console.log(`  in the morning:   ${shelves(books.stock())}`);
morning(books);
console.log(`  after allocation: ${shelves(books.stock())}`);

const STORIES = [
  ["Short at picking", shortPick],
  ["Short at loading", shortLoad],
  ["A delivery that fails, and a second attempt", failedDelivery],
  ["Refused and short at the door", refusal],
  ["The customer wants more", addOn],
  ["Cancelled after picking", cancelPicked],
  ["A lost parcel", lostParcel],
  ["The wrong item", wrongItem],
  ["The wrong item, found out after signing", wrongAfterSigning],
] as const;
for (const [title, story] of STORIES) {
  console.log(`\n${title}`);
  story(books);
}

console.log("\nIn the evening");
console.log(`  stock: ${shelves(books.stock())}`);
const files = orderFiles(books.orders());
const filed: Decimal[] = [];
for (const file of ORDER_FILES) {
  const rows = files[file];
  if (rows.length === 0) continue;
  const quantity = sum(rows.map((row) => row.quantity));
  filed.push(quantity);
  console.log(`  ${file}: ${quantity} in ${[...new Set(rows.map(({ orderNo }) => orderNo))].join(", ")}`);
}
const ordered = books.orders().flatMap(({ lines }) => lines.map(({ orderedQty }) => orderedQty));
const isComplete = compare(sum(ordered), sum(filed)) === 0;
console.log(`  ordered ${ordered.reduce(add)}, in the files ${sum(filed)}: ${isComplete ? "nothing is lost" : "LOST"}`);
