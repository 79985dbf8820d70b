import type { Customer } from "../model/customer.js";
import type { CustomerCode } from "../model/ids.js";
import type { Order } from "../model/order.js";
import type { OrderLine } from "../model/order-line.js";
import type { BatchCutter, ProcessingRule, RouteRule, SingleBatchRule } from "./batch-rule.js";
import { hostFunction } from "./host-function.js";
import { slotCutter } from "./slot-cutter.js";

/** What rules look up. */
export interface BatchFacts {
  /** Customers by code, for their routes. */
  readonly customers?: ReadonlyMap<CustomerCode, Customer>;
  /** Functions of the host by name: processing codes of a line. */
  readonly processingCodes?: Readonly<Record<string, (line: OrderLine, order: Order) => readonly string[]>>;
  /** Functions of the host by name: the route of an order. */
  readonly routes?: Readonly<Record<string, (order: Order) => string | undefined>>;
}

/** Makes a rule ready. */
export function batchCutter(rule: SingleBatchRule, context: BatchFacts): BatchCutter {
  switch (rule.kind) {
    case "receiptSlot":
      return slotCutter(rule);
    case "processing":
      return processingCutter(rule, context);
    case "area":
      return { partOf: ({ header }) => ({ kind: "area", areaPath: header.deliveryAreaPath.slice(0, rule.level) }) };
    case "route":
      return routeCutter(rule, context);
  }
}

function processingCutter({ host }: ProcessingRule, { processingCodes }: BatchFacts): BatchCutter {
  const ask = host === undefined ? undefined : hostFunction(processingCodes, host, "function");
  return {
    partOf: (order) => {
      const codes =
        ask === undefined
          ? (order.header.deliveryRequirement?.services ?? [])
          : order.lines.flatMap((line) => ask(line, order));
      return { kind: "processing", codes: [...new Set(codes)].sort() };
    },
  };
}

function routeCutter(rule: RouteRule, context: BatchFacts): BatchCutter {
  const read = routeReader(rule, context);
  return {
    partOf: (order) => {
      const route = read(order);
      return route === undefined ? { kind: "route" } : { kind: "route", route };
    },
  };
}

function routeReader(rule: RouteRule, { customers, routes }: BatchFacts): (order: Order) => string | undefined {
  if (rule.by === "host") {
    return hostFunction(routes, rule.host, "function");
  }
  if (rule.by === "customerRoute") {
    if (customers === undefined) throw new RangeError("Routes of customers need the customers.");
    return ({ header }) => customers.get(header.customerCode)?.route?.routeId;
  }
  const { by } = rule;
  return ({ header }) => header[by];
}
