import { describe, expect, it } from "vitest";
import { deferOrder } from "../../src/allocation/shortage/defer-order.js";
import { buildInvoice } from "../../src/billing/build-invoice.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import { amendOrder } from "../../src/exceptions/amend-order.js";
import { cancelOrder } from "../../src/exceptions/cancel-order.js";
import { recordDeliveryFailure } from "../../src/exceptions/record-delivery-failure.js";
import { holdOrder } from "../../src/lifecycle/hold-order.js";
import { checkDays } from "../../src/model/check-days.js";
import { checkNames } from "../../src/model/check-names.js";
import { consentFor } from "../../src/model/consent.js";
import { instant } from "../../src/core/instant.js";
import { anyContext, anyOrder } from "../../src/testing/index.js";

// Mission 9.14, 9.16, 12.1: commands come from forms and queues, whatever their types say.

const faultsOf = (result: Result<unknown, Issue>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path.join(".")}`);
const NAMELESS = [undefined, null, 5, {}, "", " ", "a\u0000"] as const;

describe("texts of a command", () => {
  it.each(NAMELESS)("%j names nothing", (reason) => {
    expect(checkNames({ reason: reason as never })).toEqual([
      { code: "command.not_a_name", path: ["reason"], params: { field: "reason" } },
    ]);
  });

  const order = anyOrder({ stage: "confirmed" });
  const context = { ...anyContext(), today: calendarDay("2026-03-02") };
  it("are missed by the operations, not stumbled over", () => {
    const none = {} as { reason: string };
    expect(faultsOf(cancelOrder(order, none as never, context as never))).toContain("command.not_a_name reason");
    expect(faultsOf(deferOrder(order, { ...none, until: "stock" }, context))).toEqual(["command.not_a_name reason"]);
    expect(faultsOf(holdOrder(order, { holdId: "H", type: "credit", blocks: ["pick"] } as never, context))).toContain(
      "command.not_a_name reason",
    );
  });

  it("an order waits for stock or for the next order, and for nothing else", () => {
    expect(faultsOf(deferOrder(order, { reason: "short", until: "never" as never }, context))).toEqual([
      "defer.unknown_until until",
    ]);
    expect(faultsOf(deferOrder(order, { reason: "short" } as never, context))).toEqual(["defer.unknown_until until"]);
    expect(faultsOf(deferOrder(order, { reason: "short", until: "nextOrder" }, context))).toEqual([]);
  });
});

describe("days of a command", () => {
  it("are days of the calendar, or left out", () => {
    const days = { a: calendarDay("2026-02-28"), b: undefined, c: "2026-02-30", d: null, e: "never", f: 20260302 };
    expect(checkDays(days as never).map(({ path, params }) => [...path, params.found])).toEqual([
      ["c", "2026-02-30"],
      ["d", "object"],
      ["e", "never"],
      ["f", "20260302"],
    ]);
  });

  const order = anyOrder({ stage: "confirmed" });
  const never = "never" as never;
  it("are looked at by every operation that takes one", () => {
    const failed = { reason: "closed", attempt: 1, goods: "onVehicle", nextOn: never } as never;
    const context = { ...anyContext(), today: calendarDay("2026-03-02"), maxAttempts: 3 };
    expect(faultsOf(recordDeliveryFailure(order, failed, context as never))).toContain("command.not_a_day nextOn");
    const terms = { invoiceNo: "I", issuedOn: never, dueOn: never, rounding: "halfUp" } as never;
    expect(faultsOf(buildInvoice(order, terms)).filter((found) => found.startsWith("command."))).toEqual([
      "command.not_a_day issuedOn",
      "command.not_a_day dueOn",
    ]);
    const amended = { reason: "asked", header: { requestedDeliveryDate: never }, lines: [] } as never;
    const amending = { ...context, deliveryWaves: new Map(), masters: {} } as never;
    expect(faultsOf(amendOrder(order, amended, amending))).toContain("command.not_a_day header.requestedDeliveryDate");
  });
});

describe("a consent (mission 9.14)", () => {
  const at = instant("2026-03-02T09:00:00Z");
  const before = instant("2026-03-02T08:59:59Z");
  const after = instant("2026-03-02T09:00:01Z");
  const given = { customerCode: "C", subject: "S", agreedBy: "Lee", reference: "M" };
  const need = { customerCode: "C", subject: "S", at };
  it.each([
    ["before the decision", { agreedAt: before }, []],
    ["at its instant", { agreedAt: at }, []],
    ["after it", { agreedAt: after }, ["consent.given_later"]],
    ["before it, and it holds", { agreedAt: before, expiresAt: after }, []],
    ["before it, and it has expired", { agreedAt: before, expiresAt: at }, ["consent.expired"]],
    ["after it had expired", { agreedAt: after, expiresAt: before }, ["consent.expired"]],
  ])("that was given %s", (_case, part, codes) => {
    const { consent, issues } = consentFor([{ ...given, ...part }], need);
    expect(issues.map(({ code }) => code)).toEqual(codes);
    expect(consent === undefined).toBe(codes.length > 0);
  });

  it("is the first that holds", () => {
    const consents = [
      { ...given, agreedAt: after },
      { ...given, agreedAt: before, reference: "N" },
    ];
    expect(consentFor(consents, need).consent?.reference).toBe("N");
  });
});
