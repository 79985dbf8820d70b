import fc from "fast-check";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from "../../src/schema/index.js";
import { readPlainData } from "../../src/schema/read-plain-data.js";

const read = (input: unknown, limits: Partial<ParseLimits> = {}) =>
  readPlainData(input, { ...DEFAULT_PARSE_LIMITS, ...limits });
const refusals = (input: unknown, limits: Partial<ParseLimits> = {}) =>
  read(input, limits).issues.map(({ code, path, params }) => [code, path, params]);
const nested = (depth: number): unknown => {
  let value: unknown = "core";
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

describe("reading plain data (mission 4.13)", () => {
  it("copies whatever JSON can carry, exactly", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (json) => {
        const input: unknown = JSON.parse(JSON.stringify(json));
        const { value, issues } = read(input);
        if (issues.length > 0) {
          // What JSON carries and we refuse: forbidden names and broken surrogates.
          expect(JSON.stringify(input)).toMatch(/"(__proto__|constructor|prototype)":|\\ud[89a-f]/u);
        } else expect(value).toStrictEqual(input);
      }),
    );
  });

  it("refuses lists, records, texts and names beyond the limits without reading on (rule 1)", () => {
    expect(refusals([1, 2, 3], { maxItems: 2 })).toEqual([["schema.too_many", [], { limit: 2, count: 3 }]]);
    expect(refusals({ lines: [1, 2, 3] }, { maxLines: 2 })).toEqual([
      ["schema.too_many", ["lines"], { limit: 2, count: 3 }],
    ]);
    expect(refusals({ lines: [1, 2, 3] }, { maxItems: 2 })).toEqual([]);
    expect(refusals({ a: 1, b: 2 }, { maxFields: 1 })).toEqual([["schema.too_many", [], { limit: 1, count: 2 }]]);
    expect(refusals(["abc"], { maxTextLength: 2 })).toEqual([["schema.too_long", [0], { limit: 2, length: 3 }]]);
    expect(refusals({ abc: 1 }, { maxNameLength: 2 })).toEqual([["schema.too_long", ["abc"], { limit: 2, length: 3 }]]);
    expect(refusals([1, 2], { maxItems: 2 })).toEqual([]);
    expect(refusals(["ab"], { maxTextLength: 2 })).toEqual([]);
  });

  it("reads a list beyond the limit no further than its length (rule 1)", () => {
    let reads = 0;
    const list = new Proxy(new Array<number>(1_000_000).fill(0), {
      get: (target, name, receiver): unknown => {
        reads += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    expect(refusals({ lines: list })).toEqual([["schema.too_many", ["lines"], { limit: 10_000, count: 1_000_000 }]]);
    expect(reads).toBe(1);
  });

  it("reads each value once (rule 1)", () => {
    const read1: string[] = [];
    const watched = (target: object): object =>
      new Proxy(target, {
        get: (owner, name, receiver): unknown => {
          read1.push(String(name));
          return Reflect.get(owner, name, receiver);
        },
      });
    read(watched({ a: watched([1, watched({ b: 2 })]), c: "x" }));
    expect(read1).toEqual(["a", "length", "0", "1", "b", "c"]);
  });

  it("refuses nesting beyond the limit, however deep it goes (rule 1)", () => {
    expect(refusals(nested(12))).toEqual([]);
    expect(refusals(nested(13)).map(([code, path]) => [code, (path as []).length])).toEqual([["schema.too_deep", 12]]);
    expect(refusals(nested(100_000))).toHaveLength(1);
  });

  it("refuses more values in all than the limit, so that a few shared lists cannot grow without end (rule 1)", () => {
    let bomb: unknown = "x";
    for (let level = 0; level < 11; level++) bomb = new Array(50).fill(bomb);
    const issues = refusals(bomb, { maxValues: 10_000, maxIssues: 5 });
    expect(issues).toHaveLength(6);
    expect(issues[0]).toMatchObject(["schema.too_many", expect.anything(), { limit: 10_000 }]);
  });

  it("refuses a value that contains itself and copies twice what stands in two places (rule 2)", () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.b = [circle];
    expect(refusals(circle)).toEqual([["schema.cycle", ["b", 0], {}]]);
    const shared = { a: 1 };
    const { value, issues } = read({ x: shared, y: shared });
    expect(issues).toEqual([]);
    expect(value).toStrictEqual({ x: { a: 1 }, y: { a: 1 } });
    expect((value as { x: object }).x).not.toBe((value as { y: object }).y);
  });

  it("refuses what is no plain data (rule 3)", () => {
    class Money {
      amount = 1;
    }
    const wrong = [
      new Date(0),
      new Map(),
      new Set(),
      new Money(),
      /x/u,
      new Error("x"),
      new Uint8Array(1),
      Promise.resolve(),
    ];
    for (const input of [...wrong, Object.create({ inherited: 1 })]) {
      expect(refusals({ a: input })).toEqual([
        ["schema.wrong_type", ["a"], { expected: "plain data", received: "instance of a class" }],
      ]);
    }
    for (const input of [Symbol("s"), 1n, () => 1]) {
      expect(refusals([input])).toEqual([
        ["schema.wrong_type", [0], { expected: "plain data", received: typeof input }],
      ]);
    }
    expect(refusals([NaN, -Infinity, 0])).toEqual([
      ["schema.not_finite", [0], { received: "NaN" }],
      ["schema.not_finite", [1], { received: "-Infinity" }],
    ]);
    expect(Object.is((read([-0]).value as number[])[0], 0)).toBe(true);
  });

  it("knows plain objects of another realm (rule 3)", () => {
    expect(read(runInNewContext("({ a: [{ b: 1 }] })"))).toStrictEqual({ value: { a: [{ b: 1 }] }, issues: [] });
  });

  it("refuses names that reach into prototypes, and no prototype is touched (rule 4)", () => {
    const { value, issues } = read(
      JSON.parse('{"a":{"__proto__":{"polluted":1},"constructor":{"prototype":{}},"prototype":2}}'),
    );
    expect(issues.map(({ code, path }) => [code, ...path])).toEqual([
      ["schema.forbidden_field", "a", "__proto__"],
      ["schema.forbidden_field", "a", "constructor"],
      ["schema.forbidden_field", "a", "prototype"],
    ]);
    expect(value).toStrictEqual({ a: {} });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("refuses broken text, in values and in names (rule 5)", () => {
    expect(refusals(["ok 😀", "\uD83D", "\uDE00\uD83D"])).toEqual([
      ["schema.lone_surrogate", [1], {}],
      ["schema.lone_surrogate", [2], {}],
    ]);
    expect(refusals({ "\uD83D": 1 })).toEqual([["schema.lone_surrogate", ["\uFFFD"], {}]]);
  });

  it("leaves out fields with the value undefined, inherited fields and symbols (rule 6)", () => {
    expect(read({ a: undefined, b: 1, [Symbol("s")]: 2 }).value).toStrictEqual({ b: 1 });
    expect(Object.keys(read({ a: undefined }).value as object)).toEqual([]);
  });

  it("refuses what throws when it is read (rule 7)", () => {
    const thrower = (trap: string): unknown =>
      new Proxy(
        {},
        {
          [trap]: () => {
            throw new Error(trap);
          },
        },
      );
    for (const trap of ["ownKeys", "getPrototypeOf"]) {
      expect(refusals({ a: thrower(trap), b: NaN })).toEqual([
        ["schema.unreadable", ["a"], {}],
        ["schema.not_finite", ["b"], { received: "NaN" }],
      ]);
    }
    const getter = {
      get a(): unknown {
        throw new Error("a");
      },
      b: 1,
    };
    expect(refusals([[getter]])).toEqual([["schema.unreadable", [0, 0], {}]]);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(refusals([proxy])).toEqual([["schema.unreadable", [0], {}]]);
  });
});
