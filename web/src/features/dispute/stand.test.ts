import { expect, test } from "vitest";
import { endsAt, isAsked, isClaimable, takesEvidence } from "./stand";

const day = 86_400_000;
const order = { mySide: "BUYER", state: "COMPLETED", endedAt: "2026-11-01T00:00:00Z", listing: { warrantyDays: 7 } } as const;
const ended = Date.parse(order.endedAt);

test("a claim is for the buyer of a completed order under warranty", () => {
  expect(isClaimable(order, [], ended + 7 * day - 1)).toBe(true);
  expect(isClaimable(order, [], ended + 7 * day)).toBe(false);
  expect(isClaimable({ ...order, mySide: "SELLER" }, [], ended)).toBe(false);
  expect(isClaimable({ ...order, state: "REFUNDED" }, [], ended)).toBe(false);
});

test("one claim at a time, and none after one that was upheld", () => {
  const after = (state: "IN_REVIEW" | "UPHELD" | "REJECTED" | "WITHDRAWN") => isClaimable(order, [{ kind: "RECOVERY", state }], ended);
  expect([after("IN_REVIEW"), after("UPHELD"), after("REJECTED"), after("WITHDRAWN")]).toEqual([false, false, true, true]);
});

test("the seller of an intact account is asked, the buyer only of a damaged one", () => {
  const refusal = { buyerConsentedAt: null, sellerConsentedAt: null } as never as { finding: "INTACT" };
  const asked = (finding: "INTACT" | "DAMAGED", side: "BUYER" | "SELLER") =>
    isAsked({ state: "AWAITING_CONSENT", refusal: { ...refusal, finding } as never }, side);
  expect([asked("INTACT", "SELLER"), asked("INTACT", "BUYER"), asked("DAMAGED", "BUYER"), asked("DAMAGED", "SELLER")]).toEqual([
    true,
    false,
    true,
    true,
  ]);
});

test("nobody who consented is asked again", () => {
  const refusal = { finding: "DAMAGED", buyerConsentedAt: "2026-11-01T00:00:00Z", sellerConsentedAt: null } as never;
  expect(isAsked({ state: "AWAITING_CONSENT", refusal }, "BUYER")).toBe(false);
  expect(isAsked({ state: "MEDIATION", refusal }, "SELLER")).toBe(false);
});

test("evidence of a refused return ends with one's own word", () => {
  const gathering = { kind: "RETURN", state: "GATHERING", buyerDoneAt: "2026-11-01T00:00:00Z", sellerDoneAt: null } as const;
  expect([takesEvidence(gathering, "BUYER"), takesEvidence(gathering, "SELLER")]).toEqual([false, true]);
  expect(takesEvidence({ ...gathering, state: "IN_REVIEW" }, "SELLER")).toBe(false);
});

test("a claim shows how long the seller may answer, not how long his wallet is frozen", () => {
  const recovery = { answerDueAt: "2026-11-03T00:00:00Z" } as never;
  expect(endsAt({ state: "AWAITING_ANSWER", dueAt: "2026-11-02T00:00:00Z", recovery })).toBe("2026-11-03T00:00:00Z");
  expect(endsAt({ state: "IN_REVIEW", dueAt: "2026-11-02T00:00:00Z", recovery })).toBe(null);
  expect(endsAt({ state: "GATHERING", dueAt: "2026-11-02T00:00:00Z", recovery: null })).toBe("2026-11-02T00:00:00Z");
});
