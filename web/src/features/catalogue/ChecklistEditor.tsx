import { ActionIcon, Button, Group, Paper, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GameUpdateDocument, type CatalogueGameFragment } from "../../gql/catalogue";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { toast } from "../../lib/toast";
import { Problems } from "../../ui/States";

interface Step {
  /** For the page alone. */
  place: number;
  key: string;
  textEn: string;
  textZh: string;
}

const MOST = 20;

/** What a new owner of the game's account has to bind anew, in the order in which to do it. */
export function ChecklistEditor({ game }: { game: CatalogueGameFragment }) {
  const { t } = useTranslation("catalogue");
  const { run, busy } = useAct(GameUpdateDocument, (data) => data.gameUpdate);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [steps, setSteps] = useState<readonly Step[]>(() =>
    game.checklist.map(({ key, textEn, textZh }, place) => ({ place, key, textEn, textZh })),
  );
  const [made, setMade] = useState(steps.length);
  const kept = game.checklist.map(({ key }) => key);
  const add = () => {
    setSteps([...steps, { place: made, key: "", textEn: "", textZh: "" }]);
    setMade(made + 1);
  };
  const set = (place: number, part: Partial<Step>) => setSteps(steps.map((one) => (one.place === place ? { ...one, ...part } : one)));
  const move = (index: number, to: number) => setSteps(steps.toSpliced(index, 1).toSpliced(to, 0, ...steps.slice(index, index + 1)));
  const save = async () => {
    const checklist = steps.map(({ key, textEn, textZh }) => ({ key, textEn, textZh }));
    const outcome = await run({ input: { id: game.id, change: { checklist } } });
    setProblems(outcome.problems ?? []);
    if (outcome.done) toast({ message: t("saved"), color: "jade" });
  };
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t("checklistHint")}</Text>
      {steps.map((step, index) => (
        <StepRow
          key={step.place}
          step={step}
          kept={kept.includes(step.key)}
          number={index + 1}
          last={index === steps.length - 1}
          set={(part) => set(step.place, part)}
          move={(to) => move(index, to)}
          remove={() => setSteps(steps.filter((one) => one !== step))}
        />
      ))}
      <Problems of={problems} />
      <Group justify="space-between">
        <Button variant="default" leftSection={<IconPlus size={18} />} disabled={steps.length >= MOST} onClick={add}>
          {t("addStep")}
        </Button>
        <Button loading={busy} onClick={save}>
          {t("save")}
        </Button>
      </Group>
    </Stack>
  );
}

interface StepRowProps {
  step: Step;
  /** Its key is there already and stays. */
  kept: boolean;
  number: number;
  last: boolean;
  set: (part: Partial<Step>) => void;
  move: (to: number) => void;
  remove: () => void;
}

function StepRow({ step, kept, number, last, set, move, remove }: StepRowProps) {
  const { t } = useTranslation("catalogue");
  return (
    <Paper withBorder p="sm" component="article" aria-label={t("step", { number })}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <SimpleGrid cols={{ base: 1, md: 3 }} spacing="sm" verticalSpacing="xs" flex={1} miw={0}>
          <TextInput
            label={t("key")}
            value={step.key}
            readOnly={kept}
            variant={kept ? "filled" : "default"}
            onChange={(event) => set({ key: event.currentTarget.value })}
          />
          <Textarea label={t("textZh")} value={step.textZh} autosize onChange={(event) => set({ textZh: event.currentTarget.value })} />
          <Textarea label={t("textEn")} value={step.textEn} autosize onChange={(event) => set({ textEn: event.currentTarget.value })} />
        </SimpleGrid>
        <Stack gap={4}>
          <ActionIcon variant="default" disabled={number === 1} aria-label={t("stepUp", { number })} onClick={() => move(number - 2)}>
            <IconChevronUp size={16} />
          </ActionIcon>
          <ActionIcon variant="default" disabled={last} aria-label={t("stepDown", { number })} onClick={() => move(number)}>
            <IconChevronDown size={16} />
          </ActionIcon>
          <ActionIcon variant="default" aria-label={t("removeStep", { number })} onClick={remove}>
            <IconX size={16} />
          </ActionIcon>
        </Stack>
      </Group>
    </Paper>
  );
}
