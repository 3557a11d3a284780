import { useQuery } from "@apollo/client/react";
import { Group, Paper, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import centre from "../../features/account/Centre.module.css";
import { FigureCharts } from "../../features/staff/FigureCharts";
import { FigureTiles } from "../../features/staff/FigureTiles";
import { useQueues, type Waiting } from "../../features/staff/useQueues";
import { useWays } from "../../features/staff/useWays";
import { FiguresDocument } from "../../gql/figures";
import { useFormat } from "../../lib/format";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";

const PERIODS = [7, 30, 90] as const;
const DAY_MS = 86_400_000;

/** A period that ends with this minute. */
const periodOf = (days: number) => ({ days, from: new Date(Date.now() - days * DAY_MS).toISOString() });

/** Where the console begins: what waits, and how the house does. */
export function Component() {
  const { t } = useTranslation("staff");
  return (
    <Page title={t("overview")} lead={t("overviewLead")}>
      <Queues />
      <Figures />
    </Page>
  );
}

function Queues() {
  const { t } = useTranslation("staff");
  const waiting = useQueues();
  const ways = useWays().flatMap((group) => group.ways.filter(({ queue }) => queue !== undefined));
  return (
    <Stack component="section" gap="sm">
      <Title order={2} fz="md" c="dimmed" fw={600}>
        {t("groups.queues")}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
        {ways.map(({ to, name, icon, queue }) => (
          <Paper key={to} component={Link} to={to} withBorder p="md" className={centre.entry}>
            {icon}
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={600}>{name}</Text>
              <Waits of={queue === undefined ? undefined : waiting.get(queue)} />
            </div>
            <Text fz={26} fw={700} lh={1} style={{ fontVariantNumeric: "tabular-nums" }} aria-hidden>
              {queue === undefined ? "" : waiting.get(queue)?.waitingCount}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Waits({ of }: { of: Waiting | undefined }) {
  const { t } = useTranslation("staff");
  const { ago } = useFormat();
  if (!of) return null;
  return (
    <Text size="sm" c="dimmed">
      {of.waitingCount === 0 || of.oldestAt === null
        ? t("nothingWaits")
        : t("waits", { count: of.waitingCount, mine: of.mineCount, ago: ago(of.oldestAt) })}
    </Text>
  );
}

function Figures() {
  const { t } = useTranslation("staff");
  const [period, setPeriod] = useState(() => periodOf(30));
  const { data, error, refetch } = useQuery(FiguresDocument, { variables: { from: period.from } });
  const figures = data?.figures;
  return (
    <Stack component="section" gap="sm">
      <Group justify="space-between">
        <Title order={2} fz="md" c="dimmed" fw={600}>
          {t("figures")}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t("period")}
          value={String(period.days)}
          onChange={(days) => setPeriod(periodOf(Number(days)))}
          data={PERIODS.map((days) => ({ value: String(days), label: t("days", { count: days }) }))}
        />
      </Group>
      {!figures && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={320} radius="md" />)}
      {figures && <FigureTiles figures={figures} />}
      {figures && <FigureCharts figures={figures} />}
    </Stack>
  );
}
