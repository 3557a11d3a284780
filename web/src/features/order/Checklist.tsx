import { Checkbox, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OrderChecklistTickDocument, type OrderWholeFragment } from "../../gql/order";
import { useAct } from "../../lib/act";
import type { Problem } from "../../lib/problems";
import { Problems } from "../../ui/States";

/** What a new owner binds anew, to be ticked by the buyer. */
export function Checklist({ order: { id, checklist } }: { order: OrderWholeFragment }) {
  const { t } = useTranslation("order");
  const { run, busy } = useAct(OrderChecklistTickDocument, (data) => data.orderChecklistTick);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  if (checklist.length === 0) return null;
  const tick = async (key: string, done: boolean) => {
    const outcome = await run({ input: { id, key, done } });
    setProblems(outcome.problems ?? []);
  };
  return (
    <Stack gap="sm" component="section">
      <Title order={2} fz="lg">
        {t("checklist")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("checklistHint")}
      </Text>
      {checklist.map(({ step, done }) => (
        <Checkbox
          key={step.key}
          label={step.text}
          checked={done}
          disabled={busy}
          onChange={(event) => void tick(step.key, event.currentTarget.checked)}
        />
      ))}
      <Problems of={problems} />
    </Stack>
  );
}
