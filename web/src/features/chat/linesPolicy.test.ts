import { expect, test } from "vitest";
import { mergeLines } from "./linesPolicy";

const page = (seqs: number[], pageInfo = "") => ({ edges: seqs.map((seq) => ({ node: { seq } })), pageInfo });
const seqOf = (edge: { node: object }) => (edge.node as { seq: number }).seq;
const seqs = (merged: { edges: readonly { node: object }[] }) => merged.edges.map(seqOf);

test("an older page is added below, without doubles", () => {
  expect(seqs(mergeLines(page([5, 4, 3]), page([3, 2, 1]), true, seqOf))).toEqual([5, 4, 3, 2, 1]);
});

test("a page from the top keeps the older lines that it touches, and where they end", () => {
  const merged = mergeLines(page([5, 4, 3, 2], "old"), page([7, 6, 5], "new"), false, seqOf);
  expect(seqs(merged)).toEqual([7, 6, 5, 4, 3, 2]);
  expect(merged.pageInfo).toBe("old");
  expect(seqs(mergeLines(page([4, 3]), page([6, 5]), false, seqOf))).toEqual([6, 5, 4, 3]);
});

test("lines beyond a gap are forgotten", () => {
  const merged = mergeLines(page([3, 2, 1], "old"), page([9, 8], "new"), false, seqOf);
  expect(seqs(merged)).toEqual([9, 8]);
  expect(merged.pageInfo).toBe("new");
});
