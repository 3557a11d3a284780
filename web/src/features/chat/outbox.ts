import { useSyncExternalStore } from "react";
import type { ChatMessageSendMutation } from "../../gql/chat";
import type { Problem } from "../../lib/problems";
import { onChange } from "../../lib/session";

/** A message on its way. Sent again under the same client id it is never doubled. */
export interface Draft {
  clientId: string;
  text: string;
  listingId?: string;
  orderId?: string;
  imageIds: readonly string[];
  problem?: Problem | undefined;
}

type Warning = NonNullable<NonNullable<ChatMessageSendMutation["chatMessageSend"]>["warning"]>;

/** What waits to be sent to somebody, and what the platform said about what was sent last. */
export interface Box {
  drafts: readonly Draft[];
  warning?: Warning | undefined;
}

const EMPTY: Box = { drafts: [] };
const boxes = new Map<string, Box>();
const watchers = new Set<() => void>();

onChange((change) => {
  if (change !== "ended") return;
  boxes.clear();
  tell();
});

/** What waits for a user or in a conversation; it stays while one reads elsewhere. */
export function useBox(to: string): Box {
  return useSyncExternalStore(watch, () => boxes.get(to) ?? EMPTY);
}

/** Adds a draft, or puts it in the place of the one with its client id. */
export function putDraft(to: string, draft: Draft): void {
  change(to, ({ drafts }) => {
    const known = drafts.some((one) => one.clientId === draft.clientId);
    return { drafts: known ? drafts.map((one) => (one.clientId === draft.clientId ? draft : one)) : [...drafts, draft] };
  });
}

/** Takes a draft away: it was sent, or its writer gave it up. */
export function dropDraft(to: string, clientId: string): void {
  change(to, ({ drafts }) => ({ drafts: drafts.filter((one) => one.clientId !== clientId) }));
}

/** Keeps what the platform said about the newest message, or forgets it. */
export function warn(to: string, warning: Box["warning"]): void {
  change(to, () => ({ warning }));
}

/** What waits for a user waits in the conversation that began meanwhile. */
export function moveBox(from: string, to: string): void {
  const box = boxes.get(from);
  if (!box) return;
  boxes.delete(from);
  boxes.set(to, box);
  tell();
}

function change(to: string, by: (box: Box) => Partial<Box>): void {
  const box = boxes.get(to) ?? EMPTY;
  boxes.set(to, { ...box, ...by(box) });
  tell();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(): void {
  for (const watcher of watchers) watcher();
}
