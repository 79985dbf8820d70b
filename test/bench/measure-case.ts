import { spawnSync } from "node:child_process";
import { median, type Sample } from "./sample.js";
import { textTable } from "./text-table.js";
import type { BenchCase, Contender, Workload } from "./workload.js";

/** What one child process answered: a sample, or why there is none. */
type Answer = Sample | { readonly skipped: string };

/**
 * Measures all contenders of a case, each in processes of its own, one after the other and round after round, so that
 * what else the machine does hits them alike.
 *
 * @param bundle the program that measures one contender
 * @param rounds how often each contender is measured
 * @returns the table, with a line for every contender that was skipped
 */
export function measureCase(
  workload: Workload,
  benchCase: BenchCase,
  contenders: readonly Contender[],
  bundle: string,
  rounds: number,
): string {
  const answers = new Map<string, Answer[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name } of contenders) {
      const own = answers.get(name) ?? [];
      if (own[0] !== undefined && "skipped" in own[0]) continue;
      own.push(askChild(bundle, workload, name, benchCase));
    }
  }
  const samplesOf = (name: string): Sample[] => (answers.get(name) ?? []).filter((answer) => "milliseconds" in answer);
  const reference = samplesOf(workload.reference);
  const agreed = new Set<string>();
  const notes: string[] = [];
  const rows = contenders.map(({ name, isApart }) => {
    const samples = samplesOf(name);
    const [first] = samples;
    if (first === undefined) {
      const [answer] = answers.get(name) ?? [];
      return [name, "skipped:", answer !== undefined && "skipped" in answer ? answer.skipped : ""];
    }
    if (isApart !== true) for (const { check } of samples) agreed.add(check);
    if (first.note !== undefined) notes.push(`  ${name}: ${first.note}`);
    const times = samples.map(({ milliseconds }) => milliseconds);
    const middle = median(times);
    const ratios = times.flatMap((time, round) => {
      const other = reference[round]?.milliseconds;
      return other === undefined ? [] : [time / other];
    });
    return [
      name,
      middle.toFixed(middle < 10 ? 2 : 0),
      benchCase.work === undefined ? "" : Math.round((benchCase.work / middle) * 1000).toLocaleString("en"),
      ratios.length === 0 ? "" : median(ratios).toFixed(2),
      `${Math.round(((Math.max(...times) - Math.min(...times)) / middle) * 100)} %`,
      String(first.megabytes),
      first.check,
    ];
  });
  const headings = [benchCase.name, "cpu ms", "per second", `× ${workload.reference}`, "spread", "MB", "result"];
  const verdict = agreed.size > 1 ? [`  THE RESULTS DIFFER: ${[...agreed].join(" | ")}`] : [];
  return [textTable(headings, rows), ...notes, ...verdict].join("\n");
}

function askChild(bundle: string, workload: Workload, contender: string, { settings }: BenchCase): Answer {
  const child = spawnSync(
    process.execPath,
    ["--expose-gc", "--max-old-space-size=12000", bundle, "--one", workload.id, contender, JSON.stringify(settings)],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
  const answer = child.stdout.split("\n").find((line) => line.startsWith("@@"));
  if (answer !== undefined) return JSON.parse(answer.slice(2)) as Answer;
  return { skipped: `failed: ${child.stderr.trim().split("\n").at(-1) ?? "no answer"}` };
}
