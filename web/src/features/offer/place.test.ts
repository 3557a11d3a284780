import { expect, test } from "vitest";
import { offerPlace } from "./place";

const ENDED = "2026-03-04T00:00:00Z";

test("an offer is in the list of its reader's side", () => {
  expect(offerPlace({ mySide: "BUYER", endedAt: null })).toBe("/offers/made");
  expect(offerPlace({ mySide: "SELLER", endedAt: null })).toBe("/offers/received");
});

test("what has ended is among the ended", () => {
  expect(offerPlace({ mySide: "BUYER", endedAt: ENDED })).toBe("/offers/made?which=ended");
  expect(offerPlace({ mySide: "SELLER", endedAt: ENDED })).toBe("/offers/received?which=ended");
});
