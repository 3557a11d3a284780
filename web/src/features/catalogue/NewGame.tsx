import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useApolloClient } from "@apollo/client/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { GameCreateDocument } from "../../gql/catalogue";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { refetchShown } from "../../lib/refetch";
import { Problems, useProblemWords } from "../../ui/States";

/** Adds a game, switched off, and goes to its page. */
export function NewGame({ close }: { close: () => void }) {
  const { t } = useTranslation("catalogue");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { run, busy } = useAct(GameCreateDocument, (data) => data.gameCreate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({ initialValues: { slug: "", nameEn: "", nameZh: "" } });
  const submit = form.onSubmit(async ({ slug, nameEn, nameZh }) => {
    const outcome = await run({ input: { slug, change: { nameEn, nameZh } } });
    setProblems(showIn(form, outcome.problems ?? [], say));
    const id = outcome.done?.game?.id;
    if (id === undefined) return;
    await refetchShown(client, ["Catalogue"]);
    await navigate(`/admin/catalogue/${id}`);
  });
  return (
    <Modal opened onClose={close} title={t("addGame")} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t("addGameText")}</Text>
          <TextInput {...form.getInputProps("nameZh")} label={t("nameZh")} required data-autofocus />
          <TextInput {...form.getInputProps("nameEn")} label={t("nameEn")} required />
          <TextInput {...form.getInputProps("slug")} label={t("slug")} description={t("slugHint")} required />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("add")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
