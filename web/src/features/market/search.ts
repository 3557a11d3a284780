import type { AttributeFilterInput, ListingFilterInput, ListingSortBy } from "../../gql/schema";
import { fenOf } from "../../lib/amount";

/** What an attribute must say: one of some choices, a number within bounds, or yes or no. */
export interface Wanted {
  choices?: readonly string[];
  from?: number;
  to?: number;
  yes?: boolean;
}

/** What somebody looks for in the market, as the address of the page says it. */
export interface Search {
  words: string;
  /** The slug of a game. */
  game: string | null;
  server: string | null;
  /** Prices in yuan as typed, within what the API takes; empty: no bound. */
  from: string;
  to: string;
  /** What attributes must say, by their keys. */
  attributes: Readonly<Record<string, Wanted>>;
  sort: ListingSortBy;
}

/** The orders that a list can have, the usual one first. */
export const SORTS: readonly ListingSortBy[] = ["NEWEST", "CHEAPEST", "DEAREST", "POPULAR"];

/** The longest words that the API takes. */
export const WORDS = 100;

// Keys of attributes stand in the address behind this.
const ATTRIBUTE = "a.";

/** Reads an address; what makes no sense there is as if it were not. */
export function readSearch(query: URLSearchParams): Search {
  const game = query.get("game");
  return {
    words: (query.get("q") ?? "").trim().slice(0, WORDS),
    game,
    server: game === null ? null : query.get("server"),
    from: amountIn(query.get("from")),
    to: amountIn(query.get("to")),
    attributes: game === null ? {} : attributesIn(query),
    sort: SORTS.find((one) => one.toLowerCase() === query.get("sort")) ?? "NEWEST",
  };
}

/** The address of a search, with nothing in it that goes without saying. */
export function writeSearch({ words, game, server, from, to, attributes, sort }: Search): URLSearchParams {
  const query = new URLSearchParams();
  if (words !== "") query.set("q", words);
  if (game !== null) query.set("game", game);
  if (game !== null && server !== null) query.set("server", server);
  if (from !== "") query.set("from", from);
  if (to !== "") query.set("to", to);
  if (game !== null) for (const [key, wanted] of Object.entries(attributes)) query.set(ATTRIBUTE + key, wantedText(wanted));
  if (sort !== "NEWEST") query.set("sort", sort.toLowerCase());
  return query;
}

/** How many things narrow the list, beside words and game. */
export function narrowings({ server, from, to, attributes }: Search): number {
  return [server !== null, from !== "", to !== ""].filter(Boolean).length + Object.keys(attributes).length;
}

/** The search without what narrows it, beside words, game and order. */
export function widened(search: Search): Search {
  return { ...search, server: null, from: "", to: "", attributes: {} };
}

/** The search with something else wanted of an attribute; with nothing, of it nothing is wanted any more. */
export function wanting(search: Search, key: string, wanted: Wanted): Search {
  const others = Object.fromEntries(Object.entries(search.attributes).filter(([other]) => other !== key));
  return { ...search, attributes: wantedText(wanted) === "" ? others : { ...others, [key]: wanted } };
}

/** The filter that the API takes for a search in this game. */
export function filterOf({ words, server, from, to, attributes }: Search, gameId: string | null): ListingFilterInput {
  const said = Object.entries(attributes).map(([key, wanted]): AttributeFilterInput => ({
    key,
    ...wanted,
    choices: [...(wanted.choices ?? [])],
  }));
  return {
    ...(words !== "" && { words }),
    ...(gameId !== null && { gameId }),
    ...(server !== null && { serverId: server }),
    ...(from !== "" && { priceFrom: from }),
    ...(to !== "" && { priceTo: to }),
    ...(said.length > 0 && { attributes: said }),
  };
}

function attributesIn(query: URLSearchParams): Record<string, Wanted> {
  const found = [...query].flatMap(([name, text]): [string, Wanted][] => {
    const wanted = name.startsWith(ATTRIBUTE) ? wantedIn(text) : undefined;
    return wanted === undefined ? [] : [[name.slice(ATTRIBUTE.length), wanted]];
  });
  return Object.fromEntries(found);
}

/** `gold,silver`, `10..50`, `~yes`. */
function wantedText({ choices = [], from, to, yes }: Wanted): string {
  if (yes !== undefined) return yes ? "~yes" : "~no";
  if (from !== undefined || to !== undefined) return `${from ?? ""}..${to ?? ""}`;
  return choices.join(",");
}

function wantedIn(text: string): Wanted | undefined {
  if (text === "~yes" || text === "~no") return { yes: text === "~yes" };
  const range = /^(\d{0,9})\.\.(\d{0,9})$/.exec(text);
  if (range) {
    const [from, to] = [range[1] ?? "", range[2] ?? ""];
    return from === "" && to === "" ? undefined : { ...(from !== "" && { from: Number(from) }), ...(to !== "" && { to: Number(to) }) };
  }
  const choices = text.split(",").filter((choice) => /^[\w-]+$/.test(choice));
  return choices.length === 0 ? undefined : { choices };
}

function amountIn(text: string | null): string {
  return text !== null && fenOf(text) !== undefined ? text.trim() : "";
}
