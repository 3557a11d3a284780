import { useQuery } from "@apollo/client/react";
import { Button, Group, Paper, Stack } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BlockedUsersDocument, UserUnblockDocument } from "../gql/centre";
import { useAct } from "../lib/act";
import type { Problem } from "../lib/problems";
import { Endless } from "../ui/Endless";
import { Face } from "../ui/Face";
import { Page } from "../ui/Page";
import { Empty, Failure, Problems } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

/** Whom one does not hear. */
export function Component() {
  const { t } = useTranslation("account");
  return (
    <Page title={t("blocked")} lead={t("blockedLead")} size="sm" back="/me">
      <List />
    </Page>
  );
}

function List() {
  const { t } = useTranslation("account");
  const { data, error, fetchMore, refetch } = useQuery(BlockedUsersDocument, { variables: { first: 30 } });
  const { run, busy } = useAct(UserUnblockDocument, (payload) => payload.userUnblock);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const page = data?.blockedUsers;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconUserOff size={40} stroke={1.4} aria-hidden />}>{t("noneBlocked")}</Empty>;
  const unblock = async (userId: string) => {
    const outcome = await run({ input: { userId } });
    setProblems(outcome.problems ?? []);
    await refetch();
  };
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <Paper key={node.id} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Face user={node} />
            <Button size="compact-sm" variant="default" disabled={busy} onClick={() => unblock(node.id)}>
              {t("unblock")}
            </Button>
          </Group>
        </Paper>
      ))}
      <Problems of={problems} />
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
