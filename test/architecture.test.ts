import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));
const { layers, walls } = read("scripts/layers/layers.json") as Record<
  "layers" | "walls",
  Record<string, readonly string[]>
>;

async function cruiseSource(folder: string): Promise<ICruiseResult> {
  const options = await extractOptions(path.join(root, ".dependency-cruiser.cjs"));
  const result = await cruise(["src"], { ...options, validate: true, baseDir: folder, outputType: "json" }, undefined, {
    tsConfig: extractTsConfig(path.join(folder, "tsconfig.json")),
  });
  return (typeof result.output === "string" ? JSON.parse(result.output) : result.output) as ICruiseResult;
}

/** Each plant: the file, what it says, and the rule that must find it. */
const plants: readonly (readonly [file: string, content: string, rule: string])[] = [
  ["core/planted-upward.ts", `export { planted } from "../model/planted-target.js";`, "layer-core"],
  [
    "core/planted-type.ts",
    `import type { Planted } from "../model/planted-target.js";\nexport type A = Planted;`,
    "layer-core",
  ],
  ["core/planted-import-type.ts", `export type A = import("../model/planted-target.js").Planted;`, "layer-core"],
  ["core/planted-dynamic.ts", `export const load = () => import("../model/planted-target.js");`, "layer-core"],
  ["core/planted-template.ts", "export const load = () => import(`../model/planted-target.js`);", "layer-core"],
  ["model/planted-step.ts", `export { planted } from "../pricing/planted-target.js";`, "layer-model"],
  ["pricing/planted-deep.ts", `export { planted } from "../allocation/shortage/planted-target.js";`, "layer-pricing"],
  ["allocation/planted-back.ts", `export { planted } from "../pricing/planted-target.js";`, "layer-allocation"],
  ["reports/planted-step.ts", `export { planted } from "../pricing/planted-target.js";`, "layer-reports"],
  ["messages/planted-value.ts", `export { planted } from "../pricing/planted-target.js";`, "layer-messages"],
  [
    "messages/planted-both.ts",
    `import type { Planted } from "../pricing/planted-target.js";\nimport { planted } from "../pricing/planted-target.js";\nexport const a: Planted = planted;`,
    "layer-messages",
  ],
  ["schema/planted-value.ts", `export { planted } from "../allocation/shortage/planted-target.js";`, "layer-schema"],
  [
    "schema/planted-type.ts",
    `import type { Planted } from "../pricing/planted-target.js";\nexport type A = Planted;`,
    "layer-schema",
  ],
  ["cycle/planted-schema.ts", `export { planted } from "../schema/planted-target.js";`, "layer-cycle"],
  ["model/planted-barrel.ts", `export { planted } from "../planted-entry.js";`, "layer-model"],
  ["model/planted-self.ts", `export * from "ordercycle/reports";`, "no-way-out-of-src"],
  ["model/planted-outside.ts", `export { planted } from "../../test/planted-target.js";`, "no-way-out-of-src"],
  ["model/planted-zod.ts", `export { z } from "zod";`, "wall-zod"],
  ["model/planted-zod-type.ts", `import type { z } from "zod";\nexport type A = z.ZodType;`, "wall-zod"],
  ["interchange/planted-zod.ts", `export { z } from "zod";`, "wall-zod"],
  ["pricing/planted-decimal.ts", `export { Decimal } from "decimal.js";`, "wall-decimal.js"],
  ["pricing/planted-date.ts", `export { addDays } from "date-fns/addDays";`, "wall-date-fns"],
  ["pricing/planted-zone.ts", `export { tz } from "@date-fns/tz";`, "wall-@date-fns/tz"],
  ["pricing/planted-check.ts", `import fc from "fast-check";\nexport const a = fc.nat();`, "wall-fast-check"],
  ["pricing/planted-tool.ts", `export { globSync } from "tinyglobby";`, "not-a-listed-package"],
  ["pricing/planted-node.ts", `export { readFileSync } from "node:fs";`, "no-node-module"],
  ["pricing/planted-node-dynamic.ts", `export const load = () => import("node:os");`, "no-node-module"],
  ["pricing/planted-missing.ts", `export { missing } from "./planted-nowhere.js";`, "not-resolvable"],
  [
    "pricing/planted-circle-one.ts",
    `import { two } from "./planted-circle-two.js";\nexport const one = () => two;`,
    "no-circular",
  ],
  ["gadgets/planted-layerless.ts", `export { planted } from "../model/planted-target.js";`, "no-folder-without-layer"],
];

