import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { ChatMessageSendDocument, type ChatMessageSendMutation } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { useLive } from "../../lib/live";
import { addLine } from "./addLine";
import { dropDraft, putDraft, useBox, warn, type Draft } from "./outbox";

type Sent = NonNullable<NonNullable<ChatMessageSendMutation["chatMessageSend"]>["message"]>;

/** What a message is about. */
export interface Subject {
  listingId?: string;
  orderId?: string;
}

/** Sends messages to a user or into a conversation. What could not be sent for want of a network goes out when that is back. */
export function useSend(to: string, sent?: (message: Sent) => void) {
  const { cache } = useApolloClient();
  const { run } = useAct(ChatMessageSendDocument, (data) => data.chatMessageSend);
  const { drafts, warning } = useBox(to);
  const dispatch = async ({ clientId, text, listingId, orderId, imageIds }: Draft) => {
    const about = { ...(listingId === undefined ? {} : { listingId }), ...(orderId === undefined ? {} : { orderId }) };
    const outcome = await run({ input: { to, clientId, text, imageIds: [...imageIds], ...about } });
    const message = outcome.done?.message;
    if (!message) {
      const problem = outcome.problems?.[0] ?? { code: "INTERNAL_SERVER_ERROR" as const };
      putDraft(to, { clientId, text, imageIds, ...about, problem });
      return;
    }
    if (message.conversation) addLine(cache, message.conversation.id, message);
    dropDraft(to, clientId);
    warn(to, outcome.done?.warning ?? undefined);
    sent?.(message);
  };
  const again = (refused: Draft) => {
    const draft = { ...refused, problem: undefined };
    putDraft(to, draft);
    void dispatch(draft);
  };
  const send = (text: string, imageIds: readonly string[], about: Subject = {}) =>
    again({ clientId: crypto.randomUUID(), text, imageIds, ...about });
  const live = useLive() === "live";
  useEffect(() => {
    if (live) for (const draft of drafts) if (draft.problem?.code === "OFFLINE") again(draft);
    // Only when the network comes back; else what fails again would be sent for ever.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [live, to]);
  return { drafts, warning, send, again, drop: (clientId: string) => dropDraft(to, clientId), heed: () => warn(to, undefined) };
}
