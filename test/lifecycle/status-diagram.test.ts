import { describe, expect, it } from "vitest";
import { statusDiagram } from "../../src/lifecycle/status-diagram.js";
import { TRANSITIONS } from "../../src/lifecycle/transitions.js";
import { ORDER_STATUSES } from "../../src/model/order.js";

const rows = statusDiagram().split("\n");
const arrows = rows.flatMap((row) => {
  const found = /^ {2}(\S+) --> (\S+?)(?:: (.+))?$/u.exec(row);
  return found === null ? [] : [{ from: found[1]!, to: found[2]!, label: found[3] }];
});

describe("statusDiagram (mission 11.1, 11.3)", () => {
  it("is Mermaid text: a head and arrows, and the same at every call", () => {
    expect(rows[0]).toBe("stateDiagram-v2");
    expect(arrows).toHaveLength(rows.length - 1);
    expect(statusDiagram()).toBe(rows.join("\n"));
  });

  it("mentions every status", () => {
    expect(new Set(arrows.flatMap(({ from, to }) => [from, to]))).toEqual(new Set(["[*]", ...ORDER_STATUSES]));
  });

  it("leads from the beginning to every status, and from every status to an end", () => {
    const reach = (start: string, next: (at: string) => string[]): Set<string> => {
      const seen = new Set([start]);
      for (const at of seen) for (const found of next(at)) if (found !== "[*]") seen.add(found);
      return seen;
    };
    const reached = reach("entered", (at) => arrows.filter(({ from }) => from === at).map(({ to }) => to));
    expect(ORDER_STATUSES.filter((status) => !reached.has(status))).toEqual([]);
    for (const end of ["closed", "cancelled", "rejected"]) expect(rows).toContain(`  ${end} --> [*]`);
  });

  it("draws the straight way with its operations", () => {
    for (const [from, to, label] of [
      ["[*]", "entered", "enter"],
      ["entered", "confirmed", "confirm"],
      ["allocated", "picked", "pick"],
      ["picked", "shipped", "ship"],
      ["collected", "closed", "close"],
      ["returnedForCorrection", "entered", "correct"],
    ]) {
      const labels = arrows.find((arrow) => arrow.from === from && arrow.to === to)?.label?.split(", ");
      expect(labels).toContain(label);
    }
  });

  it("rule 1: draws no arrow from a status to itself, and each pair once", () => {
    expect(arrows.filter(({ from, to }) => from === to)).toEqual([]);
    expect(new Set(arrows.map(({ from, to }) => `${from} ${to}`)).size).toBe(arrows.length);
  });

  it("rule 2: draws no arrow to a less advanced status", () => {
    const advance = ["entered", "confirmed", "allocated", "picked", "shipped", "collected", "closed"];
    expect(arrows.filter(({ from, to }) => advance.includes(to) && advance.indexOf(to) < advance.indexOf(from))).toEqual(
      [],
    );
  });

  it("draws every forward pair of the table with all operations that lead along it", () => {
    for (const { from, to, label } of arrows) {
      if (from === "[*]" || to === "[*]") continue;
      const leading = TRANSITIONS.filter((row) => row.from.some((s) => s === from) && row.to.some((s) => s === to));
      expect(label?.split(", ")).toEqual(leading.map(({ operation }) => operation));
    }
  });
});
