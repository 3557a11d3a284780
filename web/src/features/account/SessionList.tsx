import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MySessionsDocument, SessionRevokeDocument, SessionRevokeOthersDocument, type MySessionsQuery } from "../../gql/centre";
import { useAct } from "../../lib/act";
import { clientName } from "../../lib/clientName";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Endless } from "../../ui/Endless";
import { Failure, Problems } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

type Session = NonNullable<MySessionsQuery["mySessions"]>["edges"][number]["node"];

/** Where one is signed in, and how to end that. */
export function SessionList() {
  const { t } = useTranslation("account");
  const { data, error, fetchMore, refetch } = useQuery(MySessionsDocument, { variables: { first: 20 } });
  const one = useAct(SessionRevokeDocument, (payload) => payload.sessionRevoke);
  const others = useAct(SessionRevokeOthersDocument, (payload) => payload.sessionRevokeOthers);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const page = data?.mySessions;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  const after = async (outcome: Promise<{ problems?: readonly Problem[] }>) => {
    setProblems((await outcome).problems ?? []);
    await refetch();
  };
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <Row key={node.id} session={node} busy={one.busy} end={() => after(one.run({ input: { sessionId: node.id } }))} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
      <Problems of={problems} />
      {page.edges.length > 1 && (
        <Button variant="light" color="red" loading={others.busy} onClick={() => after(others.run({}))}>
          {t("endOthers")}
        </Button>
      )}
    </Stack>
  );
}

function Row({ session, busy, end }: { session: Session; busy: boolean; end: () => Promise<void> }) {
  const { t } = useTranslation("account");
  const { ago, moment } = useFormat();
  return (
    <Paper withBorder p="sm">
      <Group wrap="nowrap" justify="space-between">
        <Group wrap="nowrap" gap="sm" style={{ minWidth: 0 }}>
          <IconDeviceDesktop size={22} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />
          <Stack gap={0} style={{ minWidth: 0 }}>
            <Text fw={500} truncate title={session.client}>
              {clientName(session.client)}
            </Text>
            <Text size="xs" c="dimmed">
              {t("sessionUsed", { ago: ago(session.usedAt) })} · {t("sessionSince", { since: moment(session.createdAt) })}
            </Text>
          </Stack>
        </Group>
        {session.current ? (
          <Badge variant="light">{t("thisSession")}</Badge>
        ) : (
          <Button size="compact-sm" variant="subtle" color="red" disabled={busy} onClick={end}>
            {t("endSession")}
          </Button>
        )}
      </Group>
    </Paper>
  );
}
