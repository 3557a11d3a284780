import { useSyncExternalStore } from "react";
import { serverNow } from "./clock";
import { send } from "./graphql";
import { storage } from "./storage";
import { currentLocale } from "./words";

/** What the API gives to whoever signs in. */
export interface Tokens {
  accessToken: string;
  accessTokenExpiresAt: string;
}

/** Whether somebody is signed in here. `unknown`: this tab has not asked yet. */
export type SessionState = "unknown" | "in" | "out";

/** What tabs of one browser tell each other. */
type Word = { kind: "begun" | "refreshed"; tokens: Tokens } | { kind: "ended" };

/** What a listener hears: somebody came, or he left. */
export type Change = "begun" | "ended";

// That somebody is signed in, so that strangers need not ask. The refresh token itself is in a cookie that pages cannot read.
const KEY = "handover.session";
const SPARE_MS = 30_000;

let tokens: Tokens | undefined;
let state: SessionState = "unknown";
const watchers = new Set<() => void>();
const listeners = new Set<(change: Change) => void>();
const channel = new BroadcastChannel(KEY);

channel.onmessage = ({ data }: MessageEvent<Word>) => {
  if (data.kind === "ended") leave();
  else if (data.kind === "begun") enter(data.tokens);
  else tokens = data.tokens;
};

/** Signed in, by what the API answered. Other tabs follow. */
export function begin(fresh: Tokens): void {
  enter(fresh);
  tell({ kind: "begun", tokens: fresh });
}

/** Signed out. Other tabs follow. */
export function end(): void {
  leave();
  tell({ kind: "ended" });
}

/** Finds out whether somebody is signed in, once, when the page opens. */
export async function resume(): Promise<void> {
  if (storage()?.getItem(KEY) == null) {
    set("out");
    return;
  }
  try {
    set((await refresh()) ? "in" : "out");
  } catch {
    // Nobody answers. What the pages ask for next will say so, and ask again.
    set("in");
  }
}

/** The access token to send, refreshed if it is about to end; nothing when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (state === "out") return undefined;
  if (fresh()) return tokens?.accessToken;
  return refresh();
}

/**
 * Trades the cookie for a new access token. Nothing: the session has ended.
 *
 * A refresh token is good once, so that tabs take turns; the next in line finds the token that the first got.
 */
export function refresh(refused?: string): Promise<string | undefined> {
  return navigator.locks.request(`${KEY}.refresh`, async () => {
    if (fresh() && tokens?.accessToken !== refused) return tokens?.accessToken;
    const answer = await ask();
    if (answer) {
      tokens = answer;
      storage()?.setItem(KEY, "in");
      tell({ kind: "refreshed", tokens: answer });
    } else {
      end();
    }
    return answer?.accessToken;
  });
}

/** Hears when somebody signs in or out, here or in another tab. */
export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether somebody is signed in, for components. */
export function useSession(): SessionState {
  return useSyncExternalStore(watch, () => state);
}

const REFRESH = /* GraphQL */ `
  mutation Refresh {
    sessionRefresh(input: {}) {
      tokens {
        accessToken
        accessTokenExpiresAt
      }
    }
  }
`;

async function ask(): Promise<Tokens | null> {
  const data = (await send(REFRESH, currentLocale())) as { sessionRefresh: { tokens: Tokens | null } };
  return data.sessionRefresh.tokens;
}

function fresh(): boolean {
  return tokens !== undefined && Date.parse(tokens.accessTokenExpiresAt) - serverNow() > SPARE_MS;
}

function enter(by: Tokens): void {
  tokens = by;
  storage()?.setItem(KEY, "in");
  set("in");
  for (const listener of listeners) listener("begun");
}

function leave(): void {
  const was = state;
  tokens = undefined;
  storage()?.removeItem(KEY);
  set("out");
  if (was === "in") for (const listener of listeners) listener("ended");
}

function set(next: SessionState): void {
  state = next;
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(word: Word): void {
  channel.postMessage(word);
}
