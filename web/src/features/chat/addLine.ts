import type { ApolloCache, Reference, StoreObject } from "@apollo/client";
import { LineFragmentDoc, type LineFragment } from "../../gql/chat";

interface Edges {
  edges: readonly { node: Reference | StoreObject }[];
}

/** Adds a line to what is known of its conversation, in its place. A line that is there already changes nothing. */
export function addLine(cache: ApolloCache, conversationId: string, line: LineFragment): void {
  const node = cache.writeFragment({ fragment: LineFragmentDoc, fragmentName: "Line", data: line });
  if (!node) return;
  cache.modify<{ lines: Reference }>({
    id: cache.identify({ __typename: "Conversation", id: conversationId }),
    fields: {
      lines: (value: unknown, { readField }) => {
        const known = value as Edges & Reference;
        const { edges } = known;
        const seqOf = (edge: Edges["edges"][number]) => readField<number>("seq", edge.node) ?? 0;
        if (edges.some((edge) => seqOf(edge) === line.seq)) return known;
        const place = edges.findIndex((edge) => seqOf(edge) < line.seq);
        // Older than all that is known: the pages that are fetched by scrolling bring it.
        if (place < 0 && edges.length > 0) return known;
        const added = { __typename: "ChatLineEdge", cursor: "", node };
        return { ...known, edges: edges.toSpliced(Math.max(place, 0), 0, added) };
      },
    },
  });
}
