import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";

/**
 * Fills the last two columns of docs/requirements.md from the ids that docstrings of src and tests name
 * (`mission 9.14, 9.15`).
 *
 * `npm run requirements` writes the file; with `-- --check` it only says whether the committed one is stale.
 * A requirement counts as served when code and a test name it. Open rows are listed and are no failure; ids that no row
 * has are one.
 */

const root = path.resolve(import.meta.dirname, "..");
const START = "<!-- requirements:start -->";
const END = "<!-- requirements:end -->";
const ROW = /^\| (?<id>\d+\.\d+[a-z]?) \| (?<text>[^|]*?) \|[^|]*\|[^|]*\|$/u;
const ID = /\d+\.\d+[a-z]?/gu;
const MENTION = /\bmission\s+(?<ids>\d+\.\d+[a-z]?(?:(?:\s*,\s*|\s+and\s+)(?:mission\s+)?\d+\.\d+[a-z]?)*)/giu;

/** The requirement ids that a text names. */
export function idsIn(text: string): string[] {
  const flowing = text.replace(/\n\s*(?:\*|\/\/)\s?/gu, " ");
  const ids = [...flowing.matchAll(MENTION)].flatMap(({ groups }) => groups!.ids!.match(ID) ?? []);
  return [...new Set(ids)];
}

/** Which files name each id. */
function filesById(patterns: string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const file of globSync(patterns, { cwd: root }).sort()) {
    for (const id of idsIn(readFileSync(path.join(root, file), "utf8")))
      found.set(id, [...(found.get(id) ?? []), file]);
  }
  return found;
}

const links = (files: readonly string[] = []): string => {
  return files.map((file) => `[${file.replace(/^(?:src|test)\/|(?:\.test)?\.ts$/gu, "")}](../${file})`).join(", ");
};

function main(): void {
  const target = path.join(root, "docs/requirements.md");
  const before = readFileSync(target, "utf8");
  const [from, until] = [before.indexOf(START), before.indexOf(END)];
  if (from < 0 || until < from) throw new Error(`docs/requirements.md has lost its markers ${START} … ${END}`);

  const served = filesById(["src/**/*.ts"]);
  const tested = filesById(["test/**/*.ts"]);
  const known: string[] = [];
  const rows = before
    .slice(from, until)
    .split("\n")
    .map((line) => {
      const { id, text } = ROW.exec(line)?.groups ?? {};
      if (id === undefined) return line;
      known.push(id);
      return `| ${id} | ${text} | ${links(served.get(id))} | ${links(tested.get(id))} |`;
    })
    .join("\n");
  const after = before.slice(0, from) + rows + before.slice(until);

  const done = known.filter((id) => served.has(id) && tested.has(id));
  const untested = known.filter((id) => served.has(id) && !tested.has(id));
  const open = known.filter((id) => !served.has(id));
  const unknown = [...new Set([...served.keys(), ...tested.keys()])].filter((id) => !known.includes(id));
  for (const id of unknown) {
    console.error(`No requirement ${id}: ${[...(served.get(id) ?? []), ...(tested.get(id) ?? [])].join(", ")}`);
  }
  if (open.length > 0) console.log(`named by no code: ${open.join(" ")}`);
  if (untested.length > 0) console.log(`named by code, but by no test: ${untested.join(" ")}`);
  console.log(`${done.length} of ${known.length} requirements are served, ${known.length - done.length} open`);
  if (unknown.length > 0) process.exitCode = 1;

  if (!process.argv.includes("--check")) {
    writeFileSync(target, after);
  } else if (after !== before) {
    console.error("docs/requirements.md is stale: npm run requirements");
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) main();
