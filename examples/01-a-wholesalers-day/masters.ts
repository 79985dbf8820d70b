// The master files of a small wholesaler, as they would come out of a data base: plain JSON, checked at the door.

import { indexMasters, type Masters, type Result, type StockPosition } from "ordercycle";
import { parseCustomer, parseItem, parsePriceList, parseStock, parseWarehouse } from "ordercycle/schema";

/** Takes the value of a result that must be good, since the example itself wrote the input. */
function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}

const warehouses = [
  { warehouseId: "NORTH", name: "North depot" },
  { warehouseId: "PORT", name: "Port depot" },
  { warehouseId: "HILL", name: "Hill depot" },
];

const carton = (pieces: string): object[] => [{ uom: "CS", factor: { numerator: pieces, denominator: "1" } }];

const items = [
  { itemCode: "TEA-G", name: "Green tea 250 g", baseUom: "EA", units: carton("12") },
  { itemCode: "TEA-B", name: "Black tea 250 g", baseUom: "EA", units: carton("12") },
  { itemCode: "RICE", name: "Rice 5 kg", baseUom: "EA", orderMultiple: "4" },
  { itemCode: "OIL", name: "Olive oil 1 l", baseUom: "EA", units: carton("6") },
  { itemCode: "COFFEE", name: "Coffee beans 1 kg", baseUom: "EA", units: carton("10") },
  { itemCode: "SALT", name: "Sea salt 1 kg", baseUom: "EA", minOrderQty: "5" },
  { itemCode: "ALMOND", name: "Almonds, loose", baseUom: "KGM", quantum: "0.5" },
  { itemCode: "SOAP", name: "Olive soap", baseUom: "EA", units: carton("24") },
  { itemCode: "CUPS", name: "Paper cups, 50", baseUom: "EA" },
  { itemCode: "CHOC", name: "Dark chocolate", baseUom: "EA", units: carton("20"), lifeStatus: "planned" },
];

const prices = [
  ["TEA-G", "2.40"],
  ["TEA-B", "2.10"],
  ["RICE", "7.95"],
  ["OIL", "6.35"],
  ["COFFEE", "11.20"],
  ["SALT", "0.85"],
  ["ALMOND", "12.90"],
  ["SOAP", "1.15"],
  ["CUPS", "3.05"],
  ["CHOC", "1.90"],
].map(([itemCode, unitPrice]) => ({
  itemCode,
  unitPrice,
  uom: itemCode === "ALMOND" ? "KGM" : "EA",
  currency: "EUR",
}));
// Restaurants buy oil and coffee for less, and a carton of coffee has its own price.
const specialPrices = [
  { itemCode: "OIL", unitPrice: "5.90", uom: "EA", currency: "EUR", customerType: "restaurant" },
  { itemCode: "COFFEE", unitPrice: "10.75", uom: "EA", currency: "EUR", customerType: "restaurant" },
  { itemCode: "COFFEE", unitPrice: "104.00", uom: "CS", currency: "EUR" },
];

type CustomerRow = readonly [
  code: string,
  name: string,
  area: readonly string[],
  customerClass: string,
  rating: string,
  type: string,
  term: string,
  more?: object,
];

