import { useQuery } from "@apollo/client/react";
import { Button, NativeSelect, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { GamesDocument, MarketFacetsDocument, type MarketFacetsQuery } from "../../gql/market";
import { fenOf } from "../../lib/amount";
import { AttributeFilters } from "./AttributeFilters";
import { Bounds } from "./Bounds";
import { PriceBands } from "./PriceBands";
import { filterOf, narrowings, widened, type Search } from "./search";
import { useCounted } from "./useCounted";

interface FiltersProps {
  search: Search;
  choose: (search: Search) => void;
}

/** How many would be found with other choices. */
export type Facets = NonNullable<MarketFacetsQuery["listingFacets"]>;

/** What narrows the list: server, price, and what the game's attributes say; each with how many there would be. */
export default function Filters({ search, choose }: FiltersProps) {
  const { t } = useTranslation("market");
  const { data: catalogue } = useQuery(GamesDocument);
  const game = catalogue?.games?.find(({ slug }) => slug === search.game);
  const unknown = search.game !== null && !game;
  const { data, previousData } = useQuery(MarketFacetsDocument, {
    variables: { filter: filterOf(search, game?.id ?? null) },
    skip: unknown,
  });
  const facets = (data ?? previousData)?.listingFacets ?? undefined;
  return (
    <Stack gap="md">
      <Servers servers={game?.servers ?? []} facets={facets} search={search} choose={choose} />
      <Prices facets={facets} search={search} choose={choose} />
      {game && <AttributeFilters attributes={game.attributes} facets={facets} search={search} choose={choose} />}
      {narrowings(search) > 0 && (
        <Button variant="subtle" color="gray" onClick={() => choose(widened(search))}>
          {t("widen")}
        </Button>
      )}
    </Stack>
  );
}

interface PartProps extends FiltersProps {
  facets: Facets | undefined;
}

function Servers({ servers, facets, search, choose }: PartProps & { servers: readonly { id: string; name: string }[] }) {
  const { t } = useTranslation("market");
  const counted = useCounted();
  const label = ({ id, name }: { id: string; name: string }) => {
    const found = facets?.servers.find(({ server }) => server.id === id);
    return found ? `${name} (${counted(found.count)})` : name;
  };
  return (
    <NativeSelect
      label={t("server")}
      description={search.game === null ? t("serverNeedsGame") : undefined}
      disabled={servers.length === 0}
      value={search.server ?? ""}
      onChange={({ currentTarget: { value } }) => choose({ ...search, server: value === "" ? null : value })}
      data={[{ value: "", label: t("anyServer") }, ...servers.map((server) => ({ value: server.id, label: label(server) }))]}
    />
  );
}

function Prices({ facets, search, choose }: PartProps) {
  const { t } = useTranslation("market");
  return (
    <Stack gap="xs">
      <Bounds
        key={`${search.from} ${search.to}`}
        name={t("price")}
        sign="¥"
        decimal
        from={search.from}
        to={search.to}
        worth={fenOf}
        wrong={t("priceWrong")}
        choose={(from, to) => choose({ ...search, from, to })}
      />
      <PriceBands bands={facets?.prices ?? []} search={search} choose={choose} />
    </Stack>
  );
}
