import { skipToken, useQuery } from "@apollo/client/react";
import { CloseButton, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { ListingDocument, type ListingQuery } from "../../gql/listing";
import classes from "./Chat.module.css";

/** The listing that the next message is about, as the address names it; `clear` takes it off again. */
export function useAbout() {
  const [query, setQuery] = useSearchParams();
  const id = query.get("listing");
  const { data } = useQuery(ListingDocument, id === null ? skipToken : { variables: { id } });
  const clear = () => setQuery({}, { replace: true });
  return { listing: id === null ? undefined : (data?.listing ?? undefined), clear };
}

interface AboutProps {
  listing: NonNullable<ListingQuery["listing"]>;
  clear: () => void;
}

/** Says above the composer what the next message is about. */
export function About({ listing, clear }: AboutProps) {
  const { t } = useTranslation("chat");
  return (
    <Group className={classes.about} wrap="nowrap" gap="sm">
      <img src={listing.cover.thumbnailUrl} width={44} height={33} alt="" />
      <Text size="sm" truncate style={{ flex: 1 }}>
        {t("about", { title: listing.title })}
      </Text>
      <CloseButton size="sm" aria-label={t("notAbout")} onClick={clear} />
    </Group>
  );
}
