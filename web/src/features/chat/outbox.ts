import { useCallback, useSyncExternalStore } from "react";
import type { ChatMessageSendMutation } from "../../gql/chat";
import type { Problem } from "../../lib/problems";
import { onChange } from "../../lib/session";
import type { Shelf, Upload } from "../selling/useUploads";

/** A message on its way. Sent again under the same client id it is never doubled. */
export interface Draft {
  clientId: string;
  text: string;
  listingId?: string;
  orderId?: string;
  imageIds: readonly string[];
  problem?: Problem | undefined;
  /** Being sent at this moment. What it failed of before stays said meanwhile. */
  going?: boolean;
  /** How often nobody answered, since somebody last pressed or the network last came back. */
  tries?: number;
}

type Warning = NonNullable<NonNullable<ChatMessageSendMutation["chatMessageSend"]>["warning"]>;

/** What waits to be sent to somebody, and what the platform said about what was sent last. */
export interface Box {
  drafts: readonly Draft[];
  warning?: Warning | undefined;
}

/** What is being written to somebody and was not sent yet. */
interface Begun {
  text: string;
  uploads: readonly Upload[];
}

/** How often a message is sent again by itself. */
const MOST_TRIES = 5;

const EMPTY: Box = { drafts: [] };
const BLANK: Begun = { text: "", uploads: [] };
const boxes = new Map<string, Box>();
const begun = new Map<string, Begun>();
/** Where a box went when a conversation began. */
const moved = new Map<string, string>();
const watchers = new Set<() => void>();

onChange((change) => {
  if (change !== "ended") return;
  for (const all of [boxes, begun, moved]) all.clear();
  tell();
});

/** What waits for a user or in a conversation; it stays while one reads elsewhere. */
export function useBox(to: string): Box {
  return useSyncExternalStore(watch, () => boxes.get(at(to)) ?? EMPTY);
}

/** The conversation that began with a user meanwhile. */
export function useMoved(from: string): string | undefined {
  return useSyncExternalStore(watch, () => moved.get(from));
}

/** What is being written to a user or in a conversation, and how it is changed. */
export function useBegun(to: string) {
  const { text, uploads } = useSyncExternalStore(watch, () => begun.get(at(to)) ?? BLANK);
  const setText = useCallback((next: string) => write(to, () => ({ text: next })), [to]);
  const setUploads = useCallback<Shelf[1]>((by) => write(to, (known) => ({ uploads: by(known.uploads) })), [to]);
  return { text, setText, shelf: [uploads, setUploads] as const };
}

/** Adds a draft, or puts it in the place of the one with its client id. */
export function putDraft(to: string, draft: Draft): void {
  change(to, ({ drafts }) => {
    const known = drafts.some((one) => one.clientId === draft.clientId);
    return { drafts: known ? drafts.map((one) => (one.clientId === draft.clientId ? draft : one)) : [...drafts, draft] };
  });
}

/** Whether a draft is still there: neither its writer gave it up nor his session ended. */
export function holds(to: string, clientId: string): boolean {
  return boxes.get(at(to))?.drafts.some((one) => one.clientId === clientId) === true;
}

/** Notes why a draft was not taken, if its writer has not given it up. */
export function refuse(to: string, clientId: string, problem: Problem): void {
  change(to, ({ drafts }) => ({
    drafts: drafts.map((one) => (one.clientId === clientId ? { ...one, problem, going: false, tries: (one.tries ?? 0) + 1 } : one)),
  }));
}

/** Takes a draft away: it was sent, or its writer gave it up. */
export function dropDraft(to: string, clientId: string): void {
  change(to, ({ drafts }) => ({ drafts: drafts.filter((one) => one.clientId !== clientId) }));
}

/** Keeps what the platform said about the newest message, or forgets it. */
export function warn(to: string, warning: Box["warning"]): void {
  change(to, () => ({ warning }));
}

/** What waits for a user waits in the conversation that began meanwhile, and whatever is still said of it is said there. */
export function moveBox(from: string, to: string): void {
  if (from === to || moved.get(from) === to) return;
  const box = boxes.get(from);
  const other = boxes.get(to);
  if (box) boxes.set(to, { ...other, ...box, drafts: [...(other?.drafts ?? []), ...box.drafts] });
  const text = begun.get(from);
  if (text && (begun.get(to) ?? BLANK).text === "") begun.set(to, text);
  boxes.delete(from);
  begun.delete(from);
  moved.set(from, to);
  tell();
}

/** Every box in which something waits for the network. */
export function waitingBoxes(): string[] {
  return [...boxes].flatMap(([to, { drafts }]) => (drafts.some(waits) ? [to] : []));
}

/** What waits for the network in a box, in the order in which it was written. */
export function waitingIn(to: string): readonly Draft[] {
  return boxes.get(at(to))?.drafts.filter(waits) ?? [];
}

/** Counts the tries of all that waits from the beginning. */
export function renewTries(): void {
  for (const to of waitingBoxes()) change(to, ({ drafts }) => ({ drafts: drafts.map((one) => (waits(one) ? { ...one, tries: 0 } : one)) }));
}

/** How often the draft was tried that is to be tried again next; nothing when none is. */
export function useNextTry(): number | undefined {
  return useSyncExternalStore(watch, nextTry);
}

/** How often the draft was tried that is to be tried again next, outside of components. */
export function nextTry(): number | undefined {
  // Where something is going the others wait for it.
  const still = [...boxes.values()].filter(({ drafts }) => !drafts.some(({ going }) => going === true));
  const tries = still
    .flatMap(({ drafts }) => drafts.filter(waits))
    .map((draft) => draft.tries ?? 0)
    .filter((count) => count <= MOST_TRIES);
  return tries.length === 0 ? undefined : Math.min(...tries);
}

const waits = ({ problem, going }: Draft) => problem?.code === "OFFLINE" && going !== true;

/** Where what waits for a user or in a conversation is by now. */
export function at(to: string): string {
  return moved.get(to) ?? to;
}

function change(to: string, by: (box: Box) => Partial<Box>): void {
  const box = boxes.get(at(to)) ?? EMPTY;
  boxes.set(at(to), { ...box, ...by(box) });
  tell();
}

function write(to: string, by: (known: Begun) => Partial<Begun>): void {
  const known = begun.get(at(to)) ?? BLANK;
  begun.set(at(to), { ...known, ...by(known) });
  tell();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(): void {
  for (const watcher of watchers) watcher();
}
