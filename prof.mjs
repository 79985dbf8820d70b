// src/core/issue.ts
function issue(code, path, params) {
  return { code, path, params };
}

// src/core/decimal-text.ts
var MAXIMUM_SIGNIFICANT_DIGITS = 40;
var MAXIMUM_DECIMALS = 20;
var MAXIMUM_INTEGER_DIGITS = 30;
var ZERO = "0";
var ONE = "1";
var MINUS = 45;
var POINT = 46;
var DIGIT_ZERO = 48;
var DIGIT_NINE = 57;
function isDecimal(value) {
  if (typeof value !== "string") return false;
  const length = value.length;
  if (length === 0 || length > MAXIMUM_SIGNIFICANT_DIGITS + 3) return false;
  const start = value.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  for (let index = start; index < length; index += 1) {
    const code = value.charCodeAt(index);
    if (code >= DIGIT_ZERO && code <= DIGIT_NINE) continue;
    if (code !== POINT || point >= 0) return false;
    point = index;
  }
  const integerDigits = (point < 0 ? length : point) - start;
  const decimals = point < 0 ? 0 : length - point - 1;
  if (integerDigits === 0 || integerDigits > MAXIMUM_INTEGER_DIGITS || decimals > MAXIMUM_DECIMALS) return false;
  if (point >= 0 && (decimals === 0 || value.charCodeAt(length - 1) === DIGIT_ZERO)) return false;
  if (value.charCodeAt(start) === DIGIT_ZERO) return integerDigits === 1 && (point >= 0 || start === 0);
  return integerDigits + decimals <= MAXIMUM_SIGNIFICANT_DIGITS;
}
function checkScale(scale) {
  if (Number.isInteger(scale) && scale >= 0 && scale <= MAXIMUM_DECIMALS) return;
  throw new RangeError(`Decimals must be a whole number from 0 to ${MAXIMUM_DECIMALS}, not ${scale}.`);
}

// src/core/decimal-kernel.ts
var POWERS_OF_TEN = [
  1,
  10,
  100,
  1e3,
  1e4,
  1e5,
  1e6,
  1e7,
  1e8,
  1e9,
  1e10,
  1e11,
  1e12,
  1e13,
  1e14,
  1e15,
  1e16,
  1e17,
  1e18,
  1e19,
  1e20,
  1e21,
  1e22
];
var MINUS2 = 45;
var POINT2 = 46;
var DIGIT_ZERO2 = 48;
var MAXIMUM_SAFE_LENGTH = 17;
var MAXIMUM_SMALL_INTEGER = 2147483647;
function powerOfTen(exponent) {
  return POWERS_OF_TEN[exponent] ?? Number.NaN;
}
function bigPowerOfTen(exponent) {
  return 10n ** BigInt(exponent);
}
function scaleOf(value) {
  const length = value.length;
  for (let index = length - 1; index > 0; index -= 1) {
    if (value.charCodeAt(index) === POINT2) return length - 1 - index;
  }
  return 0;
}
function safeUnitsAt(value, scale) {
  const length = value.length;
  if (!(length <= MAXIMUM_SAFE_LENGTH)) return Number.NaN;
  const start = value.charCodeAt(0) === MINUS2 ? 1 : 0;
  let units = 0;
  let point = -1;
  for (let index = start; index < length; index += 1) {
    const digit = value.charCodeAt(index) - DIGIT_ZERO2;
    if (digit >= 0 && digit <= 9) units = units * 10 + digit;
    else if (digit === POINT2 - DIGIT_ZERO2 && point < 0 && index > start) point = index;
    else return Number.NaN;
  }
  if (point === length - 1 || start === length) return Number.NaN;
  const missing = point < 0 ? scale : scale - (length - 1 - point);
  if (missing !== 0) units *= powerOfTen(missing);
  if (!(units <= Number.MAX_SAFE_INTEGER)) return Number.NaN;
  return start === 1 ? -units : units;
}
function bigUnitsAt(value, scale) {
  if (!isDecimal(value)) throw new TypeError(`Not a canonical decimal: ${String(value).slice(0, 60)}`);
  const point = value.indexOf(".");
  if (point < 0) return BigInt(value) * bigPowerOfTen(scale);
  const digits = value.slice(0, point) + value.slice(point + 1);
  return BigInt(digits) * bigPowerOfTen(scale - scaleOf(value));
}
function textOfUnits(units, scale) {
  if (units === 0) return "0";
  let magnitude = units < 0 ? -units : units;
  let decimals = scale;
  if (magnitude <= MAXIMUM_SMALL_INTEGER) {
    let small = magnitude | 0;
    while (decimals > 0 && small % 10 === 0) {
      small = small / 10 | 0;
      decimals -= 1;
    }
    magnitude = small;
  } else {
    while (decimals > 0) {
      const shorter = Math.floor(magnitude / 10);
      if (shorter * 10 !== magnitude) break;
      magnitude = shorter;
      decimals -= 1;
    }
  }
  if (decimals > MAXIMUM_DECIMALS) throw outsideDomain();
  const unsigned = placePoint(digitsOf(magnitude), decimals);
  return units < 0 ? `-${unsigned}` : unsigned;
}
function textOfBigUnits(units, scale) {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString();
  let kept = digits.length;
  let decimals = scale;
  while (decimals > 0 && kept > 1 && digits.charCodeAt(kept - 1) === DIGIT_ZERO2) {
    kept -= 1;
    decimals -= 1;
  }
  if (digits === "0") return "0";
  if (decimals > MAXIMUM_DECIMALS || kept > MAXIMUM_SIGNIFICANT_DIGITS) throw outsideDomain();
  const unsigned = placePoint(digits.slice(0, kept), decimals);
  const text = negative ? `-${unsigned}` : unsigned;
  if (!isDecimal(text)) throw outsideDomain();
  return text;
}
function outsideDomain() {
  return new RangeError("The result has more digits than a decimal can hold (40 digits, 20 decimals, below 10^30).");
}
function digitsOf(magnitude) {
  if (magnitude <= MAXIMUM_SMALL_INTEGER) return String(magnitude);
  const high = Math.floor(magnitude / 1e9);
  const low = magnitude - high * 1e9;
  return String(high) + String(low + 1e9).slice(1);
}
function placePoint(digits, decimals) {
  if (decimals === 0) return digits;
  const point = digits.length - decimals;
  if (point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  return `0.${"0".repeat(-point)}${digits}`;
}

// src/core/decimal-arithmetic.ts
function add(left, right) {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const units = safeUnitsAt(left, scale) + safeUnitsAt(right, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, scale);
  return textOfBigUnits(bigUnitsAt(left, scale) + bigUnitsAt(right, scale), scale);
}
function subtract(left, right) {
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const units = safeUnitsAt(left, scale) - safeUnitsAt(right, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, scale);
  return textOfBigUnits(bigUnitsAt(left, scale) - bigUnitsAt(right, scale), scale);
}
function multiply(left, right) {
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  const units = safeUnitsAt(left, leftScale) * safeUnitsAt(right, rightScale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER) return textOfUnits(units, leftScale + rightScale);
  return textOfBigUnits(bigUnitsAt(left, leftScale) * bigUnitsAt(right, rightScale), leftScale + rightScale);
}
function sum(values) {
  let scale = 0;
  let units = 0;
  for (const value of values) {
    const own = scaleOf(value);
    if (own > scale) {
      units *= powerOfTen(own - scale);
      scale = own;
    }
    units += safeUnitsAt(value, scale);
    if (!(Math.abs(units) <= Number.MAX_SAFE_INTEGER)) return sumBig(values);
  }
  return textOfUnits(units, scale);
}
function sumBig(values) {
  const scale = values.reduce((most, value) => Math.max(most, scaleOf(value)), 0);
  let units = 0n;
  for (const value of values) units += bigUnitsAt(value, scale);
  return textOfBigUnits(units, scale);
}

// src/core/decimal-comparison.ts
function compare(left, right) {
  if (left === right) return 0;
  const scale = Math.max(scaleOf(left), scaleOf(right));
  const difference = safeUnitsAt(left, scale) - safeUnitsAt(right, scale);
  if (difference < 0) return -1;
  if (difference > 0) return 1;
  const leftUnits = bigUnitsAt(left, scale);
  const rightUnits = bigUnitsAt(right, scale);
  return leftUnits < rightUnits ? -1 : leftUnits > rightUnits ? 1 : 0;
}
function isPositive(value) {
  return value !== "0" && !value.startsWith("-");
}
function isNegative(value) {
  return value.startsWith("-");
}
function minimum(left, right) {
  return compare(left, right) <= 0 ? left : right;
}
function maximum(left, right) {
  return compare(left, right) >= 0 ? left : right;
}

// src/core/decimal-rounding.ts
function multiplyRound(left, right, decimals, mode) {
  return multiplyShiftRound(left, right, 0, decimals, mode);
}
function multiplyShiftRound(left, right, shift, decimals, mode) {
  checkScale(decimals);
  const leftScale = scaleOf(left);
  const rightScale = scaleOf(right);
  const scale = leftScale + rightScale + shift;
  const excess = scale - decimals;
  const product = safeUnitsAt(left, leftScale) * safeUnitsAt(right, rightScale);
  if (Math.abs(product) <= Number.MAX_SAFE_INTEGER) {
    if (excess <= 0) return textOfUnits(product, scale);
    const divisor = powerOfTen(excess);
    if (!Number.isNaN(divisor)) return textOfUnits(roundedQuotient(product, divisor, mode), decimals);
  }
  const exact = bigUnitsAt(left, leftScale) * bigUnitsAt(right, rightScale);
  if (excess <= 0) return textOfBigUnits(exact, scale);
  return textOfBigUnits(roundedBigQuotient(exact, bigPowerOfTen(excess), mode), decimals);
}
function roundedQuotient(dividend, divisor, mode) {
  const magnitude = Math.abs(dividend);
  const quotient = Math.floor(magnitude / divisor);
  const remainder = magnitude - quotient * divisor;
  const twice = remainder * 2;
  const half = twice > divisor ? 1 : twice < divisor ? -1 : 0;
  const up = remainder !== 0 && roundsAway(mode, dividend < 0, quotient, half);
  const result = up ? quotient + 1 : quotient;
  return dividend < 0 && result !== 0 ? -result : result;
}
function roundedBigQuotient(dividend, divisor, mode) {
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  const quotient = magnitude / divisor;
  const remainder = magnitude - quotient * divisor;
  const twice = remainder * 2n;
  const half = twice > divisor ? 1 : twice < divisor ? -1 : 0;
  const up = remainder !== 0n && roundsAway(mode, negative, quotient, half);
  const result = up ? quotient + 1n : quotient;
  return negative ? -result : result;
}
function roundsAway(mode, negative, quotient, half) {
  switch (mode) {
    case "halfUp":
      return half >= 0;
    case "halfEven":
      return half > 0 || half === 0 && isOdd(quotient);
    case "halfDown":
      return half > 0;
    case "up":
      return true;
    case "down":
      return false;
    case "ceiling":
      return !negative;
    case "floor":
      return negative;
    default:
      throw new RangeError(`Unknown rounding mode: ${String(mode)}`);
  }
}
function isOdd(quotient) {
  if (typeof quotient === "bigint") return (quotient & 1n) === 1n;
  return Math.floor(quotient / 2) * 2 !== quotient;
}

// src/core/decimal-division.ts
import { Decimal as DecimalJs } from "decimal.js";
var LongDivision = /* @__PURE__ */ (() => DecimalJs.clone({
  defaults: true,
  precision: 130,
  rounding: 1,
  toExpNeg: -200,
  toExpPos: 200,
  minE: -400,
  maxE: 400
}))();
var LONG_DIVISION_ROUNDING = {
  up: 0,
  down: 1,
  ceiling: 2,
  floor: 3,
  halfUp: 4,
  halfDown: 5,
  halfEven: 6
};
function divide(dividend, divisor, decimals, mode) {
  checkScale(decimals);
  checkDivisor(divisor);
  const scale = Math.max(scaleOf(dividend), scaleOf(divisor));
  const units = safeUnitsAt(dividend, scale) * powerOfTen(decimals);
  const divisorUnits = safeUnitsAt(divisor, scale);
  if (Math.abs(units) <= Number.MAX_SAFE_INTEGER && !Number.isNaN(divisorUnits)) {
    const signed = divisorUnits < 0 ? -units : units;
    return textOfUnits(roundedQuotient(signed, Math.abs(divisorUnits), mode), decimals);
  }
  const rounding = Object.hasOwn(LONG_DIVISION_ROUNDING, mode) ? LONG_DIVISION_ROUNDING[mode] : void 0;
  if (rounding === void 0) throw new RangeError(`Unknown rounding mode: ${String(mode)}`);
  return fromLongDivision(longQuotient(dividend, divisor).toDecimalPlaces(decimals, rounding));
}
function checkDivisor(divisor) {
  if (divisor === "0") throw new RangeError("Division by zero.");
}
function longQuotient(dividend, divisor) {
  for (const value of [dividend, divisor]) {
    if (!isDecimal(value)) throw new TypeError(`Not a canonical decimal: ${String(value).slice(0, 60)}`);
  }
  return new LongDivision(dividend).div(divisor);
}
function fromLongDivision(value) {
  const text = value.isZero() ? "0" : value.toFixed();
  if (!isDecimal(text)) throw outsideDomain();
  return text;
}

// src/core/decimal-units.ts
function toSafeUnits(value, scale) {
  checkScale(scale);
  if (scaleOf(value) > scale) return void 0;
  const units = safeUnitsAt(value, scale);
  if (!Number.isNaN(units)) return units;
  const exact = bigUnitsAt(value, scale);
  return exact <= Number.MAX_SAFE_INTEGER && exact >= Number.MIN_SAFE_INTEGER ? Number(exact) : void 0;
}
function fromUnits(units, scale) {
  checkScale(scale);
  if (typeof units === "bigint") return textOfBigUnits(units, scale);
  if (!Number.isSafeInteger(units)) throw new RangeError(`Units must be a safe integer, not ${units}.`);
  return textOfUnits(units, scale);
}

// src/model/is-in-force.ts
function isInForce({ state }) {
  return state !== "resolved";
}

// src/model/status-of.ts
function holds(lines, bucket) {
  return lines.some((line) => line.quantities[bucket] !== "0");
}

// src/lifecycle/transitions.ts
function has(...buckets) {
  return ({ lines }) => buckets.some((bucket) => holds(lines, bucket));
}
var always = () => true;
var IN_WORK = ["confirmed", "allocated", "picked", "shipped", "collected"];
function withGoodsOut(operation, guard, ...buckets) {
  const from = ["confirmed", "allocated", "picked", "shipped"];
  return { operation, from, to: [...IN_WORK, "cancelled"], usual: [], guard, isReady: has(...buckets) };
}
var TRANSITIONS = [
  {
    operation: "review",
    from: ["entered"],
    to: ["entered", "returnedForCorrection", "rejected"],
    usual: [
      ["entered", "returnedForCorrection"],
      ["entered", "rejected"]
    ],
    guard: "not reviewed yet",
    isReady: ({ stage }) => stage === "entered"
  },
  {
    operation: "correct",
    from: ["entered", "returnedForCorrection"],
    to: ["entered"],
    usual: [["returnedForCorrection", "entered"]],
    guard: "a corrected draft of the same order",
    isReady: always
  },
  {
    operation: "price",
    from: ["entered", "confirmed", "allocated", "picked"],
    // Gifts that come or go with the price may be the least advanced quantity, or all that is left.
    to: ["entered", ...IN_WORK, "cancelled"],
    usual: [],
    guard: "nothing invoiced",
    isReady: ({ billing }) => billing.invoices.length === 0
  },
  {
    operation: "revise",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "promotions were given",
    isReady: ({ promotions }) => promotions !== void 0
  },
  {
    operation: "confirm",
    from: ["entered"],
    to: ["confirmed"],
    usual: [["entered", "confirmed"]],
    guard: "reviewed and priced",
    isReady: ({ stage, totals }) => stage === "reviewed" && totals !== void 0
  },
  {
    operation: "hold",
    from: ["entered", ...IN_WORK],
    to: ["entered", ...IN_WORK],
    usual: [],
    keepsStatus: true,
    guard: "a new hold id",
    isReady: always
  },
  {
    operation: "releaseHold",
    from: ["entered", ...IN_WORK],
    to: ["entered", ...IN_WORK],
    usual: [],
    keepsStatus: true,
    guard: "the hold is in force",
    isReady: (order) => order.holds.some(isInForce)
  },
  {
    operation: "allocate",
    from: IN_WORK,
    to: [...IN_WORK, "cancelled"],
    usual: [
      ["confirmed", "allocated"],
      ["confirmed", "cancelled"]
    ],
    guard: "open, backfill or deferred quantity",
    isReady: has("open", "backfill", "deferred")
  },
  {
    operation: "pick",
    from: ["confirmed", "allocated"],
    to: [...IN_WORK, "cancelled"],
    usual: [["allocated", "picked"]],
    guard: "allocated quantity",
    isReady: has("allocated")
  },
  {
    operation: "load",
    from: ["confirmed", "allocated", "picked"],
    to: [...IN_WORK, "cancelled"],
    usual: [],
    guard: "picked quantity",
    isReady: has("picked")
  },
  {
    operation: "ship",
    from: ["confirmed", "allocated", "picked"],
    to: ["confirmed", "allocated", "picked", "shipped"],
    usual: [["picked", "shipped"]],
    guard: "picked quantity",
    isReady: has("picked")
  },
  withGoodsOut("deliver", "shipped quantity", "shipped"),
  {
    operation: "invoice",
    from: ["confirmed", "allocated", "picked", "shipped"],
    to: IN_WORK,
    usual: [],
    guard: "delivered and not invoiced",
    isReady: ({ lines }) => lines.some((line) => compare(line.quantities.delivered, line.invoicedQty) > 0)
  },
  {
    operation: "pay",
    from: ["entered", ...IN_WORK],
    to: ["entered", ...IN_WORK],
    usual: [["shipped", "collected"]],
    guard: "something to pay, and a new payment id",
    isReady: ({ totals, billing }) => totals !== void 0 && compare(totals.payable, billing.collectedAmount) > 0
  },
  {
    operation: "amend",
    from: ["entered", ...IN_WORK],
    // More of a line makes the order wait again; less of it may leave it further on, or with nothing.
    to: ["entered", ...IN_WORK, "cancelled"],
    usual: [],
    guard: "something is to be agreed anew",
    isReady: always
  },
  {
    operation: "addOn",
    from: ["entered", "confirmed", "allocated", "picked"],
    to: ["entered", "confirmed"],
    usual: [],
    guard: "nothing invoiced, nothing on the vehicle",
    isReady: ({ billing, lines }) => billing.invoices.length === 0 && lines.every(({ reservations }) => reservations.every(({ loaded }) => loaded === void 0))
  },
  {
    operation: "cancel",
    from: ["entered", ...IN_WORK],
    to: ["entered", ...IN_WORK, "cancelled"],
    usual: [
      ["entered", "cancelled"],
      ["allocated", "cancelled"],
      ["picked", "cancelled"]
    ],
    guard: "quantity that has not left the house",
    isReady: has("open", "deferred", "backfill", "allocated", "picked")
  },
  {
    operation: "failDelivery",
    from: ["confirmed", "allocated", "picked", "shipped"],
    to: ["confirmed", "allocated", "picked", "shipped", "collected"],
    usual: [],
    guard: "shipped quantity",
    isReady: has("shipped")
  },
  withGoodsOut("loseInTransit", "shipped quantity", "shipped"),
  withGoodsOut("findWrongItem", "picked or shipped quantity", "picked", "shipped"),
  {
    operation: "close",
    from: ["collected"],
    to: ["closed"],
    usual: [["collected", "closed"]],
    guard: "no shortage waiting, no hold in force",
    isReady: (order) => !has("backfill", "deferred")(order) && !order.holds.some(isInForce)
  }
];
function checkTransition(order, operation, lineIds = []) {
  const allowedFrom = TRANSITIONS.find((row) => row.operation === operation)?.from ?? [];
  const issues = [];
  if (!allowedFrom.includes(order.status)) {
    issues.push(issue("status.operation_not_allowed", ["status"], { operation, status: order.status, allowedFrom }));
  }
  for (const [position, hold] of order.holds.entries()) {
    const applies = hold.lineId === void 0 || lineIds.includes(hold.lineId);
    if (isInForce(hold) && applies && hold.blocks.includes(operation)) {
      issues.push(issue("status.on_hold", ["holds", position], { operation, holdId: hold.holdId, type: hold.type }));
    }
  }
  return issues;
}
function isLineHeld(order, lineId, operation) {
  return order.holds.some((hold) => isInForce(hold) && hold.lineId === lineId && hold.blocks.includes(operation));
}

// src/allocation/grouped-by.ts
function groupedBy(members, keyOf) {
  const groups = /* @__PURE__ */ new Map();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [member]);
    else group.push(member);
  }
  return groups;
}

