// core: results, exact numbers, units, time
export { ok, refuse, type Result } from "./core/result.js";
export { issue, type Issue, type IssueOf } from "./core/issue.js";
export * from "./core/decimal.js";
export { CURRENCIES, isCurrency, minorUnitOf, percentOf, roundMoney } from "./core/money.js";
export { REMAINDER_RULES, splitAmount, type RemainderRule, type SplitAmountOptions } from "./core/split-amount.js";
export { splitUnits, splitUnitsColumn } from "./core/split-units.js";
export {
  compareRational,
  conversionBetween,
  convertQuantity,
  invertRational,
  multiplyRational,
  rational,
  roundRational,
  toExactDecimal,
  type Rational,
  type UnitOfMeasure,
} from "./core/unit-conversion.js";
export {
  addDays,
  calendarDay,
  compareDays,
  dayOfWeek,
  daysBetween,
  isCalendarDay,
  parseCalendarDay,
  type CalendarDay,
} from "./core/calendar-day.js";
export { addMonths, firstDayOfMonth, lastDayOfMonth, weekOf } from "./core/calendar-period.js";
export {
  addMilliseconds,
  compareInstants,
  fromEpochMilliseconds,
  instant,
  isInstant,
  millisecondsBetween,
  parseInstant,
  toEpochMilliseconds,
  type Instant,
} from "./core/instant.js";
export { isLocalTime, isTimeZone, localDay, localTime, zonedInstant, type LocalTime } from "./core/time-zone.js";

// model: what orders, customers, items and stock are, and the two writers
export type { Actor, DecisionContext } from "./model/actor.js";
export type { Address } from "./model/address.js";
export {
  ALLOCATION_REASON_CODES,
  type AllocationReason,
  type AllocationReasonCode,
} from "./model/allocation-reason.js";
export { applyChanges, orderedInBaseUnit } from "./model/apply-changes.js";
export { applyEvent } from "./model/apply-event.js";
export type { NameIssue } from "./model/check-names.js";
export { applyMovements, indexStock, type StockIndex } from "./model/apply-movements.js";
export {
  BUCKET_EDGES,
  bucketEdge,
  BUCKETS,
  SOURCED_BUCKETS,
  type Bucket,
  type BucketEdge,
  type ShortBucket,
  type SourcedBucket,
} from "./model/bucket.js";
export type {
  BillingSet,
  Change,
  HoldSet,
  LineAdded,
  OrderOpened,
  PriceSet,
  PromiseSet,
  QuantityAdded,
  QuantityMoved,
  ReservationSet,
  ShortageNote,
  StageSet,
} from "./model/change.js";
export type {
  CreditTerms,
  Customer,
  DeliveryRequirement,
  PaymentTerm,
  RoutePlace,
  ShortagePolicy,
  UnloadingConditions,
  VehicleRestriction,
} from "./model/customer.js";
export type {
  CycleStep,
  EventBase,
  EventDetails,
  OrderEvent,
  OrderEventType,
  QuantityDiscrepancy,
} from "./model/event.js";
export type { Finding } from "./model/finding.js";
export type {
  BinId,
  Currency,
  CustomerCode,
  DeliveryWaveId,
  Flavoured,
  InvoiceNo,
  ItemCode,
  LineId,
  LotNo,
  OrderNo,
  SalespersonCode,
  Uom,
  WarehouseId,
} from "./model/ids.js";
export type { Invoice, InvoiceLine } from "./model/invoice.js";
export type { Item, PriceEntry, SubstituteItem } from "./model/item.js";
export { indexMasters, type MasterLists, type Masters } from "./model/masters.js";
export { MOVEMENT_ACCOUNTS, type MovementKind, type StockAccount, type StockMovement } from "./model/movement.js";
export type { OrderDraft, OrderDraftLine } from "./model/order-draft.js";
export {
  ORDER_STATUSES,
  type AppliedPayment,
  type Hold,
  type HoldableOperation,
  type Order,
  type OrderBilling,
  type OrderChannel,
  type OrderCharge,
  type OrderHeader,
  type OrderSource,
  type OrderStage,
  type OrderStatus,
  type OrderTotals,
  type PostedInvoice,
  type Provenance,
} from "./model/order.js";
export {
  TRANSACTION_CATEGORIES,
  type LineDiscount,
  type LinePromise,
  type LineReservation,
  type LineShortage,
  type OrderLine,
  type Quantities,
  type ShortageCause,
  type TransactionCategory,
} from "./model/order-line.js";
export type { BatchOutcome, Outcome, RefusedOrder } from "./model/outcome.js";
export type {
  CountStock,
  ExpectReceivable,
  HostRequest,
  NotifyCustomer,
  Refund,
  Reprint,
  ReturnToCustomer,
  Review,
} from "./model/request.js";
export type { SalesRecord } from "./model/sales-record.js";
export { statusOf } from "./model/status-of.js";
export {
  isSameSource,
  stockKey,
  stockSource,
  type DeliveryWave,
  type StockPosition,
  type StockSource,
  type Warehouse,
} from "./model/stock.js";

