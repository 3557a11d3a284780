import { useCallback, useEffect } from "react";
import { useLive, waitBefore } from "../../lib/live";
import { renewTries, useNextTry } from "./outbox";
import { sendWaiting } from "./sendWaiting";
import { useDispatch } from "./useDispatch";

/**
 * Sends what waits for the network, of every conversation, also while none is open: when events arrive again, when the browser says that it is
 * online, and a few times by itself, because a request can fail while all else goes well.
 */
export function useFlush(): void {
  const dispatch = useDispatch();
  const live = useLive() === "live";
  const next = useNextTry();
  const flush = useCallback(
    (afresh: boolean) => {
      if (afresh) renewTries();
      void sendWaiting(dispatch);
    },
    [dispatch],
  );
  useEffect(() => {
    if (live) flush(true);
  }, [live, flush]);
  useEffect(() => {
    const online = () => flush(true);
    window.addEventListener("online", online);
    return () => window.removeEventListener("online", online);
  }, [flush]);
  useEffect(() => {
    if (next === undefined) return undefined;
    const timer = setTimeout(() => flush(false), waitBefore(next, Math.random()));
    return () => clearTimeout(timer);
  }, [next, flush]);
}