// src/allocation/lot-finder.ts
function lotFinder({ columns, demands, lots }, desk, { oneLotPerLine }) {
  const { lineItem, lineExpiry } = columns;
  const { lotOf, left, queueOfLot } = desk.shelf;
  const lotNoOf2 = (lot) => lots[lotOf[lot]].lotNo;
  let named;
  const namedIn = (queue, lotNo) => {
    named ??= groupedBy([...lotOf.keys()], (lot) => lotKey(queueOfLot[lot], lotNoOf2(lot)));
    return named.get(lotKey(queue, lotNo)) ?? [];
  };
  const isOneLot = (line) => oneLotPerLine === true || demands[line].line.oneLotOnly === true;
  const allLots = (line, warehouse) => {
    const queue = desk.queueOf(lineItem[line], warehouse);
    if (queue < 0) return [];
    const day = lineExpiry?.[line] ?? 0;
    const found = [];
    for (let lot = desk.next(queue, desk.first(queue), day); lot >= 0; lot = desk.next(queue, lot + 1, day)) {
      found.push(lot);
    }
    return found;
  };
  const candidates = (line, warehouse) => {
    const { lotNo, reservations } = demands[line].line;
    const queue = desk.queueOf(lineItem[line], warehouse);
    if (queue < 0) return [];
    const day = Math.max(1, lineExpiry?.[line] ?? 0);
    const found = lotNo === void 0 ? allLots(line, warehouse) : namedIn(queue, lotNo).filter((lot) => left[lot] > 0 && desk.dayOf(lot) >= day);
    const [held] = reservations;
    if (held === void 0 || !isOneLot(line)) return found;
    return found.filter((lot) => {
      const place = lots[lotOf[lot]];
      return place.warehouseId === held.warehouseId && place.lotNo === held.lotNo;
    });
  };
  const byLot = (line, warehouse) => {
    const groups = /* @__PURE__ */ new Map();
    for (const lot of candidates(line, warehouse)) {
      const lotNo = lotNoOf2(lot);
      const group = groups.get(lotNo) ?? { lots: [], units: 0 };
      group.lots.push(lot);
      group.units += left[lot];
      groups.set(lotNo, group);
    }
    return [...groups.values()];
  };
  return {
    isChoosy: (line) => isOneLot(line) || demands[line].line.lotNo !== void 0,
    isOneLot,
    allLots,
    freeFor: (line, warehouse) => isOneLot(line) ? byLot(line, warehouse).reduce((most, { units }) => Math.max(most, units), 0) : candidates(line, warehouse).reduce((total, lot) => total + left[lot], 0),
    lotsFor: (line, warehouse, wanted) => isOneLot(line) ? byLot(line, warehouse).find(({ units }) => units >= wanted)?.lots ?? [] : candidates(line, warehouse)
  };
}
function lotKey(queue, lotNo) {
  return lotNo === void 0 ? `${queue}` : `${queue} ${lotNo}`;
}

// src/allocation/pick-changing.ts
function pickChanging(batch, desk) {
  const { bins, lots, lineScale } = batch;
  if (bins.changingWarehouses.size === 0) return void 0;
  const { lotOf, left } = desk.shelf;
  const idOf2 = /* @__PURE__ */ new Map();
  for (const [lot, { warehouseId }] of lots.entries()) idOf2.set(batch.columns.lotWarehouse[lot], warehouseId);
  const pickBy = (rule, lotsHere, wanted, scale) => {
    switch (rule) {
      case "handlingUnitsFirst":
        return byHandlingUnits(
          lotsHere.map((lot) => {
            const unit = bins.unitOf(lots[lotOf[lot]]);
            return { lot, free: left[lot], unit: unit === void 0 ? 0 : toSafeUnits(unit, scale) ?? 0 };
          }),
          wanted
        );
      case "fewestPlaces":
        return byFewestPlaces(
          lotsHere.map((lot) => ({ lot, free: left[lot] })),
          wanted
        );
      default:
        return inOrder(
          lotsHere.map((lot) => ({ lot, free: left[lot] })),
          wanted
        );
    }
  };
  return {
    isAt: (warehouse) => bins.changingWarehouses.has(idOf2.get(warehouse) ?? ""),
    pick: (line, from, wanted) => {
      let need = wanted;
      const entries = groupedBy(from, (lot) => bins.entryOf(lots[lotOf[lot]]));
      for (const [entry, lotsHere] of entries) {
        const { warehouseId } = lots[lotOf[lotsHere[0]]];
        const picks = pickBy(bins.ruleOf(warehouseId, entry), lotsHere, need, lineScale[line]);
        for (const [lot, units] of picks) {
          desk.take(line, lot, units);
          need -= units;
        }
        if (need === 0) return;
      }
    }
  };
}
function inOrder(piles, wanted) {
  const picks = /* @__PURE__ */ new Map();
  let need = wanted;
  for (const { lot, free } of piles) {
    if (need === 0) break;
    picks.set(lot, Math.min(need, free));
    need -= Math.min(need, free);
  }
  return picks;
}
function byHandlingUnits(piles, wanted) {
  const picks = /* @__PURE__ */ new Map();
  let need = wanted;
  const pick = (lot, units) => {
    if (units > 0) picks.set(lot, (picks.get(lot) ?? 0) + units);
    need -= units;
  };
  const smallestFirst = [...piles].sort((a, b) => a.unit - b.unit);
  for (const { lot, free, unit } of [...piles].sort((a, b) => b.unit - a.unit)) {
    const most = Math.min(need, free);
    if (unit > 0) pick(lot, most - most % unit);
  }
  for (const { lot, free, unit } of smallestFirst) {
    pick(lot, Math.min(need, unit === 0 ? free : free % unit));
  }
  for (const { lot, free } of smallestFirst) pick(lot, Math.min(need, free - (picks.get(lot) ?? 0)));
  return picks;
}
function byFewestPlaces(piles, wanted) {
  const picks = /* @__PURE__ */ new Map();
  const fullest = [...piles].sort((a, b) => b.free - a.free);
  let need = wanted;
  for (const [place, { lot, free }] of fullest.entries()) {
    if (need === 0) break;
    if (free < need) {
      picks.set(lot, free);
      need -= free;
      continue;
    }
    const enough = fullest.slice(place).filter((pile) => pile.free >= need);
    const least = enough[enough.length - 1].free;
    picks.set(enough.find((pile) => pile.free === least).lot, need);
    break;
  }
  return picks;
}

// src/allocation/line-server.ts
function lineServer(batch, desk, policy) {
  const { columns, demands } = batch;
  const { lineItem, lineUnits, lineExpiry, lineQuantum, lineAllOrNothing } = columns;
  const dayOf = (line) => lineExpiry?.[line] ?? 0;
  const finder = lotFinder(batch, desk, policy);
  const changing = pickChanging(batch, desk);
  const wantedBy = (line) => lineUnits[line] - desk.takenBy(line);
  const canTakePart = (line) => lineItem[line] >= 0;
  const keptOf2 = (line, offered) => {
    const quantum = lineQuantum?.[line] ?? 0;
    const kept = quantum > 0 ? offered - offered % quantum : offered;
    return lineAllOrNothing?.[line] === 1 && kept < targetOf(line) ? 0 : kept;
  };
  const targetOf = (line) => {
    const quantum = lineQuantum?.[line] ?? 0;
    const wanted = wantedBy(line);
    return quantum > 0 ? wanted - wanted % quantum : wanted;
  };
  const freeFor = (line, warehouse) => {
    if (!canTakePart(line)) return 0;
    if (finder.isChoosy(line)) return finder.freeFor(line, warehouse);
    const queue = desk.queueOf(lineItem[line], warehouse);
    return queue < 0 ? 0 : desk.free(queue, dayOf(line));
  };
  const mayGive = (line, warehouse, quota) => Math.min(freeFor(line, warehouse), quota?.left(line, warehouse) ?? Infinity);
  const offeredTo = (line, warehouses, quota) => {
    const parts = warehouses.map((warehouse) => mayGive(line, warehouse, quota));
    const isOne = finder.isOneLot(line);
    const free = parts.reduce((total, part) => isOne ? Math.max(total, part) : total + part, 0);
    return Math.min(free, wantedBy(line));
  };
  const takeFrom = (line, warehouse, wanted) => {
    const queue = desk.queueOf(lineItem[line], warehouse);
    const lots = finder.isChoosy(line) ? finder.lotsFor(line, warehouse, wanted) : void 0;
    if (changing?.isAt(warehouse) === true) {
      changing.pick(line, lots ?? finder.allLots(line, warehouse), wanted);
      return;
    }
    let need = wanted;
    const give = (lot) => {
      const units = Math.min(need, desk.shelf.left[lot]);
      if (units > 0) desk.take(line, lot, units);
      need -= units;
    };
    if (lots !== void 0) {
      for (const lot of lots) give(lot);
      return;
    }
    const day = dayOf(line);
    for (let lot = desk.next(queue, desk.first(queue), day); lot >= 0 && need > 0; ) {
      give(lot);
      if (need > 0) lot = desk.next(queue, lot + 1, day);
    }
  };
  const takeFor = (line, units, warehouses, quota) => {
    const isOne = finder.isOneLot(line);
    let need = units;
    for (const warehouse of warehouses) {
      if (need === 0) return;
      const part = Math.min(need, mayGive(line, warehouse, quota));
      if (part === 0 || isOne && part < need) continue;
      takeFrom(line, warehouse, part);
      quota?.use(line, warehouse, part);
      need -= part;
    }
  };
  const serve = ({ lines, isTogether }, warehouses, quota) => {
    if (!isTogether) {
      return lines.map((line) => {
        const offered2 = canTakePart(line) ? offeredTo(line, warehouses, quota) : 0;
        takeFor(line, keptOf2(line, offered2), warehouses, quota);
        return offered2;
      });
    }
    const offered = lines.map((line) => offeredTo(line, warehouses, quota));
    if (!couldBeComplete(lines, offered, warehouses)) return offered;
    const mark = desk.mark();
    const uses = [];
    const noted = quota && {
      left: quota.left,
      use: (...use) => {
        quota.use(...use);
        uses.push(use);
      }
    };
    for (const line of lines) {
      takeFor(line, Math.min(offeredTo(line, warehouses, quota), targetOf(line)), warehouses, noted);
      if (targetOf(line) > 0) {
        desk.undo(mark);
        for (const [taker, warehouse, units] of uses) quota?.use(taker, warehouse, -units);
        break;
      }
    }
    return offered;
  };
  const couldBeComplete = (lines, offered, warehouses) => {
    if (lines.some((line, place) => !canTakePart(line) || offered[place] < targetOf(line))) return false;
    const wanted = /* @__PURE__ */ new Map();
    for (const line of lines) wanted.set(lineItem[line], (wanted.get(lineItem[line]) ?? 0) + targetOf(line));
    return [...wanted].every(([item, units]) => {
      const queues = warehouses.map((warehouse) => desk.queueOf(item, warehouse)).filter((queue) => queue >= 0);
      return queues.reduce((total, queue) => total + desk.free(queue, 0), 0) >= units;
    });
  };
  const isUnknown = (line) => !canTakePart(line) && !demands[line].isHeld;
  return { desk, freeFor, offeredTo, targetOf, keptOf: keptOf2, isOneLot: finder.isOneLot, canTakePart, isUnknown, serve };
}

