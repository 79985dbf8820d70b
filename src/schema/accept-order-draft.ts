import { isCalendarDay } from "../core/calendar-day.js";
import { parseInstant } from "../core/instant.js";
import { isCurrency } from "../core/money.js";
import type { ShortageOffer } from "../model/customer.js";
import type { OrderDraft, OrderDraftLine } from "../model/order-draft.js";
import { TRANSACTION_CATEGORIES } from "../model/order-line.js";
import {
  acceptAddress,
  acceptCharge,
  acceptDeliveryRequirement,
  acceptChoices,
  acceptDiscount,
  acceptName,
  acceptVehicleRestriction,
} from "./accept-order-terms.js";
import {
  acceptList,
  acceptMoney,
  acceptOneOf,
  acceptQuantity,
  expectNoOther,
  isCounter,
  isPlainName,
  isPlainRecord,
  isPlainRemark,
  type Building,
} from "./accepted-values.js";
import { ORDER_CHANNELS, ORDER_SOURCES, PAYMENT_TERMS, SHORTAGE_OFFERS, SHORTAGE_POLICIES } from "./order-terms.js";
import { DEFAULT_PARSE_LIMITS } from "./parse-options.js";

/**
 * Takes an order draft that is beyond doubt, several times quicker than its schema does; for whatever this leaves open,
 * the schema is asked.
 *
 * **Rules**
 * 1. What it takes, the schema takes, with the same value.
 * 2. What it does not take may still be valid: text with rare characters, fields with the value undefined.
 *
 * @param input anything
 * @returns a fresh draft, or undefined for "ask the schema"
 */
export function acceptOrderDraft(input: unknown): OrderDraft | undefined {
  // Getters and proxies run code of the input; the slower reader finds out what they throw.
  try {
    return acceptDraft(input);
  } catch {
    return undefined;
  }
}

function acceptDraft(input: unknown): OrderDraft | undefined {
  if (!isPlainRecord(input)) return undefined;
  const draft: Building<OrderDraft> = {};
  for (const name of Object.keys(input) as (keyof OrderDraft)[]) {
    const value = input[name];
    switch (name) {
      case "orderNo":
      case "customerCode":
      case "deliveryWaveId":
      case "paymentMeans":
      case "salespersonCode":
      case "customerPoNo":
        if (!isPlainName(value)) return undefined;
        draft[name] = value;
        break;
      case "customerName":
      case "remark":
        if (!isPlainRemark(value)) return undefined;
        draft[name] = value;
        break;
      case "receivedAt":
        if ((draft.receivedAt = parseInstant(value)) === undefined) return undefined;
        break;
      case "orderDate":
      case "requestedDeliveryDate":
        if (!isCalendarDay(value)) return undefined;
        draft[name] = value;
        break;
      case "paymentTerm":
        if ((draft.paymentTerm = acceptOneOf(PAYMENT_TERMS, value)) === undefined) return undefined;
        break;
      case "deliveryRequirement":
        if ((draft.deliveryRequirement = acceptDeliveryRequirement(value)) === undefined) return undefined;
        break;
      case "shipToAddress":
        if ((draft.shipToAddress = acceptAddress(value)) === undefined) return undefined;
        break;
      case "deliveryAreaPath":
        if (
          (draft.deliveryAreaPath = acceptList(value, 3, (name) => (isPlainName(name) ? name : undefined))) ===
          undefined
        )
          return undefined;
        if (draft.deliveryAreaPath.length === 0) return undefined;
        break;
      case "vehicleRestriction":
        if ((draft.vehicleRestriction = acceptVehicleRestriction(value)) === undefined) return undefined;
        break;
      case "orderSource":
        if ((draft.orderSource = acceptOneOf(ORDER_SOURCES, value)) === undefined) return undefined;
        break;
      case "channel":
        if ((draft.channel = acceptOneOf(ORDER_CHANNELS, value)) === undefined) return undefined;
        break;
      case "currency":
        if (typeof value !== "string" || !isCurrency(value)) return undefined;
        draft.currency = value;
        break;
      case "charges":
        if ((draft.charges = acceptList(value, DEFAULT_PARSE_LIMITS.maxItems, acceptCharge)) === undefined)
          return undefined;
        break;
      case "partialAllowed":
      case "preBooked":
      case "shipComplete":
        if (typeof value !== "boolean") return undefined;
        draft[name] = value;
        break;
      case "couponCodes":
        if ((draft.couponCodes = acceptList(value, DEFAULT_PARSE_LIMITS.maxItems, acceptName)) === undefined)
          return undefined;
        break;
      case "giftChoices":
        if ((draft.giftChoices = acceptChoices(value)) === undefined) return undefined;
        break;
      case "shortagePolicy":
        if ((draft.shortagePolicy = acceptOneOf(SHORTAGE_POLICIES, value)) === undefined) return undefined;
        break;
      case "shortageOffers":
        if ((draft.shortageOffers = acceptOffers(value)) === undefined) return undefined;
        break;
      case "lines":
        if ((draft.lines = acceptList(value, DEFAULT_PARSE_LIMITS.maxLines, acceptLine)) === undefined)
          return undefined;
        break;
      default:
        expectNoOther(name);
        return undefined;
    }
  }
  const { orderNo, customerCode, receivedAt, orderDate, lines } = draft;
  const isComplete =
    orderNo !== undefined && customerCode !== undefined && receivedAt !== undefined && orderDate !== undefined;
  return isComplete && lines !== undefined && areNumbered(lines) ? (draft as OrderDraft) : undefined;
}

