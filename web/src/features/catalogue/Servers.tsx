import { useApolloClient } from "@apollo/client/react";
import { Button, Group, Modal, NumberInput, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GameServerCreateDocument, GameServerUpdateDocument, type CatalogueGameFragment } from "../../gql/catalogue";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { refetchShown } from "../../lib/refetch";
import { Problems, useProblemWords } from "../../ui/States";

type Server = CatalogueGameFragment["servers"][number];

/** The servers of a game. */
export function Servers({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const [editing, setEditing] = useState<Server | "new">();
  return (
    <Stack gap="sm">
      {game.servers.length === 0 && <Text c="dimmed">{t("noServers")}</Text>}
      {game.servers.map((server) => (
        <Paper key={server.id} withBorder p="sm" component="article" aria-label={server.name}>
          <Group justify="space-between" wrap="nowrap">
            <Text className="written">
              {server.nameZh} · {server.nameEn}
            </Text>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPencil size={16} />}
              onClick={() => setEditing(server)}
              aria-label={t("changeNamed", { name: server.name })}
            >
              {t("change")}
            </Button>
          </Group>
        </Paper>
      ))}
      <Group>
        <Button variant="default" leftSection={<IconPlus size={18} />} onClick={() => setEditing("new")}>
          {t("addServer")}
        </Button>
      </Group>
      {editing !== undefined && (
        <ServerDialog gameId={game.id} server={editing === "new" ? undefined : editing} close={() => setEditing(undefined)} />
      )}
    </Stack>
  );
}

function ServerDialog({ gameId, server, close }: { gameId: string; server: Server | undefined; close: () => void }) {
  const { t } = useTranslation("catalogue");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const client = useApolloClient();
  const creation = useAct(GameServerCreateDocument, (data) => data.gameServerCreate);
  const update = useAct(GameServerUpdateDocument, (data) => data.gameServerUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { nameZh: server?.nameZh ?? "", nameEn: server?.nameEn ?? "", position: server?.position ?? 0 },
  });
  const submit = form.onSubmit(async (change) => {
    const outcome = server ? await update.run({ input: { id: server.id, change } }) : await creation.run({ input: { gameId, change } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.done) return;
    await refetchShown(client, ["Catalogue"]);
    close();
  });
  return (
    <Modal opened onClose={close} title={server?.name ?? t("addServer")} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput {...form.getInputProps("nameZh")} label={t("nameZh")} required data-autofocus />
          <TextInput {...form.getInputProps("nameEn")} label={t("nameEn")} required />
          <NumberInput
            {...form.getInputProps("position")}
            label={t("position")}
            description={t("positionHint")}
            min={0}
            max={100_000}
            allowDecimal={false}
          />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={creation.busy || update.busy}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
