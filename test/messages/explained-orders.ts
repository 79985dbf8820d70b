/** Whole texts, as people read them. */
export const EXPLAINED: Readonly<Record<string, string>> = {
  "a floor price that cuts a part": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
   Thirty off −7.50
   = 17.50
2  Rice: 4 EA × 2.50 = 10.00
   Thirty off −1.20
   = 8.80
Goods: 26.30
Discounts: 8.70
To pay: 26.30
Promotions:
  Thirty off: applied, −8.70
    It met the floor price on line 2; 1.80 less came off in all.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "an amount that some lines cannot bear": `Order SO-1, in EUR
1  Green tea: 2 EA × 2.50 = 5.00
   Twenty-five off −5.00
   = 0.00
2  Rice: 2 EA × 2.50 = 5.00
   Twenty-five off −5.00
   = 0.00
3  Pot: 1 EA × 24.00 = 24.00
   Twenty-five off −14.00
   = 10.00
Goods: 10.00
Discounts: 24.00
To pay: 10.00
Promotions:
  Twenty-five off: applied, −24.00
    It met the floor price on line 3; 1.00 less came off in all.
  Nine off rice: did not apply
    The lines meant can bear no further discount: they are at zero or at their floor price.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "a cap and a limit by order": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
   A fifth, up to five −3.57
   = 21.43
2  Rice: 4 EA × 2.50 = 10.00
   A fifth, up to five −1.43
   = 8.57
3  Pot: 1 EA × 24.00 = 24.00
   Half the pot −10.00
   = 14.00
Goods: 44.00
Discounts: 15.00
To pay: 44.00
Promotions:
  A fifth, up to five: applied, −5.00
    It gives at most 5.00; it would have been 7.00.
  Half the pot: applied, −10.00
    It gives at most 10.00 on one order; it would have been 12.00.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "the end of a budget and of a clearance": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
   Clearance −4.00
   = 21.00
2  Rice: 4 EA × 2.50 = 10.00
Goods: 31.00
Discounts: 4.00
To pay: 31.00
Promotions:
  Rice week: did not apply
    What is left of its budget of 50.00 does not suffice: 0.50.
  Clearance: applied, −4.00
    Of the 30 units set aside for it, 8 were left; it would have been 10.
    Of its budget of 100.00, 4.00 were left; it would have been 8.00.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "the best choice for the customer": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
   Eight −2.00
   Three off −2.14
   = 20.86
2  Rice: 4 EA × 2.50 = 10.00
   Eight −0.80
   Three off −0.86
   = 8.34
Goods: 29.20
Discounts: 5.80
To pay: 29.20
Promotions:
  Ten alone: did not apply
    Without it, the customer gets more in all.
  Eight: applied, −2.80
  Three off: applied, −3.00
  No other choice of promotions gives the customer more.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "lanes and a group": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
   Tea time −5.00
   Four off −1.58
   = 18.42
2  Rice: 4 EA × 2.50 = 10.00
   Ten off all −1.00
   Four off −0.71
   = 8.29
3  Pot: 1 EA × 24.00 = 24.00
   Ten off all −2.40
   Four off −1.71
   = 19.89
Goods: 46.60
Discounts: 12.40
To pay: 46.60
Promotions:
  Ten off all: applied, −3.40
    On line 1 others of the lane shelf give more: “Tea time”.
  Tea time: applied, −5.00
  Rice time: did not apply
    On every line another promotion of the lane shelf gives more: “Ten off all”.
  Four off: applied, −4.00
  Two off: did not apply
    Of the group one, promotion “Four off” gives more.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "offers with a most, and what more would bring": `Order SO-1, in EUR
1  Green tea: 9 EA × 2.50 = 22.50
   The third at half price −2.50
   = 20.00
2  Rice: 4 EA × 2.50 = 10.00
   Three for two −2.50
   = 7.50
Goods: 27.50
Discounts: 5.00
To pay: 27.50
Promotions:
  The third at half price: applied, −2.50
    It gives at most 2 units on one order.
  Three for two: applied, −2.50
    2 more (Rice) → a full group, of which 2 are paid for
  A cup: did not apply
    2 more are needed: 3 of 5 are there for it (units).
    The customer has not chosen a gift among: CUP.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "tax in the price, and yen": `Order SO-1, in JPY
1  Green tea: 3 EA × 333 = 999
   Seven off −70
   = 929
2  Rice: 4 EA × 105 = 420
   Seven off −29
   = 391
Goods: 1320
Freight: 200 (500, Freight at 200 −300)
Discounts: 99
To pay: 1520
Promotions:
  Seven off: applied, −99
  Freight at 200: applied, −300
  From 2000: did not apply
    581 more reach the first step of 2000; there are 1419 (value of the goods).
    581 more to spend (Green tea, Rice) → 200 off
Amounts are rounded to 1, towards zero; the last line takes what is left over of a share.
Prices include tax.`,
  "codes that are not good, and all else that stands against them": `Order SO-1, in EUR
1  Green tea: 10 EA × 2.50 = 25.00
Goods: 25.00
To pay: 25.00
Promotions:
  Spring (code SPRING): did not apply
    It ended at 2026-02-01 00:00 UTC.
    It is for customers with class gold; this one has: nothing.
    It holds on Saturday, Sunday; the order is of 2026-03-02, 10:00:00.
    2 more make a full group of 12; there are 10.
  Five with a coupon (code TEA-7): did not apply
    The code has not been good since 2026-02-15 00:00 UTC.
    5.00 more are needed: there are 25.00 of 30.00 (value of the goods).
    It has been used as often as it may (3).
Codes:
  TEA-7: did not apply (Five with a coupon)
  SPRING: did not apply (Spring)
  SPRNG: did not apply
    Nobody issued this code.
  SPRING: did not apply (Spring)
    The code was presented twice.
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
  "cancelled in part": `Order SO-1, in EUR
1  Green tea: 4 EA × 2.50 = 10.00
   cancelled: 8 of 12 EA
2  Cup: 0 EA, gift: A cup for five
   cancelled: 2 of 2 EA
Goods: 10.00
To pay: 10.00
Promotions:
  A cup for five: did not apply
    1 more are needed: 4 of 5 are there for it (units).
    1 more (Green tea) → 1 as a gift
Amounts are rounded to 0.01, halves up; what is left over of a share goes to the lines that lost most by rounding.
Prices are without tax.`,
};
