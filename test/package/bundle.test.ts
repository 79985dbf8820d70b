import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** The packages whose code a bundler puts into a page that says `statement`. */
async function bundledPackages(statement: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: statement, resolveDir: root },
    bundle: true,
    metafile: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const names = used.flatMap(([file]) => /node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//u.exec(file)?.groups?.name ?? []);
  return [...new Set(names)].sort();
}

describe("a bundle of", () => {
  it("everything in ordercycle holds decimals and dates, no schema and no test library", async () => {
    const packages = await bundledPackages('import * as all from "ordercycle"; globalThis.all = all;');
    expect(packages).not.toContain("zod");
    expect(packages).not.toContain("fast-check");
    const known = ["@date-fns/tz", "date-fns", "decimal.js"];
    expect(packages.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("the reports holds no schema", async () => {
    expect(await bundledPackages('import * as all from "ordercycle/reports"; globalThis.all = all;')).not.toContain(
      "zod",
    );
  });

  it("one sum of decimals holds no date functions", async () => {
    const packages = await bundledPackages('import { add } from "ordercycle"; globalThis.add = add;');
    // @date-fns/tz does not declare itself free of side effects, so a bundler keeps what it has touched.
    expect(packages.filter((name) => name !== "decimal.js" && name !== "@date-fns/tz")).toEqual([]);
  });

  it("the schemas holds zod, so that this test sees what is there", async () => {
    expect(await bundledPackages('import * as all from "ordercycle/schema"; globalThis.all = all;')).toContain("zod");
  });
});
