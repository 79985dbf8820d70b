/**
 * A function of the host, by its name. What it throws is the host's: nobody catches it here, so it comes out where the operation
 * was called, and since no operation writes on what it was given, nothing is half done by then.
 *
 * @param kind what it is there for, as the error calls it
 * @throws RangeError where there is none
 */
export function hostFunction<Ask>(
  functions: Readonly<Record<string, Ask>> | undefined,
  name: string,
  kind: "key" | "rule" | "function",
): Ask {
  // A name may be one that every object answers to.
  const ask = functions !== undefined && Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (ask === undefined) throw new RangeError(`There is no ${kind} ${name} of the host.`);
  return ask;
}

/**
 * What a function of the host said, if it ranks: texts or numbers, and not both; undefined for nothing. What does not rank
 * would leave the answer to the order of the input.
 *
 * @throws RangeError for anything else, NaN included
 */
export function rankable<Value extends string | number | undefined>(
  values: readonly Value[],
  name: string,
): readonly Value[] {
  let type: string | undefined;
  for (const value of values) {
    if (value === undefined) continue;
    type ??= typeof value;
    const isOfType = typeof value === type && (type === "string" || (type === "number" && !Number.isNaN(value)));
    if (!isOfType) throw new RangeError(`What ${name} of the host says does not rank: ${String(value)}.`);
  }
  return values;
}
