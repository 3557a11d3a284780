import { useQuery } from "@apollo/client/react";
import { Button, Group, Paper, Skeleton, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { CaseMessageSendDocument, CaseRoomDocument } from "../../gql/case";
import type { CaseRole } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Failure, Problems } from "../../ui/States";
import classes from "./Room.module.css";
import { useCaseAct } from "./useCaseAct";

interface RoomProps {
  id: string;
  /** What the reader is in the case. */
  role: CaseRole;
  /** Whether it is open to write in. */
  open: boolean;
}

/** The room of a mediation: buyer, seller and admin. */
export function Room({ id, role, open }: RoomProps) {
  const { t } = useTranslation("dispute");
  const { t: common } = useTranslation();
  const { data, error, refetch, fetchMore } = useQuery(CaseRoomDocument, {
    variables: { id, first: 30 },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.case?.refusal?.messages;
  const lines = page?.edges.toReversed();
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <Stack gap="sm">
        <Title order={2} fz="lg">
          {t("room")}
        </Title>
        <Text size="sm" c="dimmed">
          {t("roomHint")}
        </Text>
        {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={120} radius="md" />)}
        {page?.pageInfo.hasNextPage === true && (
          <Button variant="subtle" size="compact-sm" onClick={() => void fetchMore({ variables: { after: page.pageInfo.endCursor } })}>
            {common("more")}
          </Button>
        )}
        {lines?.length === 0 && (
          <Text c="dimmed" ta="center" py="md">
            {t("roomEmpty")}
          </Text>
        )}
        {lines && lines.length > 0 && (
          <div className={classes.lines} role="log" aria-label={t("room")} tabIndex={0}>
            {lines.map(({ cursor, node }) => (
              <Line key={cursor} {...node} own={node.by === role} />
            ))}
          </div>
        )}
        {open && <Write id={id} />}
      </Stack>
    </Paper>
  );
}

function Line({ by, text, sentAt, own }: { by: CaseRole; text: string; sentAt: string; own: boolean }) {
  const { t } = useTranslation("dispute");
  const { moment } = useFormat();
  return (
    <article className={classes.line} data-own={own} data-by={by}>
      <Text size="xs" c="dimmed">
        {own ? t("you") : t(`role.${by}`)} · <time dateTime={sentAt}>{moment(sentAt)}</time>
      </Text>
      <div className={`${classes.bubble ?? ""} written`}>{text}</div>
    </article>
  );
}

function Write({ id }: { id: string }) {
  const { t } = useTranslation("dispute");
  const { act, busy } = useCaseAct(CaseMessageSendDocument, (data) => data.caseMessageSend);
  const [text, setText] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const send = async () => {
    if (!fits(text, TEXT.message) || busy) return;
    const outcome = await act({ id, text });
    setProblems(outcome.problems ?? []);
    if (outcome.done) setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <>
      <Problems of={problems} />
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <Textarea
          aria-label={t("write")}
          placeholder={t("write")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          maxRows={6}
          flex={1}
        />
        <Button leftSection={<IconSend size={18} />} loading={busy} disabled={!fits(text, TEXT.message)} onClick={() => void send()}>
          {t("send")}
        </Button>
      </Group>
    </>
  );
}