// lifecycle
export { closeOrder, closingObstacles, type CloseOrderIssue } from "./lifecycle/close-order.js";
export { EVENT_FACTS, type EventFacts } from "./lifecycle/event-facts.js";
export { holdOrder, type HoldOrder, type HoldOrderIssue } from "./lifecycle/hold-order.js";
export { recordEvent, type Decision } from "./lifecycle/record-event.js";
export { releaseHold, type ReleaseHold, type ReleaseHoldIssue } from "./lifecycle/release-hold.js";
export { statusDiagram } from "./lifecycle/status-diagram.js";
export {
  checkTransition,
  TRANSITIONS,
  type Operation,
  type Transition,
  type TransitionIssue,
} from "./lifecycle/transitions.js";

// step 3: pricing
export { findPrice, type PriceFinding, type PriceQuery } from "./pricing/find-price.js";
export { priceOrder, type PriceOrderContext, type PriceOrderIssue, type PricePolicy } from "./pricing/price-order.js";

// step 4: intake
export { confirmOrder, type ConfirmOrderIssue } from "./intake/confirm-order.js";
export {
  correctOrder,
  type CorrectOrder,
  type CorrectOrderContext,
  type CorrectOrderIssue,
} from "./intake/correct-order.js";
export { enterOrder, type EnterOrderContext, type EnterOrderIssue } from "./intake/enter-order.js";
export { enterOrders } from "./intake/enter-orders.js";
export type { OpenOrderIssue } from "./intake/open-order.js";
export type {
  ReviewCheck,
  ReviewCode,
  ReviewFacts,
  ReviewIssue,
  ReviewPolicy,
  ReviewSeverity,
} from "./intake/review-check.js";
export { reviewOrder, type ReviewOrderContext, type ReviewOrderIssue } from "./intake/review-order.js";

// step 6: allocation
export {
  allocateBatch,
  type AllocateBatchContext,
  type AllocateBatchIssue,
  type AllocationOutcome,
} from "./allocation/allocate-batch.js";
export { allocateColumns } from "./allocation/allocate-columns.js";
export type { AllocationColumns, AllocationTakes } from "./allocation/allocation-columns.js";
export { allocateOrder, type OrderAllocation } from "./allocation/allocate-order.js";
export {
  USUAL_PRIORITY,
  type AllocationPolicy,
  type LotRule,
  type NearestSourcing,
  type PriorityKey,
  type PriorityKeyName,
} from "./allocation/allocation-policy.js";
export { orderOfService } from "./allocation/order-of-service.js";
export { freeStockByItem } from "./allocation/usable-stock.js";

// step 7: fulfilment
export { fullCounts, type FloorCount, type FloorCountIssue } from "./fulfilment/floor-count.js";
export {
  recordDelivery,
  type RecordDelivery,
  type RecordDeliveryIssue,
  type RefusedGoods,
  type SignedLine,
} from "./fulfilment/record-delivery.js";
export { recordLoad, type RecordLoad, type RecordLoadIssue } from "./fulfilment/record-load.js";
export { recordPick, type RecordPick, type RecordPickIssue } from "./fulfilment/record-pick.js";
export { recordShipment, type RecordShipment, type RecordShipmentIssue } from "./fulfilment/record-shipment.js";
export type { FloorShortage } from "./fulfilment/shortage-on-floor.js";

// step 8: billing
export { applyPayment, type ApplyPayment, type ApplyPaymentIssue } from "./billing/apply-payment.js";
export { buildInvoice, type BuildInvoiceIssue, type InvoiceTerms } from "./billing/build-invoice.js";
export { postInvoice, type InvoiceOutcome, type PostInvoice, type PostInvoiceIssue } from "./billing/post-invoice.js";

// the steps strung together
export type { HandFor } from "./cycle/cycle-log.js";
export { fulfilOrders, type FulfilContext } from "./cycle/fulfil-orders.js";
export { runCycle, type CycleOutcome, type RunCycleContext } from "./cycle/run-cycle.js";
export { settleOrders, type SettleContext, type SettleOutcome } from "./cycle/settle-orders.js";
export { takeInOrders, type TakeInContext } from "./cycle/take-in-orders.js";

// sentences
export { describeIssue, describeReason } from "./messages/describe-issue.js";
export type { AnyIssue, IssueCode, Locale, MessageCode } from "./messages/message-code.js";