// src/allocation/nearness-table.ts
function askedWarehouses(sourcing) {
  switch (sourcing.kind) {
    case "nearest":
    case "wholeOrderFromOne":
      return sourcing;
    case "ranked":
      return { areas: [], otherwise: sourcing.warehouseIds };
    case "chosen":
      return {
        areas: sourcing.areas.map(({ areaPath, warehouses }) => ({ areaPath, warehouseIds: warehouses.map(idOf) })),
        otherwise: sourcing.otherwise.map(idOf)
      };
  }
}
function idOf({ warehouseId }) {
  return warehouseId;
}
function nearnessTable({ areas, otherwise }) {
  const rows = [...areas.map(({ warehouseIds }) => warehouseIds), otherwise].map((ids) => [...new Set(ids)]);
  const warehouseNumbers = /* @__PURE__ */ new Map();
  for (const warehouseId of rows.flat()) {
    if (!warehouseNumbers.has(warehouseId)) warehouseNumbers.set(warehouseId, warehouseNumbers.size);
  }
  const warehouses = warehouseNumbers.size;
  const nearness = new Int32Array(rows.length * warehouses).fill(-1);
  for (const [area, warehouseIds] of rows.entries()) {
    for (const [distance, warehouseId] of warehouseIds.entries()) {
      nearness[area * warehouses + warehouseNumbers.get(warehouseId)] = distance;
    }
  }
  const rowOf = new Map(areas.map(({ areaPath }, row) => [areaPath.join("\n"), row]));
  const areaOf = (path) => {
    for (let length = path.length; length >= 0; length--) {
      const row = rowOf.get(path.slice(0, length).join("\n"));
      if (row !== void 0) return row;
    }
    return rows.length - 1;
  };
  const warehousesByArea = rows.map((ids) => ids.map((warehouseId) => warehouseNumbers.get(warehouseId)));
  return { warehouses, warehouseNumbers, warehousesByArea, nearness, areaOf, warehousesOf: (area) => rows[area] ?? [] };
}

// src/allocation/sourcing/serve-by-rank.ts
function serveByRank({ warehouseIds, rules }, batch, server, hostRanks) {
  const sites = [...new Set(warehouseIds)];
  const rankings = rules.map((rule) => ({
    rule: rule.rule,
    rank: rankingOf(rule, sites, { batch, server, hostRanks })
  }));
  return (call) => {
    const columns = rankings.map(({ rank }) => rank(call));
    const order = [...sites.keys()].sort((a, b) => {
      for (const column of columns) {
        const [left, right] = [column[a], column[b]];
        if (left === right) continue;
        if (left === void 0 || right === void 0) return left === void 0 ? 1 : -1;
        return left < right ? -1 : 1;
      }
      return a - b;
    });
    const offered = /* @__PURE__ */ new Map();
    for (const unit of call.units) {
      const units = server.serve(unit, order);
      for (const [place, line] of unit.lines.entries()) offered.set(line, units[place]);
    }
    const decisive = decidedBy(columns, order[0]);
    const rule = decisive === void 0 ? "default" : rankings[decisive].rule;
    return { warehouses: order, sourcing: { kind: "ranked", rule }, offered };
  };
}
function decidedBy(columns, winner) {
  if (winner === void 0) return void 0;
  let tied = [...columns[0]?.keys() ?? []];
  for (const [rule, column] of columns.entries()) {
    const before = tied.length;
    tied = tied.filter((site) => column[site] === column[winner]);
    if (tied.length === 1 && before > 1) return rule;
  }
  return void 0;
}
function rankingOf(rule, sites, facts) {
  const { server, batch, hostRanks } = facts;
  const places = (warehouseIds) => sites.map((site) => warehouseIds.includes(site) ? warehouseIds.indexOf(site) : void 0);
  const linesOf = ({ units }) => units.flatMap(({ lines }) => lines).filter(server.canTakePart);
  switch (rule.rule) {
    case "preferred": {
      const ranks = places(rule.warehouseIds);
      return () => ranks;
    }
    case "areas": {
      const table = nearnessTable({ areas: rule.areas, otherwise: [] });
      return ({ order }) => places(table.warehousesOf(table.areaOf(order.header.deliveryAreaPath)));
    }
    case "byField":
      return ({ order }) => {
        const value = order.header[rule.field];
        const known = value !== void 0 && Object.hasOwn(rule.warehouseIds, value);
        return places(known ? rule.warehouseIds[value] ?? [] : []);
      };
    case "mostStock":
      return (call) => {
        const lines = linesOf(call);
        const finest = lines.reduce((scale, line) => Math.max(scale, batch.lineScale[line]), 0);
        return sites.map(
          (_, site) => lines.reduce(
            (total, line) => total - BigInt(server.offeredTo(line, [site])) * 10n ** BigInt(finest - batch.lineScale[line]),
            0n
          )
        );
      };
    case "fewestSplits":
      return (call) => {
        const lines = linesOf(call);
        return sites.map(
          (_, site) => lines.filter((line) => server.offeredTo(line, [site]) < server.targetOf(line)).length
        );
      };
    case "host": {
      const ask = Object.hasOwn(hostRanks, rule.name) ? hostRanks[rule.name] : void 0;
      if (ask === void 0) throw new RangeError(`There is no rule ${rule.name} of the host.`);
      return ({ order }) => sites.map((site) => ask(order, site));
    }
  }
}

// src/core/result.ts
function ok(value) {
  return { ok: true, value };
}
function refuse(issues) {
  if (issues.length === 0) throw new TypeError("A refusal needs at least one issue.");
  return { ok: false, issues };
}

// src/allocation/sourcing/check-warehouse-policy.ts
function checkWarehousePolicy(policy, { needs = [], warehouses = [], stock = [] }) {
  const issues = [];
  const seen = /* @__PURE__ */ new Set();
  const once = (path, ...ids) => {
    const key = JSON.stringify([...path.slice(0, -1), ids]);
    if (seen.has(key)) issues.push(issue("sourcing.listed_twice", path, { id: ids.join(" ") }));
    seen.add(key);
  };
  const check = (value, ...path) => {
    if (value !== void 0 && isNegative(value)) issues.push(issue("sourcing.negative", path, { value }));
  };
  for (const [place, { itemCode, quantity }] of needs.entries()) {
    once(["needs", place], itemCode);
    check(quantity, "needs", place, "quantity");
  }
  for (const [place, { warehouseId, fixedCost, distance }] of warehouses.entries()) {
    once(["warehouses", place], warehouseId);
    check(fixedCost, "warehouses", place, "fixedCost");
    check(distance, "warehouses", place, "distance");
  }
  for (const [place, { itemCode, warehouseId, unitCost }] of stock.entries()) {
    once(["stock", place], itemCode, warehouseId);
    check(unitCost, "stock", place, "unitCost");
  }
  if (policy === void 0) return issues;
  return [...issues, ...limitFaults(policy.limits), ...strategyFaults(policy.strategy)];
}
function limitFaults(limits) {
  return limits.flatMap((limit, place) => {
    if ("count" in limit) {
      if (Number.isSafeInteger(limit.count) && limit.count > 0) return [];
      return [issue("sourcing.bad_count", ["limits", place, "count"], { count: limit.count })];
    }
    if (limit.kind !== "safetyStock") return [];
    return limit.quantities.flatMap(
      ({ quantity: value }, row) => isNegative(value) ? [issue("sourcing.negative", ["limits", place, "quantities", row, "quantity"], { value })] : []
    );
  });
}
function strategyFaults(strategy) {
  if (strategy.kind !== "weighted") return [];
  const issues = [];
  const seen = /* @__PURE__ */ new Set();
  for (const [place, { factor, weight, worst, best }] of strategy.weights.entries()) {
    const path = ["strategy", "weights", place];
    if (seen.has(factor)) issues.push(issue("sourcing.listed_twice", path, { id: factor }));
    seen.add(factor);
    if (isNegative(weight)) issues.push(issue("sourcing.negative", [...path, "weight"], { value: weight }));
    if (worst === best) issues.push(issue("sourcing.bounds_equal", path, { factor }));
  }
  const total = sum(strategy.weights.map(({ weight }) => weight));
  if (total !== ONE) issues.push(issue("sourcing.weights_not_one", ["strategy", "weights"], { total }));
  return issues;
}

// src/allocation/sourcing/warehouse-market.ts
function marketOf(needs, warehouses, stock, { strategy, limits }) {
  const items = [...needs].sort((a, b) => a.itemCode < b.itemCode ? -1 : 1);
  const sites = [...warehouses].sort((a, b) => a.warehouseId < b.warehouseId ? -1 : 1);
  const rows = new Map(stock.map((row) => [placeKey(row), row]));
  const rowsOf = ({ itemCode }) => sites.map(({ warehouseId }) => rows.get(placeKey({ itemCode, warehouseId })));
  const safety = limits.flatMap((limit) => limit.kind === "safetyStock" ? limit.quantities : []);
  const figures = new Map(items.map(({ itemCode, quantity }) => [itemCode, [quantity]]));
  for (const { itemCode, quantity } of [...stock, ...safety]) figures.get(itemCode)?.push(quantity);
  const offered = items.map((item) => rowsOf(item).map((row) => maximum(ZERO, row?.quantity ?? ZERO)));
  return {
    needs: items,
    warehouses: sites,
    offered,
    unitCosts: items.map((item) => rowsOf(item).map((row) => row?.unitCost ?? ZERO)),
    scales: items.map(({ itemCode }) => finestOf(figures.get(itemCode) ?? [])),
    scores: sites.map(
      (site, place) => strategy.kind === "weighted" ? scoreOf(site, sharesInFull(items, offered, place), strategy.weights) : {}
    ),
    strategy
  };
}
var placeKey = ({ itemCode, warehouseId }) => JSON.stringify([itemCode, warehouseId]);
var finestOf = (figures) => figures.reduce((finest, figure) => Math.max(finest, scaleOf(figure)), 0);
var totalOf = (figures) => figures.reduce((total, figure) => total + figure, 0);
function sharesInFull(items, offered, site) {
  const full = items.filter(({ quantity }, item) => compare(offered[item][site], quantity) >= 0).length;
  return items.length === 0 ? ZERO : divide(fromUnits(full, 0), fromUnits(items.length, 0), 6, "halfEven");
}
function scoreOf(site, stock, weights) {
  const figures = { stock, distance: site.distance, cost: site.fixedCost ?? ZERO, ease: site.ease };
  const contributions = {};
  for (const { factor, weight, worst, best } of weights) {
    const gained = divide(subtract(figures[factor] ?? worst, worst), subtract(best, worst), 6, "halfEven");
    contributions[factor] = multiplyRound(weight, minimum(ONE, maximum(ZERO, gained)), 6, "halfEven");
  }
  return { score: minimum(ONE, sum(Object.values(contributions))), contributions };
}

// src/allocation/sourcing/warehouse-network.ts
function barOf({ warehouseId, distance }, limits) {
  if (limits.some((limit) => limit.kind === "excluded" && limit.warehouseIds.includes(warehouseId))) return "excluded";
  const isFar = (limit) => limit.kind === "maxDistance" && (distance === void 0 || compare(distance, limit.distance) > 0);
  return limits.some(isFar) ? "too_far" : void 0;
}
function networkOf(market, limits) {
  const { needs, warehouses, scales, strategy } = market;
  const countOf = (kind) => Math.min(
    warehouses.length,
    ...limits.map((limit) => "count" in limit && limit.kind === kind ? limit.count : Infinity)
  );
  const mostPerLine = countOf("maxWarehousesPerLine");
  const units = unitsOf(market, limits);
  const isWhole = strategy.kind === "wholeFromOne";
  const wanted = needs.map(({ quantity }, item) => toSafeUnits(quantity, scales[item]) ?? Infinity);
  const reachable = wanted.map(
    (need, item) => isWhole ? need : Math.min(need, totalOf([...units[item]].sort((a, b) => b - a).slice(0, mostPerLine)))
  );
  const costs = costsOf(market);
  if (costs === void 0 || !wanted.every(Number.isSafeInteger)) return void 0;
  const worst = totalOf(costs.setups) + totalOf(wanted.map((need, item) => need * Math.max(0, ...costs.unitCosts[item])));
  if (worst > Number.MAX_SAFE_INTEGER) return void 0;
  const most = isWhole ? 1 : countOf("maxWarehouses");
  return { ...costs, units, needs: reachable, most, mostPerLine, queues: queuesOf({ ...costs, units }) };
}
function unitsOf({ needs, warehouses, offered, scales }, limits) {
  const safety = /* @__PURE__ */ new Map();
  for (const limit of limits) {
    if (limit.kind !== "safetyStock") continue;
    for (const row of limit.quantities)
      safety.set(placeKey(row), maximum(row.quantity, safety.get(placeKey(row)) ?? ZERO));
  }
  return needs.map(
    ({ itemCode, quantity }, item) => warehouses.map((site, place) => {
      if (barOf(site, limits) !== void 0) return 0;
      const kept = safety.get(placeKey({ itemCode, warehouseId: site.warehouseId })) ?? ZERO;
      const free = maximum(ZERO, subtract(offered[item][place], kept));
      return toSafeUnits(minimum(quantity, free), scales[item]) ?? Infinity;
    })
  );
}
function costsOf({ strategy, ...market }) {
  const isWeighted = strategy.kind === "weighted";
  const fixed = market.warehouses.map(({ fixedCost }) => isWeighted ? ZERO : fixedCost ?? ZERO);
  const lost = market.scores.map(({ score }) => subtract(ONE, score ?? ZERO));
  const perUnit = market.unitCosts.map((row) => isWeighted ? lost : row);
  const scale = perUnit.reduce(
    (finest, row, item) => Math.max(finest, finestOf(row) + market.scales[item]),
    finestOf(fixed)
  );
  if (scale > MAXIMUM_DECIMALS) return void 0;
  const unitsAt = (figure, decimals) => toSafeUnits(figure, decimals) ?? Infinity;
  const setups = fixed.map((cost) => unitsAt(cost, scale));
  const unitCosts = perUnit.map((row, item) => row.map((cost) => unitsAt(cost, scale - market.scales[item])));
  if (strategy.kind === "fewestSplits") {
    const one = totalOf(setups) + 1;
    return { setups: setups.map((cost) => cost + one), unitCosts: unitCosts.map((row) => row.map(() => 0)) };
  }
  const factor = setups.length + 1;
  return {
    setups: setups.map((cost) => cost * factor + 1),
    unitCosts: unitCosts.map((row) => row.map((cost) => cost * factor))
  };
}
function queuesOf({ units, unitCosts }) {
  return units.map((row, item) => {
    const fullest = [...row.keys()].sort((a, b) => row[b] - row[a] || a - b);
    return { fullest, cheapest: [...fullest].sort((a, b) => unitCosts[item][a] - unitCosts[item][b]) };
  });
}

