import type { TypedDocumentNode } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useAct, type Outcome, type Payload } from "../../lib/act";
import { useKeyFor } from "../../lib/key";
import { refetchShown } from "../../lib/refetch";

/** What a step in a case makes stale. */
export const CASE_QUERIES = ["Case", "CaseRoom", "MyCases", "OrderCases", "Order", "Wallet", "CaseReview", "CaseQueue"];

/** Takes a step in a case and reads anew what it changed. */
export function useCaseStep<D, I extends object, P extends Payload>(
  document: TypedDocumentNode<D, { input: I }>,
  pick: (data: D) => P | null,
) {
  const client = useApolloClient();
  const { run, busy } = useAct<D, { input: I }, P>(document, pick);
  const act = async (input: I): Promise<Outcome<P>> => {
    const outcome = await run({ input });
    if (outcome.done) await refetchShown(client, CASE_QUERIES);
    return outcome;
  };
  return { act, busy };
}

/** The same, with a key for this one act. */
export function useCaseAct<D, I extends { idempotencyKey: string }, P extends Payload>(
  document: TypedDocumentNode<D, { input: I }>,
  pick: (data: D) => P | null,
) {
  const keyFor = useKeyFor();
  const { act: step, busy } = useCaseStep(document, pick);
  const act = (input: Omit<I, "idempotencyKey">) => step({ ...input, idempotencyKey: keyFor(input) } as I);
  return { act, busy };
}