const backfill = { shortagePolicy: "backfillOnArrival" };
const customerRows: readonly CustomerRow[] = [
  ["C-01", "Harbour Café", ["city", "harbour"], "A", "A", "restaurant", "credit", backfill],
  ["C-02", "Bella Vista", ["city", "hill"], "A", "B", "restaurant", "credit", backfill],
  ["C-03", "Corner Shop Müller", ["city", "north"], "B", "A", "retailer", "cash", backfill],
  ["C-04", "Mercado Sur", ["city", "harbour", "quay"], "B", "B", "retailer", "credit", backfill],
  [
    "C-05",
    "School Kitchen 12",
    ["city", "north"],
    "C",
    "A",
    "canteen",
    "credit",
    { partialAllowed: false, ...backfill },
  ],
  ["C-06", "Trattoria Anna", ["city", "hill"], "B", "C", "restaurant", "cash", { shortagePolicy: "cancelRemainder" }],
  [
    "C-07",
    "Green Grocer Lee",
    ["city", "north"],
    "C",
    "B",
    "retailer",
    "cash",
    { shortagePolicy: "backfillWithNextOrder" },
  ],
  [
    "C-08",
    "Seaside Hotel",
    ["country", "coast"],
    "A",
    "A",
    "restaurant",
    "credit",
    { minimumRemainingLifeDays: 60, ...backfill },
  ],
  ["C-09", "Village Store Oda", ["country", "inland"], "C", "C", "retailer", "cash"],
  ["C-10", "Canteen Ironworks", ["city", "harbour"], "B", "A", "canteen", "credit", backfill],
  ["C-11", "Bakery Nilsen", ["city", "north"], "B", "B", "retailer", "credit", backfill],
  ["C-12", "Tea House 東", ["city", "hill"], "C", "A", "retailer", "cash", backfill],
];
const customers = customerRows.map(
  ([customerCode, name, deliveryAreaPath, customerClass, rating, customerType, paymentTerm, more]) => ({
    customerCode,
    name,
    deliveryAreaPath,
    customerClass,
    credit: { rating },
    customerType,
    paymentTerm,
    currency: "EUR",
    shipToAddress: {
      street: `${deliveryAreaPath.at(-1) ?? ""} road 1`,
      city: deliveryAreaPath[0] ?? "",
      country: "IT",
    },
    ...more,
  }),
);

type StockRow = readonly [
  item: string,
  warehouse: string,
  lot: string,
  received: string,
  onHand: string,
  more?: object,
];

const stockRows: readonly StockRow[] = [
  ["TEA-G", "NORTH", "G1", "2026-01-12", "96"],
  ["TEA-G", "NORTH", "G2", "2026-02-09", "60"],
  ["TEA-G", "PORT", "G3", "2026-02-16", "48", { inbound: "120" }],
  ["TEA-B", "NORTH", "B1", "2026-01-19", "80"],
  ["TEA-B", "HILL", "B2", "2026-02-02", "36"],
  ["RICE", "NORTH", "R1", "2026-02-02", "44"],
  ["RICE", "PORT", "R2", "2026-01-26", "40"],
  ["OIL", "PORT", "O1", "2025-11-03", "30", { expiresOn: "2026-04-15" }],
  ["OIL", "PORT", "O2", "2026-02-20", "66", { expiresOn: "2027-02-20" }],
  ["OIL", "HILL", "O3", "2026-01-08", "24", { expiresOn: "2026-12-31" }],
  ["COFFEE", "PORT", "K1", "2026-02-11", "70"],
  ["COFFEE", "HILL", "K2", "2026-02-18", "25"],
  ["SALT", "NORTH", "S1", "2025-12-01", "140"],
  ["SALT", "HILL", "S2", "2026-01-15", "60"],
  ["ALMOND", "NORTH", "A1", "2026-02-05", "18.75"],
  ["ALMOND", "PORT", "A2", "2026-02-12", "10.5"],
  ["SOAP", "NORTH", "P1", "2026-01-28", "72"],
  ["SOAP", "HILL", "P2", "2025-12-10", "96", { condition: "held" }],
  ["CUPS", "PORT", "C1", "2026-02-25", "40"],
];
const stock = stockRows.map(([itemCode, warehouseId, lotNo, receivedOn, onHand, more]) => ({
  itemCode,
  warehouseId,
  lotNo,
  receivedOn,
  onHand,
  reserved: "0",
  picked: "0",
  inTransit: "0",
  inbound: "0",
  onOrder: "0",
  ...more,
}));

/** The master files, indexed. */
export const masters: Masters = indexMasters({
  warehouses: warehouses.map((warehouse) => must(parseWarehouse(warehouse))),
  items: items.map((item) => must(parseItem(item))),
  customers: customers.map((customer) => must(parseCustomer(customer))),
  prices: must(parsePriceList([...prices, ...specialPrices])),
});

/** Stock when the day begins. */
export const openingStock: readonly StockPosition[] = must(parseStock(stock));
