import type { HoldableOperation, OrderStage, OrderStatus } from "../../src/model/order.js";

/** Where the goods of an imported order are. */
export type GoodsBucket = "open" | "cancelled" | "shipped" | "delivered";

/** What one of the source's codes means here. The code mixes papers, goods, bills and money; here each is apart. */
export interface StatusMapping {
  /** Words of the source. */
  readonly meaning: string;
  /** How far the papers are. */
  readonly stage: OrderStage;
  /** Where the goods are. */
  readonly goods: GoodsBucket;
  /** The status that follows from both. */
  readonly status: OrderStatus;
  /** Why it is this one. */
  readonly reason: string;
  /** Hold that keeps it where it is. */
  readonly hold?: { readonly type: string; readonly blocks: readonly HoldableOperation[] };
  /** How far its money is. */
  readonly money?: "billed" | "paid";
  /** Work besides the drop. */
  readonly services?: readonly string[];
  /** Payment term that the code tells. */
  readonly paymentTerm?: "credit";
  /** What the code says and no field of the order can hold. */
  readonly remark?: string;
}

const SHIPPED = { stage: "confirmed", goods: "shipped", status: "shipped" } as const;
const BILLED = { stage: "confirmed", goods: "delivered", status: "shipped", money: "billed" } as const;

/** The eleven codes of the source. */
export const STATUS_MAPPINGS: Readonly<Record<string, StatusMapping>> = {
  "0": {
    meaning: "not fully entered",
    stage: "entered",
    goods: "open",
    status: "entered",
    reason: "It has a number and lines; that its entry has not ended is a hold on its confirmation, no status.",
    hold: { type: "entry", blocks: ["confirm"] },
  },
  "1": { meaning: "entered", stage: "entered", goods: "open", status: "entered", reason: "The same word." },
  "2": {
    meaning: "cancelled, bad credit",
    stage: "entered",
    goods: "cancelled",
    status: "cancelled",
    reason: "Nothing of it will ever come. Why is history, not status.",
    remark: "cancelled: bad credit",
  },
  "3": {
    meaning: "cancelled by customer",
    stage: "entered",
    goods: "cancelled",
    status: "cancelled",
    reason: "Nothing of it will ever come. Why is history, not status.",
    remark: "cancelled: by the customer",
  },
  "4": { ...SHIPPED, meaning: "shipped, whole order", reason: "All goods have left, nothing is said of money." },
  "5": {
    ...SHIPPED,
    meaning: "shipped, replacement items",
    reason: "The goods have left; what stood in for what is not told.",
    remark: "shipped with replacement items",
  },
  "6": {
    ...SHIPPED,
    meaning: "shipped, backlog on items",
    reason: "Goods have left and others wait; how many is not told, so the lines stand as ordered.",
    remark: "shipped with a backlog of unknown quantity",
  },
  "7": {
    ...SHIPPED,
    meaning: "shipped, special delivery",
    reason: "How it was delivered is a wish for the delivery, not a status.",
    services: ["special"],
  },
  "8": {
    ...BILLED,
    meaning: "shipped, billed",
    reason: "Billed is not paid: collected means that the money has come.",
  },
  "9": {
    ...BILLED,
    meaning: "shipped, payment plan",
    reason: "A plan is a promise to pay; which instalments have come is not told.",
    paymentTerm: "credit",
  },
  "10": {
    ...BILLED,
    meaning: "shipped, paid",
    status: "collected",
    money: "paid",
    reason: "Delivered, billed and paid: collected. Nobody has closed it yet.",
  },
};
