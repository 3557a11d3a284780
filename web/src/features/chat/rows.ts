import type { LineFragment } from "../../gql/chat";
import type { Draft } from "./outbox";

/** What stands in a row of a thread. */
export type Row =
  | { kind: "older"; key: string }
  | { kind: "beginning"; key: string }
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | { kind: "line"; key: string; line: LineFragment; seen: boolean }
  | { kind: "draft"; key: string; draft: Draft };

interface Thread {
  /** The newest first, as the API gives them. */
  lines: readonly LineFragment[];
  /** Whether there are older ones to fetch. */
  more: boolean;
  drafts: readonly Draft[];
  me: string | undefined;
  /** The last line read before the thread was opened. */
  readSeq: number;
  /** The last line that the other has read. */
  otherReadSeq: number;
}

/** A thread as rows, the oldest first: days, where the unread lines begin, and at the end what is on its way. */
export function rowsOf({ lines, more, drafts, me, readSeq, otherReadSeq }: Thread): Row[] {
  const seen = lines.find((line) => isOwn(line, me) && line.seq <= otherReadSeq)?.seq;
  const newestOwn = lines.find((line) => isOwn(line, me))?.seq;
  const arrived = new Set(lines.map((line) => (line.__typename === "Message" ? line.clientId : null)));
  const rows: Row[] = [more ? { kind: "older", key: "older" } : { kind: "beginning", key: "beginning" }];
  let day = "";
  let divided = readSeq === 0;
  for (const line of lines.toReversed()) {
    const today = dayOf(line.createdAt);
    if (today !== day) rows.push({ kind: "day", key: `day ${today}`, at: line.createdAt });
    day = today;
    if (!divided && line.seq > readSeq && !isOwn(line, me)) {
      rows.push({ kind: "unread", key: "unread" });
      divided = true;
    }
    rows.push({ kind: "line", key: keyOf(line), line, seen: line.seq === seen && seen === newestOwn });
  }
  for (const draft of drafts) if (!arrived.has(draft.clientId)) rows.push({ kind: "draft", key: draft.clientId, draft });
  return rows;
}

/** One's own message keeps the key it had on its way, so that it stays where it is. */
function keyOf(line: LineFragment): string {
  return line.__typename === "Message" && line.clientId !== null ? line.clientId : line.id;
}

function isOwn(line: LineFragment, me: string | undefined): boolean {
  return line.__typename === "Message" && line.sender !== null && line.sender.id === me;
}

/** The day where the reader is. */
function dayOf(at: string): string {
  return new Date(at).toDateString();
}
