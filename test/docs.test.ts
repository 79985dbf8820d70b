import { existsSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type Example, examplesInMarkdown, examplesInSource, findExamples } from "../scripts/doctest/find-examples.js";
import { instrument } from "../scripts/doctest/instrument.js";
import { runExamples } from "../scripts/doctest/run-examples.js";
import { type Fault, typeCheck } from "../scripts/doctest/type-check.js";

const root = path.resolve(import.meta.dirname, "..");
const shown = (faults: readonly Fault[]): string[] =>
  faults.map(({ file, line, message }) => `${file}:${line}: ${message}`);

beforeAll(() => {
  if (!existsSync(path.join(root, "dist/index.d.ts"))) throw new Error("The package is not built: npm run build");
});

describe("the examples of README, docs and docstrings", () => {
  const examples = findExamples(root);

  it("exist", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  it("have the types that they claim, against the built package", () => {
    expect(shown(typeCheck(root, examples))).toEqual([]);
  });

  it("give the values that they claim, against the built package", () => {
    const { faults, claims } = runExamples(root, examples);
    expect(shown(faults)).toEqual([]);
    expect(claims).toBeGreaterThan(0);
  });

  it("run, apart from a few that say why not", () => {
    const idle = examples.filter(({ run }) => !run).map(({ file, line }) => `${file}:${line}`);
    expect(idle.length, idle.join(", ")).toBeLessThanOrEqual(5);
  });
});

describe("the reader of examples", () => {
  const document = [
    "# Title",
    "",
    "```ts",
    "const a = 1;",
    "a; // => 1",
    "```",
    "",
    "```js",
    "ignored",
    "```",
    "- item",
    "  ```ts no-run",
    "  const b: number = 2;",
    "  ```",
  ].join("\n");

  it("takes the ts blocks of Markdown, with their lines", () => {
    expect(examplesInMarkdown("a.md", document)).toEqual([
      { file: "a.md", line: 4, code: "const a = 1;\na; // => 1", run: true },
      { file: "a.md", line: 13, code: "const b: number = 2;", run: false },
    ]);
  });

  it("takes the ts blocks of docstrings and leaves code alone", () => {
    const source = [
      "/** One line. */",
      "/**",
      " * Adds.",
      " * @example",
      " * ```ts",
      " * const a = {",
      " *   b: 1,",
      " * };",
      " * ```",
      " */",
      "const text = '```ts';",
    ].join("\n");
    expect(examplesInSource("a.ts", source)).toEqual([
      { file: "a.ts", line: 6, code: "const a = {\n  b: 1,\n};", run: true },
    ]);
  });

  it("refuses a block without an end", () => {
    expect(() => examplesInMarkdown("a.md", "```ts\nconst a = 1;")).toThrow("a.md:2");
  });
});

const example = (file: string, code: string): Example => ({ file, line: 10, code, run: true });

describe("a planted fault", () => {
  it("of type is found on its line", () => {
    const faults = typeCheck(root, [
      example("a.md", "const a = 1;\nconst b: string = a;"),
      example("b.md", 'import { noSuchThing } from "ordercycle";'),
    ]);
    expect(shown(faults)).toEqual([
      expect.stringMatching(/^a\.md:11: TS2322/u),
      expect.stringMatching(/^b\.md:10: TS2305/u),
    ]);
  });

  const plants: readonly (readonly [name: string, code: string, message: string])[] = [
    ["a wrong value", "1 + 1; // => 3", "10: promises 3, is 2"],
    ["a wrong value on the next line", "1 + 1;\n// => 3", "11: promises 3, is 2"],
    ["a wrong value of a const", "const a = [1];\nconst b = a; // => [2]", "11: promises [2], is [1]"],
    ["a wrong printed value", 'console.log({ a: "1" }); // => { "a": "2" }', '10: promises { "a": "2" }, is {"a":"1"}'],
    ["a wrong value inside a block", "for (const a of [1]) {\n  a; // => 2\n}", "11: promises 2, is 1"],
    ["a missing error", "[1].at(0); // => throws RangeError", "10: promises throws RangeError, is 1"],
    ["an unexpected error", "new Array(-1).length; // => 1", "10: promises 1, is throws RangeError"],
    ["a value never reached", "if (Math.abs(1) > 2) {\n  Math.abs(1); // => 1\n}", "11: promises 1, is never reached"],
    ["a promise that is no literal", "Math.abs(1); // => about one", "10: not a literal: about one"],
    ["a promise without a statement", "// => 1\nMath.abs(1);", "10: promise without a statement"],
    ["undefined in place of a value", "[1].at(7); // => 1", "10: promises 1, is undefined"],
    ["a crash", 'throw new Error("planted");', "10: stopped: Error: planted"],
  ];
  let faults: readonly string[];

  beforeAll(() => {
    faults = shown(
      runExamples(
        root,
        plants.map(([name, code]) => example(name, code)),
      ).faults,
    );
  });

  it.each(plants)("such as %s is found on its line", (name, _code, message) => {
    const found = faults.filter((fault) => fault.startsWith(`${name}:`));
    expect(found).toEqual([expect.stringContaining(`${name}:${message}`)]);
  });
});

describe("a promise that is kept", () => {
  const kept = [
    "1 + 1; // => 2",
    "1 + 1;\n// => 2",
    'const a = { b: [1, null], c: undefined }; // => {"b": [1, null]}',
    "[1].at(7); // => undefined",
    "-1 * 2; // => -2",
    "new Array(-1).length; // => throws RangeError",
    'const a = "// => 1";\na.length; // => 7',
    "[1, 2].map((each) => ({ each })); // => [\n//   { each: 1 },\n//   { each: 2 },\n// ]",
    "Math.max(\n  1,\n  2,\n); // => 2",
    "const f = () => { return 1; };\nf(); // => 1",
  ];

  it.each(kept)("is seen: %j", (code) => {
    expect(instrument(example("a.md", code)).claims).toHaveLength(1);
  });

  it("is accepted", () => {
    const { faults, claims } = runExamples(
      root,
      kept.map((code) => example("a.md", code)),
    );
    expect(shown(faults)).toEqual([]);
    expect(claims).toBe(kept.length);
  });
});
