import { Anchor, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LineFragment } from "../../gql/chat";
import { useFormat } from "../../lib/format";
import { ListingCard, OrderCard } from "./Cards";
import classes from "./Chat.module.css";
import { Pictures } from "./Pictures";
import { RecallButton } from "./RecallButton";
import { ReportLink } from "../report/ReportLink";

type Message = Extract<LineFragment, { __typename: "Message" }>;
type SystemLine = Extract<LineFragment, { __typename: "SystemLine" }>;

interface LineProps {
  line: LineFragment;
  me: string | undefined;
  /** Whether to say that the other has read it. */
  seen: boolean;
}

/** One line of a conversation: a message of either member, or the platform's word. */
export function Line({ line, me, seen }: LineProps) {
  if (line.__typename === "SystemLine") return <Told line={line} />;
  return <Said message={line} own={line.sender?.id === me} seen={seen} />;
}

/** The platform's word: it looks like nobody's message. */
function Told({ line: { text, order, createdAt } }: { line: SystemLine }) {
  const { t } = useTranslation("chat");
  const { time } = useFormat();
  return (
    <div className={classes.system} role="note" aria-label={t("platform")}>
      <IconInfoCircle size={15} aria-hidden />
      <span>
        {text}{" "}
        {order && (
          <Anchor component={Link} inherit to={`/orders/${order.id}`}>
            {t("toOrder")}
          </Anchor>
        )}
      </span>
      <time dateTime={createdAt}>{time(createdAt)}</time>
    </div>
  );
}

function Said({ message, own, seen }: { message: Message; own: boolean; seen: boolean }) {
  const { text, images, listing, order, createdAt, recalledAt, removedAt } = message;
  const { t } = useTranslation("chat");
  const { time } = useFormat();
  return (
    <article className={classes.line} data-own={own} aria-label={own ? t("byYou") : t("byOther")}>
      {listing && <ListingCard listing={listing} />}
      {order && <OrderCard order={order} />}
      {images.length > 0 && <Pictures images={images} />}
      {recalledAt !== null && (
        <Text size="sm" c="dimmed" fs="italic">
          {own ? t("recalledByYou") : t("recalledByOther")}
        </Text>
      )}
      {removedAt !== null && recalledAt === null && (
        <Text size="sm" c="dimmed" fs="italic">
          {t("removed")}
        </Text>
      )}
      {text !== "" && <div className={`${classes.bubble ?? ""} written`}>{text}</div>}
      <Text size="xs" c="dimmed" className={classes.meta}>
        <time dateTime={createdAt}>{time(createdAt)}</time>
        {seen && <span>{t("seen")}</span>}
        {own && recalledAt === null && removedAt === null && <RecallButton message={message} />}
        {!own && removedAt === null && <ReportLink id={message.id} />}
      </Text>
    </article>
  );
}
