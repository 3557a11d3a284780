import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useProblemWords } from "../../ui/States";
import classes from "./Chat.module.css";
import type { Draft } from "./outbox";

interface GoingProps {
  draft: Draft;
  again: (draft: Draft) => void;
  drop: (clientId: string) => void;
}

/** A message on its way, or one that was not taken, with why. */
export function Going({ draft, again, drop }: GoingProps) {
  const { t } = useTranslation("chat");
  const say = useProblemWords();
  const { problem } = draft;
  return (
    <article className={classes.line} data-own aria-label={t("byYou")}>
      <div className={`${classes.bubble ?? ""} written`} data-going>
        {draft.text === "" ? t("pictures", { count: draft.imageIds.length }) : draft.text}
      </div>
      {problem ? (
        <Group gap="xs" justify="flex-end" role="alert">
          <Text size="xs" c="var(--house-wrong)">
            {problem.code === "OFFLINE" ? t("waits") : say(problem)}
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
