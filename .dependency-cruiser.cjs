/* The layers and package walls of the library. The table itself is data: scripts/layers/layers.json. */
const { layers, typeOnly, entry, walls } = require("./scripts/layers/layers.json");

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
const folders = (names) => `^src/(${names.join("|")})/`;
const everything = "*";

/** What a folder (or the root entry file) may import inside src: itself and the folders named in its row. */
const layerRules = Object.entries(layers)
  .filter(([, allowed]) => !allowed.includes(everything))
  .flatMap(([folder, allowed]) => {
    const reachable = folders([folder, ...allowed]);
    const from = { path: folders([folder]) };
    const comment = `${folder} may import only ${allowed.length === 0 ? "itself" : allowed.join(", ")}`;
    const types = typeOnly[folder];
    if (types !== undefined) {
      const rule = {
        name: `layer-${folder}`,
        comment: `${comment}; types it may take from ${types.includes(everything) ? "everywhere" : types.join(", ")} as well`,
        severity: "error",
        from,
      };
      const values = { ...rule, to: { path: "^src/", pathNot: reachable, dependencyTypesNot: ["type-only"] } };
      if (types.includes(everything)) return [values];
      return [values, { ...rule, to: { path: "^src/", pathNot: folders([folder, ...allowed, ...types]) } }];
    }
    return [{ name: `layer-${folder}`, comment, severity: "error", from, to: { path: "^src/", pathNot: reachable } }];
  });

const entryRules = Object.entries(entry).map(([file, allowed]) => ({
  name: `entry-${file}`,
  comment: `who imports "." must not load what has an entry point of its own`,
  severity: "error",
  from: { path: `^src/${file}\\.ts$` },
  to: { path: "^src/", pathNot: folders(allowed) },
}));

const wallRules = Object.entries(walls).map(([packageName, places]) => ({
  name: `wall-${packageName}`,
  comment: `${packageName} may be imported only in src/${places.join(", src/")}`,
  severity: "error",
  from: { path: "^src/", pathNot: `^src/(${places.map(escaped).join("|")})` },
  to: { path: `(^|/)node_modules/${escaped(packageName)}/` },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      comment: "files that need each other are one file or three; a circle that types alone close is harmless",
      severity: "error",
      from: { path: "^src/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "not-resolvable",
      comment: "every import must lead somewhere",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true },
    },
    {
      name: "not-a-listed-package",
      comment: "only packages with a wall may be imported, so that a new dependency is a decision",
      severity: "error",
      from: { path: "^src/" },
      to: {
        path: "(^|/)node_modules/",
        pathNot: `(^|/)node_modules/(${Object.keys(walls).map(escaped).join("|")})/`,
      },
    },
    {
      name: "no-node-module",
      comment: "the library does no input or output",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-way-out-of-src",
      comment: "what is published must not reach into tests, scripts, the build or the package's own name",
      severity: "error",
      from: { path: "^src/" },
      to: { pathNot: "^src/|(^|/)node_modules/|^[^/.]+$", dependencyTypesNot: ["core"], couldNotResolve: false },
    },
    {
      name: "no-folder-without-layer",
      comment: "every folder of src needs a row in scripts/layers/layers.json",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: folders(Object.keys(layers)) },
      to: {},
    },
    ...layerRules,
    ...entryRules,
    ...wallRules,
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "(^|/)node_modules/" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
    },
  },
};
