import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const programs = ["test/fixtures/time-and-money.ts", ...globSync("examples/*/main.ts", { cwd: root }).sort()];

/** The worlds in which the same program must say the same: time zone, language, hours that the clock is off. */
const worlds: readonly { readonly zone: string; readonly locale: string; readonly hours: number }[] = [
  { zone: "UTC", locale: "C.UTF-8", hours: 0 },
  { zone: "Pacific/Kiritimati", locale: "de_DE.UTF-8", hours: 9_000 },
  { zone: "America/New_York", locale: "C.UTF-8", hours: -90_000 },
  { zone: "UTC", locale: "de_DE.UTF-8", hours: -2 },
  { zone: "Pacific/Kiritimati", locale: "C.UTF-8", hours: 15 },
  { zone: "America/New_York", locale: "de_DE.UTF-8", hours: 400_000 },
];

/** Runs before the program: the clock is off by so many hours, and chance repeats another sequence in each world. */
const SKEW = `
const hours = Number(process.env.SKEW_HOURS);
const RealDate = Date;
const skewed = () => RealDate.now() + hours * 3_600_000;
class SkewedDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [skewed()] : parts));
  }
  static now() {
    return skewed();
  }
}
globalThis.Date = SkewedDate;
let state = Math.abs(hours) + 1;
Math.random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "ordercycle-purity-"));
  writeFileSync(path.join(folder, "skew.mjs"), SKEW);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a program prints in each world. */
async function outputs(program: string): Promise<string[]> {
  return Promise.all(
    worlds.map(async ({ zone, locale, hours }) => {
      const args = ["--import", pathToFileURL(path.join(folder, "skew.mjs")).href, "--import", "tsx", program];
      const env = { PATH: process.env.PATH, TZ: zone, LANG: locale, LC_ALL: locale, SKEW_HOURS: String(hours) };
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env });
      return stdout;
    }),
  );
}

describe("the same program in other time zones, languages, hours and chances", () => {
  it.each(programs)("says the same: %s", async (program) => {
    if (!existsSync(path.join(root, "dist/index.js"))) throw new Error("The package is not built: npm run build");
    const said = await outputs(program);
    expect(said[0]?.length).toBeGreaterThan(100);
    expect(new Set(said).size).toBe(1);
  });

  it("would say something else if it read the clock, the zone, chance or the language", async () => {
    const readings = [
      "new Date().getUTCFullYear()",
      "Date.now()",
      "new Date(0).getHours()",
      "Math.random()",
      "(1234.5).toLocaleString()",
    ];
    const program = path.join(folder, "planted.mjs");
    writeFileSync(program, readings.map((reading) => `console.log(${reading});\n`).join(""));
    const said = (await outputs(program)).map((text) => text.split("\n"));
    for (const [index, reading] of readings.entries()) {
      expect(new Set(said.map((lines) => lines[index])).size, reading).toBeGreaterThan(1);
    }
  });
});

describe("the text of src", () => {
  const impure =
    /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\btoLocale\w*\(|\blocaleCompare\b/u;
  const files = globSync("src/**/*.ts", { cwd: root });

  /** Code without its comments, which may name what they forbid. */
  const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gmu, "");

  it("reads no clock, no chance and no language", () => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => impure.test(code(readFileSync(path.join(root, file), "utf8"))))).toEqual([]);
  });

  it.each(["const a = Date.now();", "new Date( )", "x = Math.random()", "a.localeCompare(b)", "n.toLocaleString()"])(
    "would be found to say %s",
    (text) => {
      expect(impure.test(code(text))).toBe(true);
      expect(impure.test(code(`/* ${text} */ // ${text}`))).toBe(false);
    },
  );
});