function acceptLine(input: unknown): OrderDraftLine | undefined {
  if (!isPlainRecord(input)) return undefined;
  const line: Building<OrderDraftLine> = {};
  for (const name of Object.keys(input) as (keyof OrderDraftLine)[]) {
    const value = input[name];
    switch (name) {
      case "lineNo":
        if (!isCounter(value)) return undefined;
        line.lineNo = value;
        break;
      case "itemCode":
      case "uom":
      case "deliveryGroup":
      case "lotNo":
        if (!isPlainName(value)) return undefined;
        line[name] = value;
        break;
      case "itemName":
        if (!isPlainRemark(value)) return undefined;
        line.itemName = value;
        break;
      case "quantity":
        if ((line.quantity = acceptQuantity(value)) === undefined) return undefined;
        break;
      case "unitPrice":
        if ((line.unitPrice = acceptMoney(value)) === undefined) return undefined;
        break;
      case "oneLotOnly":
        if (typeof value !== "boolean") return undefined;
        line.oneLotOnly = value;
        break;
      case "discount":
        if ((line.discount = acceptDiscount(value)) === undefined) return undefined;
        break;
      case "transactionCategory":
        if ((line.transactionCategory = acceptOneOf(TRANSACTION_CATEGORIES, value)) === undefined) return undefined;
        break;
      case "shortagePolicy":
        if ((line.shortagePolicy = acceptOneOf(SHORTAGE_POLICIES, value)) === undefined) return undefined;
        break;
      case "shortageOffers":
        if ((line.shortageOffers = acceptOffers(value)) === undefined) return undefined;
        break;
      default:
        expectNoOther(name);
        return undefined;
    }
  }
  return line.itemCode === undefined || line.quantity === undefined ? undefined : (line as OrderDraftLine);
}

function acceptOffers(input: unknown): readonly ShortageOffer[] | undefined {
  return acceptList(input, DEFAULT_PARSE_LIMITS.maxItems, (value) => acceptOneOf(SHORTAGE_OFFERS, value));
}

/** There are lines, and they carry no numbers or rising ones; numbers out of order are left to the schema. */
function areNumbered(lines: readonly OrderDraftLine[]): boolean {
  const [first] = lines;
  if (first === undefined) return false;
  let before = 0;
  for (const { lineNo } of lines) {
    if ((lineNo === undefined) !== (first.lineNo === undefined)) return false;
    if (lineNo === undefined) continue;
    if (lineNo <= before) return false;
    before = lineNo;
  }
  return true;
}
