import type { AllocateBatchIssue } from "../allocation/allocate-batch.js";
import type { ApplyAllocationPlanIssue } from "../allocation/apply-allocation-plan.js";
import type { AllocationPolicyIssue } from "../allocation/check-allocation-policy.js";
import type { CompleteOrdersIssue } from "../allocation/completion/completion-policy.js";
import type { CutBatchesIssue } from "../allocation/cut-batches.js";
import type { FairShareIssue, FairShareWarning } from "../allocation/fair-share/fair-share-policy.js";
import type { ParticipantReason } from "../allocation/participant-policy.js";
import type { ReconfirmOrdersIssue } from "../allocation/reconfirm/reconfirm-orders-policy.js";
import type { ReconfirmIssue } from "../allocation/reconfirm/reconfirm-policy.js";
import type { ReleaseReservationsIssue } from "../allocation/release/release-policy.js";
import type { ReleaseReservationIssue } from "../allocation/release/release-reservation.js";
import type { AllocateRowsIssue } from "../allocation/rows/allocation-rows.js";
import type { SelectParticipantsIssue } from "../allocation/select-participants.js";
import type { ApplyReallocationsIssue } from "../allocation/shortage/apply-reallocations.js";
import type { ApplySubstitutionIssue } from "../allocation/shortage/apply-substitution.js";
import type { SubstituteIssue } from "../allocation/shortage/check-substitutes.js";
import type { DeferOrderIssue } from "../allocation/shortage/defer-order.js";
import type { MergeIntoNextOrderIssue } from "../allocation/shortage/merge-into-next-order.js";
import type { ProposeReallocationIssue } from "../allocation/shortage/propose-reallocation.js";
import type { ProposeSubstitutesIssue } from "../allocation/shortage/propose-substitutes.js";
import type { UndoReallocationIssue } from "../allocation/shortage/undo-reallocation.js";
import type { ChooseWarehousesIssue } from "../allocation/sourcing/warehouse-policy.js";
import type { ApplyPaymentIssue } from "../billing/apply-payment.js";
import type { PostInvoiceIssue } from "../billing/post-invoice.js";
import type { AddToOrderIssue } from "../exceptions/add-to-order.js";
import type { AmendOrderIssue } from "../exceptions/amend-order.js";
import type { CancelOrderIssue } from "../exceptions/cancel-order.js";
import type { AddOnRefusal, JoinObstacle } from "../exceptions/plan-add-on.js";
import type { RecordDeliveryFailureIssue } from "../exceptions/record-delivery-failure.js";
import type { RecordTransitLossIssue } from "../exceptions/record-transit-loss.js";
import type { RecordWrongItemIssue } from "../exceptions/record-wrong-item.js";
import type { RecordDeliveryIssue } from "../fulfilment/record-delivery.js";
import type { RecordLoadIssue } from "../fulfilment/record-load.js";
import type { RecordPickIssue } from "../fulfilment/record-pick.js";
import type { RecordShipmentIssue } from "../fulfilment/record-shipment.js";
import type { ConfirmOrderIssue } from "../intake/confirm-order.js";
import type { CorrectOrderIssue } from "../intake/correct-order.js";
import type { EnterOrderIssue } from "../intake/enter-order.js";
import type { ReviewIssue } from "../intake/review-check.js";
import type { ReviewOrderIssue } from "../intake/review-order.js";
import type { CsvIssue, CsvRowIssue } from "../interchange/csv-table.js";
import type { EventLogIssue } from "../lifecycle/check-event-log.js";
import type { CloseOrderIssue } from "../lifecycle/close-order.js";
import type { HoldRuleIssue } from "../lifecycle/define-hold-rules.js";
import type { HoldOrderIssue } from "../lifecycle/hold-order.js";
import type { HostGuardIssue } from "../lifecycle/host-guards.js";
import type { NextActionIssue } from "../lifecycle/next-actions.js";
import type { ReleaseHoldIssue } from "../lifecycle/release-hold.js";
import type { ReopenIssue } from "../lifecycle/reopen-refusal.js";
import type { SubStateIssue } from "../lifecycle/sub-states.js";
import type { AllocationReasonCode } from "../model/allocation-reason.js";
import type { PriceOrderIssue } from "../pricing/price-order.js";
import type { CompilePromotionsIssue } from "../pricing/promotions/compile-promotions.js";
import type { PromotionReasonCode } from "../pricing/promotions/promotion-reason.js";
import type { RevisePromotionsIssue } from "../pricing/promotions/revise-promotions.js";
import type { ArchiveIssue } from "../reports/archived-order.js";
import type { RetentionReason } from "../reports/plan-retention.js";
import type { PromiseReasonCode } from "../scheduling/promised-line.js";
import type { SupplyRuleIssue } from "../scheduling/supply-protection.js";
import type { SchemaIssue } from "../schema/schema-issue.js";

/** Every issue that the library can answer with; a new one without a sentence does not compile. */
export type AnyIssue =
  | AddOnRefusal
  | AddToOrderIssue
  | AllocateBatchIssue
  | AllocateRowsIssue
  | AllocationPolicyIssue
  | AmendOrderIssue
  | ApplyAllocationPlanIssue
  | ApplyPaymentIssue
  | ApplyReallocationsIssue
  | ApplySubstitutionIssue
  | ArchiveIssue
  | CancelOrderIssue
  | ChooseWarehousesIssue
  | CloseOrderIssue
  | CompilePromotionsIssue
  | CompleteOrdersIssue
  | ConfirmOrderIssue
  | CorrectOrderIssue
  | CsvIssue
  | CsvRowIssue
  | CutBatchesIssue
  | DeferOrderIssue
  | EnterOrderIssue
  | EventLogIssue
  | FairShareIssue
  | FairShareWarning
  | HoldOrderIssue
  | HoldRuleIssue
  | HostGuardIssue
  | JoinObstacle
  | MergeIntoNextOrderIssue
  | NextActionIssue
  | ParticipantReason
  | PostInvoiceIssue
  | PriceOrderIssue
  | ProposeReallocationIssue
  | ProposeSubstitutesIssue
  | ReconfirmIssue
  | ReconfirmOrdersIssue
  | RecordDeliveryFailureIssue
  | RecordDeliveryIssue
  | RecordLoadIssue
  | RecordPickIssue
  | RecordShipmentIssue
  | RecordTransitLossIssue
  | RecordWrongItemIssue
  | ReleaseHoldIssue
  | ReleaseReservationIssue
  | ReleaseReservationsIssue
  | ReopenIssue
  | RetentionReason
  | ReviewIssue
  | ReviewOrderIssue
  | RevisePromotionsIssue
  | SchemaIssue
  | SelectParticipantsIssue
  | SubStateIssue
  | SubstituteIssue
  | SupplyRuleIssue
  | UndoReallocationIssue;

/** Codes of all issues. Part of the contract: a code keeps its meaning. */
export type IssueCode = AnyIssue["code"];

/** Everything that has a sentence: issues, reasons of an allocation or a promise, and why a promotion did not apply. */
export type MessageCode =
  | IssueCode
  | `reason.${AllocationReasonCode | "waits_for" | "waits_for_more" | "search_ended"}`
  | `promise_reason.${PromiseReasonCode | "waits_for"}`
  | `promotion_reason.${PromotionReasonCode}`;

/** Languages that have all sentences. */
export type Locale = "en" | "zh";
