import { Center, Text, Title, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMatch, useParams } from "react-router";
import classes from "../features/chat/Chat.module.css";
import { ConversationList } from "../features/chat/ConversationList";
import { NewThread } from "../features/chat/NewThread";
import { Hits, SearchField } from "../features/chat/Search";
import { Thread } from "../features/chat/Thread";
import { useTitle } from "../ui/Page";

/** Conversations beside the one that is open; on phones one or the other. */
export function Component() {
  const { t } = useTranslation("chat");
  const { id, userId } = useParams();
  const open = useMatch("/chat") === null;
  const [words, setWords] = useState("");
  useTitle(t("title"));
  return (
    <div className={classes.desk} data-open={open}>
      <aside className={classes.list}>
        <Title order={1} fz="xl" mb="sm" px="xs">
          {t("title")}
        </Title>
        <SearchField words={words} change={setWords} />
        {words.trim() === "" ? <ConversationList /> : <Hits words={words} />}
      </aside>
      <section className={classes.thread}>
        <VisuallyHidden component="h2">{t("thread")}</VisuallyHidden>
        {id !== undefined && <Thread key={id} id={id} />}
        {userId !== undefined && <NewThread key={userId} userId={userId} />}
        {!open && (
          <Center h="100%" p="xl">
            <Text c="dimmed">{t("choose")}</Text>
          </Center>
        )}
      </section>
    </div>
  );
}
