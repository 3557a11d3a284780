import { useQuery } from "@apollo/client/react";
import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { GameCountsDocument, GamesDocument, type GamesQuery } from "../../gql/market";
import { GameIcon } from "../../ui/GameIcon";
import { useCounted } from "./useCounted";
import classes from "./ListingTile.module.css";

type Game = NonNullable<GamesQuery["games"]>[number];

interface GameChipsProps {
  /** The slug of the game that is shown, or none: all of them. */
  chosen: string | null;
  choose: (slug: string | null) => void;
}

/** The games to choose from, with how many accounts of each are on sale. */
export function GameChips({ chosen, choose }: GameChipsProps) {
  const { t } = useTranslation("market");
  const { data, loading } = useQuery(GamesDocument);
  const counted = useQuery(GameCountsDocument);
  const say = useCounted();
  if (loading && !data) return <Skeleton height={36} radius="xl" maw={560} />;
  const games = data?.games ?? [];
  const counts = new Map(counted.data?.listingFacets?.games.map(({ game, count }) => [game.id, count]));
  if (games.length === 0) return null;
  const chip = (slug: string | null, name: string, game?: Game) => {
    const count = game && counts.get(game.id);
    return (
      <Button
        key={slug ?? ""}
        size="compact-sm"
        radius="xl"
        fw={500}
        style={{ flexShrink: 0 }}
        variant={chosen === slug ? "filled" : "default"}
        aria-pressed={chosen === slug}
        onClick={() => choose(slug)}
        leftSection={game && <GameIcon game={game} size={18} />}
      >
        {name}
        {count !== undefined && (
          <span className={classes.count} aria-hidden>
            {say(count)}
          </span>
        )}
      </Button>
    );
  };
  return (
    <div className={classes.chips} role="group" aria-label={t("games")}>
      {chip(null, t("allGames"))}
      {games.map((game) => chip(game.slug, game.name, game))}
    </div>
  );
}
