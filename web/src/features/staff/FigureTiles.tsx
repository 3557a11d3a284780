import { Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FiguresQuery } from "../../gql/figures";
import { useFormat } from "../../lib/format";
import { Pairs } from "../../ui/Pairs";

/** Figures of a time. */
export type Figures = NonNullable<FiguresQuery["figures"]>;

/** The figures that matter most, in numbers. */
export function FigureTiles({ figures }: { figures: Figures }) {
  const { t } = useTranslation("staff");
  const { t: order } = useTranslation("order");
  const { money } = useFormat();
  const { completedCount, volume, fees, orders, disputes, users, money: accounts } = figures;
  const tiles = [
    [t("figure.completed"), completedCount],
    [t("figure.volume"), money(volume)],
    [t("figure.fees"), money(fees)],
    [t("figure.disputes"), disputes.returnRefusedCount],
  ] as const;
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        {tiles.map(([name, value]) => (
          <Paper key={name} withBorder p="md">
            <Text size="sm" c="dimmed">
              {name}
            </Text>
            <Text fz={{ base: "lg", sm: "xl" }} fw={700} style={{ fontVariantNumeric: "tabular-nums" }}>
              {value}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm">
        <Table title={t("figure.orders")} of={orders.map(({ state, count }) => [order(`state.${state}`), count])} />
        <Table
          title={t("figure.users")}
          of={(["totalCount", "verifiedCount", "blacklistedCount", "frozenCount", "adminCount"] as const).map((part) => [
            t(`figure.${part}`),
            users[part],
          ])}
        />
        <Table title={t("figure.money")} of={accounts.map(({ kind, total }) => [t(`account.${kind}` as "account.FEES"), money(total)])} />
      </SimpleGrid>
    </>
  );
}

function Table({ title, of }: { title: string; of: [string, string | number][] }) {
  return (
    <Paper withBorder p="md" component="section">
      <Title order={3} fz="sm" mb="xs">
        {title}
      </Title>
      <Pairs of={of} />
    </Paper>
  );
}
