import { Button, FileButton, Group, Input, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IdentityPhotoPart } from "../../gql/schema";
import type { Problem } from "../../lib/problems";
import { IMAGE_TYPES, uploadPhoto } from "../../lib/upload";
import { Problems } from "../../ui/States";
import { usePictureCheck } from "../selling/usePictureCheck";

interface PhotoFieldProps {
  label: string;
  part: IdentityPhotoPart;
  error: string | null;
  taken: (photoId: string) => void;
}

/** A photograph for the verification, uploaded as soon as it is chosen. */
export function PhotoField({ label, part, error, taken }: PhotoFieldProps) {
  const { t } = useTranslation("account");
  const check = usePictureCheck();
  const [name, setName] = useState<string>();
  const [going, setGoing] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const choose = async (file: File | null) => {
    if (!file) return;
    const wrong = check(file);
    if (wrong) {
      setProblems([wrong]);
      return;
    }
    setGoing(true);
    const outcome = await uploadPhoto(file, part);
    setGoing(false);
    setProblems(outcome.problems ?? []);
    if (!outcome.done) return;
    setName(file.name);
    taken(outcome.done.photoId);
  };
  return (
    <Input.Wrapper label={label} required error={name === undefined ? error : null} labelElement="div">
      <Group gap="sm" mt={6}>
        <FileButton onChange={(file) => void choose(file)} accept={IMAGE_TYPES.join(",")} inputProps={{ "aria-label": label }}>
          {(props) => (
            <Button {...props} variant="light" size="sm" loading={going} aria-label={`${label}: ${t("choosePhoto")}`}>
              {t("choosePhoto")}
            </Button>
          )}
        </FileButton>
        {name !== undefined && (
          <Group gap={4} role="status">
            <IconCheck size={16} aria-hidden />
            <Text size="sm">{t("photoThere", { name })}</Text>
          </Group>
        )}
      </Group>
      <Problems of={problems} />
    </Input.Wrapper>
  );
}
