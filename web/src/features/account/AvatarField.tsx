import { Avatar, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProfileUpdateDocument, type MyProfileQuery } from "../../gql/profile";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { IMAGE_TYPES, uploadImage } from "../../lib/upload";
import { Problems } from "../../ui/States";
import { usePictureCheck } from "../selling/usePictureCheck";

/** One's picture: chosen, changed, taken away. */
export function AvatarField({ me }: { me: NonNullable<MyProfileQuery["me"]> }) {
  const { t } = useTranslation("account");
  const { run, busy } = useAct(ProfileUpdateDocument, (data) => data.profileUpdate);
  const check = usePictureCheck();
  const [going, setGoing] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const set = async (avatarId: string | null) => {
    const outcome = await run({ input: { avatarId } });
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
    const outcome = await uploadImage(file, "AVATAR", () => undefined);
    setGoing(false);
    setProblems(outcome.problems ?? []);
    if (outcome.done) await set(outcome.done.image.id);
  };
  return (
    <Stack gap="sm">
      <Group>
        <Avatar size={72} radius="xl" src={me.avatarUrl} name={me.nickname} color="initials" alt={t("avatar")} />
        <FileButton onChange={(file) => void choose(file)} accept={IMAGE_TYPES.join(",")}>
          {(props) => (
            <Button {...props} variant="light" loading={going || busy}>
              {t("chooseAvatar")}
            </Button>
          )}
        </FileButton>
        {me.avatarUrl !== null && (
          <Button variant="subtle" color="red" disabled={busy} onClick={() => set(null)}>
            {t("removeAvatar")}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t("avatarHint")}
      </Text>
      <Problems of={problems} />
    </Stack>
  );
}
