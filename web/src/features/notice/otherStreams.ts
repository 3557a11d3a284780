import type { ApolloClient } from "@apollo/client";
import { ChatUnreadDocument, ConversationsDocument } from "../../gql/chat";
import { StaffEventsDocument } from "../../gql/figures";
import { ChatEventsDocument, OrderEventsDocument, type ChatEventsSubscription, type OrderEventsSubscription } from "../../gql/live";
import type { QueueKind } from "../../gql/schema";
import { follower, type Follower } from "../../lib/live";
import { refetchShown, renewShown } from "../../lib/refetch";
import { addLine } from "../chat/addLine";
import { CONVERSATIONS } from "../chat/ConversationList";
import { stoppedIn, typesIn } from "../chat/typing";

const ORDERS = ["Order", "OrderReviews", "BoughtOrders", "SoldOrders", "Wallet", "WalletStatement"];
const CASES = ["Case", "CaseRoom", "MyCases", "OrderCases", "Order", "Wallet"];
const OFFERS = ["MadeOffers", "ReceivedOffers", "OfferCounts"];

/** What a change in a queue makes stale. */
const QUEUES: Record<QueueKind, readonly string[]> = {
  LISTINGS: ["ReviewQueue"],
  VERIFICATIONS: ["IdentityQueue"],
  WITHDRAWALS: ["WithdrawalQueue"],
  BANK_DIFFERENCES: ["BankDifferences", "BankQuarantine"],
  MONEY_DECISIONS: ["MoneyDecisionQueue", "MoneyDecisions", "PlatformMoney"],
  CASES: ["CaseQueue", "CaseReview", "CaseRoom"],
  REPORTS: ["ReportQueue"],
};

type Written = Extract<ChatEventsSubscription["chatEvents"], { __typename: "ChatLineWritten" }>;

/** A message that somebody wrote, for whoever tells of it. */
export type Heard = Extract<NonNullable<Written["line"]>, { __typename: "Message" }>;

/** Puts what is written, taken back, read and typed where it belongs, and hands on what is worth a word. */
export function chatStream(client: ApolloClient, heard: (message: Heard) => void): Follower {
  return follower({
    name: "chat",
    document: ChatEventsDocument,
    // That somebody types is kept nowhere and has no place among the events.
    cursorOf: ({ chatEvents }) => ("cursor" in chatEvents ? chatEvents.cursor : undefined),
    apply: (data) => {
      const { chatEvents: event } = data;
      if (event.__typename === "ChatTyping") {
        typesIn(event.conversationId);
        return;
      }
      // Each event tells how things are now; the cache puts it to what it knows of them.
      client.cache.write({ dataId: "ROOT_SUBSCRIPTION", query: ChatEventsDocument, result: data });
      if ("unreadCount" in event) client.writeQuery({ query: ChatUnreadDocument, data: { chatUnreadCount: event.unreadCount } });
      if (event.__typename !== "ChatLineWritten" || !event.line) return;
      added(client, event.line);
      if (event.line.__typename === "Message") heard(event.line);
    },
  });
}

function added(client: ApolloClient, line: NonNullable<Written["line"]>): void {
  const id = line.conversation?.id;
  if (id === undefined) return;
  if (line.__typename === "Message" && line.clientId === null) stoppedIn(id);
  if (!addLine(client.cache, id, line)) void refetchShown(client, ["Conversation"]);
  const list = client.readQuery({ query: ConversationsDocument, variables: CONVERSATIONS });
  if (list?.conversations?.edges.some(({ node }) => node.id === id) !== true) void renewShown(client, ["Conversations"]);
}

function staleBy(kind: OrderEventsSubscription["orderEvents"]["__typename"]): readonly string[] {
  switch (kind) {
    case "OfferChanged":
      return OFFERS;
    case "CaseChanged":
      return CASES;
    case "OrderChanged":
      return ORDERS;
  }
}

/** Keeps the queues and the cases on screen right, for admins. */
export function staffStream(client: ApolloClient): Follower {
  return follower({
    name: "staff",
    document: StaffEventsDocument,
    cursorOf: ({ staffEvents }) => staffEvents.cursor,
    apply: (data) => {
      const { staffEvents: event } = data;
      if (event.__typename === "CaseReviewChanged") {
        void refetchShown(client, QUEUES.CASES);
        return;
      }
      client.cache.write({ dataId: "ROOT_SUBSCRIPTION", query: StaffEventsDocument, result: data });
      if (event.queue) void refetchShown(client, QUEUES[event.queue.kind]);
    },
  });
}

/** Keeps orders, offers and cases on screen right. */
export function orderStream(client: ApolloClient): Follower {
  return follower({
    name: "orders",
    document: OrderEventsDocument,
    cursorOf: ({ orderEvents }) => orderEvents.cursor,
    apply: ({ orderEvents: event }) => {
      const stale = staleBy(event.__typename);
      void refetchShown(client, stale);
    },
  });
}
