import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** One name that an entry point exports. */
export interface ExportedName {
  readonly name: string;
  readonly kind: "function" | "const" | "interface" | "type" | "other";
}

/** An entry point of the package: the specifier that a user writes and the files that answer it. */
export interface EntryPoint {
  readonly specifier: string;
  /** Declaration file for `import`, relative to the package. */
  readonly types: string;
  /** Declaration file for `require`, relative to the package. */
  readonly requireTypes: string;
}

/** The entry points that package.json declares, without the data files among them. */
export function entryPoints(root: string): EntryPoint[] {
  const { name, exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    name: string;
    exports: Record<string, string | { import: { types: string }; require: { types: string } }>;
  };
  return Object.entries(exports).flatMap(([key, value]) =>
    typeof value === "string"
      ? []
      : [{ specifier: path.posix.join(name, key), types: value.import.types, requireTypes: value.require.types }],
  );
}

/** Lists what each declaration file exports, by name. */
export function listExports(root: string, files: readonly string[]): ExportedName[][] {
  const names = files.map((file) => path.join(root, file));
  const program = ts.createProgram(names, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    skipLibCheck: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  return names.map((name) => {
    const file = program.getSourceFile(name);
    const symbol = file && checker.getSymbolAtLocation(file);
    if (symbol === undefined) throw new Error(`${name} is missing or exports nothing`);
    return checker
      .getExportsOfModule(symbol)
      .map((each) => ({ name: each.name, kind: kindOf(each, checker) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

function kindOf(symbol: ts.Symbol, checker: ts.TypeChecker): ExportedName["kind"] {
  const { flags } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (flags & ts.SymbolFlags.Function) return "function";
  if (flags & ts.SymbolFlags.Variable) return "const";
  if (flags & ts.SymbolFlags.Interface) return "interface";
  if (flags & ts.SymbolFlags.TypeAlias) return "type";
  return "other";
}
