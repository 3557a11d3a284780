import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "./changeOf";

interface ChoiceRowsProps {
  choices: readonly Choice[];
  change: (choices: Choice[]) => void;
  error: ReactNode;
  /** Keys that are there already and stay as they are. */
  kept: readonly string[];
}

const MOST = 60;

/** The options of a choice, in both languages. */
export function ChoiceRows({ choices, change, error, kept }: ChoiceRowsProps) {
  const { t } = useTranslation("catalogue");
  const set = (place: number, part: Partial<Choice>) => change(choices.map((one, index) => (index === place ? { ...one, ...part } : one)));
  return (
    <Input.Wrapper label={t("choices")} description={t("choicesHint")} error={error}>
      <Stack gap="xs" mt="xs">
        {choices.map((choice, place) => (
          <Group key={place} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={t("choiceKey", { number: place + 1 })}
              placeholder={t("key")}
              value={choice.key}
              readOnly={kept.includes(choice.key)}
              variant={kept.includes(choice.key) ? "filled" : "default"}
              onChange={(event) => set(place, { key: event.currentTarget.value })}
              flex={1}
            />
            <TextInput
              aria-label={t("choiceZh", { number: place + 1 })}
              placeholder={t("nameZh")}
              value={choice.nameZh}
              onChange={(event) => set(place, { nameZh: event.currentTarget.value })}
              flex={1}
            />
            <TextInput
              aria-label={t("choiceEn", { number: place + 1 })}
              placeholder={t("nameEn")}
              value={choice.nameEn}
              onChange={(event) => set(place, { nameEn: event.currentTarget.value })}
              flex={1}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("removeChoice", { number: place + 1 })}
              onClick={() => change(choices.filter((_, index) => index !== place))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={choices.length >= MOST}
            onClick={() => change([...choices, { key: "", nameEn: "", nameZh: "" }])}
          >
            {t("addChoice")}
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
