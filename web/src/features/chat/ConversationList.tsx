import { useQuery } from "@apollo/client/react";
import { Stack } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ConversationsDocument } from "../../gql/chat";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { ConversationRow } from "./ConversationRow";
import { WaitingRows } from "../../ui/Waiting";

/** The first page of the list, by which it is also found in the cache. */
export const CONVERSATIONS = { first: 30 };

/** With whom one writes, the newest line first. */
export function ConversationList() {
  const { t } = useTranslation("chat");
  const { data, error, fetchMore, refetch } = useQuery(ConversationsDocument, { variables: CONVERSATIONS });
  const page = data?.conversations;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconMessages size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>;
  const newestFirst = page.edges.map(({ node }) => node).sort((one, other) => other.lastAt.localeCompare(one.lastAt));
  return (
    <Stack component="nav" gap={0} aria-label={t("title")}>
      {newestFirst.map((conversation) => (
        <ConversationRow key={conversation.id} conversation={conversation} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
