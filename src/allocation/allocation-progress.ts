/** How far a long run has come. **Source:** mission 9.2 */
export interface AllocationProgress {
  /** `read`: the lines are read; `plan`: what each line takes is written down; `apply`: the plan is carried out. */
  readonly step: "read" | "plan" | "apply";
  /** Lines done in this step. */
  readonly done: number;
  /** All lines of this step. */
  readonly all: number;
}

/**
 * Hears how far a run has come, after each ten thousand lines and at the end of each step. Nothing that it does changes
 * the answer; what it throws leaves the run and comes out where the run was called.
 */
export type HearProgress = (progress: AllocationProgress) => void;

const LINES_BETWEEN_CALLS = 10_000;

/** Counts the lines of one step and reports them. The last report of a step says that all lines are done. */
export function progressOf(
  onProgress: HearProgress | undefined,
  step: AllocationProgress["step"],
  all: number,
): (lines: number) => void {
  if (onProgress === undefined) return () => undefined;
  let done = 0;
  let due = Math.min(LINES_BETWEEN_CALLS, all);
  return (lines) => {
    done += lines;
    if (done < due || lines === 0) return;
    due = Math.min(done + LINES_BETWEEN_CALLS, all);
    onProgress({ step, done, all });
  };
}

/** Lines of orders in all. */
export function linesOf(orders: readonly { readonly lines: readonly unknown[] }[]): number {
  return orders.reduce((lines, order) => lines + order.lines.length, 0);
}
