import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ESLint } from "eslint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

const brand = `declare const brand: unique symbol;
type Decimal = string & { readonly [brand]: "Decimal" };
declare const a: Decimal;
declare const b: Decimal | undefined;
`;

/** Each plant: the file, its statement, and the rule that must find it. */
const plants: readonly (readonly [file: string, content: string, rule: string])[] = [
  ["model/now.ts", "export const at: number = Date.now();", "no-restricted-globals"],
  ["model/new-date.ts", "export const at: unknown = new Date();", "no-restricted-globals"],
  ["model/alias.ts", "const Clock = Date;\nexport const at: unknown = new Clock(0);", "no-restricted-globals"],
  ["model/computed.ts", 'export const at: unknown = Date["now"]();', "no-restricted-globals"],
  ["model/random.ts", "export const chance: number = Math.random();", "no-restricted-properties"],
  [
    "model/taken-apart.ts",
    "const { random } = Math;\nexport const chance: number = random();",
    "no-restricted-properties",
  ],
  ["model/intl.ts", 'export const text: string = new Intl.NumberFormat("de").format(1);', "no-restricted-globals"],
  ["model/global-this.ts", "export const all: unknown = globalThis;", "no-restricted-globals"],
  ["model/locale-text.ts", "export const text: string = (1234.5).toLocaleString();", "no-restricted-syntax"],
  ["model/locale-order.ts", 'export const order: number = "a".localeCompare("b");', "no-restricted-syntax"],
  [
    "model/node.ts",
    'import { hostname } from "node:os";\nexport const name: string = hostname();',
    "no-restricted-imports",
  ],
  [
    "model/own-name.ts",
    'import { add } from "ordercycle";\nexport const plus: unknown = add;',
    "no-restricted-imports",
  ],
  ["model/zod.ts", 'import * as z from "zod";\nexport const text: unknown = z.string();', "no-restricted-imports"],
  ["schema/zod-named.ts", 'import { z } from "zod";\nexport const text: unknown = z.string();', "no-restricted-syntax"],
  ["schema/zod-config.ts", 'import * as z from "zod";\nz.config({});', "no-restricted-syntax"],
  [
    "model/decimal.ts",
    'import { Decimal } from "decimal.js";\nexport const one: unknown = new Decimal(1);',
    "no-restricted-imports",
  ],
  [
    "core/decimal-set.ts",
    'import { Decimal } from "decimal.js";\nDecimal.set({ precision: 3 });',
    "no-restricted-syntax",
  ],
  ["core/instant-now.ts", "export const at: number = Date.now();", "no-restricted-properties"],
  ["core/instant-new.ts", "export const at: unknown = new Date();", "no-restricted-syntax"],
  ["core/instant-local.ts", "export const hour: number = new Date(0).getHours();", "no-restricted-syntax"],
  [
    "core/time-zone-clock.ts",
    'import { isToday } from "date-fns/isToday";\nexport const f: unknown = isToday;',
    "no-restricted-imports",
  ],
  [
    "core/calendar-day-root.ts",
    'import { addDays } from "date-fns";\nexport const f: unknown = addDays;',
    "no-restricted-imports",
  ],
  ["model/number.ts", 'export const amount: number = Number("1.5");', "no-restricted-syntax"],
  ["model/parse-float.ts", 'export const amount: number = Number.parseFloat("1.5");', "no-restricted-syntax"],
  ["model/default.ts", "export default function planted(): void {}", "no-restricted-syntax"],
  ["model/let.ts", "let count = 0;\nexport const next = (): number => ++count;", "no-restricted-syntax"],
  ["model/map.ts", "export const seen: Map<string, string> = new Map();", "no-restricted-syntax"],
  ["model/class.ts", "export class Planted {\n  readonly a: number = 1;\n}", "no-restricted-syntax"],
  ["model/enum.ts", "export enum Planted {\n  One,\n}", "no-restricted-syntax"],
  [
    "model/instance.ts",
    "export const f = (value: unknown): boolean => value instanceof Array;",
    "no-restricted-syntax",
  ],
  ["model/import.ts", 'export const load = (): Promise<unknown> => import("./let.js");', "no-restricted-syntax"],
  [
    "model/boolean.ts",
    'export function planted(order: string, partly: boolean): string {\n  return partly ? order : "";\n}',
    "no-restricted-syntax",
  ],
  [
    "model/boolean-default.ts",
    'export function planted(partly: boolean = false): string {\n  return partly ? "a" : "";\n}',
    "no-restricted-syntax",
  ],
  ["model/barrel.ts", 'export { next } from "./let.js";', "no-restricted-syntax"],
  ["model/long.ts", `export const a: number = 1;\n${"// line\n".repeat(300)}`, "max-lines"],
  ["model/less.ts", `${brand}export const r: boolean = a < a;`, "ordercycle/no-decimal-operators"],
  [
    "model/narrowed.ts",
    `${brand}export const r: boolean = b !== undefined && b >= a;`,
    "ordercycle/no-decimal-operators",
  ],
  ["model/literal.ts", `${brand}export const r: boolean = a > "0";`, "ordercycle/no-decimal-operators"],
  ["model/plus.ts", `${brand}export const r: string = a + a;`, "ordercycle/no-decimal-operators"],
  [
    "model/plus-is.ts",
    `${brand}let r: string = a;\nr += a;\nexport const s = (): string => { let t = a; t += a; return t + r; };`,
    "ordercycle/no-decimal-operators",
  ],
  ["model/unary.ts", `${brand}export const r: number = +a;`, "ordercycle/no-decimal-operators"],
  [
    "model/sort.ts",
    `${brand}declare const list: Decimal[];\nexport const r: Decimal[] = list.sort();`,
    "ordercycle/no-decimal-operators",
  ],
  [
    "model/floating.ts",
    "declare const f: () => Promise<void>;\nexport const g = (): void => {\n  f();\n};",
    "@typescript-eslint/no-floating-promises",
  ],
  ["model/any.ts", "export const value: any = 1;", "@typescript-eslint/no-explicit-any"],
];

