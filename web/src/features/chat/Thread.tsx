import { useApolloClient, useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ConversationDocument, ConversationReadDocument, type ThreadFragment } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { refetchShown } from "../../lib/refetch";
import { useTitle } from "../../ui/Page";
import { Failure } from "../../ui/States";
import { useMe } from "../account/useMe";
import { About, useAbout } from "./About";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { rowsOf } from "./rows";
import { ThreadBar } from "./ThreadBar";
import { useTellTyping, useTypes } from "./typing";
import { useSend } from "./useSend";
import { Warning } from "./Warning";

const PAGE = 30;
const JUMP = 50;

/** A conversation: its lines going back in time, and where to write. */
export function Thread({ id }: { id: string }) {
  const { data, error, fetchMore, refetch } = useQuery(ConversationDocument, { variables: { id, first: PAGE } });
  const conversation = data?.conversation;
  const target = useTarget(conversation ?? undefined, (after) => fetchMore({ variables: { first: JUMP, after } }));
  useTitle(conversation?.other.nickname ?? "");
  useReadMarker(conversation ?? undefined);
  if (!conversation) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height="100%" />;
  const fetchOlder = () => fetchMore({ variables: { after: conversation.lines.pageInfo.endCursor } });
  return <Open conversation={conversation} target={target} fetchOlder={fetchOlder} />;
}

interface OpenProps {
  conversation: ThreadFragment;
  target: number | undefined;
  fetchOlder: () => Promise<unknown>;
}

function Open({ conversation: { id, other, lines, readSeq, otherReadSeq }, target, fetchOlder }: OpenProps) {
  const { t } = useTranslation("chat");
  const me = useMe()?.id;
  const { drafts, warning, send, again, drop, heed } = useSend(id);
  const about = useAbout();
  const types = useTypes(id);
  const [readBefore] = useState(readSeq);
  const rows = rowsOf({
    lines: lines.edges.map(({ node }) => node),
    more: lines.pageInfo.hasNextPage,
    drafts,
    me,
    readSeq: readBefore,
    otherReadSeq,
  });
  return (
    <>
      <ThreadBar other={other} below={<span role="status">{types ? t("typing") : ""}</span>} />
      <Log
        label={t("with", { name: other.nickname })}
        rows={rows}
        me={me}
        target={target}
        fetchOlder={fetchOlder}
        again={again}
        drop={drop}
      />
      <Warning warning={warning} heed={heed} />
      <About about={about} />
      <Composer
        to={id}
        typing={useTellTyping(id)}
        send={(text, imageIds) => {
          send(text, imageIds, about.subject);
          about.clear();
        }}
      />
    </>
  );
}

/** The line that the address names (`?line=`), for which older pages are fetched until it is there. */
function useTarget(conversation: ThreadFragment | undefined, fetchMore: (after: string | null) => Promise<unknown>): number | undefined {
  const [query] = useSearchParams();
  const target = Number(query.get("line")) || undefined;
  const oldest = conversation?.lines.edges.at(-1)?.node.seq;
  const more = conversation?.lines.pageInfo.hasNextPage === true;
  useEffect(() => {
    if (target === undefined || oldest === undefined || oldest <= target || !more) return;
    // What fails here is asked for again by scrolling.
    fetchMore(conversation.lines.pageInfo.endCursor).catch(() => undefined);
    // A page at a time: the next when this one moved the end.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target, oldest, more]);
  return target;
}

/** Marks what is on screen as read, while somebody looks. */
function useReadMarker(conversation: ThreadFragment | undefined) {
  const visible = useDocumentVisibility() === "visible";
  const { run } = useAct(ConversationReadDocument, (data) => data.conversationRead);
  const client = useApolloClient();
  const id = conversation?.id;
  const seq = conversation?.lines.edges[0]?.node.seq ?? 0;
  const unread = conversation !== undefined && seq > conversation.readSeq;
  useEffect(() => {
    if (visible && unread && id !== undefined)
      void run({ input: { conversationId: id, seq } }).then(() => refetchShown(client, ["ChatUnread"]));
  }, [visible, unread, id, seq, run, client]);
}
