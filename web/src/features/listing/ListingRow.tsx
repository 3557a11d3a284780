import { Anchor, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MyListingsQuery } from "../../gql/listing";
import { useFormat } from "../../lib/format";
import { RowPicture } from "../../ui/RowPicture";
import { ListingStateBadge } from "./ListingStateBadge";
import { isUnpriced } from "../selling/price";
import { OwnActions } from "./OwnActions";

type Mine = NonNullable<MyListingsQuery["myListings"]>["edges"][number]["node"];

/** One of one's own listings, with where it stands and what can be done with it. */
export function ListingRow({ listing }: { listing: Mine }) {
  const { t } = useTranslation("listing");
  const { money, ago } = useFormat();
  const unnamed = listing.title === "" ? t("unnamed") : listing.title;
  return (
    <Paper withBorder p="sm" component="article" aria-label={unnamed}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <RowPicture src={listing.cover.thumbnailUrl} />
        <Stack gap={4} style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
            <Anchor
              component={Link}
              to={`/listings/${listing.id}`}
              c="inherit"
              fw={600}
              lineClamp={2}
              underline="hover"
              className="written"
            >
              {unnamed}
            </Anchor>
            <ListingStateBadge state={listing.state} />
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {listing.game.name} · {listing.server.name} · {ago(listing.createdAt)} · {t("views", { count: listing.views })}
          </Text>
          <Text className="price">{isUnpriced(listing) ? t("unpriced") : money(listing.price)}</Text>
          {listing.rejectReason !== null && (
            <Text size="sm" c="var(--house-wrong)" className="written">
              {t(listing.state === "REMOVED" ? "removed" : "rejected")}: {listing.rejectReason}
            </Text>
          )}
          <OwnActions listing={listing} />
        </Stack>
      </Group>
    </Paper>
  );
}
