import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../src/reports/display-width.js";
import { dataSet } from "./data/data-folder.js";

const examples = readdirSync("examples").filter((name) => /^\d\d-/u.test(name));

function run(example: string, ...args: readonly string[]): string {
  const main = path.join("examples", example, "main.ts");
  return execFileSync("node_modules/.bin/tsx", [main, ...args], { encoding: "utf8", maxBuffer: 2 ** 26 });
}

describe("examples", () => {
  it("are there", () => {
    expect(examples).toContain("01-a-wholesalers-day");
  });

  it.each(examples)("%s says what one learns and prints what it should (UPDATE_EXPECTED=1 rewrites it)", (example) => {
    expect(readFileSync(path.join("examples", example, "README.md"), "utf8")).toContain("What you'll learn");
    const printed = run(example);
    const expected = path.join("examples", example, "expected.txt");
    if (process.env.UPDATE_EXPECTED === "1") writeFileSync(expected, printed);
    expect(printed).toBe(readFileSync(expected, "utf8"));
  });

  it.each(examples)("%s is readable in a terminal of 100 columns", (example) => {
    const wide = readFileSync(path.join("examples", example, "expected.txt"), "utf8")
      .split("\n")
      .filter((line) => displayWidth(line) > 100);
    expect(wide).toEqual([]);
  });

  const northwind = dataSet("northwind");
  it.skipIf(northwind.isAbsent)(northwind.title("01 takes in 830 orders and serves 727 of 1,198 open units"), () => {
    const printed = run("01-a-wholesalers-day", "--data", northwind.folder);
    expect(printed).toContain("830 became orders with 2155 lines, 0 were refused");
    expect(printed).toContain("Stapled to order 11008");
    expect(printed).toMatch(/\n +1198 +EA +0 +727 +0 +471\n/u);
    expect(printed.split("\n").filter((line) => displayWidth(line) > 100)).toEqual([]);
  });

  it("01 refuses arguments that it does not know", () => {
    expect(() => run("01-a-wholesalers-day", "--dat")).toThrow(/Usage/u);
  });
});
