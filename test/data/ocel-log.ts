import path from "node:path";
import { instant, type Instant } from "../../src/core/instant.js";
import type { CsvRecord } from "../../src/interchange/csv-table.js";
import { readRecords } from "./data-folder.js";

/** The eleven things that happen in the log. */
const ACTIVITIES = [
  "place order",
  "confirm order",
  "item out of stock",
  "reorder item",
  "pick item",
  "create package",
  "send package",
  "failed delivery",
  "package delivered",
  "payment reminder",
  "pay order",
] as const;

export type Activity = (typeof ACTIVITIES)[number];

/** An event of the log: what happened, when, and to which objects. */
export interface LogEvent {
  readonly eventId: string;
  readonly activity: Activity;
  readonly at: Instant;
  readonly items: readonly string[];
  readonly orders: readonly string[];
  readonly packages: readonly string[];
  /** Money of the objects that it names, as decimal text. */
  readonly price: string;
}

/** Reads the object-centric event log of the order department, in the order in which things happened. */
export function readOcelLog(folder: string): LogEvent[] {
  return readRecords(path.join(folder, "ocel_order_simulated.csv.gz")).map(eventOf);
}

function eventOf(row: CsvRecord): LogEvent {
  const activity = ACTIVITIES.find((known) => known === row["ocel:activity"]);
  if (activity === undefined) throw new Error(`No activity: ${row["ocel:activity"] ?? ""}`);
  return {
    eventId: row["ocel:eid"] ?? "",
    activity,
    at: instant((row["ocel:timestamp"] ?? "").replace(" ", "T")),
    items: idsIn(row["ocel:type:items"]),
    orders: idsIn(row["ocel:type:orders"]),
    packages: idsIn(row["ocel:type:packages"]),
    price: row.price ?? "",
  };
}

/** Ids are written as Python writes a list of texts; a blank is no id. */
function idsIn(cell = ""): string[] {
  if (cell.trim() === "") return [];
  if (!/^\['\d+'(?:,'\d+')*\]$/.test(cell)) throw new Error(`No list of ids: ${cell}`);
  return cell.slice(2, -2).split("','");
}
