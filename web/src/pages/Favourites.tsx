import { useQuery } from "@apollo/client/react";
import { Switch } from "@mantine/core";
import { IconHeart } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TileGrid } from "../features/market/TileGrid";
import { FavouritesDocument } from "../gql/favourite";
import { Endless } from "../ui/Endless";
import { Page } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import { WaitingRows } from "../ui/Waiting";

/** What one keeps an eye on, newest first. */
export function Component() {
  const { t } = useTranslation("listing");
  const [onSale, setOnSale] = useState(false);
  return (
    <Page title={t("favourites")} lead={t("favouritesLead")} back="/me">
      <Switch label={t("onlyOnSale")} checked={onSale} onChange={({ currentTarget }) => setOnSale(currentTarget.checked)} />
      <List key={String(onSale)} onSale={onSale} />
    </Page>
  );
}

function List({ onSale }: { onSale: boolean }) {
  const { t } = useTranslation("listing");
  const { data, error, fetchMore, refetch } = useQuery(FavouritesDocument, { variables: { first: 24, filter: { onSale } } });
  const page = data?.favourites;
  if (!page) return error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />;
  if (page.edges.length === 0) {
    return <Empty icon={<IconHeart size={40} stroke={1.4} aria-hidden />}>{onSale ? t("noneOnSale") : t("noFavourites")}</Empty>;
  }
  const more = page.pageInfo.hasNextPage;
  return (
    <div>
      <TileGrid listings={page.edges.map(({ node }) => node)} label={t("favourites")} more={more} />
      <Endless more={more} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </div>
  );
}
