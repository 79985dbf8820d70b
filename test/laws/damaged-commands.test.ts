import { describe, expect, it } from "vitest";
import { parseOrder, parseOrderEvent, parseStockMovement } from "../../src/schema/index.js";
import { deepFreeze } from "../../src/testing/index.js";
import { OPERATIONS } from "./operations.js";
import { VALID_COMMANDS, type ValidCommand } from "./valid-commands.js";

// Mission 4.13, 11.3: whatever a program hands over in the place of a command, it is refused with code and path, or is told
// by a RangeError that it is a bug; it never dies elsewhere, and nothing of it comes into an order.

type Path = readonly string[];

const GONE = Symbol("gone");
const INSTEAD: readonly unknown[] = [
  GONE,
  undefined,
  null,
  "",
  "x",
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  "9".repeat(45),
  "9".repeat(25),
  "-1",
  "NaN",
  true,
  {},
  [],
  [null],
  "__proto__",
];

/** Parts that come through doors of their own: `parseReallocationProposal`, `parseSubstituteProposal`, `parseOrderEvents`. */
const OWN_DOORS: ReadonlySet<string> = new Set(["proposal", "events"]);

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (OWN_DOORS.has(path.at(-1) ?? "")) return [path];
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([step, part]) => pathsOf(part, [...path, step]))];
}

function damaged(command: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value === GONE ? undefined : value;
  const owner = command as Record<string, unknown>;
  const part = rest.length === 0 ? value : damaged(owner[step], rest, value);
  const copy = (Array.isArray(owner) ? [...(owner as unknown[])] : { ...owner }) as Record<string, unknown>;
  if (part === GONE) Reflect.deleteProperty(copy, step);
  else copy[step] = part;
  return copy;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What is wrong with an answer; undefined for one that is sound. */
function flawOf({ run }: ValidCommand, command: unknown): string | undefined {
  let answer: ReturnType<ValidCommand["run"]>;
  try {
    answer = run(command as never);
  } catch (error) {
    if (error instanceof RangeError && /^[A-Z].+\.$/u.test(error.message)) return undefined;
    return String(error);
  }
  if ("ok" in answer && !answer.ok) return flawsOfRefusal(answer.issues);
  const outcome = ("ok" in answer ? answer.value : answer) as Record<string, unknown>;
  const { order, orders = order === undefined ? [] : [order], events = [], movements = [], refused = [] } = outcome;
  const found = [
    ...(orders as unknown[]).map((one) => [parseOrder(plain(one)), one] as const),
    ...(events as unknown[]).map((one) => [parseOrderEvent(plain(one)), one] as const),
    ...(movements as unknown[]).map((one) => [parseStockMovement(plain(one)), one] as const),
  ].flatMap(([parsed]) => (parsed.ok ? [] : parsed.issues.map(({ code, path }) => `${code} ${path.join(".")}`)));
  if (found.length > 0) return `rubbish: ${found.join(", ")}`;
  for (const { issues } of refused as { issues: never[] }[]) {
    const flaw = flawsOfRefusal(issues);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function flawsOfRefusal(
  issues: readonly { readonly code: string; readonly path: readonly unknown[] }[],
): string | undefined {
  if (issues.length === 0) return "no reason";
  const bad = issues.filter(
    ({ code, path }) =>
      !/^[a-z]+\.[a-z_]+$/u.test(code) || path.some((step) => typeof step !== "string" && typeof step !== "number"),
  );
  return bad.length === 0 ? undefined : `bad issue ${bad[0]!.code}`;
}

/** Operations that take no command, or one that comes through a door of its own (drafts, rules, plans) or is for whole batches. */
const WITHOUT = [
  "enterOrder",
  "enterOrders",
  "correctOrder",
  "reviewOrder",
  "priceOrder",
  "priceOrders",
  "confirmOrder",
  "closeOrder",
  "applyHoldRules",
  "allocateOrder",
  "allocateBatch",
  "applyAllocationPlan",
  "reconfirmOrders",
  "takeInOrders",
  "fulfilOrders",
  "settleOrders",
  "runCycle",
];

it("every operation is damaged that takes a command", () => {
  const names = new Set(VALID_COMMANDS.map(({ name }) => name));
  const missing = OPERATIONS.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  expect(missing.sort()).toEqual([...WITHOUT].sort());
});

describe.each(VALID_COMMANDS)("a command for $name of whatever shape", (valid) => {
  deepFreeze(valid.command);

  it("is accepted as it should be", () => {
    const answer = valid.run(valid.command as never);
    expect("ok" in answer ? answer : { ok: answer.refused.length === 0, answer }).toMatchObject({ ok: true });
    expect(flawOf(valid, valid.command)).toBeUndefined();
  });

  it("with one field that is gone or something else, is refused or is sound", () => {
    const flaws = pathsOf(valid.command).flatMap((path) =>
      INSTEAD.flatMap((value) => {
        const flaw = flawOf(valid, damaged(valid.command, path, value));
        return flaw === undefined
          ? []
          : [
              `${path.join(".")} = ${typeof value === "symbol" ? "gone" : JSON.stringify(value)}: ${flaw.slice(0, 150)}`,
            ];
      }),
    );
    expect(flaws).toEqual([]);
  });
});
