import { describe, expect, it, test } from "vitest";
import { defineSubStates, subStateMoves, subStateOf, type SubStates } from "../../src/lifecycle/sub-states.js";
import { anyOrder } from "../../src/testing/index.js";
import { orderIn } from "./order-in.js";

/** Packing inside `picked`: loose → packed, with a check that may send it back. */
const PACKING = {
  states: [
    { name: "loose", status: "picked", isInitial: true },
    { name: "packed", status: "picked", mayLeave: true },
    { name: "checked", status: "picked", mayLeave: true },
    { name: "filed", status: "closed", isInitial: true },
  ],
  moves: [
    { move: "pack", from: ["loose"], to: "packed" },
    { move: "check", from: ["packed"], to: "checked", guard: ({ lines }) => lines.length > 1 },
    { move: "unpack", from: ["packed", "checked"], to: "loose" },
  ],
} as const satisfies SubStates<string>;

type Loose = SubStates<string>;
const faults = (definition: Loose): unknown[] => {
  const defined = defineSubStates(definition);
  return defined.ok ? [] : defined.issues.map(({ code, path, params }) => [code, path.join("."), params]);
};
const withState = (state: Loose["states"][number]): Loose => ({ ...PACKING, states: [...PACKING.states, state] });
const withMove = (move: Loose["moves"][number]): Loose => ({ ...PACKING, moves: [...PACKING.moves, move] });

describe("defineSubStates (mission 11.2)", () => {
  it("takes states that can all be reached and left", () => {
    expect(defineSubStates(PACKING)).toEqual({ ok: true, value: PACKING });
    expect(faults({ states: [], moves: [] })).toEqual([]);
  });

  test.each<[what: string, definition: Loose, ...faults: unknown[]]>([
    [
      "a name that is there twice",
      withState({ name: "packed", status: "picked" }),
      ["sub_state.twice", "states.4.name", { name: "packed" }],
    ],
    [
      "a step from nowhere",
      withMove({ move: "lose", from: ["gone"], to: "loose" }),
      ["sub_state.unknown", "moves.3", { name: "gone", move: "lose" }],
    ],
    [
      "a step to nowhere",
      withMove({ move: "lose", from: ["loose"], to: "gone" }),
      ["sub_state.unknown", "moves.3", { name: "gone", move: "lose" }],
    ],
    [
      "a status without a beginning",
      withState({ name: "seen", status: "entered", mayLeave: true }),
      ["sub_state.no_initial", "states", { status: "entered" }],
    ],
    [
      "two beginnings",
      withState({ name: "damp", status: "picked", isInitial: true }),
      ["sub_state.several_initial", "states", { status: "picked", names: ["loose", "damp"] }],
    ],
    [
      "a step that changes the status",
      withMove({ move: "file", from: ["packed"], to: "filed" }),
      ["sub_state.leaves_status", "moves.3", { move: "file", from: "packed", to: "filed" }],
    ],
    [
      "a state that nobody comes to",
      withState({ name: "lost", status: "picked", mayLeave: true }),
      ["sub_state.unreachable", "states.4", { name: "lost" }],
    ],
    [
      "a state that nobody leaves",
      {
        ...withState({ name: "locked", status: "picked" }),
        moves: [...PACKING.moves, { move: "lock", from: ["packed"], to: "locked" }],
      },
      ["sub_state.dead_end", "states.4", { name: "locked" }],
    ],
    [
      "a status that nobody leaves",
      { states: [{ name: "stuck", status: "allocated", isInitial: true }], moves: [] },
      ["sub_state.dead_end", "states.0", { name: "stuck" }],
    ],
    [
      "a circle that nobody leaves",
      {
        states: [
          { name: "round", status: "entered", isInitial: true },
          { name: "about", status: "entered" },
        ],
        moves: [
          { move: "turn", from: ["round"], to: "about" },
          { move: "turn back", from: ["about"], to: "round" },
        ],
      },
      ["sub_state.dead_end", "states.0", { name: "round" }],
      ["sub_state.dead_end", "states.1", { name: "about" }],
    ],
  ])("refuses %s", (_what, definition, ...expected) => {
    expect(faults(definition)).toEqual(expected);
  });

  it("goes through a chain of ten thousand states in no time that grows faster than the chain", () => {
    const names = Array.from({ length: 10_000 }, (_, place) => `s${place}`);
    const states = names.map((name, place) => ({
      name,
      status: "entered" as const,
      ...(place === 0 ? { isInitial: true as const } : {}),
      ...(place === 9_999 ? { mayLeave: true as const } : {}),
    }));
    const moves = names.slice(1).map((to, place) => ({ move: `to ${to}`, from: [names[place] ?? ""], to }));
    expect(faults({ states, moves })).toEqual([]);
  });
});

describe("subStateOf and subStateMoves (mission 11.2)", () => {
  it("an order keeps its state while its status stays, and begins anew in another", () => {
    expect(subStateOf(PACKING, orderIn("picked"), undefined)).toBe("loose");
    expect(subStateOf(PACKING, orderIn("picked"), "packed")).toBe("packed");
    expect(subStateOf(PACKING, orderIn("closed"), "packed")).toBe("filed");
    expect(subStateOf(PACKING, orderIn("shipped"), "packed")).toBeUndefined();
    expect(subStateOf(PACKING, orderIn("picked"), "filed")).toBe("loose");
  });

  it("steps are those that begin in the state, and guards say whether they are open", () => {
    expect(subStateMoves(PACKING, orderIn("picked"), "packed")).toEqual([
      { move: "check", to: "checked", isPossible: false },
      { move: "unpack", to: "loose", isPossible: true },
    ]);
    const two = anyOrder({ stage: "confirmed", lines: [{}, {}] });
    expect(subStateMoves(PACKING, two, "packed")[0]?.isPossible).toBe(true);
    expect(subStateMoves(PACKING, two, "filed")).toEqual([]);
  });
});
