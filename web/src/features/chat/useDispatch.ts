import { useApolloClient } from "@apollo/client/react";
import { useCallback } from "react";
import { ChatMessageSendDocument } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { addLine } from "./addLine";
import { dropDraft, holds, moveBox, putDraft, refuse, warn, type Draft } from "./outbox";

/** Sends a draft of somebody's box and notes there what came of it; false when nobody answered. */
export function useDispatch(): (to: string, draft: Draft) => Promise<boolean> {
  const { cache } = useApolloClient();
  const { run } = useAct(ChatMessageSendDocument, (data) => data.chatMessageSend);
  return useCallback(
    async (to, draft) => {
      putDraft(to, { ...draft, going: true });
      const { clientId, text, listingId, orderId, imageIds } = draft;
      const about = { ...(listingId === undefined ? {} : { listingId }), ...(orderId === undefined ? {} : { orderId }) };
      const { done, problems } = await run({ input: { to, clientId, text, imageIds: [...imageIds], ...about } });
      const answered = problems?.[0].code !== "OFFLINE";
      // Whoever is here now may be somebody else.
      if (!holds(to, clientId)) return answered;
      const message = done?.message;
      if (!message) {
        refuse(to, clientId, problems?.[0] ?? { code: "INTERNAL_SERVER_ERROR" });
        return answered;
      }
      if (message.conversation) {
        addLine(cache, message.conversation.id, message);
        moveBox(to, message.conversation.id);
      }
      dropDraft(to, clientId);
      warn(to, done.warning ?? undefined);
      return answered;
    },
    [cache, run],
  );
}
