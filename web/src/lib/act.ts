import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useCallback, useState } from "react";
import type { UserErrorCode } from "../gql/schema";
import { askProof } from "./proof";
import { failureOf, problemOf, type Problem } from "./problems";

/** What every mutation answers beside what it made. */
export interface Payload {
  userErrors: { code: UserErrorCode; field: string[] | null; message: string }[];
}

/** What became of an action: done, or why not. */
export type Outcome<P> = { done: P; problems?: never } | { done?: never; problems: [Problem, ...Problem[]] };

/**
 * Runs mutations; everything that can go wrong comes back as problems, nothing is thrown. `busy` while one runs.
 *
 * What the API does only after a fresh proof is asked again once the proof was given.
 */
export function useAct<D, V extends OperationVariables, P extends Payload>(document: TypedDocumentNode<D, V>, pick: (data: D) => P | null) {
  const client = useApolloClient();
  const [running, setRunning] = useState(0);
  const run = useCallback(
    async (variables: V): Promise<Outcome<P>> => {
      setRunning((count) => count + 1);
      try {
        const ask = async () => {
          const { data } = await client.mutate({ mutation: document, variables } as Parameters<typeof client.mutate<D, V>>[0]);
          return outcomeOf(data ? pick(data as D) : null);
        };
        const outcome = await ask();
        const wantsProof = outcome.problems?.[0].code === "FRESH_PROOF_REQUIRED";
        return wantsProof && (await askProof()) ? await ask() : outcome;
      } catch (error) {
        return { problems: [{ code: failureOf(error) }] };
      } finally {
        setRunning((count) => count - 1);
      }
    },
    // `pick` is written in place and always the same for a document.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [client, document],
  );
  return { run, busy: running > 0 };
}

/** A payload as an outcome; none at all is a defect of the server. */
export function outcomeOf<P extends Payload>(payload: P | null): Outcome<P> {
  if (payload === null) return { problems: [{ code: "INTERNAL_SERVER_ERROR" }] };
  const [first, ...others] = payload.userErrors.map(problemOf);
  return first ? { problems: [first, ...others] } : { done: payload };
}
