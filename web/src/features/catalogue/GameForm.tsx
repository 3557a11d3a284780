import { Button, Group, NumberInput, Paper, SimpleGrid, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GameUpdateDocument, type CatalogueGameFragment } from "../../gql/catalogue";
import { useAct } from "../../lib/act";
import { showIn } from "../../lib/form";
import type { Problem } from "../../lib/problems";
import { toast } from "../../lib/toast";
import { Problems, useProblemWords } from "../../ui/States";
import { GameIconField } from "./GameIconField";

/** A game's icon, names, fee, place and switch. */
export function GameForm({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const { form, submit, busy, problems } = useGameForm(game);
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }}>
      <GameIconField game={game} />
      <form onSubmit={submit} noValidate>
        <Stack mt="lg">
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput {...form.getInputProps("nameZh")} label={t("nameZh")} required />
            <TextInput {...form.getInputProps("nameEn")} label={t("nameEn")} required />
          </SimpleGrid>
          <TagsInput {...form.getInputProps("aliases")} label={t("aliases")} description={t("aliasesHint")} maxTags={20} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NumberInput
              {...form.getInputProps("fee")}
              label={t("fee")}
              description={t("feeHint")}
              min={0}
              max={30}
              decimalScale={2}
              step={0.5}
              suffix=" %"
            />
            <NumberInput
              {...form.getInputProps("position")}
              label={t("position")}
              description={t("positionHint")}
              min={0}
              max={100_000}
              allowDecimal={false}
            />
          </SimpleGrid>
          <Switch {...form.getInputProps("enabled", { type: "checkbox" })} label={t("enabled")} description={t("enabledHint")} />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function useGameForm(game: CatalogueGameFragment) {
  const { t } = useTranslation("catalogue");
  const say = useProblemWords();
  const { run, busy } = useAct(GameUpdateDocument, (data) => data.gameUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const { nameZh, nameEn, aliases, feeBasisPoints, position, enabled } = game;
  const form = useForm({ initialValues: { nameZh, nameEn, aliases: [...aliases], fee: feeBasisPoints / 100, position, enabled } });
  const submit = form.onSubmit(async ({ fee, ...change }) => {
    const outcome = await run({ input: { id: game.id, change: { ...change, feeBasisPoints: Math.round(fee * 100) } } });
    setProblems(showIn(form, outcome.problems ?? [], say, { feeBasisPoints: "fee" }));
    if (!outcome.done) return;
    form.resetDirty();
    toast({ message: t("saved"), color: "jade" });
  });
  return { form, submit, busy, problems };
}