/** What the table allows and must therefore not be reported. */
const permitted: readonly (readonly [file: string, content: string])[] = [
  [
    "messages/planted-fine.ts",
    `import type { Planted } from "../pricing/planted-target.js";\nexport type A = Planted;`,
  ],
  [
    "schema/planted-policy.ts",
    `import type { Planted } from "../allocation/shortage/planted-target.js";\nexport type A = Planted;`,
  ],
  ["returns/planted-fine.ts", `export { planted } from "../pricing/planted-target.js";`],
  ["cycle/planted-fine.ts", `export { planted } from "../allocation/shortage/planted-target.js";`],
  ["core/decimal-planted.ts", `export { Decimal } from "decimal.js";`],
  [
    "schema/planted-fine.ts",
    `import * as z from "zod";\nexport { planted } from "../model/planted-target.js";\nexport const a = z.string();`,
  ],
  ["testing/planted-fine.ts", `export { planted } from "../schema/planted-target.js";`],
  ["core/planted-mutual-one.ts", `import type { Two } from "./planted-mutual-two.js";\nexport type One = Two[];`],
  [
    "core/planted-mutual-two.ts",
    `import type { One } from "./planted-mutual-one.js";\nexport type Two = One | string;`,
  ],
];

const target = `export type Planted = number;\nexport const planted = 1;`;
/** What the plants import: nobody checks these for themselves. */
const targets: readonly (readonly [file: string, content: string])[] = [
  ["src/model/planted-target.ts", target],
  ["src/pricing/planted-target.ts", target],
  ["src/allocation/shortage/planted-target.ts", target],
  ["src/schema/planted-target.ts", target],
  ["src/planted-entry.ts", target],
  ["test/planted-target.ts", target],
  ["dist/reports.js", "export const planted = 1;"],
  ["dist/reports.d.ts", "export declare const planted = 1;"],
  [
    "src/pricing/planted-circle-two.ts",
    `import { one } from "./planted-circle-one.js";\nexport const two = () => one;`,
  ],
];

describe("layers and package walls", () => {
  it("hold in src, and src is really read", async () => {
    const result = await cruiseSource(root);
    const sources = result.modules.filter((module) => module.source.startsWith("src/"));
    expect(sources.length).toBe(globSync("src/**/*.ts", { cwd: root }).length);
    expect(sources.length).toBeGreaterThan(0);
    const violations = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(violations).toEqual([]);
  });

  it("name only steps that core and model cannot reach", () => {
    expect(layers.core).toEqual([]);
    expect(layers.model).toEqual(["core"]);
    for (const [folder, allowed] of Object.entries(layers)) {
      for (const name of allowed.filter((each) => each !== "*"))
        expect(layers, `${folder} → ${name}`).toHaveProperty(name);
    }
  });

  it("stand around the packages that whoever installs ordercycle gets or brings, and around no others", () => {
    const { dependencies, peerDependencies } = read("package.json") as Record<string, Record<string, string>>;
    expect(Object.keys(walls).sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
  });

  it("give every folder of src a row", () => {
    const present = readdirSync(path.join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(present.map(({ name }) => name).filter((name) => !(name in layers))).toEqual([]);
  });
});

describe("a planted violation", () => {
  let folder: string;
  let found: Map<string, Set<string>>;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "ordercycle-layers-"));
    for (const name of ["package.json", "tsconfig.json", "tsconfig.base.json"])
      cpSync(path.join(root, name), path.join(folder, name));
    cpSync(path.join(root, "src"), path.join(folder, "src"), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const write = (file: string, content: string): void => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), `${content}\n`);
    };
    for (const [file, content] of targets) write(file, content);
    for (const [file, content] of [...plants, ...permitted]) write(`src/${file}`, content);
    const { summary } = await cruiseSource(folder);
    found = new Map();
    for (const { rule, from } of summary.violations) found.set(from, (found.get(from) ?? new Set()).add(rule.name));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(plants)("in src/%s is found", (file, _content, rule) => {
    expect([...(found.get(`src/${file}`) ?? [])]).toContain(rule);
  });

  it.each(permitted)("is not seen in src/%s, which the table permits", (file) => {
    expect(found.get(`src/${file}`)).toBeUndefined();
  });
});

describe("names of files", () => {
  const files = globSync("src/**/*.ts", { cwd: root });

  it("are kebab-case", () => {
    expect(
      files.filter((file) => !/^src\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/u.test(file)),
    ).toEqual([]);
  });

  it("say what the file does", () => {
    expect(
      files.filter((file) => /(?:^|[/-])(?:utils?|helpers?|common|managers?|misc|shared)(?:[/.-]|$)/u.test(file)),
    ).toEqual([]);
  });

  it("are `index` only for the entry points", () => {
    const entries = [
      "src/index.ts",
      "src/schema/index.ts",
      "src/interchange/index.ts",
      "src/reports/index.ts",
      "src/testing/index.ts",
    ];
    expect(files.filter((file) => file.endsWith("/index.ts") && !entries.includes(file))).toEqual([]);
  });
});
