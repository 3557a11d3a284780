import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OrderRowFragment } from "../../gql/order";
import { useFormat } from "../../lib/format";
import { Countdown } from "../../ui/Countdown";
import { RowPicture } from "../../ui/RowPicture";
import { OrderStateBadge } from "./OrderStateBadge";

/** One order of a list: what, with whom, where it stands and whose turn it is. */
export function OrderTile({ order }: { order: OrderRowFragment }) {
  const { t } = useTranslation("order");
  const { money, ago } = useFormat();
  const { listing, mySide, waitsFor, secondsLeft } = order;
  const other = mySide === "BUYER" ? order.seller : order.buyer;
  return (
    <Paper withBorder p="sm" component={Link} to={`/orders/${order.id}`} className="plain">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <RowPicture src={listing.cover.thumbnailUrl} />
        <Stack gap={2} style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
            <Text fw={600} lineClamp={2} className="written">
              {listing.title}
            </Text>
            <OrderStateBadge state={order.state} />
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {mySide === "BUYER" ? t("from", { name: other.nickname }) : t("to", { name: other.nickname })} · {ago(order.placedAt)}
          </Text>
          <Group justify="space-between" gap="xs">
            <span className="price">{money(order.price)}</span>
            {waitsFor !== null && secondsLeft !== null && (
              <Text size="sm" c={waitsFor === mySide ? undefined : "dimmed"}>
                {waitsFor === mySide ? t("yourTurn") : t("theirTurn")} <Countdown secondsLeft={secondsLeft} />
              </Text>
            )}
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
