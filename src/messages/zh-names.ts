import type { Bucket } from "../model/bucket.js";
import type { HoldableOperation, OrderStage, OrderStatus } from "../model/order.js";
import type { Operation } from "../lifecycle/transition.js";

type Words = Readonly<Record<string, string>>;

/** Buckets in Chinese. */
const ZH_BUCKETS: Readonly<Record<Bucket, string>> = {
  open: "未处理",
  allocated: "已分配",
  picked: "已拣货",
  shipped: "在途",
  delivered: "已签收",
  returned: "已退回",
  backfill: "待补货",
  deferred: "已顺延",
  merged: "已合并",
  cancelled: "已取消",
};

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  entered: "已录入",
  returnedForCorrection: "退回更正",
  rejected: "已拒绝",
  confirmed: "已确认",
  allocated: "已分配",
  picked: "已拣货",
  shipped: "已出货",
  collected: "已收款",
  closed: "已结清",
  cancelled: "已取消",
};

const STAGES: Readonly<Record<OrderStage, string>> = {
  entered: "已录入",
  reviewed: "已审核",
  returnedForCorrection: "退回更正",
  rejected: "已拒绝",
  confirmed: "已确认",
  closed: "已结清",
};

const OPERATIONS: Readonly<Record<Operation | HoldableOperation, string>> = {
  review: "审核",
  correct: "更正",
  price: "计价",
  revise: "重算促销",
  confirm: "确认",
  hold: "冻结",
  releaseHold: "解除冻结",
  allocate: "分配",
  defer: "顺延",
  merge: "合并转出",
  join: "合并转入",
  reallocate: "调拨",
  substitute: "替代",
  pick: "拣货",
  load: "装车",
  ship: "出货",
  deliver: "签收",
  invoice: "开票",
  pay: "收款",
  amend: "变更",
  addOn: "增订",
  cancel: "取消",
  failDelivery: "送货失败",
  loseInTransit: "途中损失",
  findWrongItem: "错货",
  close: "结清",
};

/** Fields of orders, drafts and commands that sentences name. */
const FIELDS: Words = {
  unitPrice: "单价",
  discount: "折扣",
  quantity: "数量",
  shipToAddress: "送货地址",
  deliveryAreaPath: "配送区域",
  deliveryWaveId: "配送梯次",
  requestedDeliveryDate: "要求送货日期",
  deliveryRequirement: "配送要求",
  paymentMeans: "付款方式",
  paymentTerm: "付款条件",
  salespersonCode: "业务员",
  customerPoNo: "客户采购单号",
  vehicleRestriction: "车辆限制",
  remark: "备注",
  customerCode: "客户",
  customerName: "客户名称",
  customerType: "客户类型",
  customerClass: "客户等级",
  creditRating: "信用等级",
  currency: "币种",
  channel: "接单渠道",
  orderSource: "订单来源",
  orderDate: "订单日期",
  receivedAt: "接单时间",
  orderNo: "订单号",
  itemCode: "商品代号",
  itemName: "商品名称",
  uom: "单位",
  lines: "订单行",
  header: "表头",
  reason: "原因",
  consent: "客户同意",
  holdId: "冻结编号",
  type: "类型",
  carrier: "承运人",
  shipmentNo: "出货单号",
  vehicleId: "车辆",
  invoiceNo: "发票号",
  paymentId: "付款编号",
  warehouseId: "仓库",
};

/** What an operation needs besides the status, as the transition table says it. */
const NEEDS: Words = {
  "not reviewed yet": "尚未审核",
  "a corrected draft of the same order": "同一订单的更正稿",
  "nothing invoiced": "尚未开票",
  "promotions were given": "已给予促销",
  "reviewed and priced": "已审核并已计价",
  "a new hold id": "新的冻结编号",
  "the hold is in force": "冻结有效",
  "open, backfill or deferred quantity": "未处理、待补货或已顺延的数量",
  "open, allocated or back-fill quantity, and nothing picked or gone":
    "未处理、已分配或待补货的数量，且没有已拣货或已离库的货物",
  "quantity that waits or is allocated": "等待中或已分配的数量",
  "quantity of an earlier order of the customer": "该客户较早订单的数量",
  "allocated quantity, or quantity that waits": "已分配或等待中的数量",
  "quantity that is open or waits as back-fill": "未处理或待补货的数量",
  "allocated quantity": "已分配的数量",
  "picked quantity": "已拣货的数量",
  "shipped quantity": "在途的数量",
  "delivered and not invoiced": "已签收而未开票的数量",
  "something to pay, and a new payment id": "有应付金额和新的付款编号",
  "something is to be agreed anew": "有需要重新约定的内容",
  "nothing invoiced, nothing on the vehicle": "尚未开票，也没有装车的货物",
  "quantity that has not left the house": "尚未出库的数量",
  "picked, shipped or delivered quantity": "已拣货、在途或已签收的数量",
  "no shortage waiting, no hold in force": "没有等待的短缺，也没有有效的冻结",
};

/** Names that facts of an issue may hold, by the name of the fact; other words are said as they are. */
export const ZH_NAMES: Readonly<Record<string, Words>> = {
  bucket: ZH_BUCKETS,
  status: STATUSES,
  allowedFrom: STATUSES,
  stage: STAGES,
  operation: OPERATIONS,
  field: FIELDS,
  fields: FIELDS,
  needs: NEEDS,
  kind: { claim: "索赔", return: "退货" },
  what: { picked: "已拣货", loaded: "已装车" },
};
