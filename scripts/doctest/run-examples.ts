import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import type { Example } from "./find-examples.js";
import { type Claim, instrument } from "./instrument.js";
import type { Fault } from "./type-check.js";

/** What the child process saw of one example. */
interface Seen {
  readonly values: Readonly<Record<number, { readonly json?: string; readonly thrown?: string }>>;
  readonly crash?: string;
}

const RUNNER = `
import { writeFileSync } from "node:fs";
const names = JSON.parse(process.argv[2]);
const all = [];
console.log = console.info = console.warn = console.error = () => {};
for (const name of names) {
  const values = {};
  globalThis.__claim = (index, read) => {
    try {
      const value = read();
      values[index] = { json: JSON.stringify(value) };
      return value;
    } catch (error) {
      values[index] = { thrown: error?.name ?? String(error) };
      return undefined;
    }
  };
  let crash;
  try {
    await import(name);
  } catch (error) {
    crash = String(error?.stack ?? error).split("\\n").slice(0, 3).join(" ");
  }
  all.push({ values, crash });
}
writeFileSync(process.argv[3], JSON.stringify(all));
`;

/**
 * Runs the examples against the built package, all in one child process, and compares every promised value.
 * Values are compared as JSON: key order does not count, and a promise of `undefined` means "nothing".
 */
export function runExamples(
  root: string,
  examples: readonly Example[],
): { readonly faults: Fault[]; readonly claims: number } {
  const prepared = examples.filter(({ run }) => run).map((example) => ({ example, ...instrument(example) }));
  const faults: Fault[] = prepared.flatMap(({ example, faults: found }) =>
    found.map((each) => ({ file: example.file, ...each })),
  );
  mkdirSync(path.join(root, "reports"), { recursive: true });
  // Inside the package, so that its own name resolves to the built files.
  const folder = mkdtempSync(path.join(root, "reports", "doctest-"));
  try {
    const names = prepared.map(({ code }, index) => {
      const compiled = ts.transpileModule(code, {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
      });
      const name = path.join(folder, `example-${index}.mjs`);
      writeFileSync(name, `${compiled.outputText}\nexport {};\n`);
      return name;
    });
    const runner = path.join(folder, "runner.mjs");
    const answer = path.join(folder, "answer.json");
    writeFileSync(runner, RUNNER);
    execFileSync(process.execPath, [runner, JSON.stringify(names), answer], { cwd: folder, timeout: 60_000 });
    const seen = JSON.parse(readFileSync(answer, "utf8")) as Seen[];
    prepared.forEach(({ example, claims }, index) => {
      faults.push(...compareClaims(example, claims, seen[index]!));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { faults, claims: prepared.reduce((sum, { claims }) => sum + claims.length, 0) };
}

function compareClaims(example: Example, claims: readonly Claim[], seen: Seen): Fault[] {
  const { file } = example;
  const faults: Fault[] =
    seen.crash === undefined ? [] : [{ file, line: example.line, message: `stopped: ${seen.crash}` }];
  claims.forEach(({ line, text, expected }, index) => {
    const actual = seen.values[index];
    const shown =
      actual === undefined ? "never reached" : actual.thrown !== undefined ? `throws ${actual.thrown}` : actual.json;
    const agrees =
      actual !== undefined &&
      (expected.kind === "throws"
        ? actual.thrown === expected.name
        : actual.thrown === undefined &&
          isDeepStrictEqual(parsed(actual.json), parsed(JSON.stringify(expected.value))));
    if (!agrees) faults.push({ file, line, message: `promises ${text}, is ${shown ?? "undefined"}` });
  });
  return faults;
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
