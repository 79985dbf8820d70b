export { type AgeingBand, ageingBandOf, DEFAULT_AGEING_BANDS } from "./ageing.js";
export { type CycleSegment, type CycleSegmentName, cycleSegments, type CycleSegments } from "./cycle-segments.js";
export { displacementList, type DisplacementRow } from "./displacement-list.js";
export { displayWidth } from "./display-width.js";
export { lateShipments, type LateShipmentRow, type LateShipmentsOptions } from "./late-shipments.js";
export {
  mergedOrderFile,
  type MergedOrderFile,
  type MergedOrderGap,
  type MergedOrderRow,
} from "./merged-order-file.js";
export {
  fileOf,
  ORDER_FILES,
  orderFiles,
  type FileRow,
  type OrderFile,
  type OrderFiles,
  type ShortageRow,
} from "./order-files.js";
export {
  orderStatusList,
  type OrderFlag,
  type OrderStatusListOptions,
  type OrderStatusRow,
} from "./order-status-list.js";
export { fromArchive, toArchive, type ArchiveIssue } from "./archived-order.js";
export {
  planRetention,
  type RetentionCandidate,
  type RetentionDecision,
  type RetentionPeriod,
  type RetentionPolicy,
  type RetentionReason,
} from "./plan-retention.js";
export { renderCsv } from "./render-csv.js";
export { renderHtml } from "./render-html.js";
export { renderTable, type RenderTableOptions } from "./render-table.js";
export { renderTrace, type RenderTraceOptions } from "./render-trace.js";
export { reorderList, type ReorderRow } from "./reorder-list.js";
export { salesByItem, type SalesByItemRow } from "./sales-by-item.js";
export { setAsideList, type SetAsideRow } from "./set-aside-list.js";
export { shortageList, type ShortageListOptions, type ShortageListRow } from "./shortage-list.js";
export { summariseSales, type ItemSales, type SalesKind, type SalesSum, type SalesSummary } from "./summarise-sales.js";
export { cellText, type Cell, type CellKey, type Table, type TableColumn } from "./table.js";
export type { OrderTrace, TraceGap, TraceStep, TraceStretch, TraceSum } from "./trace.js";
export { traceOrder, type TraceOrderOptions } from "./trace-order.js";
export { traceSummary, type TraceSummary, type TraceSummaryOptions } from "./trace-summary.js";
export { unclosedList, type UnclosedListOptions, type UnclosedReason, type UnclosedRow } from "./unclosed-list.js";
export {
  uncollectedList,
  type UncollectedList,
  type UncollectedListOptions,
  type UncollectedRow,
} from "./uncollected-list.js";
export { unshippedList, type UnshippedListOptions, type UnshippedRow } from "./unshipped-list.js";
