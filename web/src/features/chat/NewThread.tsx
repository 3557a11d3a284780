import { useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Navigate, useLocation } from "react-router";
import { ConversationWithDocument } from "../../gql/chat";
import { failureOf } from "../../lib/problems";
import { Failure } from "../../ui/States";
import { About, useAbout } from "./About";
import { Composer } from "./Composer";
import { Log } from "./Log";
import { useMoved } from "./outbox";
import { rowsOf } from "./rows";
import { ThreadBar } from "./ThreadBar";
import { useSend } from "./useSend";
import { Warning } from "./Warning";

const NOTHING = { lines: [], more: false, me: undefined, readSeq: 0, otherReadSeq: 0 };

/** Writing to somebody: into the conversation there is, or a first message that begins one. */
export function NewThread({ userId }: { userId: string }) {
  const { search } = useLocation();
  const { data, error, refetch } = useQuery(ConversationWithDocument, { variables: { userId }, fetchPolicy: "network-only" });
  if (data?.conversationWith) return <Navigate to={`/chat/${data.conversationWith.id}${search}`} replace />;
  if (!error) return <Skeleton height="100%" />;
  if (failureOf(error) !== "NOT_FOUND") return <Failure error={error} retry={() => refetch()} />;
  return <First userId={userId} />;
}

function First({ userId }: { userId: string }) {
  const { t } = useTranslation("chat");
  const about = useAbout(userId);
  const { drafts, warning, send, again, drop, heed } = useSend(userId);
  const began = useMoved(userId);
  if (began !== undefined) return <Navigate to={`/chat/${began}`} replace />;
  return (
    <>
      {about.user && <ThreadBar other={about.user} />}
      <Log
        label={t("with", { name: about.user?.nickname ?? "" })}
        rows={rowsOf({ ...NOTHING, drafts })}
        me={undefined}
        fetchOlder={() => Promise.resolve()}
        again={again}
        drop={drop}
      />
      <Warning warning={warning} heed={heed} />
      <About about={about} />
      <Composer to={userId} send={(text, imageIds) => send(text, imageIds, about.subject)} />
    </>
  );
}
