import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Paper, Stack, Text, type MantineColor } from "@mantine/core";
import { IconArrowBarUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WithdrawalState } from "../../gql/schema";
import { WithdrawalsDocument, WithdrawalTakeBackDocument, type WithdrawalRowFragment } from "../../gql/wallet";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Endless } from "../../ui/Endless";
import { Empty, Failure, Problems } from "../../ui/States";
import { useForgetMoney } from "./useForgetMoney";
import { WaitingRows } from "../../ui/Waiting";

const COLOURS: Record<WithdrawalState, MantineColor> = {
  REQUESTED: "indigo",
  APPROVED: "blue",
  SENT: "blue",
  PAID: "jade",
  REJECTED: "red",
  TAKEN_BACK: "gray",
  FAILED: "red",
  RETURNED: "red",
};

/** What one takes out and took out. */
export function Withdrawals() {
  const { t } = useTranslation("wallet");
  const { data, error, fetchMore, refetch } = useQuery(WithdrawalsDocument, { variables: { first: 20 } });
  const page = data?.withdrawals;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconArrowBarUp size={40} stroke={1.4} aria-hidden />}>{t("noWithdrawals")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <Row key={node.id} withdrawal={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}

function Row({
  withdrawal: { id, amount, state, payoutAccount, rejectReason, createdAt, sendsAt },
}: {
  withdrawal: WithdrawalRowFragment;
}) {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={2}>
          <Text fw={600}>{money(amount)}</Text>
          <Text size="xs" c="dimmed">
            {t("ending", { lastFour: payoutAccount.lastFour })} · {moment(createdAt)}
          </Text>
          {state === "APPROVED" && sendsAt !== null && <Text size="xs">{t("sendsAt", { at: moment(sendsAt) })}</Text>}
          {rejectReason !== null && (
            <Text size="sm" c="var(--house-wrong)" className="written">
              {rejectReason}
            </Text>
          )}
        </Stack>
        <Stack gap={6} align="flex-end">
          <Badge color={COLOURS[state]} variant="light">
            {t(`withdrawal.${state}`)}
          </Badge>
          {(state === "REQUESTED" || state === "APPROVED") && <TakeBack id={id} />}
        </Stack>
      </Group>
    </Paper>
  );
}

function TakeBack({ id }: { id: string }) {
  const { t } = useTranslation("wallet");
  const keyFor = useKeyFor();
  const forget = useForgetMoney();
  const { run, busy } = useAct(WithdrawalTakeBackDocument, (data) => data.withdrawalTakeBack);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const takeBack = async () => {
    const outcome = await run({ input: { id, idempotencyKey: keyFor(id) } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) forget();
  };
  return (
    <>
      <Button size="compact-xs" variant="default" loading={busy} onClick={takeBack}>
        {t("takeBack")}
      </Button>
      <Problems of={problems} />
    </>
  );
}
