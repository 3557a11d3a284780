import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Paper, Stack, Text, type MantineColor } from "@mantine/core";
import { IconArrowBarToDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { DepositState } from "../../gql/schema";
import { DepositsDocument } from "../../gql/wallet";
import { useFormat } from "../../lib/format";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

const COLOURS: Record<DepositState, MantineColor> = { OPEN: "indigo", CREDITED: "jade", FAILED: "red", LAPSED: "gray", REVERSED: "red" };

/** What one paid in, and what still waits to be paid. */
export function Deposits() {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  const { data, error, fetchMore, refetch } = useQuery(DepositsDocument, { variables: { first: 20 } });
  const page = data?.deposits;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) return <Empty icon={<IconArrowBarToDown size={40} stroke={1.4} aria-hidden />}>{t("noDeposits")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node: { id, amount, state, createdAt, checkoutUrl } }) => (
        <Paper key={id} withBorder p="sm">
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <Stack gap={2}>
              <Text fw={600}>{money(amount)}</Text>
              <Text size="xs" c="dimmed">
                {moment(createdAt)}
              </Text>
            </Stack>
            <Stack gap={6} align="flex-end">
              <Badge color={COLOURS[state]} variant="light">
                {t(`depositState.${state}`)}
              </Badge>
              {state === "OPEN" && checkoutUrl !== null && (
                <Button size="compact-xs" variant="default" component="a" href={checkoutUrl}>
                  {t("payNow")}
                </Button>
              )}
            </Stack>
          </Group>
        </Paper>
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
