import { expect, test } from "vitest";
import { isUnpriced, priceToKeep } from "./price";

test("a draft at the least price has none yet", () => {
  expect(isUnpriced({ state: "DRAFT", price: { amount: "1.00" } })).toBe(true);
  expect(isUnpriced({ state: "DRAFT", price: { amount: "1.01" } })).toBe(false);
  expect(isUnpriced({ state: "REJECTED", price: { amount: "1.00" } })).toBe(false);
});

test("what is kept has the price typed, or a draft none", () => {
  expect(priceToKeep(" 25.5 ", "DRAFT")).toEqual({ price: "25.5" });
  expect(priceToKeep(" ", "DRAFT")).toEqual({ price: "1.00" });
});

test("an odd price leaves the one there is", () => {
  expect(priceToKeep("cheap", "DRAFT")).toEqual({});
  expect(priceToKeep("0.50", "REJECTED")).toEqual({});
  expect(priceToKeep("", "REJECTED")).toEqual({});
});
