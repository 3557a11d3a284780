import type { NotificationData } from "@mantine/notifications";
import { useSyncExternalStore } from "react";

let wanted = false;
const watchers = new Set<() => void>();

/** Tells something in passing. What shows it is fetched when there is something to tell, so that no first page waits for it. */
export function toast(told: NotificationData): void {
  wanted = true;
  for (const watcher of watchers) watcher();
  void import("@mantine/notifications").then(({ notifications }) => {
    // What is told again takes the place of what was told before.
    if (told.id !== undefined) notifications.hide(told.id);
    notifications.show(told);
  });
}

/** Whether there was something to tell, for what shows it. */
export function useToastsWanted(): boolean {
  return useSyncExternalStore(watch, () => wanted);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