// src/allocation/sourcing/warehouse-search.ts
function cheapestPlan(network, counter) {
  const { setups, units, most } = network;
  const leastSetups = [...setups];
  for (let site = setups.length - 2; site >= 0; site--)
    leastSetups[site] = Math.min(setups[site], leastSetups[site + 1]);
  const cover = planWith(network, greedyCover(network), counter);
  let best = cover.isComplete ? cover : void 0;
  let bound = best === void 0 ? Infinity : best.cost + 1;
  const chosen = new Uint8Array(setups.length);
  const visit = (from, size, setup) => {
    if (counter.left === 0 || size > DEEPEST) {
      counter.isSpent = true;
      return;
    }
    counter.left--;
    const plan = planWith(network, chosen, counter);
    if (plan.isComplete && plan.cost < bound) [best, bound] = [plan, plan.cost];
    for (let site = from; site < setups.length && !counter.isSpent; site++) {
      const hope = hopeOf(network, chosen, site);
      if (size + hope.more > most || setup + hope.cost + hope.more * leastSetups[site] >= bound) return;
      if (units.every((row) => row[site] === 0)) continue;
      chosen[site] = 1;
      visit(site + 1, size + 1, setup + setups[site]);
      chosen[site] = 0;
    }
  };
  visit(0, 0, 0);
  return best;
}
var DEEPEST = 1e3;
function hopeOf({ needs, units, unitCosts, queues }, chosen, from) {
  const hope = { more: 1, cost: 0 };
  for (const [item, { cheapest, fullest }] of queues.entries()) {
    let need = needs[item];
    let open = need;
    for (const site of cheapest) {
      if (chosen[site] === 0 && site < from) continue;
      const part = Math.min(need, units[item][site]);
      need -= part;
      hope.cost += part * unitCosts[item][site];
      if (chosen[site] === 1) open -= Math.min(open, units[item][site]);
    }
    let more = 0;
    for (const site of fullest) {
      if (open <= 0) break;
      if (site < from || chosen[site] === 1) continue;
      open -= units[item][site];
      more++;
    }
    hope.more = Math.max(hope.more, need > 0 ? Infinity : more);
  }
  return hope;
}
function greedyCover({ needs, units, unitCosts, setups, most }) {
  const chosen = new Uint8Array(setups.length);
  const left = [...needs];
  for (let size = 0; size < most; size++) {
    let [best, bestGain] = [-1, 0];
    for (let site = 0; site < setups.length; site++) {
      if (chosen[site] === 1) continue;
      let [share, cost] = [0, setups[site] + 1];
      for (const [item, open] of left.entries()) {
        const part = Math.min(open, units[item][site]);
        if (part > 0) share += part / needs[item];
        cost += part * unitCosts[item][site];
      }
      if (share / cost > bestGain) [best, bestGain] = [site, share / cost];
    }
    if (best < 0) break;
    chosen[best] = 1;
    for (const item of left.keys()) left[item] -= Math.min(left[item], units[item][best]);
  }
  return chosen;
}
function planWith(network, chosen, counter) {
  const { needs, setups, unitCosts } = network;
  const parts = needs.map((_, item) => lineWith(network, item, chosen, counter));
  let cost = 0;
  for (let site = 0; site < setups.length; site++) {
    for (const item of needs.keys()) cost += parts[item][site] * unitCosts[item][site];
    if (parts.some((row) => row[site] > 0)) cost += setups[site];
  }
  return { parts, cost, isComplete: needs.every((need, item) => totalOf(parts[item]) === need) };
}
function lineWith(network, item, chosen, counter) {
  const { units, needs, unitCosts, mostPerLine, queues } = network;
  const row = units[item].map((part, site) => part * chosen[site]);
  const { cheapest, fullest } = queues[item];
  const cheap = taken(row, needs[item], cheapest);
  if (cheap.filter((part) => part > 0).length <= mostPerLine) return cheap;
  const full = taken(row, needs[item], fullest.filter((site) => row[site] > 0).slice(0, mostPerLine));
  if (totalOf(full) < needs[item]) return full;
  const line = { units: [row], needs: [needs[item]], unitCosts: [unitCosts[item]], setups: row.map(() => 0) };
  const sub = { ...line, most: mostPerLine, mostPerLine: Infinity };
  return cheapestPlan({ ...sub, queues: queuesOf(sub) }, counter)?.parts[0] ?? full;
}
function taken(row, need, queue) {
  const parts = row.map(() => 0);
  let open = need;
  for (const site of queue) {
    parts[site] = Math.min(open, row[site]);
    open -= parts[site];
  }
  return parts;
}

// src/allocation/sourcing/choose-warehouses.ts
function chooseWarehouses(needs, warehouses, stock, policy) {
  const { limits, steps: budget } = policy;
  if (!Number.isSafeInteger(budget) || budget < 1) throw new RangeError("Steps must be a positive whole number.");
  const issues = checkWarehousePolicy(policy, { needs, warehouses, stock });
  if (issues.length > 0) return refuse(issues);
  const market = marketOf(needs, warehouses, stock, policy);
  if (networkOf(market, []) === void 0)
    return refuse([issue("sourcing.out_of_range", [], { limit: Number.MAX_SAFE_INTEGER })]);
  const soft = limits.filter(({ strength }) => strength === "soft");
  const share = Math.max(1, Math.floor(budget / (soft.length + 1)));
  let kept = limits.filter(({ strength }) => strength === "hard");
  const most = solve(market, kept, share);
  const dropped = [];
  let [answer, steps, optimal] = [most, most.steps, most.isProven || most.plan.isComplete];
  for (const limit of soft) {
    const tried = solve(market, [...kept, limit], Math.min(share, budget - steps));
    steps += tried.steps;
    if (isLessServed(tried.plan, most.plan)) {
      dropped.push(limit);
      optimal &&= tried.isProven;
    } else [kept, answer] = [[...kept, limit], tried];
  }
  return ok({ ...choiceOf(market, kept, answer.plan), dropped, optimal: optimal && answer.isProven, steps });
}
function isLessServed(plan, other) {
  return plan.parts.some((row, item) => totalOf(row) < totalOf(other.parts[item]));
}
function solve(market, limits, budget) {
  const network = networkOf(market, limits);
  const counter = { left: budget, isSpent: false };
  const found = cheapestPlan(network, counter);
  const isProven = !counter.isSpent;
  const steps = budget - counter.left;
  if (found !== void 0) return { plan: found, isProven, steps };
  if (market.strategy.kind !== "wholeFromOne")
    return { plan: planWith(network, greedyCover(network), counter), isProven: false, steps };
  return { plan: { parts: network.units.map((row) => row.map(() => 0)), cost: 0, isComplete: false }, isProven, steps };
}
function choiceOf(market, limits, { parts }) {
  const { needs, warehouses, offered, unitCosts, scales, scores } = market;
  const takes = needs.flatMap(
    ({ itemCode }, item) => warehouses.flatMap(({ warehouseId }, site) => {
      const units = parts[item][site];
      return units > 0 ? [{ itemCode, warehouseId, quantity: fromUnits(units, scales[item]), item, site }] : [];
    })
  );
  const missing = needs.flatMap(({ itemCode, quantity }, item) => {
    const short = subtract(quantity, fromUnits(totalOf(parts[item]), scales[item]));
    if (short === ZERO) return [];
    const isThere = compare(sum(offered[item]), quantity) >= 0;
    return [{ itemCode, quantity: short, code: isThere ? "limits" : "not_enough_stock" }];
  });
  const used = new Set(takes.map(({ site }) => site));
  const reasons = warehouses.map((warehouse, site) => {
    const isUseful = needs.some(({ quantity }, item) => quantity !== ZERO && offered[item][site] !== ZERO);
    const idle = isUseful ? "not_needed" : "nothing_to_give";
    const code = used.has(site) ? "used" : barOf(warehouse, limits) ?? idle;
    return { warehouseId: warehouse.warehouseId, code, ...scores[site] };
  });
  const fixed = [...used].map((site) => warehouses[site].fixedCost ?? ZERO);
  const variable = takes.map(({ quantity, item, site }) => multiply(quantity, unitCosts[item][site]));
  return {
    takes: takes.map(({ itemCode, warehouseId, quantity }) => ({ itemCode, warehouseId, quantity })),
    missing,
    reasons,
    cost: sum([...fixed, ...variable])
  };
}

// src/allocation/sourcing/choice-quota.ts
function choiceQuota({ takes }, { classOf, options }, unitsOf3, numberOf) {
  const classes = new Map([...classOf.values()].map((one) => [one.name, one]));
  const left = /* @__PURE__ */ new Map();
  const key = (name, warehouse) => `${warehouse} ${name}`;
  for (const { itemCode, warehouseId, quantity } of takes) {
    left.set(key(itemCode, numberOf.get(warehouseId)), unitsOf3(quantity, classes.get(itemCode)));
  }
  const keyOf = (line, warehouse) => key(classOf.get(line).name, warehouse);
  const used = new Set(takes.map(({ warehouseId }) => warehouseId));
  return {
    // In the order of the policy, which does not depend on the order of the input.
    sites: options.filter(({ warehouseId }) => used.has(warehouseId)).map(({ warehouseId }) => numberOf.get(warehouseId)),
    left: (line, warehouse) => left.get(keyOf(line, warehouse)) ?? 0,
    use: (line, warehouse, units) => {
      const at = keyOf(line, warehouse);
      left.set(at, (left.get(at) ?? 0) - units);
    }
  };
}

// src/allocation/sourcing/limit-index.ts
function limitIndex() {
  const safety = /* @__PURE__ */ new Map();
  const safetyOf = (limit) => {
    const known = safety.get(limit) ?? new Map(limit.quantities.map((row) => [placeKey(row), row.quantity]));
    safety.set(limit, known);
    return known;
  };
  return (limits, classes, options) => limits.map((limit) => {
    if (limit.kind !== "safetyStock") return limit;
    const kept = safetyOf(limit);
    const quantities = classes.flatMap(
      ({ name, itemCode }) => options.flatMap(({ warehouseId }) => {
        const quantity = kept.get(placeKey({ itemCode, warehouseId }));
        return quantity === void 0 ? [] : [{ itemCode: name, warehouseId, quantity }];
      })
    );
    return { ...limit, quantities };
  });
}

// src/allocation/sourcing/serving-phases.ts
function servingPhases({ limits, strategy }, options, order, classes) {
  const phase = (asked2, given) => ({
    ...given,
    classOf: new Map(asked2.flatMap((one) => one.lines.map((line) => [line, one]))),
    isMixed: new Set(asked2.map(({ itemCode }) => itemCode)).size < asked2.length
  });
  const held = new Set(order.lines.flatMap(({ reservations }) => reservations.map(({ warehouseId }) => warehouseId)));
  const isWhole = strategy.kind === "wholeFromOne";
  const isCounted = limits.some(({ kind }) => kind === "maxWarehouses" || kind === "maxWarehousesPerLine");
  if (held.size === 0 || !(isCounted || isWhole)) {
    return [phase(classes, { options, limits, dropped: [], mayGive: () => true })];
  }
  const own = options.filter(({ warehouseId }) => held.has(warehouseId));
  if (isWhole) return held.size > 1 ? [] : [phase(classes, { options: own, limits, dropped: [], mayGive: () => true })];
  const heldOf = /* @__PURE__ */ new Map();
  for (const { itemCode, reservations } of order.lines) {
    const known = heldOf.get(itemCode) ?? /* @__PURE__ */ new Set();
    for (const { warehouseId } of reservations) known.add(warehouseId);
    heldOf.set(itemCode, known);
  }
  const countOf = ({ itemCode }) => heldOf.get(itemCode)?.size ?? 0;
  const isPerLine = limits.some(({ kind }) => kind === "maxWarehousesPerLine");
  const first = phase(classes, {
    options: own,
    limits: limits.filter(({ kind }) => kind !== "maxWarehouses"),
    dropped: [],
    mayGive: (one, warehouseId) => !isPerLine || countOf(one) === 0 || heldOf.get(one.itemCode).has(warehouseId)
  });
  let asked = classes;
  const left = [];
  const dropped = [];
  let others = options;
  for (const limit of limits) {
    if (limit.kind === "maxWarehouses") {
      const count = limit.count - held.size;
      if (count > 0) {
        left.push({ ...limit, count });
        others = options.filter(({ warehouseId }) => !held.has(warehouseId));
      } else if (limit.strength === "soft") dropped.push(limit.kind);
      else return [first];
    } else if (limit.kind === "maxWarehousesPerLine") {
      const able = asked.filter((one) => countOf(one) < limit.count);
      if (limit.strength === "hard") asked = able;
      const count = limit.count - asked.reduce((most, one) => Math.max(most, countOf(one)), 0);
      if (count > 0) left.push({ ...limit, count });
      else dropped.push(limit.kind);
    } else left.push(limit);
  }
  return [first, phase(asked, { options: others, limits: left, dropped, mayGive: () => true })];
}

// src/allocation/sourcing/serve-from-chosen.ts
var MOST_ROUNDS = 3;
function serveFromChosen(policy, batch, server, numberOf) {
  const { demands, lineScale } = batch;
  const { desk } = server;
  const rows = [...policy.areas.map(({ warehouses }) => warehouses), policy.otherwise];
  const unitCosts = new Map((policy.unitCosts ?? []).map((row) => [placeKey(row), row.unitCost]));
  const limitsFor = limitIndex();
  const isWhole = policy.strategy.kind === "wholeFromOne";
  const choose = ({ options, limits, mayGive }, needs) => {
    const asked = [];
    const stock = [];
    for (const [lotClass, need] of needs) {
      const { name, itemCode, line } = lotClass;
      const scale = lineScale[line];
      asked.push({ itemCode: name, quantity: fromUnits(need, scale) });
      for (const { warehouseId } of options) {
        const free = mayGive(lotClass, warehouseId) ? server.freeFor(line, numberOf.get(warehouseId)) : 0;
        if (free === 0 || lotClass.isOneLot && free < need) continue;
        const unitCost = unitCosts.get(placeKey({ itemCode, warehouseId })) ?? ZERO;
        stock.push({ itemCode: name, warehouseId, quantity: fromUnits(free, scale), unitCost });
      }
    }
    const own = limitsFor(limits, [...needs.keys()], options);
    return chooseWarehouses(asked, options, stock, { strategy: policy.strategy, limits: own, steps: policy.steps });
  };
  const feasible = (units, { options, classOf, mayGive }) => {
    const used = /* @__PURE__ */ new Map();
    const needs = /* @__PURE__ */ new Map();
    const able = units.filter(({ lines, isTogether }) => {
      const usedHere = new Map(used);
      const wants = lines.map((line) => {
        const lotClass = classOf.get(line);
        const sites = options.filter(({ warehouseId }) => mayGive(lotClass, warehouseId)).map(({ warehouseId }) => numberOf.get(warehouseId));
        const parts = sites.map((site) => server.freeFor(line, site));
        const free = parts.reduce((total, part) => lotClass.isOneLot ? Math.max(total, part) : total + part, 0);
        const left = Math.max(0, free - (usedHere.get(lotClass.itemCode) ?? 0));
        const target = server.targetOf(line);
        const want = isWhole ? target : isTogether ? Math.min(left, target) : server.keptOf(line, Math.min(left, server.offeredTo(line, sites)));
        usedHere.set(lotClass.itemCode, (usedHere.get(lotClass.itemCode) ?? 0) + want);
        return want;
      });
      const isAble = isTogether ? lines.every((line, place) => server.canTakePart(line) && wants[place] === server.targetOf(line)) : wants.some((want) => want > 0);
      if (!isAble) return false;
      for (const [itemCode, units2] of usedHere) used.set(itemCode, units2);
      for (const [place, line] of lines.entries()) {
        const lotClass = classOf.get(line);
        if (wants[place] > 0) needs.set(lotClass, (needs.get(lotClass) ?? 0) + wants[place]);
      }
      return true;
    });
    return { able, needs };
  };
  const ask = (call, phase) => {
    let open = call.units.filter(({ lines }) => lines.every((line) => phase.classOf.has(line)));
    for (let round2 = 1; ; round2++) {
      const { able, needs } = feasible(open, phase);
      const choice = choose(phase, needs);
      if (!choice.ok) return void 0;
      if (isWhole && (choice.value.missing.length > 0 || able.length < open.length)) return choice.value;
      const mark = desk.mark();
      const quota = choiceQuota(
        choice.value,
        phase,
        (quantity, { line }) => toSafeUnits(quantity, lineScale[line]),
        numberOf
      );
      const without = able.filter((unit) => {
        const before = unit.lines.map(desk.takenBy);
        server.serve(unit, quota.sites, quota);
        return unit.lines.every((line, place) => desk.takenBy(line) === before[place]) && wantsAny(unit);
      });
      if (without.length === 0 || !isWhole && round2 === MOST_ROUNDS) return choice.value;
      desk.undo(mark);
      if (isWhole) return choice.value;
      open = able.filter((unit) => !without.includes(unit));
    }
  };
  const wantsAny = ({ lines }) => lines.some((line) => server.targetOf(line) > 0);
  return (call) => {
    const lines = call.units.flatMap((unit) => unit.lines).filter((line) => server.canTakePart(line));
    const classes = lotClasses(lines, batch, server);
    const answers = [];
    const dropped = [];
    const isBlocked = isWhole && call.units.some((unit) => unit.lines.some(server.isUnknown));
    for (const phase of isBlocked ? [] : servingPhases(policy, rows[call.area], call.order, classes)) {
      const most = phase.isMixed ? classes.length + 1 : 1;
      for (let round2 = 0; round2 < most; round2++) {
        const mark = desk.mark();
        answers.push(ask(call, phase));
        if (desk.mark() === mark) break;
      }
      dropped.push(...phase.dropped);
    }
    for (const answer of answers) dropped.push(...(answer?.dropped ?? []).map(({ kind }) => kind));
    const optimal = answers.every((answer) => answer?.optimal === true);
    return { sourcing: { kind: "chosen", optimal, dropped: [...new Set(dropped)] } };
  };
  function lotClasses(lines, { demands: all, columns }, { isOneLot }) {
    const groups = groupedBy(lines, (line) => {
      const { itemCode, lotNo, lineNo } = all[line].line;
      return JSON.stringify([
        itemCode,
        columns.lineExpiry?.[line] ?? 0,
        columns.lineItem[line],
        lotNo ?? "",
        isOneLot(line) ? lineNo : 0
      ]);
    });
    return [...groups].map(([name, members]) => ({
      name,
      itemCode: demands[members[0]].line.itemCode,
      line: members[0],
      lines: members,
      isOneLot: isOneLot(members[0])
    }));
  }
}

