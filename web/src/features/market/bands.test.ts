import { expect, test } from "vitest";
import { bandOf } from "./bands";

test("a band ends one fen before the next begins", () => {
  const at = (amount: string) => ({ amount });
  expect(bandOf({ from: null, below: at("50.00") })).toEqual({ from: "", to: "49.99" });
  expect(bandOf({ from: at("50.00"), below: at("100.00") })).toEqual({ from: "50.00", to: "99.99" });
  expect(bandOf({ from: at("10000.00"), below: null })).toEqual({ from: "10000.00", to: "" });
});
