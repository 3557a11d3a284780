import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { addTypenameToDocument } from "@apollo/client/utilities";
import { print } from "graphql";
import { useSyncExternalStore } from "react";
import { refresh } from "./session";
import type { Socket } from "./socket";
import { takeTurns } from "./tabs";

/** Whether events arrive at present. `lost`: the connection is away and is looked for. */
export type LiveState = "off" | "live" | "lost";

/** One kind of events to follow. */
export interface Stream<D> {
  name: string;
  document: TypedDocumentNode<D, OperationVariables & { after?: string | null }>;
  /** The place after this event; nothing for what has none. */
  cursorOf: (data: D) => string | undefined;
  /** Shows what happened. */
  apply: (data: D) => void;
}

/** A stream with its type forgotten, and where one stands in it. */
export interface Follower {
  name: string;
  query: string;
  at: () => string | null;
  place: (cursor: string | null) => void;
  /** Takes the next event, of the socket or from the tab that has it. */
  take: (data: unknown) => void;
}

/** A stream to be followed beside others. */
export function follower<D>({ name, document, cursorOf, apply }: Stream<D>): Follower {
  let at: string | null = null;
  return {
    name,
    query: print(addTypenameToDocument(document)),
    at: () => at,
    place: (cursor) => (at = cursor),
    take: (data) => {
      const next = cursorOf(data as D);
      // At least once means now and then twice.
      if (next !== undefined && next === at) return;
      at = next ?? at;
      apply(data as D);
    },
  };
}

/** What following needs of the pages. */
export interface Ground {
  /** Where events stand now. */
  cursor: () => Promise<string | null>;
  /** Reads everything on screen anew, because events were missed. */
  resync: () => Promise<unknown>;
}

/** What the tab with the socket tells the others. */
type Word = { kind: "state"; state: LiveState } | { kind: "event"; name: string; data: unknown } | { kind: "resync" };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const STEADY_MS = 10_000;
const REFUSED = 4403;
// Asking again will not help.
const FORBIDDING = ["FORBIDDEN", "BLACKLISTED"];

let state: LiveState = "off";
const watchers = new Set<() => void>();

/** How long to wait before the next try: twice as long each time, a little different for each tab, at most half a minute. */
export function waitBefore(attempt: number, random: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt) * (0.5 + random / 2);
}

/** Whether events arrive, for components. */
export function useLive(): LiveState {
  return useSyncExternalStore(watch, () => state);
}

/**
 * Follows some streams until it is told to stop. The tabs of one browser share one socket: one of them has it and hands each event to the others.
 * A stream that broke, or whose tab was closed, goes on where it was.
 */
export function follow(name: string, followers: readonly Follower[], ground: Ground): () => void {
  const stopping = new AbortController();
  const { signal: stop } = stopping;
  // How the socket is, here or as the tab that has it says; and whether this tab could not read what was before it.
  let told: LiveState = "off";
  let behind = false;
  const show = () => {
    if (!stop.aborted) set(behind ? "lost" : told);
  };
  const begin = async () => {
    for (let attempt = 0; !stop.aborted; attempt += 1) {
      behind = !(await catchUp(followers, ground));
      show();
      if (!behind) return;
      await pause(waitBefore(attempt, Math.random()), stop);
    }
  };
  let beginning: Promise<void> | undefined;
  const start = () => (beginning ??= begin().finally(() => (beginning = undefined)));
  // Whoever has the socket may begin before this tab knows where it stands; what it hands over is taken all the same.
  const ready = start();
  const turns = takeTurns<Word>(name, {
    speak: async (over) => {
      await ready;
      await speak(followers, over, {
        tell,
        take: (one, data) => {
          one.take(data);
          turns.tell({ kind: "event", name: one.name, data });
        },
        resync: async () => {
          await start();
          turns.tell({ kind: "resync" });
        },
      });
    },
    hear: (word) => {
      if (word.kind === "state") {
        told = word.state;
        show();
      } else if (word.kind === "resync") void start();
      else followers.find((one) => one.name === word.name)?.take(word.data);
    },
    asked: () => turns.tell({ kind: "state", state: told }),
  });
  function tell(next: LiveState) {
    told = next;
    show();
    turns.tell({ kind: "state", state: next });
  }
  return () => {
    stopping.abort();
    turns.leave();
    set("off");
  };
}

/** Puts the streams to where events stand now and reads what was before; false where nobody answers. */
async function catchUp(followers: readonly Follower[], ground: Ground): Promise<boolean> {
  try {
    const cursor = await ground.cursor();
    for (const one of followers) one.place(cursor);
    await ground.resync();
    return true;
  } catch {
    return false;
  }
}

