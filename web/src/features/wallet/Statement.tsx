import { useQuery } from "@apollo/client/react";
import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { IconReportMoney } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { WalletStatementDocument, type WalletStatementQuery } from "../../gql/wallet";
import { useFormat } from "../../lib/format";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { CsvButton } from "./CsvButton";
import { StatementFilters, statementFilter, WHOLE } from "./StatementFilters";
import { WaitingRows } from "../../ui/Waiting";

/** What moved one's money, newest first, with the balance after each line. */
export function Statement() {
  const { t } = useTranslation("wallet");
  const [chosen, choose] = useState(WHOLE);
  const filter = statementFilter(chosen);
  const { data, error, fetchMore, refetch } = useQuery(WalletStatementDocument, { variables: { first: 30, filter } });
  const page = data?.walletStatement;
  return (
    <Stack gap="sm">
      <StatementFilters chosen={chosen} choose={choose} />
      <CsvButton filter={filter} />
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />)}
      {page?.edges.length === 0 && <Empty icon={<IconReportMoney size={40} stroke={1.4} aria-hidden />}>{t("noLines")}</Empty>}
      {page && page.edges.length > 0 && (
        <Paper withBorder px="md" py="xs">
          {page.edges.map(({ node, cursor }) => (
            <Line key={cursor} line={node} />
          ))}
        </Paper>
      )}
      {page && <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />}
    </Stack>
  );
}

function Line({ line }: { line: NonNullable<WalletStatementQuery["walletStatement"]>["edges"][number]["node"] }) {
  const { t } = useTranslation("wallet");
  const { money, moment } = useFormat();
  const orderId = line.subject?.__typename === "Order" ? line.subject.id : undefined;
  const out = line.amount.amount.startsWith("-");
  return (
    <Group justify="space-between" wrap="nowrap" py="xs" style={{ borderBottom: "1px solid var(--house-line)" }}>
      <Stack gap={0} style={{ minWidth: 0 }}>
        <Text size="sm" fw={500}>
          {orderId === undefined ? (
            t(`cause.${line.cause}`)
          ) : (
            <Anchor component={Link} to={`/orders/${orderId}`} inherit>
              {t(`cause.${line.cause}`)}
            </Anchor>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          {moment(line.at)}
        </Text>
      </Stack>
      <Stack gap={0} align="flex-end" style={{ fontVariantNumeric: "tabular-nums", flexShrink: 0 }}>
        <Text fw={600} c={out ? undefined : "jade"}>
          {out ? "" : "+"}
          {money(line.amount)}
        </Text>
        <Text size="xs" c="dimmed">
          {t("balance", { amount: money(line.balance) })}
        </Text>
      </Stack>
    </Group>
  );
}
