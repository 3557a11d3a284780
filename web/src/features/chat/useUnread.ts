import { skipToken, useQuery } from "@apollo/client/react";
import { ChatUnreadDocument } from "../../gql/chat";
import { useMe } from "../account/useMe";

/** How many lines are unread in all conversations; 0 for strangers. */
export function useUnread(): number {
  const me = useMe();
  const { data } = useQuery(ChatUnreadDocument, me && !me.blacklisted ? {} : skipToken);
  return data?.chatUnreadCount ?? 0;
}
