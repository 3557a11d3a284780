import { useQuery } from "@apollo/client/react";
import { Button, Group, Paper, Skeleton, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { CaseMessageSendDocument, CaseRoomDocument, type CaseRoomQuery } from "../../gql/case";
import type { CaseRole } from "../../gql/schema";
import { useFormat } from "../../lib/format";
import { fits, TEXT } from "../../lib/limits";
import { failureOf, type Problem } from "../../lib/problems";
import { Failure, Problems } from "../../ui/States";
import classes from "./Room.module.css";
import { useCaseAct } from "./useCaseAct";

/** So near the end, in pixels, whoever reads follows what is said. */
const NEAR_END = 60;

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
        {page?.pageInfo.hasNextPage === true && <More fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />}
        {lines?.length === 0 && (
          <Text c="dimmed" ta="center" py="md">
            {t("roomEmpty")}
          </Text>
        )}
        {lines && lines.length > 0 && <Lines lines={lines} role={role} />}
        {open && <Write id={id} />}
      </Stack>
    </Paper>
  );
}

type Edge = NonNullable<NonNullable<NonNullable<CaseRoomQuery["case"]>["refusal"]>["messages"]>["edges"][number];

/** What was said, the newest at the bottom and in sight, unless its reader has gone back to older lines: he stays where he is. */
function Lines({ lines, role }: { lines: readonly Edge[]; role: CaseRole }) {
  const { t } = useTranslation("dispute");
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const oldest = lines[0]?.cursor;
  const newest = lines.at(-1);
  const own = newest?.node.by === role;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element) element.scrollTop += element.scrollHeight - height.current;
  }, [oldest]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && (atEnd.current || own)) element.scrollTop = element.scrollHeight;
  }, [newest?.cursor, own]);
  useLayoutEffect(() => {
    height.current = scroller.current?.scrollHeight ?? 0;
  });
  const look = () => {
    const element = scroller.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    // It changes with the window as well.
    height.current = element.scrollHeight;
  };
  return (
    <div ref={scroller} className={classes.lines} role="log" aria-label={t("room")} tabIndex={0} onScroll={look}>
      {lines.map(({ cursor, node }) => (
        <Line key={cursor} {...node} own={node.by === role} />
      ))}
    </div>
  );
}

/** Fetches older lines, and says why there are none. */
function More({ fetchMore }: { fetchMore: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const ask = async () => {
    setBusy(true);
    try {
      await fetchMore();
      setProblems([]);
    } catch (error) {
      setProblems([{ code: failureOf(error) }]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Problems of={problems} />
      <Button variant="subtle" size="compact-sm" loading={busy} onClick={() => void ask()}>
        {problems.length > 0 ? t("tryAgain") : t("more")}
      </Button>
    </>
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
