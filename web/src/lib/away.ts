import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";
import { refetchShown } from "./refetch";

const LONG_MS = 60_000;

/** Reads the named queries on screen anew when somebody looks again after a while: the device may have slept meanwhile. */
export function useFreshAfterAway(names: readonly string[]): void {
  const client = useApolloClient();
  useEffect(() => {
    let since = document.visibilityState === "visible" ? undefined : Date.now();
    const look = () => {
      if (document.visibilityState !== "visible") {
        since = Date.now();
        return;
      }
      if (since !== undefined && Date.now() - since > LONG_MS) void refetchShown(client, names);
      since = undefined;
    };
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [client, names]);
}
