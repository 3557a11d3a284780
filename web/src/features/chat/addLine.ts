import type { ApolloCache, Reference, StoreObject } from "@apollo/client";
import { LineFragmentDoc, type LineFragment } from "../../gql/chat";

interface Edges {
  edges: readonly { node: Reference | StoreObject }[];
}

/**
 * Adds a line to what is known of its conversation, in its place. A line that is there already changes nothing.
 *
 * Lines are numbered without gaps, so one that does not follow the newest known shows that some are missing: then this answers `false`.
 */
export function addLine(cache: ApolloCache, conversationId: string, line: LineFragment): boolean {
  const node = cache.writeFragment({ fragment: LineFragmentDoc, fragmentName: "Line", data: line });
  let whole = true;
  if (!node) return whole;
  cache.modify<{ lines: Reference }>({
    id: cache.identify({ __typename: "Conversation", id: conversationId }),
    fields: {
      lines: (value: unknown, { readField }) => {
        const known = value as Edges & Reference;
        const { edges } = known;
        const seqOf = (edge: Edges["edges"][number]) => readField<number>("seq", edge.node) ?? 0;
        if (edges.some((edge) => seqOf(edge) === line.seq)) return known;
        const [newest] = edges;
        if (newest && seqOf(newest) < line.seq - 1) whole = false;
        const place = edges.findIndex((edge) => seqOf(edge) < line.seq);
        // Older than all that is known: the pages that are fetched by scrolling bring it.
        if (place < 0 && edges.length > 0) return known;
        const added = { __typename: "ChatLineEdge", cursor: "", node };
        return { ...known, edges: edges.toSpliced(Math.max(place, 0), 0, added) };
      },
    },
  });
  return whole;
}
