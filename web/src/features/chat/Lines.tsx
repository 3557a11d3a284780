import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LineFragment } from "../../gql/chat";
import { useFormat } from "../../lib/format";
import { RecallButton } from "./RecallButton";
import classes from "./Chat.module.css";

type Message = Extract<LineFragment, { __typename: "Message" }>;

/** One line of a conversation: a message of either member, or the platform's word. */
export function Line({ line, me }: { line: LineFragment; me: string | undefined }) {
  if (line.__typename === "SystemLine") {
    return (
      <Text className={classes.system} role="note">
        {line.text}
      </Text>
    );
  }
  return <Said message={line} own={line.sender?.id === me} />;
}

function Said({ message, own }: { message: Message; own: boolean }) {
  const { text, images, listing, createdAt, recalledAt } = message;
  const { t } = useTranslation("chat");
  const { moment } = useFormat();
  return (
    <article className={classes.line} data-own={own} aria-label={own ? t("byYou") : t("byOther")}>
      {listing && <ListingCard listing={listing} />}
      {images.length > 0 && <Pictures images={images} />}
      {recalledAt !== null && <Text className={classes.system}>{t("recalled")}</Text>}
      {text !== "" && <div className={`${classes.bubble ?? ""} written`}>{text}</div>}
      <Text size="xs" c="dimmed">
        <time dateTime={createdAt}>{moment(createdAt)}</time> {own && recalledAt === null && <RecallButton message={message} />}
      </Text>
    </article>
  );
}

function Pictures({ images }: { images: Message["images"] }) {
  const { t } = useTranslation("chat");
  return (
    <div className={classes.pictures}>
      {images.map(({ id, url, thumbnailUrl }) => (
        <a key={id} href={url} target="_blank" rel="noreferrer">
          <img src={thumbnailUrl} alt={t("picture")} loading="lazy" />
        </a>
      ))}
    </div>
  );
}

function ListingCard({ listing }: { listing: NonNullable<Message["listing"]> }) {
  const { money } = useFormat();
  return (
    <Link to={`/listings/${listing.id}`} className={classes.card}>
      <img src={listing.cover.thumbnailUrl} alt="" />
      <div>
        <Text size="sm" fw={600} lineClamp={2} className="written">
          {listing.title}
        </Text>
        <span className="price">{money(listing.price)}</span>
      </div>
    </Link>
  );
}
