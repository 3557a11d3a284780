import type { ApolloClient } from "@apollo/client";
import { ChatUnreadDocument } from "../../gql/chat";
import { ChatEventsDocument, OrderEventsDocument } from "../../gql/live";
import { follower, type Follower } from "../../lib/live";
import { refetchShown } from "../../lib/refetch";

/** Keeps conversations on screen and the badge right. */
export function chatStream(client: ApolloClient): Follower {
  return follower({
    document: ChatEventsDocument,
    // That somebody types is kept nowhere and has no place among the events.
    cursorOf: ({ chatEvents }) => ("cursor" in chatEvents ? chatEvents.cursor : undefined),
    apply: ({ chatEvents }) => {
      if ("unreadCount" in chatEvents) client.writeQuery({ query: ChatUnreadDocument, data: { chatUnreadCount: chatEvents.unreadCount } });
      if ("cursor" in chatEvents) void refetchShown(client, ["Conversation", "Conversations"]);
    },
  });
}

/** Keeps orders on screen right. */
export function orderStream(client: ApolloClient): Follower {
  return follower({
    document: OrderEventsDocument,
    cursorOf: ({ orderEvents }) => orderEvents.cursor,
    apply: () => void refetchShown(client, ["Order", "BoughtOrders", "SoldOrders", "Wallet", "WalletStatement"]),
  });
}
