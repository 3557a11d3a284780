import { Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { MyListingsQuery } from "../../gql/listing";
import { useFormat } from "../../lib/format";
import { ListingStateBadge } from "./ListingStateBadge";
import { RowPicture } from "../../ui/RowPicture";

type Mine = NonNullable<MyListingsQuery["myListings"]>["edges"][number]["node"];

/** One of one's own listings, with where it stands. */
export function ListingRow({ listing }: { listing: Mine }) {
  const { t } = useTranslation("listing");
  const { money, ago } = useFormat();
  return (
    <Paper withBorder p="sm" component={Link} to={`/listings/${listing.id}`} className="plain">
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <RowPicture src={listing.cover.thumbnailUrl} />
        <Stack gap={2} style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
            <Text fw={600} lineClamp={2} className="written">
              {listing.title}
            </Text>
            <ListingStateBadge state={listing.state} />
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {listing.game.name} · {listing.server.name} · {ago(listing.createdAt)}
          </Text>
          <Text className="price">{money(listing.price)}</Text>
          {listing.state === "REJECTED" && listing.rejectReason !== null && (
            <Text size="sm" c="var(--house-wrong)" className="written">
              {t("rejected")}: {listing.rejectReason}
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}
