import type { ApolloClient, ObservableQuery } from "@apollo/client";

/** Reads anew those of the named queries that are on screen. Of a list its first page is left. */
export async function refetchShown(client: ApolloClient, names: readonly string[]): Promise<void> {
  await Promise.all(shown(client, names).map((query) => query.refetch().catch(() => undefined)));
}

/** Reads anew the first pages of the named lists that are on screen, and leaves whoever reads further down where he is. */
export async function renewShown(client: ApolloClient, names: readonly string[]): Promise<void> {
  const ask = ({ query, variables }: ObservableQuery) => client.query({ query, variables, fetchPolicy: "network-only" });
  await Promise.all(shown(client, names).map((query) => ask(query).catch(() => undefined)));
}

/** Whether the named query is on screen. */
export function isShown(client: ApolloClient, name: string): boolean {
  return shown(client, [name]).length > 0;
}

function shown(client: ApolloClient, names: readonly string[]): ObservableQuery[] {
  return [...client.getObservableQueries("active")].filter(({ queryName }) => queryName !== undefined && names.includes(queryName));
}
