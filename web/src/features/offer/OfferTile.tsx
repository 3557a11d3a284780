import { Alert, Badge, Button, Group, Paper, Stack, Text, type MantineColor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { OfferRowFragment } from "../../gql/offer";
import type { OfferState } from "../../gql/schema";
import { serverNow } from "../../lib/clock";
import { useFormat } from "../../lib/format";
import { Countdown } from "../../ui/Countdown";
import { RowPicture } from "../../ui/RowPicture";
import { OfferActions } from "./OfferActions";

const COLOURS: Record<OfferState, MantineColor> = {
  OPEN: "blue",
  COUNTERED: "yellow",
  ACCEPTED: "jade",
  DECLINED: "red",
  WITHDRAWN: "gray",
  LAPSED: "gray",
  OUTDATED: "gray",
  SOLD: "gray",
};

/** One offer: for what, how much, what was said to it, and what one can do about it. */
export function OfferTile({ offer }: { offer: OfferRowFragment }) {
  const { t } = useTranslation("offer");
  const { money, ago } = useFormat();
  const { listing, title, price, state, mySide, note, order, createdAt } = offer;
  const other = mySide === "BUYER" ? offer.seller : offer.buyer;
  return (
    <Paper withBorder p="sm" component="article" aria-label={title}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        {listing && <RowPicture src={listing.cover.thumbnailUrl} />}
        <Stack gap={6} style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
            {listing ? (
              <Text fw={600} lineClamp={2} className="plain written" component={Link} to={`/listings/${listing.id}`}>
                {title}
              </Text>
            ) : (
              <Text fw={600} lineClamp={2} className="written">
                {title}
              </Text>
            )}
            <Badge color={COLOURS[state]} variant="light">
              {t(`state.${state}`)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {t(mySide === "BUYER" ? "to" : "from", { name: other.nickname })} · {ago(createdAt)}
          </Text>
          <Group gap="md">
            <Text size="sm">
              {t("offered")} <span className="price">{money(price)}</span>
            </Text>
            {listing && (
              <Text size="sm" c="dimmed">
                {t("asked", { price: money(listing.price) })}
              </Text>
            )}
          </Group>
          {note !== "" && (
            <Text size="sm" className="written">
              “{note}”
            </Text>
          )}
          <CounterOffer offer={offer} />
          <Waits offer={offer} />
          {order && (
            <Button component={Link} to={`/orders/${order.id}`} variant="light" size="sm">
              {order.state === "AWAITING_PAYMENT" && mySide === "BUYER" ? t("toPay") : t("toOrder")}
            </Button>
          )}
          <OfferActions offer={offer} />
        </Stack>
      </Group>
    </Paper>
  );
}

function CounterOffer({ offer: { counterPrice, counterNote } }: { offer: OfferRowFragment }) {
  const { t } = useTranslation("offer");
  const { money } = useFormat();
  if (!counterPrice) return null;
  return (
    <Alert color="yellow" p="xs">
      <Text size="sm">
        {t("countered")} <span className="price">{money(counterPrice)}</span>
      </Text>
      {counterNote !== "" && (
        <Text size="sm" className="written">
          “{counterNote}”
        </Text>
      )}
    </Alert>
  );
}

function Waits({ offer: { waitsFor, mySide, dueAt } }: { offer: OfferRowFragment }) {
  const { t } = useTranslation("order");
  if (waitsFor === null || dueAt === null) return null;
  return (
    <Text size="sm" c={waitsFor === mySide ? undefined : "dimmed"}>
      {waitsFor === mySide ? t("yourTurn") : t("theirTurn")} <Countdown secondsLeft={secondsUntil(dueAt)} />
    </Text>
  );
}

/** Whole seconds by the API's clock, so that the same answer is the same countdown. */
function secondsUntil(at: string): number {
  return Math.max(0, Math.round((Date.parse(at) - serverNow()) / 1_000));
}
