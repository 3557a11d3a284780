import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();

/** What the browser was told about notices; nothing where it cannot show any. */
export function usePermission(): NotificationPermission | undefined {
  return useSyncExternalStore(watch, () => ("Notification" in window ? Notification.permission : undefined));
}

/** Asks the browser to show notices. */
export async function askPermission(): Promise<void> {
  await Notification.requestPermission();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
