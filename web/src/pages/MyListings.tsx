import { useQuery } from "@apollo/client/react";
import { Button, Skeleton, Stack } from "@mantine/core";
import { IconPlus, IconTags } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ListingRow } from "../features/listing/ListingRow";
import { MyListingsDocument } from "../gql/listing";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";

/** What somebody offers, in every state. */
export function Component() {
  const { t } = useTranslation("listing");
  const sell = (
    <Button component={Link} to="/sell" leftSection={<IconPlus size={18} />}>
      {t("offer")}
    </Button>
  );
  return (
    <Page title={t("mine")} actions={sell} size="md">
      <List />
    </Page>
  );
}

function List() {
  const { t } = useTranslation("listing");
  const { data, error, fetchMore, refetch } = useQuery(MyListingsDocument, { variables: { first: 20 } });
  const page = data?.myListings;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <Skeleton height={320} radius="md" />;
  if (page.edges.length === 0) return <Empty icon={<IconTags size={40} stroke={1.4} aria-hidden />}>{t("noneMine")}</Empty>;
  return (
    <Stack gap="sm">
      {page.edges.map(({ node }) => (
        <ListingRow key={node.id} listing={node} />
      ))}
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </Stack>
  );
}
