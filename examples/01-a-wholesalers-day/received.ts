// What came in between six and eleven in the morning: raw, as the web shop, the EDI desk and the telephone left it.

type Line = readonly [itemCode: string, quantity: unknown, uom?: string | undefined, more?: object];

/** A raw order of the day. Times are UTC; the wholesaler works in Rome, one hour ahead. */
function order(orderNo: string, customerCode: string, time: string, lines: readonly Line[], more: object = {}): object {
  return {
    orderNo,
    customerCode,
    receivedAt: `2026-03-02T${time}:00Z`,
    orderDate: "2026-03-02",
    requestedDeliveryDate: "2026-03-02",
    channel: "webShop",
    ...more,
    lines: lines.map(([itemCode, quantity, uom, rest]) => ({
      itemCode,
      quantity,
      ...(uom === undefined ? {} : { uom }),
      ...rest,
    })),
  };
}

/** Everything received, good and bad. */
export const received: readonly unknown[] = [
  order("SO-101", "C-03", "05:02", [
    ["TEA-G", "2", "CS"],
    ["SALT", "20"],
  ]),
  order("SO-102", "C-07", "05:10", [
    ["TEA-G", "18"],
    ["SOAP", "10"],
  ]),
  order("SO-103", "C-12", "05:14", [
    ["TEA-G", "3", "CS"],
    ["TEA-B", "2", "CS"],
  ]),
  order(
    "SO-104",
    "C-01",
    "05:21",
    [
      ["COFFEE", "2", "CS"],
      ["OIL", "12"],
    ],
    { customerPoNo: "HC-8841" },
  ),
  order(
    "SO-105",
    "C-09",
    "05:33",
    [
      ["RICE", "12"],
      ["SALT", "10"],
    ],
    { channel: "phone" },
  ),
  order("SO-106", "C-02", "05:40", [
    ["OIL", "3", "CS"],
    ["ALMOND", "6.5"],
  ]),
  order(
    "SO-107",
    "C-04",
    "05:41",
    [
      ["TEA-G", "4", "CS"],
      ["CUPS", "10"],
    ],
    { channel: "edi", customerPoNo: "4500017" },
  ),
  order("SO-108", "C-99", "05:47", [["TEA-G", "12"]]),
  order("SO-109", "C-05", "05:52", [
    ["RICE", "24"],
    ["OIL", "12"],
  ]),
  order("SO-110", "C-06", "05:58", [
    ["OIL", "5", "CS"],
    ["COFFEE", "8"],
  ]),
  order(
    "SO-111",
    "C-11",
    "06:03",
    [
      ["RICE", "10"],
      ["SALT", "25"],
    ],
    { channel: "phone" },
  ),
  order(
    "SO-112",
    "C-08",
    "06:05",
    [
      ["OIL", "8", "CS"],
      ["COFFEE", "1", "CS"],
    ],
    { channel: "edi", customerPoNo: "SH-77" },
  ),
  order("SO-113", "C-10", "06:11", [
    ["COFFEE", "15"],
    ["CUPS", "20"],
  ]),
  order("SO-114", "C-03", "06:15", [["SOAP", "12,5"]], { channel: "fax" }),
  order("SO-115", "C-12", "06:18", [
    ["TEA-B", "18"],
    ["ALMOND", "2"],
  ]),
  order(
    "SO-116",
    "C-01",
    "06:24",
    [
      ["ALMOND", "8"],
      ["CUPS", "12"],
    ],
    { preBooked: true },
  ),
  order("SO-117", "C-07", "06:30", [
    ["CHOC", "2", "CS"],
    ["TEA-B", "12"],
  ]),
  order("SO-118", "C-02", "06:31", [
    ["COFFEE", "12"],
    ["SALT", "15"],
  ]),
  order("SO-119", "C-09", "06:36", [["TEA-G", "24"]], { requestedDeliveryDate: "2026-02-30" }),
  order("SO-120", "C-11", "06:40", [
    ["TEA-B", "3", "CS"],
    ["SOAP", "1", "CS"],
  ]),
  order(
    "SO-121",
    "C-04",
    "06:44",
    [
      ["OIL", "2", "CS", { unitPrice: "35.00" }],
      ["RICE", "8"],
    ],
    { channel: "edi" },
  ),
  order("SO-122", "C-05", "06:50", [
    ["SALT", "30"],
    ["SOAP", "24"],
  ]),
  order("SO-123", "C-08", "06:57", [
    ["ALMOND", "4.25"],
    ["TEA-G", "2", "CS"],
  ]),
  order("SO-124", "C-10", "07:01", [["RICE", "20"]], { channel: "phone" }),
  order("SO-125", "C-06", "07:05", [["ALMOND", "9", undefined, { discount: { kind: "percent", percent: "15" } }]]),
  order("SO-126", "C-03", "07:09", [
    ["TEA-G", "18"],
    ["TEA-B", "12"],
  ]),
  order("SO-127", "C-12", "07:12", [["TEA-G", "2", "CS", { itemName: "Black tea 250 g" }]]),
  order("SO-128", "C-07", "07:20", [
    ["TEA-G", "12"],
    ["SOAP", "14"],
  ]),
  order("SO-129", "C-01", "07:26", [
    ["OIL", "18"],
    ["SALT", "12"],
  ]),
  order("SO-130", "C-11", "07:31", [
    ["RICE", "8"],
    ["CUPS", "6"],
  ]),
  order(
    "SO-131",
    "C-04",
    "07:38",
    [
      ["MATE", "10"],
      ["TEA-G", "-3"],
    ],
    { channel: "edi" },
  ),
  order("SO-132", "C-02", "07:42", [
    ["OIL", "2", "CS"],
    ["TEA-B", "10"],
  ]),
  order("SO-133", "C-10", "07:47", [
    ["TEA-G", "36"],
    ["ALMOND", "5"],
  ]),
  order("SO-134", "C-09", "07:55", [["SALT", "3"]], { channel: "phone" }),
  order("SO-135", "C-06", "08:02", [
    ["OIL", "12"],
    ["CUPS", "5"],
  ]),
  order("SO-136", "C-05", "08:10", [["TEA-G", "5", "CS"]]),
  order("SO-137", "C-08", "08:15", [
    ["RICE", "16"],
    ["SOAP", "8"],
  ]),
  order("SO-138", "C-03", "08:21", [
    ["COFFEE", "6"],
    ["SALT", "10"],
  ]),
  order("SO-139", "C-12", "08:26", [["TEA-G", "1", "CS"]], { currency: "EURO" }),
  order("SO-139", "C-11", "08:30", [
    ["TEA-B", "6"],
    ["ALMOND", "1.5"],
  ]),
  order("SO-140", "C-04", "08:34", [["MATE", "10"]], { channel: "edi" }),
];

/** What customers sent after their order had come back to them. */
export const corrections: readonly unknown[] = [
  order(
    "SO-111",
    "C-11",
    "08:50",
    [
      ["RICE", "12"],
      ["SALT", "25"],
    ],
    { channel: "phone" },
  ),
  order("SO-127", "C-12", "09:05", [["TEA-B", "2", "CS"]]),
];
