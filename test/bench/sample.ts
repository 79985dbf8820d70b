import type { PreparedRun } from "./workload.js";

/** What a child process measured. */
export interface Sample {
  /** Median of the runs in milliseconds of processor time, for all of the work. */
  readonly milliseconds: number;
  /** What the result comes to. */
  readonly check: string;
  /** Greatest memory of the process in megabytes. */
  readonly megabytes: number;
  /** Where the time goes. */
  readonly note?: string;
}

const WARM_UPS = 2;
const FEWEST_RUNS = 5;
const ENOUGH_MILLISECONDS = 800;
const TOO_MUCH_MILLISECONDS = 6000;

/**
 * Runs a contender until the median is worth something: at least five times, but not for ever. Processor time is
 * measured, the collector of garbage included: waiting for a processor that others use says nothing about the program.
 */
export async function sampleRun({ run, check, note, share = 1 }: PreparedRun): Promise<Sample> {
  const times: number[] = [];
  let spent = 0;
  let result: unknown;
  for (let turn = 0; ; turn++) {
    globalThis.gc?.();
    const start = process.cpuUsage();
    result = await run();
    const { user, system } = process.cpuUsage(start);
    const time = (user + system) / 1000;
    // As many warm-ups for every size, so that the growth compares like with like; none where one run is enough to wait for.
    if (turn >= WARM_UPS || time > TOO_MUCH_MILLISECONDS) {
      times.push(time);
      spent += time;
    }
    if (times.length >= FEWEST_RUNS && spent >= ENOUGH_MILLISECONDS) break;
    if (times.length >= 1 && spent >= TOO_MUCH_MILLISECONDS) break;
  }
  const checked = await check(result);
  result = undefined;
  return {
    milliseconds: median(times) / share,
    check: checked,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    ...(note === undefined ? {} : { note: note() }),
  };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
