import { useQuery } from "@apollo/client/react";
import { Skeleton } from "@mantine/core";
import { Navigate, useLocation, useNavigate } from "react-router";
import { ConversationWithDocument } from "../../gql/chat";
import { failureOf } from "../../lib/problems";
import { Failure } from "../../ui/States";
import { About, useAbout } from "./About";
import classes from "./Chat.module.css";
import { Composer } from "./Composer";
import { Drafts } from "./Drafts";
import { ThreadBar } from "./Thread";
import { useSend } from "./useSend";

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
  const navigate = useNavigate();
  const about = useAbout();
  const sending = useSend(userId, (message) => {
    if (message.conversation) void navigate(`/chat/${message.conversation.id}`, { replace: true });
  });
  const { listing } = about;
  return (
    <>
      {listing && <ThreadBar other={listing.seller} />}
      <div className={classes.lines}>
        <Drafts {...sending} />
      </div>
      {listing && <About listing={listing} clear={about.clear} />}
      <Composer send={(text, imageIds) => sending.send(text, imageIds, listing?.id)} />
    </>
  );
}