interface Desk {
  /** Says how the socket is. */
  tell: (state: LiveState) => void;
  take: (one: Follower, data: unknown) => void;
  resync: () => Promise<void>;
}

/** Whether all is well: the socket is open, and no stream on it fails again and again. */
export function judge(tell: (state: LiveState) => void) {
  let open = false;
  const failing = new Set<string>();
  const say = () => tell(open && failing.size === 0 ? "live" : "lost");
  return {
    isOpen: () => open,
    opened: () => {
      open = true;
      failing.clear();
      say();
    },
    closed: () => {
      open = false;
      say();
    },
    fails: (name: string) => {
      failing.add(name);
      say();
    },
    runs: (name: string) => {
      if (failing.delete(name)) say();
    },
  };
}

type Judge = ReturnType<typeof judge>;

/** Has the socket and follows all streams on it until the turn is over. */
async function speak(followers: readonly Follower[], over: AbortSignal, desk: Desk): Promise<void> {
  if (over.aborted) return;
  const { openSocket } = await import("./socket");
  const state = judge((next) => {
    if (!over.aborted) desk.tell(next);
  });
  const socket = openSocket(state.opened, state.closed);
  await Promise.all(followers.map((one) => run(socket, one, over, state, desk)));
  socket.close();
}

/** Follows one stream. That it ends is told only where it ends again at once while the socket lives; of a socket that closed its closing tells. */
async function run(socket: Socket, one: Follower, over: AbortSignal, state: Judge, desk: Desk): Promise<void> {
  const stopped = () => over.aborted;
  let attempt = 0;
  while (!stopped()) {
    const from = performance.now();
    const steady = setTimeout(() => state.runs(one.name), STEADY_MS);
    try {
      for await (const data of events(socket, one, over)) {
        state.runs(one.name);
        desk.take(one, data);
      }
    } catch (error) {
      if (stopped()) return;
      if (has(error, "RESYNC_REQUIRED")) await desk.resync();
      else if (FORBIDDING.some((code) => has(error, code))) {
        // Whoever may not hear it any more finds out by reading anew what he may, and asks for less.
        state.runs(one.name);
        await desk.resync();
        await ended(over);
        return;
      } else if (isRefused(error)) await refresh(socket.token()).catch(() => undefined);
    } finally {
      clearTimeout(steady);
    }
    if (stopped()) return;
    if (performance.now() - from > STEADY_MS) attempt = 0;
    if (!state.isOpen()) state.closed();
    else if (attempt > 0) state.fails(one.name);
    await pause(waitBefore(attempt, Math.random()), over);
    attempt += 1;
  }
}

/** Waits until the turn is over. */
function ended(over: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (over.aborted) done();
    else over.addEventListener("abort", () => done(), { once: true });
  });
}

async function* events({ client }: Socket, one: Follower, over: AbortSignal): AsyncGenerator {
  const results = client.iterate<unknown>({ query: one.query, variables: { after: one.at() } });
  const end = () => void results.return?.();
  over.addEventListener("abort", end);
  try {
    for await (const { data, errors } of results) {
      if (errors) throw new StreamFailed(errors.map(({ extensions }) => extensions?.code));
      if (data) yield data;
    }
  } finally {
    over.removeEventListener("abort", end);
  }
}

class StreamFailed extends Error {
  readonly codes: readonly unknown[];

  constructor(codes: readonly unknown[]) {
    super("the stream failed");
    this.codes = codes;
  }
}

/** Whether a stream ended with this code, before its first event or after. */
function has(error: unknown, code: string): boolean {
  if (error instanceof StreamFailed) return error.codes.includes(code);
  return Array.isArray(error) && error.some((one: { extensions?: { code?: unknown } }) => one.extensions?.code === code);
}

function isRefused(error: unknown): boolean {
  return error instanceof CloseEvent && error.code === REFUSED;
}

/** Waits, or less long if the network comes back or somebody looks meanwhile. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const early = new AbortController();
    const finish = () => {
      clearTimeout(timer);
      early.abort();
      done();
    };
    const timer = setTimeout(finish, milliseconds);
    const looked = () => {
      if (document.visibilityState === "visible") finish();
    };
    window.addEventListener("online", finish, { signal: early.signal });
    document.addEventListener("visibilitychange", looked, { signal: early.signal });
    stop.addEventListener("abort", finish, { signal: early.signal });
  });
}

function set(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
