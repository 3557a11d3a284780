import { isReference, type FieldPolicy, type Reference, type StoreObject } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { onSpoken } from "./words";

export interface Edge {
  cursor: string;
  node: Reference | StoreObject;
}

export interface Pages {
  edges: readonly Edge[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** What the cache keeps of a list, and when its last page was read. */
interface Kept extends Pages {
  readAt: number;
}

// Further down a list nothing is read anew; after so long it is not believed any more.
const GOOD_MS = 10 * 60_000;

// What was read before is in the words of another language.
let spokenAt = -Infinity;
onSpoken(() => (spokenAt = Date.now()));

/** What makes an edge the same as another: its node, or its place where the node has no id. */
const keyOf = ({ cursor, node }: Edge) => (isReference(node) ? node.__ref : cursor);

/**
 * Puts the pages of an endless list together. A page after a cursor is added there. The first page read anew takes the place of the old one and
 * keeps what was known below it, where both touch; where they do not, only the page is left, and the rest comes again by scrolling.
 */
export function mergePages(known: Pages | undefined, page: Pages, after?: string | null): Pages {
  if (!known) return page;
  if (after != null) {
    // What ended the list may have moved to another place of it since.
    const end = after === known.pageInfo.endCursor ? known.edges.length : known.edges.findIndex(({ cursor }) => cursor === after) + 1;
    // It follows something that is not known any more.
    if (end === 0) return known;
    const before = known.edges.slice(0, end);
    return { ...known, ...page, edges: [...before, ...without(page.edges, before)] };
  }
  const tail = page.pageInfo.hasNextPage ? tailBelow(known.edges, page.edges) : [];
  if (tail.length === 0) return page;
  const { hasNextPage, endCursor } = known.pageInfo;
  return { ...known, ...page, edges: [...page.edges, ...tail], pageInfo: { ...page.pageInfo, hasNextPage, endCursor } };
}

/** What of a list follows a new head of it; nothing where that cannot be said. */
function tailBelow(known: readonly Edge[], head: readonly Edge[]): readonly Edge[] {
  const places = new Map(known.map((edge, place) => [keyOf(edge), place]));
  const found = head.flatMap((edge) => places.get(keyOf(edge)) ?? []);
  const last = head.at(-1);
  const lastPlace = last && places.get(keyOf(last));
  if (lastPlace === undefined) return [];
  // How much has happened if the head covers all down to this place: what of it was below has moved up, what of the others was above has gone.
  const happened = (place: number) => {
    const above = found.filter((one) => one <= place).length;
    return found.length - above + (place + 1 - above);
  };
  const covered = [lastPlace, -1, ...found].reduce((best, place) => (happened(place) < happened(best) ? place : best));
  // The end of the head has itself moved up from below: what is between is not known.
  if (lastPlace > covered) return [];
  return without(known.slice(covered + 1), head);
}

function without(edges: readonly Edge[], others: readonly Edge[]): Edge[] {
  const there = new Set(others.map(keyOf));
  return edges.filter((edge) => !there.has(keyOf(edge)));
}

/** How the cache keeps an endless list: one for each of these arguments. Whoever comes back finds it as long as he left it. */
export function pagesPolicy(keyArgs: string[] | false = false): FieldPolicy<Kept, Pages> {
  const { read } = relayStylePagination(keyArgs) as FieldPolicy<Kept, Pages>;
  return {
    keyArgs,
    ...(read && { read }),
    merge: (known, page: Pages | null, { args }): Kept => {
      if (!page) return known as Kept;
      const after = args?.after as string | null | undefined;
      const foreign = known !== undefined && known.readAt <= spokenAt;
      const good = after != null || (known !== undefined && !foreign && Date.now() - known.readAt < GOOD_MS);
      const merged = mergePages(good ? known : undefined, page, after);
      // A page that comes after foreign ones makes them no better.
      const older = after == null ? merged.edges.length > page.edges.length : foreign;
      return { ...merged, readAt: older && known ? known.readAt : Date.now() };
    },
  };
}
