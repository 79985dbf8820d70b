import path from "node:path";
import ts from "typescript";
import type { Example } from "./find-examples.js";

/** Something wrong with an example, and where. */
export interface Fault {
  readonly file: string;
  /** Line of the file, from 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Type-checks all examples in one program, as modules at the root of the package, so that `import … from "ordercycle"`
 * means the built package through its own `exports`.
 */
export function typeCheck(root: string, examples: readonly Example[]): Fault[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const byName = new Map(examples.map((example, index) => [path.join(root, `example-${index}.ts`), example]));
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const readFile = host.readFile.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => root;
  host.fileExists = (name) => byName.has(name) || fileExists(name);
  host.readFile = (name) => byName.get(name)?.code ?? readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const example = byName.get(name);
    return example === undefined
      ? getSourceFile(name, languageVersion, ...rest)
      : ts.createSourceFile(name, example.code, languageVersion, true);
  };
  const program = ts.createProgram([...byName.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const example = byName.get(diagnostic.file?.fileName ?? "");
    const message = `TS${diagnostic.code}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}`;
    if (example === undefined) return { file: diagnostic.file?.fileName ?? "(options)", line: 0, message };
    const { line } = ts.getLineAndCharacterOfPosition(diagnostic.file!, diagnostic.start ?? 0);
    return { file: example.file, line: example.line + line, message };
  });
}
