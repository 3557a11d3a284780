import { useQuery } from "@apollo/client/react";
import { SimpleGrid, Stack, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ListingSimilarDocument } from "../../gql/listing";
import { ListingTile } from "../market/ListingTile";

/** What is like a listing; nothing if there is nothing. */
export function Similar({ id }: { id: string }) {
  const { t } = useTranslation("listing");
  const { data } = useQuery(ListingSimilarDocument, { variables: { id } });
  const listings = data?.listingSimilar ?? [];
  if (listings.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label={t("similar")} mt="lg">
      <Title order={2} fz="lg">
        {t("similar")}
      </Title>
      <SimpleGrid cols={{ base: 2, sm: 3, md: 4 }} spacing={{ base: "sm", sm: "md" }}>
        {listings.map((listing) => (
          <ListingTile key={listing.id} listing={listing} />
        ))}
      </SimpleGrid>
    </Stack>
  );
}
