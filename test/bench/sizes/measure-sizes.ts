import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { median } from "../sample.js";
import { textTable } from "../text-table.js";

interface Sized {
  readonly name: string;
  /** What a program would write. */
  readonly code: string;
  /** Packages that are not counted. */
  readonly beside?: readonly string[];
}

const source = path.resolve("src");
const entry = (name: string): string => JSON.stringify(path.join(source, name, "index.ts"));
const own = ["decimal.js", "date-fns", "@date-fns/tz", "zod", "fast-check"];

const SIZED: readonly Sized[] = [
  { name: "an empty module", code: "export const nothing = 0;" },
  { name: 'ordercycle: everything of "."', code: `export * from ${entry("")};` },
  { name: 'ordercycle: everything of ".", beside its dependencies', code: `export * from ${entry("")};`, beside: own },
  {
    name: "ordercycle: allocateBatch beside decimal.js",
    code: `export { allocateBatch } from ${entry("")};`,
    beside: own,
  },
  { name: "ordercycle: allocateBatch", code: `export { allocateBatch } from ${entry("")};` },
  { name: "ordercycle: enterOrder", code: `export { enterOrder } from ${entry("")};` },
  { name: "ordercycle: priceOrder", code: `export { priceOrder } from ${entry("")};` },
  { name: "ordercycle: add, multiplyRound", code: `export { add, multiplyRound } from ${entry("")};` },
  { name: "ordercycle/schema", code: `export * from ${entry("schema")};` },
  { name: "ordercycle/schema beside zod", code: `export * from ${entry("schema")};`, beside: own },
  { name: "ordercycle/interchange", code: `export * from ${entry("interchange")};` },
  { name: "ordercycle/reports", code: `export * from ${entry("reports")};` },
  { name: "zod: import { z }", code: 'import { z } from "zod"; export const schema = z.object({ id: z.string() });' },
  { name: "zod: import * as z", code: 'import * as z from "zod"; export const schema = z.object({ id: z.string() });' },
  { name: "decimal.js", code: 'export { Decimal } from "decimal.js";' },
  { name: "date-fns: addDays from the root", code: 'export { addDays } from "date-fns";' },
  { name: "date-fns/addDays", code: 'export { addDays } from "date-fns/addDays";' },
];

const IMPORTS = 9;

/** W8: what a program downloads and how long it waits before it starts. */
export async function measureSizes(): Promise<string> {
  const folder = path.resolve("reports/bench/sizes");
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const rows: string[][] = [];
  for (const [place, { name, code, beside = [] }] of SIZED.entries()) {
    const stdin = { contents: code, resolveDir: process.cwd(), loader: "ts" } as const;
    const usual = { stdin, bundle: true, format: "esm", platform: "neutral", write: false, target: "node20" } as const;
    const mainFields = ["module", "main"];
    const bundle = await build({ ...usual, mainFields, minify: true, external: [...beside] });
    const bytes = (bundle.outputFiles[0] as { contents: Uint8Array }).contents;
    // What node imports is not minified, and its packages are files of their own.
    const module = await build({ ...usual, packages: "external" });
    const file = path.join(folder, `${place}.mjs`);
    writeFileSync(file, (module.outputFiles[0] as { contents: Uint8Array }).contents);
    files.push(pathToFileURL(file).href);
    rows.push([name, kilobytes(bytes.length), kilobytes(gzipSync(bytes, { level: 9 }).length)]);
  }
  const times = files.map((): number[] => []);
  for (let turn = 0; turn < IMPORTS; turn++) {
    for (const [place, file] of files.entries()) times[place]?.push(importTime(file));
  }
  const table = rows.map((row, place) => [...row, median(times[place] as number[]).toFixed(1)]);
  return textTable(["import", "kB minified", "kB gzip", "import ms"], table);
}

function importTime(file: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - start)`;
  return Number(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }));
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
