import { cutBatches } from "../../src/allocation/cut-batches.js";
import type { ReceiptSlot } from "../../src/allocation/batch-rule.js";
import type { ParticipantPolicy } from "../../src/allocation/participant-policy.js";
import { selectParticipants } from "../../src/allocation/select-participants.js";
import { calendarDay } from "../../src/core/calendar-day.js";
import { instant } from "../../src/core/instant.js";
import type { Issue } from "../../src/core/issue.js";
import type { Result } from "../../src/core/result.js";
import type { LocalTime } from "../../src/core/time-zone.js";
import type { Order } from "../../src/model/order.js";
import { anyOrder, anyStock, type AnyOrder, type AnyOrderLine } from "../../src/testing/index.js";

const at = instant("2026-03-05T10:00:00Z");
const today = calendarDay("2026-03-05");

/** Real issues of cutting batches and real reasons of taking part, one of every code at least. */
export function batchIssues(): Issue[] {
  return [...rules(), ...reasons()];
}

function rules(): Issue[] {
  const slots: readonly ReceiptSlot[] = [
    { from: "10:00" as LocalTime, cutOffs: [cutOff("09:00"), cutOff("11:00"), cutOff("11:30")] },
    { from: "09:00" as LocalTime },
    { from: "25:00" as LocalTime },
  ];
  const closed = { key: "K", label: "K", parts: [], run: 1, isClosed: true, orderNos: ["SO-1"] };
  const results: readonly Result<unknown>[] = [
    cutBatches([], { kind: "combined", rules: [] }),
    cutBatches([], { kind: "receiptSlot", timeZone: "Europe/Atlantis", slots: [] }),
    cutBatches([], { kind: "receiptSlot", timeZone: "Europe/Berlin", slots }),
    cutBatches([], { kind: "area", level: 4 as 3 }),
    cutBatches([], { kind: "area", level: 1 }, { closed: [closed, closed] }),
    selectParticipants([], [], { ...POLICY, futureDue: { include: true, leadDays: -1 } }, { at, today }),
  ];
  return results.flatMap((result) => (result.ok ? [] : result.issues));
}

function cutOff(time: string) {
  return { customerClass: "A", at: time as LocalTime };
}

const POLICY: ParticipantPolicy = {
  deferred: { include: true, onlyIfStockNow: true },
  backfill: { include: true, onlyIfStockNow: true },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "keep" },
  holdReleased: { include: true },
  new: { include: true },
};

function reasons(): Issue[] {
  const release: ParticipantPolicy = { ...POLICY, allocatedNotShipped: { include: true, reservation: "release" } };
  const hold = { holdId: "H", state: "resolved", endedAt: at } as const;
  const line = (quantities: NonNullable<AnyOrderLine["quantities"]>, more: AnyOrderLine = {}): AnyOrderLine => ({
    ...more,
    quantities: { open: "0", delivered: "1", ...quantities },
  });
  const order = (part: AnyOrder): Order => anyOrder({ stage: "confirmed", ...part });
  const short = { bucket: "backfill", quantity: "4", cause: "pick", since: at, reason: "x" } as const;
  const orders = [
    order({}),
    order({ lines: [line({ backfill: "4" })] }),
    order({ lines: [line({ backfill: "4" }, { itemCode: "RICE" })] }),
    order({ lines: [line({ backfill: "4" }, { shortages: [{ ...short, mode: "withNextOrder" }] })] }),
    order({ lines: [line({ allocated: "4" })] }),
    order({ lines: [line({ picked: "4" })] }),
    order({ holds: [hold] }),
    order({ holds: [{ ...hold, endedAt: "2026-03-06T10:00:00.000Z" }], lines: [line({ backfill: "4" })] }),
    order({ holds: [{ holdId: "H", lineId: "SO-1-1" }] }),
    order({ header: { requestedDeliveryDate: "2026-03-06" } }),
    order({ header: { requestedDeliveryDate: "2026-03-16" } }),
  ];
  return [POLICY, release, { ...POLICY, new: { include: false } }].flatMap((policy) =>
    orders.flatMap((one) => {
      const result = selectParticipants([one], anyStock({ onHand: "9" }), policy, { at, today });
      return result.ok ? result.value.flatMap((found) => found.reasons) : [];
    }),
  );
}
