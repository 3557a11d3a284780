import { useQuery } from "@apollo/client/react";
import { MeDocument, type MeQuery } from "../../gql/account";
import { useSession } from "../../lib/session";

/** Whoever is signed in, with his rights; nothing for strangers and until the API said who it is. */
export function useMe(): NonNullable<MeQuery["me"]> | undefined {
  const session = useSession();
  const { data } = useQuery(MeDocument, { skip: session !== "in" });
  return session === "in" ? (data?.me ?? undefined) : undefined;
}
