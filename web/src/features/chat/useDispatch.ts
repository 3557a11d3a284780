import { useApolloClient } from "@apollo/client/react";
import { useCallback } from "react";
import { ChatMessageSendDocument } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { addLine } from "./addLine";
import { dropDraft, holds, moveBox, putDraft, refuse, warn, type Draft } from "./outbox";

/** Sends a draft of somebody's box and notes there what came of it. */
export function useDispatch(): (to: string, draft: Draft) => Promise<void> {
  const { cache } = useApolloClient();
  const { run } = useAct(ChatMessageSendDocument, (data) => data.chatMessageSend);
  return useCallback(
    async (to, draft) => {
      putDraft(to, { ...draft, problem: undefined });
      const { clientId, text, listingId, orderId, imageIds } = draft;
      const about = { ...(listingId === undefined ? {} : { listingId }), ...(orderId === undefined ? {} : { orderId }) };
      const { done, problems } = await run({ input: { to, clientId, text, imageIds: [...imageIds], ...about } });
      // Whoever is here now may be somebody else.
      if (!holds(to, clientId)) return;
      const message = done?.message;
      if (!message) {
        refuse(to, clientId, problems?.[0] ?? { code: "INTERNAL_SERVER_ERROR" });
        return;
      }
      if (message.conversation) {
        addLine(cache, message.conversation.id, message);
        moveBox(to, message.conversation.id);
      }
      dropDraft(to, clientId);
      warn(to, done.warning ?? undefined);
    },
    [cache, run],
  );
}
