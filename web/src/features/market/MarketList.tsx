import { NetworkStatus } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { Button, SimpleGrid, Skeleton } from "@mantine/core";
import { IconBuildingStore } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MarketDocument } from "../../gql/market";
import { Endless } from "../../ui/Endless";
import { Empty, Failure } from "../../ui/States";
import { ListingTile } from "./ListingTile";

const PAGE = 24;

/** What is on sale, newest first, page after page. */
export function MarketList({ gameId }: { gameId: string | null }) {
  const { t } = useTranslation("market");
  const { data, error, networkStatus, fetchMore, refetch } = useQuery(MarketDocument, {
    variables: { first: PAGE, ...(gameId === null ? {} : { gameId }) },
    notifyOnNetworkStatusChange: true,
  });
  const page = data?.listings;
  if (!page) {
    if (error && networkStatus !== NetworkStatus.refetch) return <Failure error={error} retry={() => refetch()} />;
    return <Waiting />;
  }
  if (page.edges.length === 0) {
    const sell = (
      <Button component={Link} to="/sell" variant="light">
        {t("sellFirst")}
      </Button>
    );
    return (
      <Empty icon={<IconBuildingStore size={40} stroke={1.4} aria-hidden />} action={sell}>
        {gameId === null ? t("empty") : t("emptyGame")}
      </Empty>
    );
  }
  return (
    <>
      <Grid>
        {page.edges.map(({ node }) => (
          <ListingTile key={node.id} listing={node} />
        ))}
      </Grid>
      <Endless more={page.pageInfo.hasNextPage} fetchMore={() => fetchMore({ variables: { after: page.pageInfo.endCursor } })} />
    </>
  );
}

function Grid({ children }: { children: React.ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 4 }} spacing={{ base: "sm", sm: "md" }}>
      {children}
    </SimpleGrid>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")}>
      <Grid>
        {Array.from({ length: 8 }, (_, place) => (
          <Skeleton key={place} height={240} radius="md" />
        ))}
      </Grid>
    </div>
  );
}
