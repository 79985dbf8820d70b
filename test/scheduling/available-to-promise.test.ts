import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, calendarDay, type CalendarDay } from "../../src/core/calendar-day.js";
import { decimal, equals, sum } from "../../src/core/decimal.js";
import {
  availableToPromise,
  earliestDate,
  splitPromise,
  type DatedQuantity,
} from "../../src/scheduling/available-to-promise.js";
import { deepFreeze } from "../../src/testing/index.js";

const TODAY = calendarDay("2026-03-02");
const DAYS = 7;

const dayAt = (place: number): CalendarDay => addDays(TODAY, place);
const dated = (place: number, quantity: number | string): DatedQuantity => ({
  day: dayAt(place),
  quantity: decimal(quantity),
});
const byDay = (quantities: readonly number[]): DatedQuantity[] => quantities.map((units, place) => dated(place, units));

function stepsOf(supplies: readonly DatedQuantity[], demands: readonly DatedQuantity[]): readonly DatedQuantity[] {
  const found = availableToPromise(supplies, demands, { today: TODAY });
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
}

/** The quantity on each of the first days, read from the steps as rule 4 says. */
function daily(steps: readonly DatedQuantity[]): string[] {
  return byDay(Array.from({ length: DAYS }, () => 0)).map(
    ({ day }) => steps.filter((step) => step.day <= day).at(-1)?.quantity ?? "none",
  );
}

function balances(supplies: readonly number[], demands: readonly number[]): number[] {
  let balance = 0;
  return supplies.map((supply, place) => (balance += supply - (demands[place] ?? 0)));
}

/** The largest quantity that can be added on a day without making the balance of that day or a later one negative. */
function addable(supplies: readonly number[], demands: readonly number[], place: number): number {
  let most = 0;
  while (
    balances(
      supplies,
      demands.map((demand, at) => (at === place ? demand + most + 1 : demand)),
    )
      .slice(place)
      .every((balance) => balance >= 0)
  )
    most++;
  return most;
}

/** Backward netting: each demand takes the latest supply before it, and what it lacks from the supply that comes next. */
function netted(supplies: readonly number[], demands: readonly number[]): number[] {
  const left = [...supplies];
  const take = (wanted: number, places: readonly number[]): number => {
    let missing = wanted;
    for (const place of places) {
      const taken = Math.min(missing, left[place] ?? 0);
      left[place] = (left[place] ?? 0) - taken;
      missing -= taken;
    }
    return missing;
  };
  const late = demands.map((demand, day) => take(demand, [...Array(day + 1).keys()].reverse()));
  for (const [day, missing] of late.entries()) take(missing, [...left.keys()].slice(day + 1));
  let total = 0;
  return left.map((units) => (total += units));
}

const quantities = fc.array(fc.nat({ max: 9 }), { minLength: DAYS, maxLength: DAYS });
const someDays = fc.array(fc.tuple(fc.integer({ min: -2, max: DAYS - 1 }), fc.nat({ max: 9 })), { maxLength: 12 });

