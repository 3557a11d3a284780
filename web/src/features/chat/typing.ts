import { useMutation } from "@apollo/client/react";
import { useCallback, useRef, useSyncExternalStore } from "react";
import { ChatTypingDocument } from "../../gql/chat";

// What the API says: it holds for 6 seconds, and is said again every 3.
const HOLDS_MS = 6_000;
const AGAIN_MS = 3_000;

const typing = new Map<string, ReturnType<typeof setTimeout>>();
const watchers = new Set<() => void>();

/** The other member of a conversation is typing. */
export function typesIn(conversationId: string): void {
  clearTimeout(typing.get(conversationId));
  typing.set(
    conversationId,
    setTimeout(() => stoppedIn(conversationId), HOLDS_MS),
  );
  tell();
}

/** He no longer is: he sent it, or nothing was heard of it for a while. */
export function stoppedIn(conversationId: string): void {
  clearTimeout(typing.get(conversationId));
  if (typing.delete(conversationId)) tell();
}

/** Whether the other member is typing, for components. */
export function useTypes(conversationId: string): boolean {
  return useSyncExternalStore(watch, () => typing.has(conversationId));
}

/** Tells the other member that one is typing, as often as is needed; whether it arrives does not matter. */
export function useTellTyping(conversationId: string | undefined): () => void {
  const [run] = useMutation(ChatTypingDocument);
  const last = useRef(-Infinity);
  return useCallback(() => {
    if (conversationId === undefined || performance.now() - last.current < AGAIN_MS) return;
    last.current = performance.now();
    run({ variables: { input: { conversationId } } }).catch(() => undefined);
  }, [conversationId, run]);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(): void {
  for (const watcher of watchers) watcher();
}
