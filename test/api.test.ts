import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { entryPoints, listExports } from "../scripts/api/list-exports.js";

const root = path.resolve(import.meta.dirname, "..");
const pinned = path.join(import.meta.dirname, "fixtures/api.txt");
if (!existsSync(path.join(root, "dist/index.d.ts"))) throw new Error("The package is not built: npm run build");

const entries = entryPoints(root);
const lists = listExports(
  root,
  entries.map(({ types }) => types),
);
const published = entries.map((entry, index) => ({ ...entry, exports: lists[index]! }));

/** `import` and `require` of this file resolve the package by its own name, as a user's would. */
const require = createRequire(import.meta.url);

describe("the public surface", () => {
  it("is the pinned one (after a deliberate change: UPDATE_API=1 npx vitest run test/api.test.ts)", () => {
    const text = published
      .map(({ specifier, exports }) => [specifier, ...exports.map(({ kind, name }) => `  ${kind} ${name}`)].join("\n"))
      .join("\n\n");
    if (process.env.UPDATE_API === "1") writeFileSync(pinned, `${text}\n`);
    const known = existsSync(pinned) ? readFileSync(pinned, "utf8") : "";
    expect(`${text}\n`).toBe(known);
  });

  it("has five entry points", () => {
    expect(entries.map(({ specifier }) => specifier)).toEqual([
      "ordercycle",
      "ordercycle/schema",
      "ordercycle/interchange",
      "ordercycle/reports",
      "ordercycle/testing",
    ]);
  });

  it.each(published)("of $specifier holds functions, constants and types, nothing else", ({ exports }) => {
    expect(exports.filter(({ kind, name }) => kind === "other" || name === "default")).toEqual([]);
  });

  it.each(published)("of $specifier is the same for import, require and the types", async ({ specifier, exports }) => {
    const values = exports.filter(({ kind }) => kind === "function" || kind === "const").map(({ name }) => name);
    const imported = (await import(/* @vite-ignore */ specifier)) as Record<string, unknown>;
    const required = require(specifier) as Record<string, unknown>;
    expect(Object.keys(imported).sort()).toEqual(values.sort());
    expect(Object.keys(required).sort()).toEqual(values);
  });

  it("has the same types for import and require", () => {
    const forRequire = listExports(
      root,
      entries.map(({ requireTypes }) => requireTypes),
    );
    expect(forRequire).toEqual(lists);
  });

  it("gives one meaning to each value name across the entry points", () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { specifier, exports } of published) {
      for (const { name, kind } of exports) {
        if (kind !== "function" && kind !== "const") continue;
        if (seen.has(name)) twice.push(`${name}: ${seen.get(name)} and ${specifier}`);
        seen.set(name, specifier);
      }
    }
    expect(twice).toEqual([]);
  });
});
