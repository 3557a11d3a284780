import type { ListingAttributeInput } from "../../gql/schema";

interface Asked {
  key: string;
  kind: string;
  required: boolean;
}

/** What is said of a game's attributes, with `no` for the switches that nobody touched; and which required ones are missing. */
export function withDefaults<A extends Asked>(asked: readonly A[], said: readonly ListingAttributeInput[]) {
  const open = asked.filter(({ key, required }) => required && !said.some((one) => one.key === key));
  const off = open.filter(({ kind }) => kind === "YES_NO").map(({ key }) => ({ key, yes: false }));
  return { said: [...said, ...off], missing: open.filter(({ kind }) => kind !== "YES_NO") };
}
