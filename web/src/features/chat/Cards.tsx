import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ChatListingFragment, ChatOrderFragment } from "../../gql/chat";
import { useFormat } from "../../lib/format";
import { OrderStateBadge } from "../order/OrderStateBadge";
import classes from "./Chat.module.css";

/** The listing that a message is about. */
export function ListingCard({ listing: { id, title, cover, price } }: { listing: ChatListingFragment }) {
  const { money } = useFormat();
  return (
    <Link to={`/listings/${id}`} className={classes.card}>
      <img src={cover.thumbnailUrl} alt="" />
      <div>
        <Text size="sm" fw={600} lineClamp={2} className="written">
          {title}
        </Text>
        <span className="price">{money(price)}</span>
      </div>
    </Link>
  );
}

/** The order that a message is about, as it stands now. */
export function OrderCard({ order: { id, orderState, listing, price } }: { order: ChatOrderFragment }) {
  const { t } = useTranslation("chat");
  const { money } = useFormat();
  return (
    <Link to={`/orders/${id}`} className={classes.card}>
      <div>
        <Text size="xs" c="dimmed" component="span" className={classes.cardHead}>
          {t("order")} <OrderStateBadge state={orderState} />
        </Text>
        <Text size="sm" fw={600} lineClamp={2} className="written">
          {listing.title}
        </Text>
        <span className="price">{money(price)}</span>
      </div>
    </Link>
  );
}
