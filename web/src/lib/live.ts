import type { OperationVariables, TypedDocumentNode } from "@apollo/client";
import { print } from "graphql";
import type { Client } from "graphql-ws";
import { useSyncExternalStore } from "react";
import { accessToken, refresh } from "./session";

/** Whether events arrive at present. `lost`: the connection is away and is looked for. */
export type LiveState = "off" | "live" | "lost";

/** One kind of events to follow. */
export interface Stream<D> {
  document: TypedDocumentNode<D, OperationVariables & { after?: string | null }>;
  /** The place after this event; nothing for what has none. */
  cursorOf: (data: D) => string | undefined;
  /** Shows what happened. */
  apply: (data: D) => void;
}

/** A stream with its type forgotten, for lists of them. */
export type Follower = (client: Client, ground: Ground, stop: AbortSignal, token: () => string | undefined) => Promise<void>;

/** A stream to be followed beside others. */
export function follower<D>(stream: Stream<D>): Follower {
  return (client, ground, stop, token) => run(client, stream, ground, stop, token);
}

/** What following needs of the pages. */
export interface Ground {
  /** Where events stand now. */
  cursor: () => Promise<string | null>;
  /** Reads everything on screen anew, because events were missed. */
  resync: () => Promise<unknown>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const REFUSED = 4403;

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

/** Follows some streams over one socket until it is told to stop. A stream that broke goes on where it was. */
export async function follow(streams: readonly Follower[], ground: Ground): Promise<() => void> {
  const { createClient } = await import("graphql-ws");
  let token: string | undefined;
  const client = createClient({
    url: socketUrl(window.location),
    retryAttempts: 0,
    connectionParams: async () => {
      token = await accessToken();
      return token === undefined ? {} : { authorization: `Bearer ${token}` };
    },
  });
  const stopping = new AbortController();
  for (const stream of streams) void stream(client, ground, stopping.signal, () => token);
  return () => {
    stopping.abort();
    set("off");
    void client.dispose();
  };
}

/** The socket's address beside the page's. */
export function socketUrl({ protocol, host }: { protocol: string; host: string }): string {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}/graphql`;
}

async function run<D>(client: Client, stream: Stream<D>, ground: Ground, stop: AbortSignal, token: () => string | undefined) {
  let cursor: string | null | undefined;
  let attempt = 0;
  const stopped = () => stop.aborted;
  while (!stopped()) {
    try {
      if (cursor === undefined) {
        cursor = await ground.cursor();
        await ground.resync();
      }
      for await (const data of events(client, stream, cursor, stop)) {
        attempt = 0;
        const next = stream.cursorOf(data);
        // At least once means now and then twice.
        if (next !== undefined && next === cursor) continue;
        cursor = next ?? cursor;
        stream.apply(data);
      }
    } catch (error) {
      if (stopped()) return;
      if (isResync(error)) cursor = undefined;
      else if (isRefused(error)) await refresh(token()).catch(() => undefined);
    }
    if (stopped()) return;
    set("lost");
    await pause(waitBefore(attempt, Math.random()), stop);
    attempt += 1;
  }
}

async function* events<D>(client: Client, { document }: Stream<D>, after: string | null, stop: AbortSignal): AsyncGenerator<D> {
  const results = client.iterate<D>({ query: print(document), variables: { after } });
  const end = () => void results.return?.();
  stop.addEventListener("abort", end);
  client.on("connected", () => set("live"));
  try {
    for await (const { data, errors } of results) {
      set("live");
      if (errors) throw new StreamFailed(errors.map(({ extensions }) => extensions?.code));
      if (data) yield data;
    }
  } finally {
    stop.removeEventListener("abort", end);
  }
}

class StreamFailed extends Error {
  readonly codes: readonly unknown[];

  constructor(codes: readonly unknown[]) {
    super("the stream failed");
    this.codes = codes;
  }
}

function isResync(error: unknown): boolean {
  if (error instanceof StreamFailed) return error.codes.includes("RESYNC_REQUIRED");
  return Array.isArray(error) && error.some((one: { extensions?: { code?: unknown } }) => one.extensions?.code === "RESYNC_REQUIRED");
}

function isRefused(error: unknown): boolean {
  return error instanceof CloseEvent && error.code === REFUSED;
}

/** Waits, or less long if the network comes back meanwhile. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, milliseconds);
    function finish() {
      clearTimeout(timer);
      window.removeEventListener("online", finish);
      stop.removeEventListener("abort", finish);
      done();
    }
    window.addEventListener("online", finish);
    stop.addEventListener("abort", finish);
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
