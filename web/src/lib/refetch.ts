import type { ApolloClient } from "@apollo/client";

/** Reads anew those of the named queries that are on screen. */
export async function refetchShown(client: ApolloClient, names: readonly string[]): Promise<void> {
  const shown = [...client.getObservableQueries("active")].filter(
    (query) => query.queryName !== undefined && names.includes(query.queryName),
  );
  await Promise.all(shown.map((query) => query.refetch().catch(() => undefined)));
}
