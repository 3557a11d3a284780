import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GameUpdateDocument, type CatalogueGameFragment } from "../../gql/catalogue";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { IMAGE_TYPES, uploadImage } from "../../lib/upload";
import { GameIcon } from "../../ui/GameIcon";
import { Problems } from "../../ui/States";
import { usePictureCheck } from "../selling/usePictureCheck";

/** A game's icon: chosen, changed, taken away. */
export function GameIconField({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const { run, busy } = useAct(GameUpdateDocument, (data) => data.gameUpdate);
  const check = usePictureCheck();
  const [going, setGoing] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const set = async (iconId: string | null) => {
    const outcome = await run({ input: { id: game.id, change: { iconId } } });
    setProblems(outcome.problems ?? []);
  };
  const choose = async (file: File | null) => {
    if (!file) return;
    const wrong = check(file);
    if (wrong) {
      setProblems([wrong]);
      return;
    }
    setGoing(true);
    const outcome = await uploadImage(file, "GAME_ICON", () => undefined);
    setGoing(false);
    setProblems(outcome.problems ?? []);
    if (outcome.done) await set(outcome.done.image.id);
  };
  return (
    <Stack gap="sm">
      <Group>
        <GameIcon game={game} size={72} />
        <FileButton onChange={(file) => void choose(file)} accept={IMAGE_TYPES.join(",")}>
          {(props) => (
            <Button {...props} variant="light" loading={going || busy}>
              {t("chooseIcon")}
            </Button>
          )}
        </FileButton>
        {game.icon !== null && (
          <Button variant="subtle" color="red" disabled={busy} onClick={() => set(null)}>
            {t("removeIcon")}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t("iconHint")}
      </Text>
      <Problems of={problems} />
    </Stack>
  );
}
