import { expect, test } from "vitest";
import type { LineFragment } from "../../gql/chat";
import { rowsOf } from "./rows";

const said = (seq: number, by: string, day = 1): LineFragment => ({
  __typename: "Message",
  id: `m${String(seq)}`,
  seq,
  sender: { id: by },
  clientId: by === "me" ? `c${String(seq)}` : null,
  text: "Hello",
  images: [],
  listing: null,
  order: null,
  recalledAt: null,
  removedAt: null,
  createdAt: new Date(2026, 4, day, 12, seq).toISOString(),
});
const thread = { more: false, drafts: [], me: "me", readSeq: 0, otherReadSeq: 0 };
const kinds = (rows: ReturnType<typeof rowsOf>) => rows.map(({ kind }) => kind);

test("the oldest comes first, each day under its heading", () => {
  const rows = rowsOf({ ...thread, lines: [said(3, "you", 2), said(2, "me"), said(1, "you")] });
  expect(kinds(rows)).toEqual(["beginning", "day", "line", "line", "day", "line"]);
});

test("what is unread begins with the first line of the other after the last one read", () => {
  const rows = rowsOf({ ...thread, lines: [said(4, "you"), said(3, "you"), said(2, "me"), said(1, "you")], readSeq: 1, more: true });
  expect(kinds(rows)).toEqual(["older", "day", "line", "line", "unread", "line", "line"]);
});

test("a draft is shown until its message is there", () => {
  const draft = { clientId: "c2", text: "Hello", imageIds: [] };
  expect(kinds(rowsOf({ ...thread, lines: [said(1, "you")], drafts: [draft] }))).toEqual(["beginning", "day", "line", "draft"]);
  expect(kinds(rowsOf({ ...thread, lines: [said(2, "me"), said(1, "you")], drafts: [draft] }))).toEqual([
    "beginning",
    "day",
    "line",
    "line",
  ]);
});

test("read is said of one's newest message alone", () => {
  const seen = (otherReadSeq: number) =>
    rowsOf({ ...thread, lines: [said(3, "me"), said(2, "you"), said(1, "me")], otherReadSeq }).flatMap((row) =>
      row.kind === "line" && row.seen ? [row.line.seq] : [],
    );
  expect(seen(3)).toEqual([3]);
  expect(seen(2)).toEqual([]);
});
