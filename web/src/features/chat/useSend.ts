import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { ChatMessageSendDocument, type ChatMessageSendMutation } from "../../gql/chat";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { addLine } from "./addLine";

/** A message on its way. Sent again under the same client id it is never doubled. */
export interface Draft {
  clientId: string;
  text: string;
  listingId?: string;
  imageIds: readonly string[];
  problem?: Problem | undefined;
}

type Sent = NonNullable<NonNullable<ChatMessageSendMutation["chatMessageSend"]>["message"]>;

/** Sends messages to a user or into a conversation; those on their way or refused are shown below the others. */
export function useSend(to: string, sent?: (message: Sent) => void) {
  const { cache } = useApolloClient();
  const { run } = useAct(ChatMessageSendDocument, (data) => data.chatMessageSend);
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const drop = (clientId: string) => setDrafts((all) => all.filter((one) => one.clientId !== clientId));
  const dispatch = async ({ clientId, text, listingId, imageIds }: Draft) => {
    const outcome = await run({
      input: { to, clientId, text, imageIds: [...imageIds], ...(listingId === undefined ? {} : { listingId }) },
    });
    const message = outcome.done?.message;
    if (message) {
      drop(clientId);
      if (message.conversation) addLine(cache, message.conversation.id, message);
      sent?.(message);
    } else {
      const problem = outcome.problems?.[0] ?? { code: "INTERNAL_SERVER_ERROR" as const };
      setDrafts((all) => all.map((one) => (one.clientId === clientId ? { ...one, problem } : one)));
    }
  };
  const send = (text: string, imageIds: readonly string[], listingId?: string) => {
    const draft: Draft = { clientId: crypto.randomUUID(), text, imageIds, ...(listingId === undefined ? {} : { listingId }) };
    setDrafts((all) => [...all, draft]);
    void dispatch(draft);
  };
  const again = (refused: Draft) => {
    const draft = { ...refused, problem: undefined };
    setDrafts((all) => all.map((one) => (one.clientId === draft.clientId ? draft : one)));
    void dispatch(draft);
  };
  return { drafts, send, again, drop };
}
