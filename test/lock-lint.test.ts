import { describe, expect, it } from "vitest";
import { lockFaults } from "../scripts/lock-lint.js";

const sound = {
  packages: {
    "": { version: "1.0.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a", optionalDependencies: { "a-linux": "1.0.0" } },
    "node_modules/a/node_modules/a-linux": { version: "1.0.0", integrity: "sha512-b" },
  },
};

describe("the lint of the lock file", () => {
  it("accepts a sound lock", () => {
    expect(lockFaults(sound)).toEqual([]);
  });

  it("finds an optional dependency that was dropped (rule 1)", () => {
    const a = {
      ...sound.packages["node_modules/a"],
      optionalDependencies: { "a-linux": "1.0.0", "a-darwin": "1.0.0" },
    };
    expect(lockFaults({ packages: { ...sound.packages, "node_modules/a": a } })).toEqual([
      "node_modules/a wants a-darwin, which is not in the lock",
    ]);
  });

  it("finds the name of a registry (rule 2)", () => {
    const b = { integrity: "sha512-c", resolved: "https://registry.example/b.tgz" };
    expect(lockFaults({ packages: { ...sound.packages, "node_modules/b": b } })).toEqual([
      "node_modules/b names a registry: https://registry.example/b.tgz",
    ]);
  });

  it("finds a package without a checksum (rule 3)", () => {
    expect(lockFaults({ packages: { ...sound.packages, "node_modules/b": { version: "1.0.0" } } })).toEqual([
      "node_modules/b has no checksum",
    ]);
  });
});
