import { skipToken, useQuery } from "@apollo/client/react";
import { CloseButton, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ChatAboutDocument, type ChatAboutQuery } from "../../gql/chat";
import classes from "./Chat.module.css";
import type { Subject } from "./useSend";

type Thing = NonNullable<NonNullable<ChatAboutQuery["nodes"]>[number]>;

const is =
  <T extends Thing["__typename"]>(type: T) =>
  (thing: Thing | null): thing is Extract<Thing, { __typename: T }> =>
    thing?.__typename === type;

/** What the next message is about, as the address names it (`?listing=` or `?order=`); and with whom, where there is no conversation yet. */
export function useAbout(userId?: string) {
  const [query, setQuery] = useSearchParams();
  const ids = [userId ?? null, query.get("listing"), query.get("order")].filter((id) => id !== null);
  const { data } = useQuery(ChatAboutDocument, ids.length === 0 ? skipToken : { variables: { ids } });
  const things = ids.length === 0 ? [] : (data?.nodes ?? []);
  const listing = things.find(is("Listing"));
  const order = things.find(is("Order"));
  // Whoever is faster than the answer writes about what the address names.
  const [listingId, orderId] = data ? [listing?.id, order?.id] : [query.get("listing"), query.get("order")];
  const subject: Subject = { ...(listingId && { listingId }), ...(orderId && { orderId }) };
  return { user: things.find(is("User")), listing, order, subject, clear: () => setQuery({}, { replace: true }) };
}

/** Says above the composer what the next message is about. */
export function About({ about: { listing, order, clear } }: { about: ReturnType<typeof useAbout> }) {
  const { t } = useTranslation("chat");
  if (!listing && !order) return null;
  const title = listing?.title ?? order?.listing.title;
  return (
    <Group className={classes.about} wrap="nowrap" gap="sm">
      {listing && <img src={listing.cover.thumbnailUrl} width={44} height={33} alt="" />}
      <Text size="sm" truncate style={{ flex: 1 }}>
        {t(order ? "aboutOrder" : "about", { title })}
      </Text>
      <CloseButton size="sm" aria-label={t("notAbout")} onClick={clear} />
    </Group>
  );
}
