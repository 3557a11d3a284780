import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Modal, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconReceipt } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DebtWaiveDocument, MyDebtsDocument, type DebtRowFragment } from "../../gql/debt";
import type { DebtSide } from "../../gql/schema";
import { useAct } from "../../lib/act";
import { useFormat } from "../../lib/format";
import { useKeyFor } from "../../lib/key";
import type { Problem } from "../../lib/problems";
import { Endless } from "../../ui/Endless";
import { Face } from "../../ui/Face";
import { Empty, Failure, Problems } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

const SIDES: readonly DebtSide[] = ["DEBTOR", "CREDITOR"];

/** What one owes, and what one is owed. */
export function Debts() {
  const { t } = useTranslation("wallet");
  const [side, setSide] = useState<DebtSide>("DEBTOR");
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("debtSide")}
        value={side}
        onChange={(value) => setSide(SIDES.find((one) => one === value) ?? "DEBTOR")}
        data={SIDES.map((value) => ({ value, label: t(`debtSides.${value}`) }))}
        style={{ alignSelf: "flex-start" }}
      />
      <List key={side} side={side} />
    </Stack>
  );
}

function List({ side }: { side: DebtSide }) {
  const { t } = useTranslation("wallet");
  const { data, error, fetchMore, refetch } = useQuery(MyDebtsDocument, { variables: { side, first: 20 } });
  const page = data?.myDebts;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) {
    return <Empty icon={<IconReceipt size={40} stroke={1.4} aria-hidden />}>{t(`noDebts.${side}`)}</Empty>;
  }
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <Row key={node.id} debt={node} side={side} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}

function Row({ debt, side }: { debt: DebtRowFragment; side: DebtSide }) {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  const { cause, amount, remaining, createdAt, endedAt, changes } = debt;
  const other = side === "DEBTOR" ? debt.creditor : debt.debtor;
  return (
    <Paper withBorder p="md" component="article">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        {other ? <Face user={other} below={moment(createdAt)} /> : <Text fw={500}>{t("platform")}</Text>}
        <Stack gap={2} align="flex-end" style={{ flexShrink: 0 }}>
          <Text fw={700} fz="lg">
            {money(remaining)}
          </Text>
          <Text size="xs" c="dimmed">
            {t("debtOf", { amount: money(amount) })}
          </Text>
        </Stack>
      </Group>
      <Text size="sm" mt="xs">
        {t(`debtCause.${cause}`)}
      </Text>
      {changes.length > 0 && (
        <Stack component="ul" gap={2} mt="xs" mb={0} p={0} style={{ listStyle: "none" }}>
          {changes.map(({ kind, amount: part, at }) => (
            <Group key={at} component="li" justify="space-between" wrap="nowrap">
              <Text size="xs" c="dimmed">
                {moment(at)} · {t(`debtChange.${kind}`)}
              </Text>
              <Text size="xs">{money(part)}</Text>
            </Group>
          ))}
        </Stack>
      )}
      <Group justify="flex-end" mt="xs">
        {endedAt !== null && (
          <Badge color="jade" variant="light">
            {t("debtEnded")}
          </Badge>
        )}
        {endedAt === null && side === "CREDITOR" && <Waive debt={debt} />}
      </Group>
    </Paper>
  );
}

function Waive({ debt: { id, remaining } }: { debt: DebtRowFragment }) {
  const { t } = useTranslation("wallet");
  const { t: common } = useTranslation();
  const { money } = useFormat();
  const keyFor = useKeyFor();
  const { run, busy } = useAct(DebtWaiveDocument, (data) => data.debtWaive);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const waive = async () => {
    const outcome = await run({ input: { debtId: id, idempotencyKey: keyFor(id) } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) setAsking(false);
  };
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t("waive")}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t("waiveTitle")} closeButtonProps={{ "aria-label": common("close") }}>
        <Stack>
          <Text>{t("waiveText", { amount: money(remaining) })}</Text>
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {common("cancel")}
            </Button>
            <Button color="red" loading={busy} onClick={waive}>
              {t("waive")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
