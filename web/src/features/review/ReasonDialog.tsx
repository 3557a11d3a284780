import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outcome } from "../../lib/act";
import { showIn } from "../../lib/form";
import { fits, TEXT } from "../../lib/limits";
import type { Problem } from "../../lib/problems";
import { Problems, useProblemWords } from "../../ui/States";

interface ReasonDialogProps {
  title: string;
  hint: string;
  opened: boolean;
  busy: boolean;
  send: (reason: string) => Promise<Outcome<unknown>>;
  close: () => void;
  decided: () => unknown;
}

/** Why something is refused; whoever it is refused to reads this. */
export function ReasonDialog({ title, hint, opened, busy, send, close, decided }: ReasonDialogProps) {
  const { t } = useTranslation("review");
  const { t: common } = useTranslation();
  const say = useProblemWords();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (value) => (fits(value, TEXT.reason) ? null : t("reasonWrong")) },
  });
  const submit = form.onSubmit(async ({ reason }) => {
    const outcome = await send(reason);
    setProblems(showIn(form, outcome.problems ?? [], say));
    if (!outcome.problems) decided();
  });
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": common("close") }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Textarea {...form.getInputProps("reason")} label={t("reason")} description={hint} autosize minRows={3} required data-autofocus />
          <Problems of={problems} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {common("cancel")}
            </Button>
            <Button type="submit" color="red" loading={busy}>
              {t("reject")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
