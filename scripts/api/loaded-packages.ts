import { readFileSync } from "node:fs";
import path from "node:path";

const SPECIFIER = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["'](?<specifier>[^"'\n]+)["']/gu;

/**
 * The packages that a built file (or declaration file) loads, itself or through the chunks that it shares with others,
 * as the specifiers that are written there.
 */
export function loadedPackages(file: string): string[] {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const { groups } of readFileSync(name, "utf8").matchAll(SPECIFIER)) {
      const specifier = groups!.specifier!;
      if (specifier.startsWith(".")) visit(path.resolve(path.dirname(name), declarationOf(name, specifier)));
      else packages.add(specifier);
    }
  };
  visit(path.resolve(file));
  return [...packages].sort();
}

function declarationOf(importer: string, specifier: string): string {
  return /\.d\.c?ts$/u.test(importer) ? specifier.replace(/\.(?<kind>c?)js$/u, ".d.$<kind>ts") : specifier;
}
