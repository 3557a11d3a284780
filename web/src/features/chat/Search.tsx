import { skipToken, useQuery } from "@apollo/client/react";
import { Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ChatSearchDocument, type ChatSearchQuery } from "../../gql/chat";
import { useFormat } from "../../lib/format";
import { Endless } from "../../ui/Endless";
import { Face } from "../../ui/Face";
import { Failure } from "../../ui/States";
import { useMe } from "../account/useMe";
import classes from "./Chat.module.css";
import { WaitingRows } from "../../ui/Waiting";

type Hit = NonNullable<ChatSearchQuery["chatSearch"]>["edges"][number]["node"];

// What the API takes: 1 to 8 words of together at most 100 characters.
const MOST_CHARACTERS = 100;
const MOST_WORDS = 8;
const WAIT_MS = 250;

/** Where to type what to look for in all of one's messages. */
export function SearchField({ words, change }: { words: string; change: (words: string) => void }) {
  const { t } = useTranslation("chat");
  return (
    <TextInput
      type="search"
      size="sm"
      mb="sm"
      leftSection={<IconSearch size={16} aria-hidden />}
      aria-label={t("search")}
      placeholder={t("search")}
      maxLength={MOST_CHARACTERS}
      value={words}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** The messages that hold the words, the newest first. */
export function Hits({ words }: { words: string }) {
  const { t } = useTranslation("chat");
  const [asked] = useDebouncedValue(words.trim().split(/\s+/).slice(0, MOST_WORDS).join(" "), WAIT_MS);
  const { data, error, fetchMore, refetch } = useQuery(
    ChatSearchDocument,
    asked === "" ? skipToken : { variables: { words: asked, first: 20 }, fetchPolicy: "network-only" },
  );
  const page = data?.chatSearch;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  return (
    <Stack gap={0} component="section" aria-label={t("found")}>
      <Text size="sm" c="dimmed" px="xs" role="status">
        {page.edges.length === 0 ? t("noHits") : t("hits", { count: page.edges.length })}
      </Text>
      {page.edges.map(({ node }) => (
        <HitRow key={node.id} hit={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}

function HitRow({ hit: { conversation, seq, text, sender, createdAt } }: { hit: Hit }) {
  const { t } = useTranslation("chat");
  const { ago } = useFormat();
  const own = useMe()?.id === sender?.id;
  if (!conversation) return null;
  return (
    <Link to={`/chat/${conversation.id}?line=${String(seq)}`} className={classes.row}>
      <Face user={conversation.other} size={32} below={ago(createdAt)} />
      <Text size="sm" lineClamp={2} mt={4} className="written">
        {own ? t("you", { text }) : text}
      </Text>
    </Link>
  );
}
