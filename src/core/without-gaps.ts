/** Fields of a record that may still lack a value. */
export type WithGaps<Whole> = { [Field in keyof Whole]: Whole[Field] | undefined };

/** Drops fields without a value, since JSON has no word for them. */
export function withoutGaps<Whole extends object>(fields: WithGaps<Whole>): Whole {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Whole;
}