const permitted: readonly (readonly [file: string, content: string])[] = [
  [
    "model/permitted-day.ts",
    `declare const brand: unique symbol;\ntype CalendarDay = string & { readonly [brand]: "CalendarDay" };\ndeclare const a: CalendarDay;\nexport const r: boolean = a < a;`,
  ],
  ["model/permitted-sentence.ts", `${brand}export const r: string = "total " + a;\nexport const s: boolean = a === b;`],
  ["model/permitted-table.ts", 'export const TABLE: ReadonlyMap<string, string> = new Map([["a", "b"]]);'],
  ["model/permitted-error.ts", "export const f = (value: unknown): boolean => value instanceof RangeError;"],
  ["core/instant-permitted.ts", "export const f = (ms: number): string => new Date(ms).toISOString();"],
  ["core/time-zone-permitted.ts", 'import { addDays } from "date-fns/addDays";\nexport const f: unknown = addDays;'],
  ["schema/permitted-zod.ts", 'import * as z from "zod";\nexport const text: unknown = z.string();'],
  ["index.ts", 'export { next } from "./model/let.js";'],
];

let folder: string;
let found: Map<string, readonly string[]>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "ordercycle-lint-"));
  for (const name of [
    "package.json",
    "tsconfig.json",
    "tsconfig.base.json",
    "src/tsconfig.json",
    "eslint.config.js",
    "scripts/eslint",
  ]) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  for (const [file, content] of [...plants, ...permitted]) {
    mkdirSync(path.dirname(path.join(folder, "src", file)), { recursive: true });
    writeFileSync(path.join(folder, "src", file), `${content}\n`);
  }
  const results = await new ESLint({ cwd: folder }).lintFiles(["src"]);
  found = new Map(
    results.map(({ filePath, messages }) => [
      path.relative(path.join(folder, "src"), filePath),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    ]),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the lint rules of src", () => {
  it.each(plants)("find src/%s", (file, _content, rule) => {
    expect(found.get(file)).toContain(rule);
  });

  it.each(permitted)("leave src/%s alone", (file) => {
    expect(found.get(file)).toEqual([]);
  });
});
