import { readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";

/** One ```ts block of a document or of a docstring. */
export interface Example {
  /** Where the block stands, relative to the repository. */
  readonly file: string;
  /** Line of the file (from 1) on which the first line of code stands. */
  readonly line: number;
  readonly code: string;
  /** False for blocks marked `ts no-run`: they are type-checked only. */
  readonly run: boolean;
}

const FENCE = /^(?<indent>\s*)(?<mark>`{3,}|~{3,})(?<info>.*)$/u;
const DOC_LINE = /^\s*\* ?(?<text>.*)$/u;

/** Finds the ```ts blocks of a Markdown text. */
export function examplesInMarkdown(file: string, text: string): Example[] {
  return examplesInLines(
    file,
    text.split("\n").map((line, index) => ({ line: index + 1, text: line })),
  );
}

/** Finds the ```ts blocks of the docstrings in a TypeScript text. */
export function examplesInSource(file: string, text: string): Example[] {
  const examples: Example[] = [];
  let comment: { line: number; text: string }[] | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (comment === undefined) {
      if (/^\s*\/\*\*/u.test(line) && !line.includes("*/")) comment = [];
      continue;
    }
    if (line.trimEnd().endsWith("*/")) {
      examples.push(...examplesInLines(file, comment));
      comment = undefined;
      continue;
    }
    comment.push({ line: index + 1, text: DOC_LINE.exec(line)?.groups?.text ?? line });
  }
  return examples;
}

/** Finds every example of a repository: README, docs (without the generated reference) and the docstrings of src. */
export function findExamples(root: string): Example[] {
  const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
  const list = (patterns: string[], ignore: string[] = []): string[] =>
    globSync(patterns, { cwd: root, ignore }).sort();
  return [
    ...list(["README.md", "docs/**/*.md"], ["docs/api/**"]).flatMap((file) => examplesInMarkdown(file, read(file))),
    ...list(["src/**/*.ts"]).flatMap((file) => examplesInSource(file, read(file))),
  ];
}

function examplesInLines(file: string, lines: readonly { line: number; text: string }[]): Example[] {
  const examples: Example[] = [];
  let open: { mark: string; indent: number; info: string; line: number; code: string[] } | undefined;
  for (const { line, text } of lines) {
    const fence = FENCE.exec(text)?.groups;
    if (open === undefined) {
      if (fence === undefined) continue;
      const { mark = "", indent = "", info = "" } = fence;
      open = { mark, indent: indent.length, info: info.trim(), line: line + 1, code: [] };
    } else if (fence?.mark?.startsWith(open.mark) && fence.info?.trim() === "") {
      const words = open.info.split(/\s+/u);
      if (words[0] === "ts" || words[0] === "typescript") {
        examples.push({ file, line: open.line, code: open.code.join("\n"), run: !words.includes("no-run") });
      }
      open = undefined;
    } else {
      open.code.push(text.slice(Math.min(open.indent, text.length - text.trimStart().length)));
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: the code block has no end`);
  return examples;
}
