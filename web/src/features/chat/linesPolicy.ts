import type { FieldPolicy, Reference, StoreObject } from "@apollo/client";

interface Edge {
  node: Reference | StoreObject;
}

interface Page {
  edges: readonly Edge[];
  pageInfo?: unknown;
}

/**
 * Puts pages of lines together. A page from the top joins what is known of the older lines where both touch; where there is a gap between them,
 * the older ones are forgotten and fetched again by scrolling.
 */
export function mergeLines(known: Page | undefined, page: Page, after: boolean, seqOf: (edge: Edge) => number): Page {
  if (!known) return page;
  const last = page.edges.at(-1);
  if (after) {
    const oldest = known.edges.at(-1);
    const end = oldest ? seqOf(oldest) : Infinity;
    return { ...page, edges: [...known.edges, ...page.edges.filter((edge) => seqOf(edge) < end)] };
  }
  if (!last) return page;
  const end = seqOf(last);
  const older = known.edges.filter((edge) => seqOf(edge) < end);
  const touches = known.edges.some((edge) => seqOf(edge) >= end - 1 && seqOf(edge) <= end);
  return touches && older.length > 0 ? { ...page, edges: [...page.edges, ...older], pageInfo: known.pageInfo } : page;
}

/** How the cache keeps a conversation's lines. */
export const linesPolicy: FieldPolicy<Page, Page> = {
  keyArgs: false,
  merge: (known, page, { args, readField }) =>
    mergeLines(known, page, args?.after != null, (edge) => readField<number>("seq", edge.node) ?? 0),
};
