import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { defineConfig } from "tsup";

const output = path.resolve("dist");

export default defineConfig({
  entry: {
    index: "src/index.ts",
    schema: "src/schema/index.ts",
    interchange: "src/interchange/index.ts",
    reports: "src/reports/index.ts",
    testing: "src/testing/index.ts",
  },
  format: ["esm", "cjs"],
  splitting: true,
  target: "node20",
  platform: "neutral",
  treeshake: false,
  sourcemap: true,
  clean: true,
  tsconfig: "src/tsconfig.json",
  // TypeScript 6 calls the `baseUrl` that the declaration bundler sets deprecated.
  dts: { compilerOptions: { ignoreDeprecations: "6.0" } },
  // The source maps of the CommonJS files come with absolute paths, which would publish the folder of whoever built them.
  onSuccess: async () => {
    for (const name of (await readdir(output)).filter((each) => each.endsWith(".cjs.map"))) {
      const file = path.join(output, name);
      await writeFile(file, (await readFile(file, "utf8")).replaceAll(`${output}${path.sep}`, ""));
    }
  },
});
