import { useSearchParams } from "react-router";

/** What the address says of a list, and how to change it; an empty choice leaves the address. */
export function useChoices() {
  const [query, setQuery] = useSearchParams();
  const chosen = (name: string) => query.get(name) ?? "";
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value === "") next.delete(name);
    else next.set(name, value);
    setQuery(next, { replace: true });
  };
  return { chosen, choose };
}
