import { useQuery } from "@apollo/client/react";
import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconDeviceGamepad2, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { NewGame } from "../../features/catalogue/NewGame";
import { CatalogueDocument, type CatalogueQuery } from "../../gql/catalogue";
import { GameIcon } from "../../ui/GameIcon";
import { Page } from "../../ui/Page";
import { Empty, Failure } from "../../ui/States";
import { WaitingRows } from "../../ui/Waiting";

/** All games, switched on or not. */
export function Component() {
  const { t } = useTranslation("catalogue");
  const { data, error, refetch } = useQuery(CatalogueDocument, { fetchPolicy: "cache-and-network" });
  const [adding, setAdding] = useState(false);
  const games = data?.catalogue;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setAdding(true)}>
          {t("addGame")}
        </Button>
      }
    >
      {!games && (error ? <Failure error={error} retry={() => refetch()} /> : <WaitingRows />)}
      {games?.length === 0 && <Empty icon={<IconDeviceGamepad2 size={40} stroke={1.4} aria-hidden />}>{t("none")}</Empty>}
      <Stack gap="sm">
        {games?.map((game) => (
          <Row key={game.id} game={game} />
        ))}
      </Stack>
      {adding && <NewGame close={() => setAdding(false)} />}
    </Page>
  );
}

function Row({ game }: { game: NonNullable<CatalogueQuery["catalogue"]>[number] }) {
  const { t } = useTranslation("catalogue");
  const { id, name, nameEn, nameZh, slug, enabled, feeBasisPoints, servers, attributes, checklist } = game;
  return (
    <Paper withBorder p="md" component={Link} to={`/admin/catalogue/${id}`} className="plain">
      <Group wrap="nowrap">
        <GameIcon game={game} size={44} />
        <div style={{ minWidth: 0, flex: 1 }}>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {nameEn} · {nameZh} · {slug}
          </Text>
          <Text size="sm" c="dimmed">
            {t("counts", {
              servers: servers.length,
              attributes: attributes.filter(({ retired }) => !retired).length,
              steps: checklist.length,
              fee: feeBasisPoints / 100,
            })}
          </Text>
        </div>
        <Badge variant="light" color={enabled ? "jade" : "gray"}>
          {enabled ? t("on") : t("off")}
        </Badge>
      </Group>
    </Paper>
  );
}
