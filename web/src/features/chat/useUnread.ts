import { skipToken, useQuery } from "@apollo/client/react";
import { ChatUnreadDocument } from "../../gql/chat";
import { useMe } from "../account/useMe";

// Until events tell of them, new lines are looked for.
const LOOK_EVERY_MS = 20_000;

/** How many lines are unread in all conversations; 0 for strangers. */
export function useUnread(): number {
  const me = useMe();
  const { data } = useQuery(ChatUnreadDocument, me && !me.blacklisted ? { pollInterval: LOOK_EVERY_MS } : skipToken);
  return data?.chatUnreadCount ?? 0;
}
