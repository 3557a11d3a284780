import { expect, test } from "vitest";
import { noticePath, staleQueries } from "./subject";

test("a notice about an offer leads to that offer, whoever reads it", () => {
  for (const kind of ["OFFER_RECEIVED", "OFFER_LAPSED", "OFFER_DECLINED", "OFFER_SOLD", "OFFER_OUTDATED"] as const) {
    expect(noticePath({ kind, subjectKind: "OFFER", subjectId: "o1" })).toBe("/offers/o1");
  }
});

test("a notice about something else leads to its page", () => {
  expect(noticePath({ kind: "PASSWORD_CHANGED", subjectKind: "USER", subjectId: "u1" })).toBe("/me/security");
  expect(noticePath({ kind: "OFFER_COUNTER_ACCEPTED", subjectKind: "ORDER", subjectId: "r1" })).toBe("/orders/r1");
});

test("a notice about a case makes the list of one's cases stale", () => {
  expect(staleQueries({ subjectKind: "CASE" })).toContain("MyCases");
});
