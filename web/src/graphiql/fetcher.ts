import { createGraphiQLFetcher, type Fetcher } from "@graphiql/toolkit";

/**
 * The headers of the editor as both roads take them: HTTP as headers, the socket as `connectionParams`.
 *
 * Header names may be written in any case; the keys of `connectionParams` may not, so the one that counts there is set straight.
 */
export function straighten(headers: Record<string, string>): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase() === "authorization" ? "Authorization" : name, value]);
  return Object.fromEntries(named) as Record<string, string>;
}

/** The socket's address: the API's own, with the scheme that fits the page's. */
export function socketUrl(page: URL, path: string): string {
  const url = new URL(path, page);
  url.protocol = page.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** Queries and mutations over HTTP, subscriptions over graphql-transport-ws, one path for all. */
export function makeFetcher(page: URL): Fetcher {
  const url = new URL("/graphql", page).href;
  const send = createGraphiQLFetcher({ url, subscriptionUrl: socketUrl(page, "/graphql"), enableIncrementalDelivery: false });
  return (params, options) => send(params, { ...options, headers: straighten(options?.headers ?? {}) });
}
