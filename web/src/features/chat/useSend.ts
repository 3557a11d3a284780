import { dropDraft, useBox, warn, type Draft } from "./outbox";
import { useDispatch } from "./useDispatch";

/** What a message is about. */
export interface Subject {
  listingId?: string;
  orderId?: string;
}

/** Sends messages to a user or into a conversation. What could not be sent for want of a network goes out when that is back (`useFlush`). */
export function useSend(to: string) {
  const dispatch = useDispatch();
  const { drafts, warning } = useBox(to);
  const again = (draft: Draft) => void dispatch(to, { ...draft, problem: undefined, tries: 0 });
  const send = (text: string, imageIds: readonly string[], about: Subject = {}) =>
    again({ clientId: crypto.randomUUID(), text, imageIds, ...about });
  return { drafts, warning, send, again, drop: (clientId: string) => dropDraft(to, clientId), heed: () => warn(to, undefined) };
}
