import { Badge, type MantineColor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListingState } from "../../gql/schema";

const COLOURS: Record<ListingState, MantineColor> = {
  DRAFT: "gray",
  IN_REVIEW: "indigo",
  ON_SALE: "jade",
  OFF_SHELF: "gray",
  REJECTED: "red",
  RESERVED: "blue",
  SOLD: "gray",
  REMOVED: "red",
};

/** Where a listing stands, in a word. */
export function ListingStateBadge({ state }: { state: ListingState }) {
  const { t } = useTranslation("listing");
  return (
    <Badge color={COLOURS[state]} variant="light" style={{ flexShrink: 0 }}>
      {t(`state.${state}`)}
    </Badge>
  );
}
