import { useQuery } from "@apollo/client/react";
import { QueuesDocument, type QueueRowFragment } from "../../gql/figures";
import type { QueueKind } from "../../gql/schema";

/** How a queue stands. */
export type Waiting = QueueRowFragment;

/** How the queues stand, by kind; `staffEvents` keeps them right. */
export function useQueues(): ReadonlyMap<QueueKind, Waiting> {
  const { data } = useQuery(QueuesDocument, { fetchPolicy: "cache-and-network" });
  return new Map(data?.queues?.map((queue) => [queue.kind, queue]));
}
