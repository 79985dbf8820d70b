import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { globSync } from "tinyglobby";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
const docs = (node: ts.Node): readonly ts.JSDoc[] => ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
const tag = (node: ts.Node, name: string): boolean => ts.getJSDocTags(node).some((each) => each.tagName.text === name);

type Declaration = ts.FunctionDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.VariableStatement;

function exportedDeclarations(file: ts.SourceFile): Declaration[] {
  return file.statements.filter(
    (each): each is Declaration =>
      (ts.isFunctionDeclaration(each) ||
        ts.isInterfaceDeclaration(each) ||
        ts.isTypeAliasDeclaration(each) ||
        ts.isVariableStatement(each)) &&
      (each.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false),
  );
}

function nameOf(node: Declaration): string {
  return ts.isVariableStatement(node)
    ? node.declarationList.declarations.map(({ name }) => name.getText()).join(", ")
    : (node.name?.text ?? "");
}

/** What the docstrings of one file lack, each with its line. Public names are those that an entry point exports. */
function faultsOf(name: string, text: string, isPublic: (file: string, name: string) => boolean): string[] {
  const file = parse(name, text);
  const faults: string[] = [];
  const report = (node: ts.Node, message: string): void => {
    faults.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${message}`);
  };
  for (const node of exportedDeclarations(file)) {
    if (tag(node, "internal")) continue;
    if (docs(node).length === 0) report(node, `${nameOf(node)} has no docstring`);
    if (ts.isInterfaceDeclaration(node)) {
      for (const member of node.members) {
        if (docs(member).length === 0) report(member, `${nameOf(node)}.${member.name?.getText() ?? ""} has no comment`);
      }
    }
    if (ts.isFunctionDeclaration(node) && isPublic(name, nameOf(node))) {
      if (!tag(node, "example")) report(node, `${nameOf(node)} has no example`);
      if (!tag(node, "returns") && node.type?.kind !== ts.SyntaxKind.VoidKeyword) {
        report(node, `${nameOf(node)} does not say what it returns`);
      }
    }
  }
  return faults;
}

/** The files and names that an entry point re-exports. */
function publicNames(entry: string, text: string): string[] {
  return parse(entry, text).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/u, ".ts");
    const file = path.posix.join(path.posix.dirname(entry), specifier);
    const clause = statement.exportClause;
    if (clause === undefined || !ts.isNamedExports(clause)) return [`${file} *`];
    return clause.elements.map((each) => `${file} ${(each.propertyName ?? each.name).text}`);
  });
}

describe("docstrings", () => {
  const entries = ["src/index.ts", ...globSync("src/{schema,interchange,reports,testing}/index.ts", { cwd: root })];
  const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
  const names = new Set(
    entries.filter((entry) => existsSync(path.join(root, entry))).flatMap((entry) => publicNames(entry, read(entry))),
  );
  const isPublic = (file: string, name: string): boolean => names.has(`${file} ${name}`) || names.has(`${file} *`);

  it("stand at every export of src, at every field, with an example at every public function", () => {
    const files = globSync("src/**/*.ts", { cwd: root }).sort();
    expect(names.size).toBeGreaterThan(0);
    expect(files.flatMap((file) => faultsOf(file, read(file), isPublic))).toEqual([]);
  });

  it.each([
    ["export const a: number = 1;", ["a.ts:1: a has no docstring"]],
    ["/** Text. */\nexport interface A {\n  readonly b: string;\n}", ["a.ts:3: A.b has no comment"]],
    [
      "/** Text. */\nexport function a(): string {\n  return '';\n}",
      ["a.ts:2: a has no example", "a.ts:2: a does not say what it returns"],
    ],
    ["/**\n * Text.\n * @internal\n */\nexport function a(): string {\n  return '';\n}", []],
    ["/**\n * Text.\n * @returns text\n * @example\n */\nexport function a(): string {\n  return '';\n}", []],
    ["const a: number = 1;\nfunction b(): void {}", []],
  ])("are missed: %j", (text, faults) => {
    expect(faultsOf("a.ts", text, () => true)).toEqual(faults);
  });

  it("know the public names from the entry points", () => {
    const text = 'export { a, b as c } from "./x.js";\nexport type { D } from "../y/z.js";';
    expect(publicNames("src/schema/index.ts", text)).toEqual([
      "src/schema/x.ts a",
      "src/schema/x.ts b",
      "src/y/z.ts D",
    ]);
  });
});
