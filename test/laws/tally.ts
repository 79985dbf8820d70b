import type { Answer } from "./answer.js";

/** How often an operation was tried, and how often it was carried out on an order at least, or refused for one. */
interface Tries {
  readonly tried: number;
  readonly carriedOut: number;
  readonly refused: number;
}

/** Tries by name of the operation. */
export type Tally = Map<string, Tries>;

/** Counts one try. */
export function count(tally: Tally, name: string, { events, refused }: Pick<Answer, "events" | "refused">): void {
  const before = tally.get(name) ?? { tried: 0, carriedOut: 0, refused: 0 };
  tally.set(name, {
    tried: before.tried + 1,
    carriedOut: before.carriedOut + (events.length > 0 ? 1 : 0),
    refused: before.refused + (refused.length > 0 ? 1 : 0),
  });
}

/** The tally as text, one line for each operation, the rarest success first. */
export function tallyText(tally: Tally): string {
  const rows = [...tally].sort(([, one], [, other]) => one.carriedOut - other.carriedOut);
  return rows
    .map(([name, { tried, carriedOut, refused }]) =>
      [name.padEnd(28), ...[carriedOut, refused, tried].map((figure) => String(figure).padStart(8))].join(""),
    )
    .join("\n");
}
