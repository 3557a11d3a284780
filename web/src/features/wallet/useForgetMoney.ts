import { useApolloClient } from "@apollo/client/react";
import { useCallback } from "react";

/** What the pages know of somebody's money is read anew wherever it is shown. */
export function useForgetMoney(): () => void {
  const { cache } = useApolloClient();
  return useCallback(() => {
    for (const fieldName of ["wallet", "walletStatement", "deposits", "withdrawals", "myDebts"])
      cache.evict({ id: "ROOT_QUERY", fieldName });
    cache.gc();
  }, [cache]);
}
