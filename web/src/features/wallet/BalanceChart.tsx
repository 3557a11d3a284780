import { useQuery } from "@apollo/client/react";
import { AreaChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { Group, SegmentedControl, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { WalletStatementDocument } from "../../gql/wallet";
import { useFormat } from "../../lib/format";
import { Failure } from "../../ui/States";
import { pointsOf, type Point } from "./points";

const PERIODS = [7, 30, 90] as const;
const LINES = 100;
const DAY_MS = 86_400_000;

/** A period that ends now. */
const periodOf = (days: number) => ({ days, from: Date.now() - days * DAY_MS, now: Date.now() });

/** How the available balance went in the last days. */
export default function BalanceChart() {
  const { t } = useTranslation("wallet");
  const [period, setPeriod] = useState(() => periodOf(30));
  const filter = { part: "AVAILABLE", from: new Date(period.from).toISOString() } as const;
  const { data, error, refetch } = useQuery(WalletStatementDocument, { variables: { first: LINES, filter } });
  const page = data?.walletStatement;
  const points = pointsOf(page?.edges.map(({ node }) => node) ?? [], period.from, period.now);
  const cut = page?.pageInfo.hasNextPage === true;
  return (
    <Stack gap="xs" component="section" aria-label={t("chart")}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {cut ? t("chartCut", { count: LINES }) : t("chart")}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t("period")}
          value={String(period.days)}
          onChange={(days) => setPeriod(periodOf(Number(days)))}
          data={PERIODS.map((days) => ({ value: String(days), label: t("days", { count: days }) }))}
        />
      </Group>
      {!page && (error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={180} radius="md" />)}
      {page && (points.length === 0 ? <Still /> : <Curve points={cut ? points.slice(1) : points} />)}
    </Stack>
  );
}

function Still() {
  const { t } = useTranslation("wallet");
  return (
    <Text ta="center" c="dimmed" py="xl">
      {t("chartStill")}
    </Text>
  );
}

function Curve({ points }: { points: readonly Point[] }) {
  const { t } = useTranslation("wallet");
  const { locale, money, day, moment } = useFormat();
  const yuan = (value: number) => money({ amount: value.toFixed(2), currency: "CNY" });
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" });
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const balances = points.map(({ balance }) => balance);
  return (
    <>
      <VisuallyHidden>
        {t("chartSaid", {
          from: day(new Date(first.at).toISOString()),
          first: yuan(first.balance),
          last: yuan(last.balance),
          least: yuan(Math.min(...balances)),
          most: yuan(Math.max(...balances)),
        })}
      </VisuallyHidden>
      <div aria-hidden>
        <AreaChart
          h={180}
          data={points.map((point) => ({ ...point }))}
          dataKey="at"
          series={[{ name: "balance", label: t("available"), color: "jade.6" }]}
          curveType="stepAfter"
          withDots={false}
          valueFormatter={yuan}
          areaChartProps={{ accessibilityLayer: false }}
          xAxisProps={{ type: "number", scale: "time", domain: ["dataMin", "dataMax"], tickFormatter: (at: number) => date.format(at) }}
          yAxisProps={{ tickFormatter: (value: number) => short.format(value), width: 48 }}
          tooltipProps={{ labelFormatter: (at) => (typeof at === "number" ? moment(new Date(at).toISOString()) : "") }}
        />
      </div>
    </>
  );
}
