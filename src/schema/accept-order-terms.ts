import { isLocalTime } from "../core/time-zone.js";
import type { Address } from "../model/address.js";
import type { DeliveryRequirement, VehicleRestriction } from "../model/customer.js";
import type { OrderCharge } from "../model/order.js";
import type { LineDiscount } from "../model/order-line.js";
import {
  acceptList,
  acceptMoney,
  acceptOneOf,
  acceptPercent,
  acceptQuantity,
  expectNoOther,
  hasOnly,
  isPlainName,
  isPlainRecord,
  isPlainRemark,
  type Building,
} from "./accepted-values.js";
import { CHARGE_KINDS } from "./order-terms.js";
import { DEFAULT_PARSE_LIMITS } from "./parse-options.js";

/** Takes a charge that is beyond doubt. */
export function acceptCharge(input: unknown): OrderCharge | undefined {
  if (!isPlainRecord(input) || !hasOnly(input, "kind", "amount")) return undefined;
  const kind = acceptOneOf(CHARGE_KINDS, input.kind);
  const amount = acceptMoney(input.amount);
  return kind === undefined || amount === undefined ? undefined : { kind, amount };
}

/** Takes a discount of a line that is beyond doubt. */
export function acceptDiscount(input: unknown): LineDiscount | undefined {
  if (!isPlainRecord(input)) return undefined;
  if (hasOnly(input, "kind", "percent")) {
    const percent = acceptPercent(input.percent);
    return input.kind === "percent" && percent !== undefined ? { kind: "percent", percent } : undefined;
  }
  if (!hasOnly(input, "kind", "amount") || input.kind !== "amount") return undefined;
  const amount = acceptMoney(input.amount);
  return amount === undefined ? undefined : { kind: "amount", amount };
}

/** Takes an address that is beyond doubt. */
export function acceptAddress(input: unknown): Address | undefined {
  if (!isPlainRecord(input)) return undefined;
  const address: Building<Address> = {};
  for (const name of Object.keys(input) as (keyof Address)[]) {
    const value = input[name];
    switch (name) {
      case "name":
      case "street":
      case "city":
      case "region":
      case "postalCode":
        if (!isPlainRemark(value)) return undefined;
        address[name] = value;
        break;
      case "country":
        if (!isPlainName(value)) return undefined;
        address.country = value;
        break;
      default:
        expectNoOther(name);
        return undefined;
    }
  }
  const { street, city, country } = address;
  return street === undefined || city === undefined || country === undefined ? undefined : (address as Address);
}

/** Takes wishes for a delivery that are beyond doubt. */
export function acceptDeliveryRequirement(input: unknown): DeliveryRequirement | undefined {
  if (!isPlainRecord(input)) return undefined;
  const wishes: Building<DeliveryRequirement> = {};
  for (const name of Object.keys(input) as (keyof DeliveryRequirement)[]) {
    const value = input[name];
    switch (name) {
      case "windowFrom":
      case "windowTo":
        if (!isLocalTime(value)) return undefined;
        wishes[name] = value;
        break;
      case "services":
        wishes.services = acceptList(value, DEFAULT_PARSE_LIMITS.maxItems, acceptName);
        if (wishes.services === undefined) return undefined;
        break;
      case "note":
        if (!isPlainRemark(value)) return undefined;
        wishes.note = value;
        break;
      default:
        expectNoOther(name);
        return undefined;
    }
  }
  return wishes as DeliveryRequirement;
}

/** Takes limits of a street that are beyond doubt. */
export function acceptVehicleRestriction(input: unknown): VehicleRestriction | undefined {
  if (!isPlainRecord(input)) return undefined;
  const limits: Building<VehicleRestriction> = {};
  for (const name of Object.keys(input) as (keyof VehicleRestriction)[]) {
    const value = input[name];
    switch (name) {
      case "maxLengthMetres":
      case "maxHeightMetres":
      case "maxWeightKilograms":
        if ((limits[name] = acceptQuantity(value)) === undefined) return undefined;
        break;
      case "accessFrom":
      case "accessTo":
        if (!isLocalTime(value)) return undefined;
        limits[name] = value;
        break;
      default:
        expectNoOther(name);
        return undefined;
    }
  }
  return limits as VehicleRestriction;
}

/** Takes a name that is beyond doubt. */
export function acceptName(value: unknown): string | undefined {
  return isPlainName(value) ? value : undefined;
}

/** Takes a choice by name for each of a few names that are beyond doubt. */
export function acceptChoices(input: unknown): Record<string, string> | undefined {
  if (!isPlainRecord(input)) return undefined;
  const names = Object.keys(input);
  const { maxFields, maxNameLength } = DEFAULT_PARSE_LIMITS;
  if (names.length > maxFields) return undefined;
  const choices: Record<string, string> = {};
  for (const name of names) {
    const choice = input[name];
    // Names that objects have of themselves are left to the slower reader.
    if (!isPlainName(name) || name.length > maxNameLength || name in choices || !isPlainName(choice)) return undefined;
    choices[name] = choice;
  }
  return choices;
}
