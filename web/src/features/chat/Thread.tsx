import { useApolloClient, useQuery } from "@apollo/client/react";
import { ActionIcon, Group, Menu, Skeleton, Text } from "@mantine/core";
import { useDocumentVisibility } from "@mantine/hooks";
import { IconArrowLeft, IconDots } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ConversationDocument, ConversationReadDocument, type ThreadFragment } from "../../gql/chat";
import { useAct } from "../../lib/act";
import { refetchShown } from "../../lib/refetch";
import { Endless } from "../../ui/Endless";
import { Face } from "../../ui/Face";
import { useTitle } from "../../ui/Page";
import { Failure } from "../../ui/States";
import { BlockItem } from "../account/BlockItem";
import { useMe } from "../account/useMe";
import { About, useAbout } from "./About";
import classes from "./Chat.module.css";
import { Composer } from "./Composer";
import { Drafts } from "./Drafts";
import { Line } from "./Lines";
import { useSend } from "./useSend";

/** A conversation: its lines going back in time, and where to write. */
export function Thread({ id }: { id: string }) {
  const { data, error, fetchMore, refetch } = useQuery(ConversationDocument, { variables: { id } });
  const conversation = data?.conversation;
  const sending = useSend(id);
  const about = useAbout();
  useTitle(conversation?.other.nickname ?? "");
  useReadMarker(conversation ?? undefined);
  if (!conversation) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height="100%" />;
  const { lines } = conversation;
  return (
    <>
      <ThreadBar other={conversation.other} />
      <div className={classes.lines} tabIndex={0} role="log" aria-label={conversation.other.nickname}>
        <Drafts {...sending} />
        <Seen conversation={conversation} />
        {lines.edges.map(({ node }) => (
          <OwnLine key={node.id} line={node} />
        ))}
        <Endless more={lines.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: lines.pageInfo.endCursor } })} />
      </div>
      {about.listing && <About listing={about.listing} clear={about.clear} />}
      <Composer
        send={(text, imageIds) => {
          sending.send(text, imageIds, about.listing?.id);
          about.clear();
        }}
      />
    </>
  );
}

function OwnLine({ line }: { line: ThreadFragment["lines"]["edges"][number]["node"] }) {
  return <Line line={line} me={useMe()?.id} />;
}

/** With whom one writes, and the way back on phones. */
export function ThreadBar({ other }: { other: ThreadFragment["other"] }) {
  const { t } = useTranslation("chat");
  return (
    <Group className={classes.bar} wrap="nowrap" gap="sm">
      <ActionIcon component={Link} to="/chat" variant="subtle" color="gray" hiddenFrom="sm" aria-label={t("back")}>
        <IconArrowLeft size={20} />
      </ActionIcon>
      <Face user={other} size={36} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" ml="auto" aria-label={t("menu")}>
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <BlockItem user={other} />
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** That the other has read the newest message, if it is one's own. */
function Seen({ conversation: { lines, otherReadSeq } }: { conversation: ThreadFragment }) {
  const { t } = useTranslation("chat");
  const me = useMe();
  const newest = lines.edges[0]?.node;
  if (newest?.__typename !== "Message" || newest.sender?.id !== me?.id || otherReadSeq < newest.seq) return null;
  return (
    <Text size="xs" c="dimmed" ta="end">
      {t("seen")}
    </Text>
  );
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
