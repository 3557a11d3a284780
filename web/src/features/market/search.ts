import type { ListingFilterInput, ListingSortBy } from "../../gql/schema";
import { fenOf } from "../../lib/amount";

/** What somebody looks for in the market, as the address of the page says it. */
export interface Search {
  /** The slug of a game. */
  game: string | null;
  server: string | null;
  /** Prices in yuan as typed, within what the API takes; empty: no bound. */
  from: string;
  to: string;
  sort: ListingSortBy;
}

/** The orders that a list can have, the usual one first. */
export const SORTS: readonly ListingSortBy[] = ["NEWEST", "CHEAPEST", "DEAREST"];

/** Reads an address; what makes no sense there is as if it were not. */
export function readSearch(query: URLSearchParams): Search {
  const game = query.get("game");
  return {
    game,
    server: game === null ? null : query.get("server"),
    from: amountIn(query.get("from")),
    to: amountIn(query.get("to")),
    sort: SORTS.find((one) => one.toLowerCase() === query.get("sort")) ?? "NEWEST",
  };
}

/** The address of a search, with nothing in it that goes without saying. */
export function writeSearch({ game, server, from, to, sort }: Search): URLSearchParams {
  const query = new URLSearchParams();
  if (game !== null) query.set("game", game);
  if (game !== null && server !== null) query.set("server", server);
  if (from !== "") query.set("from", from);
  if (to !== "") query.set("to", to);
  if (sort !== "NEWEST") query.set("sort", sort.toLowerCase());
  return query;
}

/** How many things narrow the list, beside the game. */
export function narrowings({ server, from, to }: Search): number {
  return [server !== null, from !== "", to !== ""].filter(Boolean).length;
}

/** The search without what narrows it, beside the game and the order. */
export function widened({ game, sort }: Search): Search {
  return { game, sort, server: null, from: "", to: "" };
}

/** The filter that the API takes for a search in this game. */
export function filterOf({ server, from, to }: Search, gameId: string | null): ListingFilterInput {
  return {
    ...(gameId !== null && { gameId }),
    ...(server !== null && { serverId: server }),
    ...(from !== "" && { priceFrom: from }),
    ...(to !== "" && { priceTo: to }),
  };
}

function amountIn(text: string | null): string {
  return text !== null && fenOf(text) !== undefined ? text.trim() : "";
}