describe("availableToPromise (mission 8.1; definition B9)", () => {
  it("rule 1: the vector of the definition", () => {
    const steps = stepsOf(byDay([20, 0, 30, 0, 10]), byDay([5, 10, 0, 25, 0]));
    expect(daily(steps)).toEqual(["5", "5", "10", "10", "20", "20", "20"]);
    expect(steps.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-04", "2026-03-06"]);
  });

  it("rule 1: equals the largest quantity that can be added by trying", () => {
    fc.assert(
      fc.property(quantities, quantities, (supplies, demands) => {
        const tried = supplies.map((_, place) => String(addable(supplies, demands, place)));
        expect(daily(stepsOf(byDay(supplies), byDay(demands)))).toEqual(tried);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("rule 1: equals backward netting", () => {
    fc.assert(
      fc.property(quantities, quantities, (supplies, demands) => {
        const byNetting = netted(supplies, demands).map(String);
        expect(daily(stepsOf(byDay(supplies), byDay(demands)))).toEqual(byNetting);
      }),
      { numRuns: runs(1000) },
    );
  });

  it("rule 1: more supply never makes less available (monotone)", () => {
    fc.assert(
      fc.property(quantities, quantities, fc.nat(DAYS - 1), fc.nat(9), (supplies, demands, place, more) => {
        const before = daily(stepsOf(byDay(supplies), byDay(demands)));
        const after = daily(stepsOf([...byDay(supplies), dated(place, more)], byDay(demands)));
        expect(after.every((quantity, at) => Number(quantity) >= Number(before[at]))).toBe(true);
      }),
    );
  });

  it("rule 1: promising what is available makes no balance negative", () => {
    fc.assert(
      fc.property(quantities, quantities, fc.nat(DAYS - 1), (supplies, demands, place) => {
        const promised = Number(daily(stepsOf(byDay(supplies), byDay(demands)))[place]);
        const after = demands.map((demand, at) => demand + (at === place ? promised : 0));
        for (const [at, balance] of balances(supplies, after).entries()) {
          if (balance < 0) expect(balance).toBe(balances(supplies, demands)[at]);
        }
      }),
    );
  });

  it("rule 2: the order of the entries changes nothing, entries of a day add up, input stays as it is", () => {
    fc.assert(
      fc.property(someDays, someDays, (supplies, demands) => {
        const list = (entries: typeof supplies): DatedQuantity[] => entries.map(([at, units]) => dated(at, units));
        const steps = stepsOf(deepFreeze(list(supplies)), deepFreeze(list(demands)));
        expect(stepsOf(list([...supplies].reverse()), list([...demands].reverse()))).toEqual(steps);
      }),
    );
  });

  it("rule 3: overdue demand counts today, overdue supply for nothing", () => {
    expect(stepsOf([dated(-1, 50), dated(0, 20), dated(2, 5)], [dated(-3, 8)])).toEqual([dated(0, 12), dated(2, 17)]);
  });

  it("rule 4: the first step is today, later ones rise", () => {
    expect(stepsOf([], [])).toEqual([dated(0, 0)]);
    expect(stepsOf([dated(3, 4), dated(4, 0)], [])).toEqual([dated(0, 0), dated(3, 4)]);
  });

  it("counts exactly beyond the safe integers and below one", () => {
    expect(stepsOf([dated(0, "999999999999.999999"), dated(0, "0.000001")], [dated(1, "0.1")])).toEqual([
      dated(0, "999999999999.9"),
    ]);
  });

  it("refuses what is negative or too long, with every reason", () => {
    const found = availableToPromise([dated(0, -1), dated(0, 1)], [dated(0, "1000000000000"), dated(0, "0.0000001")], {
      today: TODAY,
    });
    expect(found).toEqual({
      ok: false,
      issues: [
        { code: "promise.negative", path: ["supplies", 0, "quantity"], params: { quantity: "-1" } },
        { code: "promise.out_of_range", path: ["demands", 0, "quantity"], params: { quantity: "1000000000000" } },
        { code: "promise.out_of_range", path: ["demands", 1, "quantity"], params: { quantity: "0.0000001" } },
      ],
    });
  });
});

describe("earliestDate (mission 8.2; definition B9)", () => {
  const steps = stepsOf(byDay([20, 0, 30, 0, 10]), byDay([5, 10, 0, 25, 0]));

  it.each([
    ["0", 0],
    ["5", 0],
    ["5.1", 2],
    ["10", 2],
    ["20", 4],
    ["20.000001", undefined],
  ])("of %s is the first day on which that much can be had", (quantity, place) => {
    expect(earliestDate(steps, decimal(quantity))).toBe(place === undefined ? undefined : dayAt(place));
  });

  it("is not before the first day of use", () => {
    expect(earliestDate(steps, decimal(5), { notBefore: dayAt(3) })).toBe(dayAt(3));
    expect(earliestDate(steps, decimal(20), { notBefore: dayAt(3) })).toBe(dayAt(4));
    expect(earliestDate(steps, decimal(20), { notBefore: dayAt(9) })).toBe(dayAt(9));
    expect(earliestDate(steps, decimal(20), { notBefore: dayAt(-9) })).toBe(dayAt(4));
  });

  it("of a negative quantity is a mistake of the program", () => {
    expect(() => earliestDate(steps, decimal(-1))).toThrow(RangeError);
  });
});

describe("splitPromise (mission 8.1; definition B9)", () => {
  const steps = stepsOf(byDay([20, 0, 30, 0, 10]), byDay([5, 10, 0, 25, 0]));

  it.each([
    ["12", {}, [dated(0, 5), dated(2, 5), dated(4, 2)], "0"],
    ["25", {}, [dated(0, 5), dated(2, 5), dated(4, 10)], "5"],
    ["12", { notBefore: dayAt(3) }, [dated(3, 10), dated(4, 2)], "0"],
    ["12", { notBefore: dayAt(9) }, [dated(9, 12)], "0"],
    ["12", { notBefore: dayAt(-9) }, [dated(0, 5), dated(2, 5), dated(4, 2)], "0"],
    ["12", { quantum: decimal(4) }, [dated(0, 4), dated(2, 4), dated(4, 4)], "0"],
    ["12", { quantum: decimal(6) }, [dated(2, 6), dated(4, 6)], "0"],
    ["11", { quantum: decimal(6) }, [dated(2, 6)], "5"],
    ["0", {}, [], "0"],
  ])("of %s with %j", (quantity, options, parts, short) => {
    expect(splitPromise(steps, decimal(quantity), options)).toEqual({ parts, short });
  });

  it("rule 2: parts and what is short make the whole; the last part comes on the earliest date of what is promised", () => {
    fc.assert(
      fc.property(quantities, quantities, fc.nat(60), (supplies, demands, wanted) => {
        const available = stepsOf(byDay(supplies), byDay(demands));
        const { parts, short } = splitPromise(available, decimal(wanted));
        const promised = sum(parts.map(({ quantity }) => quantity));
        expect(equals(sum([promised, short]), decimal(wanted))).toBe(true);
        if (parts.length > 0) expect(parts.at(-1)?.day).toBe(earliestDate(available, promised));
      }),
    );
  });

  it("of a negative quantity or with a step of zero is a mistake of the program", () => {
    expect(() => splitPromise(steps, decimal(-1))).toThrow(RangeError);
    expect(() => splitPromise(steps, decimal(1), { quantum: decimal(0) })).toThrow(RangeError);
  });
});

function runs(usual: number): number {
  return process.env.FC_RUNS === undefined ? usual : Number(process.env.FC_RUNS);
}
