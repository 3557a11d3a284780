import { useQuery } from "@apollo/client/react";
import { Group, Paper, SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { IconScale } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DecisionCard } from "../../features/staff/DecisionCard";
import { FundButton } from "../../features/staff/FundButton";
import { QueueFilter, useQueueFilter } from "../../features/staff/QueueFilter";
import { QueueView } from "../../features/staff/QueueView";
import { MoneyDecisionQueueDocument, MoneyDecisionsDocument, PlatformMoneyDocument } from "../../gql/staffMoney";
import { useFormat } from "../../lib/format";
import { refetchShown } from "../../lib/refetch";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";

/** What a decision about money makes stale. */
const STALE = ["MoneyDecisionQueue", "MoneyDecisions", "PlatformMoney"];

/** What the platform has, and the decisions about money that wait for a second admin. */
export function Component() {
  const { t } = useTranslation("staff");
  const [waiting, setWaiting] = useState(true);
  const { client } = useQuery(PlatformMoneyDocument);
  const changed = () => refetchShown(client, STALE);
  return (
    <Page title={t("decisions")} lead={t("decisionsLead")} actions={<FundButton done={changed} />}>
      <Platform />
      <Group gap="sm">
        <SegmentedControl
          aria-label={t("which")}
          value={waiting ? "waiting" : "all"}
          onChange={(value) => setWaiting(value === "waiting")}
          data={[
            { value: "waiting", label: t("waiting") },
            { value: "all", label: t("all") },
          ]}
        />
        {waiting && <QueueFilter />}
      </Group>
      {waiting ? <Waiting changed={changed} /> : <All changed={changed} />}
    </Page>
  );
}

interface ListProps {
  changed: () => unknown;
}

function Waiting({ changed }: ListProps) {
  const { t } = useTranslation("staff");
  const filter = useQueueFilter();
  const { data, error, fetchMore, refetch } = useQuery(MoneyDecisionQueueDocument, {
    variables: { filter, first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <QueueView
      page={data?.moneyDecisionQueue}
      error={error}
      again={() => refetch()}
      fetchMore={(after) => fetchMore({ variables: { after } })}
      icon={<IconScale size={40} stroke={1.4} aria-hidden />}
      empty={t("noDecisions")}
    >
      {(decision) => <DecisionCard decision={decision} changed={changed} />}
    </QueueView>
  );
}

function All({ changed }: ListProps) {
  const { t } = useTranslation("staff");
  const { data, error, fetchMore, refetch } = useQuery(MoneyDecisionsDocument, {
    variables: { first: 20 },
    fetchPolicy: "cache-and-network",
  });
  return (
    <QueueView
      page={data?.moneyDecisions}
      error={error}
      again={() => refetch()}
      fetchMore={(after) => fetchMore({ variables: { after } })}
      icon={<IconScale size={40} stroke={1.4} aria-hidden />}
      empty={t("noDecisions")}
    >
      {(decision) => <DecisionCard decision={decision} changed={changed} />}
    </QueueView>
  );
}

function Platform() {
  const { t } = useTranslation("staff");
  const { money } = useFormat();
  const { data, error, refetch } = useQuery(PlatformMoneyDocument, { fetchPolicy: "cache-and-network" });
  const platform = data?.platformMoney;
  if (!platform) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={84} radius="md" />;
  const { fees, compensation, atBank } = platform;
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
      {(["fees", "compensation", "atBank"] as const).map((part) => (
        <Paper key={part} withBorder p="md">
          <Stack gap={2}>
            <Text size="sm" c="dimmed">
              {t(`platform.${part}`)}
            </Text>
            <Text fz="xl" fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
              {money({ fees, compensation, atBank }[part])}
            </Text>
          </Stack>
        </Paper>
      ))}
    </SimpleGrid>
  );
}
