import { useRef } from "react";

/**
 * An idempotency key for what is sent: the same input asked again gets the same key, so that a second press or a retry after a lost answer does
 * it once; other input gets another.
 */
export function useKeyFor(): (input: unknown) => string {
  const last = useRef<{ input: string; key: string }>(undefined);
  return (input) => {
    const text = JSON.stringify(input);
    if (last.current?.input !== text) last.current = { input: text, key: crypto.randomUUID() };
    return last.current.key;
  };
}
