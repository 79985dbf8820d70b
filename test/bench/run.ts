import { mkdirSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { allocationWorkload } from "./allocation/allocation-workload.js";
import { amountsWorkload } from "./amounts/amounts-workload.js";
import { completionWorkload } from "./completion/completion-workload.js";
import { measureCase, type EarlierCase } from "./measure-case.js";
import { parsingWorkload } from "./parsing/parsing-workload.js";
import { promotionsWorkload } from "./promotions/promotions-workload.js";
import { retailWorkload } from "./retail/retail-workload.js";
import { sampleRun } from "./sample.js";
import { sharingWorkload } from "./sharing/sharing-workload.js";
import type { Workload } from "./workload.js";

const WORKLOADS: readonly Workload[] = [
  allocationWorkload,
  completionWorkload,
  sharingWorkload,
  promotionsWorkload,
  parsingWorkload,
  amountsWorkload,
  retailWorkload,
];

const HELP = `npm run bench -- [workloads] [options]     measures ordercycle beside what else there is

workloads   ${WORKLOADS.map(({ id, title }) => `${id.padEnd(8)}${title}`).join("\n            ")}
            w8      Size and time of import
options     --quick            small sizes, one round less
            --large            up to 1,000,000 lines (w1)
            --size 1000000     this size instead of the usual ones; several are allowed
            --only text        only contenders whose name holds the text, and the reference
            --rounds 5         how often each is measured (usual: 3)
The libraries that it is measured against: npm ci --prefix test/bench
Medusa, for w4 only, 270 MB: npm ci --prefix test/bench/medusa --ignore-scripts`;

/** Measures one contender in this process and writes the sample down for the parent. */
async function answerParent(id: string, name: string, settings: string): Promise<void> {
  const contender = WORKLOADS.find((workload) => workload.id === id)?.contenders.find((one) => one.name === name);
  try {
    if (contender === undefined) throw new Error(`There is no ${id} ${name}.`);
    const prepared = await contender.prepare(JSON.parse(settings) as Record<string, number>);
    console.log(`@@${JSON.stringify(await sampleRun(prepared))}`);
  } catch (error) {
    console.log(`@@${JSON.stringify({ skipped: error instanceof Error ? error.message : String(error) })}`);
  }
}

/** Bundles this program, so that what is measured is compiled as it is for the package. */
async function bundleOfThis(): Promise<string> {
  const { build } = await import("esbuild");
  // Beside the sources two folders deep, as the programs that look for data expect of themselves.
  const outfile = path.resolve("reports/bench/run.mjs");
  mkdirSync(path.dirname(outfile), { recursive: true });
  const entryPoints = [path.resolve("test/bench/run.ts")];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
  });
  return outfile;
}

async function measure(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean" },
      quick: { type: "boolean" },
      large: { type: "boolean" },
      size: { type: "string", multiple: true },
      only: { type: "string" },
      rounds: { type: "string" },
    },
  });
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  const isQuick = values.quick === true;
  const rounds = Number(values.rounds ?? (isQuick ? 2 : 3));
  const isWanted = (id: string): boolean => positionals.length === 0 || positionals.includes(id);
  console.log(
    `${os.cpus()[0]?.model ?? "?"}, ${os.cpus().length} cores, load ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(" ")}`,
  );
  console.log(
    `node ${process.version}, ${os.type()} ${os.arch()}, ${rounds} rounds; ratios are medians over the rounds\n`,
  );
  const bundle = await bundleOfThis();
  const earlier = new Map<string, EarlierCase>();
  for (const workload of WORKLOADS.filter(({ id }) => isWanted(id))) {
    console.log(`${workload.id}: ${workload.title}\n`);
    const contenders = workload.contenders.filter(
      ({ name }) => values.only === undefined || name === workload.reference || name.includes(values.only),
    );
    for (const benchCase of workload.cases({
      isQuick,
      isLarge: values.large === true,
      sizes: (values.size ?? []).map(Number),
    })) {
      const own = contenders.filter(({ isFor }) => isFor?.(benchCase.settings) !== false);
      console.log(`${measureCase(workload, benchCase, own, bundle, rounds, earlier)}\n`);
    }
  }
  if (isWanted("w8")) {
    const { measureSizes } = await import("./sizes/measure-sizes.js");
    console.log(`w8: Size and time of import\n\n${await measureSizes()}\n`);
  }
}

const [flag, ...rest] = process.argv.slice(2);
if (flag === "--one") await answerParent(...(rest as [string, string, string]));
else await measure();
