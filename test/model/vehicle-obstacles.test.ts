import { describe, expect, it } from "vitest";
import { decimal } from "../../src/core/decimal.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import type { VehicleRestriction } from "../../src/model/customer.js";
import { vehicleObstacles, type Vehicle } from "../../src/model/vehicle.js";

const lorry: Vehicle = {
  vehicleClass: "7.5t",
  lengthMetres: decimal("8"),
  heightMetres: decimal("3.2"),
  weightKilograms: decimal("7500"),
};
const at = (time: string): LocalTime => time as LocalTime;

describe("vehicleObstacles (mission 5.5)", () => {
  it.each<[string, VehicleRestriction | undefined, readonly string[]]>([
    ["no restriction", undefined, []],
    ["a restriction without limits", {}, []],
    ["the very length", { maxLengthMetres: decimal("8") }, []],
    ["a shorter limit", { maxLengthMetres: decimal("7.99") }, ["too_long"]],
    ["the very height", { maxHeightMetres: decimal("3.2") }, []],
    ["a lower limit, which text would sort the other way", { maxHeightMetres: decimal("3.15") }, ["too_high"]],
    ["the very weight", { maxWeightKilograms: decimal("7500") }, []],
    ["a lighter limit", { maxWeightKilograms: decimal("999") }, ["too_heavy"]],
    [
      "all at once",
      { maxLengthMetres: decimal("1"), maxHeightMetres: decimal("1"), maxWeightKilograms: decimal("1") },
      ["too_long", "too_high", "too_heavy"],
    ],
  ])("rules 1 and 3: %s", (_case, restriction, expected) => {
    expect(vehicleObstacles(lorry, restriction)).toEqual(expected);
  });

  it.each([
    ["maxLengthMetres", "too_long"],
    ["maxHeightMetres", "too_high"],
    ["maxWeightKilograms", "too_heavy"],
  ] as const)("rule 1: a size that is not known does not fit %s", (limit, expected) => {
    expect(vehicleObstacles({ vehicleClass: "van" }, { [limit]: decimal("100") })).toEqual([expected]);
  });

  it.each([
    ["street and vehicle at the same time", ["06:00", "10:00"], ["09:00", "12:00"], true],
    ["the street closes when the vehicle comes", ["06:00", "10:00"], ["10:00", "12:00"], true],
    ["the street opens when the vehicle goes", ["12:00", "14:00"], ["10:00", "12:00"], true],
    ["the vehicle comes a second too late", ["06:00", "10:00"], ["10:00:01", "12:00"], false],
    ["the vehicle is gone before the street opens", ["12:00", "14:00"], ["10:00", "11:59:59"], false],
    ["the vehicle is there before, while and after", ["11:00", "11:30"], ["10:00", "12:00"], true],
    ["the street is open before, while and after", ["09:00", "15:00"], ["10:00", "12:00"], true],
    ["the street is open over midnight, the vehicle comes early", ["22:00", "05:00"], ["04:00", "08:00"], true],
    ["the street is open over midnight, the vehicle comes late", ["22:00", "05:00"], ["18:00", "22:00"], true],
    ["the street is open over midnight, the vehicle comes by day", ["22:00", "05:00"], ["06:00", "21:00"], false],
    ["the vehicle drives over midnight", ["06:00", "10:00"], ["22:00", "06:00"], true],
    ["the vehicle drives over midnight and comes too early", ["06:00", "10:00"], ["22:00", "05:59"], false],
    ["both go over midnight", ["23:00", "01:00"], ["22:00", "00:30"], true],
    ["the street opens and never closes", ["06:00", undefined], [undefined, "06:00"], true],
    ["the street opens too late", ["06:00", undefined], [undefined, "05:59"], false],
    ["the street closes too early", [undefined, "06:00"], ["06:00:01", undefined], false],
    ["the vehicle comes in the last second of the day", [undefined, undefined], ["23:59:59", undefined], true],
    ["the street is open in the first second only", [undefined, "00:00"], [undefined, undefined], true],
    ["with and without seconds is the same time", ["10:00", "10:00"], ["10:00:00", "10:00:00"], true],
  ] as const)("rule 2: %s", (_case, [accessFrom, accessTo], [arrivesFrom, arrivesTo], isOpen) => {
    const restriction = {
      ...(accessFrom === undefined ? {} : { accessFrom: at(accessFrom) }),
      ...(accessTo === undefined ? {} : { accessTo: at(accessTo) }),
    };
    const vehicle = {
      ...lorry,
      ...(arrivesFrom === undefined ? {} : { arrivesFrom: at(arrivesFrom) }),
      ...(arrivesTo === undefined ? {} : { arrivesTo: at(arrivesTo) }),
    };
    expect(vehicleObstacles(vehicle, restriction)).toEqual(isOpen ? [] : ["street_closed"]);
  });
});