// src/allocation/sourcing/serve-whole-order.ts
function serveWholeOrder({ ifNone }, server, warehousesOf, numberOf) {
  const { desk } = server;
  const isAll = ({ units }, warehouse) => units.every(
    ({ lines }) => lines.every((line) => !server.isUnknown(line) && server.offeredTo(line, [warehouse]) >= server.targetOf(line))
  );
  return (call) => {
    const all = warehousesOf(call.area);
    const held = heldBy(call, numberOf);
    const able = held.size === 0 ? all : all.filter((warehouse) => held.has(warehouse));
    for (const warehouse of held.size > 1 ? [] : able) {
      if (!isAll(call, warehouse)) continue;
      const mark = desk.mark();
      for (const unit of call.units) server.serve(unit, [warehouse]);
      const isServed = call.units.every(({ lines }) => lines.every((line) => server.targetOf(line) === 0));
      if (isServed) return { warehouses: [warehouse], sourcing: { kind: "wholeOrderFromOne", found: true } };
      desk.undo(mark);
    }
    if (ifNone === "nearest") for (const unit of call.units) server.serve(unit, all);
    return { sourcing: { kind: "wholeOrderFromOne", found: false } };
  };
}
function heldBy({ order }, numberOf) {
  return new Set(
    order.lines.flatMap(({ reservations }) => reservations.map(({ warehouseId }) => numberOf.get(warehouseId) ?? -1))
  );
}

// src/allocation/expiry-sums.ts
function buildExpirySums({ left, head, queueEnd, queueOfLot }, expiry) {
  const begin = head.slice();
  const byExpiry = Int32Array.from(expiry, (_, lot) => lot).sort(
    (a, b) => queueOfLot[a] - queueOfLot[b] || expiry[a] - expiry[b] || a - b
  );
  const rank = new Int32Array(expiry.length);
  for (const [place, lot] of byExpiry.entries()) rank[lot] = place - begin[queueOfLot[lot]];
  const sums = new Float64Array(expiry.length);
  const add2 = (lot, units) => {
    const queue = queueOfLot[lot];
    const first = begin[queue];
    const size = queueEnd[queue] - first;
    for (let node = rank[lot] + 1; node <= size; node += node & -node) {
      sums[first + node - 1] = sums[first + node - 1] + units;
    }
  };
  for (const [lot, units] of left.entries()) add2(lot, units);
  const below = (queue, day) => {
    const first = begin[queue];
    let low = 0;
    let high = queueEnd[queue] - first;
    while (low < high) {
      const middle = low + high >> 1;
      if (expiry[byExpiry[first + middle]] < day) low = middle + 1;
      else high = middle;
    }
    let total = 0;
    for (let node = low; node > 0; node -= node & -node) total += sums[first + node - 1];
    return total;
  };
  return { below, take: (lot, units) => add2(lot, -units) };
}

// src/allocation/expiry-tree.ts
function buildExpiryTree(expiry) {
  let width = 1;
  while (width < expiry.length) width *= 2;
  const greatest = new Int32Array(2 * width);
  greatest.set(expiry, width);
  for (let node = width - 1; node > 0; node--) greatest[node] = larger(greatest, node);
  const write = (lot, day) => {
    let node = width + lot;
    greatest[node] = day;
    for (node >>= 1; node > 0; node >>= 1) greatest[node] = larger(greatest, node);
  };
  const next = (from, end, day) => {
    let node = width + from;
    while (from < end) {
      if (greatest[node] >= day) {
        while (node < width) node = greatest[2 * node] >= day ? 2 * node : 2 * node + 1;
        const lot = node - width;
        return lot < end ? lot : -1;
      }
      node++;
      if ((node & node - 1) === 0) return -1;
      while ((node & 1) === 0) node >>= 1;
      let leftmost = node;
      while (leftmost < width) leftmost *= 2;
      from = leftmost - width;
    }
    return -1;
  };
  return { next, write };
}
function larger(greatest, node) {
  return Math.max(greatest[2 * node], greatest[2 * node + 1]);
}

// src/allocation/stock-shelf.ts
function stockShelf(columns) {
  const { items, lotItem, lotWarehouse, lotUnits } = columns;
  const lots = lotItem.length;
  const lotOf = sortedByItem(lotItem, items);
  sortRuns(lotOf, columns);
  const left = new Float64Array(lots);
  const queueOfLot = new Int32Array(lots);
  const head = new Int32Array(lots);
  const queueEnd = new Int32Array(lots);
  const queueWarehouse = new Int32Array(lots);
  const queueUnits = new Float64Array(lots);
  const queueAt = new Int32Array(lots);
  const queuesBegin = new Int32Array(items);
  const queuesLeft = new Int32Array(items);
  let queues = 0;
  for (let place = 0; place < lots; place++) {
    const lot = lotOf[place];
    const item = lotItem[lot];
    const previous = place === 0 ? -1 : lotOf[place - 1];
    if (previous < 0 || lotItem[previous] !== item || lotWarehouse[previous] !== lotWarehouse[lot]) {
      if (queuesLeft[item] === 0) queuesBegin[item] = queues;
      queuesLeft[item] = queuesLeft[item] + 1;
      head[queues] = place;
      queueWarehouse[queues] = lotWarehouse[lot];
      queueAt[queues] = queues;
      queues++;
    }
    left[place] = lotUnits[lot];
    queueOfLot[place] = queues - 1;
    queueEnd[queues - 1] = place + 1;
    queueUnits[queues - 1] = queueUnits[queues - 1] + left[place];
  }
  const shelf = {
    lotOf,
    queueOfLot,
    left,
    head,
    queueEnd,
    queueWarehouse,
    queueUnits,
    queueAt,
    queuesBegin,
    queuesLeft
  };
  for (let item = 0; item < items; item++) dropEmptyQueues(shelf, item);
  return shelf;
}
function dropEmptyQueues({ queueAt, queueUnits, queuesBegin, queuesLeft }, item) {
  const begin = queuesBegin[item];
  let end = begin + queuesLeft[item];
  for (let slot = begin; slot < end; ) {
    const queue = queueAt[slot];
    if (queueUnits[queue] > 0) {
      slot++;
    } else {
      end--;
      queueAt[slot] = queueAt[end];
      queueAt[end] = queue;
    }
  }
  queuesLeft[item] = end - begin;
}
function sortedByItem(lotItem, items) {
  const next = new Int32Array(items + 1);
  for (const item of lotItem) next[item + 1] = next[item + 1] + 1;
  for (let item = 0; item < items; item++) next[item + 1] = next[item + 1] + next[item];
  const sorted = new Int32Array(lotItem.length);
  for (let lot = 0; lot < lotItem.length; lot++) {
    const item = lotItem[lot];
    const place = next[item];
    sorted[place] = lot;
    next[item] = place + 1;
  }
  return sorted;
}
var SHORT_RUN = 24;
function sortRuns(lotOf, { lotItem, lotWarehouse, lotQueue }) {
  const warehouses = lotOf.map((lot) => lotWarehouse[lot]);
  const queuePlaces = new Float64Array(lotOf.length);
  for (let place = 0; place < lotOf.length; place++) queuePlaces[place] = lotQueue[lotOf[place]];
  for (let begin = 0; begin < lotOf.length; ) {
    const item = lotItem[lotOf[begin]];
    let end = begin + 1;
    while (end < lotOf.length && lotItem[lotOf[end]] === item) end++;
    if (end - begin > SHORT_RUN) {
      lotOf.subarray(begin, end).sort(
        (a, b) => lotWarehouse[a] - lotWarehouse[b] || lotQueue[a] - lotQueue[b] || a - b
      );
    } else {
      sortShortRun(lotOf, warehouses, queuePlaces, begin, end);
    }
    begin = end;
  }
}
function sortShortRun(lotOf, warehouses, queuePlaces, begin, end) {
  for (let place = begin + 1; place < end; place++) {
    const lot = lotOf[place];
    const warehouse = warehouses[place];
    const queuePlace = queuePlaces[place];
    let hole = place;
    for (; hole > begin; hole--) {
      const other = warehouses[hole - 1];
      if (other < warehouse || other === warehouse && queuePlaces[hole - 1] <= queuePlace) break;
      lotOf[hole] = lotOf[hole - 1];
      warehouses[hole] = other;
      queuePlaces[hole] = queuePlaces[hole - 1];
    }
    lotOf[hole] = lot;
    warehouses[hole] = warehouse;
    queuePlaces[hole] = queuePlace;
  }
}

// src/allocation/stock-desk.ts
var ANY_DAY = 1;
function stockDesk(columns) {
  const { lotExpiry, warehouses, lineItem, items } = columns;
  const shelf = stockShelf(columns);
  const { lotOf, left, head, queueEnd, queueOfLot, queueWarehouse, queueUnits, queueAt, queuesBegin } = shelf;
  const days = lotOf.map((lot) => lotExpiry?.[lot] ?? ANY_DAY);
  const tree = buildExpiryTree(days);
  for (const [lot, units] of left.entries()) if (units === 0) tree.write(lot, 0);
  const sums = lotExpiry === void 0 ? void 0 : buildExpirySums(shelf, days);
  const firstLots = head.slice();
  const queues = /* @__PURE__ */ new Map();
  for (let item = 0; item < items; item++) {
    const begin = queuesBegin[item];
    for (let slot = begin; slot < begin + shelf.queuesLeft[item]; slot++) {
      const queue = queueAt[slot];
      queues.set(item * warehouses + queueWarehouse[queue], queue);
    }
  }
  const takenLine = [];
  const takenLot = [];
  const takenUnits = [];
  const lineTaken = new Float64Array(lineItem.length);
  const move = (line, lot, units) => {
    const queue = queueOfLot[lot];
    left[lot] -= units;
    queueUnits[queue] -= units;
    lineTaken[line] += units;
    sums?.take(lot, units);
    tree.write(lot, left[lot] === 0 ? 0 : days[lot]);
  };
  return {
    shelf,
    queueOf: (item, warehouse) => queues.get(item * warehouses + warehouse) ?? -1,
    free: (queue, day) => queueUnits[queue] - (day > ANY_DAY ? sums?.below(queue, day) ?? 0 : 0),
    next: (queue, from, day) => tree.next(from, queueEnd[queue], Math.max(day, ANY_DAY)),
    first: (queue) => firstLots[queue],
    dayOf: (lot) => days[lot],
    take: (line, lot, units) => {
      takenLine.push(line);
      takenLot.push(lot);
      takenUnits.push(units);
      move(line, lot, units);
    },
    takenBy: (line) => lineTaken[line],
    mark: () => takenLine.length,
    undo: (mark) => {
      for (let place = takenLine.length - 1; place >= mark; place--)
        move(takenLine[place], takenLot[place], -takenUnits[place]);
      takenLine.length = mark;
      takenLot.length = mark;
      takenUnits.length = mark;
    },
    takes: () => {
      const order = Int32Array.from(takenLine.keys()).sort((a, b) => takenLine[a] - takenLine[b] || a - b);
      return {
        count: order.length,
        line: order.map((place) => takenLine[place]),
        lot: order.map((place) => lotOf[takenLot[place]]),
        units: Float64Array.from(order, (place) => takenUnits[place]),
        lineTaken
      };
    }
  };
}

// src/allocation/serve-orders.ts
var BARS = { group: 1, limits: 2 };
function serveOrders(orders, batch, context) {
  const { policy } = context;
  const { demands, columns } = batch;
  const server = lineServer(batch, stockDesk(columns), policy);
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const numbersOf = near.warehousesByArea;
  const serve = serverFor(context, batch, server);
  const lineOffered = new Float64Array(demands.length);
  const lineBar = new Uint8Array(demands.length);
  const sources = /* @__PURE__ */ new Map();
  const idOf2 = [...near.warehouseNumbers.keys()];
  for (const [position, lines] of groupedBy([...demands.keys()], (line) => demands[line].order)) {
    if (batch.outOfRange.has(position)) continue;
    const order = orders[position];
    const area = demands[lines[0]].area;
    const units = unitsOf2(order, lines, batch);
    const answer = serve({ order, area, units });
    const asked = answer.warehouses ?? numbersOf[area];
    for (const { lines: together, isTogether } of units) {
      for (const line of together) {
        const taken2 = server.desk.takenBy(line);
        const offered = answer.offered?.get(line) ?? taken2 + server.offeredTo(line, asked);
        lineOffered[line] = Math.min(offered, columns.lineUnits[line]);
        if (taken2 > 0 || offered === 0) continue;
        if (isTogether && server.targetOf(line) > 0) lineBar[line] = BARS.group;
        else if (server.keptOf(line, lineOffered[line]) > 0) lineBar[line] = BARS.limits;
      }
    }
    if (answer.sourcing === void 0) continue;
    const warehouseIds = answer.warehouses?.map((warehouse) => idOf2[warehouse]);
    sources.set(position, { sourcing: answer.sourcing, ...warehouseIds === void 0 ? {} : { warehouseIds } });
  }
  return { ...server.desk.takes(), lineOffered, lineBar, sources };
}
function serverFor(context, batch, server) {
  const { sourcing } = context.policy;
  const near = nearnessTable(askedWarehouses(sourcing));
  switch (sourcing.kind) {
    case "nearest":
      return ({ units, area }) => {
        const offered = /* @__PURE__ */ new Map();
        for (const unit of units) {
          const each = server.serve(unit, near.warehousesByArea[area]);
          for (const [place, line] of unit.lines.entries()) offered.set(line, each[place]);
        }
        return { offered };
      };
    case "ranked":
      return serveByRank(sourcing, batch, server, context.hostRanks ?? {});
    case "wholeOrderFromOne":
      return serveWholeOrder(sourcing, server, (area) => near.warehousesByArea[area], near.warehouseNumbers);
    case "chosen":
      return serveFromChosen(sourcing, batch, server, near.warehouseNumbers);
  }
}
function unitsOf2(order, lines, { demands }) {
  if (order.header.shipComplete === true) return [{ lines, isTogether: true }];
  const groups = groupedBy(lines, (line) => demands[line].line.deliveryGroup ?? line);
  return [...groups].map(([group, members]) => ({ lines: members, isTogether: typeof group === "string" }));
}

