import type { CaseRowFragment, CaseWholeFragment } from "../../gql/case";
import type { CaseState, OrderSide } from "../../gql/schema";

/** Whether a case is over. */
export function isOver(state: CaseState): boolean {
  switch (state) {
    case "UPHELD":
    case "REJECTED":
    case "WITHDRAWN":
    case "CLOSED":
      return true;
    case "AWAITING_ANSWER":
    case "GATHERING":
    case "IN_REVIEW":
    case "AWAITING_CONSENT":
    case "MEDIATION":
    case "FINAL_RULING":
      return false;
  }
}

/** When what a case waits for now ends by itself: of a claim the seller's time to answer, whatever runs beside it. */
export function endsAt({ state, dueAt, recovery }: Pick<CaseWholeFragment, "state" | "dueAt" | "recovery">): string | null {
  if (state === "AWAITING_ANSWER") return recovery?.answerDueAt ?? dueAt;
  if (recovery) return null;
  return dueAt;
}

/** Whether a side can bring evidence. Of a refused return it can until it said that this is all. */
export function takesEvidence(one: Pick<CaseWholeFragment, "kind" | "state" | "buyerDoneAt" | "sellerDoneAt">, side: OrderSide): boolean {
  if (one.kind === "RECOVERY") return one.state === "IN_REVIEW" || (one.state === "AWAITING_ANSWER" && side === "BUYER");
  return one.state === "GATHERING" && (side === "BUYER" ? one.buyerDoneAt : one.sellerDoneAt) === null;
}

/** Whether a side is asked if it consents to a finding: of an intact account the seller alone. */
export function isAsked({ state, refusal }: Pick<CaseWholeFragment, "state" | "refusal">, side: OrderSide): boolean {
  if (state !== "AWAITING_CONSENT" || !refusal) return false;
  const consented = side === "BUYER" ? refusal.buyerConsentedAt : refusal.sellerConsentedAt;
  if (consented !== null) return false;
  return side === "SELLER" || refusal.finding === "DAMAGED";
}

/** Whether a claim about an order of one's own can be opened: bought, completed, under warranty, and none open or upheld. */
export function isClaimable(
  order: { mySide: OrderSide; state: string; endedAt: string | null; listing: { warrantyDays: number } },
  cases: readonly Pick<CaseRowFragment, "kind" | "state">[],
  now: number,
): boolean {
  if (order.mySide !== "BUYER" || order.state !== "COMPLETED" || order.endedAt === null) return false;
  if (now >= Date.parse(order.endedAt) + order.listing.warrantyDays * 86_400_000) return false;
  return !cases.some(({ kind, state }) => kind === "RECOVERY" && (state === "UPHELD" || !isOver(state)));
}
