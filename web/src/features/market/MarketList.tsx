import { NetworkStatus } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { Button, SimpleGrid, Skeleton } from "@mantine/core";
import { IconBuildingStore, IconFilterOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MarketDocument } from "../../gql/market";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { filterOf, narrowings, widened, type Search } from "./search";
import { TileGrid } from "./TileGrid";

const PAGE = 24;

interface MarketListProps {
  search: Search;
  /** The game of the search; nothing: all of them. */
  gameId: string | null;
  choose: (search: Search) => void;
}

/** What is on sale and fits, page after page. */
export function MarketList({ search, gameId, choose }: MarketListProps) {
  const { t } = useTranslation("market");
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(MarketDocument, {
    variables: { first: PAGE, filter: filterOf(search, gameId), sort: { by: search.sort } },
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.listings;
  if (!page) {
    if (error && networkStatus !== NetworkStatus.refetch) return <Failure error={error} retry={() => refetch()} />;
    return <Waiting />;
  }
  if (page.edges.length === 0) return <Nothing search={search} choose={choose} />;
  const more = page.pageInfo.hasNextPage;
  return (
    <div>
      <TileGrid listings={page.edges.map(({ node }) => node)} label={t("onSale")} more={more} />
      <Endless more={more} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </div>
  );
}

/** Nothing fits; a way out of it. */
function Nothing({ search, choose }: Pick<MarketListProps, "search" | "choose">) {
  const { t } = useTranslation("market");
  if (narrowings(search) > 0) {
    const widen = (
      <Button variant="light" onClick={() => choose(widened(search))}>
        {t("widen")}
      </Button>
    );
    return (
      <Empty icon={<IconFilterOff size={40} stroke={1.4} aria-hidden />} action={widen}>
        {t("nothingFits")}
      </Empty>
    );
  }
  const sell = (
    <Button component={Link} to="/sell" variant="light">
      {t("sellFirst")}
    </Button>
  );
  return (
    <Empty icon={<IconBuildingStore size={40} stroke={1.4} aria-hidden />} action={sell}>
      {search.words !== "" ? t("nothingSaid") : search.game === null ? t("empty") : t("emptyGame")}
    </Empty>
  );
}

/** Stands where a list will be. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")}>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing={{ base: "sm", sm: "md" }}>
        {Array.from({ length: 8 }, (_, place) => (
          <Skeleton key={place} height={260} radius="md" />
        ))}
      </SimpleGrid>
    </div>
  );
}