// src/allocation/allocation-reasons.ts
function allocationReasons(orders, batch, takes) {
  const hadAcceptableLot = acceptableLots(batch);
  return batch.demands.map((demand, position) => {
    const { order, line, wanted, area } = demand;
    const taken2 = takes.lineTaken[position];
    const lacking = batch.columns.lineUnits[position] - taken2;
    const scale = batch.lineScale[position];
    const allocated = taken2 === 0 ? ZERO : lacking === 0 ? wanted : fromUnits(taken2, scale);
    const short = taken2 === 0 ? wanted : lacking === 0 ? ZERO : fromUnits(lacking, scale);
    const offered = takes.lineOffered[position];
    const { orderNo } = orders[order];
    const source = takes.sources?.get(order);
    const warehouses = source?.warehouseIds ?? batch.warehousesOf(area);
    let code;
    if (demand.isHeld) code = "on_hold";
    else if (short === ZERO) code = "served_in_full";
    else if (allocated !== ZERO) code = "served_in_part";
    else if (takes.lineBar?.[position] === BARS.group) code = "group_incomplete";
    else if (takes.lineBar?.[position] === BARS.limits) code = "sourcing_limits";
    else code = reasonForNothing(demand, offered, () => hadAcceptableLot(position));
    const rank = position + 1;
    const reason = { orderNo, lineId: line.lineId, rank, requested: wanted, allocated, short, code, warehouses };
    return source?.sourcing === void 0 ? reason : { ...reason, sourcing: source.sourcing };
  });
}
function reasonForNothing({ stock, line }, offered, hadAcceptableLot) {
  if (stock === void 0) return "no_stock_record";
  if (!stock.hasUsable) return "no_usable_stock";
  if (offered > 0) return line.partialAllowed ? "below_quantum" : "partial_not_allowed";
  if (stock.lots.length === 0) return "empty_stock";
  return hadAcceptableLot() ? "sold_out_by_earlier" : "no_usable_stock";
}
function acceptableLots({ columns, demands, lots }) {
  const { lineItem, lineArea, lineExpiry, lotItem, lotWarehouse, lotExpiry, nearness, warehouses, items } = columns;
  const firstLot = new Int32Array(items + 1).fill(lotItem.length);
  for (let lot = lotItem.length - 1; lot >= 0; lot--) firstLot[lotItem[lot]] = lot;
  const latest = /* @__PURE__ */ new Map();
  const latestExpiry = (item, area, lotNo) => {
    const question = lotNo === void 0 ? `${item} ${area}` : `${item} ${area} ${lotNo}`;
    const known = latest.get(question);
    if (known !== void 0) return known;
    let answer = -1;
    for (let lot = firstLot[item]; lot < lotItem.length && lotItem[lot] === item; lot++) {
      const isAsked = nearness[area * warehouses + lotWarehouse[lot]] >= 0;
      const isNamed = lotNo === void 0 || lots[lot]?.lotNo === lotNo;
      if (isAsked && isNamed) answer = Math.max(answer, lotExpiry?.[lot] ?? 0);
    }
    latest.set(question, answer);
    return answer;
  };
  return (position) => {
    const item = lineItem[position];
    if (item < 0) return false;
    const { lotNo } = demands[position].line;
    return latestExpiry(item, lineArea[position], lotNo) >= (lineExpiry?.[position] ?? 0);
  };
}

