import { useQuery } from "@apollo/client/react";
import { Badge, Skeleton, Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { Attributes } from "../../features/catalogue/Attributes";
import { ChecklistEditor } from "../../features/catalogue/ChecklistEditor";
import { GameForm } from "../../features/catalogue/GameForm";
import { Servers } from "../../features/catalogue/Servers";
import { CatalogueDocument, type CatalogueGameFragment } from "../../gql/catalogue";
import { Page } from "../../ui/Page";
import { Failure } from "../../ui/States";

const TABS = ["game", "servers", "attributes", "checklist"] as const;

/** One game: its names and fee, servers, what it asks of listings, what a new owner has to bind anew. */
export function Component() {
  const { t } = useTranslation("catalogue");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(CatalogueDocument);
  const game = data?.catalogue?.find((one) => one.id === id);
  if (!game) {
    const missing = data?.catalogue ? <Failure error={undefined} /> : <Skeleton height={320} radius="md" />;
    return (
      <Page title={t("title")} back="/admin/catalogue">
        {error ? <Failure error={error} retry={() => refetch()} /> : missing}
      </Page>
    );
  }
  return (
    <Page
      title={game.name}
      back="/admin/catalogue"
      actions={
        <Badge variant="light" color={game.enabled ? "jade" : "gray"}>
          {game.enabled ? t("on") : t("off")}
        </Badge>
      }
    >
      <Parts game={game} />
    </Page>
  );
}

function Parts({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const [query, setQuery] = useSearchParams();
  const tab = TABS.find((one) => one === query.get("tab")) ?? "game";
  return (
    <Tabs value={tab} onChange={(value) => setQuery(value === null ? {} : { tab: value }, { replace: true })} keepMounted={false}>
      <Tabs.List mb="md">
        {TABS.map((value) => (
          <Tabs.Tab key={value} value={value}>
            {t(`tabs.${value}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="game">
        <GameForm game={game} />
      </Tabs.Panel>
      <Tabs.Panel value="servers">
        <Servers game={game} />
      </Tabs.Panel>
      <Tabs.Panel value="attributes">
        <Attributes game={game} />
      </Tabs.Panel>
      <Tabs.Panel value="checklist">
        <ChecklistEditor game={game} />
      </Tabs.Panel>
    </Tabs>
  );
}
