import { useQuery } from "@apollo/client/react";
import { Anchor, Code, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconListSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { QueueView } from "../../features/staff/QueueView";
import { still } from "../../features/staff/still";
import { useChoices } from "../../features/staff/useChoices";
import { AuditChainDocument, AuditLogDocument, type AuditLogQuery } from "../../gql/audit";
import { useFormat } from "../../lib/format";
import { Page } from "../../ui/Page";

type Entry = NonNullable<AuditLogQuery["auditLog"]>["edges"][number]["node"];

/** Who did what: every act of an admin and every reveal. */
export function Component() {
  const { t } = useTranslation("staff");
  const { chosen } = useChoices();
  // The address says at once what is typed; the question waits for its end.
  const [action] = useDebouncedValue(chosen("action").trim(), 400);
  const actorId = chosen("actor");
  const filter = {
    ...(action === "" ? {} : { action }),
    ...(actorId === "" ? {} : { actorId }),
    ...dayFilter(chosen("from"), chosen("to")),
  };
  const { data, previousData, error, fetchMore, refetch } = useQuery(AuditLogDocument, {
    variables: { filter, first: 50 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <Page title={t("audit")} lead={<Chain />}>
      <Choices />
      <QueueView
        page={still(data?.auditLog, previousData?.auditLog, error)}
        error={error}
        again={() => refetch()}
        fetchMore={(after) => fetchMore({ variables: { after } })}
        icon={<IconListSearch size={40} stroke={1.4} aria-hidden />}
        empty={t("noEntries")}
      >
        {(entry) => <Row entry={entry} />}
      </QueueView>
    </Page>
  );
}

/** From the beginning of one day to the end of another, where the reader is. */
function dayFilter(from: string, to: string) {
  const end = to === "" ? undefined : new Date(`${to}T00:00:00`);
  end?.setDate(end.getDate() + 1);
  return {
    ...(from === "" ? {} : { from: new Date(`${from}T00:00:00`).toISOString() }),
    ...(end === undefined ? {} : { to: end.toISOString() }),
  };
}

function Chain() {
  const { t } = useTranslation("staff");
  const { data } = useQuery(AuditChainDocument, { fetchPolicy: "cache-and-network" });
  const chain = data?.auditChain;
  if (!chain) return t("auditLead");
  return t("chain", { number: chain.number, waiting: chain.waitingCount, link: chain.link.slice(0, 16) });
}

function Choices() {
  const { t } = useTranslation("staff");
  const { chosen, choose } = useChoices();
  const [typed, setTyped] = useState(chosen("action"));
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label={t("action")}
        placeholder="credentials.reveal"
        maxLength={60}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          choose("action", event.currentTarget.value);
        }}
      />
      <TextInput type="date" label={t("fromDay")} value={chosen("from")} onChange={(event) => choose("from", event.currentTarget.value)} />
      <TextInput type="date" label={t("toDay")} value={chosen("to")} onChange={(event) => choose("to", event.currentTarget.value)} />
      {chosen("actor") !== "" && (
        <Anchor component="button" size="sm" pb={8} onClick={() => choose("actor", "")}>
          {t("everybody")}
        </Anchor>
      )}
    </Group>
  );
}

function Row({ entry }: { entry: Entry }) {
  const { t } = useTranslation("staff");
  const { moment } = useFormat();
  const { choose } = useChoices();
  const { number, link, at, actor, action, subjectKind, subjectId, detail } = entry;
  return (
    <Paper withBorder p="sm" component="article" aria-label={action}>
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text fw={600} ff="monospace" size="sm">
            {action}
          </Text>
          <Text size="xs" c="dimmed">
            {number === null ? t("unchained") : `#${number}`} · <time dateTime={at}>{moment(at)}</time>
          </Text>
        </Group>
        <Text size="sm">
          {actor ? (
            <Anchor component="button" inherit onClick={() => choose("actor", actor.id)}>
              {actor.nickname}
            </Anchor>
          ) : (
            t("platformSays")
          )}{" "}
          · {t(`subjectKind.${subjectKind}` as "subjectKind.USER")} <Code className="written">{subjectId}</Code>
        </Text>
        {detail !== "{}" && (
          <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {detail}
          </Code>
        )}
        {link !== null && (
          <Text size="xs" c="dimmed" ff="monospace" truncate>
            {link}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