// src/core/calendar-day.ts
var DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
var MILLISECONDS_PER_DAY = 864e5;
function calendarDay(text) {
  if (!isCalendarDay(text)) throw new RangeError(`Not a day of the form YYYY-MM-DD: ${String(text).slice(0, 60)}`);
  return text;
}
function isCalendarDay(value) {
  if (typeof value !== "string" || !DAY_TEXT.test(value)) return false;
  const year = Number.parseInt(value.slice(0, 4), 10);
  const month = Number.parseInt(value.slice(5, 7), 10);
  const day = Number.parseInt(value.slice(8), 10);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
function daysBetween(from, to) {
  return dayNumber(to) - dayNumber(from);
}
function daysInMonth(year, month) {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
function startOfDay(day) {
  const milliseconds = DAY_TEXT.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a day of the form YYYY-MM-DD: ${String(day).slice(0, 60)}`);
  return milliseconds;
}
function dayNumber(day) {
  return startOfDay(day) / MILLISECONDS_PER_DAY;
}

// src/allocation/allocation-progress.ts
var LINES_BETWEEN_CALLS = 1e4;
function progressOf(onProgress, step, all) {
  if (onProgress === void 0) return () => void 0;
  let done = 0;
  let due = Math.min(LINES_BETWEEN_CALLS, all);
  return (lines) => {
    done += lines;
    if (done < due || lines === 0) return;
    due = Math.min(done + LINES_BETWEEN_CALLS, all);
    onProgress({ step, done, all });
  };
}

// src/allocation/lot-order.ts
var LOT_ORDERS = {
  fifo: (a, b) => dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  fefo: (a, b) => dayOrder(a.expiresOn, b.expiresOn) || dayOrder(a.receivedOn, b.receivedOn) || placeOrder(a, b),
  lifo: (a, b) => latestFirst(a.receivedOn, b.receivedOn) || placeOrder(a, b)
};
function placeOrder(a, b) {
  return textOrder(a.lotNo ?? "", b.lotNo ?? "") || textOrder(a.binId ?? "", b.binId ?? "");
}
function dayOrder(a, b) {
  if (a === void 0 || b === void 0) return (a === void 0 ? 1 : 0) - (b === void 0 ? 1 : 0);
  return textOrder(a, b);
}
function latestFirst(a, b) {
  if (a === void 0 || b === void 0) return dayOrder(a, b);
  return textOrder(b, a);
}
function textOrder(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/allocation/bin-order.ts
var CHANGING_RULES = ["handlingUnitsFirst", "fewestPlaces"];
function binBook({ lots, picking = [], bins = [] }) {
  const byLot = LOT_ORDERS[lots];
  const chains = new Map(picking.map(({ warehouseId, chain }) => [warehouseId, chainOf(chain)]));
  const facts = new Map(bins.map((bin) => [binKey(bin), bin]));
  const factsOf = ({ warehouseId, binId }) => binId === void 0 || facts.size === 0 ? void 0 : facts.get(binKey({ warehouseId, binId }));
  const entryOf = (place) => {
    const chain = chains.get(place.warehouseId);
    if (chain === void 0) return 0;
    const zone = factsOf(place)?.zone;
    return (zone === void 0 ? void 0 : chain.entries.get(zone)) ?? chain.others;
  };
  const ruleOf = (warehouseId, entry) => chains.get(warehouseId)?.rules[entry] ?? "lots";
  const comparison = (places) => {
    if (!places.some(({ position }) => chains.has(position.warehouseId))) {
      return (a, b) => byLot(a.position, b.position);
    }
    const held = heldByBin(places);
    return (a, b) => {
      const entry = entryOf(a.position);
      const turn = entry - entryOf(b.position);
      if (turn !== 0) return turn;
      switch (ruleOf(a.position.warehouseId, entry)) {
        case "pickSequence":
          return byWay(factsOf(a.position), factsOf(b.position)) || byLot(a.position, b.position);
        case "smallestFirst":
          return compare(held.get(placeName(a.position)) ?? ZERO, held.get(placeName(b.position)) ?? ZERO) || binOrder(a.position.binId, b.position.binId) || byLot(a.position, b.position);
        default:
          return byLot(a.position, b.position);
      }
    };
  };
  const changingWarehouses = new Set(
    picking.filter(({ chain }) => chain.some(({ rule }) => CHANGING_RULES.includes(rule))).map(({ warehouseId }) => warehouseId)
  );
  return { changingWarehouses, entryOf, ruleOf, unitOf: (place) => factsOf(place)?.handlingUnit, comparison };
}
function chainOf(chain) {
  const others = chain.findIndex(({ zone }) => zone === void 0);
  return {
    entries: new Map(chain.flatMap(({ zone }, entry) => zone === void 0 ? [] : [[zone, entry]])),
    others: others < 0 ? chain.length : others,
    rules: chain.map(({ rule }) => rule)
  };
}
function binKey({ warehouseId, binId }) {
  return `${warehouseId}
${binId}`;
}
function placeName({ warehouseId, binId = "" }) {
  return binKey({ warehouseId, binId });
}
function heldByBin(places) {
  const held = /* @__PURE__ */ new Map();
  for (const { position, free } of places) {
    const name = placeName(position);
    held.set(name, add(held.get(name) ?? ZERO, free));
  }
  return held;
}
function byWay(a, b) {
  const [left, right] = [a?.pickSequence ?? Infinity, b?.pickSequence ?? Infinity];
  if (left !== right) return left < right ? -1 : 1;
  return binOrder(a?.binId, b?.binId);
}
function binOrder(a = "", b = "") {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// src/allocation/usable-stock.ts
function isUsable(position, today) {
  return position.condition !== "held" && (position.expiresOn === void 0 || position.expiresOn > today);
}
function freeQuantity({ onHand, reserved }) {
  return reserved === ZERO ? onHand : subtract(onHand, reserved);
}

// src/allocation/item-stock.ts
function stockName(itemCode, owner) {
  return owner === void 0 ? itemCode : `${itemCode}
${owner}`;
}
function stockOf(stocks, itemCode, owner) {
  const own = stocks.get(stockName(itemCode, owner));
  if (own !== void 0 || !stocks.has(stockName(itemCode, void 0))) return own;
  return { lots: [], hasUsable: false };
}
function itemStocks(stock, bins, warehouseNumbers, today) {
  const stocks = /* @__PURE__ */ new Map();
  const entryOf = (name) => {
    let entry = stocks.get(name);
    if (entry === void 0) {
      entry = { lots: [], hasUsable: false };
      stocks.set(name, entry);
    }
    return entry;
  };
  for (const position of stock) {
    const own = entryOf(stockName(position.itemCode, void 0));
    const known = position.owner === void 0 ? own : entryOf(stockName(position.itemCode, position.owner));
    const warehouse = warehouseNumbers.get(position.warehouseId);
    if (warehouse === void 0 || !isUsable(position, today)) continue;
    known.hasUsable = true;
    const free = freeQuantity(position);
    if (isPositive(free)) known.lots.push({ position, free, warehouse });
  }
  for (const { lots } of stocks.values()) {
    if (lots.length < 2) continue;
    const byRule = bins.comparison(lots);
    lots.sort((a, b) => a.warehouse - b.warehouse || byRule(a, b));
  }
  return stocks;
}

// src/allocation/waiting-quantity.ts
function waitingParts(line, { hasNextOrder }) {
  const { deferred, backfill, open } = line.quantities;
  const parts = [];
  if (deferred !== ZERO) parts.push({ bucket: "deferred", quantity: deferred });
  if (backfill !== ZERO) {
    const quantity = hasNextOrder ? backfill : subtract(backfill, waitingForNextOrder(line));
    if (quantity !== ZERO) parts.push({ bucket: "backfill", quantity });
  }
  if (open !== ZERO) parts.push({ bucket: "open", quantity: open });
  return parts;
}
function waitingForNextOrder({ shortages }) {
  return sum(
    shortages.filter(({ bucket, mode }) => bucket === "backfill" && mode === "withNextOrder").map(({ quantity }) => quantity)
  );
}
function waitingTotal(parts) {
  return parts.length === 1 ? parts[0].quantity : sum(parts.map(({ quantity }) => quantity));
}

// src/allocation/batch-columns.ts
function batchColumns(orders, stock, policy, today, onProgress) {
  const near = nearnessTable(askedWarehouses(policy.sourcing));
  const bins = binBook(policy);
  const stocks = itemStocks(stock, bins, near.warehouseNumbers, today);
  const demands = collectDemands(orders, stocks, near.areaOf, onProgress);
  const scales = scalesOf(demands, bins);
  const lots = [];
  const lotItem = [];
  const lotWarehouse = [];
  const lotUnits = [];
  const outOfRangeItems = /* @__PURE__ */ new Set();
  let items = 0;
  const columnOf = /* @__PURE__ */ new Map();
  for (const [itemStock, scale] of scales) {
    const units = itemStock.lots.map(({ free }) => toSafeUnits(free, scale));
    const total = units.reduce((sum2, unit) => sum2 + (unit ?? Number.NaN), 0);
    if (!Number.isSafeInteger(total)) {
      outOfRangeItems.add(itemStock);
      continue;
    }
    columnOf.set(itemStock, items);
    for (const [place, { position, warehouse }] of itemStock.lots.entries()) {
      lots.push(position);
      lotItem.push(items);
      lotWarehouse.push(warehouse);
      lotUnits.push(units[place]);
    }
    items++;
  }
  const count = demands.length;
  const lineItem = new Int32Array(count).fill(-1);
  const lineUnits = new Float64Array(count);
  const lineArea = new Int32Array(count);
  const lineQuantum = new Float64Array(count);
  const lineAllOrNothing = new Uint8Array(count);
  const lineScale = new Uint8Array(count);
  const outOfRange = /* @__PURE__ */ new Map();
  for (const [position, { order, line, wanted, stock: itemStock, area, isHeld }] of demands.entries()) {
    const scale = itemStock === void 0 ? 0 : scales.get(itemStock);
    const units = itemStock === void 0 ? 0 : toSafeUnits(wanted, scale);
    const quantum = line.quantum === void 0 || itemStock === void 0 ? 0 : toSafeUnits(line.quantum, scale);
    if (units === void 0 || quantum === void 0 || itemStock !== void 0 && outOfRangeItems.has(itemStock)) {
      const known = outOfRange.get(order);
      if (known === void 0) outOfRange.set(order, [line.itemCode]);
      else known.push(line.itemCode);
      continue;
    }
    if (itemStock === void 0 || isHeld) continue;
    lineItem[position] = columnOf.get(itemStock);
    lineUnits[position] = units;
    lineScale[position] = scale;
    lineArea[position] = area;
    lineQuantum[position] = quantum;
    lineAllOrNothing[position] = line.partialAllowed ? 0 : 1;
  }
  for (const [position, { order }] of demands.entries()) if (outOfRange.has(order)) lineItem[position] = -1;
  const columns = {
    items,
    warehouses: near.warehouses,
    sequence: countedUp(count),
    lineItem,
    lineUnits,
    lineArea,
    lineQuantum,
    lineAllOrNothing,
    lotItem: Int32Array.from(lotItem),
    lotWarehouse: Int32Array.from(lotWarehouse),
    lotUnits: Float64Array.from(lotUnits),
    lotQueue: countedUp(lots.length),
    nearness: near.nearness,
    ...expiryColumns(orders, demands, lots, today)
  };
  return { columns, demands, lots, lineScale, bins, warehousesOf: near.warehousesOf, outOfRange };
}
function countedUp(count) {
  const numbers = new Int32Array(count);
  for (let place = 0; place < count; place++) numbers[place] = place;
  return numbers;
}
function collectDemands(orders, stocks, areaOf, onProgress) {
  const count = progressOf(
    onProgress,
    "read",
    orders.reduce((lines, order) => lines + order.lines.length, 0)
  );
  const openOrders = /* @__PURE__ */ new Map();
  const hasOpen = orders.map(({ lines }) => holds(lines, "open"));
  for (const [position, { header }] of orders.entries()) {
    if (hasOpen[position] === true) openOrders.set(header.customerCode, (openOrders.get(header.customerCode) ?? 0) + 1);
  }
  const demands = [];
  for (const [position, order] of orders.entries()) {
    const { customerCode } = order.header;
    const hasNextOrder = (openOrders.get(customerCode) ?? 0) > (hasOpen[position] === true ? 1 : 0);
    const area = areaOf(order.header.deliveryAreaPath);
    count(order.lines.length);
    for (const line of order.lines) {
      const parts = waitingParts(line, { hasNextOrder });
      if (parts.length === 0) continue;
      const owner = line.transactionCategory === "depositDraw" ? customerCode : void 0;
      demands.push({
        order: position,
        line,
        parts,
        wanted: waitingTotal(parts),
        stock: stockOf(stocks, line.itemCode, owner),
        area,
        isHeld: isLineHeld(order, line.lineId, "allocate")
      });
    }
  }
  return demands;
}
function scalesOf(demands, { unitOf }) {
  const scales = /* @__PURE__ */ new Map();
  for (const { stock, wanted, line } of demands) {
    if (stock === void 0) continue;
    const known = scales.get(stock);
    const before = known ?? stock.lots.reduce(
      (finest, { free, position }) => Math.max(finest, scaleOf(free), scaleOf(unitOf(position) ?? ZERO)),
      0
    );
    const scale = Math.max(before, scaleOf(wanted), scaleOf(line.quantum ?? ZERO));
    if (scale !== known) scales.set(stock, scale);
  }
  return scales;
}
var FIRST_DAY = "0001-01-01";
var NEVER = 2 ** 31 - 1;
function expiryColumns(orders, demands, lots, today) {
  if (lots.every(({ expiresOn }) => expiresOn === void 0)) return {};
  const numbers = /* @__PURE__ */ new Map();
  const numberOf = (day) => {
    const known = numbers.get(day);
    if (known !== void 0) return known;
    const number = daysBetween(FIRST_DAY, day) + 1;
    numbers.set(day, number);
    return number;
  };
  const lotExpiry = Int32Array.from(lots, ({ expiresOn }) => expiresOn === void 0 ? NEVER : numberOf(expiresOn));
  const lineExpiry = Int32Array.from(demands, ({ order, line }) => {
    const wanted = orders[order]?.header.requestedDeliveryDate ?? today;
    const deliveryDay = wanted < today ? today : wanted;
    return Math.min(numberOf(deliveryDay) + Math.max(1, line.minimumRemainingLifeDays ?? 0), NEVER);
  });
  const latestNeed = lineExpiry.reduce((latest, day) => Math.max(latest, day), 0);
  return lotExpiry.every((day) => day >= latestNeed) ? {} : { lineExpiry, lotExpiry };
}

// src/core/instant.ts
var CANONICAL_TEXT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
var FIRST_MILLISECOND = -621355968e5;
var LAST_MILLISECOND = 253402300799999;
var MILLISECONDS_OF_CYCLE = 146097 * 864e5;
function toEpochMilliseconds(moment) {
  const milliseconds = CANONICAL_TEXT.test(moment) ? Date.parse(moment) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a canonical instant: ${String(moment).slice(0, 60)}`);
  return milliseconds;
}
function fromEpochMilliseconds(milliseconds) {
  if (!Number.isInteger(milliseconds) || milliseconds < FIRST_MILLISECOND || milliseconds > LAST_MILLISECOND) {
    throw new RangeError(`Not a moment of the years 0001 to 9999 in whole milliseconds: ${milliseconds}`);
  }
  return textOf(milliseconds);
}
function millisecondsBetween(from, to) {
  return toEpochMilliseconds(to) - toEpochMilliseconds(from);
}
function textOf(milliseconds) {
  return new Date(milliseconds).toISOString();
}

// src/model/bucket.ts
var BUCKETS = [
  "open",
  "allocated",
  "picked",
  "shipped",
  "delivered",
  "returned",
  "backfill",
  "deferred",
  "merged",
  "cancelled"
];

// src/model/stock.ts
function stockSource(place) {
  return {
    warehouseId: place.warehouseId,
    ...place.binId === void 0 ? {} : { binId: place.binId },
    ...place.lotNo === void 0 ? {} : { lotNo: place.lotNo },
    ...place.owner === void 0 ? {} : { owner: place.owner }
  };
}

// src/model/apply-changes.ts
function orderedInBaseUnit(line) {
  return sum(BUCKETS.map((bucket) => line.quantities[bucket]));
}

// src/allocation/order-of-service.ts
function orderOfService(orders, keys, facts = {}) {
  const comparisons = chainOf2(keys).map((key) => comparisonOf(key, orders, facts));
  return orders.map((_, position) => position).sort((a, b) => {
    for (const compareBy of comparisons) {
      const order = compareBy(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
}
function chainOf2(keys) {
  return [...keys, ...LAST_KEYS];
}
function comparisonOf(key, orders, facts) {
  switch (key.key) {
    case "aged":
      return byColumn({ direction: "ascending" }, orders.map(ageOf(key, facts)));
    case "host": {
      const ask = facts.hostKeys?.[key.name];
      if (ask === void 0) throw new RangeError(`There is no key ${key.name} of the host.`);
      return byColumn(key, orders.map(ask));
    }
    default: {
      const values = orders.map(READERS[key.key]);
      if (key.ranking !== void 0) return byColumn(key, ranksOf(key.ranking, values));
      return isDecimalKey(key.key) ? byDecimals(key, values) : byColumn(key, values);
    }
  }
}
function ageOf({ afterDays, afterDisplacements }, { at, timesDisplaced }) {
  if (afterDays === void 0 && afterDisplacements === void 0) {
    throw new RangeError("A key for the aged must say what is aged.");
  }
  if (afterDays !== void 0 && at === void 0) throw new RangeError("Age in days needs the instant of the run.");
  return (order) => {
    const days = at === void 0 ? 0 : millisecondsBetween(waitingSinceOf(order), at) / DAY;
    const isOld = afterDays !== void 0 && days >= afterDays;
    const isSetBack = afterDisplacements !== void 0 && (timesDisplaced?.get(order.orderNo) ?? 0) >= afterDisplacements;
    return isOld || isSetBack ? 0 : 1;
  };
}
var DAY = 864e5;
function ranksOf(ranking, values) {
  const rankOf = new Map(ranking.map((value, rank) => [value, rank]));
  return values.map((value) => value === void 0 ? void 0 : rankOf.get(String(value)) ?? ranking.length);
}
function byColumn({ direction, nulls = "last" }, column, smaller = (left, right) => left < right) {
  const before = direction === "ascending" ? -1 : 1;
  const withoutValue = nulls === "last" ? 1 : -1;
  return (a, b) => {
    const left = column[a];
    const right = column[b];
    if (left === right) return 0;
    if (left === void 0) return withoutValue;
    if (right === void 0) return -withoutValue;
    return smaller(left, right) ? before : -before;
  };
}
function byDecimals(key, values) {
  const units = asUnits(values);
  if (units !== void 0) return byColumn(key, units);
  return byColumn(key, values, (left, right) => compare(left, right) < 0);
}
function asUnits(values) {
  const scale = values.reduce((finest, value) => Math.max(finest, value === void 0 ? 0 : scaleOf(value)), 0);
  const units = values.map((value) => value === void 0 ? void 0 : toSafeUnits(value, scale));
  return units.every((unit, position) => unit === void 0 === (values[position] === void 0)) ? units : void 0;
}
var LAST_KEYS = [
  { key: "receivedAt", direction: "ascending" },
  { key: "orderNo", direction: "ascending" }
];
var READERS = {
  promisedClass: promisedClassOf,
  customerClass: ({ header }) => header.customerClass,
  customerType: ({ header }) => header.customerType,
  customerCode: ({ header }) => header.customerCode,
  creditRating: ({ header }) => header.creditRating,
  orderAmount: ({ totals }) => totals?.payable,
  orderQuantity: ({ lines }) => sum(lines.map(orderedInBaseUnit)),
  orderLines: ({ lines }) => lines.length,
  requestedDeliveryDate: ({ header }) => header.requestedDeliveryDate,
  promisedDate: promisedDateOf,
  deliveryWave: ({ header }) => header.deliveryWaveId,
  channel: ({ header }) => header.channel,
  orderSource: ({ header }) => header.orderSource,
  waitingSince: waitingSinceOf,
  orderDate: ({ header }) => header.orderDate,
  receivedAt: ({ header }) => header.receivedAt,
  orderNo: ({ orderNo }) => orderNo
};
function isDecimalKey(key) {
  return key === "orderAmount" || key === "orderQuantity";
}
function promisedClassOf({ header, lines }) {
  if (header.preBooked === true) return 0;
  if (holds(lines, "deferred")) return 1;
  return holds(lines, "backfill") ? 2 : 3;
}
function promisedDateOf({ lines }) {
  const days = lines.flatMap(({ promises }) => promises.at(-1)?.day ?? []);
  return days.reduce(
    (first, day) => first === void 0 || day < first ? day : first,
    void 0
  );
}
function waitingSinceOf({ header, lines }) {
  const since = lines.flatMap(({ shortages }) => shortages.map((shortage) => shortage.since));
  return since.reduce((first, at) => first === void 0 || at < first ? at : first, void 0) ?? header.receivedAt;
}

// src/allocation/planned-orders.ts
function plannedOrders(orders, batch, takes, reasons, onProgress) {
  const planned = orders.map(() => void 0);
  const sources = batch.lots.map(() => void 0);
  const sourceOf = (lot) => sources[lot] ??= stockSource(batch.lots[lot]);
  const count = progressOf(onProgress, "plan", batch.demands.length);
  let lines = [];
  let current = -1;
  let take = 0;
  for (const [position, { order, line }] of batch.demands.entries()) {
    count(1);
    if (batch.outOfRange.has(order)) continue;
    if (order !== current) {
      const { orderNo, version } = orders[order];
      lines = [];
      planned[order] = { orderNo, version, lines };
      current = order;
    }
    const reason = reasons[position];
    const taken2 = takes.lineTaken[position];
    const own = [];
    while (take < takes.count && takes.line[take] === position) {
      const units = takes.units[take];
      const quantity = units === taken2 ? reason.allocated : fromUnits(units, batch.lineScale[position]);
      own.push({ source: sourceOf(takes.lot[take]), quantity });
      take++;
    }
    lines.push(Object.assign(reason, { itemCode: line.itemCode, takes: own }));
  }
  return planned;
}

// src/allocation/allocate-columns.ts
function allocateColumns(columns) {
  const { sequence, lineItem, lineUnits, lineArea, lineExpiry, lineQuantum, lineAllOrNothing } = columns;
  const { nearness, warehouses, lotExpiry } = columns;
  const shelf = stockShelf(columns);
  const { lotOf, left, head, queueEnd, queueWarehouse, queueUnits, queueAt, queuesBegin, queuesLeft } = shelf;
  const expiries = lineExpiry === void 0 || lotExpiry === void 0 ? void 0 : lotOf.map((lot) => lotExpiry[lot]);
  const tree = expiries === void 0 ? void 0 : buildExpiryTree(expiries);
  const sums = expiries === void 0 || !hasChoosyLine(columns) ? void 0 : buildExpirySums(shelf, expiries);
  const lines = lineItem.length;
  const capacity = lines + lotOf.length;
  const takeLine = new Int32Array(capacity);
  const takeLot = new Int32Array(capacity);
  const takeUnits = new Float64Array(capacity);
  let count = 0;
  const lineTaken = new Float64Array(lines);
  const lineOffered = new Float64Array(lines);
  for (let place = 0; place < sequence.length; place++) {
    const line = sequence[place];
    const item = lineItem[line];
    if (item < 0) continue;
    const wanted = lineUnits[line];
    const expiry = tree === void 0 ? 0 : lineExpiry?.[line];
    const begin = queuesBegin[item];
    const end = begin + queuesLeft[item];
    const row = lineArea[line] * warehouses;
    const quantum = lineQuantum?.[line] ?? 0;
    const isAllOrNothing = lineAllOrNothing?.[line] === 1;
    let need = wanted;
    if (isAllOrNothing || quantum > 0) {
      let free = 0;
      for (let slot = begin; slot < end; slot++) {
        const queue = queueAt[slot];
        if (nearness[row + queueWarehouse[queue]] < 0) continue;
        const below = expiry > 0 && sums !== void 0 ? sums.below(queue, expiry) : 0;
        free += queueUnits[queue] - below;
      }
      const offered = free < wanted ? free : wanted;
      need = keptOf(offered, wanted, quantum, isAllOrNothing);
      lineOffered[line] = offered;
    }
    const kept = need;
    let asked = -1;
    let isQueueEmptied = false;
    while (need > 0) {
      let queue = -1;
      let nearest = Number.MAX_SAFE_INTEGER;
      for (let slot = begin; slot < end; slot++) {
        const candidate = queueAt[slot];
        const warehouse = queueWarehouse[candidate];
        const distance = nearness[row + warehouse];
        const rank = distance * warehouses + warehouse;
        if (distance >= 0 && rank > asked && rank < nearest) {
          nearest = rank;
          queue = candidate;
        }
      }
      if (queue < 0) break;
      asked = nearest;
      const last = queueEnd[queue];
      let lot = head[queue];
      let unitsLeft = queueUnits[queue];
      while (lot < last) {
        if (tree !== void 0 && expiry > 0) {
          lot = tree.next(lot, last, expiry);
          if (lot < 0) break;
        }
        const free = left[lot];
        const units = free < need ? free : need;
        if (units > 0) {
          left[lot] = free - units;
          unitsLeft -= units;
          need -= units;
          sums?.take(lot, units);
          if (units === free) tree?.write(lot, 0);
          takeLine[count] = line;
          takeLot[count] = lotOf[lot];
          takeUnits[count++] = units;
          if (units < free) break;
        }
        lot++;
        if (need === 0) break;
      }
      queueUnits[queue] = unitsLeft;
      isQueueEmptied ||= unitsLeft === 0;
      if (expiry === 0) head[queue] = lot;
    }
    lineTaken[line] = kept - need;
    if (isQueueEmptied) dropEmptyQueues(shelf, item);
  }
  for (let line = 0; line < lines; line++) {
    if (lineAllOrNothing?.[line] !== 1 && (lineQuantum?.[line] ?? 0) === 0)
      lineOffered[line] = lineTaken[line];
  }
  return { count, line: takeLine, lot: takeLot, units: takeUnits, lineTaken, lineOffered };
}
function hasChoosyLine({ lineExpiry, lineQuantum, lineAllOrNothing }) {
  return lineExpiry?.some((day, line) => day > 0 && (lineAllOrNothing?.[line] === 1 || (lineQuantum?.[line] ?? 0) > 0)) ?? false;
}
function keptOf(offered, wanted, quantum, isAllOrNothing) {
  const kept = quantum > 0 ? offered - offered % quantum : offered;
  const target = quantum > 0 ? wanted - wanted % quantum : wanted;
  return isAllOrNothing && kept < target ? 0 : kept;
}

// src/allocation/takes-of.ts
function takesOf(orders, batch, context) {
  return isForColumns(orders, batch, context) ? allocateColumns(batch.columns) : serveOrders(orders, batch, context);
}
function isForColumns(orders, { demands, bins }, { policy }) {
  return policy.sourcing.kind === "nearest" && policy.oneLotPerLine !== true && bins.changingWarehouses.size === 0 && !orders.some(({ header }) => header.shipComplete === true) && !demands.some(
    ({ line }) => line.deliveryGroup !== void 0 || line.lotNo !== void 0 || line.oneLotOnly === true
  );
}

// src/allocation/plan-allocation.ts
function planAllocation(orders, stock, context) {
  const { policy, today, at, onProgress } = context;
  if (new Set(orders.map(({ orderNo }) => orderNo)).size !== orders.length)
    throw new RangeError("An order is listed twice.");
  const refusals = /* @__PURE__ */ new Map();
  const able = orders.filter((order) => {
    const issues = checkTransition(order, "allocate");
    if (issues.length > 0) refusals.set(order.orderNo, issues);
    return issues.length === 0;
  });
  const served = orderOfService(able, policy.priority, context).map((position) => able[position]);
  const batch = batchColumns(served, stock, policy, today, onProgress);
  const takes = takesOf(served, batch, context);
  const planned = plannedOrders(served, batch, takes, allocationReasons(served, batch, takes), onProgress);
  for (const [position, { orderNo }] of served.entries()) {
    if (planned[position] !== void 0) continue;
    const tooLong = batch.outOfRange.get(position);
    const issues = tooLong === void 0 ? [issue("allocate.nothing_waiting", ["lines"], { orderNo })] : tooLong.map((itemCode) => issue("allocate.quantity_out_of_range", ["lines"], { itemCode }));
    refusals.set(orderNo, issues);
  }
  return {
    at,
    today,
    ...policy.identity === void 0 ? {} : { policy: policy.identity },
    orders: planned.filter((order) => order !== void 0),
    refused: [...refusals].map(([orderNo, issues]) => ({ orderNo, issues })).sort((a, b) => a.orderNo < b.orderNo ? -1 : 1)
  };
}

// src/allocation/allocation-policy.ts
var USUAL_PRIORITY = [
  { key: "promisedClass", direction: "ascending" },
  { key: "customerClass", direction: "ascending" },
  { key: "orderAmount", direction: "descending" },
  { key: "creditRating", direction: "ascending" }
];

// test/bench/allocation/order-world.ts
var TODAY = calendarDay("2026-03-02");
var GRADES = ["A", "B", "C", "D", "E"];
var FIRST_MINUTE = Date.UTC(2026, 0, 1) / 6e4;
var lineIdOf = (order, lineNo) => `SO-${String(order).padStart(7, "0")}-${lineNo}`;
var lotNoOf = (lot) => `L${String(lot).padStart(8, "0")}`;
var warehouseIdOf = (warehouse) => `W${warehouse}`;
var areaPathOf = (area) => ["region", `area-${area}`];
function orderWorld(world2) {
  const orders = [];
  for (let order = 0; order < world2.orders; order++) orders.push(orderOf(world2, order));
  const stock = [];
  for (let lot = 0; lot < world2.lotItem.length; lot++) {
    stock.push({
      itemCode: itemCodeOf(world2.lotItem[lot]),
      warehouseId: warehouseIdOf(world2.lotWarehouse[lot]),
      lotNo: lotNoOf(lot),
      onHand: fromUnits(world2.lotUnits[lot], 0),
      reserved: ZERO,
      picked: ZERO,
      inTransit: ZERO,
      inbound: ZERO,
      onOrder: ZERO,
      receivedOn: calendarDay(
        new Date(Date.UTC(2026, 0, 1 + world2.lotDay[lot])).toISOString().slice(0, 10)
      ),
      expiresOn: calendarDay("2027-06-30")
    });
  }
  return { orders, stock, policy: policyOf(world2) };
}
function itemCodeOf(item) {
  return `ITEM-${String(item).padStart(6, "0")}`;
}
function orderOf(world2, order) {
  const cents = world2.orderCents[order];
  const amount = fromUnits(cents, 2);
  const begin = world2.firstLine[order];
  const end = world2.firstLine[order + 1];
  const lines = [];
  for (let line = begin; line < end; line++) {
    const quantity = fromUnits(world2.lineUnits[line], 0);
    const quantities = Object.fromEntries(BUCKETS.map((bucket) => [bucket, ZERO]));
    quantities.open = quantity;
    lines.push({
      lineId: lineIdOf(order, line - begin + 1),
      lineNo: line - begin + 1,
      itemCode: itemCodeOf(world2.lineItem[line]),
      itemName: `Article ${world2.lineItem[line]}`,
      transactionCategory: "sale",
      orderedQty: quantity,
      uom: "EA",
      unitFactor: { numerator: ONE, denominator: ONE },
      baseUom: "EA",
      unitPrice: ONE,
      allowance: ZERO,
      lineAmount: quantity,
      quantities,
      reservations: [],
      shortages: [],
      promises: [],
      invoicedQty: ZERO,
      partialAllowed: true,
      shortagePolicy: "backfillOnArrival"
    });
  }
  const receivedAt = fromEpochMilliseconds((FIRST_MINUTE + world2.orderMinute[order]) * 6e4);
  return {
    orderNo: `SO-${String(order).padStart(7, "0")}`,
    version: 5,
    status: "confirmed",
    stage: "confirmed",
    header: {
      orderDate: calendarDay(receivedAt.slice(0, 10)),
      receivedAt,
      customerCode: `C-${order % 5e3}`,
      customerName: `Customer ${order % 5e3}`,
      customerClass: GRADES[world2.orderClass[order]],
      creditRating: GRADES[world2.orderGrade[order]],
      shipToAddress: { street: `${order} Harbour Road`, city: "Hamburg", postalCode: "20457", country: "DE" },
      deliveryAreaPath: areaPathOf(world2.orderArea[order]),
      currency: "EUR",
      charges: []
    },
    lines,
    holds: [],
    totals: { gross: amount, allowances: ZERO, net: amount, charges: ZERO, payable: amount },
    billing: { invoicedAmount: ZERO, collectedAmount: ZERO, invoices: [], payments: [] },
    provenance: { customerClass: "master" }
  };
}
function policyOf({ areas, warehouses, nearness }) {
  const rows = Array.from({ length: areas }, (_, area) => {
    const ids = Array.from({ length: warehouses }, (_2, warehouse) => warehouse).sort(
      (a, b) => nearness[area * warehouses + a] - nearness[area * warehouses + b]
    );
    return { areaPath: areaPathOf(area), warehouseIds: ids.map(warehouseIdOf) };
  });
  return {
    priority: USUAL_PRIORITY,
    sourcing: { kind: "nearest", areas: rows, otherwise: [] },
    lots: "fifo"
  };
}

// test/bench/random.ts
function seededRandom(seed) {
  let state = Math.imul(seed + 1, 2654435761) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (Math.imul(state, 739982445) >>> 0) / 2 ** 32;
  };
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  return { next, between, pick: (values) => values[between(0, values.length - 1)] };
}

// test/bench/allocation/column-world.ts
function columnWorld(lines, warehouses) {
  const random = seededRandom(lines * 31 + warehouses);
  const items = Math.max(50, Math.round(lines / 20));
  const areas = warehouses === 1 ? 1 : 50;
  const firstLine = [0];
  const lineItem = new Int32Array(lines);
  const lineUnits = new Int32Array(lines);
  const demand = new Float64Array(items);
  const shuffled = shuffledNumbers(random, items);
  for (let line = 0; line < lines; line++) {
    const item = shuffled[Math.floor(items * random.next() ** 2.5)];
    const units = random.next() < 0.8 ? random.between(1, 6) : random.between(7, 20);
    lineItem[line] = item;
    lineUnits[line] = units;
    demand[item] = demand[item] + units;
  }
  while (firstLine.at(-1) < lines)
    firstLine.push(Math.min(lines, firstLine.at(-1) + random.between(1, 9)));
  const orders = firstLine.length - 1;
  const orderClass = Uint8Array.from({ length: orders }, () => Math.floor(5 * Math.sqrt(random.next())));
  const orderCents = Int32Array.from({ length: orders }, () => random.between(500, 2e6));
  const orderGrade = Uint8Array.from({ length: orders }, () => random.between(0, 3));
  const orderMinute = Int32Array.from({ length: orders }, () => random.between(0, 60 * 24 * 60 - 1));
  const orderArea = Int32Array.from({ length: orders }, () => random.between(0, areas - 1));
  const lineArea = new Int32Array(lines);
  for (let order = 0; order < orders; order++)
    lineArea.fill(orderArea[order], firstLine[order], firstLine[order + 1]);
  const sorted = Int32Array.from({ length: orders }, (_, order) => order).sort(
    (a, b) => orderClass[a] - orderClass[b] || orderCents[b] - orderCents[a] || orderGrade[a] - orderGrade[b] || orderMinute[a] - orderMinute[b] || a - b
  );
  const sequence = new Int32Array(lines);
  let place = 0;
  for (const order of sorted)
    for (let line = firstLine[order]; line < firstLine[order + 1]; line++)
      sequence[place++] = line;
  return {
    orders,
    items,
    warehouses,
    areas,
    firstLine: Int32Array.from(firstLine),
    orderClass,
    orderCents,
    orderGrade,
    orderMinute,
    orderArea,
    lineItem,
    lineUnits,
    lineArea,
    ...lotsFor(random, demand, warehouses),
    nearness: nearnessOf(random, areas, warehouses),
    sequence
  };
}
function lotsFor(random, demand, warehouses) {
  const lots = [];
  for (const [item, wanted] of demand.entries()) {
    const total = Math.round((wanted === 0 ? 8 : wanted) * (0.55 + 0.75 * random.next()));
    const homes = Array.from({ length: warehouses }, (_, warehouse) => warehouse).filter(() => random.next() < 0.5);
    if (homes.length === 0) homes.push(random.between(0, warehouses - 1));
    const parts = homes.flatMap((warehouse) => Array.from({ length: random.between(1, 5) }, () => warehouse));
    for (const warehouse of parts) {
      const units = Math.round(total / parts.length * (0.5 + random.next()));
      if (units > 0) lots.push({ item, warehouse, units, day: random.between(0, 59) });
    }
  }
  const order = shuffledNumbers(random, lots.length);
  const mixed = Array.from(order, (place) => lots[place]);
  return {
    lotItem: Int32Array.from(mixed, ({ item }) => item),
    lotWarehouse: Int32Array.from(mixed, ({ warehouse }) => warehouse),
    lotUnits: Int32Array.from(mixed, ({ units }) => units),
    lotDay: Int32Array.from(mixed, ({ day }) => day),
    lotQueue: Float64Array.from(mixed, ({ day }, lot) => day * mixed.length + lot)
  };
}
function nearnessOf(random, areas, warehouses) {
  const nearness = new Int32Array(areas * warehouses);
  for (let area = 0; area < areas; area++) {
    for (const [rank, warehouse] of shuffledNumbers(random, warehouses).entries())
      nearness[area * warehouses + warehouse] = rank;
  }
  return nearness;
}
function shuffledNumbers(random, count) {
  const numbers = Int32Array.from({ length: count }, (_, number) => number);
  for (let last = count - 1; last > 0; last--) {
    const other = random.between(0, last);
    const kept = numbers[last];
    numbers[last] = numbers[other];
    numbers[other] = kept;
  }
  return numbers;
}

// test/bench/allocation/object-loops.ts
import { Decimal } from "decimal.js";
function allocateByTunedLoop({ orders, stock, policy }) {
  const queues = queuesOf2(stock, Number);
  const areas = new Map(policy.sourcing.areas.map(({ areaPath, warehouseIds }) => [areaPath.join("/"), warehouseIds]));
  const takes = [];
  for (const order of sortedOrders(orders, Number)) {
    const warehouses = areas.get(order.header.deliveryAreaPath.join("/")) ?? [];
    for (const line of order.lines) {
      const own = queues.get(line.itemCode);
      let need = Number(line.quantities.open);
      for (let rank = 0; own !== void 0 && need > 0 && rank < warehouses.length; rank++) {
        const queue = own.get(warehouses[rank]);
        while (queue !== void 0 && need > 0 && queue.head < queue.lots.length) {
          const lot = queue.lots[queue.head];
          const quantity = Math.min(need, lot.left);
          takes.push({ lineId: line.lineId, lotNo: lot.position.lotNo, quantity });
          lot.left -= quantity;
          need -= quantity;
          if (lot.left === 0) queue.head++;
        }
      }
    }
  }
  return takes;
}
function allocateByDecimalLoop({ orders, stock, policy }) {
  const queues = queuesOf2(stock, (text) => new Decimal(text));
  const areas = new Map(policy.sourcing.areas.map(({ areaPath, warehouseIds }) => [areaPath.join("/"), warehouseIds]));
  const takes = [];
  for (const order of sortedOrders(orders, (text) => new Decimal(text))) {
    const warehouses = areas.get(order.header.deliveryAreaPath.join("/")) ?? [];
    for (const line of order.lines) {
      const own = queues.get(line.itemCode);
      let need = new Decimal(line.quantities.open);
      for (const warehouse of warehouses) {
        const queue = own?.get(warehouse);
        while (queue !== void 0 && need.gt(0) && queue.head < queue.lots.length) {
          const lot = queue.lots[queue.head];
          const quantity = Decimal.min(need, lot.left);
          takes.push({ lineId: line.lineId, lotNo: lot.position.lotNo, quantity });
          lot.left = lot.left.minus(quantity);
          need = need.minus(quantity);
          if (lot.left.isZero()) queue.head++;
        }
      }
    }
  }
  return takes;
}
function queuesOf2(stock, read) {
  const queues = /* @__PURE__ */ new Map();
  for (const position of stock) {
    let own = queues.get(position.itemCode);
    if (own === void 0) queues.set(position.itemCode, own = /* @__PURE__ */ new Map());
    let queue = own.get(position.warehouseId);
    if (queue === void 0) own.set(position.warehouseId, queue = { lots: [], head: 0 });
    queue.lots.push({ position, left: read(position.onHand) });
  }
  const byAge = ({ position: a }, { position: b }) => a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : a.lotNo < b.lotNo ? -1 : 1;
  for (const own of queues.values()) for (const queue of own.values()) queue.lots.sort(byAge);
  return queues;
}
function sortedOrders(orders, read) {
  const compareText = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  return orders.map((order) => ({ order, amount: Number(read(order.totals.payable)) })).sort(
    ({ order: a, amount: left }, { order: b, amount: right }) => compareText(a.header.customerClass, b.header.customerClass) || right - left || compareText(a.header.creditRating, b.header.creditRating) || compareText(a.header.receivedAt, b.header.receivedAt) || compareText(a.orderNo, b.orderNo)
  ).map(({ order }) => order);
}

// ../bench-plan/prof.ts
var n = Number(process.argv[2] ?? 2e5);
var rounds = Number(process.argv[3] ?? 3);
var world = orderWorld(columnWorld(n, 8));
var ctx = { at: "2026-03-02T09:00:00.000Z", policy: world.policy, today: TODAY };
var t = (name, f) => {
  globalThis.gc?.();
  const c = process.cpuUsage();
  const v = f();
  const d = process.cpuUsage(c);
  console.log(name.padEnd(14), Math.round((d.user + d.system) / 1e3));
  return v;
};
for (let i = 0; i < rounds; i++) {
  const served = t("sort", () => orderOfService(world.orders, world.policy.priority).map((p) => world.orders[p]));
  const batch = t("in", () => batchColumns(served, world.stock, world.policy, TODAY));
  const takes = t("loop", () => allocateColumns(batch.columns));
  const rs = t("reasons", () => allocationReasons(served, batch, takes));
  t("out", () => plannedOrders(served, batch, takes, rs, void 0));
  t("plan", () => planAllocation(world.orders, world.stock, ctx));
  t("tuned", () => allocateByTunedLoop(world));
  if (process.argv[4]) t("decimal", () => allocateByDecimalLoop(world));
}
