import { readFileSync } from "node:fs";
import path from "node:path";

interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Lists what is wrong with a package-lock.json.
 *
 * 1. Every optional dependency of every locked package is locked too: npm drops those that a registry does not have
 *    (yet) for another platform, and `npm ci` then fails there.
 * 2. No entry names the registry it came from, so that the lock works with every mirror.
 * 3. Every package has its checksum.
 */
export function lockFaults(lock: Lock): string[] {
  const faults: string[] = [];
  const places = Object.keys(lock.packages);
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!places.some((other) => other.endsWith(`node_modules/${name}`))) {
        faults.push(`${place || "the root"} wants ${name}, which is not in the lock`);
      }
    }
    if (entry.resolved?.startsWith("http")) faults.push(`${place} names a registry: ${entry.resolved}`);
    if (place !== "" && entry.link !== true && entry.integrity === undefined) faults.push(`${place} has no checksum`);
  }
  return faults;
}

if (process.argv[1] === import.meta.filename) {
  const file = path.resolve(import.meta.dirname, "../package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const faults = lockFaults(lock);
  for (const fault of faults) console.error(fault);
  console.log(`${Object.keys(lock.packages).length} packages in the lock, ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
