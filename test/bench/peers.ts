import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Folder of the benchmark inside the repository. */
const HOME = "test/bench";

/**
 * Loads a library that ordercycle is measured against. It is installed in a folder of its own.
 *
 * @throws Error that says how to install it
 */
export async function importPeer<T>(name: string): Promise<T> {
  return (await import(pathToFileURL(peerFile(name, HOME)).href)) as T;
}

/**
 * Loads a library of CommonJS modules that is installed in a folder that it does not share.
 *
 * @throws Error that says how to install it
 */
export function requirePeer<T>(name: string, folder: string): T {
  return createRequire(import.meta.url)(peerFile(name, folder)) as T;
}

/** Finds it from wherever the bundle of the benchmark lies. */
function peerFile(name: string, folder: string): string {
  try {
    return createRequire(path.resolve(process.cwd(), folder, "package.json")).resolve(name);
  } catch {
    throw new Error(`${name} is not installed: npm ci --prefix ${folder}`);
  }
}
