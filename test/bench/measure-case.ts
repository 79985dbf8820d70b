import { spawnSync } from "node:child_process";
import { median, type Sample } from "./sample.js";
import { textTable } from "./text-table.js";
import type { BenchCase, Contender, Workload } from "./workload.js";

/** What one child process answered: a sample, or why there is none. */
type Answer = Sample | { readonly skipped: string };

/** What a contender took for less work of the same series. */
export interface EarlierCase {
  /** Work. */
  readonly work: number;
  /** Median in milliseconds. */
  readonly milliseconds: number;
}

/**
 * Measures all contenders of a case, each in processes of its own, one after the other and round after round, so that
 * what else the machine does hits them alike.
 *
 * @param bundle the program that measures one contender
 * @param rounds how often each contender is measured
 * @param earlier what each contender took for the case before of the same series; this case is written into it
 * @returns the table, with a line for every contender that was skipped
 */
export function measureCase(
  workload: Workload,
  benchCase: BenchCase,
  contenders: readonly Contender[],
  bundle: string,
  rounds: number,
  earlier: Map<string, EarlierCase>,
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
    const { work = 0, series } = benchCase;
    const before = series === undefined ? undefined : earlier.get(`${workload.id} ${series} ${name}`);
    if (series !== undefined) earlier.set(`${workload.id} ${series} ${name}`, { work, milliseconds: middle });
    return [
      name,
      middle.toFixed(middle < 10 ? 2 : 0),
      benchCase.work === undefined ? "" : Math.round((benchCase.work / middle) * 1000).toLocaleString("en"),
      ratios.length === 0 ? "" : median(ratios).toFixed(2),
      `${Math.round(((Math.max(...times) - Math.min(...times)) / middle) * 100)} %`,
      String(first.megabytes),
      work === 0 ? "" : Math.round((first.megabytes * 2 ** 20) / work).toLocaleString("en"),
      before === undefined || before.work >= work ? "" : growthText(middle / before.milliseconds, work / before.work),
      first.check,
    ];
  });
  const headings = [
    benchCase.name,
    "cpu ms",
    "per second",
    `× ${workload.reference}`,
    "spread",
    "MB",
    "bytes each",
    "growth",
    "result",
  ];
  const verdict = agreed.size > 1 ? [`  THE RESULTS DIFFER: ${[...agreed].join(" | ")}`] : [];
  const { growthGoal } = workload;
  const goal = growthGoal === undefined ? [] : [`  growth: goal at most ${growthGoal} where the work doubles`];
  return [textTable(headings, rows), ...notes, ...goal, ...verdict].join("\n");
}

/** What more work costs, brought to work that doubles. */
function growthText(time: number, work: number): string {
  return `${(time ** (Math.LN2 / Math.log(work))).toFixed(2)} (× ${time.toFixed(1)} for × ${work.toFixed(1)})`;
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
