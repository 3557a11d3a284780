import { useQuery } from "@apollo/client/react";
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconBuildingBank } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PayoutAccountRemoveDocument, PayoutAccountsDocument } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import type { Problem } from "../../lib/problems";
import { Failure, Problems } from "../../ui/States";
import { PayoutAccountForm } from "./PayoutAccountForm";
import { WaitingRows } from "../../ui/Waiting";

const MOST = 5;

/** Where one's money can go out to. */
export function PayoutAccounts() {
  const { t } = useTranslation("wallet");
  const { day } = useFormat();
  const { data, error, refetch } = useQuery(PayoutAccountsDocument);
  const { run, busy } = useAct(PayoutAccountRemoveDocument, (payload) => payload.payoutAccountRemove);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const accounts = data?.payoutAccounts;
  if (!accounts) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  const remove = async (id: string) => {
    const outcome = await run({ input: { id } });
    setProblems(outcome.problems ?? []);
    await refetch();
  };
  return (
    <Stack gap="sm">
      {accounts.map(({ id, lastFour, createdAt }) => (
        <Paper key={id} withBorder p="sm">
          <Group justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <IconBuildingBank size={22} stroke={1.6} aria-hidden />
              <Stack gap={0}>
                <Text fw={500}>{t("ending", { lastFour })}</Text>
                <Text size="xs" c="dimmed">
                  {t("addedAt", { at: day(createdAt) })}
                </Text>
              </Stack>
            </Group>
            <Button size="compact-sm" variant="subtle" color="red" disabled={busy} onClick={() => remove(id)}>
              {t("removeAccount")}
            </Button>
          </Group>
        </Paper>
      ))}
      <Problems of={problems} />
      {accounts.length < MOST && (
        <Paper withBorder p="md">
          <PayoutAccountForm added={() => refetch()} />
        </Paper>
      )}
    </Stack>
  );
}
