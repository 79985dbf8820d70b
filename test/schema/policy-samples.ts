const NEAREST = { kind: "nearest", areas: [{ areaPath: ["DE", "HH"], warehouseIds: ["NORTH"] }], otherwise: ["SOUTH"] };

/** A policy with every field, by nearest warehouses; all that it states it may state. */
export const FULL_POLICY = {
  identity: { policyId: "P-7", version: "3", name: "Best customers first" },
  priority: [
    { key: "channel", ranking: ["phone", "edi"], direction: "descending", nulls: "first" },
    { key: "aged", afterDays: 2.5, afterDisplacements: 3 },
    { key: "host", name: "tour", direction: "ascending", nulls: "last" },
    { key: "orderNo", direction: "ascending" },
  ],
  sourcing: NEAREST,
  warehouses: [
    {
      warehouseId: "NORTH",
      servedAreas: [["DE"], []],
      vehicles: [{ vehicleClass: "van", heightMetres: "2.5" }],
      temperatureClasses: ["frozen"],
    },
  ],
  lots: "fefo",
  lotRestrictions: [
    {
      itemCode: "TEA",
      lotNo: "L-1",
      onlyAreas: [["DE"]],
      notAreas: [["DE", "HH"]],
      onlyCustomers: ["C-1"],
      notCustomers: ["C-2"],
    },
  ],
  picking: [{ warehouseId: "NORTH", chain: [{ zone: "Z", rule: "fewestPlaces" }, { rule: "lots" }] }],
  bins: [
    {
      warehouseId: "NORTH",
      binId: "B-1",
      zone: "Z",
      pickSequence: 7,
      temperatureClasses: ["frozen"],
      handlingUnit: "48",
    },
  ],
  oneLotPerLine: true,
  sharing: [
    {
      itemCodes: ["TEA"],
      rule: "talmud",
      minimum: "0",
      weights: [{ customerClass: "A", weight: "2.5" }],
      tiers: [["A"], ["B"]],
      quotas: [{ customerClass: "A", kind: "percent", figure: "40" }],
    },
  ],
  protection: [{ kind: "protect", group: "A", itemCode: "TEA", quantity: "10", consumed: "0" }],
};

const minimal = (sourcing: unknown, lots = "fifo") => ({ priority: [], sourcing, lots });
const cutOff = { warehouseId: "N", cutOff: "16:00", timeZone: "Europe/Berlin", closedWeekdays: [6, 7] };

/** Warehouses that are chosen, with every limit. */
export const CHOSEN_POLICY = minimal({
  kind: "chosen",
  strategy: {
    kind: "weighted",
    weights: [
      { factor: "distance", weight: "0.75", worst: "500", best: "0" },
      { factor: "ease", weight: 0.25, worst: "-1.5", best: 3 },
    ],
  },
  limits: [
    { strength: "hard", kind: "maxDistance", distance: "300" },
    { strength: "soft", kind: "maxWarehousesPerLine", count: 2 },
    { strength: "hard", kind: "excluded", warehouseIds: ["WEST"] },
    { strength: "soft", kind: "safetyStock", quantities: [{ itemCode: "TEA", warehouseId: "N", quantity: "5" }] },
    { strength: "hard", kind: "maxLinesPerDay", warehouses: [{ warehouseId: "N", count: 0 }] },
    { strength: "soft", kind: "cutOff", cutOffs: [{ ...cutOff, closedDays: ["2026-12-24"] }] },
  ],
  steps: 1000,
  areas: [{ areaPath: ["DE"], warehouses: [{ warehouseId: "N", distance: "12.5", fixedCost: "3", ease: "-1" }] }],
  otherwise: [{ warehouseId: "S" }],
  unitCosts: [{ itemCode: "TEA", warehouseId: "N", unitCost: "0.05" }],
});

/** Warehouses that are ranked, by every rule. */
export const RANKED_POLICY = minimal({
  kind: "ranked",
  per: "line",
  warehouseIds: ["N", "S"],
  rules: [
    { rule: "preferred", warehouseIds: ["S"] },
    { rule: "areas", areas: NEAREST.areas },
    { rule: "byField", field: "customerType", warehouseIds: { retailer: ["N"] } },
    { rule: "mostStock" },
    { rule: "host", name: "tour" },
  ],
});

/** A policy of re-confirmation with every field. */
export const RECONFIRM_POLICY = {
  allocation: FULL_POLICY,
  strategies: [
    { customerClasses: ["A"], customerTypes: ["shop"], customerCodes: ["C"], strategy: "win", consent: "whenLater" },
    { promise: "given", preBooked: "yes", strategy: "skip" },
  ],
  otherwise: "fill",
  consent: "whenLosing",
  keepsUnusable: ["held", "expired"],
  maxTimesDisplaced: 3,
  onException: "bestEffort",
  redistribute: { kind: "fairShare", policy: { rule: "equalAwards", quantum: "0.5" } },
};

const { priority, sourcing, warehouses, lotRestrictions, bins, oneLotPerLine, protection } = FULL_POLICY;

/** Who may be asked to give goods up, with every field. */
export const REALLOCATION_POLICY = {
  priority,
  sourcing,
  warehouses,
  lotRestrictions,
  bins,
  oneLotPerLine,
  protection,
  promises: "keep",
  firmHolds: ["quality"],
  maxTimesDisplaced: 2,
  harm: {
    perLine: "5",
    perUnit: "0",
    perUnitAndDay: "0.5",
    classFactors: { A: "2.5", B: "0" },
    unknownDelayDays: 10,
  },
  steps: 10_000,
};

/** Who takes part in a batch, with every field. */
export const PARTICIPANTS = {
  deferred: { include: true, onlyIfStockNow: true },
  backfill: { include: false },
  futureDue: { include: true, leadDays: 2 },
  allocatedNotShipped: { include: true, reservation: "release" },
  holdReleased: { include: true },
  new: { include: true },
};

/** Slots of the day. */
export const SLOTS = {
  kind: "receiptSlot",
  timeZone: "Europe/Berlin",
  slots: [{ from: "08:00", deliveryWaveId: "AM", cutOffs: [{ customerClass: "A", at: "11:30" }] }, { from: "13:00" }],
};

/** Policies as a host stores them. */
export const POLICY_SAMPLES = {
  allocationPolicy: [
    FULL_POLICY,
    CHOSEN_POLICY,
    RANKED_POLICY,
    minimal({ kind: "wholeOrderFromOne", areas: [], otherwise: ["N"], ifNone: "nothing" }, "lifo"),
  ],
  reconfirmOrdersPolicy: [RECONFIRM_POLICY, { ...RECONFIRM_POLICY, redistribute: { kind: "inOrder" } }],
  reallocationPolicy: [
    REALLOCATION_POLICY,
    {
      priority: [],
      sourcing: RANKED_POLICY.sourcing,
      promises: "mayBreak",
      harm: { perLine: 1, perUnit: 1, perUnitAndDay: 1, unknownDelayDays: 0 },
      steps: 1,
    },
  ],
  releasePolicy: [
    { priority: [] },
    {
      priority: FULL_POLICY.priority,
      keeps: [{ customerCodes: ["C-1"] }, {}],
      firmHolds: ["quality"],
      maxTimesDisplaced: 2,
      together: "keep",
    },
  ],
  participantPolicy: [PARTICIPANTS],
  batchRule: [
    SLOTS,
    {
      kind: "combined",
      rules: [
        SLOTS,
        { kind: "processing", host: "codes" },
        { kind: "area", level: 2 },
        { kind: "route", by: "channel" },
      ],
    },
    { kind: "route", by: "host", host: "tours" },
  ],
} as const;
