import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryPoints, listExports } from "../../scripts/api/list-exports.js";
import { loadedPackages } from "../../scripts/api/loaded-packages.js";

const root = path.resolve(import.meta.dirname, "../..");
const bin = (name: string): string => path.join(root, "node_modules", name);
const entries = entryPoints(root).map(({ specifier }) => specifier);

interface Answer {
  readonly code: number;
  readonly text: string;
}

/** Runs a command and gives its exit code and everything that it printed. */
async function run(command: string, args: readonly string[], cwd: string): Promise<Answer> {
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

const node = (args: readonly string[], cwd: string): Promise<Answer> => run(process.execPath, args, cwd);

let bench: string;
let consumer: string;
let tarball: string;
let contents: readonly string[];

beforeAll(async () => {
  bench = realpathSync(mkdtempSync(path.join(tmpdir(), "ordercycle-package-")));
  consumer = path.join(bench, "consumer");
  mkdirSync(consumer);
  const packed = await run("npm", ["pack", "--json", "--pack-destination", bench], root);
  // npm may print notices around the JSON.
  const [report] = JSON.parse(packed.text.slice(packed.text.indexOf("["), packed.text.lastIndexOf("]") + 1)) as [
    { filename: string; files: { path: string }[] },
  ];
  tarball = path.join(bench, report.filename);
  contents = report.files.map((file) => file.path);
  const { peerDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    peerDependencies: Record<string, string>;
  };
  writeFileSync(
    path.join(consumer, "package.json"),
    JSON.stringify({
      name: "consumer",
      private: true,
      dependencies: { ...peerDependencies, ordercycle: `file:${tarball}` },
    }),
  );
  const installed = await run(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--prefer-offline"],
    consumer,
  );
  if (installed.code !== 0) throw new Error(installed.text);
}, 300_000);

afterAll(() => {
  rmSync(bench, { recursive: true, force: true });
});

describe("the tarball", { timeout: 300_000 }, () => {
  it("holds the built files, the licence and the documents that npm shows, and nothing else", () => {
    const built = /^dist\/[\w-]+\.(?:js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)$/u;
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    expect(contents.filter((file) => !built.test(file)).sort()).toEqual(documents);
    for (const name of ["index", "schema", "interchange", "reports", "testing"]) {
      for (const kind of ["js", "cjs", "d.ts", "d.cts"]) expect(contents).toContain(`dist/${name}.${kind}`);
    }
  });

  it("pleases publint", async () => {
    const answer = await node([bin("publint/src/cli.js"), "run", tarball, "--strict"], bench);
    expect(answer.code, answer.text).toBe(0);
  });

  it("has right types for every way to resolve it since Node 16", async () => {
    const answer = await node([bin("@arethetypeswrong/cli/dist/index.js"), tarball, "--profile", "node16"], bench);
    expect(answer.code, answer.text).toBe(0);
  });

  it("names no path of the machine that built it", () => {
    const folder = path.join(consumer, "node_modules/ordercycle");
    const leaks = contents.filter((file) => readFileSync(path.join(folder, file), "utf8").includes(root));
    expect(leaks).toEqual([]);
  });
});

describe("the installed package", { timeout: 300_000 }, () => {
  it.each(entries)("%s answers import", async (specifier) => {
    writeFileSync(
      path.join(consumer, "probe.mjs"),
      `import * as all from ${JSON.stringify(specifier)};\nif (Object.keys(all).length === 0) throw new Error("empty");\n`,
    );
    const answer = await node(["probe.mjs"], consumer);
    expect(answer, answer.text).toEqual({ code: 0, text: "" });
  });

  it.each(entries)("%s answers require", async (specifier) => {
    writeFileSync(
      path.join(consumer, "probe.cjs"),
      `const all = require(${JSON.stringify(specifier)});\nif (Object.keys(all).length === 0) throw new Error("empty");\n`,
    );
    const answer = await node(["probe.cjs"], consumer);
    expect(answer, answer.text).toEqual({ code: 0, text: "" });
  });

  it("calculates the same through import and through require", async () => {
    writeFileSync(
      path.join(consumer, "sum.mjs"),
      'import { add, decimal } from "ordercycle";\nconsole.log(add(decimal("0.1"), decimal("0.2")));\n',
    );
    writeFileSync(
      path.join(consumer, "sum.cjs"),
      'const { add, decimal } = require("ordercycle");\nconsole.log(add(decimal("0.1"), decimal("0.2")));\n',
    );
    expect(await node(["sum.mjs"], consumer)).toEqual({ code: 0, text: "0.3\n" });
    expect(await node(["sum.cjs"], consumer)).toEqual({ code: 0, text: "0.3\n" });
  });

  it.each([
    ["node16", "node16", false, ["consumer.mts", "consumer.cts"]],
    ["esnext", "bundler", true, ["consumer.ts"]],
  ])(
    "compiles for a consumer with module %s, moduleResolution %s, skipLibCheck %s, in %j",
    async (module, moduleResolution, skipLibCheck, files) => {
      const lists = listExports(
        root,
        entryPoints(root).map(({ types }) => types),
      );
      const imports = entries.map((specifier, index) => `import * as entry${index} from ${JSON.stringify(specifier)};`);
      const uses = lists.flatMap((names, index) =>
        names
          .filter(({ kind }) => kind === "function" || kind === "const")
          .map(({ name }) => `  entry${index}.${name},`),
      );
      const text = [
        ...imports,
        "export const used: readonly unknown[] = [",
        ...uses,
        "];",
        'export const sum: entry0.Decimal = entry0.add(entry0.decimal("1"), entry0.decimal("2"));',
        "// @ts-expect-error plain text is not a decimal, which proves that the types are really read",
        'export const wrong: entry0.Decimal = "1";',
        "",
      ].join("\n");
      for (const file of files) writeFileSync(path.join(consumer, file), text);
      writeFileSync(
        path.join(consumer, "tsconfig.json"),
        JSON.stringify({
          compilerOptions: {
            module,
            moduleResolution,
            target: "es2022",
            lib: ["es2022", "dom"],
            types: [],
            strict: true,
            skipLibCheck,
            noEmit: true,
          },
          files,
        }),
      );
      const answer = await node([bin("typescript/bin/tsc"), "-p", "."], consumer);
      expect(answer, answer.text).toEqual({ code: 0, text: "" });
    },
  );
});

describe("the packages that an entry point loads", () => {
  const dist = (file: string): string => path.join(root, "dist", file);

  it.each(["index.js", "index.cjs", "index.d.ts", "index.d.cts", "reports.js", "reports.d.ts"])(
    "are not zod for %s",
    (file) => {
      const packages = loadedPackages(dist(file));
      expect(packages.filter((name) => /^(?:zod|fast-check|node:)/u.test(name))).toEqual([]);
    },
  );

  it("are zod for the schemas, so that the reader of imports sees something", () => {
    expect(loadedPackages(dist("schema.js"))).toContain("zod");
    expect(loadedPackages(dist("schema.cjs"))).toContain("zod");
    expect(loadedPackages(dist("schema.d.ts"))).toContain("zod");
  });

  it("are date-fns by sub-path only", () => {
    for (const entry of ["index", "schema", "interchange", "reports", "testing"]) {
      expect(loadedPackages(dist(`${entry}.js`))).not.toContain("date-fns");
    }
  });
});
