import { describe, expect, it } from "vitest";
import { instant } from "../../src/core/instant.js";
import {
  findUntoldDisplacements,
  tellDisplacements,
  timesDisplaced,
  undoDisplacements,
} from "../../src/lifecycle/displacement-ledger.js";
import { anyDisplacement } from "../../src/testing/index.js";

const MONDAY = "2026-03-02T09:00:00.000Z";
const TUESDAY = "2026-03-03T09:00:00.000Z";
const first = anyDisplacement({ at: MONDAY });
const second = anyDisplacement({ at: TUESDAY });
const other = anyDisplacement({ victim: { orderNo: "SO-2", lineId: "SO-2-1" }, at: MONDAY });

// Mission 8.7; definition B15.
describe("the ledger of displacements", () => {
  it("finds those of which nobody was told", () => {
    const told = { ...other, customerToldAt: instant(TUESDAY) };
    expect(findUntoldDisplacements([first, told, second])).toEqual([first, second]);
  });

  it("notes for one order what came before the call, and keeps earlier notes (rule 1)", () => {
    const noon = instant("2026-03-02T12:00:00Z");
    const earlier = { ...first, customerToldAt: instant("2026-03-02T09:30:00Z") };
    expect(tellDisplacements([earlier, first, second, other], "SO-1", noon)).toEqual([
      earlier,
      { ...first, customerToldAt: noon },
      second,
      other,
    ]);
    expect(tellDisplacements([first], "SO-1", first.at)[0]?.customerToldAt).toBe(first.at);
  });

  it("counts a run once for an order, whatever it took (rule 1)", () => {
    const line = anyDisplacement({ victim: { orderNo: "SO-1", lineId: "SO-1-2" }, at: MONDAY });
    expect([...timesDisplaced([first, line, second, other])]).toEqual([
      ["SO-1", 2],
      ["SO-2", 1],
    ]);
    expect(timesDisplaced([]).size).toBe(0);
  });

  it("notes what was given back on the entry that is meant, and counts it no more (rules 1, 2; mission 9.14)", () => {
    const back = instant(TUESDAY);
    const told = { ...first, customerToldAt: instant(MONDAY) };
    const alike = [
      anyDisplacement({ at: MONDAY, victim: { orderNo: "SO-1", lineId: "SO-1-2" } }),
      anyDisplacement({ at: MONDAY, winner: { orderNo: "SO-9", lineId: "SO-9-2" } }),
      anyDisplacement({ at: MONDAY, itemCode: "SALT" }),
      second,
    ];
    const after = undoDisplacements([told, ...alike], [{ ...first, undoneAt: back }]);
    expect(after).toEqual([{ ...told, undoneAt: back }, ...alike]);
    expect(timesDisplaced([after[0]!, second]).get("SO-1")).toBe(1);
    expect(timesDisplaced([after[0]!]).has("SO-1")).toBe(false);
    expect(undoDisplacements([first], [second])).toEqual([first]);
  });
});
