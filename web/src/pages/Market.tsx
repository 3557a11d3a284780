import { useQuery } from "@apollo/client/react";
import { Button, Container, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { GameChips } from "../features/market/GameChips";
import { MarketList } from "../features/market/MarketList";
import { GamesDocument } from "../gql/market";
import { useSession } from "../lib/session";
import { useTitle } from "../ui/Page";
import { Empty } from "../ui/States";
import { IconBuildingStore } from "@tabler/icons-react";

/** The market: games and what is on sale. Strangers learn first what this is. */
export function Market() {
  const { t } = useTranslation("market");
  const session = useSession();
  const [query, setQuery] = useSearchParams();
  const slug = query.get("game");
  useTitle(session === "in" ? t("title") : t("tagline"));
  return (
    <Container py={{ base: "md", sm: "xl" }} px={{ base: "md", sm: "lg" }}>
      <Stack gap="lg">
        {session === "in" ? (
          <Title order={1} fz={{ base: 24, sm: 30 }}>
            {t("title")}
          </Title>
        ) : (
          <Welcome />
        )}
        <GameChips chosen={slug} choose={(game) => setQuery(game === null ? {} : { game }, { preventScrollReset: true })} />
        <Chosen slug={slug} />
      </Stack>
    </Container>
  );
}

/** The list of the chosen game; an address may name one that is not there. */
function Chosen({ slug }: { slug: string | null }) {
  const { t } = useTranslation("market");
  const { data } = useQuery(GamesDocument, { skip: slug === null });
  if (slug === null) return <MarketList gameId={null} />;
  if (!data?.games) return null;
  const game = data.games.find((one) => one.slug === slug);
  if (!game) return <Empty icon={<IconBuildingStore size={40} stroke={1.4} aria-hidden />}>{t("noSuchGame")}</Empty>;
  return <MarketList key={game.id} gameId={game.id} />;
}

function Welcome() {
  const { t } = useTranslation("market");
  return (
    <Paper withBorder p={{ base: "lg", sm: "xl" }} radius="lg">
      <Stack gap="sm" maw={720}>
        <Title order={1} fz={{ base: 26, sm: 36 }} lh={1.2}>
          {t("tagline")}
        </Title>
        <Text c="dimmed" fz={{ base: "sm", sm: "md" }}>
          {t("lead")}
        </Text>
        <Group gap="sm" mt={4}>
          <Button component={Link} to="/sign-up">
            {t("join")}
          </Button>
          <Button component={Link} to="/how-it-works" variant="default">
            {t("how")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
