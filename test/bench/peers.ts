import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Folder of the benchmark inside the repository, from wherever the bundle of it lies. */
const home = path.resolve(process.cwd(), "test/bench");

/**
 * Loads a library that ordercycle is measured against. It is installed in a folder of its own.
 *
 * @throws Error that says how to install it
 */
export async function importPeer<T>(name: string): Promise<T> {
  let file: string;
  try {
    file = createRequire(path.join(home, "package.json")).resolve(name);
  } catch {
    throw new Error(`${name} is not installed: npm ci --prefix test/bench`);
  }
  return (await import(pathToFileURL(file).href)) as T;
}
