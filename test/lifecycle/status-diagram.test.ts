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

  it("rule 1: draws the usual steps of the table, each once, with all operations that take it", () => {
    const drawn = arrows.filter(({ from, to }) => from !== "[*]" && to !== "[*]");
    expect(new Set(drawn.map(({ from, to }) => `${from} ${to}`)).size).toBe(drawn.length);
    for (const { from, to, label } of drawn) {
      const taking = TRANSITIONS.filter(({ usual }) => usual.some(([start, end]) => start === from && end === to));
      expect(label?.split(", ")).toEqual(taking.map(({ operation }) => operation));
    }
    expect(drawn).toHaveLength(new Set(TRANSITIONS.flatMap(({ usual }) => usual.map((step) => step.join(" ")))).size);
  });

  it("rule 2: every usual step changes the status and is one that its row allows", () => {
    for (const { from, to, usual, keepsStatus } of TRANSITIONS) {
      if (keepsStatus === true) expect(usual).toEqual([]);
      for (const [start, end] of usual) {
        expect(start).not.toBe(end);
        expect(from).toContain(start);
        expect(to).toContain(end);
      }
    }
  });
});
