import { useSyncExternalStore } from "react";

let waiting: ((proven: boolean) => void) | undefined;
const watchers = new Set<() => void>();

/** Asks whoever sits here to prove that it is still he; true when he did. One question at a time: a second one refuses the first. */
export function askProof(): Promise<boolean> {
  waiting?.(false);
  return new Promise((done) => {
    waiting = done;
    tell();
  });
}

/** Answers the question. */
export function answerProof(proven: boolean): void {
  waiting?.(proven);
  waiting = undefined;
  tell();
}

/** Whether a proof is asked for at present, for the dialog. */
export function useProofAsked(): boolean {
  return useSyncExternalStore(watch, () => waiting !== undefined);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function tell(): void {
  for (const watcher of watchers) watcher();
}
