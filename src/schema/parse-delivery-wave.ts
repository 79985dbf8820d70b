import type { Result } from "../core/result.js";
import type { DeliveryWave } from "../model/stock.js";
import { deliveryWaveSchema } from "./stock-schema.js";
import type { ParseOptions } from "./parse-options.js";
import { parseWith } from "./parse-with.js";
import type { SchemaIssue } from "./schema-issue.js";

/**
 * Takes a delivery wave out of the master.
 *
 * **Rules**
 * 1. The time zone is a name of the IANA data base, since a place has rules for summer time and an offset has none.
 *
 * @param input anything: parsed JSON, a row, the body of a request
 * @param options whether unknown fields are refused or dropped, and limits of size; strict and generous by default
 * @returns the wave; or every reason why it is none, each with the path to its field
 * @throws RangeError for limits that are no limits; nothing in the input makes it throw
 *
 * **Source:** mission 5.1, 9.3
 * @example
 * ```ts
 * import { parseDeliveryWave } from "ordercycle/schema";
 * const wave = { deliveryWaveId: "AM", name: "Morning", cutOff: "16:00", departure: "06:30", timeZone: "Europe/Berlin" };
 * parseDeliveryWave(wave).ok; // => true
 * parseDeliveryWave({ ...wave, timeZone: "+02:00" }).ok; // => false
 * ```
 */
export function parseDeliveryWave(input: unknown, options: ParseOptions = {}): Result<DeliveryWave, SchemaIssue> {
  return parseWith(deliveryWaveSchema, input, options);
}
