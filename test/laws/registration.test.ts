import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { OPERATIONS } from "./operations.js";

const root = path.resolve(import.meta.dirname, "../..");

/** Functions that answer with events and movements and are no operation: the writer in which every operation ends. */
const NO_OPERATION = ["recordEvent"];

/** Exported functions whose answer, or whose answer when it is granted, has events and movements. */
function exportedOperations(): string[] {
  const configFile = path.join(root, "src/tsconfig.json");
  const config = ts.getParsedCommandLineOfConfigFile(
    configFile,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail },
  );
  const index = path.join(root, "src/index.ts");
  const program = ts.createProgram([index], { ...config?.options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error("src/index.ts exports nothing.");
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined) return [];
    const signatures = checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures();
    return signatures.some((signature) => isAnswer(signature.getReturnType(), checker)) ? [exported.name] : [];
  });
}

function isAnswer(type: ts.Type, checker: ts.TypeChecker): boolean {
  const members = type.isUnion() ? type.types : [type];
  return members.some((member) => {
    const value = member.getProperty("value");
    const told =
      value?.valueDeclaration === undefined ? member : checker.getTypeOfSymbolAtLocation(value, value.valueDeclaration);
    return told.getProperty("events") !== undefined && told.getProperty("movements") !== undefined;
  });
}

function fail(diagnostic: ts.Diagnostic): void {
  throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
}

describe("the list of operations", () => {
  it("names every exported function that decides: a new one must be held against the laws", () => {
    const registered = OPERATIONS.map(({ name }) => name);
    expect([...registered, ...NO_OPERATION].sort()).toEqual(exportedOperations().sort());
  });
});
