import ts from "typescript";
import type { Example } from "./find-examples.js";
import { readLiteral } from "./read-literal.js";

/** What one line of an example promises. */
export interface Claim {
  /** Line of the file (from 1) that makes the promise. */
  readonly line: number;
  /** The promise as it is written. */
  readonly text: string;
  /** The value that the line promises, or the name of the error that it promises to throw. */
  readonly expected:
    { readonly kind: "value"; readonly value: unknown } | { readonly kind: "throws"; readonly name: string };
}

/** An example made ready to run: code that reports each claimed value to `__claim(index, () => value)`. */
export interface Instrumented {
  readonly code: string;
  readonly claims: readonly Claim[];
  /** Promises that cannot be read, each with its line. */
  readonly faults: readonly { readonly line: number; readonly message: string }[];
}

const PROMISE = /^\/\/\s*=>\s*(?<text>.*)$/u;
const THROWS = /^throws\s+(?<name>[A-Za-z]+)\.?$/u;

/**
 * Turns the promises of an example into calls.
 *
 * 1. `expression; // => value` claims the value of the expression; so does `console.log(expression); // => value`.
 * 2. `const name = expression; // => value` claims the value of `name`.
 * 3. A value may go on over the following comment lines until it is complete.
 * 4. `expression; // => throws RangeError` claims that the expression throws.
 * 5. A promise on a line of its own belongs to the statement that ends on the line before.
 * 6. A promise that belongs to no statement, or that is no literal, is a fault: it would never be tested.
 */
export function instrument(example: Example): Instrumented {
  const { code } = example;
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2022, true);
  const lines = code.split("\n");
  const claims: Claim[] = [];
  const faults: { line: number; message: string }[] = [];
  const edits: { at: number; until: number; text: string }[] = [];
  const ends = new Map<number, ts.Statement>();
  collectStatements(file, (statement) => ends.set(file.getLineAndCharacterOfPosition(statement.end).line, statement));

  for (const comment of promises(file, lines)) {
    const line = example.line + comment.line;
    const statement = ends.get(comment.alone ? comment.line - 1 : comment.line);
    const expected = expectation(comment.text);
    if (statement === undefined || expected === undefined) {
      faults.push({
        line,
        message: expected === undefined ? `not a literal: ${comment.text}` : "promise without a statement",
      });
      continue;
    }
    const index = claims.length;
    const subject = subjectOf(statement);
    if (subject === undefined) {
      faults.push({ line, message: "only an expression or a const can promise a value" });
      continue;
    }
    claims.push({ line, text: comment.text, expected });
    if (subject.kind === "expression") {
      const { node } = subject;
      edits.push({ at: node.getStart(), until: node.end, text: `__claim(${index}, () => (${node.getText()}))` });
    } else {
      edits.push({ at: statement.end, until: statement.end, text: ` __claim(${index}, () => ${subject.name});` });
    }
  }
  let result = code;
  for (const { at, until, text } of edits.sort((a, b) => b.at - a.at))
    result = result.slice(0, at) + text + result.slice(until);
  return { code: result, claims, faults };
}

interface PromiseComment {
  /** Line of the example, from 0. */
  readonly line: number;
  /** Nothing but the comment stands on its line. */
  readonly alone: boolean;
  readonly text: string;
}

/** The `// => …` comments with the comment lines that complete them. */
function promises(file: ts.SourceFile, lines: readonly string[]): PromiseComment[] {
  const found: PromiseComment[] = [];
  const scanner = ts.createScanner(ts.ScriptTarget.ES2022, false, ts.LanguageVariant.Standard, file.text);
  const inside = templateRanges(file);
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind !== ts.SyntaxKind.SingleLineCommentTrivia) continue;
    const start = scanner.getTokenStart();
    if (inside.some(([from, to]) => from < start && start < to)) continue;
    const first = PROMISE.exec(scanner.getTokenText())?.groups?.text;
    if (first === undefined) continue;
    const { line } = file.getLineAndCharacterOfPosition(start);
    let text = first.trim();
    for (
      let next = line + 1;
      expectation(text) === undefined && /^\s*\/\/(?!\s*=>)/u.test(lines[next] ?? "");
      next += 1
    ) {
      text += `\n${(lines[next] ?? "").replace(/^\s*\/\/\s?/u, "")}`;
    }
    const alone = /^\s*\/\//u.test(lines[line] ?? "");
    // The value itself, when what follows it never completes anything.
    found.push({ line, alone, text: expectation(text) === undefined ? first.trim() : text });
  }
  return found;
}

function templateRanges(file: ts.SourceFile): [number, number][] {
  const ranges: [number, number][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) ranges.push([node.getStart(), node.end]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return ranges;
}

function expectation(text: string): Claim["expected"] | undefined {
  const name = THROWS.exec(text)?.groups?.name;
  if (name !== undefined) return { kind: "throws", name };
  const literal = text === "" ? undefined : readLiteral(text);
  return literal?.ok === true ? { kind: "value", value: literal.value } : undefined;
}

type Subject =
  { readonly kind: "expression"; readonly node: ts.Expression } | { readonly kind: "name"; readonly name: string };

function subjectOf(statement: ts.Statement): Subject | undefined {
  if (ts.isExpressionStatement(statement)) {
    const { expression } = statement;
    const isPrint = ts.isCallExpression(expression) && expression.expression.getText() === "console.log";
    const [argument] = isPrint ? expression.arguments : [];
    return { kind: "expression", node: argument ?? expression };
  }
  if (ts.isVariableStatement(statement) && statement.declarationList.declarations.length === 1) {
    const name = statement.declarationList.declarations[0]?.name;
    if (name !== undefined && ts.isIdentifier(name)) return { kind: "name", name: name.text };
  }
  return undefined;
}

function collectStatements(node: ts.Node, see: (statement: ts.Statement) => void): void {
  ts.forEachChild(node, (child) => {
    collectStatements(child, see);
    if (ts.isStatement(child) && !ts.isBlock(child)) see(child);
  });
}
