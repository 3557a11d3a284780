import { useCallback } from "react";
import { useLocation, useNavigate } from "react-router";
import { begin, type Tokens } from "../../lib/session";

/** Where somebody wanted to go before he was asked to sign in. */
export function useFrom(): string {
  const { state } = useLocation() as { state: { from?: string } | null };
  return state?.from ?? "/";
}

/** Begins the session and goes where he wanted to go. */
export function useArrive(): (tokens: Tokens) => Promise<void> {
  const navigate = useNavigate();
  const from = useFrom();
  return useCallback(
    async (tokens) => {
      begin(tokens);
      await navigate(from, { replace: true });
    },
    [navigate, from],
  );
}
