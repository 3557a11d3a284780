import { InMemoryCache } from "@apollo/client";
import { parse } from "graphql";
import { expect, test, vi } from "vitest";
import { mergePages, pagesPolicy, type Pages } from "./pagesPolicy";

const language = vi.hoisted((): { changes: () => unknown } => ({ changes: () => undefined }));
vi.mock("./words", () => ({ onSpoken: (listener: () => unknown) => (language.changes = listener) }));

/** A list of these nodes, one letter each. */
const list = (nodes: string, hasNextPage = true): Pages => ({
  edges: Array.from(nodes, (node) => ({ cursor: `at ${node}`, node: { __ref: node } })),
  pageInfo: { hasNextPage, endCursor: nodes === "" ? null : `at ${nodes.at(-1) ?? ""}` },
});
const nodes = ({ edges }: Pages) => edges.map(({ cursor }) => cursor.at(-1)).join("");

test("what is read for the first time is taken as it is", () => {
  expect(mergePages(undefined, list("ABC"))).toEqual(list("ABC"));
  expect(mergePages(list(""), list("ABC"))).toEqual(list("ABC"));
});

test("the first page read anew keeps what is below it, and where that ends", () => {
  const merged = mergePages(list("ABCDEFGHI", false), list("ABC"));
  expect(nodes(merged)).toBe("ABCDEFGHI");
  expect(merged.pageInfo).toEqual({ hasNextPage: false, endCursor: "at I" });
});

test.each([
  ["a new one on top", "XAB", "XABCDEFGHI"],
  ["one of the first page that is gone", "BCD", "BCDEFGHI"],
  ["two that are gone", "ADE", "ADEFGHI"],
  ["one that moved to the top from below", "FAB", "FABCDEGHI"],
  ["the last one known that moved to the top", "IAB", "IABCDEFGH"],
  ["the next one that moved to the top", "DAB", "DABCEFGHI"],
  ["one that moved to the top within the page", "CAB", "CABDEFGHI"],
  ["one that moved between others", "ADB", "ADBCEFGHI"],
])("%s: no gap and nothing twice", (_, head, whole) => {
  const merged = mergePages(list("ABCDEFGHI"), list(head));
  expect(nodes(merged)).toBe(whole);
  expect(merged.pageInfo).toEqual({ hasNextPage: true, endCursor: "at I" });
});

test.each([
  ["nothing of it is known", "XYZ"],
  ["its end is new, so that more new ones may follow", "AXY"],
  ["its end moved up from far below", "ABI"],
  ["all of it moved", "IHG"],
])("only the first page is left where %s", (_, head) => {
  expect(mergePages(list("ABCDEFGHI"), list(head))).toEqual(list(head));
});

test("a first page that is the whole list leaves nothing below it", () => {
  expect(mergePages(list("ABCDEF"), list("AB", false))).toEqual(list("AB", false));
  expect(mergePages(list("ABC"), list("", false))).toEqual(list("", false));
});

test("a page after a cursor is added there, without doubles", () => {
  const merged = mergePages(list("ABC"), list("DEF", false), "at C");
  expect(nodes(merged)).toBe("ABCDEF");
  expect(merged.pageInfo).toEqual({ hasNextPage: false, endCursor: "at F" });
  expect(nodes(mergePages(list("ABC"), list("CDE"), "at C"))).toBe("ABCDE");
  expect(nodes(mergePages(list("ABCDEF"), list("DXE"), "at C"))).toBe("ABCDXE");
});

test("what ended the list and moved to its top still says where it goes on", () => {
  const moved = mergePages(list("ABCDEF"), list("FAB"));
  expect(nodes(mergePages(moved, list("GH"), "at F"))).toBe("FABCDEGH");
});

test("a page after what is not known any more is left out, for it would leave a gap", () => {
  expect(mergePages(list("ABC"), list("GH"), "at F")).toEqual(list("ABC"));
});

test("an empty page after a cursor ends the list", () => {
  const merged = mergePages(list("ABC"), list("", false), "at C");
  expect(nodes(merged)).toBe("ABC");
  expect(merged.pageInfo.hasNextPage).toBe(false);
});

test("what has no id is known by its place", () => {
  const lines = (places: string): Pages => ({
    ...list(places),
    edges: Array.from(places, (place) => ({ cursor: place, node: { amount: "1.00" } })),
  });
  expect(
    mergePages(lines("ABCD"), lines("XA"))
      .edges.map(({ cursor }) => cursor)
      .join(""),
  ).toBe("XABCD");
});

/** A cache with a list of these pages, and how to write and read it. */
function cached() {
  const query = parse(
    "query L($after: String) { list(after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }",
  );
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { list: pagesPolicy() } } } });
  const write = (ids: string, after?: string) => {
    const { edges, pageInfo } = list(ids);
    const nodes = edges.map(({ cursor }) => ({ cursor, node: { __typename: "Item", id: cursor.at(-1) } }));
    cache.writeQuery({ query, variables: after === undefined ? {} : { after }, data: { list: { edges: nodes, pageInfo } } });
  };
  const read = () => cache.readQuery<{ list: Pages }>({ query })?.list;
  return { cache, write, read };
}

test("a cache keeps the list by it, and reads it as it was", () => {
  vi.useFakeTimers({ now: 0 });
  const { cache, write, read } = cached();
  write("ABC");
  write("DEF", "at C");
  write("XAB");
  expect(
    read()
      ?.edges.map(({ cursor }) => cursor.at(-1))
      .join(""),
  ).toBe("XABCDEF");
  expect(read()?.pageInfo).toMatchObject({ hasNextPage: true, endCursor: "at F" });
  // What goes for good goes from the list as well.
  cache.evict({ id: "Item:D" });
  expect(read()?.edges).toHaveLength(6);
  // Long after it, only what was read anew is believed.
  vi.advanceTimersByTime(11 * 60_000);
  write("XAB");
  expect(read()?.edges).toHaveLength(3);
  vi.useRealTimers();
});

test("what was read in another language is not kept below what is read in this one", () => {
  vi.useFakeTimers({ now: 0 });
  const { write, read } = cached();
  write("ABC");
  write("DEF", "at C");
  vi.advanceTimersByTime(1_000);
  language.changes();
  vi.advanceTimersByTime(1_000);
  // Whoever scrolls before the first page is here adds to what is foreign.
  write("GHI", "at F");
  write("ABC");
  expect(read()?.edges).toHaveLength(3);
  write("DEF", "at C");
  write("ABC");
  expect(read()?.edges).toHaveLength(6);
  vi.useRealTimers();
});
