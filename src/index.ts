// core: results, exact numbers, units, time
export { ok, refuse, type Result } from "./core/result.js";
export { issue, type Issue, type IssueOf } from "./core/issue.js";
export * from "./core/decimal.js";
export { CURRENCIES, isCurrency, minorUnitOf, percentOf, roundMoney } from "./core/money.js";
export { REMAINDER_RULES, splitAmount, type RemainderRule, type SplitAmountOptions } from "./core/split-amount.js";
export { splitUnits, splitUnitsColumn } from "./core/split-units.js";
export { splitUnitsWithin } from "./core/split-within.js";
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
export {
  isLocalTime,
  isTimeZone,
  localDay,
  localTime,
  timeOfDay,
  zonedInstant,
  type LocalTime,
} from "./core/time-zone.js";

// model: what orders, customers, items and stock are, and the two writers
export type { Actor, DecisionContext } from "./model/actor.js";
export type { Address } from "./model/address.js";
export {
  ALLOCATION_REASON_CODES,
  type AllocationReason,
  type AllocationReasonCode,
  type BarredLot,
  type LotBarCode,
  type SourcingReason,
  type IneligibleCode,
  type IneligibleWarehouse,
  type ProtectionReason,
  type WarehouseShipDay,
} from "./model/allocation-reason.js";
export type {
  AllocationPlan,
  PlannedLine,
  PlannedOrder,
  PlannedTake,
  PolicyIdentity,
} from "./model/allocation-plan.js";
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
export type { AmendedPriceIssue } from "./model/amended-prices.js";
export type * from "./model/change.js";
export type { Consent, ConsentIssue } from "./model/consent.js";
export type * from "./model/customer.js";
export type { CutOff } from "./model/cut-off.js";
export type { MergeField } from "./model/merge-fields.js";
export type { MergeRecord } from "./model/merge-record.js";
export type {
  NoDonor,
  NoDonorReason,
  ReallocationHeldBack,
  ReallocationProposal,
  ReallocationTransfer,
} from "./model/reallocation-proposal.js";
export type { PlacedQuantity } from "./model/reserved-places.js";
export { DISPUTE_ACTIONS, DISPUTE_REASONS, type DisputeAction, type DisputeReason } from "./model/dispute-codes.js";
export type { Displacement, LineName } from "./model/displacement.js";
export type {
  CycleStep,
  EventBase,
  EventDetails,
  OrderEvent,
  OrderEventType,
  QuantityDiscrepancy,
  SurplusAction,
  WrongGoods,
  WrongItemFoundAt,
  ReconfirmedLine,
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
export type { Item, PriceEntry, SubstituteItem, SubstitutePriceRule } from "./model/item.js";
export { keptTotals, type KeptTotalsOptions } from "./model/kept-totals.js";
export { indexMasters, type MasterLists, type Masters } from "./model/masters.js";
export { MOVEMENT_ACCOUNTS, type MovementKind, type StockAccount, type StockMovement } from "./model/movement.js";
export type { OrderDraft, OrderDraftLine } from "./model/order-draft.js";
export type { OpenCase } from "./model/open-case.js";
export {
  AMENDABLE_FIELDS,
  OPTIONAL_AMENDABLE_FIELDS,
  ORDER_STATUSES,
  type AmendableField,
  type AppliedPayment,
  type HeaderTerms,
  type Hold,
  type HoldableOperation,
  type OptionalAmendableField,
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
  type LineOrigin,
  type LineReservation,
  type LineShortage,
  type OrderLine,
  type Quantities,
  type ShortageCause,
  type SubstitutedLine,
  type TransactionCategory,
} from "./model/order-line.js";
export type { BatchOutcome, Outcome, RefusedOrder } from "./model/outcome.js";
export type {
  ClaimFromCarrier,
  CorrectBilling,
  RevisePromotionsRequest,
  CountStock,
  ExpectReceivable,
  HostRequest,
  NotifyCustomer,
  PlanDelivery,
  PostPromotionUsage,
  Reprice,
  Refund,
  Reprint,
  ReturnToCustomer,
  Review,
  TakeBackGift,
} from "./model/request.js";
export { checkPromotion, type CheckPromotionOptions } from "./model/promotion/check-promotion.js";
export { checkPromotions } from "./model/promotion/check-promotions.js";
export type * from "./model/promotion/line-selector.js";
export type * from "./model/promotion/price-adjustment.js";
export type * from "./model/promotion/promotion.js";
export type * from "./model/promotion/promotion-condition.js";
export type * from "./model/promotion/promotion-effect.js";
export type { PromotionIssue } from "./model/promotion/promotion-issue.js";
export { USUAL_PROMOTION_POLICY, type PromotionPolicy } from "./model/promotion/promotion-policy.js";
export type { PromotionUsageEntry } from "./model/promotion/promotion-usage.js";
export type { SalesRecord } from "./model/sales-record.js";
export type { SubstituteProposal } from "./model/substitute-proposal.js";
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
export type { LotRule } from "./model/lot-order.js";
export type { LotRestriction } from "./model/lot-restrictions.js";
export type { WarehouseFacts } from "./model/warehouse-facts.js";
export type { WarehousesByArea } from "./model/warehouses-by-area.js";
export { countConsumed } from "./model/count-consumed.js";
export type { SupplyLimit, SupplyRule, SupplyRuleFault } from "./model/supply-rule.js";
export { vehicleObstacles, type Vehicle, type VehicleObstacle } from "./model/vehicle.js";

// lifecycle
export { type AddOnObstacle, type AddOnPolicy, type AddOnTiming } from "./exceptions/add-on-obstacles.js";
export {
  addToOrder,
  type AddToOrder,
  type AddToOrderContext,
  type AddToOrderIssue,
} from "./exceptions/add-to-order.js";
export type { AddedLine, AddedLineIssue, MoreOfLine, NewLine, PriceField } from "./exceptions/added-lines.js";
export type { AmendHeaderIssue } from "./exceptions/amend-header.js";
export type { AmendLinesIssue } from "./exceptions/amend-lines.js";
export {
  amendOrder,
  type AmendOrder,
  type AmendOrderContext,
  type AmendOrderIssue,
  type LineAmendment,
} from "./exceptions/amend-order.js";
export {
  planAddOn,
  type AddOnPlan,
  type AddOnRefusal,
  type AddOnRequest,
  type ConsideredOrder,
  type JoinObstacle,
  type JoinWork,
  type PlanAddOnContext,
} from "./exceptions/plan-add-on.js";
export type { AmendmentPricing, PriceAmendmentIssue } from "./exceptions/price-amendment.js";
export {
  countDeliveryFailures,
  recordDeliveryFailure,
  type RecordDeliveryFailure,
  type RecordDeliveryFailureContext,
  type RecordDeliveryFailureIssue,
} from "./exceptions/record-delivery-failure.js";
export {
  recordTransitLoss,
  type RecordTransitLoss,
  type RecordTransitLossIssue,
} from "./exceptions/record-transit-loss.js";
export {
  recordWrongItem,
  type RecordWrongItem,
  type RecordWrongItemContext,
  type RecordWrongItemIssue,
} from "./exceptions/record-wrong-item.js";
export { revisePapers, type PaperDifference, type PaperRevision } from "./exceptions/revise-papers.js";
export {
  CANCELLABLE_BUCKETS,
  cancelOrder,
  type CancellableBucket,
  type CancelOrder,
  type CancelOrderContext,
  type CancelOrderIssue,
} from "./exceptions/cancel-order.js";
export {
  planCancellation,
  type CancellationCosts,
  type CancellationPlan,
  type CancelledPart,
  type WorkCost,
} from "./exceptions/plan-cancellation.js";
export { asOf, type AsOf, type StockLedger } from "./lifecycle/as-of.js";
export {
  checkEventLog,
  type CheckEventLogOptions,
  type EventLogIssue,
  type EventPlace,
} from "./lifecycle/check-event-log.js";
export { replayOrders, type ReplayOrdersOptions } from "./lifecycle/replay-orders.js";
export { replayStock, type ReplayStockOptions } from "./lifecycle/replay-stock.js";
export { applyHoldRules, type ApplyHoldRules, type ApplyHoldRulesIssue } from "./lifecycle/apply-hold-rules.js";
export { defineHoldRules, type HoldRuleIssue } from "./lifecycle/define-hold-rules.js";
export type {
  HoldCondition,
  HoldHeaderField,
  HoldRule,
  HoldTrigger,
  OrderModification,
} from "./lifecycle/hold-rule.js";
export { isInForce } from "./model/is-in-force.js";
export {
  checkGuards,
  defineGuards,
  type GuardRefusal,
  type HostGuard,
  type HostGuardIssue,
} from "./lifecycle/host-guards.js";
export { reopenRefusal, type InsteadOfReopening, type ReopenIssue } from "./lifecycle/reopen-refusal.js";
export type { ArchivedOrder } from "./model/archived-order.js";
export { closeOrder, closingObstacles, type CloseOrderContext, type CloseOrderIssue } from "./lifecycle/close-order.js";
export {
  findUntoldDisplacements,
  tellDisplacements,
  timesDisplaced,
  undoDisplacements,
} from "./lifecycle/displacement-ledger.js";
export { EVENT_FACTS, type EventFacts } from "./lifecycle/event-facts.js";
export { holdOrder, type HoldOrder, type HoldOrderIssue } from "./lifecycle/hold-order.js";
export { recordEvent, type Decision } from "./lifecycle/record-event.js";
export { nextActions, type NextAction, type NextActionIssue } from "./lifecycle/next-actions.js";
export {
  availableToPromise,
  earliestDate,
  splitPromise,
  type AvailableToPromiseOptions,
  type DatedQuantity,
  type DatedQuantityIssue,
  type DatedItemQuantity,
  type SplitPromise,
  type SplitPromiseOptions,
} from "./scheduling/available-to-promise.js";
export {
  customerAvailability,
  type Availability,
  type CustomerAvailabilityContext,
  type ItemAvailability,
  type LookingCustomer,
} from "./scheduling/customer-availability.js";
export type { DatedSupply } from "./scheduling/dated-supply.js";
export { promiseOrders } from "./scheduling/promise-orders.js";
export { suppliesOnHand } from "./scheduling/supplies-on-hand.js";
export type { OrderToPromise, PromisedLine, PromisedPart, PromiseReasonCode } from "./scheduling/promised-line.js";
export {
  protectSupply,
  type PromiseContext,
  type ProtectedSupply,
  type SupplyRequest,
  type SupplyRuleIssue,
} from "./scheduling/supply-protection.js";
export {
  defineSubStates,
  subStateMoves,
  subStateOf,
  type SubState,
  type SubStateIssue,
  type SubStateMove,
  type SubStates,
} from "./lifecycle/sub-states.js";
export { releaseHold, type ReleaseHold, type ReleaseHoldIssue } from "./lifecycle/release-hold.js";
export { bucketDiagram, bucketDiagramSvg } from "./lifecycle/bucket-diagram.js";
export { statusDiagram, statusDiagramSvg } from "./lifecycle/status-diagram.js";
export type { Operation, Transition } from "./lifecycle/transition.js";
export { checkTransition, TRANSITIONS, type TransitionIssue } from "./lifecycle/transitions.js";

// step 3: pricing
export { findPrice, type PriceFinding, type PriceQuery } from "./pricing/find-price.js";
export type { PriceLineIssue, PriceMasters, PricePolicy } from "./pricing/price-lines.js";
export { priceOrder, type PriceOrderContext, type PriceOrderIssue } from "./pricing/price-order.js";

export { priceOrders, type PriceOrdersContext } from "./pricing/price-orders.js";
export { explainOrderPromotions, type ExplainOrderContext } from "./pricing/explain-order-promotions.js";
export type { BatchPromotionFacts } from "./pricing/share-limits.js";
export { minimumOrder, type MinimumOrderFinding, type MinimumOrderRule, type TopUp } from "./pricing/minimum-order.js";
export { taxShare, type TaxSetting, type TaxShare } from "./pricing/tax-share.js";

// step 3: promotions
export * from "./pricing/promotions/build-coupon-codes.js";
export type { PromotionCartIssue } from "./pricing/promotions/cart-state.js";
export {
  compilePromotions,
  type CompiledPromotions,
  type CompilePromotionsIssue,
} from "./pricing/promotions/compile-promotions.js";
export type { PromotionFacts } from "./pricing/promotions/evaluate.js";
export * from "./pricing/promotions/explain-promotions.js";
export type { GiftLineIssue } from "./pricing/promotions/gift-lines.js";
export type { OrderPromotionFacts } from "./pricing/promotions/give-promotions.js";
export type { NextStep } from "./pricing/promotions/next-step.js";
export * from "./pricing/promotions/plan-revision.js";
export {
  pricePromotions,
  type PricedAdjustment,
  type PricedChargeAdjustment,
  type PricedGift,
  type PromotionPricing,
} from "./pricing/promotions/price-promotions.js";
export type * from "./pricing/promotions/promotion-cart.js";
export type * from "./pricing/promotions/promotion-reason.js";
export * from "./pricing/promotions/promotion-usage-totals.js";
export type { EarnedGift } from "./pricing/promotions/proposal.js";
export * from "./pricing/promotions/revise-promotions.js";
export type { RevisedLine } from "./pricing/promotions/revised-line.js";
export { tierDips, type TierDip, type TierSample } from "./pricing/promotions/tier-dips.js";

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
export { allocateBatch, type AllocateBatchContext, type AllocateBatchIssue } from "./allocation/allocate-batch.js";
export {
  applyAllocationPlan,
  type AllocationOutcome,
  type ApplyAllocationPlanContext,
  type ApplyAllocationPlanIssue,
} from "./allocation/apply-allocation-plan.js";
export { decidingKey, type DecidingKey } from "./allocation/deciding-key.js";
export {
  explainAllocation,
  type AllocationExplanation,
  type ExplainAllocationFacts,
  type ServedBefore,
  type WarehouseOffer,
} from "./allocation/explain-allocation.js";
export { planAllocation, type PlanAllocationContext, type PlanAllocationIssue } from "./allocation/plan-allocation.js";
export type { AllocationProgress, HearProgress } from "./allocation/allocation-progress.js";
export { allocateColumns } from "./allocation/allocate-columns.js";
export type { AllocationColumns, AllocationTakes } from "./allocation/allocation-columns.js";
export { allocateRows } from "./allocation/allocate-rows.js";
export type {
  AllocateRowsIssue,
  AllocationRows,
  RowAllocation,
  RowId,
  RowKey,
  RowNames,
  RowPolicy,
  RowShortage,
  RowTake,
  RowIssue,
} from "./allocation/rows/allocation-rows.js";
export { allocateOrder, type OrderAllocation } from "./allocation/allocate-order.js";
export {
  USUAL_PRIORITY,
  type AllocationPolicy,
  type AgedKey,
  type FieldKey,
  type HostKey,
  type PriorityKey,
  type PriorityKeyName,
} from "./allocation/allocation-policy.js";
export { checkAllocationPolicy, type AllocationPolicyIssue } from "./allocation/check-allocation-policy.js";
export type { BinFacts, BinRule, WarehousePicking } from "./allocation/picking-policy.js";
export type {
  ChosenSourcing,
  NearestSourcing,
  RankedSourcing,
  Sourcing,
  WarehouseField,
  WarehouseRule,
  WholeOrderSourcing,
} from "./allocation/sourcing-policy.js";
export { chooseWarehouses } from "./allocation/sourcing/choose-warehouses.js";
export type {
  ChooseWarehousesIssue,
  FactorWeight,
  ItemQuantity,
  OfferedQuantity,
  WarehouseBar,
  WarehouseChoice,
  WarehouseCutOff,
  WarehouseDay,
  WarehouseFactor,
  WarehouseLimit,
  WarehouseLines,
  WarehouseOption,
  WarehousePolicy,
  WarehouseQuantity,
  WarehouseReason,
  WarehouseStrategy,
} from "./allocation/sourcing/warehouse-policy.js";
export { completeOrders } from "./allocation/completion/complete-orders.js";
export { planCompleteShipments, type ShippedOrderWish } from "./allocation/completion/plan-complete-shipments.js";
export type {
  CompleteOrdersIssue,
  CompleteOrdersPlan,
  CompleteOrdersPolicy,
  CompleteOrderWish,
  CompleteShipment,
  CompleteShipmentsPlan,
  CompleteShipmentsPolicy,
  CompletionRules,
  HeldFromOrder,
  IncompleteOrder,
  PooledQuantity,
} from "./allocation/completion/completion-policy.js";
export { partitionBatch, type OrderGroup } from "./allocation/partition-batch.js";
export {
  releaseReservation,
  type LineToRelease,
  type ReleaseReservation,
  type ReleaseReservationIssue,
} from "./allocation/release/release-reservation.js";
export { releaseReservations } from "./allocation/release/release-reservations.js";
export type * from "./allocation/release/release-policy.js";
export type { OrderRule } from "./allocation/order-rule.js";
export type { WantedGoods } from "./model/wanted-goods.js";
export {
  applyReallocation,
  type ApplyReallocationContext,
  type ApplyReallocationIssue,
  type ReallocationOutcome,
} from "./allocation/shortage/apply-reallocation.js";
export type { PlaceNotUsableIssue } from "./allocation/shortage/stock-now.js";
export {
  applyReallocations,
  type ApplyReallocations,
  type ApplyReallocationsIssue,
  type ProposalsNotApplied,
  type ReallocationsOutcome,
} from "./allocation/shortage/apply-reallocations.js";
export {
  applySubstitution,
  type ApplySubstitution,
  type ApplySubstitutionContext,
  type ApplySubstitutionIssue,
} from "./allocation/shortage/apply-substitution.js";
export type { ExchangeIssue } from "./allocation/shortage/checked-exchange.js";
export { checkSubstitutes, type SubstituteIssue } from "./allocation/shortage/check-substitutes.js";
export {
  decideShortages,
  type DecideShortages,
  type DecideShortagesOutcome,
} from "./allocation/shortage/decide-shortages.js";
export {
  deferOrder,
  type DeferOrder,
  type DeferOrderContext,
  type DeferOrderIssue,
} from "./allocation/shortage/defer-order.js";
export {
  mergeIntoNextOrder,
  type MergeIntoNextOrder,
  type MergeIntoNextOrderIssue,
  type MergeOutcome,
} from "./allocation/shortage/merge-into-next-order.js";
export type {
  DisagreementFacts,
  DisagreementIssue,
  DisputedField,
} from "./allocation/shortage/proposal-disagreements.js";
export type { ReallocationPolicyIssue } from "./allocation/shortage/check-reallocation-policy.js";
export { proposeReallocation, type ProposeReallocationIssue } from "./allocation/shortage/propose-reallocation.js";
export {
  proposeSubstitutes,
  type ProposeSubstitutesIssue,
  type ReplaceableIssue,
} from "./allocation/shortage/propose-substitutes.js";
export type * from "./allocation/shortage/reallocation-proposal.js";
export type { ShortageDecision, ShortageDecisionCode } from "./allocation/shortage/shortage-decision.js";
export type * from "./allocation/shortage/substitute-proposal.js";
export type { SupplyFacts } from "./allocation/shortage/supply-day.js";
export type { DecideShortagesContext, TurnedDownOffer } from "./allocation/shortage/decide-shortages-context.js";
export {
  undoReallocation,
  type UndoReallocation,
  type UndoReallocationContext,
  type UndoReallocationIssue,
} from "./allocation/shortage/undo-reallocation.js";
export { cutBatches, type Batch, type CutBatchesContext, type CutBatchesIssue } from "./allocation/cut-batches.js";
export type {
  AreaRule,
  BatchField,
  BatchPart,
  BatchRule,
  BatchRuleIssue,
  ProcessingRule,
  ReceiptSlot,
  ReceiptSlotRule,
  RouteRule,
  SingleBatchRule,
} from "./allocation/batch-rule.js";
export type { BatchFacts } from "./allocation/batch-cutter.js";
export {
  selectParticipants,
  type Participant,
  type SelectParticipantsIssue,
} from "./allocation/select-participants.js";
export type { ReleasedReservation, SelectParticipantsContext } from "./allocation/participant-candidate.js";
export {
  PARTICIPANT_CLASSES,
  type ClassPolicy,
  type ParticipantClass,
  type ParticipantPolicy,
  type ParticipantReason,
  type ShortClassPolicy,
} from "./allocation/participant-policy.js";
export { orderOfService, type ServiceFacts } from "./allocation/order-of-service.js";
export { reconfirmOrders } from "./allocation/reconfirm/reconfirm-orders.js";
export type {
  LineException,
  PendingDisplacement,
  ReconfirmOrdersContext,
  ReconfirmOrdersIssue,
  ReconfirmOrdersOutcome,
  ReconfirmOrdersPolicy,
  SetBackConsent,
  StrategyRule,
  MissingGoods,
  UncoveredPlace,
  UnusableGoods,
} from "./allocation/reconfirm/reconfirm-orders-policy.js";
export { fairShare } from "./allocation/fair-share/fair-share.js";
export type {
  FairShare,
  FairShareIssue,
  FairSharePolicy,
  FairShares,
  FairShareWarning,
  ShareClaim,
  ShareCode,
  ShareQuota,
} from "./allocation/fair-share/fair-share-policy.js";
export { FAIR_SHARE_RULES, type FairShareRule } from "./allocation/fair-share/fair-share-rules.js";
export type { BatchSharing, ClassQuota } from "./allocation/fair-share/batch-sharing.js";
export { RECONFIRM_STRATEGIES, type ReconfirmStrategy } from "./model/reconfirm-strategy.js";
export { reconfirm } from "./allocation/reconfirm/reconfirm.js";
export type {
  DisplacedQuantity,
  Reconfirmation,
  ReconfirmDemand,
  ReconfirmedDemand,
  ReconfirmException,
  ReconfirmIssue,
  ReconfirmPolicy,
  ReconfirmPool,
} from "./allocation/reconfirm/reconfirm-policy.js";
export { freeStockByItem } from "./allocation/usable-stock.js";

// step 7: fulfilment
export { buildPaper, type Paper, type PaperDocument, type PaperLine } from "./fulfilment/build-paper.js";
export { fullCounts, type FloorCount, type FloorCountIssue } from "./fulfilment/floor-count.js";
export type { SurplusGoods, SurplusIssue } from "./fulfilment/delivery-surplus.js";
export {
  recordDelivery,
  type RecordDelivery,
  type RecordDeliveryContext,
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
export { describeIssue, describePromise, describePromotionReason, describeReason } from "./messages/describe-issue.js";
export { describeAllocation, type DescribeAllocationOptions } from "./messages/describe-allocation.js";
export { describeNextStep, type DescribeNextStepOptions } from "./messages/describe-next-step.js";
export { explainPrice, type ExplainPriceOptions } from "./messages/explain-price.js";
export type { AnyIssue, IssueCode, Locale, MessageCode } from "./messages/message-code.js";
export type { ComesTogetherIssue } from "./allocation/come-together.js";
export type { PolicyShapeIssue } from "./allocation/policy-shape.js";
export type { CommandShapeIssue } from "./model/command-shape.js";
export type { ShapeName, UnknownWord, WrongShape } from "./model/value-shape.js";
export type { UnbookedIssue } from "./allocation/unbooked-reservations.js";
export type { SupplyLimitIssue } from "./allocation/shortage/transfer-rules.js";
export type { DayIssue } from "./model/check-days.js";
