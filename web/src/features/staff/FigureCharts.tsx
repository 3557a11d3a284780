import { AreaChart, BarChart } from "@mantine/charts";
import "@mantine/charts/styles.css";
import { Paper, SimpleGrid, Title, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../lib/format";
import type { Figures } from "./FigureTiles";

function pointsOf(days: Figures["days"], locale: string) {
  const date = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric" });
  return days.map(({ from, placedCount, completedCount, signedUpCount, volume, fees }) => ({
    day: date.format(new Date(from)),
    placed: placedCount,
    completed: completedCount,
    signedUp: signedUpCount,
    volume: Number(volume.amount),
    fees: Number(fees.amount),
  }));
}

/** The figures day by day, to see. */
export function FigureCharts({ figures: { days } }: { figures: Figures }) {
  const { t } = useTranslation("staff");
  const { locale, money, day } = useFormat();
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const yuan = (value: number) => money({ amount: value.toFixed(2), currency: "CNY" });
  const points = pointsOf(days, locale);
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
      <Paper withBorder p="md" component="section">
        <Title order={3} fz="sm" mb="xs">
          {t("figure.perDay")}
        </Title>
        <VisuallyHidden>
          {days.map(({ from, placedCount, completedCount }) => `${day(from)}: ${placedCount} / ${completedCount}`).join("; ")}
        </VisuallyHidden>
        <div aria-hidden>
          <BarChart
            h={220}
            data={points}
            dataKey="day"
            withLegend
            barChartProps={{ accessibilityLayer: false, barGap: 0, barCategoryGap: "12%" }}
            series={[
              { name: "placed", label: t("figure.placed"), color: "jade.3" },
              { name: "completed", label: t("figure.completed"), color: "jade.7" },
              { name: "signedUp", label: t("figure.signedUp"), color: "orange.5" },
            ]}
          />
        </div>
      </Paper>
      <Paper withBorder p="md" component="section">
        <Title order={3} fz="sm" mb="xs">
          {t("figure.moneyPerDay")}
        </Title>
        <div aria-hidden>
          <AreaChart
            h={220}
            data={points}
            dataKey="day"
            withLegend
            withDots={false}
            areaChartProps={{ accessibilityLayer: false }}
            valueFormatter={yuan}
            yAxisProps={{ tickFormatter: (value: number) => short.format(value), width: 48 }}
            series={[
              { name: "volume", label: t("figure.volume"), color: "jade.6" },
              { name: "fees", label: t("figure.fees"), color: "orange.6" },
            ]}
          />
        </div>
      </Paper>
    </SimpleGrid>
  );
}
