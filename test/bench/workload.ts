/** One size or mix at which a workload is measured. */
export interface BenchCase {
  /** What it is, for the heading. */
  readonly name: string;
  /** How much work one run does, for the rate; undefined where a rate says nothing. */
  readonly work?: number;
  /** Cases of one series differ in how much work there is: what more work costs is told for each from the second on. */
  readonly series?: string;
  /** Figures that the contenders build their input from. */
  readonly settings: Readonly<Record<string, number>>;
}

/** A contender that has its input ready. */
export interface PreparedRun {
  /** Does the work once. */
  readonly run: () => unknown;
  /** What the result comes to, as text: equal for all contenders that are to agree. */
  readonly check: (result: unknown) => string | Promise<string>;
  /** Where the time goes, told beside the figures. */
  readonly note?: () => string;
  /** Part of the work that a run does, where all of it would take too long; its time is told for all of it. */
  readonly share?: number;
}

/** Something whose speed is measured. */
export interface Contender {
  /** Name in the table. */
  readonly name: string;
  /** Whether it gives something else than the others by design, so that its result is shown and not compared. */
  readonly isApart?: true;
  /** Cases that it is measured in; all when absent. */
  readonly isFor?: (settings: Readonly<Record<string, number>>) => boolean;
  /** Builds the input. A peer that is not installed makes it throw; the table then tells that it was skipped. */
  readonly prepare: (settings: Readonly<Record<string, number>>) => PreparedRun | Promise<PreparedRun>;
}

/** What can be asked for on the command line. */
interface BenchOptions {
  /** Only the small sizes. */
  readonly isQuick: boolean;
  /** The largest sizes that a workload knows as well. */
  readonly isLarge: boolean;
  /** Sizes asked for instead of the usual ones. */
  readonly sizes: readonly number[];
}

/** A kind of work with everything that can do it. */
export interface Workload {
  /** Short name on the command line. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** Contender that the ratios refer to. */
  readonly reference: string;
  /** Greatest growth of time that is aimed at where the work doubles. */
  readonly growthGoal?: number;
  /** Sizes and mixes. */
  readonly cases: (options: BenchOptions) => readonly BenchCase[];
  /** All that can do it. */
  readonly contenders: readonly Contender[];
}
