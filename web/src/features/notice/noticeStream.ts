import type { ApolloClient } from "@apollo/client";
import { NoticeEventsDocument, NoticeUnreadDocument, type NoticeEventsSubscription } from "../../gql/live";
import { follower, type Follower } from "../../lib/live";
import { isShown, refetchShown, renewShown } from "../../lib/refetch";
import { staleQueries } from "./subject";

/** A notice as it arrives. */
export type Created = Extract<NoticeEventsSubscription["noticeEvents"], { __typename: "NoticeCreated" }>["notice"];

/** Keeps the badge and the list right, reads anew what a notice is about, and shows the notice. */
export function noticeStream(client: ApolloClient, show: (notice: Created) => void): Follower {
  return follower({
    name: "notices",
    document: NoticeEventsDocument,
    cursorOf: ({ noticeEvents }) => noticeEvents.cursor,
    apply: ({ noticeEvents }) => {
      client.writeQuery({ query: NoticeUnreadDocument, data: { noticeUnreadCount: noticeEvents.unreadCount } });
      switch (noticeEvents.__typename) {
        case "NoticesRead":
          if (isShown(client, "Notices")) void refetchShown(client, ["Notices"]);
          else client.cache.evict({ id: "ROOT_QUERY", fieldName: "notices" });
          return;
        case "NoticeWithdrawn":
          client.cache.evict({ id: client.cache.identify({ __typename: "Notice", id: noticeEvents.noticeId }) });
          void renewShown(client, ["Notices"]);
          return;
        case "NoticeCreated":
          void renewShown(client, ["Notices"]);
          void refetchShown(client, staleQueries(noticeEvents.notice));
          show(noticeEvents.notice);
      }
    },
  });
}
