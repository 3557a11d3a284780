import { useQuery } from "@apollo/client/react";
import { Button, Container, Group, NativeSelect, Stack, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconBuildingStore } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useSearchParams } from "react-router";
import { useMe } from "../features/account/useMe";
import { GameChips } from "../features/market/GameChips";
import { MarketList, Waiting } from "../features/market/MarketList";
import { narrowings, readSearch, SORTS, widened, writeSearch, type Search } from "../features/market/search";
import { SearchField } from "../features/market/SearchField";
import { Welcome } from "../features/market/Welcome";
import { GamesDocument } from "../gql/market";
import { useSession } from "../lib/session";
import { useTitle } from "../ui/Page";
import { Empty, Failure } from "../ui/States";
import classes from "./Market.module.css";

const Filters = lazy(() => import("../features/market/Filters"));
const FilterDrawer = lazy(() => import("../features/market/FilterDrawer"));

/** The market: games and what is on sale. Strangers learn first what this is. */
export function Market() {
  const { t } = useTranslation("market");
  const session = useSession();
  const limited = useMe()?.blacklisted === true;
  const [query, setQuery] = useSearchParams();
  const search = readSearch(query);
  const choose = (next: Search) => setQuery(writeSearch(next), { preventScrollReset: true });
  useTitle(session === "in" ? t("title") : t("tagline"));
  if (limited) return <Navigate to="/me" replace />;
  return (
    <Container size="xl" py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      <Stack gap="lg">
        {session === "in" ? (
          <Title order={1} fz={{ base: 24, sm: 30 }}>
            {t("title")}
          </Title>
        ) : (
          <Welcome />
        )}
        <GameChips chosen={search.game} choose={(game) => choose({ ...widened(search), game })} />
        <Goods search={search} choose={choose} />
      </Stack>
    </Container>
  );
}

interface GoodsProps {
  search: Search;
  choose: (search: Search) => void;
}

/** What narrows the list beside it, on phones behind a button. */
function Goods({ search, choose }: GoodsProps) {
  const wide = useMediaQuery("(min-width: 62em)", undefined, { getInitialValueInEffect: false });
  return (
    <div className={classes.goods}>
      {wide && (
        <aside className={classes.panel}>
          <Suspense>
            <Filters search={search} choose={choose} />
          </Suspense>
        </aside>
      )}
      <Stack gap="md" style={{ minWidth: 0 }}>
        <Bar search={search} choose={choose} narrow={!wide} />
        <Chosen search={search} choose={choose} />
      </Stack>
    </div>
  );
}

function Bar({ search, choose, narrow }: GoodsProps & { narrow: boolean }) {
  const { t } = useTranslation("market");
  const [open, setOpen] = useState(false);
  const count = narrowings(search);
  return (
    <Group justify="flex-end" gap="sm" wrap={narrow ? "wrap" : "nowrap"}>
      <SearchField words={search.words} choose={(words) => choose({ ...search, words })} />
      {narrow && (
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={18} />} aria-expanded={open} onClick={() => setOpen(true)}>
          {count === 0 ? t("filters") : t("filtersOn", { count })}
        </Button>
      )}
      <NativeSelect
        flex={narrow ? 1 : undefined}
        aria-label={t("sort")}
        value={search.sort}
        onChange={({ currentTarget: { value } }) => choose({ ...search, sort: SORTS.find((one) => one === value) ?? "NEWEST" })}
        data={SORTS.map((value) => ({ value, label: t(`sorts.${value}`) }))}
      />
      {narrow && open && (
        <Suspense>
          <FilterDrawer search={search} choose={choose} close={() => setOpen(false)} />
        </Suspense>
      )}
    </Group>
  );
}

/** The list of the chosen game; an address may name one that is not there. */
function Chosen({ search, choose }: GoodsProps) {
  const { t } = useTranslation("market");
  const { data, error, refetch } = useQuery(GamesDocument, { skip: search.game === null });
  if (search.game === null) return <MarketList search={search} gameId={null} choose={choose} />;
  if (!data?.games) return error ? <Failure error={error} retry={() => refetch()} /> : <Waiting />;
  const game = data.games.find((one) => one.slug === search.game);
  if (!game) return <Empty icon={<IconBuildingStore size={40} stroke={1.4} aria-hidden />}>{t("noSuchGame")}</Empty>;
  return <MarketList key={game.id} search={search} gameId={game.id} choose={choose} />;
}
