import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProblemWords } from "../../ui/States";
import classes from "./Chat.module.css";
import type { Draft, useSend } from "./useSend";

/** Messages on their way, and those that were not taken, with why. */
export function Drafts({ drafts, again, drop }: Pick<ReturnType<typeof useSend>, "drafts" | "again" | "drop">) {
  return drafts.map((draft) => <Going key={draft.clientId} draft={draft} again={again} drop={drop} />).reverse();
}

function Going({ draft, again, drop }: { draft: Draft; again: (draft: Draft) => void; drop: (clientId: string) => void }) {
  const { t } = useTranslation("chat");
  const say = useProblemWords();
  return (
    <article className={classes.line} data-own aria-label={t("byYou")}>
      <div className={`${classes.bubble ?? ""} written`} style={{ opacity: 0.65 }}>
        {draft.text === "" ? t("pictures", { count: draft.imageIds.length }) : draft.text}
      </div>
      {draft.problem ? (
        <Group gap="xs" role="alert">
          <Text size="xs" c="red">
            {say(draft.problem)}
          </Text>
          <Anchor size="xs" component="button" onClick={() => again(draft)}>
            {t("again")}
          </Anchor>
          <Anchor size="xs" component="button" onClick={() => drop(draft.clientId)}>
            {t("drop")}
          </Anchor>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t("sending")}
        </Text>
      )}
    </article>
  );
}
