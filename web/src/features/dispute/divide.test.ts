import { expect, test } from "vitest";
import { divide } from "./divide";

test.each([
  ["0.01", 50, "0.00", "0.01"],
  ["100.00", 37, "37.00", "63.00"],
  ["99.97", 33, "32.99", "66.98"],
  ["128.00", 0, "0.00", "128.00"],
  ["128.00", 100, "128.00", "0.00"],
])("%s with %d %% to the seller", (amount, share, seller, buyer) => {
  const division = divide({ amount, currency: "CNY" }, share);
  expect([division.toSeller.amount, division.toBuyer.amount]).toEqual([seller, buyer]);
});
