import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListingCardFragment } from "../../gql/market";
import { useFormat } from "../../lib/format";
import classes from "./ListingTile.module.css";

/** One listing in the market's grid. The whole tile is the link. */
export function ListingTile({ listing }: { listing: ListingCardFragment }) {
  const { t } = useTranslation("market");
  const { money, ago } = useFormat();
  const { cover, negotiable, warrantyDays, state } = listing;
  return (
    <Link to={`/listings/${listing.id}`} className={classes.tile}>
      <div className={classes.picture}>
        <img className={classes.cover} src={cover.thumbnailUrl} width={cover.width} height={cover.height} alt="" loading="lazy" />
        <div className={classes.marks}>
          {(state === "RESERVED" || state === "SOLD") && <span>{t(`gone.${state}`)}</span>}
          {warrantyDays > 0 && <span>{t("warranted", { count: warrantyDays })}</span>}
          {negotiable && <span>{t("negotiable")}</span>}
        </div>
      </div>
      <div className={classes.about}>
        <Text size="xs" c="dimmed" truncate>
          {listing.game.name} · {listing.server.name}
        </Text>
        <Text component="h3" fw={600} lineClamp={2} lh={1.4} fz={{ base: "sm", sm: "md" }} className="written">
          {listing.title}
        </Text>
        <div className={classes.foot}>
          <span className="price">{money(listing.price)}</span>
          <Text size="xs" c="dimmed" truncate>
            {listing.publishedAt === null ? listing.seller.nickname : ago(listing.publishedAt)}
          </Text>
        </div>
      </div>
    </Link>
  );
}
